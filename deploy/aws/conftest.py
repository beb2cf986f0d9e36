"""The tests of the deployment run in two environments; each takes those that it can import."""

import importlib.util

collect_ignore = []
if importlib.util.find_spec("aws_cdk") is None:
    # What is synthesised.
    names = (
        "configuration",
        "console",
        "entry_points",
        "rights",
        "safety",
        "settings",
        "snapshot",
        "template",
    )
    collect_ignore += [f"tests/test_{name}.py" for name in names]
if importlib.util.find_spec("playwright") is None:
    # What is deployed, with the command and a browser.
    names = ("deployment", "aws_emulator", "two_stacks")
    collect_ignore += [f"tests/test_{name}.py" for name in names]
