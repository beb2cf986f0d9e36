"""Asking again, saying it in other words, going back: each way of a conversation for itself."""

import pytest

from daehwa import chat
from daehwa.chat import Caller, ChatError, ChatRequest, SessionReference
from daehwa.conversation import branches

from .conftest import ScriptedAnswerer

SESSION = SessionReference(session_id="visitor-1", bot_id="HELLOWORLD", locale_id="ko_KR")
CALLER = Caller(request_id="r-1")


async def say(runtime, text, message_id, follows=None):
    request = ChatRequest(
        text=text,
        session_id="visitor-1",
        message_id=message_id,
        bot_id="HELLOWORLD",
        follows=follows,
    )
    return await runtime.chat.reply(request, CALLER)


def asked(answerer):
    """What the model got last: the conversation before, and the question."""
    question = answerer.questions[-1]
    return [one.text for one in question.history], question.text


async def test_who_asks_again_gives_the_model_the_question_without_the_answer(running):
    answerer = ScriptedAnswerer("첫 시")
    async with running(answerer) as runtime:
        await say(runtime, "우주는 얼마나 커?", "m-1")
        await say(runtime, "시를 지어 봐", "m-2")
        answerer.pieces = ("둘째 시",)
        reply = await say(runtime, "시를 지어 봐", "m-2.2", "m-1")
        assert asked(answerer) == (["우주는 얼마나 커?", "첫 시"], "시를 지어 봐")
        assert reply.follows == "m-1"
        # The one that was chosen last is what is remembered, and nothing else.
        await say(runtime, "더 길게 부탁해", "m-3")
        history, _ = asked(answerer)
        assert history == ["우주는 얼마나 커?", "첫 시", "시를 지어 봐", "둘째 시"]


async def test_who_goes_back_to_the_first_answer_goes_on_from_it(running):
    answerer = ScriptedAnswerer("첫 시")
    async with running(answerer) as runtime:
        await say(runtime, "시를 지어 봐", "m-1")
        answerer.pieces = ("둘째 시",)
        await say(runtime, "시를 지어 봐", "m-1.2", "")
        assert asked(answerer) == ([], "시를 지어 봐")
        await say(runtime, "더 길게 부탁해", "m-2", "m-1")
        await say(runtime, "조금만 더 길게", "m-3")
        history, _ = asked(answerer)
        assert history == ["시를 지어 봐", "첫 시", "더 길게 부탁해", "둘째 시"]


async def test_the_dialog_stands_where_it_stood(running):
    """The bot asks for a name; said in other words, the name is another one."""
    async with running() as runtime:
        await say(runtime, "안녕", "m-1")
        first = await say(runtime, "홍길동", "m-2")
        assert first.dialog_action.type == "ConfirmIntent"
        other = await say(runtime, "이몽룡", "m-2.2", "m-1")
        assert other.slots["Name"].value.interpreted_value == "이몽룡"
        # And back: the answer to the first question is still the first name's.
        done = await say(runtime, "네", "m-3", "m-2")
        assert done.slots["Name"].value.interpreted_value == "홍길동"


async def test_the_beginning_is_the_beginning(running):
    async with running() as runtime:
        await say(runtime, "안녕", "m-1")
        await say(runtime, "홍길동", "m-2")
        again = await say(runtime, "안녕", "m-1.2", "")
        assert again.dialog_action.slot_to_elicit == "Name"
        assert again.slots == {"Name": None}


async def test_further_back_than_is_kept_the_dialog_begins_anew(running):
    async with running(ScriptedAnswerer("답")) as runtime:
        await say(runtime, "안녕", "m-0")
        for number in range(1, branches.KEPT + 3):
            await say(runtime, "안녕", f"m-{number}")
        again = await say(runtime, "안녕", "m-x", "m-0")
        assert again.dialog_action.slot_to_elicit == "Name"


async def test_a_turn_that_nobody_knows_is_nothing_to_go_on_from(running):
    """As where the server was replaced by one that remembers nothing."""
    answerer = ScriptedAnswerer("답")
    async with running(answerer) as runtime:
        await say(runtime, "우주는 얼마나 커?", "m-9", "m-8")
        assert asked(answerer) == ([], "우주는 얼마나 커?")
        with pytest.raises(ChatError):
            await say(runtime, "우주는 얼마나 커?", "m-10", "no id")


async def test_a_long_talk_is_given_whole_bit_by_bit(running):
    async with running() as runtime:
        for number in range(chat.TURNS_SHOWN + 50):
            await say(runtime, "안녕", f"m-{number}")
        last = await runtime.chat.transcript(SESSION)
        assert len(last.turns) == chat.TURNS_SHOWN
        assert last.earlier
        first = await runtime.chat.transcript(SESSION, before=last.turns[0].message_id)
        assert not first.earlier
        named = [turn.message_id for turn in (*first.turns, *last.turns)]
        assert named == [f"m-{number}" for number in range(chat.TURNS_SHOWN + 50)]
