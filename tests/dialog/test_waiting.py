"""Wait and continue: the user asks for a moment, comes back, and answers."""

import msgspec
import pytest
from tests.dialog.build import Talk, ask, fulfil, intent, locale, means, say, slot

from daehwa import bot

WAIT = bot.WaitAndContinueSpecification(
    waiting_response=say("Take your time."),
    continue_response=say("Go ahead."),
    still_waiting_response=bot.StillWaitingResponseSpecification(
        message_groups_list=say("Still here.").message_groups_list,
        frequency_in_seconds=20,
        timeout_in_seconds=60,
    ),
)


def booking(wait=WAIT):
    card = slot("Card", prompt=ask("Card?", retries=0), wait=wait)
    return Talk(locale(intent("Pay", card, fulfil=fulfil("Paid.")))).says("pay", means("Pay"))


def test_a_moment_is_given_and_no_attempt_counted():
    talk = booking().says("hold on", waiting="Wait")
    assert (talk.words, talk.action) == (["Take your time."], "ElicitSlot Card")
    assert talk.intent.state == "Waiting"
    assert talk.says("wait", waiting="Wait").words == ["Take your time."]


def test_what_is_said_in_the_pause_is_for_channels_that_can_say_it():
    talk = booking().says("hold on", waiting="Wait")
    still = talk.outcome.still_waiting
    assert [message.content for message in still.messages] == ["Still here."]
    assert (still.frequency_seconds, still.timeout_seconds) == (20, 60)
    assert talk.says("I'm back", waiting="Continue").outcome.still_waiting is None


def test_the_user_comes_back_and_answers():
    talk = booking().says("hold on", waiting="Wait").says("I'm back", waiting="Continue")
    assert (talk.words, talk.action) == (["Go ahead."], "ElicitSlot Card")
    assert talk.intent.state == "InProgress"
    assert talk.says("1234", value="1234").words == ["Paid."]


def test_the_answer_may_come_at_once():
    talk = booking().says("hold on", waiting="Wait")
    assert talk.says("1234", value="1234").words == ["Paid."]


def test_a_listed_value_that_is_such_a_word_is_a_value():
    plans = bot.SlotType(
        name="Plan",
        slot_type_values=(bot.SlotTypeValue(sample_value=bot.SampleValue(value="wait")),),
    )
    card = slot("Card", "Plan", prompt=ask("Card?", retries=0), wait=WAIT)
    paying = locale(intent("Pay", card, fulfil=fulfil("Paid.")))
    paying = msgspec.structs.replace(paying, slot_types={"Plan": plans})
    talk = Talk(paying).says("pay", means("Pay"))
    assert talk.says("wait", value="wait", waiting="Wait").words == ["Paid."]


def test_no_open_type_takes_such_a_word_for_its_value():
    assert booking().says("wait", value="wait", waiting="Wait").words == ["Take your time."]


@pytest.mark.parametrize("wait", [None, msgspec.structs.replace(WAIT, is_active=False)])
def test_where_it_is_off_the_words_are_a_miss(wait):
    talk = booking(wait).says("hold on", waiting="Wait")
    assert talk.intent.name == "FallbackIntent"
