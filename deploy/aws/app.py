"""The CDK application: ``cdk deploy`` in this folder puts a bot into an AWS account."""

import os

from aws_cdk import App, Environment, Tags, Validations
from cdk_nag import AwsSolutionsChecks
from daehwa_deploy import DaehwaStack, read_settings

app = App()
settings = read_settings(app.node.try_get_context, os.environ)
stack = DaehwaStack(
    app,
    settings.stack_name,
    settings=settings,
    env=Environment(
        account=os.environ.get("CDK_DEFAULT_ACCOUNT"),
        region=settings.region or os.environ.get("CDK_DEFAULT_REGION"),
    ),
)
Tags.of(stack).add("application", "daehwa")
Tags.of(stack).add("daehwa:stack", settings.stack_name)
Validations.of(app).add_plugins(AwsSolutionsChecks(app))
app.synth()
