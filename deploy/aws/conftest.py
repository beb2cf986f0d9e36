"""The tests of the deployment run in two environments; each takes those that it can import."""

import importlib.util

collect_ignore = []
if importlib.util.find_spec("aws_cdk") is None:
    collect_ignore += [
        "tests/test_configuration.py",
        "tests/test_console.py",
        "tests/test_settings.py",
        "tests/test_template.py",
    ]
if importlib.util.find_spec("playwright") is None:
    collect_ignore.append("tests/test_deployment.py")
