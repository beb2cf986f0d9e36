"""The yes-or-no question: both answers, retries, other answers, next steps, hooks."""

import msgspec
import pytest
from tests.dialog.build import (
    Talk,
    branch,
    code_hook,
    confirm,
    fulfil,
    hears,
    intent,
    locale,
    means,
    reply,
    say,
    slot,
    step,
    when,
)


def confirming(setting=None, answers=None, **more):
    bot = locale(
        intent(
            "Order",
            slot("City"),
            confirm=setting or confirm("{City}, yes?", no="Then not."),
            fulfil=fulfil("Done."),
            **more,
        ),
        intent("Help"),
    )
    return Talk(bot, answers).says("in Paris", means("Order", City="Paris"))


def test_it_asks_when_the_slots_are_filled():
    talk = confirming()
    assert (talk.words, talk.action) == (["Paris, yes?"], "ConfirmIntent")
    assert (talk.intent.state, talk.intent.confirmation_state) == ("InProgress", "None")


def test_yes_goes_on_to_fulfilment():
    talk = confirming().says("yes", yes=True)
    assert (talk.words, talk.action) == (["Done."], "Close")
    assert (talk.intent.state, talk.intent.confirmation_state) == ("Fulfilled", "Confirmed")


def test_no_ends_the_intent_as_failed():
    talk = confirming().says("no", yes=False)
    assert (talk.words, talk.action) == (["Then not."], "Close")
    assert (talk.intent.state, talk.intent.confirmation_state) == ("Failed", "Denied")


def test_yes_may_have_words_of_its_own_and_another_way():
    setting = confirm(
        confirmation_response=say("Fine."), confirmation_next_step=step("CloseIntent")
    )
    assert confirming(setting).says("yes", yes=True).words == ["Fine."]


def test_no_may_ask_again_for_a_slot():
    setting = confirm(
        declination_conditional=when(
            branch(
                '{City} = "paris"', "Not Paris.", step("ElicitSlot", "City", slots={"City": None})
            )
        )
    )
    talk = confirming(setting).says("no", yes=False)
    assert (talk.words, talk.action) == (["Not Paris.", "City?"], "ElicitSlot City")
    assert (talk.intent.state, talk.intent.confirmation_state) == ("InProgress", "None")
    talk.says("Rome", value="Rome")
    assert talk.action == "ConfirmIntent"
    assert talk.says("yes", yes=True).intent.state == "Fulfilled"


def test_what_is_neither_is_elicited_again_and_then_falls_back():
    talk = confirming().says("maybe")
    assert (talk.words, talk.action) == (["Paris, yes?"], "ConfirmIntent")
    assert talk.outcome.missed_utterance
    assert talk.says("maybe").intent.name == "FallbackIntent"


def test_failure_has_words_of_its_own_and_another_way():
    setting = confirm(
        retries=0, failure_response=say("I give up."), failure_next_step=step("EndConversation")
    )
    talk = confirming(setting).says("maybe")
    assert (talk.words, talk.intent.state) == (["I give up."], "Failed")


def test_a_new_value_is_taken_and_confirmed():
    talk = confirming().says("in Rome", means("Order", 0.9, City="Rome"))
    assert talk.words == ["Rome, yes?"]


def test_another_intent_takes_over():
    assert confirming().says("help", means("Help", 0.8)).intent.name == "Help"
    assert confirming().says("yes", means("Help", 1.0), yes=True).intent.name == "Order"


def test_an_inactive_confirmation_is_skipped():
    off = msgspec.structs.replace(confirm(), is_active=False)
    assert confirming(off).words == ["Done."]


def test_the_prompts_hook_hears_every_attempt():
    seen = []

    def answers(call):
        given = call.session_state.intent
        seen.append((call.label, given.confirmation_state, call.proposed_next_state))
        return reply(call)

    talk = confirming(confirm(elicitation_code_hook=hears("Sure")), answers, hook=True)
    talk.says("maybe").says("yes", yes=True)
    assert seen == [("Sure", "None", None), ("Sure", "Confirmed", None)]
    assert talk.intent.state == "Fulfilled"


def test_the_hook_may_decide_instead_of_the_user():
    def answers(call):
        return reply(call, confirmation="Denied")

    talk = confirming(
        confirm(no="Then not.", elicitation_code_hook=hears()), answers, hook=True
    ).says("maybe")
    assert talk.words == ["Then not."]


def test_the_validation_hook_follows_a_yes_through_its_next_step():
    def answers(call):
        assert call.label == "Check"
        return reply(call, "ElicitSlot", "Paris is full. Where else?", slot="City")

    setting = confirm(
        confirmation_next_step=step("InvokeDialogCodeHook"), code_hook=code_hook("Check")
    )
    talk = confirming(setting, answers, hook=True).says("yes", yes=True)
    assert (talk.words, talk.action) == (["Paris is full. Where else?"], "ElicitSlot City")
    assert talk.intent.confirmation_state == "None"


@pytest.mark.parametrize(("state", "words"), [("Confirmed", ["Done."]), ("Denied", ["Then not."])])
def test_a_hook_that_confirms_at_the_start_spares_the_question(state, words):
    def answers(call):
        given = call.session_state.intent
        return reply(call, confirmation=state if given.confirmation_state == "None" else None)

    assert confirming(answers=answers, hook=True, old_flow=True).words == words


def test_a_confirmation_that_only_a_hook_asks_for():
    def answers(call):
        if call.source == "FulfillmentCodeHook":
            return reply(call, "Close", "Booked.", state="Fulfilled")
        state = call.session_state.intent.confirmation_state
        return reply(call, "ConfirmIntent", "Sure?") if state == "None" else reply(call)

    bot = locale(intent("Order", hook=True, old_flow=True, fulfil=fulfil(hook=True)))
    talk = Talk(bot, answers).says("order", means("Order"))
    assert (talk.words, talk.action) == (["Sure?"], "ConfirmIntent")
    assert talk.says("yes", yes=True).words == ["Booked."]
    again = Talk(bot, answers).says("order", means("Order")).says("no", yes=False)
    assert (again.action, again.intent.state) == ("Close", "Failed")
