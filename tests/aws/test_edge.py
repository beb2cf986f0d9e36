"""What stands before the chat function: strangers, other sites, scripts, their limits."""

import json

import pytest

from daehwa.aws import chat as chat_module
from daehwa.aws import hook
from daehwa.aws.chat import ChatFunction, lambda_handler
from daehwa.aws.counter_table import CounterTable
from daehwa.aws.cross_origin import CrossOrigin
from daehwa.aws.edge import Edge
from daehwa.aws.errors import Misconfigured
from daehwa.aws.lex_alias import LexAlias
from daehwa.aws.limits import CallLimits
from daehwa.aws.origin_secret import OriginSecret
from daehwa.aws.page_content import PageContent
from daehwa.aws.secret import SecretVersion

from .conftest import ALIAS, BOT, PAGE, SECRET
from .services import StubServices

ARN = "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:origin"
SITE, OTHER = "https://shop.example", "https://evil.example"
NOW = 1_800_000_000.0


@pytest.fixture
def services():
    stub = StubServices()
    stub.secrets[ARN] = "of-the-deployment"
    yield stub
    stub.close()


@pytest.fixture
def limits(services, now):
    counters = CounterTable("counters", environ=services.environ(), clock=lambda: now[0])
    yield lambda **of: CallLimits(counters, **of)
    counters.close()


@pytest.fixture
def serve(environ, transcript, now, monkeypatch):
    """Give the function an edge."""
    runtime = LexAlias(BOT, ALIAS, environ)

    def serve(**parts):
        page = PageContent(BOT, "en_US", PAGE)
        chat = ChatFunction(runtime, transcript, page, edge=Edge(**parts), clock=lambda: now[0])
        monkeypatch.setattr(chat_module, "_kept", [chat])
        return chat

    yield serve
    runtime.close()


def send(method="POST", path="/chat", body=None, source="198.51.100.7", **headers):
    """A request; status, headers and content."""
    event = {
        "version": "2.0",
        "rawPath": path,
        "headers": {"x-session-secret": SECRET} | headers,
        "requestContext": {"http": {"method": method, "sourceIp": source}},
        "body": json.dumps({"text": "hi"} if body is None and method == "POST" else body),
    }
    answer = lambda_handler(event)
    content = json.loads(answer.get("body") or "{}")
    return answer["statusCode"], answer["headers"], content


def code(answer):
    return answer[0], (answer[2].get("error") or {}).get("code")


# --- around CloudFront ---


@pytest.fixture
def origin(services, serve, monkeypatch):
    for name, value in services.environ().items():
        monkeypatch.setenv(name, value)
    origin = OriginSecret.from_environment({"ORIGIN_SECRET_ARN": ARN})
    serve(origin=origin)
    return origin


@pytest.mark.parametrize("sent", [{}, {"x-origin-verify": ""}, {"x-origin-verify": "guessed"}])
@pytest.mark.parametrize("path", ["/chat", "/chat/sessions", "/chat/nothing"])
def test_who_calls_around_cloudfront_is_refused(origin, lex, sent, path, capsys):
    assert code(send(path=path, **sent)) == (403, "AddressClosed")
    assert lex.requests == []
    assert "of-the-deployment" not in capsys.readouterr().out


def test_who_comes_through_cloudfront_is_answered(origin, services):
    for _ in range(3):
        assert send(**{"x-origin-verify": "of-the-deployment"})[0] == 200
    # It is read once in an execution environment.
    assert [name for name, _ in services.calls] == ["GetSecretValue"]


def test_a_secret_that_was_changed_is_read_again_but_not_at_every_guess(services, monkeypatch):
    now, reads = [1000.0], []

    def read(_stage):
        reads.append(now[0])
        return SecretVersion("second" if len(reads) > 1 else "first", -1e9)

    origin = OriginSecret(read, clock=lambda: now[0])
    request = chat_module.gateway.request

    def sent(value):
        headers = {"x-origin-verify": value}
        context = {"http": {"method": "GET"}}
        origin.check(request({"headers": headers, "requestContext": context}, "r-1"))

    sent("first")
    for _ in range(20):
        with pytest.raises(Exception, match="takes no calls"):
            sent("second")
    assert len(reads) == 1
    now[0] += 61
    sent("second")
    assert len(reads) == 2


def test_a_new_secret_and_the_one_before_are_right_for_an_hour(origin, services, now):
    """CloudFront sends the old one until a deployment has given it the new one."""
    origin._clock = lambda: now[0]
    old, new = {"x-origin-verify": "of-the-deployment"}, {"x-origin-verify": "new"}
    assert send(**old)[0] == 200
    services.previous[ARN], services.secrets[ARN] = "of-the-deployment", "new"
    services.made_at[ARN] = now[0] + 60
    now[0] += 62
    assert send(**new)[0] == 200
    assert send(**old)[0] == 200
    cold = OriginSecret.from_environment({"ORIGIN_SECRET_ARN": ARN})
    cold._clock = origin._clock
    context = {"http": {"method": "GET"}}
    request = chat_module.gateway.request({"headers": old, "requestContext": context}, "r-1")
    cold.check(request)
    now[0] += 3600
    assert code(send(**old)) == (403, "AddressClosed")
    assert send(**new)[0] == 200


def test_a_secret_that_cannot_be_read_again_goes_on_and_strangers_stay_out(
    origin, services, now, capsys
):
    origin._clock = lambda: now[0]
    right = {"x-origin-verify": "of-the-deployment"}
    assert send(**right)[0] == 200
    now[0] += 61
    services.secrets.clear()
    assert code(send(**{"x-origin-verify": "guessed"})) == (403, "AddressClosed")
    assert "ResourceNotFoundException" in capsys.readouterr().out
    assert send(**right)[0] == 200


def test_a_secret_that_is_not_there_lets_nobody_in(services, origin):
    services.secrets.clear()
    assert code(send(**{"x-origin-verify": ""})) == (500, "Misconfigured")


def test_an_empty_secret_lets_nobody_in(services, origin):
    services.secrets[ARN] = ""
    assert code(send(**{"x-origin-verify": ""})) == (500, "Misconfigured")


def test_a_plain_event_needs_no_header(origin):
    """Who may invoke the function is IAM's business."""
    assert lambda_handler({"text": "hi"})["statusCode"] == 200


# --- limits ---


def test_an_address_that_sends_too_much_waits(serve, limits, lex, now):
    serve(limits=limits(by_address=3))
    assert [send()[0] for _ in range(5)] == [200, 200, 200, 429, 429]
    _, headers, content = send()
    assert content["error"]["code"] == "TooManyRequests"
    assert 1 <= int(headers["retry-after"]) <= 60
    assert len(lex.requests) == 3
    assert send(source="198.51.100.8")[0] == 200
    now[0] += 60
    assert send()[0] == 200


def test_who_is_over_the_limit_costs_no_call(serve, limits, services):
    serve(limits=limits(by_address=1))
    for _ in range(10):
        send()
    assert len(services.calls) == 2


def test_reading_is_not_counted(serve, limits):
    serve(limits=limits(by_address=1))
    assert [send("GET", "/chat/config")[0] for _ in range(5)] == [200] * 5


def test_a_home_is_one_address(serve, limits):
    serve(limits=limits(by_address=1))
    assert send(source="2001:db8:1:2::1")[0] == 200
    assert send(source="2001:db8:1:2:ffff::9")[0] == 429
    assert send(source="2001:db8:1:3::1")[0] == 200
    assert send(source="::ffff:198.51.100.9")[0] == 200
    assert send(source="198.51.100.9")[0] == 429


def test_an_address_is_not_kept(serve, limits, services):
    serve(limits=limits(by_address=9))
    send()
    assert "198.51.100.7" not in json.dumps(services.calls)


def test_the_viewers_address_is_cloudfronts_and_nobody_elses(serve, limits, origin):
    """Around CloudFront a caller would have a new address for each request."""
    serve(limits=limits(by_address=1))
    assert send(**{"x-viewer-address": "203.0.113.1"})[0] == 200
    assert send(**{"x-viewer-address": "203.0.113.2"})[0] == 429
    serve(limits=limits(by_address=1), origin=origin)
    known = {"x-origin-verify": "of-the-deployment"}
    assert send(**known, **{"x-viewer-address": "203.0.113.3"})[0] == 200
    assert send(**known, **{"x-viewer-address": "203.0.113.4"})[0] == 200
    assert send(**known, **{"x-viewer-address": "203.0.113.3"})[0] == 429


def test_a_day_has_so_many_turns(serve, limits, lex, transcript, now):
    serve(limits=limits(turns=2))
    assert [code(send()) for _ in range(3)] == [(200, None)] * 2 + [(429, "DailyLimitReached")]
    assert len(lex.requests) == 2
    assert len(transcript.kept) == 2, "a turn that was refused can be sent again"
    assert lambda_handler({"text": "hi"})["statusCode"] == 429
    now[0] += 86_400
    assert send()[0] == 200


def test_a_message_that_is_sent_again_is_no_turn(serve, limits):
    serve(limits=limits(turns=1))
    body = {"text": "hi", "sessionId": "s-1", "messageId": "m-1"}
    assert [send(body=body)[0] for _ in range(3)] == [200] * 3


def test_a_guard_that_fails_keeps_nobody_from_talking(serve, limits, services, capsys):
    serve(limits=limits(by_address=1, turns=1))
    services.failing.add("UpdateItem")
    assert [send()[0] for _ in range(3)] == [200] * 3
    assert '"event": "limit_unchecked"' in capsys.readouterr().out


# --- the rates of daehwa.toml ---

RATES = {"turns": {"session": (1.0, 2.0)}, "answers": {"session": (0.5, 1.0)}}


def test_a_session_talks_at_its_rate(serve, limits, lex, now, transcript):
    """``60/m burst 2``: two at once, then one a second; other sessions go on."""
    serve(limits=limits(rates=RATES))

    def say(session):
        return code(send(body={"text": "hi", "sessionId": session}))

    assert [say("s-1")[0] for _ in range(3)] == [200, 200, 429]
    status, headers, content = send(body={"text": "hi", "sessionId": "s-1"})
    assert (status, headers["retry-after"]) == (429, "1")
    assert content["error"]["code"] == "TooManyRequests"
    assert say("s-2")[0] == 200
    assert len(lex.requests) == 3
    assert len(transcript.kept) == 3, "a turn that was refused can be sent again"
    now[0] += 1
    assert [say("s-1")[0] for _ in range(2)] == [200, 429]


def test_an_address_talks_at_its_rate_whatever_its_sessions(serve, limits, services):
    serve(limits=limits(rates={"turns": {"address": (1.0, 2.0)}}))
    assert [send()[0] for _ in range(3)] == [200, 200, 429]
    assert send(source="198.51.100.8")[0] == 200
    assert "198.51.100" not in json.dumps(services.calls)


def test_a_plain_event_has_no_rate(serve, limits):
    """Whoever may invoke the function may talk for many people, in one session."""
    serve(limits=limits(rates=RATES))
    event = {"text": "hi", "sessionId": "everybody"}
    assert [lambda_handler(event)["statusCode"] for _ in range(4)] == [200] * 4


def test_rates_that_cannot_be_counted_keep_nobody_from_talking(serve, limits, services, capsys):
    serve(limits=limits(rates=RATES))
    services.failing.add("UpdateItem")
    assert [send(body={"text": "hi", "sessionId": "s-1"})[0] for _ in range(4)] == [200] * 4
    assert '"event": "limit_unchecked"' in capsys.readouterr().out


def test_a_session_has_models_asked_at_its_rate(serve, limits, lex, monkeypatch, capsys):
    """Whose question it is travels to the code hook in a request attribute, as a pseudonym."""
    monkeypatch.setattr(hook, "_limits", [limits(rates=RATES)])
    monkeypatch.setattr("daehwa.aws.chatgpt.lambda_handler", lambda event, _: {"answered": True})
    serve(limits=limits(rates=RATES))
    send(body={"text": "hi", "sessionId": "s-1"})
    sent = lex.sent()["requestAttributes"]
    assert "198.51.100.7" not in json.dumps(sent)

    def ask(session, attributes):
        event = {
            "inputTranscript": "why?",
            "sessionId": session,
            "requestAttributes": attributes,
            "bot": {"localeId": "en_US"},
            "sessionState": {"intent": {"name": "FallbackIntent"}},
        }
        return hook.lambda_handler(event)

    assert ask("s-1", sent) == {"answered": True}
    refused = ask("s-1", sent)
    assert refused["requestAttributes"]["daehwa:error"] == "questions_too_many"
    (line,) = (json.loads(one) for one in capsys.readouterr().out.splitlines() if "many" in one)
    assert "error" not in line, "an alarm counts those: no model has failed"
    assert refused["messages"][0]["content"]
    assert ask("s-2", sent) == {"answered": True}
    assert ask("s-1", {}) == {"answered": True}, "another channel of Lex's"


@pytest.mark.parametrize("name", ["ADDRESS_RATE", "DAILY_TURNS"])
def test_a_limit_that_is_no_number_is_said(name):
    with pytest.raises(Misconfigured, match=name):
        CallLimits.from_environment({name: "many"})


@pytest.mark.parametrize("given", ["[]", "{", '{"turns": {"session": "60/m"}}', '{"turns": [1]}'])
def test_rates_that_are_none_are_said(given):
    with pytest.raises(Misconfigured, match="LIMITS"):
        CallLimits.from_environment({"LIMITS": given})


# --- strangers' attributes ---


@pytest.mark.parametrize("kind", ["sessionAttributes", "requestAttributes"])
def test_a_stranger_sets_no_attribute_but_those_of_the_list(serve, lex, kind):
    serve(attributes=("tier",))
    assert code(send(body={"text": "hi", kind: {"isAdmin": "true"}})) == (
        403,
        "AttributeNotAllowed",
    )
    assert lex.requests == []
    assert send(body={"text": "hi", kind: {"tier": "a"}})[0] == 200
    serve(attributes=("*",))
    assert send(body={"text": "hi", kind: {"isAdmin": "true"}})[0] == 200


def test_a_plain_event_sets_what_it_will(serve, lex):
    serve()
    assert lambda_handler({"text": "hi", "sessionAttributes": {"a": "b"}})["statusCode"] == 200
    assert lex.sent()["sessionState"]["sessionAttributes"] == {"a": "b"}


def test_a_stranger_does_not_guess_his_way_into_a_conversation(serve):
    serve()
    body = {"text": "my secret", "sessionId": "me-1"}
    assert send(body=body)[0] == 200
    for path in ("/chat/sessions/me-1", "/chat/sessions/me-1/turns/m-1"):
        assert code(send("GET", path, **{"x-session-secret": "x"})) == (400, "SecretInvalid")
        _, _, content = send("GET", path, **{"x-session-secret": "t" * 43})
        assert not content.get("turns")
    nobody = {
        "headers": {},
        "rawPath": "/chat/sessions/me-1",
        "requestContext": {"http": {"method": "GET"}},
    }
    assert lambda_handler(nobody)["statusCode"] == 401


# --- pages of other sites ---


PREFLIGHT = {
    "access-control-request-method": "POST",
    "access-control-request-headers": "content-type,x-session-secret",
}


def test_an_allowed_site_asks_first_and_reads_what_comes(serve):
    serve(cross=CrossOrigin([SITE]))
    status, headers, _ = send("OPTIONS", origin=SITE, **PREFLIGHT)
    assert status == 204
    assert headers["access-control-allow-origin"] == SITE
    assert "POST" in headers["access-control-allow-methods"]
    assert headers["access-control-allow-headers"] == "content-type,x-session-secret"
    assert headers["vary"] == "Origin"
    status, headers, _ = send(origin=SITE, **{"sec-fetch-site": "cross-site"})
    assert (status, headers["access-control-allow-origin"]) == (200, SITE)
    assert "x-session-secret" in headers["access-control-expose-headers"]
    # An error is to be read as well.
    status, headers, _ = send(body={"text": ""}, origin=SITE)
    assert (status, headers["access-control-allow-origin"]) == (400, SITE)


def test_any_other_site_is_refused(serve, lex):
    serve(cross=CrossOrigin([SITE]))
    assert code(send("OPTIONS", origin=OTHER, **PREFLIGHT)) == (403, "OriginNotAllowed")
    status, headers, content = send(origin=OTHER, **{"sec-fetch-site": "cross-site"})
    assert (status, content["error"]["code"]) == (403, "OriginNotAllowed")
    assert "access-control-allow-origin" not in headers
    assert lex.requests == []


def test_without_allowed_sites_the_page_of_the_deployment_talks(serve):
    serve()
    assert send(origin="https://d1.cloudfront.net", **{"sec-fetch-site": "same-origin"})[0] == 200
    own = {"x-viewer-host": "d1.cloudfront.net"}
    assert send(origin="https://d1.cloudfront.net", **own)[0] == 200
    assert code(send(origin=OTHER, **own)) == (403, "OriginNotAllowed")
    assert code(send("OPTIONS", origin=OTHER, **PREFLIGHT)) == (403, "OriginNotAllowed")
    # No browser: curl, another server.
    status, headers, _ = send()
    assert status == 200
    assert not any(name.startswith("access-control") for name in headers)


def test_all_sites(serve):
    serve(cross=CrossOrigin(["*"]))
    assert send(origin=OTHER)[1]["access-control-allow-origin"] == "*"


def test_the_environment_is_read():
    edge = Edge.from_environment(
        {"ALLOWED_ORIGINS": f"{SITE}, https://b.example", "CLIENT_ATTRIBUTES": "a, b"}
    )
    request = chat_module.gateway.request(
        {"headers": {"Origin": "https://b.example"}, "requestContext": {"http": {"method": "GET"}}},
        "r-1",
    )
    assert edge.headers(request)["access-control-allow-origin"] == "https://b.example"
    edge.check_attributes(request, {"sessionAttributes": {"a": "1", "b": "2"}})
