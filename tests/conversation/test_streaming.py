"""An answer that is made before one's eyes: followed, stopped, found again."""

import asyncio
import json
import time

import msgspec
import pytest

from daehwa.chat import Caller, ChatError, ChatRequest, Feedback, SessionReference

from .conftest import ScriptedAnswerer

QUESTION = ChatRequest(
    text="우주는 얼마나 커?", session_id="visitor-1", message_id="m-1", bot_id="HELLOWORLD"
)
SESSION = SessionReference(session_id="visitor-1", bot_id="HELLOWORLD", locale_id="ko_KR")
CALLER = Caller(request_id="r-1")


async def received(events):
    return [(event.name, json.loads(event.data)) async for event in events]


async def test_the_pieces_come_between_start_and_done(running):
    async with running(ScriptedAnswerer("아주 ", "커요.")) as runtime:
        events = await received(runtime.chat.stream(QUESTION, CALLER))
        assert [name for name, _ in events] == ["start", "status", "delta", "delta", "done"]
        assert events[0][1] == {"sessionId": "visitor-1", "messageId": "m-1", "requestId": "r-1"}
        assert [data["text"] for name, data in events if name == "delta"] == ["아주 ", "커요."]
        assert events[-1][1]["msg"] == "아주 커요."
        assert events[-1][1]["source"] == "chatgpt"


async def test_a_watched_answer_has_to_begin_by_the_deadline_and_may_go_on(running):
    answerer = ScriptedAnswerer("아주 ", "커요.")
    async with running(answerer) as runtime:
        await received(runtime.chat.stream(QUESTION, CALLER))
        question = answerer.questions[0]
        assert question.deadline - question.first_by == pytest.approx(125)


async def test_an_answer_that_is_asked_for_whole_keeps_to_the_deadline(running):
    answerer = ScriptedAnswerer("커요.")
    async with running(answerer) as runtime:
        await runtime.chat.reply(QUESTION, CALLER)
        before = time.monotonic()
        question = answerer.questions[0]
        assert question.first_by is None
        assert question.deadline < before + 25


async def test_a_turn_of_the_bot_itself_has_no_pieces(running):
    async with running(ScriptedAnswerer("x")) as runtime:
        request = ChatRequest(text="안녕", bot_id="HELLOWORLD")
        events = await received(runtime.chat.stream(request, CALLER))
        assert [name for name, _ in events] == ["start", "done"]


async def test_a_lost_connection_does_not_stop_the_turn_and_it_can_be_followed(running):
    answerer = ScriptedAnswerer("아주 ", "커요.")
    answerer.gate = asyncio.Event()
    async with running(answerer) as runtime:
        watching = runtime.chat.stream(QUESTION, CALLER)
        async for event in watching:
            if event.name == "delta":
                break
        await watching.aclose()
        session = await runtime.chat.transcript(SESSION)
        assert session.turns[0].state == "running"
        again = asyncio.create_task(received(runtime.chat.follow(SESSION, "m-1", CALLER)))
        await asyncio.sleep(0.05)
        answerer.gate.set()
        events = await again
        assert [data["text"] for name, data in events if name == "delta"] == ["아주 ", "커요."]
        assert events[-1][1]["msg"] == "아주 커요."
        assert len(answerer.questions) == 1


async def test_stop_closes_the_model_and_keeps_what_was_said(running):
    answerer = ScriptedAnswerer("아주 ", "커요.")
    answerer.gate = asyncio.Event()
    async with running(answerer) as runtime:
        watching = asyncio.create_task(received(runtime.chat.stream(QUESTION, CALLER)))
        await asyncio.wait_for(answerer.asked.wait(), 5)
        await asyncio.sleep(0.05)
        assert runtime.chat.stop(SESSION, "m-1")
        events = await asyncio.wait_for(watching, 5)
        assert events[-1][1]["msg"] == "아주 "
        assert events[-1][1]["source"] == "chatgpt"
        assert events[-1][1]["incomplete"]
        assert events[-1][1]["stopped"]
        assert answerer.closed_early == 1
        session = await runtime.chat.transcript(SESSION)
        assert session.turns[0].state == "incomplete"
        assert msgspec.json.decode(session.turns[0].reply)["stopped"]
        # The conversation goes on.
        request = ChatRequest(text="안녕", session_id="visitor-1", bot_id="HELLOWORLD")
        assert "Lex" in (await runtime.chat.reply(request, CALLER)).msg


async def test_a_stop_that_comes_before_its_question_stops_that_one_and_no_other(running):
    """Two requests of a page go over two connections, and the second may be the faster."""
    answerer = ScriptedAnswerer("아주 ", "커요.")
    answerer.gate = asyncio.Event()
    async with running(answerer) as runtime:
        assert not runtime.chat.stop(SESSION, "m-1")
        stopped = await asyncio.wait_for(received(runtime.chat.stream(QUESTION, CALLER)), 5)
        assert stopped[-1][1]["stopped"]
        answerer.gate.set()
        other = msgspec.structs.replace(QUESTION, message_id="m-2")
        assert (await received(runtime.chat.stream(other, CALLER)))[-1][1]["msg"] == "아주 커요."


async def test_a_finished_turn_is_told_by_its_end(running):
    async with running(ScriptedAnswerer("답")) as runtime:
        await runtime.chat.reply(QUESTION, CALLER)
        events = await received(runtime.chat.follow(SESSION, "m-1", CALLER))
        assert [name for name, _ in events] == ["start", "done"]


async def test_a_turn_that_never_was_is_not_found(running):
    async with running() as runtime:
        with pytest.raises(ChatError) as caught:
            await received(runtime.chat.follow(SESSION, "m-9", CALLER))
        assert caught.value.status == 404


async def test_clearing_the_chat_forgets_session_and_transcript(running):
    async with running() as runtime:
        request = ChatRequest(text="안녕", session_id="visitor-1", bot_id="HELLOWORLD")
        await runtime.chat.reply(request, CALLER)
        await runtime.chat.forget(SESSION)
        session = await runtime.chat.transcript(SESSION)
        assert not session.open
        assert session.turns == ()


async def test_what_the_person_thinks_of_a_reply_comes_back_with_the_transcript(running):
    async with running(ScriptedAnswerer("답")) as runtime:
        await runtime.chat.reply(QUESTION, CALLER)
        for given, kept in (
            (Feedback(rating="up"), Feedback(rating="up")),
            (Feedback(comment="음"), Feedback(comment="음")),
            (
                Feedback(rating="down", comment="틀렸어요"),
                Feedback(rating="down", comment="틀렸어요"),
            ),
            (Feedback(comment=""), None),
        ):
            await runtime.chat.rate(SESSION, "m-1", given)
            assert (await runtime.chat.transcript(SESSION)).turns[0].feedback == kept
        with pytest.raises(ChatError) as caught:
            await runtime.chat.rate(SESSION, "m-2", Feedback(rating="up"))
        assert caught.value.code == "TurnNotFound"
