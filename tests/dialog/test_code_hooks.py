"""When the dialog code hook is called, in both generations of bots, and what it may decide."""

import msgspec
import pytest
from tests.dialog.build import (
    Talk,
    ambiguous,
    ask,
    closing,
    code_hook,
    fallback,
    fulfil,
    hears,
    initial,
    intent,
    locale,
    means,
    reply,
    say,
    scalar,
    slot,
    step,
)

from daehwa import dialog, lex
from daehwa.dialog.turn_state import MAX_CALLS

INVOKE = step("InvokeDialogCodeHook")


def order(*slots, answers=reply, hook=True, **more):
    more.setdefault("fulfil", fulfil("Done."))
    return Talk(
        locale(intent("Order", *slots, hook=hook, **more), intent("Other", slot("Size"))), answers
    )


def labels(talk):
    return [c.label for c in talk.calls]


# --- where it is called ---------------------------------------------------------------


def test_new_bots_call_it_only_where_a_step_says_so():
    talk = order(
        slot("City", code_hook=code_hook("CityCheck"), capture_next_step=INVOKE),
        slot("Day", code_hook=code_hook("DayCheck")),
        initial=initial("Hello.", next_step=INVOKE, code_hook=code_hook("Start")),
    )
    talk.says("order", means("Order"))
    assert (labels(talk), talk.words) == (["Start"], ["Hello.", "City?"])
    talk.says("Paris", value="Paris")
    assert labels(talk) == ["Start", "CityCheck"]
    talk.says("friday", value="friday")
    assert labels(talk) == ["Start", "CityCheck"]  # the step says nothing of a hook
    assert talk.words == ["Done."]


def test_the_prompts_hook_is_called_after_each_attempt_failures_too():
    talk = order(
        slot("City", prompt=ask("City?", retries=1), elicitation_code_hook=hears("Heard")),
        initial=initial(),
    )
    talk.says("order", means("Order"))
    assert labels(talk) == []
    talk.says("???").says("???")
    assert labels(talk) == ["Heard", "Heard"]
    assert talk.intent.name == "FallbackIntent"


def test_the_prompts_hook_is_not_called_for_a_slot_that_came_with_the_first_words():
    talk = order(
        slot(
            "City",
            elicitation_code_hook=hears("Heard"),
            code_hook=code_hook("Check"),
            capture_next_step=INVOKE,
        ),
        initial=initial(next_step=step("ElicitSlot", "City")),
    )
    talk.says("in Paris", means("Order", City="Paris"))
    assert labels(talk) == ["Check"]


@pytest.mark.parametrize(
    ("hook", "off"),
    [(False, {}), (True, {"enable_code_hook_invocation": False}), (True, {"is_active": False})],
)
def test_a_hook_that_is_off_counts_as_a_success(hook, off):
    setting = code_hook("Start", success_next_step=step("FulfillIntent"))
    start = initial(next_step=INVOKE, code_hook=msgspec.structs.replace(setting, **off))
    talk = order(slot("City"), hook=hook, initial=start).says("order", means("Order"))
    assert (labels(talk), talk.words) == ([], ["Done."])


def test_old_bots_call_it_on_every_turn_of_the_intent():
    from tests.dialog.build import confirm

    talk = order(slot("City"), old_flow=True, confirm=confirm())
    talk.says("order", means("Order")).says("???").says("Paris", value="Paris").says(
        "yes", yes=True
    )
    states = [
        (c.source, (c.session_state.intent.slots["City"] is not None),
         c.session_state.intent.confirmation_state)
        for c in talk.calls
    ]  # fmt: skip
    assert states == [
        ("DialogCodeHook", False, "None"),
        ("DialogCodeHook", False, "None"),
        ("DialogCodeHook", True, "None"),
        ("DialogCodeHook", True, "Confirmed"),
    ]


def test_old_bots_without_a_hook_take_the_default_path():
    talk = order(slot("City"), old_flow=True, hook=False).says("order", means("Order"))
    assert talk.says("Paris", value="Paris").words == ["Done."]
    assert talk.calls == []


def test_a_filled_slot_of_the_first_turn_leads_on_in_the_same_turn():
    """A hook that copies the words into a slot and delegates; fulfilment follows at once."""

    def answers(call):
        if call.source == "DialogCodeHook":
            value = lex.Slot(
                value=lex.SlotValue(
                    original_value=call.transcript, interpreted_value=call.transcript
                )
            )
            return reply(call, slots={"UserInput": value}, state="InProgress")
        return reply(call, "Close", state="Fulfilled", silent=True)

    talk = order(
        slot("UserInput", "AMAZON.FreeFormInput"),
        answers=answers,
        initial=initial(next_step=INVOKE, code_hook=code_hook()),
        fulfil=fulfil(hook=True),
    ).says("anything at all", means("Order"))
    assert [c.source for c in talk.calls] == ["DialogCodeHook", "FulfillmentCodeHook"]
    assert (talk.words, talk.action) == ([], "Close")
    assert talk.slots == {"UserInput": "anything at all"}


# --- what is proposed to it -----------------------------------------------------------


def proposals(talk):
    return [
        (p.dialog_action.slot_to_elicit, p.attempt) if (p := c.proposed_next_state) else None
        for c in talk.calls
    ]


def test_it_sees_which_slot_would_come_next():
    talk = order(
        slot("City", elicitation_code_hook=hears(), capture_next_step=step("ElicitSlot", "Day")),
        slot("Day", elicitation_code_hook=hears(), capture_next_step=step("FulfillIntent")),
        initial=initial(next_step=INVOKE, code_hook=code_hook()),
    )
    talk.says("order", means("Order")).says("?").says("Paris", value="Paris").says("x", value="x")
    assert proposals(talk) == [("City", 0), ("City", 1), ("Day", 0), None]


def test_filled_slots_are_passed_over_in_the_proposal():
    talk = order(
        slot("City", capture_next_step=step("ElicitSlot", "Day")),
        slot("Day"),
        initial=initial(
            next_step=INVOKE, code_hook=code_hook(success_next_step=step("ElicitSlot", "City"))
        ),
    )
    talk.says("in Paris", means("Order", City="Paris"))
    assert proposals(talk) == [("Day", 0)]


# --- what it may decide ---------------------------------------------------------------


def start_hook(answers, *slots, **paths):
    return order(
        *(slots or (slot("City", prompt=ask("City?", retries=1)),)),
        answers=answers,
        initial=initial(next_step=INVOKE, code_hook=code_hook("Start", **paths)),
    ).says("order", means("Order"))


def test_delegate_takes_the_success_path_and_its_messages_are_not_sent():
    talk = start_hook(lambda call: reply(call, "Delegate", "x"), success_response=say("Welcome."))
    assert talk.words == ["Welcome.", "City?"]


def test_delegate_with_the_state_failed_takes_the_failure_path():
    talk = start_hook(
        lambda call: reply(call, state="Failed"),
        failure_response=say("Not today."),
        failure_next_step=step("EndConversation"),
    )
    assert (talk.words, talk.intent.state) == (["Not today."], "Failed")


def test_its_slots_and_attributes_are_taken_over():
    talk = start_hook(
        lambda call: reply(call, slots={"City": scalar("Rome")}, attributes={"by": "hook"})
    )
    assert (talk.words, talk.slots) == (["Done."], {"City": "Rome"})
    assert talk.attributes == {"by": "hook"}


def test_a_slot_left_out_of_its_map_is_not_filled():
    talk = order(
        slot("City"), slot("Day"),
        answers=lambda call: reply(call, slots={"City": scalar("Rome"), "Unknown": None}),
        initial=initial(next_step=INVOKE, code_hook=code_hook()),
    )  # fmt: skip
    talk.says("on friday", means("Order", Day="friday"))
    assert talk.slots == {"City": "Rome", "Day": None}


def test_attributes_are_kept_when_absent_and_erased_when_empty():
    stored = lex.SessionState(session_attributes={"x": "1", "y": "2"})
    for given, left in ((None, {"x": "1", "y": "2"}), ({"z": "3"}, {"z": "3"}), ({}, {})):
        talk = order(
            answers=lambda call, given=given: reply(call, attributes=given),
            initial=initial(next_step=INVOKE, code_hook=code_hook()),
        ).says("order", means("Order"), state=stored)
        assert talk.calls[0].session_state.session_attributes == {"x": "1", "y": "2"}
        assert talk.attributes == left


def test_elicit_slot_asks_in_its_words_or_in_the_prompts():
    talk = start_hook(lambda call: reply(call, "ElicitSlot", "Which {City}?", slot="City"))
    assert (talk.words, talk.action) == (["Which {City}?"], "ElicitSlot City")
    talk = start_hook(lambda call: reply(call, "ElicitSlot", slot="City"))
    assert talk.words == ["City?"]


def test_a_filled_slot_is_elicited_again_when_the_hook_says_so_and_stays_until_answered():
    def answers(call):
        filled = call.session_state.intent.slots["City"] is not None
        value = call.session_state.intent.slots["City"]
        if filled and value.value.interpreted_value == "Atlantis":
            return reply(call, "ElicitSlot", "No such city.", slot="City")
        return reply(call)

    talk = order(slot("City", prompt=ask("City?", retries=2)), answers=answers, old_flow=True)
    talk.says("to Atlantis", means("Order", City="Atlantis"))
    assert talk.words == ["No such city."]
    talk.says("Rome", value="Rome")
    assert (talk.words, talk.slots) == (["Done."], {"City": "Rome"})


def test_retries_begin_anew_after_the_hooks_question():
    calls = []

    def answers(call):
        calls.append(1)
        return reply(call, "ElicitSlot", "Again.", slot="City") if len(calls) == 2 else reply(call)

    city = slot("City", prompt=ask("City?", retries=1), elicitation_code_hook=hears())
    talk = order(city, answers=answers, initial=initial()).says("order", means("Order"))
    replies = [talk.says("???").words for _ in range(4)]
    assert replies == [["City?"], ["Again."], ["City?"], ["I did not understand."]]


def test_the_hook_may_settle_an_ambiguous_value():
    def answers(call):
        value = call.session_state.intent.slots["At"].value
        assert value.resolved_values == ("10:00", "22:00")
        return reply(call, slots={"At": scalar("22:00")})

    talk = order(
        slot("At", "AMAZON.Time", elicitation_code_hook=hears()), answers=answers,
        initial=initial(),
    )  # fmt: skip
    talk.says("order", means("Order")).says("ten", value=ambiguous("ten", "10:00", "22:00"))
    assert (talk.words, talk.slots) == (["Done."], {"At": "22:00"})


def test_the_hook_may_refuse_a_value_by_emptying_the_slot():
    talk = order(
        slot("City", elicitation_code_hook=hears()),
        answers=lambda call: reply(call, slots={"City": None}),
        initial=initial(),
    )
    talk.says("order", means("Order")).says("Paris", value="Paris")
    assert (talk.words, talk.action) == (["City?"], "ElicitSlot City")


def test_confirm_intent_asks_in_its_words_even_where_the_bot_has_no_confirmation():
    talk = start_hook(lambda call: reply(call, "ConfirmIntent", "Sure?"))
    assert (talk.words, talk.action) == (["Sure?"], "ConfirmIntent")


def test_elicit_intent_leaves_the_intent():
    talk = start_hook(lambda call: reply(call, "ElicitIntent", "What then?"))
    assert (talk.words, talk.action) == (["What then?"], "ElicitIntent")
    assert talk.outcome.session_state.intent is None


@pytest.mark.parametrize("state", ["Fulfilled", "Failed", "InProgress"])
def test_close_ends_with_the_state_it_gives(state):
    talk = start_hook(lambda call: reply(call, "Close", "Bye.", state=state))
    assert (talk.words, talk.action, talk.intent.state) == (["Bye."], "Close", state)


def test_it_may_hand_over_to_another_intent():
    talk = start_hook(lambda call: reply(call, intent="Other", slots={"Size": scalar("big")}))
    assert (talk.intent.name, talk.slots) == ("Other", {"Size": "big"})
    assert talk.outcome.developer_override
    talk = start_hook(lambda call: reply(call, "ElicitSlot", slot="Size", intent="Other"))
    assert (talk.words, talk.action, talk.intent.name) == (["Size?"], "ElicitSlot Size", "Other")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"kind": "ElicitSlot", "slot": "Nothing"}, "no slot Nothing"),
        ({"kind": "Close", "intent": "Nothing", "state": "Failed"}, "no intent Nothing"),
    ],
)
def test_what_it_names_has_to_be_there(changes, says):
    with pytest.raises(lex.DependencyFailedException, match=f"Invalid Lambda Response.*{says}"):
        start_hook(lambda call: reply(call, **changes))


def test_its_request_attributes_go_to_the_client():
    def answers(call):
        return msgspec.structs.replace(reply(call), request_attributes={"lang": "ko"})

    assert start_hook(answers).outcome.request_attributes == {"lang": "ko"}


# --- when it fails --------------------------------------------------------------------

FAILED = dialog.HookFailed("Invalid Lambda Response: boom")


@pytest.mark.parametrize(
    ("result", "path"), [(FAILED, "failure"), (dialog.HookTimedOut(), "timeout")]
)
def test_failure_and_time_out_have_paths_of_their_own(result, path):
    talk = start_hook(
        lambda _: result,
        **{f"{path}_response": say("Trouble."), f"{path}_next_step": step("EndConversation")},
    )
    assert (talk.words, talk.action, talk.intent.state) == (["Trouble."], "Close", "Failed")
    talk = start_hook(
        lambda _: result, **{f"{path}_next_step": step("StartIntent", intent="FallbackIntent")}
    )
    assert talk.words == ["I did not understand."]


@pytest.mark.parametrize("result", [FAILED, dialog.HookTimedOut()])
def test_a_failure_without_words_is_the_callers(result):
    end = {
        "failure_next_step": step("EndConversation"),
        "timeout_next_step": step("EndConversation"),
    }
    with pytest.raises(lex.DependencyFailedException, match="Invalid Lambda Response"):
        start_hook(lambda _: result, **end)


@pytest.mark.parametrize("result", [FAILED, dialog.HookTimedOut()])
def test_hooks_without_paths_fail_the_turn(result):
    with pytest.raises(lex.DependencyFailedException):
        order(slot("City"), answers=lambda _: result, old_flow=True).says("order", means("Order"))


def test_a_bot_and_a_hook_in_a_circle_end_with_an_error():
    def answers(call):
        other = "Other" if call.session_state.intent.name == "Order" else "Order"
        return reply(call, intent=other, slots={})

    start = initial(next_step=INVOKE, code_hook=code_hook())
    bot = locale(
        intent("Order", hook=True, initial=start), intent("Other", hook=True, initial=start)
    )
    with pytest.raises(lex.ValidationException, match=f"in a circle: {MAX_CALLS} calls"):
        Talk(bot, answers).says("order", means("Order"))


# --- the fallback ---------------------------------------------------------------------


def test_a_fallback_that_would_be_silent_asks_once_outside():
    seen = []

    def answers(call):
        seen.append((call.kind, call.source, call.for_fallback, call.session_state.intent.state))
        return reply(call, "Close", "From [a] model {x}.", state="Fulfilled")

    talk = Talk(locale(intent("Order"), fallback()), answers).says("why is the sky blue?")
    assert seen == [("Fallback", "FulfillmentCodeHook", True, "ReadyForFulfillment")]
    assert talk.calls[0].transcript == "why is the sky blue?"
    assert (talk.words, talk.action) == (["From [a] model {x}."], "Close")
    assert talk.intent.state == "Fulfilled"


def test_a_fallback_with_words_speaks_for_itself():
    talk = Talk(locale(intent("Order"), fallback(closing=closing("What?"))), reply).says("???")
    assert (talk.calls, talk.words) == ([], ["What?"])


def test_a_fallback_with_a_hook_calls_it_and_nothing_else():
    start = initial(
        next_step=INVOKE, code_hook=code_hook(success_next_step=step("EndConversation"))
    )
    talk = Talk(locale(fallback(hook=True, initial=start)), reply).says("???")
    assert [c.kind for c in talk.calls] == ["CodeHook"]
    assert (talk.words, talk.action) == ([], "Close")


def test_a_silent_fallback_that_nobody_answers_closes_without_a_word():
    talk = Talk(locale(fallback())).says("???")
    assert (talk.words, talk.action, talk.intent.state) == ([], "Close", "ReadyForFulfillment")


def test_a_literal_answer_keeps_its_brackets():
    def answers(call):
        return msgspec.structs.replace(
            reply(call, "Close", "[secret] is {x}", state="Fulfilled"), literal=True
        )

    talk = Talk(locale(fallback()), answers)
    talk.says("???", state=lex.SessionState(session_attributes={"secret": "1234"}))
    assert talk.words == ["[secret] is {x}"]


def test_a_fallback_whose_fulfilment_calls_nothing_and_says_nothing_asks_outside_too():
    talk = Talk(
        locale(fallback(fulfil=fulfil())),
        lambda call: reply(call, "Close", "An answer.", state="Fulfilled"),
    ).says("???")
    assert talk.words == ["An answer."]
