"""What is installed is what pyproject.toml asks for: pinned, hashed, and the same everywhere."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)(\[[a-z,]+\])?==(?P<version>\S+)( ; .*)? \\$")


def normal(requirement):
    """The name in ``requirement`` as PEP 503 compares names."""
    return re.sub(r"[-_.]+", "-", NAME.match(requirement)[0]).lower()


def asked(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {normal(line) for line in lines if line and line[0] not in "#-"}


def pinned(name):
    pins = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line and line[0] not in " #":
            match = PIN.match(line)
            assert match, f"{name}: {line!r} is not pinned and hashed"
            pins.setdefault(match["name"], set()).add(match["version"])
    return pins


@pytest.fixture(scope="module")
def pyproject():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_what_runs_is_what_the_package_asks_for(pyproject):
    built_with = {normal(one) for one in pyproject["build-system"]["requires"]} | {"editables"}
    runs_on = {normal(one) for one in pyproject["project"]["dependencies"]}
    assert asked("requirements.in") == runs_on | built_with


def test_the_optional_parts_are_installed_for_the_tests(pyproject):
    extras = pyproject["project"]["optional-dependencies"].values()
    wanted = {normal(one) for extra in extras for one in extra}
    assert wanted <= asked("requirements-dev.in")


@pytest.mark.parametrize(
    "name",
    [
        "requirements",
        "requirements-dev",
        "requirements-node",
        "deploy/aws/requirements",
        "deploy/container/requirements",
    ],
)
def test_all_that_is_asked_for_is_pinned(name):
    assert asked(f"{name}.in") <= set(pinned(f"{name}.txt")), "run `make requirements`"


def test_tests_run_on_the_versions_that_people_get():
    ours = pinned("requirements-dev.txt")
    for file in ("requirements.txt", "deploy/container/requirements.txt"):
        theirs = pinned(file)
        assert {name: ours.get(name) for name in theirs} == theirs, "run `make requirements`"
