"""A client's own state: laid over a turn, set by PutSession, and what is refused."""

import pytest
from tests.dialog.build import (
    NOON,
    Talk,
    ask,
    closing,
    confirm,
    fulfil,
    initial,
    intent,
    locale,
    means,
    scalar,
    slot,
)

from daehwa import dialog, lex

State = lex.SessionState


def action(kind, name=None):
    return lex.DialogAction(type=kind, slot_to_elicit=name)


def context(name, seconds=60, turns=3):
    return lex.ActiveContext(
        name=name,
        time_to_live=lex.TimeToLive(time_to_live_in_seconds=seconds, turns_to_live=turns),
    )


def shop():
    return Talk(
        locale(
            intent(
                "Order",
                slot("City", prompt=ask("City?", retries=1)),
                slot("Day"),
                initial=initial("Welcome."),
                confirm=confirm("{City}?", no="Not then."),
                fulfil=fulfil("Done."),
                closing=closing("Bye."),
            ),
            intent("Other"),
        )
    )


# --- over a turn ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "left"), [(None, {"x": "1", "y": "2"}), ({"z": "3"}, {"z": "3"}), ({}, {})]
)
def test_attributes_absent_keep_present_replace_empty_erase(given, left):
    talk = shop().says(
        "order", means("Order"), state=State(session_attributes={"x": "1", "y": "2"})
    )
    talk.says("?", state=State(session_attributes=given))
    assert talk.attributes == left


def test_contexts_absent_keep_and_empty_clears():
    talk = shop().says("order", means("Order"), state=State(active_contexts=(context("a"),)))
    names = [[c.name for c in talk.outcome.session_state.active_contexts]]
    talk.says("?", state=State())
    names.append([c.name for c in talk.outcome.session_state.active_contexts])
    talk.says("?", state=State(active_contexts=()))
    assert names == [["a"], ["a"]]
    assert talk.outcome.session_state.active_contexts is None


def test_hints_absent_keep_present_replace_empty_clear():
    hints = lex.RuntimeHints(slot_hints={"Order": {"City": {"runtimeHintValues": []}}})
    talk = shop().says("order", means("Order"), state=State(runtime_hints=hints))
    assert talk.says("?").outcome.session_state.runtime_hints == hints
    talk.says("?", state=State(runtime_hints=lex.RuntimeHints()))
    assert talk.outcome.session_state.runtime_hints is None


def test_a_client_puts_the_bot_at_a_slot_before_the_text_is_read():
    at_day = State(
        dialog_action=action("ElicitSlot", "Day"),
        intent=lex.Intent(name="Order", slots={"City": scalar("Rome")}),
    )
    laid = dialog.with_state(shop().plan, dialog.Session(), at_day, now=NOON, request_id="r")
    assert dialog.elicitation(shop().plan, laid) == lex.Elicitation(intent="Order", slot="Day")
    talk = shop().says("friday", value="friday", state=at_day)
    assert (talk.words, talk.action) == (["Rome?"], "ConfirmIntent")


def test_a_state_sent_back_as_it_came_changes_nothing():
    plain, echoing = (shop().says("order", means("Order")) for _ in range(2))
    for text in ("?", "?"):
        plain.says(text)
        echoing.says(text, state=echoing.outcome.session_state)
        assert plain.session == echoing.session
    assert plain.intent.name == "FallbackIntent"


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (State(intent=lex.Intent(name="No")), "does not have: No"),
        (State(intent=lex.Intent(name="Order", slots={"No": None})), "does not have: No"),
        (State(dialog_action=action("ElicitSlot", "City")), "needs an intent"),
        (State(dialog_action=action("ConfirmIntent")), "needs an intent"),
        (State(dialog_action=action("Delegate")), "needs an intent"),
        (
            State(dialog_action=action("ElicitSlot"), intent=lex.Intent(name="Order")),
            "needs slotToElicit",
        ),
        (
            State(dialog_action=action("ElicitSlot", "No"), intent=lex.Intent(name="Order")),
            "does not have: No",
        ),
        (
            State(runtime_hints=lex.RuntimeHints(slot_hints={"No": {}})),
            "hints name an intent",
        ),
        (
            State(runtime_hints=lex.RuntimeHints(slot_hints={"Order": {"No": {}}})),
            "hints name a slot",
        ),
    ],
)
def test_what_a_state_names_has_to_be_there(state, says):
    with pytest.raises(lex.ValidationException, match=says):
        shop().says("x", state=state)
    with pytest.raises(lex.ValidationException, match=says):
        shop().put(state)


def test_a_stored_slot_that_the_bot_no_longer_has_counts_as_not_elicited():
    talk = shop().says("order", means("Order"))
    talk.plan = dialog.Plan(locale(intent("Order", slot("Town"))))
    assert dialog.elicitation(talk.plan, talk.session) is None
    assert talk.says("order", means("Order")).words == ["Town?"]


# --- PutSession -----------------------------------------------------------------------


def order(slots=None, **more):
    return lex.Intent(name="Order", slots=slots, **more)


def both():
    return {"City": scalar("Rome"), "Day": scalar("friday")}


@pytest.mark.parametrize(
    ("given", "words", "then"),
    [
        (order(), ["Welcome.", "City?"], "ElicitSlot City"),
        (order({"City": scalar("Rome")}), ["Welcome.", "Day?"], "ElicitSlot Day"),
        (order(both()), ["Welcome.", "Rome?"], "ConfirmIntent"),
        (order(both(), state="ReadyForFulfillment"), ["Done.", "Bye."], "Close"),
        (order(both(), confirmation_state="Confirmed"), ["Done.", "Bye."], "Close"),
        (order(both(), confirmation_state="Denied"), ["Not then."], "Close"),
        (order(both(), state="Fulfilled"), ["Bye."], "Close"),
        (order(both(), state="Failed"), [], "Close"),
    ],
)
def test_delegate_goes_on_by_the_intents_state(given, words, then):
    talk = shop().put(State(dialog_action=action("Delegate"), intent=given))
    assert (talk.words, talk.action) == (words, then)


def test_delegate_in_the_middle_goes_to_the_next_slot():
    talk = shop().says("order", means("Order"))
    talk.put(State(dialog_action=action("Delegate"), intent=order({"City": scalar("Rome")})))
    assert (talk.words, talk.action) == (["Day?"], "ElicitSlot Day")


HELLO = lex.Message(content_type="PlainText", content="Hello {City} [x].")


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [("ElicitSlot", "City", ["City?"]), ("ConfirmIntent", None, [""]), ("ElicitIntent", None, []),
     ("Close", None, []), ("None", None, [])],
)  # fmt: skip
def test_a_dialog_action_is_set_and_messages_stand_in_for_the_prompt(kind, name, words):
    state = State(dialog_action=action(kind, name), intent=order(state="InProgress"))
    silent = shop().put(state)
    assert [w.strip("?") for w in silent.words] == [w.strip("?") for w in words]
    spoken = shop().put(state, HELLO)
    assert spoken.words == ["Hello {City} [x]."]
    for talk in (silent, spoken):
        assert talk.outcome.session_state.dialog_action == action(kind, name)
        assert talk.intent.slots == {"City": None, "Day": None}
        assert talk.outcome.session_state.originating_request_id == "request-1"


def test_a_welcome_and_then_a_talk():
    talk = shop().put(State(dialog_action=action("ElicitIntent")), HELLO)
    assert talk.outcome.session_state.intent is None
    assert talk.says("order", means("Order")).words == ["Welcome.", "City?"]


def test_a_session_that_was_put_at_a_slot_takes_the_reply():
    talk = shop().put(State(dialog_action=action("ElicitSlot", "City"), intent=order()))
    assert talk.says("Rome", value="Rome").slots["City"] == "Rome"


def test_close_keeps_the_state_given():
    talk = shop().put(State(dialog_action=action("Close"), intent=order(state="InProgress")))
    assert (talk.action, talk.intent.state) == ("Close", "InProgress")


def test_after_close_everything_begins_anew_but_attributes():
    talk = shop().says(
        "x", means("Order", City="A", Day="B"), state=State(session_attributes={"k": "v"})
    )
    talk.says("no", yes=False)
    assert talk.action == "Close"
    talk.says("order", means("Order"))
    assert talk.intent.slots == {"City": None, "Day": None}
    assert talk.attributes == {"k": "v"}


def test_what_get_session_shows_is_stored():
    talk = shop().says("order", means("Order")).later(10)
    state = dialog.session_state(talk.session, talk.now)
    assert state == talk.outcome.session_state
    assert talk.session.messages == talk.outcome.messages
    assert talk.session.interpretations == talk.outcome.interpretations
    assert (talk.session.created_at, talk.session.updated_at) == (NOON, NOON)
