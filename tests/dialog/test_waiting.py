"""Wait and continue: the user asks for a moment, comes back, and answers."""

import msgspec
import pytest
from tests.dialog.build import Talk, ask, fulfil, intent, locale, means, say, slot

from daehwa import bot

WAIT = bot.WaitAndContinueSpecification(
    waiting_response=say("Take your time."),
    continue_response=say("Go ahead."),
    still_waiting_response=bot.StillWaitingResponseSpecification(
        frequency_in_seconds=20, timeout_in_seconds=60
    ),
)


def booking(wait=WAIT):
    card = slot("Card", prompt=ask("Card?", retries=0), wait=wait)
    return Talk(locale(intent("Pay", card, fulfil=fulfil("Paid.")))).says("pay", means("Pay"))


@pytest.mark.parametrize("text", ["hold on", "Wait a minute!", "잠깐만요", "잠시만 기다려 주세요."])
def test_a_moment_is_given_and_no_attempt_counted(text):
    talk = booking().says(text)
    assert (talk.words, talk.action) == (["Take your time."], "ElicitSlot Card")
    assert talk.intent.state == "Waiting"
    assert talk.says(text).words == ["Take your time."]


@pytest.mark.parametrize("text", ["continue", "I'm back", "계속해 주세요"])
def test_the_user_comes_back_and_answers(text):
    talk = booking().says("hold on").says(text)
    assert (talk.words, talk.action) == (["Go ahead."], "ElicitSlot Card")
    assert talk.intent.state == "InProgress"
    assert talk.says("1234", value="1234").words == ["Paid."]


def test_the_answer_may_come_at_once():
    assert booking().says("hold on").says("1234", value="1234").words == ["Paid."]


def test_a_value_that_is_such_a_word_is_a_value():
    assert booking().says("wait", value="wait").words == ["Paid."]


@pytest.mark.parametrize("wait", [None, msgspec.structs.replace(WAIT, is_active=False)])
def test_where_it_is_off_the_words_are_a_miss(wait):
    assert booking(wait).says("hold on").intent.name == "FallbackIntent"
