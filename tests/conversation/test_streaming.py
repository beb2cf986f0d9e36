"""An answer that is made before one's eyes: followed, stopped, found again."""

import asyncio
import json
import time

import pytest

from daehwa import stores
from daehwa.conversation import ChatError, ChatRequest

from .conftest import ScriptedAnswerer

QUESTION = ChatRequest(
    text="우주는 얼마나 커?", session_id="visitor-1", message_id="m-1", bot_id="HELLOWORLD"
)
WHOSE = {"bot_id": "HELLOWORLD", "locale_id": "ko_KR"}


async def told(events):
    return [(event.name, json.loads(event.data)) async for event in events]


async def test_the_pieces_come_between_start_and_done(running):
    async with running(ScriptedAnswerer("아주 ", "커요.")) as runtime:
        events = await told(runtime.chat_stream(QUESTION, request_id="r-1"))
        assert [name for name, _ in events] == ["start", "status", "delta", "delta", "done"]
        assert events[0][1] == {"sessionId": "visitor-1", "messageId": "m-1", "requestId": "r-1"}
        assert [data["text"] for name, data in events if name == "delta"] == ["아주 ", "커요."]
        assert events[-1][1]["msg"] == "아주 커요."
        assert events[-1][1]["source"] == "chatgpt"


async def test_a_watched_answer_has_to_begin_by_the_deadline_and_may_go_on(running):
    answerer = ScriptedAnswerer("아주 ", "커요.")
    async with running(answerer) as runtime:
        await told(runtime.chat_stream(QUESTION, request_id="r"))
        question = answerer.questions[0]
        assert question.deadline - question.first_by == pytest.approx(125)


async def test_an_answer_that_is_asked_for_whole_keeps_to_the_deadline(running):
    answerer = ScriptedAnswerer("커요.")
    async with running(answerer) as runtime:
        await runtime.chat(QUESTION, request_id="r")
        before = time.monotonic()
        question = answerer.questions[0]
        assert question.first_by is None
        assert question.deadline < before + 25


async def test_a_turn_of_the_bot_itself_has_no_pieces(running):
    async with running(ScriptedAnswerer("x")) as runtime:
        request = ChatRequest(text="안녕", bot_id="HELLOWORLD")
        events = await told(runtime.chat_stream(request, request_id="r"))
        assert [name for name, _ in events] == ["start", "done"]


async def test_a_lost_connection_does_not_stop_the_turn_and_it_can_be_followed(running):
    answerer = ScriptedAnswerer("아주 ", "커요.")
    answerer.gate = asyncio.Event()
    async with running(answerer) as runtime:
        watching = runtime.chat_stream(QUESTION, request_id="r")
        async for event in watching:
            if event.name == "delta":
                break
        await watching.aclose()
        session = await runtime.chat_session("visitor-1", **WHOSE)
        assert session["turns"][0]["state"] == "running"
        again = asyncio.create_task(told(runtime.follow_turn("visitor-1", "m-1", **WHOSE)))
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
        watching = asyncio.create_task(told(runtime.chat_stream(QUESTION, request_id="r")))
        await asyncio.wait_for(answerer.asked.wait(), 5)
        await asyncio.sleep(0.05)
        assert runtime.stop_turn("visitor-1", "m-1", **WHOSE)
        events = await asyncio.wait_for(watching, 5)
        assert events[-1][1]["msg"] == "아주 "
        assert events[-1][1]["source"] == "chatgpt"
        assert events[-1][1]["incomplete"]
        assert answerer.closed_early == 1
        session = await runtime.chat_session("visitor-1", **WHOSE)
        assert session["turns"][0]["state"] == "incomplete"
        # The conversation goes on.
        request = ChatRequest(text="안녕", session_id="visitor-1", bot_id="HELLOWORLD")
        assert "Lex" in (await runtime.chat(request, request_id="r2")).msg


async def test_a_finished_turn_is_told_by_its_end(running):
    async with running(ScriptedAnswerer("답")) as runtime:
        await runtime.chat(QUESTION, request_id="r")
        events = await told(runtime.follow_turn("visitor-1", "m-1", **WHOSE))
        assert [name for name, _ in events] == ["done"]


async def test_a_turn_that_never_was_is_not_found(running):
    async with running() as runtime:
        with pytest.raises(ChatError) as caught:
            await told(runtime.follow_turn("visitor-1", "m-9", **WHOSE))
        assert caught.value.status == 404


async def test_clearing_the_chat_forgets_session_and_transcript(running):
    async with running() as runtime:
        request = ChatRequest(text="안녕", session_id="visitor-1", bot_id="HELLOWORLD")
        await runtime.chat(request, request_id="r")
        await runtime.delete_chat("visitor-1", **WHOSE)
        session = await runtime.chat_session("visitor-1", **WHOSE)
        assert not session["open"]
        assert session["turns"] == []


async def test_what_the_person_thinks_of_a_reply_comes_back_whole(running):
    async with running(ScriptedAnswerer("커요.")) as runtime:
        await runtime.chat(QUESTION, request_id="r")
        for given in (stores.Feedback(rating="up", comment="친절해요"), None):
            await runtime.feedback("visitor-1", "m-1", given, **WHOSE)
            (turn,) = (await runtime.chat_session("visitor-1", **WHOSE))["turns"]
            assert turn["feedback"] == given
