"""Fulfilment and the end: with a hook and without, success, failure, time-out, contexts."""

import pytest
from tests.dialog.build import (
    Talk,
    branch,
    closing,
    confirm,
    fulfil,
    group,
    intent,
    locale,
    means,
    reply,
    say,
    slot,
    step,
    when,
)

from daehwa import bot, dialog, lex


def run(fulfilment, answers=None, **more):
    talk = Talk(locale(intent("Order", slot("City"), fulfil=fulfilment, **more)), answers)
    return talk.says("in Paris", means("Order", City="Paris"))


def test_success_without_a_hook_speaks_and_closes_in_order():
    talk = run(fulfil("Thanks for {City}."), closing=closing("Bye."))
    assert (talk.words, talk.action) == (["Thanks for Paris.", "Bye."], "Close")
    assert talk.intent.state == "Fulfilled"
    assert talk.calls == []


def test_without_fulfilment_the_client_is_to_fulfil():
    talk = run(None, closing=closing("Bye."))
    assert (talk.words, talk.intent.state) == (["Bye."], "ReadyForFulfillment")


def test_inactive_fulfilment_is_skipped():
    off = bot.FulfillmentCodeHook(enabled=True, is_active=False)
    talk = run(off)
    assert (talk.calls, talk.intent.state) == ([], "ReadyForFulfillment")


def test_an_ending_before_the_slots_are_filled_is_failed():
    from tests.dialog.build import initial

    talk = Talk(
        locale(intent("Order", slot("A"), initial=initial(next_step=step("EndConversation"))))
    )
    assert talk.says("order", means("Order")).intent.state == "Failed"


def test_the_hook_is_called_ready_and_its_close_is_the_end():
    def answers(call):
        assert call.source == "FulfillmentCodeHook"
        assert call.session_state.intent.state == "ReadyForFulfillment"
        assert call.timeout_seconds == 30
        return reply(call, "Close", "Booked {City} [x].", state="Fulfilled")

    talk = run(fulfil("Not said.", hook=True), answers, closing=closing("Not said."))
    assert (talk.words, talk.action) == (["Booked Paris [x]."], "Close")
    assert talk.intent.state == "Fulfilled"


@pytest.mark.parametrize(
    ("messages", "state", "words", "then"),
    [
        (None, "Fulfilled", ["Thanks.", "Bye."], "Fulfilled"),
        ((), "Fulfilled", [], "Fulfilled"),
        (None, "Failed", ["Sorry."], "Failed"),
        ((), "Failed", [], "Failed"),
        (("So.",), "InProgress", ["So."], "InProgress"),
        (None, "InProgress", [], "InProgress"),
    ],
)
def test_close_without_messages_lets_the_bot_speak_and_an_empty_list_does_not(
    messages, state, words, then
):
    def answers(call):
        return reply(call, "Close", *(messages or ()), state=state, silent=messages == ())

    talk = run(
        fulfil("Thanks.", hook=True, failure_response=say("Sorry.")),
        answers,
        closing=closing("Bye."),
    )
    assert (talk.words, talk.action, talk.intent.state) == (words, "Close", then)


@pytest.mark.parametrize(
    ("state", "words", "then"),
    [
        ("Fulfilled", ["Thanks.", "Bye."], "Fulfilled"),
        ("ReadyForFulfillment", ["Thanks.", "Bye."], "Fulfilled"),
        ("Failed", ["Sorry."], "Failed"),
    ],
)
def test_delegate_goes_by_the_state_and_its_messages_are_not_sent(state, words, then):
    def answers(call):
        return reply(call, "Delegate", "x", state=state)

    talk = run(
        fulfil("Thanks.", hook=True, failure_response=say("Sorry.")),
        answers,
        closing=closing("Bye."),
    )
    assert (talk.words, talk.intent.state) == (words, then)


def test_the_hook_may_ask_for_a_slot_again_and_then_everything_comes_again():
    cities = []

    def answers(call):
        city = call.session_state.intent.slots["City"].value.interpreted_value
        cities.append(city)
        if city == "Paris":
            return reply(call, "ElicitSlot", slot="City", slots={"City": None})
        return reply(call, "Close", "Booked.", state="Fulfilled")

    talk = run(fulfil(hook=True), answers, confirm=confirm()).says("yes", yes=True)
    assert (talk.words, talk.action) == (["City?"], "ElicitSlot City")
    talk.says("Rome", value="Rome")
    assert talk.action == "ConfirmIntent"
    assert talk.says("yes", yes=True).words == ["Booked."]
    assert cities == ["Paris", "Rome"]


def test_the_hook_may_wait_for_any_intent():
    def answers(call):
        return reply(call, "ElicitIntent", "No such city. What else?")

    talk = run(fulfil(hook=True), answers)
    assert (talk.words, talk.action) == (["No such city. What else?"], "ElicitIntent")


# --- failure and time-out -------------------------------------------------------------

FAILED = dialog.HookFailed("Invalid Lambda Response: boom")


@pytest.mark.parametrize("result", [FAILED, dialog.HookTimedOut()])
def test_a_failure_is_reported_in_the_bots_words(result):
    paths = fulfil(
        hook=True, failure_response=say("It failed."), timeout_response=say("It took too long.")
    )
    talk = run(paths, lambda _: result)
    expected = "It failed." if result is FAILED else "It took too long."
    assert (talk.words, talk.action, talk.intent.state) == ([expected], "Close", "Failed")


@pytest.mark.parametrize("result", [FAILED, dialog.HookTimedOut()])
@pytest.mark.parametrize(
    "paths",
    [
        {},
        {
            "failure_next_step": step("EndConversation"),
            "timeout_next_step": step("EndConversation"),
        },
    ],
)
def test_a_failure_without_words_is_the_callers(result, paths):
    with pytest.raises(lex.DependencyFailedException, match="Invalid Lambda Response"):
        run(fulfil(hook=True, **paths), lambda _: result)


def test_a_failure_may_lead_elsewhere():
    paths = fulfil(
        hook=True,
        failure_conditional=when(
            branch(
                '{City} = "Paris"', "Paris is shut.", step("StartIntent", intent="FallbackIntent")
            )
        ),
    )
    assert run(paths, lambda _: FAILED).words == ["Paris is shut.", "I did not understand."]


def test_a_hook_that_nobody_configured_is_a_success():
    talk = run(fulfil("Thanks.", hook=True), lambda _: dialog.HookAbsent())
    assert (talk.words, talk.intent.state) == (["Thanks."], "Fulfilled")


def test_updates_carry_their_messages_and_a_longer_limit():
    updates = bot.FulfillmentUpdatesSpecification(
        active=True,
        timeout_in_seconds=120,
        start_response=bot.FulfillmentStartResponseSpecification(
            delay_in_seconds=1, message_groups=(group("Looking..."),)
        ),
        update_response=bot.FulfillmentUpdateResponseSpecification(
            frequency_in_seconds=10, message_groups=(group("Still."),)
        ),
    )
    talk = run(fulfil("Thanks.", hook=True, updates=updates), lambda _: dialog.HookAbsent())
    call = talk.calls[0]
    assert call.timeout_seconds == 120
    assert call.updates == dialog.FulfillmentUpdates(
        start=(lex.Message(content_type="PlainText", content="Looking..."),),
        delay_seconds=1,
        update=(lex.Message(content_type="PlainText", content="Still."),),
        frequency_seconds=10,
    )


def test_success_may_lead_elsewhere_by_a_condition():
    paths = fulfil(
        success_conditional=when(
            branch('{City} = "Paris"', "Enjoy Paris.", step("EndConversation")), otherwise="Enjoy."
        )
    )
    assert run(paths, closing=closing("Bye.")).words == ["Enjoy Paris."]


def test_closing_may_lead_to_another_intent():
    talk = run(fulfil(), closing=closing("Next.", next_step=step("StartIntent", intent="Order")))
    assert (talk.words, talk.action) == (["Next.", "City?"], "ElicitSlot City")


# --- contexts -------------------------------------------------------------------------


def trip(seconds=90, turns=2, **more):
    return locale(
        intent(
            "Order",
            slot("City"),
            fulfil=fulfil("Done."),
            outputs=(
                bot.OutputContext(
                    name="trip", time_to_live_in_seconds=seconds, turns_to_live=turns
                ),
            ),
            **more,
        ),
        intent("Hotel", inputs=("trip",), closing=closing("Hotel.")),
    )


def eligible(talk):
    return dialog.eligible_intents(talk.plan, talk.session, talk.now)


def test_fulfilment_turns_contexts_on_with_the_slots_in_them():
    talk = Talk(trip())
    assert eligible(talk) == {"Order"}
    talk.says("in Paris", means("Order", City="Paris"))
    (context,) = talk.outcome.session_state.active_contexts
    assert context == lex.ActiveContext(
        name="trip",
        time_to_live=lex.TimeToLive(time_to_live_in_seconds=90, turns_to_live=2),
        context_attributes={"City": "Paris"},
    )
    assert eligible(talk) == {"Order", "Hotel"}
    assert talk.says("hotel", means("Hotel")).words == ["Hotel."]


def test_an_intent_whose_contexts_are_off_is_not_recognised():
    assert Talk(trip()).says("hotel", means("Hotel")).intent.name == "FallbackIntent"


def test_a_context_ends_by_turns():
    talk = Talk(trip(turns=2)).says("in Paris", means("Order", City="Paris"))
    left = []
    for _ in range(3):
        left.append("Hotel" in eligible(talk))
        talk.says("blah")
    assert left == [True, True, False]


def test_a_context_ends_by_seconds():
    talk = Talk(trip(seconds=60, turns=20)).says("in Paris", means("Order", City="Paris"))
    talk.later(30).says("blah")
    assert talk.outcome.session_state.active_contexts[0].time_to_live == lex.TimeToLive(
        time_to_live_in_seconds=30, turns_to_live=19
    )
    assert "Hotel" not in eligible(talk.later(31))
    assert talk.says("blah").outcome.session_state.active_contexts is None


def test_a_decline_turns_nothing_on():
    talk = Talk(trip(confirm=confirm())).says("in Paris", means("Order", City="Paris"))
    assert talk.says("no", yes=False).outcome.session_state.active_contexts is None


def test_a_context_that_a_hook_echoes_grows_no_older_life():
    def answers(call):
        return dialog.HookResponse(
            session_state=lex.SessionState(
                dialog_action=lex.DialogAction(type="Delegate"),
                active_contexts=call.session_state.active_contexts,
            )
        )

    talk = Talk(trip(turns=3, hook=True, old_flow=True), answers)
    talk.says("in Paris", means("Order", City="Paris"))
    talk.says("order", means("Order"))
    assert talk.outcome.session_state.active_contexts[0].time_to_live.turns_to_live == 2


def setting(seconds, turns, attributes=None):
    """Set the context ``trip`` in every reply."""
    context = lex.ActiveContext(
        name="trip",
        time_to_live=lex.TimeToLive(time_to_live_in_seconds=seconds, turns_to_live=turns),
        context_attributes=attributes or {},
    )

    def answers(call):
        return dialog.HookResponse(
            session_state=lex.SessionState(
                dialog_action=lex.DialogAction(type="Delegate"), active_contexts=(context,)
            )
        )

    return answers


def shown_turns(talk):
    contexts = talk.outcome.session_state.active_contexts or ()
    return [context.time_to_live.turns_to_live for context in contexts]


def test_a_hook_that_sets_a_context_in_every_turn_keeps_it_active():
    talk = Talk(trip(hook=True, old_flow=True), setting(600, 1))
    turns = [shown_turns(talk.says("order", means("Order"))) for _ in range(5)]
    assert turns == [[1]] * 5


def test_a_hook_sees_the_turns_that_are_left_and_an_echo_renews_none():
    seen = []

    def answers(call):
        contexts = call.session_state.active_contexts or ()
        seen.append([context.time_to_live.turns_to_live for context in contexts])
        return dialog.HookResponse(
            session_state=lex.SessionState(
                dialog_action=lex.DialogAction(type="Delegate"), active_contexts=contexts
            )
        )

    locale_ = locale(intent("Order", slot("City"), hook=True, old_flow=True))
    talk = Talk(locale_, answers)
    talk.says(
        "order", means("Order"), state=lex.SessionState(active_contexts=setting_of("trip", 3))
    )
    for _ in range(3):
        talk.says("order", means("Order"))
    assert seen == [[2], [1], [0], []]


def setting_of(name, turns):
    life = lex.TimeToLive(time_to_live_in_seconds=600, turns_to_live=turns)
    return (lex.ActiveContext(name=name, time_to_live=life),)


@pytest.mark.parametrize(
    ("seconds", "turns", "attributes"), [(600, 2, {"City": "Rome"}), (500, 2, {}), (600, 7, {})]
)
def test_other_attributes_seconds_or_turns_set_a_context_anew(seconds, turns, attributes):
    talk = Talk(
        locale(intent("Order", slot("City"), hook=True, old_flow=True)),
        setting(seconds, turns, attributes),
    )
    talk.says(
        "order", means("Order"), state=lex.SessionState(active_contexts=setting_of("trip", 3))
    )
    assert shown_turns(talk) == [turns]


def test_a_client_that_sends_a_context_back_later_renews_nothing():
    talk = Talk(locale(intent("Order", slot("City"))))
    talk.says(
        "order", means("Order"), state=lex.SessionState(active_contexts=setting_of("trip", 3))
    )
    shown = talk.outcome.session_state
    talk.later(20)
    talk.says("?", state=shown)
    (context,) = talk.outcome.session_state.active_contexts
    life = context.time_to_live
    assert (life.time_to_live_in_seconds, life.turns_to_live) == (580, 1)


def test_a_context_of_one_turn_that_a_client_puts_is_there_for_the_next_text():
    talk = Talk(trip())
    talk.put(lex.SessionState(active_contexts=setting_of("trip", 1)))
    assert talk.says("hotel", means("Hotel")).words == ["Hotel."]
    assert eligible(talk) == {"Order"}
