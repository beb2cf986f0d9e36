"""Conversation logs: a record for each turn, with what is to be hidden hidden."""

import json
import shutil
import stat

import pytest
import structlog
from tests.conversation.desk import obfuscated, save_desk
from tests.dialog.build import NOON, Talk, intent, locale, means, scalar, slot

from daehwa import bot, dialog, hooks, lex
from daehwa.chat import Caller, ChatRequest
from daehwa.conversation import Address, Settings, SettingsError, StateChange, Utterance
from daehwa.conversation.logs import LogFile, open_log
from daehwa.conversation.obfuscation import ObfuscatedSlots
from daehwa.conversation.records import LoggedTurn, record
from daehwa.conversation.settings import HookSetting, LogsSetting

DESK = Address("DESK000001", "TSTALIASID", "en_US", "visitor-1")

ECHO = """
def handler(event, context):
    state = event["sessionState"]
    state["dialogAction"] = {"type": "ElicitIntent"}
    buttons = [{"text": "Hours", "value": "opening hours"}]
    card = {"title": event["inputTranscript"], "buttons": buttons}
    return {
        "sessionState": state,
        "messages": [{"contentType": "ImageResponseCard", "imageResponseCard": card}],
        "requestAttributes": {"heard": event["inputTranscript"]},
    }
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return save_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def logging(running, desk, tmp_path):
    """A runtime of the desk that logs, and its log's records."""

    def logging(**settings):
        path = tmp_path / "log.jsonl"
        (tmp_path / "echo.py").write_text(ECHO)

        def records():
            return [json.loads(line) for line in path.read_text("utf-8").splitlines()]

        settings = Settings(logs=LogsSetting(file=str(path)), **settings)
        return running(bots=[desk], settings=settings), records

    return logging


async def recognize(runtime, text, **more):
    return await runtime.lex.recognize(DESK, Utterance(text=text, request_id="r-1", **more))


async def test_a_record_has_lex_s_members(logging):
    runtime, records = logging()
    async with runtime as runtime:
        await recognize(
            runtime,
            "opening hours",
            session_state=lex.SessionState(session_attributes={"a": "b"}),
            request_attributes={"c": "d"},
        )
    (written,) = records()
    assert written == {
        "message-version": "2.0",
        "bot": {
            "id": "DESK000001",
            "name": "Desk",
            "aliasId": "TSTALIASID",
            "aliasName": "TestBotAlias",
            "localeId": "en_US",
            "version": "DRAFT",
        },
        "messages": [{"contentType": "PlainText", "content": "Nine to five."}],
        "utteranceContext": {},
        "sessionState": {
            "dialogAction": {"type": "Close"},
            "intent": {
                "name": "Hours",
                "slots": {},
                "state": "ReadyForFulfillment",
                "confirmationState": "None",
            },
            "sessionAttributes": {"a": "b"},
            "originatingRequestId": "r-1",
        },
        "dialogEventLogs": [],
        "interpretations": written["interpretations"],
        "sessionId": "visitor-1",
        "inputTranscript": "opening hours",
        "rawInputTranscript": "opening hours",
        "transcriptions": [
            {
                "transcription": "opening hours",
                "rawTranscription": "opening hours",
                "transcriptionConfidence": 1.0,
                "resolvedContext": {"intent": "Hours"},
                "resolvedSlots": {},
            }
        ],
        "missedUtterance": False,
        "requestId": "r-1",
        "timestamp": "2026-03-02T09:00:00.000Z",
        "developerOverride": False,
        "inputMode": "Text",
        "requestAttributes": {"c": "d"},
        "responseReason": "UtteranceResponse",
        "operationName": "RecognizeText",
    }
    first = written["interpretations"][0]
    assert (first["intent"]["name"], first["nluConfidence"]) == ("Hours", "1.0")


async def test_a_missed_utterance_tells_no_intent_and_no_slots(logging):
    runtime, records = logging()
    async with runtime as runtime:
        await recognize(runtime, "qwrtp zxcvb")
    (written,) = records()
    assert written["missedUtterance"]
    assert '"intent"' not in json.dumps(written)
    assert '"slots"' not in json.dumps(written)
    assert written["inputTranscript"] == "qwrtp zxcvb"


async def test_every_operation_has_its_name(logging):
    runtime, records = logging()
    async with runtime as runtime:
        await recognize(
            runtime, "opening hours", operation="RecognizeUtterance", input_mode="Speech"
        )
        await recognize(runtime, "opening hours", operation="StartConversation")
        state = lex.SessionState(
            dialog_action=lex.DialogAction(type="ElicitSlot", slot_to_elicit="Pet"),
            intent=lex.Intent(name="Enrol"),
        )
        await runtime.lex.put_session(DESK, StateChange(session_state=state, request_id="r-2"))
        await runtime.chat.reply(
            ChatRequest(text="opening hours", session_id="other", bot_id="Desk"),
            Caller(request_id="r-3"),
        )
    spoken, streamed, put, chat = records()
    assert (spoken["operationName"], spoken["inputMode"]) == ("RecognizeUtterance", "Speech")
    assert streamed["operationName"] == "StartConversation"
    assert put["operationName"] == "PutSession"
    assert put["sessionState"]["dialogAction"] == {"type": "ElicitSlot", "slotToElicit": "Pet"}
    assert "inputTranscript" not in put
    assert (chat["operationName"], chat["sessionId"]) == ("RecognizeText", "other")


async def test_the_branches_tried_and_the_next_steps_are_told(logging):
    runtime, records = logging()
    async with runtime as runtime:
        await recognize(runtime, "enrol me")
        await recognize(runtime, "gecko")
    events = records()[-1]["dialogEventLogs"]
    assert events == [
        {
            "conditionalEvaluationResult": [
                {
                    "conditionalBranchName": '{Pet} = "iguana"',
                    "expressionString": '{Pet} = "iguana"',
                    "evaluatedExpression": '"{Pet}" = "iguana"',
                    "evaluationResult": "FALSE",
                }
            ]
        },
        {"nextStep": {"dialogAction": {"type": "ConfirmIntent"}}},
    ]


async def test_a_hook_s_card_has_its_buttons_in_a_list(logging, tmp_path):
    hook = HookSetting(python=f"{tmp_path / 'echo.py'}:handler")
    runtime, records = logging(hooks=(hook,))
    async with runtime as runtime:
        await recognize(runtime, "ask the desk")
    (written,) = records()
    card = written["messages"][0]["imageResponseCard"]
    assert card["buttonsList"] == [{"text": "Hours", "value": "opening hours"}]
    assert written["requestAttributes"] == {"heard": "ask the desk"}


# --- obfuscation ----------------------------------------------------------------------


async def test_the_value_of_an_obfuscated_slot_is_in_no_record(logging):
    """From the turn that says it to a later one, when only an attribute still holds it."""
    runtime, records = logging()
    async with runtime as runtime:
        await recognize(runtime, "enrol me")
        captured = await recognize(runtime, "it is an Iguana")
        closed = await recognize(runtime, "yes")
        later = await recognize(runtime, "opening hours")
    # Whoever holds the conversation has everything in the clear.
    assert captured.session_state.intent.slots["Pet"].value.interpreted_value == "iguana"
    assert captured.messages[-1].content == "Enrol the iguana?"
    assert closed.messages[-1].content == "Enrolled."
    assert later.session_state.session_attributes == {"kept": "iguana"}
    written = records()
    assert "iguana" not in json.dumps(written).lower()
    asked, hidden, _, afterwards = written
    assert asked["inputTranscript"] == "enrol me"
    assert hidden["inputTranscript"] == "it is an {Pet}"
    assert hidden["rawInputTranscript"] == "it is an {Pet}"
    assert hidden["messages"][0]["content"] == "So a {Pet}."
    assert hidden["sessionState"]["intent"]["slots"]["Pet"]["value"] == {
        "originalValue": "{Pet}",
        "interpretedValue": "{Pet}",
        "resolvedValues": ["{Pet}"],
    }
    assert hidden["transcriptions"][0]["transcription"] == "it is an {Pet}"
    assert "interpretedValue" not in hidden["transcriptions"][0]["resolvedSlots"]["Pet"]["value"]
    (tried,) = hidden["dialogEventLogs"][0]["conditionalEvaluationResult"]
    assert tried["evaluatedExpression"] == '"{Pet}" = "{Pet}"'
    assert afterwards["sessionState"]["sessionAttributes"] == {"kept": "{Pet}"}


async def test_a_value_in_the_first_utterance_is_hidden(logging):
    runtime, records = logging()
    async with runtime as runtime:
        await recognize(runtime, "enrol my {gecko}")
    (written,) = records()
    assert "gecko" not in json.dumps(written)
    assert written["inputTranscript"] == r"enrol my \\{{Pet}\\}"


async def test_a_reply_that_is_no_value_is_hidden_whole(logging):
    runtime, records = logging()
    async with runtime as runtime:
        await recognize(runtime, "enrol me")
        await recognize(runtime, "qwrtp zxcvb")
        await recognize(runtime, "opening hours")
    _, missed, switched = records()
    for each in (missed, switched):
        assert each["inputTranscript"] == "{Pet}"
        assert each["transcriptions"][0]["transcription"] == "{Pet}"
    assert "qwrtp" not in json.dumps(records())


async def test_ids_and_times_are_never_rewritten(logging):
    """Also when a value is a part of them."""
    runtime, records = logging()
    address = Address("DESK000001", "TSTALIASID", "en_US", "gecko-2026")
    async with runtime as runtime:
        for text in ("enrol me", "gecko"):
            await runtime.lex.recognize(address, Utterance(text=text, request_id="gecko"))
    written = records()[-1]
    assert (written["sessionId"], written["requestId"]) == ("gecko-2026", "gecko")
    assert written["sessionState"]["originatingRequestId"] == "gecko"


def told(text, definition, **slots):
    """The record of a turn that is made up."""
    talk = Talk(definition)
    candidate = means("A", **slots)
    outcome = talk.says(text, candidate).last
    turn = LoggedTurn(
        bot=hooks.BotReference(
            id="b", name="b", version="DRAFT", locale_id="en_US", alias_id="a", alias_name="a"
        ),
        session_id="s",
        request=Utterance(text=text, request_id="r"),
        before=dialog.Session(),
        understanding=lex.Understanding(text=text, candidates=(candidate,)),
        elicited=None,
        asks=None,
        outcome=outcome,
        at=NOON,
    )
    return record(turn, ObfuscatedSlots(definition))


def test_a_value_that_is_not_in_the_text_as_it_was_read_hides_the_text_whole():
    """The words of "5 in the evening" come as "5 evening"."""
    definition = locale(intent("A", obfuscated(slot("When", "AMAZON.Time")), slot("Town")))
    when = scalar("17:00", heard="5 evening")
    written = told("at 5 in the evening", definition, When=when)
    assert written["inputTranscript"] == "{When}"
    assert "evening" not in json.dumps(written)


def test_the_values_in_contexts_are_hidden_too():
    definition = locale(
        intent(
            "A",
            obfuscated(slot("Pet")),
            slot("Town"),
            outputs=(bot.OutputContext(name="known"),),
            fulfil=bot.FulfillmentCodeHook(enabled=False),
        )
    )
    written = told("my gecko in Rome", definition, Pet="gecko", Town="gecko town")
    (context,) = written["sessionState"]["activeContexts"]
    assert context["contextAttributes"] == {"Pet": "{Pet}", "Town": "{Pet} town"}
    assert written["sessionState"]["intent"]["slots"]["Town"]["shape"] == "Scalar"
    assert "gecko" not in json.dumps(written)


# --- sinks ----------------------------------------------------------------------------


async def test_nothing_is_logged_unless_it_is_asked_for(running, desk, tmp_path):
    with structlog.testing.capture_logs() as lines:
        async with running(bots=[desk]) as runtime:
            await recognize(runtime, "enrol my gecko")
    assert "gecko" not in repr(lines)
    assert open_log(LogsSetting()) is None


async def test_the_log_stream_gets_the_record_and_nothing_in_the_clear(running, desk):
    settings = Settings(logs=LogsSetting(stream=True))
    with structlog.testing.capture_logs() as lines:
        async with running(bots=[desk], settings=settings) as runtime:
            await recognize(runtime, "enrol my gecko")
    (line,) = (each for each in lines if each["event"] == "conversation")
    assert line["record"]["inputTranscript"] == "enrol my {Pet}"
    assert "gecko" not in repr(lines)


def test_a_file_that_is_moved_away_is_made_anew(tmp_path):
    path = tmp_path / "log.jsonl"
    log = LogFile(path)
    log.write({"n": 1})
    shutil.move(path, tmp_path / "log.1")
    log.write({"n": 2})
    path.unlink()
    log.write({"n": 3})
    log.close()
    assert (tmp_path / "log.1").read_text() == '{"n":1}\n'
    assert path.read_text() == '{"n":3}\n'
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_was_there_is_written_on(tmp_path):
    path = tmp_path / "log.jsonl"
    path.write_text('{"n":0}\n')
    for n in (1, 2):
        log = LogFile(path)
        log.write({"n": n})
        log.close()
    assert path.read_text() == '{"n":0}\n{"n":1}\n{"n":2}\n'


def test_a_file_that_cannot_be_written_is_told_at_the_start(tmp_path):
    with pytest.raises(SettingsError, match=r"\[logs\] file .*nowhere"):
        open_log(LogsSetting(file=str(tmp_path / "nowhere" / "log.jsonl")))


async def test_a_log_that_fails_later_does_not_undo_the_turn(logging, tmp_path):
    runtime, _ = logging()
    async with runtime as runtime:
        (tmp_path / "log.jsonl").unlink()
        (tmp_path / "log.jsonl").mkdir()
        assert (await recognize(runtime, "opening hours")).messages
