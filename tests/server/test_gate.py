"""Who is let in: seats for requests, and the doors' own words for those who are not."""

import asyncio

import msgspec
import pytest
from asgi import call
from scripted import SESSION

from daehwa.limits import Limiter, LimitsSetting, RatesSetting
from daehwa.server import ServerSettings, doors, sse

TURN = {"text": "hello", "sessionId": "s1"}
COMPLETION = {"messages": [{"role": "user", "content": "hello"}]}


@pytest.fixture
async def crowded(runtime):
    """A server all of whose two seats are taken, until the test ends."""
    runtime.limiter = Limiter(LimitsSetting(waiting=2))
    app = doors(runtime, ServerSettings())
    inside = [
        asyncio.create_task(call(app, "POST", "/chat", {"text": "slow", "sessionId": f"s{n}"}))
        for n in range(2)
    ]
    while not runtime.limiter.seats.full():  # noqa: ASYNC110
        await asyncio.sleep(0)
    yield app
    runtime.stopped.set()
    assert [answer.status for answer in await asyncio.gather(*inside)] == [200, 200]
    assert runtime.limiter.seats.taken == 0


@pytest.mark.parametrize(
    ("language", "line"),
    [("ko-KR", "이용하는 분이 너무 많아요"), ("en-US", "Too many people are using this")],
)
async def test_beyond_the_seats_chat_is_busy_in_the_persons_language(crowded, language, line):
    answer = await call(crowded, "POST", "/chat", TURN, {"accept-language": language})
    assert answer.status == 503
    assert answer.headers["retry-after"] == "1"
    assert answer.json["error"]["code"] == "TooBusy"
    assert line in answer.json["error"]["message"]
    assert answer.json["error"]["requestId"] == answer.headers["x-request-id"]


async def test_beyond_the_seats_a_stream_is_refused_by_its_status(crowded):
    answer = await call(crowded, "POST", "/chat", TURN, {"accept": "text/event-stream"})
    assert (answer.status, answer.json["error"]["code"]) == (503, "TooBusy")


async def test_beyond_the_seats_lex_throttles(crowded):
    answer = await call(crowded, "POST", f"{SESSION}/text", {"text": "hello"})
    assert answer.status == 429
    assert answer.headers["x-amzn-errortype"] == "ThrottlingException"
    assert answer.headers["retry-after"] == "1"
    assert answer.headers["x-amzn-requestid"] == answer.headers["x-request-id"]
    assert answer.json == {"message": "Rate exceeded: try again."}


async def test_beyond_the_seats_the_openai_api_answers_in_its_shape(crowded):
    answer = await call(crowded, "POST", "/v1/chat/completions", COMPLETION)
    assert answer.status == 503
    assert answer.headers["retry-after"] == "1"
    assert answer.json["error"]["type"] == "server_error"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/bots/"])
async def test_operators_get_through(crowded, path):
    answer = await call(crowded, "GET", path)
    assert answer.status not in (429, 503)


async def test_what_was_refused_is_counted(crowded):
    await call(crowded, "POST", "/chat", TURN)
    metrics = (await call(crowded, "GET", "/metrics")).body.decode()
    assert 'daehwa_refused_total{what="requests"} 1.0' in metrics
    assert "daehwa_requests_in_hand 3.0" in metrics


async def test_a_stream_that_is_read_takes_no_seat(runtime):
    runtime.limiter = Limiter(LimitsSetting(waiting=1))
    app = doors(runtime, ServerSettings())
    streaming = asyncio.create_task(
        call(app, "POST", "/chat", {"text": "slow"}, {"accept": "text/event-stream"})
    )
    while not runtime.calls:  # noqa: ASYNC110
        await asyncio.sleep(0)
    while runtime.limiter.seats.taken:  # noqa: ASYNC110
        await asyncio.sleep(0)
    assert (await call(app, "POST", "/chat", TURN)).status == 200
    runtime.stopped.set()
    assert (await streaming).status == 200


async def test_one_address_holds_so_many_requests_open_at_once(runtime):
    """Streams that are read slowly, or hardly written, are requests as well."""
    runtime.limiter = Limiter(LimitsSetting(at_once=2), enforced=True)
    app = doors(runtime, ServerSettings())
    streams = [
        asyncio.create_task(
            call(app, "POST", "/chat", {"text": "slow"}, {"accept": "text/event-stream"})
        )
        for _ in range(2)
    ]
    while len(runtime.calls) < 2:  # noqa: ASYNC110
        await asyncio.sleep(0)
    answer = await call(app, "POST", "/chat", TURN)
    assert (answer.status, answer.json["error"]["code"]) == (429, "TooManyRequests")
    runtime.stopped.set()
    assert [stream.status for stream in await asyncio.gather(*streams)] == [200, 200]
    assert (await call(app, "POST", "/chat", TURN)).status == 200


async def test_a_reader_that_takes_nothing_is_given_up(runtime, monkeypatch):
    monkeypatch.setattr(sse, "SEND_SECONDS", 0.05)
    app = doors(runtime, ServerSettings())
    never = asyncio.Event()
    body = [{"type": "http.request", "body": msgspec.json.encode(TURN), "more_body": False}]

    async def receive():
        if body:
            return body.pop()
        return await never.wait()

    async def send(message):
        if message["type"] == "http.response.body":
            await never.wait()

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/chat",
        "raw_path": b"/chat",
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1"), (b"accept", b"text/event-stream")],
        "client": ("127.0.0.1", 50000),
    }
    await asyncio.wait_for(app(scope, receive, send), 20)
    assert runtime.limiter.seats.taken == 0


async def test_who_guesses_tokens_is_shut_out_before_the_next_guess(runtime):
    setting = LimitsSetting(credentials=RatesSetting(address="3/h"))
    runtime.limiter = Limiter(setting, enforced=True)
    app = doors(runtime, ServerSettings(token="right"))

    async def attempt(token):
        answer = await call(app, "POST", "/chat", TURN, {"authorization": f"Bearer {token}"})
        return answer.status, answer.json.get("error", {}).get("code")

    assert [await attempt("wrong") for _ in range(3)] == [(401, "TokenMissing")] * 3
    assert await attempt("wrong") == (429, "TooManyRequests")
    assert await attempt("right") == (429, "TooManyRequests"), "else guessing would go on"
    assert (await call(app, "GET", "/healthz")).status == 200


async def test_right_tokens_and_other_sites_pages_use_up_no_guesses(runtime):
    setting = LimitsSetting(credentials=RatesSetting(address="2/h"))
    runtime.limiter = Limiter(setting, enforced=True)
    app = doors(runtime, ServerSettings(token="right"))
    for _ in range(5):
        foreign = {"origin": "https://evil.example", "authorization": "Bearer right"}
        assert (await call(app, "POST", "/chat", TURN, foreign)).status == 403
        right = {"authorization": "Bearer right"}
        assert (await call(app, "POST", "/chat", TURN, right)).status == 200
