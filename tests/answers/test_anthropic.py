"""Anthropic's Messages API, and answers in the form of other APIs than OpenAI's."""

import json

import pytest
from tests.answers.both_ways import both

from daehwa.answers import AnswerError, ModelSetting, PastMessage, Question
from daehwa.answers.errors import ContentRefused
from daehwa.answers.testing import Raw

SOURCE = "https://docs.anthropic.com/en/api/messages-streaming"
TEXT = "안녕하세요 👋 반갑습니다."
QUESTION = Question(
    text="안녕?",
    locale="ko_KR",
    history=(PastMessage(role="user", text="저기요"), PastMessage(role="assistant", text="네.")),
)
USAGE = {"input_tokens": 20, "cache_read_input_tokens": 5, "output_tokens": 1}


def event(kind, **members):
    value = json.dumps({"type": kind, **members}, ensure_ascii=False)
    return f"event: {kind}\ndata: {value}\n\n".encode()


def block(index, kind, member, *texts):
    """A block of a message, as it comes in a stream."""
    opened = {"type": kind, member: ""}
    yield event("content_block_start", index=index, content_block=opened)
    for text in texts:
        delta = {"type": f"{member}_delta", member: text}
        yield event("content_block_delta", index=index, delta=delta)
    yield event("content_block_stop", index=index)


def streamed(*middle, reason="end_turn", end=True):
    begun = {"id": "msg_1", "type": "message", "model": "claude-x", "content": [], "usage": USAGE}
    events = [event("message_start", message=begun), event("ping"), *middle]
    if end:
        delta = {"stop_reason": reason, "stop_sequence": None}
        events += [event("message_delta", delta=delta, usage={"output_tokens": 9})]
        events += [event("message_stop")]
    return Raw(b"".join(events), "text/event-stream", packets=11)


WORDS = tuple(block(1, "text", "text", "안녕하세요 👋", " 반갑습니다."))
THOUGHT = tuple(block(0, "thinking", "thinking", "The user greets me."))
WHOLE = {
    "id": "msg_1",
    "type": "message",
    "role": "assistant",
    "model": "claude-x",
    "content": [
        {"type": "thinking", "thinking": "The user greets me.", "signature": "x"},
        {"type": "text", "text": TEXT},
    ],
    "stop_reason": "end_turn",
    "usage": USAGE | {"output_tokens": 9},
}


def raw(value, status=200):
    return Raw(json.dumps(value, ensure_ascii=False).encode(), status=status, packets=3)


@pytest.fixture
def claude(stub, chatgpt):
    stub.key = None
    return lambda **more: chatgpt({"api": "anthropic", "model": "claude-x"} | more)


async def test_an_answer_whole_and_streamed(stub, claude):
    for answer in await both(claude(), QUESTION, stub, raw(WHOLE), streamed(*THOUGHT, *WORDS)):
        assert (answer.text, answer.ended, answer.model) == (TEXT, "stop", "claude-x")
        assert answer.usage[:3] == (25, 9, 5)
    first, second = stub.requests
    assert first.path == second.path == "/v1/messages"
    assert first.headers["x-api-key"]
    assert "Authorization" not in first.headers
    assert first.headers["anthropic-version"] == "2023-06-01"
    assert first.roles == ("user", "assistant", "user")
    assert isinstance(first.body["system"], str)
    assert first.body["max_tokens"] == 1000
    assert second.body["stream"] is True
    assert "stream_options" not in second.body


async def test_members_go_where_messages_has_them(stub, claude):
    stub.script(raw(WHOLE))
    asked = QUESTION._replace(sampling={"seed": 3, "temperature": 0.2, "reasoning_effort": "low"})
    await claude(extra={"stop": "END", "top_k": 5, "user": "u-1"}).answer(asked)
    body = stub.requests[0].body
    assert (body["stop_sequences"], body["top_k"], body["temperature"]) == (["END"], 5, 0.2)
    assert body["metadata"] == {"user_id": "u-1"}
    assert not {"seed", "reasoning_effort", "stop", "user"} & body.keys()


@pytest.mark.parametrize(
    ("reason", "ended"),
    [("max_tokens", "length"), ("refusal", "refused"), ("stop_sequence", "stop")],
)
async def test_why_an_answer_ended(stub, claude, reason, ended):
    whole = raw(WHOLE | {"stop_reason": reason})
    for answer in await both(claude(), QUESTION, stub, whole, streamed(*WORDS, reason=reason)):
        assert answer.ended == ended


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (401, "authentication_error", "key_refused"),
        (404, "not_found_error", "model_not_found"),
        (429, "rate_limit_error", "rate_limited"),
        (529, "overloaded_error", "upstream_failed"),
    ],
)
async def test_errors_are_those_of_any_model(stub, claude, status, kind, code):
    error = {"type": "error", "error": {"type": kind, "message": "model: claude-x"}}
    stub.script(raw(error, status))
    with pytest.raises(AnswerError) as refused:
        await claude().answer(QUESTION._replace(failover=True))
    assert refused.value.code == code


async def test_an_error_in_a_stream_ends_it(stub, claude):
    error = {"type": "overloaded_error", "message": "Overloaded"}
    stub.script(streamed(*WORDS[:2], event("error", error=error), end=False))
    *_, last = [piece async for piece in claude().stream(QUESTION)]
    assert (last.text, last.ended) == ("안녕하세요 👋", "cut")


async def test_an_address_may_lack_its_version(stub, claude):
    stub.script(raw(WHOLE))
    await claude(base_url=stub.base_url.removesuffix("/v1")).answer(QUESTION)
    assert stub.requests[0].path == "/v1/messages"


def test_without_an_address_it_is_anthropics_own():
    setting = ModelSetting(name="claude", model="claude-x", api="anthropic", key="K")
    assert setting.endpoint({"K": "sk-ant-x"}).base_url == "https://api.anthropic.com/v1"


def generated(text, reason=None, **part):
    candidate = {"content": {"role": "model", "parts": [{"text": text, **part}]}}
    return {
        "candidates": [candidate | ({"finishReason": reason} if reason else {})],
        "usageMetadata": {"promptTokenCount": 4, "candidatesTokenCount": 6},
        "modelVersion": "gemini-x",
    }


def events(*values):
    lines = (json.dumps(value, ensure_ascii=False).encode() for value in values)
    return Raw(b"".join(b"data: " + line + b"\r\n\r\n" for line in lines), "text/event-stream")


async def test_gemini_s_own_form_is_read(stub, chatgpt):
    """Source: https://ai.google.dev/api/generate-content."""
    stream = events(generated("hm", thought=True), generated(TEXT[:6]), generated(TEXT[6:], "STOP"))
    for answer in await both(chatgpt(), QUESTION, stub, raw(generated(TEXT, "STOP")), stream):
        assert (answer.text, answer.ended, answer.model) == (TEXT, "stop", "gemini-x")
        assert answer.usage[:2] == (4, 6)


async def test_cohere_s_own_form_is_read(stub, chatgpt):
    """Source: https://docs.cohere.com/v2/docs/streaming."""

    def delta(text):
        inner = {"message": {"content": {"text": text}}}
        return {"type": "content-delta", "index": 0, "delta": inner}

    begun = {"type": "message-start", "delta": {"message": {"role": "assistant", "content": []}}}
    end = {"type": "message-end", "delta": {"finish_reason": "COMPLETE"}}
    whole = {
        "message": {"role": "assistant", "content": [{"type": "text", "text": TEXT}]},
        "finish_reason": "COMPLETE",
    }
    stream = events(begun, delta(TEXT[:6]), delta(TEXT[6:]), end)
    for answer in await both(chatgpt(), QUESTION, stub, raw(whole), stream):
        assert (answer.text, answer.ended) == (TEXT, "stop")


@pytest.mark.parametrize(
    "blocked",
    [
        {"promptFeedback": {"blockReason": "SAFETY"}, "modelVersion": "gemini-x"},
        {"choices": [], "prompt_feedback": {"block_reason": "PROHIBITED_CONTENT"}},
    ],
)
async def test_a_question_that_gemini_s_filter_refused(stub, chatgpt, blocked):
    answerer = chatgpt()
    for reply in (raw(blocked), events(blocked)):
        stub.script(reply)
        with pytest.raises(ContentRefused):
            [piece async for piece in answerer.stream(QUESTION)]
