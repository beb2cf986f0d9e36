"""What is wrong with a request is said in Lex's words, and names the member."""

import base64
import contextlib
import gzip
import json

import pytest
from asgi import call
from hypothesis import given
from hypothesis import strategies as st
from scripted import SESSION

from daehwa import lex
from daehwa.server.lexapi import headers, requests

ONE = "1 validation error detected: "


async def refusal(app, body, path=f"{SESSION}/text", method="POST", sent=()):
    answer = await call(app, method, path, body, sent)
    assert answer.status == 400, answer.body
    assert answer.headers["x-amzn-errortype"] == "ValidationException"
    return answer.json["message"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "Value null at 'text' failed to satisfy constraint: Member must not be null"),
        (
            {"text": None},
            "Value null at 'text' failed to satisfy constraint: Member must not be null",
        ),
        (
            {"text": ""},
            (
                "Value at 'text' failed to satisfy constraint: Member must have length greater "
                "than or equal to 1"
            ),
        ),
        (
            {"text": "비밀" * 513},
            (
                "Value at 'text' failed to satisfy constraint: Member must have length less than "
                "or equal to 1024"
            ),
        ),
        (
            {"text": 7},
            (
                "Value at 'text' failed to satisfy constraint: Member must be of type string, "
                "not integer"
            ),
        ),
        (
            {"text": "a", "sessionState": {"dialogAction": {"type": "Sing"}}},
            (
                "Value 'Sing' at 'sessionState.dialogAction.type' failed to satisfy constraint: "
                "Member must satisfy enum value set: [Close, ConfirmIntent, Delegate, "
                "ElicitIntent, ElicitSlot, None]"
            ),
        ),
        (
            {"text": "a", "sessionState": {"dialogAction": {}}},
            (
                "Value null at 'sessionState.dialogAction.type' failed to satisfy constraint: "
                "Member must not be null"
            ),
        ),
        (
            {"text": "a", "sessionState": {"intent": {"name": "A", "slots": {"B": {"value": {}}}}}},
            (
                "Value null at 'sessionState.intent.slots.B.value.interpretedValue' failed to "
                "satisfy constraint: Member must not be null"
            ),
        ),
        (
            {"text": "a", "requestAttributes": {"a": 1}},
            (
                "Value at 'requestAttributes.value' failed to satisfy constraint: Member must be "
                "of type string, not integer"
            ),
        ),
        (
            {"text": "a", "requestAttributes": {"": "x"}},
            (
                "Value '' at 'requestAttributes.key' failed to satisfy constraint: Member must "
                "have length greater than or equal to 1"
            ),
        ),
        (
            {
                "text": "a",
                "sessionState": {
                    "activeContexts": [
                        {
                            "name": "bad name",
                            "timeToLive": {"timeToLiveInSeconds": 90, "turnsToLive": 5},
                            "contextAttributes": {},
                        }
                    ]
                },
            },
            (
                "Value 'bad name' at 'sessionState.activeContexts.1.member.name' failed to "
                "satisfy constraint: Member must satisfy regular expression pattern: "
                "^([A-Za-z0-9]_?)+$"
            ),
        ),
        (
            {
                "text": "a",
                "sessionState": {
                    "activeContexts": [
                        {
                            "name": "a",
                            "timeToLive": {"timeToLiveInSeconds": 4, "turnsToLive": 5},
                            "contextAttributes": {},
                        }
                    ]
                },
            },
            (
                "Value '4' at 'sessionState.activeContexts.1.member.timeToLive."
                "timeToLiveInSeconds' failed to satisfy constraint: Member must have value "
                "greater than or equal to 5"
            ),
        ),
        (
            {
                "text": "a",
                "sessionState": {
                    "runtimeHints": {"slotHints": {"A": {"B": {"runtimeHintValues": 1}}}}
                },
            },
            (
                "Value at 'sessionState.runtimeHints.slotHints.value.value.runtimeHintValues' "
                "failed to satisfy constraint: Member must be of type list, not integer"
            ),
        ),
    ],
)
async def test_one_error(app, body, message):
    assert await refusal(app, body) == ONE + message


async def test_several_errors_are_told_together(app):
    body = {"text": "", "requestAttributes": {"": "x"}}
    message = await refusal(app, body)
    assert message.startswith("2 validation errors detected: Value at 'text'")
    assert "; Value '' at 'requestAttributes.key'" in message


@pytest.mark.parametrize(
    "body", [b"{", b'{"text":"a"}x', b'{"text":"\xff"}', b'{"a":' + b"[" * 5000]
)
async def test_malformed_json(app, body):
    assert "not valid JSON" in await refusal(app, body)


async def test_a_byte_order_mark_before_a_body_is_no_part_of_it(app):
    answer = await call(app, "POST", f"{SESSION}/text", '{"text":"안녕"}'.encode("utf-8-sig"))
    assert answer.status == 200


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
async def test_another_encoding_than_utf_8_is_named(app, encoding):
    assert "UTF-16 or UTF-32" in await refusal(app, '{"text":"안녕"}'.encode(encoding))


async def test_what_was_said_is_not_repeated(app):
    assert "비밀" not in await refusal(app, {"text": "비밀" * 600})


async def test_too_large_a_body(app):
    assert "larger than" in await refusal(app, b" " * 300_000)


@pytest.mark.parametrize(
    ("old", "new", "member", "constraint"),
    [
        ("SCRIPTBOT1", "SHORT", "botId", "Member must have length greater than or equal to 10"),
        ("SCRIPTBOT1", "SCRIPT-BOT", "botId", "pattern: ^[0-9a-zA-Z]+$"),
        ("sessions/s1", "sessions/a", "sessionId", "greater than or equal to 2"),
        ("sessions/s1", "sessions/" + "a" * 101, "sessionId", "less than or equal to 100"),
        ("sessions/s1", "sessions/a%20b", "sessionId", "pattern: [0-9a-zA-Z._:-]+"),
        ("sessions/s1", "sessions/%EC%95%88%EB%85%95", "sessionId", "pattern"),
        ("sessions/s1", "sessions/a%0A", "sessionId", "pattern"),
        ("ko_KR", "ko-KR", "localeId", "pattern: ([a-z]{2}_[A-Z]{2}|"),
        ("ko_KR", "en_US%22", "localeId", "pattern"),
        ("ko_KR", "en_US%2Cko_KR", "localeId", "pattern"),
    ],
)
async def test_the_paths_labels(app, old, new, member, constraint):
    for method, tail in (("POST", "/text"), ("GET", ""), ("DELETE", ""), ("POST", "/utterance")):
        sent = {"content-type": "text/plain; charset=utf-8"}
        path = SESSION.replace(old, new) + tail
        message = await refusal(app, {"text": "a"}, path, method, sent)
        assert f"at '{member}' failed to satisfy constraint" in message
        assert constraint in message


async def test_put_session_wants_a_state(app):
    message = await refusal(app, {}, SESSION)
    assert message == (
        ONE + "Value null at 'sessionState' failed to satisfy constraint: Member must not be null"
    )


async def test_put_session_checks_messages(app):
    messages = [{"contentType": "PlainText", "content": "a" * 1025}]
    message = await refusal(app, {"sessionState": {}, "messages": messages}, SESSION)
    assert "'messages.1.member.content'" in message


async def test_unknown_members_are_passed_over(app):
    answer = await call(app, "POST", f"{SESSION}/text", {"text": "a", "newMember": [1]})
    assert answer.status == 200


# --- RecognizeUtterance's headers -----------------------------------------------------

UTTERANCE = f"{SESSION}/utterance"
PLAIN = {"content-type": "text/plain; charset=utf-8"}


async def test_an_utterance_needs_a_content_type(app):
    message = await refusal(app, b"hi", UTTERANCE)
    assert "Value null at 'requestContentType'" in message


async def test_an_utterance_of_no_known_type(app):
    message = await refusal(app, b"hi", UTTERANCE, sent={"content-type": "video/mp4"})
    assert "video/mp4 is not supported" in message


async def test_an_utterance_that_is_too_long(app):
    assert "'inputStream'" in await refusal(app, b"a" * 1025, UTTERANCE, sent=PLAIN)


@pytest.mark.parametrize(
    ("header", "member"),
    [
        ("x-amz-lex-session-state", "sessionState"),
        ("x-amz-lex-request-attributes", "requestAttributes"),
    ],
)
@pytest.mark.parametrize(
    "value",
    [
        "not base64!",
        base64.b64encode(b"\x1f\x8bno gzip").decode(),
        base64.b64encode(gzip.compress(b"[", mtime=0)).decode(),
        base64.b64encode(gzip.compress(b"7", mtime=0)).decode(),
        base64.b64encode(gzip.compress(b" " * 10_000_000, mtime=0)).decode(),
    ],
)
async def test_malformed_headers_are_named(app, header, member, value):
    assert f"'{member}'" in await refusal(app, b"hi", UTTERANCE, sent={**PLAIN, header: value})


async def test_headers_that_are_base64_alone_are_read(app, runtime):
    plain = base64.b64encode(json.dumps({"a": "b"}).encode()).decode()
    sent = {**PLAIN, "x-amz-lex-request-attributes": plain}
    assert (await call(app, "POST", UTTERANCE, b"hi", sent)).status == 200
    assert runtime.calls[0][3] == {"a": "b"}


async def test_audio_without_a_speech_endpoint_is_refused_before_the_turn(app, runtime):
    audio = {"content-type": "audio/l16; rate=16000; channels=1"}
    answer = await call(app, "POST", UTTERANCE, b"\0\0", audio)
    assert (answer.status, answer.headers["x-amzn-errortype"]) == (424, "DependencyFailedException")
    spoken = {**PLAIN, "response-content-type": "audio/mpeg"}
    answer = await call(app, "POST", UTTERANCE, b"hi", spoken)
    assert (answer.status, answer.headers["x-amzn-errortype"]) == (424, "DependencyFailedException")
    assert runtime.calls == []


# --- fuzz -----------------------------------------------------------------------------


@given(st.binary(max_size=200))
def test_any_header_is_read_or_refused(raw):
    with contextlib.suppress(lex.ValidationException):
        headers.unpack(raw, "sessionState")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
members = st.sampled_from(
    [
        "text",
        "sessionState",
        "requestAttributes",
        "messages",
        "dialogAction",
        "type",
        "intent",
        "name",
        "slots",
        "value",
        "interpretedValue",
        "activeContexts",
        "runtimeHints",
        "slotHints",
    ]
)
bodies = st.recursive(
    json_values,
    lambda inner: st.dictionaries(members, inner, max_size=4) | st.lists(inner, max_size=2),
    max_leaves=20,
)


@given(bodies)
def test_any_body_is_read_or_refused(body):
    raw = json.dumps(body).encode()
    for parse in (requests.recognize_text_body, requests.put_session_body):
        with contextlib.suppress(lex.ValidationException):
            parse(raw)
