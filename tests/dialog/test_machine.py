"""The machine's tables: every step of a turn is in them, every default way in them is taken."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.dialog.build import (
    Talk,
    ambiguous,
    answering,
    ask,
    closing,
    confirm,
    fallback,
    fulfil,
    initial,
    intent,
    means,
    reply,
    say,
    slot,
    step,
)
from tests.dialog.test_properties import RESULTS, TURNS, bots, play

from conformance.scenario import read_suite
from daehwa import bot, dialog, lex
from daehwa.dialog import machine


def recording(taken, row, rule):
    """The rule of a table's row, which notes each step that it takes."""

    def run(turn, given):
        reached = rule.run(turn, given)
        if not isinstance(reached, machine.Transition):
            reached = yield from reached
        taken.append((row, reached.stage))
        return reached

    return msgspec.structs.replace(rule, run=run)


@pytest.fixture
def steps(monkeypatch):
    """Every step from a row of a table to a stage, as (row, stage), while the test runs."""
    taken = []
    stages = {stage: recording(taken, stage, rule) for stage, rule in machine.STAGES.items()}
    replies = {
        state: {kind: recording(taken, (state, kind), rule) for kind, rule in kinds.items()}
        for state, kinds in machine.REPLIES.items()
    }
    monkeypatch.setattr(machine, "STAGES", stages)
    monkeypatch.setattr(machine, "REPLIES", replies)
    return taken


RULES = machine.STAGES | {
    (state, kind): rule for state, kinds in machine.REPLIES.items() for kind, rule in kinds.items()
}


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    bots(),
    st.lists(TURNS, min_size=1, max_size=5),
    st.lists(RESULTS, max_size=4),
    st.integers(0, 9),
)
def test_every_step_of_any_turn_is_in_the_tables(steps, of, script, results, seed):
    steps.clear()
    play(of, script, results, seed)
    assert [(row, stage) for row, stage in steps if stage not in RULES[row].leads_to] == []


FALLBACK = (fallback(),)


def order(*slots, answers=None, rest=FALLBACK, answered=False, **more):
    """Ask for Order, in a locale with an intent Help and what takes the ``rest``."""
    intents = (intent("Order", *slots, **more), intent("Help"), *rest)
    definition = bot.BotLocale(identifier="en_US", intents={i.name: i for i in intents})
    talk = Talk(definition, answers, answers_questions=answered)
    return talk.says("order", means("Order"))


def city(retries=1, **more):
    return slot("City", prompt=ask("City?", retries=retries), **more)


def hook_that(kind, **more):
    return lambda call: reply(call, kind, **more)


ANSWERING = answering("An answer.")
WHICH = lex.Disambiguation(message="Which?", choices=())
FAILING = dialog.HookFailed("down")
TWO = ambiguous("?", "Rome", "Paris")
PAUSE = bot.WaitAndContinueSpecification()
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
    # --- replies ---
    (("ElicitIntent", "Intent"), "StartIntent"): order,
    (("ElicitIntent", "Ambiguous"), "Done"): lambda: order().says("?", disambiguation=WHICH),
    (("ElicitIntent", "Missed"), "StartIntent"): lambda: order().says("?"),
    (("ElicitIntent", "Missed"), "EndConversation"): lambda: order(rest=()).says("?"),
    (("ElicitIntent", "Missed"), "Done"): lambda: order(
        rest=(intent("Search", signature="AMAZON.BedrockAgentIntent"),),
        answers=lambda _: dialog.SearchResult(text="Yes?", finished=False),
    ).says("?"),
    (("ElicitSlot", "Intent"), "StartIntent"): lambda: order(city()).says("help", means("Help")),
    (("ElicitSlot", "Value"), "NextSlot"): lambda: order(city()).says("Rome", value="Rome"),
    (("ElicitSlot", "Value"), "Done"): lambda: order(city()).says("?", value=TWO),
    (("ElicitSlot", "Value"), "StartIntent"): lambda: order(city(0)).says("?", value=TWO),
    (("ElicitSlot", "Value"), "EndConversation"): lambda: order(city(0), rest=()).says(
        "?", value=TWO
    ),
    (("ElicitSlot", "Missed"), "Done"): lambda: order(city()).says("?"),
    (("ElicitSlot", "Missed"), "StartIntent"): lambda: order(city(0)).says("?"),
    (("ElicitSlot", "Missed"), "EndConversation"): lambda: order(city(0), rest=()).says("?"),
    (("ElicitSlot", "Wait"), "Done"): lambda: order(city(wait=PAUSE)).says("wait", waiting="Wait"),
    (("ElicitSlot", "GoOn"), "Done"): lambda: order(city(wait=PAUSE)).says(
        "continue", waiting="Continue"
    ),
    (("ElicitSlot", "Question"), "Done"): lambda: order(
        city(), answers=ANSWERING, answered=True
    ).says("Is it far?", question="Instead"),
    (("ConfirmIntent", "Question"), "Done"): lambda: order(
        confirm=confirm(), answers=ANSWERING, answered=True
    ).says("Is it far?", question="Instead"),
    (("ConfirmIntent", "Intent"), "StartIntent"): lambda: order(confirm=confirm()).says(
        "help", means("Help")
    ),
    (("ConfirmIntent", "Yes"), "FulfillIntent"): lambda: order(confirm=confirm()).says(
        "yes", yes=True
    ),
    (("ConfirmIntent", "Yes"), "NextSlot"): lambda: order(
        slot("City"),
        hook=True,
        old_flow=True,
        confirm=confirm(),
        answers=lambda call: reply(
            call,
            "Delegate"
            if call.session_state.intent.confirmation_state == "Confirmed"
            else "ConfirmIntent",
        ),
    ).says("yes", yes=True),
    (("ConfirmIntent", "No"), "Declined"): lambda: order(confirm=confirm()).says("no", yes=False),
    (("ConfirmIntent", "Change"), "NextSlot"): lambda: order(
        slot("City", optional=True), confirm=confirm()
    ).says("to Rome", means("Order", City="Rome")),
    (("ConfirmIntent", "Missed"), "Done"): lambda: order(confirm=confirm()).says("?"),
    (("ConfirmIntent", "Missed"), "StartIntent"): lambda: order(confirm=confirm(retries=0)).says(
        "?"
    ),
    (("ConfirmIntent", "Missed"), "EndConversation"): lambda: order(
        confirm=confirm(retries=0), rest=()
    ).says("?"),
}


def test_every_default_way_of_the_tables_has_an_example():
    ways = {(row, stage) for row, rule in RULES.items() for stage in rule.default}
    assert ways == set(WAYS)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_default_way_is_taken(steps, way):
    WAYS[way]()
    assert way in steps


def test_every_row_names_the_section_of_its_rules():
    sections = read_suite().sections
    assert [row for row, rule in RULES.items() if rule.section not in sections] == []
