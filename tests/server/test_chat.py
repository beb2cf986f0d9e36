"""The chat channel, as the page and plain clients use it."""

import asyncio

import msgspec
import pytest
import structlog
from asgi import call
from scripted import BOT_ID, ScriptedRuntime

from daehwa.chat import FeedbackRequest, SessionReference
from daehwa.server import ServerSettings, doors

STREAM = {"accept": "text/event-stream"}


async def say(app, text, headers=(), **more):
    return await call(app, "POST", "/chat", {"text": text, **more}, headers)


async def test_a_whole_reply(app, runtime):
    answer = await say(app, "안녕", sessionId="s1", messageId="m1", localeId="ko_KR")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    reply = answer.json
    assert reply["msg"] == "말씀하신 것: 안녕"
    assert (reply["sessionId"], reply["messageId"]) == ("s1", "m1")
    assert reply["requestId"] == answer.headers["x-request-id"]
    request, request_id, _ = runtime.calls[0]
    assert (request.session_id, request.locale_id) == ("s1", "ko_KR")
    assert request_id == reply["requestId"]


async def test_the_persons_language_is_passed_on(app, runtime):
    await say(app, "hello", {"accept-language": "en-US,en;q=0.9"})
    assert runtime.calls[0][2] == "en-US,en;q=0.9"


async def test_a_streamed_reply(app):
    answer = await say(app, "여행", STREAM, sessionId="s1", messageId="m1")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert "content-length" not in answer.headers
    names = [name for name, _ in answer.events]
    assert names == ["start", "status", "delta", "delta", "delta", "done"]
    start = msgspec.json.decode(answer.events[0][1])
    assert start["requestId"] == answer.headers["x-request-id"]
    pieces = [msgspec.json.decode(data)["text"] for name, data in answer.events if name == "delta"]
    assert "".join(pieces) == msgspec.json.decode(answer.events[-1][1])["msg"]


async def test_an_error_in_mid_stream_is_an_event(app):
    answer = await say(app, "error", STREAM)
    assert [name for name, _ in answer.events] == ["start", "error"]


@pytest.mark.parametrize("headers", [{}, STREAM], ids=["whole", "streamed"])
async def test_a_refusal_has_its_own_status(app, headers):
    answer = await say(app, "bad", headers)
    assert answer.status == 400
    assert answer.json == {
        "error": {
            "code": "TextTooLong",
            "message": "as the script says",
            "requestId": answer.headers["x-request-id"],
        }
    }


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"text":7}', b'{"sessionId":"s1"}', b"\xff"])
async def test_a_malformed_body(app, body):
    answer = await call(app, "POST", "/chat", body)
    assert answer.status == 400
    assert answer.json["error"]["code"] == "RequestMalformed"


async def test_too_large_a_body(app, runtime):
    answer = await call(app, "POST", "/chat", [b" " * 40_000] * 2)
    assert answer.status == 413
    assert answer.json["error"]["code"] == "RequestTooLarge"
    assert runtime.calls == []


async def test_a_crash_tells_nothing_but_an_id(app):
    answer = await say(app, "crash")
    assert answer.status == 500
    error = answer.json["error"]
    assert error["code"] == "InternalServerException"
    assert error["requestId"] == answer.headers["x-request-id"]
    assert "script" not in error["message"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [("GET", "/chat", 405, "MethodNotAllowed"), ("GET", "/chat/nothing", 404, "NotFound")],
)
async def test_what_the_router_refuses(app, method, path, status, code):
    answer = await call(app, method, path)
    assert (answer.status, answer.json["error"]["code"]) == (status, code)


async def test_pings_keep_a_silent_stream_open(runtime):
    app = doors(runtime, ServerSettings(ping_seconds=0.05))
    asyncio.get_running_loop().call_later(0.3, runtime.stopped.set)
    answer = await say(app, "slow", STREAM)
    assert answer.body.count(b": ping\n\n") >= 2
    assert answer.events[-1][0] == "done"


async def test_a_client_that_goes_away_ends_the_stream_but_not_the_turn(app, runtime):
    gone = asyncio.Event()
    asyncio.get_running_loop().call_later(0.1, gone.set)
    await call(app, "POST", "/chat", {"text": "slow"}, STREAM, until_gone=gone)
    assert not runtime.stopped.is_set()
    assert [call for call in runtime.calls if call[0] == "stop"] == []


async def test_a_turn_is_stopped_by_name(app, runtime):
    path = f"/chat/sessions/s1/turns/m1/stop?botId={BOT_ID}&localeId=ko_KR"
    answer = await call(app, "POST", path)
    assert (answer.status, answer.body) == (204, b"")
    assert runtime.calls == [
        ("stop", SessionReference(session_id="s1", bot_id=BOT_ID, locale_id="ko_KR"), "m1")
    ]


async def test_the_conversation_so_far(app):
    answer = await call(app, "GET", "/chat/sessions/s1?localeId=ko_KR")
    assert answer.json == {
        "sessionId": "s1",
        "botId": BOT_ID,
        "localeId": "ko_KR",
        "expired": False,
        "open": True,
        "turns": [],
        "earlier": False,
    }


async def test_what_was_said_before_a_turn(app, runtime):
    await call(app, "GET", "/chat/sessions/s1?before=m-7")
    assert [(one[0], one[2]) for one in runtime.calls] == [("transcript", "m-7")]


async def test_forgetting_a_conversation(app, runtime):
    answer = await call(app, "DELETE", f"/chat/sessions/a%3Ab?botId={BOT_ID}")
    assert answer.status == 204
    assert runtime.calls == [("forget", SessionReference(session_id="a:b", bot_id=BOT_ID))]


async def test_following_a_turn(app):
    streamed = await call(app, "GET", "/chat/sessions/s1/turns/m1", headers=STREAM)
    assert [name for name, _ in streamed.events] == ["start", "done"]
    whole = await call(app, "GET", "/chat/sessions/s1/turns/m1")
    assert (whole.status, whole.json["msg"]) == (200, "끝")
    assert (await call(app, "GET", "/chat/sessions/s1/turns/unknown")).status == 404


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ({"rating": "up"}, FeedbackRequest(rating="up")),
        (
            {"rating": "down", "comment": "틀렸어요"},
            FeedbackRequest(rating="down", comment="틀렸어요"),
        ),
        ({"rating": None}, FeedbackRequest()),
    ],
)
async def test_feedback(app, runtime, given, stored):
    answer = await call(app, "POST", "/chat/sessions/s1/turns/m1/feedback", given)
    assert answer.status == 204
    assert runtime.calls == [("rate", SessionReference(session_id="s1"), "m1", stored)]


async def test_feedback_that_is_none(app):
    answer = await call(app, "POST", "/chat/sessions/s1/turns/m1/feedback", {"rating": "meh"})
    assert (answer.status, answer.json["error"]["code"]) == (400, "FeedbackInvalid")


async def test_what_the_page_needs_first(app, runtime):
    answer = await call(
        app, "GET", "/chat/config?localeId=en_US", headers={"accept-language": "ko"}
    )
    assert answer.json["default"] == {"botId": BOT_ID, "localeId": "en_US"}
    assert runtime.calls == [("config", "en_US", "ko")]


# --- who may ask ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://127.0.0.1:8080"},
        {"origin": "https://127.0.0.1:8080", "sec-fetch-site": "same-origin"},
    ],
    ids=["no browser", "the same host", "same origin behind a proxy"],
)
async def test_pages_of_this_site_may_ask(app, headers):
    assert (await say(app, "안녕", headers)).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:8080", "sec-fetch-site": "cross-site"},
        {"origin": "http://127.0.0.1:3000"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
    ids=["another host", "a sandbox", "cross-site", "another port", "no origin", "a sister site"],
)
async def test_pages_of_other_sites_may_not(app, runtime, headers):
    for path in ("/chat", "/chat/sessions", "/v1/chat/completions", "/bots/a", "/chat/signin"):
        answer = await call(app, "POST", path, {"text": "안녕"}, headers)
        assert (answer.status, answer.json["error"]["code"]) == (403, "OriginNotAllowed")
    assert runtime.calls == []


async def test_pages_of_allowed_sites_may_ask():
    site = "https://shop.example"
    app = doors(ScriptedRuntime(), ServerSettings(allowed_origins=(site,)))
    answer = await say(app, "안녕", {"origin": site, "sec-fetch-site": "cross-site"})
    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == site
    assert "x-request-id" in answer.headers["access-control-expose-headers"]
    asked = {
        "origin": site,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    preflight = await call(app, "OPTIONS", "/chat", headers=asked)
    assert preflight.status == 200
    assert preflight.headers["access-control-allow-origin"] == site


@pytest.mark.parametrize("allowed", [(), ("https://shop.example",)], ids=["none", "another"])
@pytest.mark.parametrize("path", ["/chat", "/v1/chat/completions", "/bots/a/x", "/intents", "/"])
async def test_a_preflight_of_another_site_is_refused_and_names_the_setting(path, allowed):
    app = doors(ScriptedRuntime(), ServerSettings(allowed_origins=allowed))
    headers = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    with structlog.testing.capture_logs() as logs:
        answer = await call(app, "OPTIONS", path, headers=headers)
    assert (answer.status, answer.json["error"]["code"]) == (403, "OriginNotAllowed")
    assert "DAEHWA_ALLOWED_ORIGINS" in answer.json["error"]["message"]
    assert "access-control-allow-origin" not in answer.headers
    (line,) = [one for one in logs if one["event"] == "preflight_refused"]
    assert (line["origin"], line["path"]) == ("https://evil.example", path)
    assert line["set"] == "DAEHWA_ALLOWED_ORIGINS"
    (request,) = [one for one in logs if one["event"] == "request"]
    assert (request["status"], request["error"]) == (403, "OriginNotAllowed")


async def test_an_answer_that_a_page_of_another_site_may_not_read_leaves_a_line_in_the_log():
    """A simple GET has no preflight: the server answers it, and the browser keeps the answer."""
    app = doors(ScriptedRuntime(), ServerSettings(allowed_origins=("https://shop.example",)))
    origins = ("https://evil.example", "null", "https://shop.example", "http://127.0.0.1:8080")
    with structlog.testing.capture_logs() as logs:
        for origin in origins:
            headers = {"origin": origin, "host": "127.0.0.1:8080"}
            assert (await call(app, "GET", "/healthz", headers=headers)).status == 200
        await call(app, "GET", "/healthz", headers={"host": "127.0.0.1:8080"})
    lines = [one for one in logs if one["event"] == "read_refused"]
    assert [line["origin"] for line in lines] == ["https://evil.example", "null"]
    assert {line["set"] for line in lines} == {"DAEHWA_ALLOWED_ORIGINS"}


async def test_a_server_with_a_token_asks_for_it():
    app = doors(ScriptedRuntime(), ServerSettings(token="secret"))
    for headers in ({}, {"authorization": "Bearer other"}):
        refused = await say(app, "안녕", headers)
        assert (refused.status, refused.json["error"]["code"]) == (401, "TokenMissing")
    assert (await say(app, "안녕", {"authorization": "Bearer secret"})).status == 200
    assert (await call(app, "GET", "/healthz")).status == 200


@pytest.mark.parametrize("kind", ["sessionAttributes", "requestAttributes"])
async def test_a_visitor_sets_no_attribute_but_those_of_the_list(kind):
    """A bot's conditions and code hooks trust them."""
    runtime = ScriptedRuntime()
    app = doors(runtime, ServerSettings(loopback=False, client_attributes=("tier",)))
    answer = await say(app, "hi", **{kind: {"tier": "a", "isAdmin": "true"}})
    assert (answer.status, answer.json["error"]["code"]) == (403, "AttributeNotAllowed")
    assert "isAdmin" in answer.json["error"]["message"]
    assert runtime.calls == []
    assert (await say(app, "hi", **{kind: {"tier": "a"}})).status == 200


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        (ServerSettings(), 200),
        (ServerSettings(client_attributes=()), 403),
        (ServerSettings(loopback=False), 403),
        (ServerSettings(loopback=False, client_attributes=("*",)), 200),
        # Names of others on loopback speak for a proxy.
        (ServerSettings(allowed_hosts=("shop.example", "testserver")), 403),
    ],
)
async def test_whose_attributes_are_taken_where_nothing_is_set(settings, status):
    app = doors(ScriptedRuntime(), settings)
    answer = await say(app, "hi", {"host": "localhost"}, sessionAttributes={"a": "b"})
    assert answer.status == status
    assert (await say(app, "hi", {"host": "localhost"}, sessionAttributes={})).status == 200
