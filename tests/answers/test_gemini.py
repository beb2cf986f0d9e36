"""Gemini's generateContent, as ``api = "gemini"`` asks it."""

import json

import pytest
from tests.answers.both_ways import both

from daehwa.answers import AnswerError, ModelSetting, PastMessage, Question
from daehwa.answers.errors import ContentRefused, OnlyThoughts
from daehwa.answers.testing import Raw

TEXT = "체크인은 오후 세 시부터입니다 🏨"
QUESTION = Question(
    text="몇 시부터 들어갈 수 있어요?",
    locale="ko_KR",
    history=(PastMessage(role="user", text="저기요"), PastMessage(role="assistant", text="네.")),
)
MAKER = "publishers/google"
USAGE = {
    "promptTokenCount": 21,
    "candidatesTokenCount": 9,
    "thoughtsTokenCount": 4,
    "cachedContentTokenCount": 5,
    "totalTokenCount": 34,
}


def generated(*parts, reason=None, usage=USAGE, **more):
    content = {"role": "model"} | ({"parts": list(parts)} if parts else {})
    candidate = {"content": content, "index": 0}
    if reason is not None:
        candidate["finishReason"] = reason
    return {"candidates": [candidate], "usageMetadata": usage, "modelVersion": "gemini-x"} | more


def raw(value, status=200):
    return Raw(json.dumps(value, ensure_ascii=False).encode(), status=status, packets=3)


def events(*values):
    lines = (json.dumps(value, ensure_ascii=False).encode() for value in values)
    data = b"".join(b"data: " + line + b"\r\n\r\n" for line in lines)
    return Raw(data, "text/event-stream", packets=7)


def streamed(reason="STOP"):
    return events(
        generated({"text": "hm", "thought": True}),
        generated({"text": TEXT[:7]}),
        generated({"text": TEXT[7:]}),
        generated({"text": "", "thoughtSignature": "c2ln"}, reason=reason),
    )


@pytest.fixture
def gemini(stub, chatgpt):
    stub.key = None
    return lambda **more: chatgpt({"api": "gemini", "model": "gemini-x"} | more)


async def test_an_answer_whole_and_streamed(stub, gemini):
    whole = raw(generated({"text": "hm", "thought": True}, {"text": TEXT}, reason="STOP"))
    for answer in await both(gemini(), QUESTION, stub, whole, streamed()):
        assert (answer.text, answer.ended, answer.model) == (TEXT, "stop", "gemini-x")
        assert answer.usage[:3] == (21, 13, 5)
    first, second = stub.requests
    assert first.path == "/v1/models/gemini-x:generateContent"
    assert second.path == "/v1/models/gemini-x:streamGenerateContent"
    assert second.query == {"alt": "sse"}
    assert first.headers["x-goog-api-key"]
    assert "Authorization" not in first.headers
    assert [one["role"] for one in first.body["contents"]] == ["user", "model", "user"]
    assert first.body["contents"][-1]["parts"] == [{"text": QUESTION.text}]
    assert first.body["systemInstruction"]["parts"][0]["text"]
    assert first.body["generationConfig"] == {"maxOutputTokens": 1000}
    assert not {"model", "messages", "stream", "stream_options"} & second.body.keys()


async def test_members_go_where_generate_content_has_them(stub, gemini):
    stub.script(raw(generated({"text": TEXT}, reason="STOP")))
    safety = [{"category": "HARM_CATEGORY_HARASSMENT", "threshold": "BLOCK_ONLY_HIGH"}]
    own = {"safetySettings": safety, "thinkingConfig": {"thinkingBudget": 0}, "user": "u-1"}
    asked = QUESTION._replace(sampling={"seed": 3, "top_p": 0.5, "stop": "END"})
    await gemini(extra=own, temperature=0.2).answer(asked)
    body = stub.requests[0].body
    assert body["safetySettings"] == safety
    assert body["generationConfig"] == {
        "maxOutputTokens": 1000,
        "temperature": 0.2,
        "thinkingConfig": {"thinkingBudget": 0},
        "seed": 3,
        "topP": 0.5,
        "stopSequences": ["END"],
    }


@pytest.mark.parametrize(
    ("reason", "ended"), [("MAX_TOKENS", "length"), ("SAFETY", "refused"), ("SPII", "refused")]
)
async def test_why_an_answer_ended(stub, gemini, reason, ended):
    whole = raw(generated({"text": TEXT}, reason=reason))
    for answer in await both(gemini(), QUESTION, stub, whole, streamed(reason)):
        assert (answer.text, answer.ended) == (TEXT, ended)


async def test_a_question_that_was_blocked(stub, gemini):
    blocked = {"promptFeedback": {"blockReason": "SAFETY"}, "modelVersion": "gemini-x"}
    answerer = gemini()
    for reply in (raw(blocked), events(blocked), raw(generated(reason="SAFETY"))):
        stub.script(reply)
        with pytest.raises(ContentRefused):
            [piece async for piece in answerer.stream(QUESTION)]


async def test_thoughts_that_are_not_shown_may_use_the_limit_up(stub, gemini):
    """Source: https://github.com/googleapis/python-genai/issues/782."""
    empty = generated(reason="MAX_TOKENS", usage={"promptTokenCount": 7, "thoughtsTokenCount": 99})
    stub.script(raw(empty), raw(generated({"text": TEXT}, reason="STOP")))
    answerer = gemini()
    assert (await answerer.answer(QUESTION)).text == TEXT
    limits = [one.body["generationConfig"]["maxOutputTokens"] for one in stub.requests]
    assert limits == [1000, 4000]
    stub.script(raw(empty))
    with pytest.raises(OnlyThoughts):
        await answerer.answer(QUESTION)


def error(status, kind, message, *details):
    value = {"code": status, "message": message, "status": kind, "details": list(details)}
    return raw({"error": value}, status)


INVALID = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
UNKNOWN = "models/gemini-x is not found for API version v1beta, or is not supported for generate"
RANGE = (
    "Unable to submit request because it has a maxOutputTokens value of 1000 but the "
    "supported range is from 1 (inclusive) to 513 (exclusive)."
)
LONG = "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)."


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        (error(400, "INVALID_ARGUMENT", "API key not valid.", INVALID), "key_refused"),
        (error(403, "PERMISSION_DENIED", "Your API key was reported as leaked."), "key_refused"),
        (error(404, "NOT_FOUND", UNKNOWN), "model_not_found"),
        (error(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota."), "rate_limited"),
        (error(503, "UNAVAILABLE", "The model is overloaded."), "upstream_failed"),
    ],
)
async def test_errors_are_those_of_any_model(stub, gemini, refusal, code):
    stub.script(refusal)
    with pytest.raises(AnswerError) as refused:
        await gemini().answer(QUESTION._replace(failover=True))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("message", "changed"),
    [
        ("Developer instruction is not enabled for models/gemma-x", "systemInstruction"),
        ("Penalty is not enabled: presencePenalty", "presencePenalty"),
        (LONG, "history"),
        (RANGE, "maxOutputTokens"),
    ],
)
async def test_what_a_model_refuses_is_left_out(stub, gemini, message, changed):
    stub.script(error(400, "INVALID_ARGUMENT", message), raw(generated({"text": TEXT})))
    answer = await gemini(extra={"presence_penalty": 1}).answer(QUESTION)
    assert answer.text == TEXT
    body = stub.requests[1].body
    assert ("systemInstruction" in body) is (changed != "systemInstruction")
    assert ("presencePenalty" in body["generationConfig"]) is (changed != "presencePenalty")
    assert len(body["contents"]) == (1 if changed == "history" else 3)
    limit = 512 if changed == "maxOutputTokens" else 1000
    assert body["generationConfig"]["maxOutputTokens"] == limit


async def test_an_error_in_a_stream_ends_it(stub, gemini):
    overloaded = {"error": {"code": 503, "message": "Overloaded", "status": "UNAVAILABLE"}}
    stub.script(events(generated({"text": TEXT[:7]}), overloaded))
    *_, last = [piece async for piece in gemini().stream(QUESTION)]
    assert (last.text, last.ended) == (TEXT[:7], "cut")


@pytest.mark.parametrize(
    ("base_url", "to"),
    [
        (None, "https://generativelanguage.googleapis.com/v1beta"),
        (
            "https://generativelanguage.googleapis.com/v1beta/models/gemini-x:generateContent",
            "https://generativelanguage.googleapis.com/v1beta",
        ),
        (
            "https://aiplatform.googleapis.com/v1",
            f"https://aiplatform.googleapis.com/v1/{MAKER}",
        ),
        (
            "https://us-west1-aiplatform.googleapis.com/v1/projects/p/locations/us-west1",
            f"https://us-west1-aiplatform.googleapis.com/v1/projects/p/locations/us-west1/{MAKER}",
        ),
        ("http://127.0.0.1:9/gateway/v1beta", "http://127.0.0.1:9/gateway/v1beta"),
    ],
)
def test_addresses(base_url, to):
    given = {} if base_url is None else {"base_url": base_url}
    setting = ModelSetting(name="gemini", model="gemini-x", api="gemini", key="K", **given)
    assert setting.endpoint({"K": "AIza-x"}).base_url == to
