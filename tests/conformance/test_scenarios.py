"""Every scenario, in process; every response held to botocore's model besides."""

import json

import pytest
from tests.server import wiremodel

from conformance.in_process import InProcess
from conformance.scenario import read_suite
from conformance.talking import talk, unpack


def params():
    for scenario in read_suite().scenarios:
        marks = [pytest.mark.shared] if scenario.bot.startswith("shared:") else []
        yield pytest.param(scenario, id=scenario.id, marks=marks)


class Answer:
    """A response as the wire's checker takes it."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body


class Wire:
    """Collects what botocore's model finds wrong with responses."""

    def __init__(self):
        self.faults = []

    def __call__(self, operation, status, headers, body):
        answer = Answer(status, {n.lower(): v for n, v in headers.items()}, body)
        self.faults += wiremodel.response_faults(
            operation, answer, json.loads, lambda packed: json.dumps(unpack(packed)).encode()
        )


@pytest.fixture(scope="module")
def wire():
    return Wire()


@pytest.fixture(scope="module")
def channel(request, suite, wire):
    folder = request.config.rootpath.parent / "shared"
    with InProcess(suite, shared=folder if folder.is_dir() else None, check=wire) as channel:
        yield channel


@pytest.mark.parametrize("scenario", list(params()))
def test_scenario(request, scenario, channel, wire):
    if scenario.bot.startswith("shared:"):
        request.getfixturevalue("shared")
    wire.faults.clear()
    exchanges = talk(scenario, channel)
    problems = [
        f"turn {number}: {problem}"
        for number, exchange in enumerate(exchanges, 1)
        for problem in exchange.problems
    ]
    assert problems == []
    assert wire.faults == []
