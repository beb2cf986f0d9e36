"""The stack as CDK writes it, with cdk-nag looking on."""

import json
import subprocess
import sys
from pathlib import Path

from aws_cdk import App, Environment, Validations
from aws_cdk.assertions import Template
from cdk_nag import AwsSolutionsChecks
from daehwa_deploy import DaehwaStack, Settings


def synthesised(*, region=None, **settings):
    """The template; raises where a reference makes a cycle or cdk-nag has anything to say."""
    app = App()
    where = region and Environment(account="123456789012", region=region)
    stack = DaehwaStack(app, "Daehwa", settings=Settings(**settings), env=where)
    Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    return Template.from_stack(stack)


def statements(template, role):
    """What the role whose logical id begins so may do: a list of resources by action."""
    policies = template.find_resources("AWS::IAM::Policy")
    (found,) = [one for name, one in policies.items() if name.startswith(role)]
    allowed = {}
    for statement in found["Properties"]["PolicyDocument"]["Statement"]:
        assert statement["Effect"] == "Allow"
        for action in _many(statement["Action"]):
            allowed.setdefault(action, []).extend(_many(statement["Resource"]))
    return allowed


def function(template, name):
    """The properties of the function whose logical id begins so."""
    found = template.find_resources("AWS::Lambda::Function")
    (one,) = [one for logical, one in found.items() if logical.startswith(name)]
    return one["Properties"]


def linted(template, place):
    """What cfn-lint has to say of a template."""
    file = place / "template.json"
    file.write_text(json.dumps(template.to_json()), encoding="utf-8")
    done = subprocess.run(
        [Path(sys.executable).with_name("cfn-lint"), file],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout or done.stderr


def _many(value):
    return value if isinstance(value, list) else [value]
