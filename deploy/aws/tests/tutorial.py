"""The commands of the tutorials, as a reader would type them."""

import re
import shlex
from pathlib import Path

DOCS = Path(__file__).parents[3] / "docs"
PAGES = ("aws.md", "aws.ko.md")
# Where a command is run, if not by ``test_deployment.py`` itself as it stands there.
ELSEWHERE = {
    "make run": "bare: the README's promise",
    "daehwa check": "tests/end_to_end/test_command.py",
    "daehwa serve": "tests/end_to_end/test_command.py",
    "daehwa diff": "tests/end_to_end/test_building.py",
    "daehwa pull": "as daehwa diff",
    "scripts/set-up-deploy": "make deploy-test",
    "cd deploy/aws": "make deploy-test",
    "npx cdk": "the fixtures of test_deployment.py",
    "aws logs tail": "version 2 of the AWS CLI, which no package registry has",
}


def commands(page):
    """The commands of a page's tutorial, without comments, one string each."""
    text = (DOCS / page).read_text(encoding="utf-8")
    tutorial = re.split(r"^## ", text, flags=re.MULTILINE)[1]
    blocks = re.findall(r"^```bash\n(.*?)^```", tutorial, re.MULTILINE | re.DOTALL)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    return [re.sub(r"\s+# .*$", "", line).strip() for line in lines if line.strip()]


def is_run_elsewhere(command):
    known = command.removeprefix(".venv/bin/")
    return any(known.startswith(start) for start in ELSEWHERE)


def arguments(command, **values):
    """A command's arguments, with the names in capitals replaced by what was deployed."""
    for name, value in values.items():
        command = re.sub(rf"\b{name}\b", lambda _, value=value: value, command)
    return shlex.split(command)
