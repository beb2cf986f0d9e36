"""The tutorials' commands, which deploy/aws/tests/test_deployment.py runs as they stand."""

import importlib.util
from pathlib import Path

import pytest

PLACE = Path(__file__).parents[2] / "deploy" / "aws" / "tests" / "tutorial.py"


@pytest.fixture(scope="module")
def tutorial():
    spec = importlib.util.spec_from_file_location("tutorial", PLACE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_both_languages_have_the_same_commands(tutorial):
    english, korean = map(tutorial.commands, tutorial.PAGES)
    assert english == korean
    assert len(english) > 12


@pytest.mark.parametrize("left_out", ["botFile", "alarmEmail"])
def test_an_option_that_is_left_out_takes_its_c_with_it(tutorial, left_out):
    """As against a real account, whose deployment mails nobody."""
    given = {"botFile": "bot.zip", "alarmEmail": "you@example.com", "streaming": "true"}
    del given[left_out]
    words = tutorial.cdk("deploy", given)
    (kept,) = (f"{name}={given[name]}" for name in ("botFile", "alarmEmail") if name in given)
    assert words == ["cdk", "deploy", "-c", kept, "--context=streaming=true"]
