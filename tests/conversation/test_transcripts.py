"""The transcript of a bot with obfuscated slots: none of their values, whatever comes of a turn."""

import asyncio
import sqlite3
from contextlib import closing

import msgspec
import pytest
from tests.conversation.conftest import ScriptedAnswerer
from tests.conversation.desk import save_desk

from daehwa.chat import Caller, ChatRequest, Feedback, SessionReference
from daehwa.conversation import Address, Utterance

CALLER = Caller(request_id="r-1")
SESSION = SessionReference(session_id="s-1", bot_id="Desk")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return save_desk(tmp_path_factory.mktemp("desk"))


async def say(runtime, text, **more):
    request = ChatRequest(text=text, session_id="s-1", bot_id="Desk", **more)
    return await runtime.chat.reply(request, CALLER)


async def kept(runtime):
    transcript = await runtime.chat.transcript(SESSION)
    return msgspec.json.decode(msgspec.json.encode(transcript))["turns"]


def cells(tmp_path, column):
    """What a column of the database holds, as text."""
    table = "sessions" if column == "session" else "turns"
    with closing(sqlite3.connect(tmp_path / "sessions.sqlite3")) as connection:
        rows = connection.execute(f"SELECT {column} FROM {table}").fetchall()
    return "".join(str(row[0]) for row in rows)


async def test_the_person_gets_the_value_and_the_transcript_its_slot_s_name(
    running, desk, tmp_path
):
    async with running(bots=[desk]) as runtime:
        reply = await say(runtime, "enrol my gecko")
        assert (reply.msg, reply.slots["Pet"].value.interpreted_value) == (
            "Enrol the gecko?",
            "gecko",
        )
        later = await say(runtime, "is gecko a good name")
        turns = await kept(runtime)
        assert "gecko" not in repr(turns)
        first = turns[0]
        assert (first["text"], first["reply"]["msg"]) == (
            "enrol my {Pet}",
            "Enrol the {Pet}?",
        )
        assert first["reply"]["slots"]["Pet"]["value"] == {
            "originalValue": "{Pet}",
            "interpretedValue": "{Pet}",
            "resolvedValues": ["{Pet}"],
        }
        # Ids, names and whose words they are stay as they were.
        for member in ("sessionId", "messageId", "requestId", "source", "intent", "dialogAction"):
            assert first["reply"][member] == msgspec.to_builtins(reply)[member]
        assert turns[1]["text"] == "is {Pet} a good name"
        assert turns[1]["messageId"] == later.message_id
    assert "gecko" not in cells(tmp_path, "text") + cells(tmp_path, "reply")
    assert "gecko" in cells(tmp_path, "session")  # the dialog needs it while the session lives


async def test_what_was_not_understood_as_the_value_is_hidden_whole(running, desk):
    async with running(bots=[desk]) as runtime:
        await say(runtime, "enrol me")
        await say(runtime, "qwrtp zxcvb")
        assert (await kept(runtime))[1]["text"] == "{Pet}"


async def test_a_turn_that_is_still_being_answered_has_no_value_either(running, tmp_path):
    desk = save_desk(tmp_path, answered=True)
    answerer = ScriptedAnswerer("A gecko is", " a lizard.")
    answerer.gate = asyncio.Event()
    async with running(answerer, bots=[desk]) as runtime:
        await say(runtime, "enrol my gecko")
        await say(runtime, "no")
        answering = asyncio.create_task(
            say(
                runtime,
                "what is the capital of France and do people there like a gecko",
                message_id="m-1",
            )
        )
        await answerer.asked.wait()
        text = cells(tmp_path, "text")
        assert "what is the capital of France and do people there like a {Pet}" in text
        assert "gecko" not in text
        answerer.gate.set()
        assert (await answering).msg == "A gecko is a lizard."
        assert "gecko" not in repr(await kept(runtime))


async def test_a_message_that_is_sent_again_gets_what_the_transcript_has(running, desk):
    async with running(bots=[desk]) as runtime:
        await say(runtime, "enrol my gecko", message_id="m-1")
        again = await say(runtime, "enrol my gecko", message_id="m-1")
        assert again.msg == "Enrol the {Pet}?"


async def test_the_lex_api_keeps_no_value_in_the_transcript(running, desk, tmp_path):
    address = Address("DESK000001", "TSTALIASID", "en_US", "s-1")
    async with running(bots=[desk]) as runtime:
        taken = await runtime.lex.recognize(
            address, Utterance(text="enrol my gecko", request_id="r-1")
        )
        assert taken.session_state.intent.slots["Pet"].value.interpreted_value == "gecko"
        view = await runtime.lex.get_session(address)
        assert view.session_state.intent.slots["Pet"].value.interpreted_value == "gecko"
    assert "gecko" not in cells(tmp_path, "text") + cells(tmp_path, "reply")


async def test_missed_texts_have_no_value(running, desk, tmp_path):
    async with running(bots=[desk]) as runtime:
        await say(runtime, "enrol my gecko")
        await say(runtime, "no")
        await say(runtime, "gecko gecko gecko zzz")
        (turn,) = [each for each in await kept(runtime) if "zzz" in each["text"]]
        assert turn["text"] == "{Pet} {Pet} {Pet} zzz"


async def test_a_comment_has_no_value_that_the_session_knows(running, desk):
    comment = "what did you do to my gecko"
    async with running(bots=[desk]) as runtime:
        reply = await say(runtime, "enrol my gecko")
        await runtime.chat.rate(SESSION, reply.message_id, Feedback(rating="down", comment=comment))
        (turn,) = await kept(runtime)
        assert turn["feedback"] == {"rating": "down", "comment": "what did you do to my {Pet}"}


async def test_what_a_turn_counts_as_has_names_and_no_value(running, desk):
    async with running(bots=[desk]) as runtime:
        reply = await say(runtime, "enrol my gecko")
        counted = await runtime.sessions.counted(reply.bot_id, texts=True)
    [kind] = counted.kind_of.values()
    assert reply.intent.name.encode() in kind
    assert b"gecko" not in kind + counted.figures
    assert counted.texts == ["enrol my {Pet}"]
