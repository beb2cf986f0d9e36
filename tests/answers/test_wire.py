"""OpenAI's wire without I/O: bodies, stream pieces, what errors mean."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from daehwa.answers import Endpoint, Question, Secret
from daehwa.answers.errors import (
    ContentRefused,
    KeyRefused,
    ModelNotFound,
    NotAnEndpoint,
    QuestionTooLong,
    QuotaExhausted,
    RateLimited,
    RequestRefused,
    Unreachable,
    UpstreamFailed,
)
from daehwa.answers.wire import (
    BODY_LIMIT,
    Dialect,
    Stream,
    StreamedAnswer,
    answer,
    body,
    failure,
    members,
    retry_after,
)


def chunk(text=None, finish=None):
    delta = {} if text is None else {"content": text}
    value = {"model": "m", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
    return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n"


WHOLE = chunk("") + chunk("안녕") + b": ping\n\n" + chunk("하세요 👋") + chunk(None, "stop")
DONE = b"data: [DONE]\n\n"


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50, 10_000])
def test_pieces_are_the_same_however_the_bytes_are_cut(size):
    stream, raw = Stream(), WHOLE + DONE
    pieces = [p for i in range(0, len(raw), size) for p in stream.feed(raw[i : i + size])]
    assert [piece.text for piece in pieces] == ["", "안녕", "하세요 👋", ""]
    assert pieces[-1].ended == "stop"
    assert stream.done


def texts_of(streamed, *chunks):
    """What a driver reads that has these bytes to give, the last of them none."""
    waiting, texts = list(chunks), []
    while (text := streamed.text()) is not None or not streamed.over:
        if text is None:
            streamed.take(waiting.pop(0))
        else:
            texts.append(text)
    return texts


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_a_streamed_answer_begins_with_its_first_word(size):
    raw = chunk("\n") + chunk(" \n") + WHOLE + DONE
    streamed = StreamedAnswer()
    cut = [raw[i : i + size] for i in range(0, len(raw), size)]
    assert texts_of(streamed, *cut) == ["안녕", "하세요 👋"]
    assert (streamed.ended, streamed.model) == ("stop", "m")


def test_what_came_before_an_error_is_given_before_it_is_raised():
    streamed = StreamedAnswer()
    streamed.take(chunk("half") + b'data: {"error": {"message": "server_error"}}\n\n')
    assert streamed.text() == "half"
    with pytest.raises(UpstreamFailed):
        streamed.text()


def test_a_streamed_answer_that_is_cut_is_no_answer():
    streamed = StreamedAnswer()
    streamed.take(chunk("half"))
    streamed.take(b"")
    assert streamed.text() == "half"
    with pytest.raises(Unreachable, match="cut"):
        streamed.text()


def test_a_streamed_answer_without_a_word_is_no_answer():
    streamed = StreamedAnswer()
    streamed.take(chunk(" ") + chunk(None, "stop") + DONE)
    with pytest.raises(UpstreamFailed, match="answered nothing"):
        streamed.text()


def test_a_server_may_answer_whole_where_a_stream_was_requested():
    raw = b'{"model": "m", "choices": [{"message": {"content": "all"}, "finish_reason": "stop"}]}'
    streamed = StreamedAnswer()
    assert texts_of(streamed, raw[:9], raw[9:], b"") == ["all"]
    assert (streamed.ended, streamed.model) == ("stop", "m")


def test_an_answer_that_is_read_whole_has_a_limit():
    streamed = StreamedAnswer()
    streamed.take(b" " * (BODY_LIMIT + 1))
    with pytest.raises(UpstreamFailed, match="longer"):
        streamed.text()


def test_lines_may_end_in_crlf():
    stream, raw = Stream(), (WHOLE + DONE).replace(b"\n", b"\r\n")
    pieces = [p for i in range(len(raw)) for p in stream.feed(raw[i : i + 1])]
    assert "".join(piece.text for piece in pieces) == "안녕하세요 👋"
    assert stream.done


def test_an_event_may_have_several_data_lines_and_no_space():
    raw = b'event: x\ndata:{"choices":\ndata: [{"text": "a"}]}\nid: 1\n\n'
    assert [piece.text for piece in Stream().feed(raw)] == ["a"]


def test_what_a_reasoning_model_thinks_is_not_its_answer():
    value = {"choices": [{"delta": {"reasoning_content": "hmm", "content": None}}]}
    raw = b"data: " + json.dumps(value).encode() + b"\n\n"
    assert [piece.text for piece in Stream().feed(raw)] == [""]


def test_an_event_without_choices_is_no_piece_of_text():
    raw = b'data: {"choices": [], "usage": {"total_tokens": 3}}\n\n'
    assert [piece.text for piece in Stream().feed(raw)] == [""]


def test_an_error_in_the_stream_is_an_error():
    raw = b'data: {"error": {"message": "overloaded", "type": "server_error"}}\n\n'
    with pytest.raises(UpstreamFailed, match="overloaded"):
        list(Stream().feed(raw))


def test_a_line_without_an_end_is_not_read_forever():
    stream = Stream()
    list(stream.feed(b"x" * BODY_LIMIT))
    with pytest.raises(UpstreamFailed, match="without an end"):
        list(stream.feed(b"x"))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html>502</html>",
        b"[1]",
        b'"text"',
        b"\xff\xfe",
        b'{"choices": ["x"]}',
        b'{"choices": [{"message": {"content": ""}}]}',
        b'{"choices": [{"message": {"content": [7, {"not": "text"}]}}]}',
        b"{}",
    ],
)
def test_an_answer_that_is_none_is_told(raw):
    with pytest.raises(UpstreamFailed):
        answer(raw)


def test_a_whole_answer_of_either_api():
    chat = {"choices": [{"message": {"content": " 네. "}, "finish_reason": "length"}]}
    assert answer(json.dumps(chat).encode()).text == "네."
    assert answer(json.dumps(chat).encode()).ended == "length"
    completion = {"model": "m", "choices": [{"text": "\n\n네.", "finish_reason": "stop"}]}
    assert answer(json.dumps(completion).encode()).text == "네."


def test_an_answer_that_the_filter_stopped():
    value = {"choices": [{"message": {"content": ""}, "finish_reason": "content_filter"}]}
    with pytest.raises(ContentRefused):
        answer(json.dumps(value).encode())


def error(code=None, message="words", kind=None, param=None):
    value = {"message": message, "type": kind, "param": param, "code": code}
    return json.dumps({"error": value}).encode()


@pytest.mark.parametrize(
    ("status", "raw", "kind", "retryable"),
    [
        (400, error(), RequestRefused, False),
        (401, error("invalid_api_key"), KeyRefused, False),
        (403, error("unsupported_country_region_territory"), KeyRefused, False),
        (404, error("model_not_found"), ModelNotFound, False),
        (404, b"Not Found", ModelNotFound, False),
        (403, error("model_not_found"), ModelNotFound, False),
        (408, error(), UpstreamFailed, True),
        (409, error(), UpstreamFailed, True),
        (413, b"", QuestionTooLong, False),
        (422, error(), RequestRefused, False),
        (429, error("rate_limit_exceeded", kind="requests"), RateLimited, True),
        (429, b"slow down", RateLimited, True),
        (429, error("insufficient_quota", kind="insufficient_quota"), QuotaExhausted, False),
        (429, error(None, kind="insufficient_quota"), QuotaExhausted, False),
        (400, error("context_length_exceeded"), QuestionTooLong, False),
        (400, error(400, kind="exceed_context_size_error"), QuestionTooLong, False),
        (400, error("content_policy_violation"), ContentRefused, False),
        (400, error("content_filter"), ContentRefused, False),
        (500, error("server_error"), UpstreamFailed, True),
        (501, error(), UpstreamFailed, False),
        (502, b"<html>bad gateway</html>", UpstreamFailed, True),
        (503, b'{"error": "overloaded"}', UpstreamFailed, True),
        (504, b"", UpstreamFailed, True),
        (307, b"", NotAnEndpoint, False),
    ],
)
def test_what_an_error_means(status, raw, kind, retryable):
    told = failure(status, {}, raw)
    assert type(told) is kind
    assert told.retryable is retryable
    assert str(status) in told.message


def test_an_upstream_that_repeats_the_key_does_not_make_us_repeat_it():
    told = failure(401, {}, error(message="Incorrect API key provided: sk-1."), Secret("sk-1"))
    assert "sk-1" not in str(told)
    assert "***" in str(told)


def test_an_upstreams_long_words_are_shortened():
    assert len(str(failure(500, {}, error(message="x" * 10_000)))) < 400


def test_retry_after_is_seconds_or_a_date():
    assert retry_after({"Retry-After": "7"}) == 7
    assert retry_after({"retry-after": "0.5"}) == 0.5
    assert retry_after({"retry-after-ms": "250", "Retry-After": "1"}) == 0.25
    assert retry_after({"Retry-After": "-3"}) == 0
    assert retry_after({"Retry-After": "soon"}) is None
    assert retry_after({}) is None
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    assert 3500 < retry_after({"Retry-After": later}) <= 3600
    assert retry_after({"Retry-After": "Thu, 01 Jan 2015 00:00:00 GMT"}) == 0


@pytest.mark.parametrize(
    ("headers", "words", "wait"),
    [
        # Anthropic, "Rate limits".
        (
            {
                "anthropic-ratelimit-tokens-remaining": "0",
                "anthropic-ratelimit-tokens-reset": "{iso}",
                "anthropic-ratelimit-requests-remaining": "3",
                "anthropic-ratelimit-requests-reset": "2099-01-01T00:00:00Z",
            },
            {},
            30,
        ),
        # The IETF's draft, in the newer form and the older one.
        ({"RateLimit": '"default";r=0;t=30'}, {}, 30),
        ({"RateLimit": "limit=100, remaining=0, reset=30"}, {}, 30),
        ({"RateLimit-Remaining": "0", "RateLimit-Reset": "30"}, {}, 30),
        ({"RateLimit": '"default";r=5;t=30'}, {}, None),
        # OpenRouter, "Errors and debugging".
        ({}, {"metadata": {"retry_after_seconds": 30}}, 30),
        ({}, {"details": [{"retryAfterMs": 30000}]}, 30),
        ({}, {"details": [{"retryDelay": "30s"}]}, 30),
    ],
)
def test_when_a_rate_is_over_stands_in_many_places(headers, words, wait):
    soon = (datetime.now(UTC) + timedelta(seconds=30)).strftime("%Y-%m-%dT%H:%M:%SZ")
    given = {name: value.replace("{iso}", soon) for name, value in headers.items()}
    error = failure(429, given, json.dumps({"error": {"message": "slow down", **words}}).encode())
    assert error.retry_after == (wait if wait is None else pytest.approx(wait, abs=2))


def test_an_upstream_may_say_that_it_is_not_worth_another_try():
    assert failure(503, {}, b"busy").retryable
    assert not failure(503, {"X-Should-Retry": "false"}, b"busy").retryable


def test_openai_gets_the_newer_name_of_the_limit_and_others_the_older():
    question = Question(text="hi")
    ours, other = Endpoint(key=Secret("k")), Endpoint(base_url="http://host/v1", model="m")
    sent = json.loads(body(ours, members(ours, Dialect.of(ours), question, stream=False)))
    assert sent["max_completion_tokens"] == 1000
    assert sent["reasoning_effort"] == "none"
    assert "stream" not in sent
    sent = json.loads(body(other, members(other, Dialect.of(other), question, stream=True)))
    assert sent["max_tokens"] == 1000
    assert sent["stream"] is True
    assert "temperature" not in sent
