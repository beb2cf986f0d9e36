"""Each command of the tutorials is run by something."""

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


def test_each_command_is_a_clients_or_run_elsewhere(tutorial):
    """A client's is run as it stands by deploy/aws/tests/test_deployment.py."""
    (page, _) = tutorial.PAGES
    assert {one.split()[0] for one in tutorial.here(page)} == {"curl", "aws", ".venv/bin/daehwa"}
    for begin in tutorial.ELSEWHERE:
        assert any(one.startswith(begin) for one in tutorial.commands(page)), begin
