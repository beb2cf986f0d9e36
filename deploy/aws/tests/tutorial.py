"""The commands of the tutorials, as they stand in both languages."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[3] / "docs"
PAGES = ("aws.md", "aws.ko.md")
_TUTORIAL = re.compile(r"^## (Tutorial|따라 하기)$(.*?)^## ", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```bash\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"\s+#.*$")

# What runs the commands that change the account or this machine, by how they begin.
ELSEWHERE = {
    "make run": "bare, on bare Debian roots",
    ".venv/bin/daehwa serve": "tests/end_to_end, and bare",
    "scripts/set-up-deploy": "make deploy-test, before these tests",
    "cd deploy/aws": "account.py, which runs there",
    "aws logs tail": "nothing: only version 2 of the AWS CLI has it; boto3 reads the same logs",
    "npx cdk bootstrap": "test_deployment.py: the account's first deployment",
    "npx cdk deploy": "test_deployment.py: the first one, and each change",
    "npx cdk destroy": "test_deployment.py: the last test",
}


def commands(page):
    """Each command of a page's tutorial: continued lines joined, comments left out."""
    section = _TUTORIAL.search((DOCS / page).read_text(encoding="utf-8"))[2]
    text = "\n".join(_BLOCK.findall(section)).replace("\\\n", " ")
    lines = (_COMMENT.sub("", line).strip() for line in text.splitlines())
    return [re.sub(r"\s+", " ", line) for line in lines if line]


def here(page):
    """The commands that a test runs as they stand: those of a client."""
    return [one for one in commands(page) if not one.startswith(tuple(ELSEWHERE))]
