"""Every scenario, in process; every response held to botocore's model besides."""

import pytest
from tests.material.sources import SHARED, WITHOUT_SHARED

from conformance.scenario import read_suite
from conformance.talking import talk


def params():
    for scenario in read_suite().scenarios:
        marks = [pytest.mark.shared] if scenario.public else []
        if scenario.public and not SHARED.is_dir():
            marks.append(WITHOUT_SHARED)
        yield pytest.param(scenario, id=scenario.id, marks=marks)


@pytest.mark.parametrize("scenario", list(params()))
def test_scenario(scenario, channel, wire):
    wire.faults.clear()
    exchanges = talk(scenario, channel)
    problems = [
        f"turn {number}: {problem}"
        for number, exchange in enumerate(exchanges, 1)
        for problem in exchange.problems
    ]
    assert problems == []
    assert wire.faults == []
