"""Scenarios through boto3 against a live server, with code hooks over HTTP.

A part of the suite, so that it is quick; ``python -m conformance live`` runs all of it.
"""

import pytest

from conformance.live import Live
from conformance.talking import talk

BOTS = {"Hotel", "Hooked", "HookedFulfilment", "Confirmed", "KoreanHotel", "Kinds"}


@pytest.fixture(scope="module")
def chosen(suite):
    return [s for s in suite.scenarios if s.bot in BOTS and s.only_in_process is None]


@pytest.fixture(scope="module")
def live(suite, chosen):
    with Live(suite, chosen) as live:
        yield live


def test_boto3_sees_what_the_scenarios_say(live, chosen):
    problems = {
        scenario.id: problems
        for scenario in chosen
        if (problems := [p for exchange in talk(scenario, live) for p in exchange.problems])
    }
    assert problems == {}
    assert len(chosen) > 60
