"""``ChatGPT`` on the real wire: what leaves, what comes back, and each way to fail."""

import asyncio
import contextlib
import time

import pytest
import structlog

from daehwa import tracing
from daehwa.answers import Breaker, ChatGPT, Endpoint, PastMessage, Question, Retries, Secret, wire
from daehwa.answers.errors import (
    AnswerError,
    CircuitOpen,
    ContentRefused,
    KeyRefused,
    ModelNotFound,
    NotAnEndpoint,
    QuotaExhausted,
    RateLimited,
    RequestRefused,
    TimedOut,
    Unreachable,
    UpstreamFailed,
)
from daehwa.answers.testing import Cut, Fail, Raw, Say, Silence, StubOpenAI

from .conftest import KEY, collect

HELLO = Question(text="안녕하세요", locale="ko_KR")


# --- what leaves ------------------------------------------------------------------------


async def test_the_request_that_leaves(stub, chatgpt):
    history = (
        PastMessage(role="user", text="안녕"),
        PastMessage(role="assistant", text="반가워요"),
    )
    asked = Question(text="넌 누구니?", locale="ko_KR", history=history, session_id="s-1")
    await chatgpt({"organization": "org-1", "project": "proj-1"}).answer(asked)
    (request,) = stub.requests
    assert (request.method, request.path) == ("POST", "/v1/chat/completions")
    assert request.headers["Authorization"] == f"Bearer {KEY}"
    assert request.headers["OpenAI-Organization"] == "org-1"
    assert request.headers["OpenAI-Project"] == "proj-1"
    assert request.headers["Content-Type"] == "application/json"
    assert request.roles == ("system", "user", "assistant", "user")
    assert request.contents[1:] == ("안녕", "반가워요", "넌 누구니?")
    assert request.body["model"] == "gpt-x"
    assert request.body["max_tokens"] == 1000


async def test_without_a_key_no_authorization_leaves():
    async with StubOpenAI() as stub:
        async with ChatGPT(Endpoint(base_url=stub.base_url, model="local")) as answerer:
            await answerer.answer(HELLO)
        assert "Authorization" not in stub.requests[0].headers


async def test_extra_members_and_a_temperature_are_sent(stub, chatgpt):
    await chatgpt({"temperature": 0.2, "extra": {"top_p": 0.9}}).answer(HELLO)
    assert stub.requests[0].body["temperature"] == 0.2
    assert stub.requests[0].body["top_p"] == 0.9


async def test_a_redirect_is_not_followed_with_the_key(stub, chatgpt):
    stub.script(Raw(b"", status=307, headers={"Location": "http://elsewhere.invalid/v1?a=b"}))
    with pytest.raises(NotAnEndpoint, match=r"redirects to http://elsewhere.invalid/v1 \(307"):
        await chatgpt().answer(HELLO)
    assert len(stub.requests) == 1


async def test_a_proxy_of_the_environment_is_used(stub, chatgpt, monkeypatch):
    monkeypatch.setenv("http_proxy", stub.base_url.removesuffix("/v1"))
    monkeypatch.setenv("no_proxy", "")
    answer = await chatgpt({"base_url": "http://upstream.invalid/v1"}).answer(HELLO)
    assert answer.text == "The stub's answer."
    assert stub.requests[0].headers["Host"] == "upstream.invalid"
    monkeypatch.setenv("no_proxy", "upstream.invalid")
    with pytest.raises(Unreachable):
        await chatgpt(
            {"base_url": "http://upstream.invalid/v1"}, retries=Retries(attempts=1)
        ).answer(HELLO)


async def test_a_socks_proxy_is_named(chatgpt, monkeypatch):
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:1080")
    monkeypatch.setenv("no_proxy", "")
    with pytest.raises(Unreachable, match="SOCKS"):
        await chatgpt(retries=Retries(attempts=1)).answer(HELLO)


# --- what comes back --------------------------------------------------------------------


async def test_a_whole_answer(stub, chatgpt):
    stub.script(Say("저는 **도우미**입니다."))
    answer = await chatgpt().answer(HELLO)
    assert answer.text == "저는 **도우미**입니다."
    assert (answer.source, answer.model, answer.ended) == ("chatgpt", "gpt-x", "stop")
    assert not answer.incomplete
    assert answer.notice is None


async def test_a_streamed_answer_comes_in_pieces_and_ends_with_the_answer(stub, chatgpt):
    stub.script(Say("하나 둘 셋"))
    pieces, answer = await collect(chatgpt().stream(HELLO))
    assert pieces == ["하나", " 둘", " 셋"]
    assert answer.text == "하나 둘 셋"
    assert answer.ended == "stop"
    assert stub.requests[0].body["stream"] is True


async def test_an_answer_that_hit_the_limit_says_so(stub, chatgpt):
    stub.script(Say("하나 둘", finish="length"), Say("하나 둘", finish="length"))
    assert (await chatgpt().answer(HELLO)).incomplete
    _, answer = await collect(chatgpt().stream(HELLO))
    assert (answer.ended, answer.incomplete) == ("length", True)


async def test_a_server_that_answers_whole_where_a_stream_was_asked(stub, chatgpt):
    stub.script(Raw(b'{"choices": [{"message": {"content": "whole"}}]}'))
    pieces, answer = await collect(chatgpt().stream(HELLO))
    assert (pieces, answer.text) == (["whole"], "whole")


@pytest.mark.parametrize("stream", [False, True])
async def test_an_answer_without_words_is_a_failure(stub, chatgpt, stream):
    stub.script(Say(""), Say("", finish="content_filter"))
    answerer = chatgpt()

    def ask():
        return collect(answerer.stream(HELLO)) if stream else answerer.answer(HELLO)

    with pytest.raises(UpstreamFailed):
        await ask()
    with pytest.raises(ContentRefused):
        await ask()


# --- completion models ------------------------------------------------------------------


async def test_a_completion_model_is_asked_at_completions(stub, chatgpt):
    stub.completion_models = frozenset({"text-davinci-003"})
    stub.script(Say("\n\n반갑습니다."), Say("\n\n반갑습니다."))
    answerer = chatgpt({"model": "text-davinci-003"})
    assert (await answerer.answer(HELLO)).text == "반갑습니다."
    _, answer = await collect(answerer.stream(HELLO))
    assert answer.text == "반갑습니다."
    for request in stub.requests:
        assert request.path == "/v1/completions"
        assert request.body["prompt"].endswith("\nUser: 안녕하세요\nAssistant:")
        assert request.body["stop"] == ["\nUser:"]


async def test_a_setting_says_which_api(stub, chatgpt):
    stub.completion_models = frozenset({"my-model"})
    await chatgpt({"model": "my-model", "api": "completions"}).answer(HELLO)
    assert [request.path for request in stub.requests] == ["/v1/completions"]


@pytest.mark.parametrize(
    ("model", "completes", "path"),
    [("my-model", True, "/v1/completions"), ("davinci-002", False, "/v1/chat/completions")],
)
async def test_the_servers_own_word_about_a_model_is_remembered(
    stub, chatgpt, model, completes, path
):
    stub.completion_models = frozenset({model} if completes else ())
    answerer = chatgpt({"model": model})
    await answerer.answer(HELLO)
    await collect(answerer.stream(HELLO))
    first, *others = [request.path for request in stub.requests]
    assert first != path
    assert others == [path, path]


async def test_a_server_that_knows_neither_api_for_a_model_is_not_asked_forever(stub, chatgpt):
    said = "This is not a chat model."
    stub.script(*[Fail(404, message=said, param="model")] * 5)
    with pytest.raises(RequestRefused):
        await chatgpt().answer(HELLO)
    assert len(stub.requests) == 2


async def test_a_member_that_a_model_does_not_take_is_left_out_from_then_on(stub, chatgpt):
    said = "Unsupported parameter: 'max_tokens' is not supported with this model."
    temperature = "Unsupported value: 'temperature' does not support 0.2 with this model."
    stub.script(
        Fail(400, "unsupported_parameter", said, "max_tokens"),
        Fail(400, "unsupported_value", temperature, "temperature"),
    )
    answerer = chatgpt({"temperature": 0.2})
    await answerer.answer(HELLO)
    await answerer.answer(HELLO)
    for request in stub.requests[2:]:
        assert request.body["max_completion_tokens"] == 1000
        assert not {"max_tokens", "temperature"} & set(request.body)
    assert len(stub.requests) == 4


async def test_two_questions_at_once_learn_the_same(stub, chatgpt):
    stub.completion_models = frozenset({"my-model"})
    answerer = chatgpt({"model": "my-model"})
    answers = await asyncio.gather(*(answerer.answer(HELLO) for _ in range(5)))
    assert {answer.text for answer in answers} == {"The stub's answer."}


# --- failures ---------------------------------------------------------------------------


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    "failure",
    [
        (Fail(400), RequestRefused, 1),
        (Fail(401), KeyRefused, 1),
        (Fail(403, ""), KeyRefused, 1),
        (Fail(404), ModelNotFound, 1),
        (Fail(408), UpstreamFailed, 3),
        (Fail(409), UpstreamFailed, 3),
        (Fail(429), RateLimited, 3),
        (Fail(429, "insufficient_quota"), QuotaExhausted, 1),
        (Fail(400, "content_policy_violation"), ContentRefused, 1),
        (Fail(500), UpstreamFailed, 3),
        (Fail(501), UpstreamFailed, 1),
        (Fail(503), UpstreamFailed, 3),
        (Cut(), Unreachable, 3),
        (Raw(b"<html>hello</html>", "text/html"), AnswerError, 1),
    ],
)
async def test_only_what_may_pass_is_tried_again(stub, chatgpt, stream, failure):
    reply, kind, requests = failure
    stub.default = reply
    answerer = chatgpt()
    with pytest.raises(kind) as raised:
        await (collect(answerer.stream(HELLO)) if stream else answerer.answer(HELLO))
    if stream and isinstance(reply, Raw):
        assert isinstance(raised.value, Unreachable | UpstreamFailed)
    else:
        assert len(stub.requests) == requests
    for locale in ("ko_KR", "en_US"):
        assert raised.value.line(locale)
    assert raised.value.cure


@pytest.mark.parametrize("reply", [Fail(500), Fail(429), Cut()])
@pytest.mark.parametrize("stream", [False, True])
async def test_what_passes_leaves_no_trace(stub, chatgpt, reply, stream):
    stub.script(reply, reply)
    answerer = chatgpt()
    if stream:
        pieces, answer = await collect(answerer.stream(HELLO))
        assert "".join(pieces) == answer.text
    else:
        answer = await answerer.answer(HELLO)
    assert answer.text == "The stub's answer."
    assert len(stub.requests) == 3


async def test_waits_grow_and_the_upstreams_own_is_obeyed(stub, chatgpt, sleeps):
    stub.script(Fail(500), Fail(429, retry_after=3))
    await chatgpt().answer(HELLO)
    assert sleeps == [0.5, 3]


async def test_a_wait_beyond_the_deadline_is_told_at_once(stub, chatgpt, sleeps, soon):
    stub.script(Fail(429, retry_after=60))
    with pytest.raises(RateLimited) as raised:
        await chatgpt().answer(soon(20))
    assert raised.value.retry_after == 60
    assert (len(stub.requests), sleeps) == (1, [])


async def test_with_another_answerer_behind_nothing_is_tried_again(stub, chatgpt):
    stub.script(Fail(500))
    with pytest.raises(UpstreamFailed):
        await chatgpt().answer(Question(text="hi", failover=True))
    assert len(stub.requests) == 1


@pytest.mark.parametrize("stream", [False, True])
async def test_silence_past_the_deadline(stub, chatgpt, soon, stream):
    stub.default = Silence()
    answerer = chatgpt()
    with pytest.raises(TimedOut):
        await (collect(answerer.stream(soon(0.2))) if stream else answerer.answer(soon(0.2)))
    await stub.wait_abandoned(10)
    assert len(stub.requests) == 1


async def test_first_by_bounds_the_first_piece_only(stub, chatgpt):
    stub.script(Silence(), Say("하나 둘 셋", pace=0.15))
    answerer = chatgpt()
    with pytest.raises(TimedOut):
        await collect(answerer.stream(Question(text="hi", first_by=time.monotonic() + 0.2)))
    asked = Question(text="hi", first_by=time.monotonic() + 0.4)
    _, answer = await collect(answerer.stream(asked))
    assert answer.text == "하나 둘 셋"


async def test_no_time_left_is_no_request(stub, chatgpt, soon):
    answerer = chatgpt(breaker=Breaker(failures=1))
    with pytest.raises(TimedOut):
        await answerer.answer(soon(-1))
    assert stub.requests == []
    assert answerer.breaker.state == "closed"


async def test_nobody_listens_there(chatgpt, free_port):
    answerer = chatgpt({"base_url": f"http://127.0.0.1:{free_port}/v1"})
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1"):
        await answerer.answer(HELLO)


# --- streams that end badly -------------------------------------------------------------


async def test_a_stream_that_is_cut_keeps_its_text_and_says_so(stub, chatgpt):
    stub.script(Cut("하나 둘"))
    pieces, answer = await collect(chatgpt().stream(HELLO))
    assert pieces == ["하나", " 둘"]
    assert (answer.text, answer.ended, answer.incomplete) == ("하나 둘", "cut", True)
    assert len(stub.requests) == 1


async def test_a_stream_that_falls_silent_ends_at_the_deadline(stub, chatgpt, soon):
    stub.script(Silence("하나 둘"))
    pieces, answer = await collect(chatgpt().stream(soon(0.5)))
    assert pieces == ["하나", " 둘"]
    assert (answer.ended, answer.incomplete) == ("timed_out", True)
    await stub.wait_abandoned(10)


async def test_an_error_in_the_middle_of_a_stream_is_a_cut(stub, chatgpt):
    raw = b'data: {"choices":[{"delta":{"content":"ab"}}]}\n\ndata: {"error":{"message":"x"}}\n\n'
    stub.script(Raw(raw, "text/event-stream"))
    _, answer = await collect(chatgpt().stream(HELLO))
    assert (answer.text, answer.ended) == ("ab", "cut")


async def test_a_stream_may_end_without_done(stub, chatgpt):
    raw = b'data: {"choices":[{"delta":{"content":"ab"},"finish_reason":"stop"}]}\n\n'
    stub.script(Raw(raw, "text/event-stream"))
    _, answer = await collect(chatgpt().stream(HELLO))
    assert answer.ended == "stop"


async def test_closing_the_stream_closes_the_request(stub, chatgpt):
    stub.script(Silence("하나 둘"))
    stream = chatgpt().stream(HELLO)
    assert await anext(stream) == "하나"
    await stream.aclose()
    await stub.wait_abandoned(10)


@pytest.mark.parametrize("stream", [False, True])
async def test_cancelling_closes_the_request(stub, chatgpt, stream):
    stub.script(Silence())
    answerer = chatgpt()
    asking = asyncio.ensure_future(
        collect(answerer.stream(HELLO)) if stream else answerer.answer(HELLO)
    )
    await stub.wait_requested(10)
    asking.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asking
    await stub.wait_abandoned(10)
    assert answerer.breaker.state == "closed"


# --- the breaker and the connections ----------------------------------------------------


async def test_an_upstream_that_is_down_is_left_alone(stub, chatgpt):
    stub.default = Fail(500)
    answerer = chatgpt(breaker=Breaker(failures=3))
    with pytest.raises(UpstreamFailed):
        await answerer.answer(HELLO)
    with pytest.raises(CircuitOpen):
        await answerer.answer(HELLO)
    assert len(stub.requests) == 3
    readiness = await answerer.ready()
    assert (readiness.state, readiness.error.code) == ("failed", "circuit_open")


async def test_streams_that_are_cut_open_the_breaker(stub, chatgpt):
    stub.default = Cut("하나")
    answerer = chatgpt(breaker=Breaker(failures=1))
    await collect(answerer.stream(HELLO))
    with pytest.raises(CircuitOpen):
        await collect(answerer.stream(HELLO))


async def test_refusals_do_not_open_it(stub, chatgpt):
    stub.default = Fail(401)
    answerer = chatgpt(breaker=Breaker(failures=1))
    for _ in range(3):
        with pytest.raises(KeyRefused):
            await answerer.answer(HELLO)
    assert (await answerer.ready()).ready


async def test_a_connection_that_died_while_idle_is_no_failure():
    body = b'{"choices": [{"message": {"content": "ok"}}]}'
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    served = []

    async def serve(reader, writer):
        served.append(writer)
        while await reader.readline() not in (b"\r\n", b""):
            pass
        await reader.read(1 << 16)
        writer.write(head.encode() + b"\r\n\r\n" + body)
        await writer.drain()
        # It promised to keep the connection, and breaks it at the next request.
        await reader.read(1)
        writer.transport.abort()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        asked = Question(text="hi", failover=True)
        async with ChatGPT(Endpoint(base_url=f"http://127.0.0.1:{port}/v1", model="m")) as answerer:
            assert (await answerer.answer(asked)).text == "ok"
            assert (await answerer.answer(asked)).text == "ok"
    assert len(served) == 2
    assert answerer.breaker.state == "closed"


async def test_it_can_be_asked_again_after_its_context(stub, chatgpt):
    async with chatgpt() as answerer:
        await answerer.answer(HELLO)
    assert (await answerer.answer(HELLO)).text == "The stub's answer."


async def test_from_environment(stub):
    environ = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": stub.base_url + "/", "OPENAI_MODEL": "m"}
    async with ChatGPT.from_environment(environ) as answerer:
        assert (await answerer.answer(HELLO)).model == "m"
    assert KEY not in repr(answerer)
    assert isinstance(answerer.endpoint.key, Secret)


class Measured:
    """What a request's steps came to."""

    def __init__(self):
        self.outcomes = []

    def turn_began(self):
        pass

    def step_ended(self, kind, labels, seconds, outcome, trace):
        self.outcomes.append((kind, labels, outcome))

    def words_began(self, labels, seconds, trace):
        pass


@pytest.mark.parametrize(
    ("reply", "outcomes"),
    [
        (Say("Well."), ["ok"]),
        (Fail(503), ["UpstreamFailed", "ok"]),
        (Cut("Half an"), ["Unreachable"]),
        (Fail(401), ["KeyRefused"]),
    ],
)
async def test_each_attempt_is_a_step_with_its_outcome_and_a_line(
    chatgpt, stub, soon, reply, outcomes
):
    measured = Measured()
    stub.script(reply)
    model = chatgpt()
    with (
        structlog.testing.capture_logs() as lines,
        tracing.Watch("r-1", measured),
        contextlib.suppress(AnswerError),
    ):
        await collect(model.stream(soon(20)))
    assert measured.outcomes == [("model", ("gpt-x", "chat"), one) for one in outcomes]
    attempts = [
        line for line in lines if line["event"] in ("model_replied", "answer_attempt_failed")
    ]
    assert [line["event"] == "model_replied" for line in attempts] == [o == "ok" for o in outcomes]
    assert {line["request_id"] for line in attempts} == {"r-1"}
    assert all(line["upstream_request_id"].startswith("req_") for line in attempts)
    assert {one.headers["X-Request-Id"] for one in stub.requests} == {"r-1"}


async def test_outside_of_a_request_nothing_is_added_to_what_the_model_gets(chatgpt, stub, soon):
    await collect(chatgpt().stream(soon(20)))
    (request,) = stub.requests
    assert not {"traceparent", "X-Request-Id", "X-Client-Request-Id"} & request.headers.keys()


async def test_while_a_burst_of_thoughts_is_read_others_have_their_turns(
    stub, chatgpt, monkeypatch
):
    thought = b'data: {"choices": [{"delta": {"reasoning_content": "hm"}}]}\n\n'
    word = b'data: {"choices": [{"delta": {"content": "Hi"}, "finish_reason": "stop"}]}\n\n'
    stub.script(Raw(thought * 5000 + word + b"data: [DONE]\n\n", "text/event-stream"))
    rounds, taken = 0, []

    async def others():
        nonlocal rounds
        while True:
            rounds += 1
            await asyncio.sleep(0)

    class Noting(wire.StreamedAnswer):
        def take(self, chunk):
            taken.append((rounds, len(chunk)))
            super().take(chunk)

    monkeypatch.setattr(wire, "StreamedAnswer", Noting)
    running = asyncio.create_task(others())
    pieces = [piece async for piece in chatgpt().stream(HELLO)]
    running.cancel()
    assert pieces[0] == "Hi"
    assert sum(size for _, size in taken) > 300_000
    full = [at for at, size in taken if size > 10_000]
    assert len(set(full)) == len(full) > 15
