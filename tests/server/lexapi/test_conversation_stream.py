"""StartConversation: events in, events out, in TEXT mode."""

import asyncio

import msgspec
import pytest
import wiremodel
from asgi import call
from hypothesis import given
from hypothesis import strategies as st
from scripted import BOT_ID, SESSION, ScriptedRuntime

from daehwa.conversation import Address
from daehwa.server import ServerSettings, doors
from daehwa.server.lexapi.conversation_stream import ConversationStream
from daehwa.server.lexapi.eventstream import EventStreamDecoder, encode_message
from daehwa.server.metrics import Metrics

PATH = f"{SESSION}/conversation"
TEXT = {"x-amz-lex-conversation-mode": "TEXT"}
PLAIN = "text/plain;charset=utf-8"


def event(name, **members):
    headers = {
        ":message-type": "event",
        ":event-type": name,
        ":content-type": "application/json",
    }
    return encode_message(headers, msgspec.json.encode(members))


CONFIGURED = event("ConfigurationEvent", responseContentType=PLAIN, eventId="e1")


def said(text):
    return event("TextInputEvent", text=text)


async def converse(app, *events, headers=TEXT):
    """The answer, and its events but for heartbeats."""
    answer, told = await all_events(app, *events, headers=headers)
    return answer, [each for each in told if each[0] != "HeartbeatEvent"]


async def all_events(app, *events, headers=TEXT):
    answer = await call(app, "POST", PATH, list(events), headers)
    return answer, [
        (
            message.headers.get(":event-type") or message.headers[":exception-type"],
            msgspec.json.decode(message.payload),
        )
        for message in EventStreamDecoder().feed(answer.body)
    ]


async def test_a_conversation(app, runtime):
    answer, events = await converse(app, CONFIGURED, said("안녕"), said("card"))
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/vnd.amazon.eventstream"
    assert [name for name, _ in events] == ["IntentResultEvent", "TextResponseEvent"] * 2
    assert [body["eventId"] for _, body in events] == [f"RESPONSE-{n}" for n in (2, 3, 4, 5)]
    assert [call[1] for call in runtime.calls] == ["안녕", "card"]


async def test_what_is_said_during_a_long_fulfilment_comes_before_the_result(app):
    _, events = await converse(app, CONFIGURED, said("work"))
    assert [name for name, _ in events] == [
        "TextResponseEvent",
        "IntentResultEvent",
        "TextResponseEvent",
    ]
    assert events[0][1]["messages"] == [{"contentType": "PlainText", "content": "Working on it."}]


async def test_a_pause_has_its_words_until_something_is_said():
    events, reminded = [], asyncio.Event()

    async def send(content):
        [message] = EventStreamDecoder().feed(content)
        events.append((message.headers[":event-type"], msgspec.json.decode(message.payload)))
        if len([name for name, _ in events if name == "TextResponseEvent"]) == 3:
            reminded.set()

    async def chunks():
        yield CONFIGURED + said("hold on")
        await reminded.wait()
        yield said("안녕")

    stream = ConversationStream(
        ScriptedRuntime(),
        Metrics(),
        Address(BOT_ID, "TSTALIASID", "ko_KR", "pause"),
        request_id="r",
        send=send,
        unwrap=lambda message: message,
    )
    assert await stream.run(chunks()) is None
    said_in_pause = [body["messages"][0]["content"] for name, body in events[3:5]]
    assert said_in_pause == ["Still here.", "Still here."]
    assert [name for name, _ in events[-2:]] == ["IntentResultEvent", "TextResponseEvent"]


async def test_every_event_is_what_the_model_says(app):
    texts = ["안녕", "card", "slots", "long", "fallback", "nothing"]
    _, events = await all_events(app, CONFIGURED, *map(said, texts))
    stream = wiremodel.operation("StartConversation").output_shape.members["responseEventStream"]
    for name, body in events:
        assert list(wiremodel.faults(stream.members[name], body, name)) == []


async def test_a_first_event_comes_before_anything_is_said(app):
    _, events = await all_events(app, CONFIGURED)
    assert events == [("HeartbeatEvent", {"eventId": "RESPONSE-1"})]


async def test_events_in_one_piece_or_in_crumbs(app):
    whole = CONFIGURED + said("안녕")
    _, together = await converse(app, whole)
    _, apart = await converse(app, *(whole[at : at + 1] for at in range(len(whole))))
    assert [name for name, _ in together] == [name for name, _ in apart]
    assert len(together) == 2


async def test_a_welcome(app, runtime):
    welcome = event(
        "ConfigurationEvent",
        responseContentType=PLAIN,
        sessionState={"dialogAction": {"type": "ElicitIntent"}},
        welcomeMessages=[{"contentType": "PlainText", "content": "어서 오세요"}],
        requestAttributes={"a": "b"},
    )
    _, events = await converse(app, welcome)
    assert [name for name, _ in events] == ["IntentResultEvent", "TextResponseEvent"]
    assert events[1][1]["messages"][0]["content"] == "어서 오세요"
    assert runtime.calls[0][3] == {"a": "b"}


async def test_state_without_an_action_goes_with_the_first_text(app, runtime):
    configured = event(
        "ConfigurationEvent",
        responseContentType=PLAIN,
        sessionState={"sessionAttributes": {"name": "홍길동"}},
    )
    await converse(app, configured, said("안녕"), said("또"))
    states = [call[2] for call in runtime.calls]
    assert states[0].session_attributes == {"name": "홍길동"}
    assert states[1] is None


async def test_disconnection_ends_it(app, runtime):
    _, events = await converse(app, CONFIGURED, event("DisconnectionEvent"), said("안녕"))
    assert events == []
    assert runtime.calls == []


async def test_playback_completion_changes_nothing_in_text(app):
    _, events = await converse(app, CONFIGURED, event("PlaybackCompletionEvent"), said("안녕"))
    assert len(events) == 2


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ([said("안녕")], "first event must be a ConfigurationEvent"),
        ([CONFIGURED, CONFIGURED], "only once"),
        ([event("ConfigurationEvent")], "Value null at 'responseContentType'"),
        ([event("ConfigurationEvent", responseContentType="audio/mpeg")], "must be text/plain"),
        (
            [event("ConfigurationEvent", responseContentType="application/json")],
            "must be text/plain",
        ),
        (
            [
                event(
                    "ConfigurationEvent",
                    responseContentType=PLAIN,
                    welcomeMessages=[{"contentType": "PlainText", "content": "a"}],
                )
            ],
            "'sessionState.dialogAction.type'",
        ),
        ([CONFIGURED, said("")], "Value at 'text'"),
        ([CONFIGURED, event("TextInputEvent", text="a", eventId="?!")], "'eventId'"),
        ([CONFIGURED, event("AudioInputEvent", contentType="audio/lpcm")], "AUDIO"),
        ([CONFIGURED, event("DTMFInputEvent", inputCharacter="1")], "AUDIO"),
        ([CONFIGURED, event("SingEvent")], "'SingEvent' is not an event"),
        ([CONFIGURED, CONFIGURED[:-1] + b"\0"], "checksum"),
    ],
)
async def test_errors_are_events_and_end_the_stream(app, events, words):
    answer, told = await converse(app, *events, said("뒤"))
    assert answer.status == 200
    name, body = told[-1]
    assert name == "ValidationException"
    assert words in body["message"]
    assert [name for name, _ in told].count("TextResponseEvent") == 0


async def test_a_stream_that_ends_in_the_middle_of_an_event(app):
    _, told = await converse(app, CONFIGURED, said("안녕")[:-2])
    assert told == [
        ("ValidationException", {"message": "The event stream ended in the middle of an event"})
    ]


async def test_errors_of_the_conversation_are_events(app):
    _, told = await converse(app, CONFIGURED, said("fail DependencyFailedException"), said("뒤"))
    assert told == [("DependencyFailedException", {"message": "as the script says"})]


async def test_a_crash_is_an_internal_error(app):
    _, told = await converse(app, CONFIGURED, said("crash"))
    assert [name for name, _ in told] == ["InternalServerException"]
    assert "script" not in told[0][1]["message"]


@pytest.mark.parametrize(
    ("headers", "words"),
    [({}, "TEXT mode only"), ({"x-amz-lex-conversation-mode": "SONG"}, "'conversationMode'")],
)
async def test_other_modes_are_refused_before_the_stream(app, headers, words):
    answer = await call(app, "POST", PATH, CONFIGURED, headers)
    assert (answer.status, answer.headers["x-amzn-errortype"]) == (400, "ValidationException")
    assert words in answer.json["message"]


async def test_a_heartbeat_while_nothing_happens():
    app = doors(ScriptedRuntime(), ServerSettings(heartbeat_seconds=0.05))
    _, events = await all_events(app, CONFIGURED, said("slow"))
    names = [name for name, _ in events]
    assert names.count("HeartbeatEvent") >= 3
    assert names[-2:] == ["IntentResultEvent", "TextResponseEvent"]
    assert [body["eventId"] for _, body in events] == [
        f"RESPONSE-{n + 1}" for n in range(len(events))
    ]


@given(st.lists(st.binary(max_size=120), max_size=4), st.booleans())
def test_any_bytes_end_in_a_modelled_way(chunks, configured):
    async def run():
        app = doors(ScriptedRuntime(), ServerSettings())
        before = [CONFIGURED] if configured else []
        answer, events = await converse(app, *before, *chunks, b"")
        assert answer.status == 200
        assert all(name.endswith("Exception") for name, _ in events[-1:])

    asyncio.run(run())
