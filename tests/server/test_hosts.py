"""Under which names the server answers: a page of another site may have its name lead here."""

import pytest
from asgi import call
from scripted import ScriptedRuntime

from daehwa.server import ServerSettings, doors

SESSION = "/bots/SCRIPTBOT1/botAliases/TSTALIASID/botLocales/ko_KR/sessions/s1"
DOORS = [
    ("GET", "/"),
    ("GET", "/healthz"),
    ("GET", "/metrics"),
    ("GET", "/openapi.json"),
    ("GET", "/chat/config"),
    ("GET", "/chat/sessions/s1"),
    ("POST", "/chat"),
    ("DELETE", "/chat/sessions/s1"),
    ("GET", SESSION),
    ("POST", f"{SESSION}/text"),
    ("POST", "/bots/"),
    ("PUT", "/bots/"),
    ("GET", "/v1/models"),
    ("POST", "/v1/chat/completions"),
]


def server(*allowed, loopback=True):
    settings = ServerSettings(allowed_hosts=allowed, loopback=loopback)
    return doors(ScriptedRuntime(), settings)


async def status(app, host, method="GET", path="/healthz", **headers):
    return (await call(app, method, path, headers={"host": host, **headers})).status


@pytest.mark.parametrize(("method", "path"), DOORS)
async def test_no_door_opens_for_a_name_that_leads_here(method, path):
    evil = {"origin": "http://evil.example:8080", "sec-fetch-site": "same-origin"}
    app = server()
    answer = await call(app, method, path, headers={"host": "evil.example:8080", **evil})
    assert (answer.status, answer.json["error"]["code"]) == (421, "HostNotAllowed")
    assert "DAEHWA_ALLOWED_HOSTS" in answer.json["error"]["message"]


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:8080",
        "localhost.",
        "shop.localhost:8080",
        "127.0.0.1:8080",
        "127.9.9.9",
        "[::1]:8080",
        "[::ffff:127.0.0.1]:8080",
    ],
)
async def test_on_loopback_this_machine_s_own_names_are_welcome(host):
    assert await status(server(), host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "10.0.0.5",
        "",
        "[::2]",
        "[::ffff:10.0.0.5]",
        "xlocalhost",
        "[::1].evil.example",
        "localhost:80.evil.example",
        "[]",
    ],
)
async def test_on_loopback_all_other_names_are_refused(host):
    assert await status(server(), host) == 421


async def test_a_health_check_in_http_1_0_names_no_host():
    # What HAProxy sends; of a missing header Granian makes an empty one.
    answer = await call(server(), "GET", "/healthz", headers={"host": ""}, http="1.0")
    assert answer.status == 200
    named = await call(server(), "GET", "/healthz", headers={"host": "evil.example"}, http="1.0")
    assert named.status == 421


@pytest.mark.parametrize("origin", ["null", "file://", ""])
async def test_an_origin_without_a_name_is_not_the_host_that_is_missing(origin):
    answer = await call(server(), "POST", "/chat", {}, {"host": "", "origin": origin}, http="1.0")
    assert answer.json["error"]["code"] == "OriginNotAllowed"


async def test_names_can_be_allowed():
    app = server("chat.example", ".bots.example")
    for host in ("chat.example", "Chat.Example:443", "bots.example", "a.b.bots.example", "[::1]"):
        assert await status(app, host) == 200
    for host in ("evil.example", "xbots.example", "x.chat.example"):
        assert await status(app, host) == 421


async def test_off_loopback_any_name_is_welcome_until_some_are_named():
    assert await status(server(loopback=False), "anything.example") == 200
    named = server("chat.example", loopback=False)
    assert await status(named, "chat.example") == 200
    assert await status(named, "localhost") == 421


async def test_any_name_can_be_allowed():
    assert await status(server("*"), "anything.example") == 200


async def test_a_request_that_names_two_hosts_is_refused():
    """A proxy in front may have looked at the other one."""
    app = server()

    async def twice(scope, receive, send):
        hosts = [(b"host", b"evil.example"), (b"host", b"localhost")]
        await app(scope | {"headers": hosts}, receive, send)

    assert (await call(twice, "GET", "/healthz")).status == 421
