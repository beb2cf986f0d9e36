"""Every response of every operation is what botocore's service model says."""

import msgspec
import pytest
import wiremodel
from asgi import call
from hypothesis import given
from hypothesis import strategies as st
from scripted import RICH_STATE, SESSION

from daehwa import lex
from daehwa.server.lexapi import headers as packed
from daehwa.server.lexapi.responses import MAX_CONTENT, fit_messages

TEXTS = ["안녕", "card", "slots", "long", "fallback", "nothing"]
ERRORS = [f"fail {kind.__name__}" for kind in lex.LexError.__subclasses__()]
PLAIN = {"content-type": "text/plain; charset=utf-8"}


def wrong_with(operation, answer):
    def unpack(value):
        return packed.unpack(value, "header")

    return list(wiremodel.response_faults(operation, answer, msgspec.json.decode, unpack))


async def recognize(app, text, **more):
    return await call(app, "POST", f"{SESSION}/text", {"text": text, **more})


@pytest.mark.parametrize("text", TEXTS)
async def test_recognize_text(app, text):
    answer = await recognize(app, text, requestAttributes={"a": "b"})
    assert answer.status == 200
    assert wrong_with("RecognizeText", answer) == []


@pytest.mark.parametrize("text", TEXTS)
async def test_recognize_utterance(app, text):
    answer = await call(app, "POST", f"{SESSION}/utterance", text.encode(), PLAIN)
    assert answer.status == 200
    assert answer.body == b""
    assert wrong_with("RecognizeUtterance", answer) == []
    transcript = packed.unpack(answer.headers["x-amz-lex-input-transcript"].encode(), "transcript")
    assert transcript == msgspec.json.encode(text)


@pytest.mark.parametrize("text", TEXTS)
async def test_get_session(app, text):
    await recognize(app, text)
    answer = await call(app, "GET", SESSION)
    assert answer.status == 200
    assert wrong_with("GetSession", answer) == []


async def test_put_session(app, runtime):
    body = {
        "sessionState": msgspec.to_builtins(RICH_STATE),
        "messages": [{"contentType": "PlainText", "content": "어서 오세요"}],
        "requestAttributes": {"a": "b"},
    }
    answer = await call(app, "POST", SESSION, body, {"ResponseContentType": PLAIN["content-type"]})
    assert answer.status == 200
    assert answer.headers["content-type"] == PLAIN["content-type"]
    assert wrong_with("PutSession", answer) == []
    assert runtime.calls[0][1] == RICH_STATE


async def test_delete_session(app):
    answer = await call(app, "DELETE", SESSION)
    assert answer.status == 200
    assert wrong_with("DeleteSession", answer) == []
    assert answer.json == {
        "botId": "SCRIPTBOT1",
        "botAliasId": "TSTALIASID",
        "localeId": "ko_KR",
        "sessionId": "s1",
    }


@pytest.mark.parametrize("text", ERRORS)
async def test_errors_are_modelled(app, text):
    answer = await recognize(app, text)
    assert answer.status >= 400
    assert wrong_with("RecognizeText", answer) == []


async def test_a_crash_is_an_internal_error_that_tells_nothing(app):
    answer = await recognize(app, "crash")
    assert answer.status == 500
    assert wrong_with("RecognizeText", answer) == []
    assert "script" not in answer.json["message"]


async def test_every_response_carries_its_request_id(app):
    first, second = await recognize(app, "안녕"), await recognize(app, "fail ConflictException")
    assert first.headers["x-amzn-requestid"] != second.headers["x-amzn-requestid"]
    given = await call(
        app, "POST", f"{SESSION}/text", {"text": "안녕"}, {"X-Request-Id": "trace-1"}
    )
    assert given.headers["x-amzn-requestid"] == given.headers["x-request-id"] == "trace-1"


async def test_an_unknown_operation_is_told(app):
    answer = await call(app, "PUT", f"{SESSION}/text")
    assert answer.status == 404
    assert answer.headers["x-amzn-errortype"] == "UnknownOperationException"


async def test_percent_encoded_labels_are_decoded(app, runtime):
    path = SESSION.replace("sessions/s1", "sessions/user%3A7%2D%61") + "/text"
    answer = await call(app, "POST", path, {"text": "안녕"})
    assert answer.json["sessionId"] == "user:7-a"


async def test_inline_state_and_attributes_reach_the_conversation(app, runtime):
    state = {"sessionAttributes": {"name": "홍길동"}, "activeContexts": []}
    await recognize(app, "안녕", sessionState=state, requestAttributes={"a": "b"})
    _, text, session_state, attributes, mode = runtime.calls[0]
    assert (text, attributes, mode) == ("안녕", {"a": "b"}, "Text")
    assert session_state.session_attributes == {"name": "홍길동"}
    assert session_state.active_contexts == ()
    assert session_state.runtime_hints is None


async def test_packed_headers_reach_the_conversation(app, runtime):
    sent = {
        **PLAIN,
        "x-amz-lex-session-state": packed.pack({"sessionAttributes": {"a": "가"}}).decode(),
        "x-amz-lex-request-attributes": packed.pack({"b": "나"}).decode(),
    }
    await call(app, "POST", f"{SESSION}/utterance", "안녕".encode(), sent)
    _, text, session_state, attributes, _ = runtime.calls[0]
    assert text == "안녕"
    assert session_state.session_attributes == {"a": "가"}
    assert attributes == {"b": "나"}


# --- long answers ---------------------------------------------------------------------


def plain(text):
    return lex.Message(content_type="PlainText", content=text)


def test_messages_within_the_bounds_stay_as_they_are():
    messages = (plain("짧은 말"),)
    assert fit_messages(messages) is messages


def test_a_long_text_goes_on_in_the_next_message():
    paragraphs = [f"{number}. " + "말" * 500 for number in range(4)]
    fitted = fit_messages((plain("\n\n".join(paragraphs)),))
    pairs = ["\n\n".join(paragraphs[:2]), "\n\n".join(paragraphs[2:])]
    assert [message.content for message in fitted] == pairs


def test_what_does_not_fit_into_ten_messages_ends_with_an_ellipsis():
    fitted = fit_messages((plain("말 " * 20_000),))
    assert len(fitted) == 10
    assert fitted[-1].content.endswith("…")


@given(st.lists(st.text(min_size=1, max_size=5000), min_size=1, max_size=12))
def test_fitted_messages_are_always_within_the_model(texts):
    fitted = fit_messages(tuple(map(plain, texts)))
    assert len(fitted) <= 10
    assert all(len(message.content) <= MAX_CONTENT for message in fitted)
    if sum(map(len, texts)) <= MAX_CONTENT and len(texts) <= 10:
        assert [message.content for message in fitted] == texts
