"""An answer that another worker, or another machine, on the same store makes."""

import asyncio

from daehwa.chat import Caller, ChatRequest, SessionReference
from daehwa.conversation import channel
from daehwa.stores import SQLiteStore

from .conftest import ScriptedAnswerer
from .test_streaming import received

QUESTION = ChatRequest(
    text="우주는 얼마나 커?", session_id="visitor-1", message_id="m-1", bot_id="HELLOWORLD"
)
SESSION = SessionReference(session_id="visitor-1", bot_id="HELLOWORLD", locale_id="ko_KR")
CALLER = Caller(request_id="r-1")


async def begun(here):
    """The question, whose answer waits after its first words, taken ``here``."""
    asking = asyncio.create_task(received(here.chat.stream(QUESTION, CALLER)))
    async with asyncio.timeout(20):
        while not (await here.chat.transcript(SESSION)).turns:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return asking


async def test_it_can_be_followed_word_by_word(running):
    answerer = ScriptedAnswerer("아주 ", "커요.")
    answerer.gate = asyncio.Event()
    async with running(answerer) as here, running() as there:
        asking = await begun(here)
        pieces = []
        async with asyncio.timeout(20):
            async for event in there.chat.follow(SESSION, "m-1", CALLER):
                pieces.append(event.name)
                if event.name == "delta":
                    assert b"\xec\x95\x84\xec\xa3\xbc" in event.data
                    answerer.gate.set()
        assert pieces[0] == "start"
        assert set(pieces[1:-1]) == {"delta"}
        assert pieces[-1] == "done"
        assert (await asking)[-1][1]["msg"] == "아주 커요."


async def test_it_can_be_stopped_and_keeps_what_was_said(running):
    answerer = ScriptedAnswerer("아주 ", "커요.")
    answerer.gate = asyncio.Event()
    async with running(answerer) as here, running() as there:
        asking = await begun(here)
        assert await there.chat.stop_anywhere(SESSION, "m-1")
        async with asyncio.timeout(20):
            events = await asking
        assert (events[-1][1]["msg"], events[-1][1]["incomplete"]) == ("아주 ", True)
        assert not await there.chat.stop_anywhere(SESSION, "m-1")


async def test_a_stop_that_overtakes_its_question_ends_the_answer_too(running):
    """The stop reaches another process than the question, and before it."""
    answerer = ScriptedAnswerer("아주 ", "커요.")
    answerer.gate = asyncio.Event()
    async with running(answerer) as here, running() as there:
        stopping = asyncio.create_task(there.chat.stop_anywhere(SESSION, "m-1"))
        await asyncio.sleep(0)
        async with asyncio.timeout(20):
            events = await received(here.chat.stream(QUESTION, CALLER))
        assert await stopping
        assert events[-1][1]["incomplete"]


async def test_a_stop_of_nothing_writes_nothing(running, monkeypatch):
    """Anybody may send one: it looks a few times whether the question comes, and leaves."""
    looks = []
    turn = SQLiteStore.turn

    async def look(store, *place):
        looks.append(place)
        return await turn(store, *place)

    monkeypatch.setattr(channel, "_OVERTAKEN_PAUSES", (0.0,) * len(channel._OVERTAKEN_PAUSES))
    monkeypatch.setattr(SQLiteStore, "turn", look)
    monkeypatch.setattr(SQLiteStore, "stop_turn", None)
    async with running() as here:
        assert not await here.chat.stop_anywhere(SESSION, "m-1")
    assert 1 < len(looks) < 10


async def test_the_end_of_whoever_makes_it_is_an_end_for_those_who_follow(running):
    answerer = ScriptedAnswerer("아주 ", "커요.")
    answerer.gate = asyncio.Event()
    async with running() as there:
        async with running(answerer) as here:
            await begun(here)
            following = asyncio.create_task(received(there.chat.follow(SESSION, "m-1", CALLER)))
        async with asyncio.timeout(20):
            events = await following
    assert events[-1][0] == "done"
    assert (events[-1][1]["msg"], events[-1][1]["incomplete"]) == ("아주 ", True)
    # Nobody wished for that.
    assert not events[-1][1]["stopped"]
