"""One call forgets a conversation everywhere, also while it goes on."""

import asyncio
import gzip
import json

import pytest
from tests.conversation.conftest import ScriptedAnswerer
from tests.conversation.desk import save_desk

from daehwa import chat, lex
from daehwa.conversation import Address, Settings, StateChange, Utterance
from daehwa.conversation.settings import LogsSetting

CALLER = chat.Caller(request_id="r-1")
SESSION = chat.SessionReference(session_id="s-1", bot_id="Desk", locale_id="en_US")
ADDRESS = Address("DESK000001", "TSTALIASID", "en_US", "s-1")
# What no file may have any more, and what has to stay: others' words.
MINE, THEIRS = "zanzibar", "kilimanjaro"


@pytest.fixture
def desk(tmp_path):
    return save_desk(tmp_path, answered=True)


@pytest.fixture
def logged(running, desk, tmp_path):
    """``async with logged(answerer) as runtime``: with a conversation log."""
    settings = Settings(logs=LogsSetting(file=str(tmp_path / "talks.jsonl")))
    return lambda answerer=None: running(answerer, bots=[desk], settings=settings)


def files_with(tmp_path, text):
    found = set()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            content = gzip.decompress(content) if file.suffix == ".gz" else content
            if text.encode() in content:
                found.add(file.name)
    return found


async def say(runtime, text, session="s-1", **more):
    request = chat.ChatRequest(text=text, session_id=session, bot_id="Desk", **more)
    return await runtime.chat.reply(request, CALLER)


async def forget_by_chat(runtime):
    await runtime.chat.forget(SESSION)


async def forget_by_lex(runtime):
    await runtime.lex.delete_session(ADDRESS)


@pytest.mark.parametrize("forget", [forget_by_chat, forget_by_lex])
async def test_no_file_has_the_words_any_more_and_those_of_others_stay(
    logged, desk, tmp_path, forget
):
    async with logged() as runtime:
        for session, word in (("s-1", MINE), ("s-2", THEIRS), ("s-1", f"{MINE} again")):
            reply = await say(runtime, f"{word} please", session)
            feedback = chat.Feedback(rating="down", comment=f"{word} was wrong")
            reference = chat.SessionReference(session_id=session, bot_id="Desk")
            await runtime.chat.rate(reference, reply.message_id, feedback)
        assert files_with(tmp_path, MINE) >= {"talks.jsonl"}
        await forget(runtime)
        assert files_with(tmp_path, MINE) == set()
        assert files_with(tmp_path, THEIRS) >= {"talks.jsonl"}
        assert (await runtime.chat.transcript(SESSION)).turns == ()
        # Whoever says something again begins anew, and is logged.
        await say(runtime, "opening hours")
        assert len((await runtime.chat.transcript(SESSION)).turns) == 1
    records = [json.loads(line) for line in (tmp_path / "talks.jsonl").read_text().splitlines()]
    assert [each["sessionId"] for each in records] == ["s-2", "s-1"]


async def test_rotated_logs_are_gone_through_too(logged, tmp_path):
    path = tmp_path / "talks.jsonl"
    async with logged() as runtime:
        await say(runtime, f"{MINE} please")
        await say(runtime, f"{THEIRS} please", "s-2")
        packed = tmp_path / "talks.jsonl.2.gz"
        packed.write_bytes(gzip.compress(path.read_bytes()))
        path.rename(tmp_path / "talks.jsonl-20260302")
        await say(runtime, f"{MINE} please")
        foreign = tmp_path / "talks.jsonl.txt"
        foreign.write_text(f"{{}}\n{MINE} in somebody's notes\n")
        await runtime.chat.forget(SESSION)
        assert files_with(tmp_path, MINE) == {foreign.name}
        assert files_with(tmp_path, THEIRS) >= {packed.name, "talks.jsonl-20260302"}
        await say(runtime, "opening hours")
    assert len(path.read_text().splitlines()) == 1


async def test_without_a_bot_every_bot_and_language_forgets(running):
    async with running() as runtime:
        spoken = [(bot.id, locale) for bot in runtime.catalogue.bots for locale in bot.locales]
        assert len(spoken) > 1
        for bot_id, locale_id in spoken:
            request = chat.ChatRequest(
                text="안녕하세요", session_id="s-1", bot_id=bot_id, locale_id=locale_id
            )
            await runtime.chat.reply(request, CALLER)
        await runtime.chat.forget(chat.SessionReference(session_id="s-1"))
        for bot_id, locale_id in spoken:
            reference = chat.SessionReference(session_id="s-1", bot_id=bot_id, locale_id=locale_id)
            assert (await runtime.chat.transcript(reference)).turns == ()


async def test_an_answer_that_is_being_made_is_stopped_and_not_stored(logged, tmp_path):
    answerer = ScriptedAnswerer(f"{MINE} is", " an island.")
    answerer.gate = asyncio.Event()
    async with logged(answerer) as runtime:
        asking = asyncio.create_task(say(runtime, f"where is {MINE}", message_id="m-1"))
        await answerer.asked.wait()
        await runtime.chat.forget(SESSION)
        with pytest.raises(chat.ChatError) as refused:
            await asking
        assert refused.value.code == "ConflictException"
        assert answerer.closed_early == 1
        assert (await runtime.chat.transcript(SESSION)).turns == ()
        await runtime.chat.forget(SESSION)
        assert files_with(tmp_path, MINE) == set()


async def test_a_turn_whose_hook_still_runs_stores_nothing_afterwards(
    running, desk, tmp_path, monkeypatch
):
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "slow_desk.py").write_text(
        "import threading\n"
        "called, go = threading.Event(), threading.Event()\n"
        "def handler(event, context):\n"
        "    called.set()\n"
        "    go.wait(30)\n"
        "    return {'sessionState': event['sessionState'] | {'dialogAction': {'type': 'Close'}}}\n"
    )
    import slow_desk

    from daehwa.conversation.settings import HookSetting

    settings = Settings(hooks=(HookSetting(python="slow_desk:handler", processes=0),))
    async with running(bots=[desk], settings=settings) as runtime:
        for begin in (
            lambda: runtime.lex.recognize(ADDRESS, Utterance(text="ask the desk", request_id="r")),
            lambda: say(runtime, "ask the desk"),
        ):
            slow_desk.called.clear()
            slow_desk.go.clear()
            turn = asyncio.create_task(begin())
            await asyncio.to_thread(slow_desk.called.wait, 30)
            forgetting = asyncio.create_task(runtime.lex.delete_session(ADDRESS))
            await asyncio.sleep(0)
            slow_desk.go.set()
            await forgetting
            with pytest.raises((lex.ConflictException, chat.ChatError), match="was deleted"):
                await turn
            assert (await runtime.chat.transcript(SESSION)).turns == ()


async def test_a_log_that_cannot_be_changed_is_reported_and_forgetting_can_be_tried_again(
    logged, tmp_path, monkeypatch
):
    from daehwa import stores
    from daehwa.conversation import log_file

    async with logged() as runtime:
        await say(runtime, f"{MINE} please")
        with monkeypatch.context() as patch:
            patch.setattr(log_file.os, "fsync", _full_disk)
            with pytest.raises(stores.StoreUnavailable, match="conversation log"):
                await runtime.chat.forget(SESSION)
        assert {file.name for file in tmp_path.glob("talks*")} == {"talks.jsonl"}
        await runtime.chat.forget(SESSION)
        assert files_with(tmp_path, MINE) == set()


def _full_disk(_):
    raise OSError(28, "No space left on device")


async def test_a_state_that_was_put_is_forgotten_too(logged, tmp_path):
    state = lex.SessionState(session_attributes={"note": MINE})
    async with logged() as runtime:
        await runtime.lex.put_session(ADDRESS, StateChange(session_state=state, request_id="r-2"))
        assert "talks.jsonl" in files_with(tmp_path, MINE)
        await runtime.lex.delete_session(ADDRESS)
        assert files_with(tmp_path, MINE) == set()
