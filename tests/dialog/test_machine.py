"""The table of stages: every step of a turn is in it, and every default way in it is taken."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.dialog.build import (
    Talk,
    closing,
    confirm,
    fallback,
    fulfil,
    initial,
    intent,
    locale,
    means,
    reply,
    say,
    slot,
    step,
)
from tests.dialog.test_properties import RESULTS, TURNS, bots, play

from conformance.scenario import read_suite
from daehwa import dialog
from daehwa.dialog import machine


@pytest.fixture
def steps(monkeypatch):
    """Every step from one stage to the next, as (from, to), while the test runs."""
    taken = []

    def recording(stage, rule):
        def run(turn, transition):
            reached = rule.run(turn, transition)
            if not isinstance(reached, machine.Transition):
                reached = yield from reached
            taken.append((stage, reached.stage))
            return reached

        return msgspec.structs.replace(rule, run=run)

    table = {stage: recording(stage, rule) for stage, rule in machine.STAGES.items()}
    monkeypatch.setattr(machine, "STAGES", table)
    return taken


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    bots(),
    st.lists(TURNS, min_size=1, max_size=5),
    st.lists(RESULTS, max_size=4),
    st.integers(0, 9),
)
def test_every_step_of_any_turn_is_in_the_table(steps, of, script, results, seed):
    steps.clear()
    play(of, script, results, seed)
    assert [(a, b) for a, b in steps if b not in machine.STAGES[a].leads_to] == []


def order(*slots, answers=None, **more):
    talk = Talk(locale(intent("Order", *slots, **more), fallback()), answers)
    return talk.says("order", means("Order"))


def hook_that(kind, **more):
    return lambda call: reply(call, kind, **more)


FAILING = dialog.HookFailed("down")
WORDS = {"failure_response": say("Sorry.")}

WAYS = {
    ("StartIntent", "NextSlot"): order,
    ("StartIntent", "EndConversation"): lambda: order(
        initial=initial(next_step=step("StartIntent", intent="Nothing"))
    ),
    ("NextSlot", "Done"): lambda: order(slot("City")),
    ("NextSlot", "ConfirmIntent"): order,
    ("NextSlot", "FulfillIntent"): lambda: order(
        hook=True,
        old_flow=True,
        confirm=confirm(),
        answers=hook_that("Delegate", confirmation="Confirmed"),
    ),
    ("NextSlot", "Declined"): lambda: order(
        hook=True,
        old_flow=True,
        confirm=confirm(),
        answers=hook_that("Delegate", confirmation="Denied"),
    ),
    ("ElicitSlot", "Done"): lambda: order(
        slot("City"), initial=initial(next_step=step("ElicitSlot", "City"))
    ),
    ("ElicitSlot", "NextSlot"): lambda: order(
        slot("City", defaults=("Seoul",)), initial=initial(next_step=step("ElicitSlot", "City"))
    ),
    ("ConfirmIntent", "Done"): lambda: order(confirm=confirm()),
    ("ConfirmIntent", "FulfillIntent"): order,
    ("Declined", "EndConversation"): lambda: order(confirm=confirm()).says("no", yes=False),
    ("FulfillIntent", "CloseIntent"): lambda: order(closing=closing("Bye.")),
    ("FulfillIntent", "Fulfilled"): lambda: order(fulfil=fulfil("Done.")),
    ("FulfillIntent", "FulfillmentFailed"): lambda: order(
        fulfil=fulfil(hook=True, **WORDS), answers=hook_that("Delegate", state="Failed")
    ),
    ("FulfillIntent", "EndConversation"): lambda: order(
        fulfil=fulfil(hook=True, **WORDS), answers=lambda _: FAILING
    ),
    ("Fulfilled", "CloseIntent"): lambda: order(fulfil=fulfil("Done.")),
    ("FulfillmentFailed", "EndConversation"): lambda: order(
        fulfil=fulfil(hook=True, **WORDS), answers=hook_that("Delegate", state="Failed")
    ),
    ("CloseIntent", "EndConversation"): lambda: order(closing=closing("Bye.")),
    ("EndConversation", "Done"): order,
    ("ElicitIntent", "Done"): lambda: order(initial=initial(next_step=step("ElicitIntent"))),
}


def test_every_default_way_of_the_table_has_an_example():
    ways = {(stage, to) for stage, rule in machine.STAGES.items() for to in rule.default}
    assert ways == set(WAYS)


@pytest.mark.parametrize("way", WAYS, ids="-".join)
def test_a_default_way_is_taken(steps, way):
    WAYS[way]()
    assert way in steps


def test_every_stage_names_the_section_of_its_rules():
    rules = read_suite().rules
    for stage, rule in machine.STAGES.items():
        assert [r for r in rules if r.startswith(f"{rule.section}-")], stage
