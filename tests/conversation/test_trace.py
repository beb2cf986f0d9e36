"""The path of a turn in the program's log, with nothing of what was said."""

import json

import pytest
import structlog
from tests.material.sources import OWN

from daehwa import bot, lex
from daehwa.conversation import Address, Settings, Utterance
from daehwa.conversation.settings import HookSetting

EXPORT = OWN / "bots" / "HarbourBell"


@pytest.fixture
def bell(running):
    hooks = (HookSetting(python="conformance.bells:lambda_handler"),)
    return running(bots=[EXPORT], settings=Settings(hooks=hooks))


@pytest.fixture
def address():
    return Address(bot.bot_id(bot.load(EXPORT)), "TSTALIASID", "en_US", "visitor-1")


def steps(lines):
    return [
        {k: v for k, v in line.items() if v is not None and k not in ("log_level", "request_id")}
        for line in lines
        if line["event"].startswith(("turn_", "hook_"))
    ]


async def recognize(runtime, address, text, request_id):
    return await runtime.lex.recognize(address, Utterance(text=text, request_id=request_id))


async def test_a_turn_leaves_a_line_for_each_step(bell, address):
    async with bell as runtime:
        with structlog.testing.capture_logs() as lines:
            await recognize(runtime, address, "ring the bell for me", "r1")
    understood, hook, *between, ended = steps(lines)
    assert understood["event"] == "turn_understood"
    assert understood["locale"] == "en_US"
    assert next(iter(understood["intents"])) == "RingBell"
    assert hook["event"] == "hook_replied"
    assert (hook["label"], hook["source"]) == ("Ring_AtStart", "DialogCodeHook")
    assert "bells" in hook["hook"]
    assert hook["ms"] >= 0
    assert {"label", "next_step"} & set().union(*between)
    assert (ended["event"], ended["intent"], ended["slot"]) == ("turn_ended", "RingBell", "Hour")
    ids = {line.get("request_id") for line in lines if line["event"].startswith(("turn_", "hook_"))}
    assert ids == {"r1"}


async def test_a_reply_to_a_question_names_what_was_asked_and_the_branches_tried(bell, address):
    async with bell as runtime:
        await recognize(runtime, address, "send me a card", "r1")
        with structlog.testing.capture_logs() as lines:
            await recognize(runtime, address, "9", "r2")
    understood, *between, ended = steps(lines)
    assert understood["elicited"] == "SendCard.Tides"
    assert understood["reading"] > 0
    assert {"TooEarly": "TRUE"} in [step.get("branches") for step in between]
    assert ended["action"] == "ElicitSlot"


async def test_nothing_of_what_was_said_is_in_a_line(bell, address):
    said = "toll for me around 5:43 pm"
    async with bell as runtime:
        with structlog.testing.capture_logs() as lines:
            await recognize(runtime, address, said, "r1")
    written = json.dumps(lines)
    assert "turn_ended" in written
    # A session's id opens the session, so it is no line's either.
    assert not [part for part in ("toll", "5:43", "17:43", "visitor-1") if part in written]


async def test_a_turn_that_fails_shows_how_far_it_came(running, address):
    hooks = (HookSetting(python="conformance.nothing:lambda_handler"),)
    async with running(bots=[EXPORT], settings=Settings(hooks=hooks)) as runtime:
        with structlog.testing.capture_logs() as lines, pytest.raises(lex.LexError):
            await recognize(runtime, address, "ring the bell", "r1")
    *_, ended = shown = steps(lines)
    assert [step["event"] for step in shown] == [
        "hook_unusable",  # at the start
        "turn_understood",
        "hook_failed",
        "hook_error",
        "turn_ended",
    ]
    assert ended["error"] == "DependencyFailedException"
