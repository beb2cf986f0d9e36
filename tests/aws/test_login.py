"""Signing in to the chat at an issuer on loopback, and being kept out without."""

import json
import time
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from daehwa.aws import chat as chat_module
from daehwa.aws import login
from daehwa.aws.chat import ChatFunction, lambda_handler
from daehwa.aws.edge import Edge
from daehwa.aws.lex_alias import LexAlias
from daehwa.aws.page_content import PageContent

from .conftest import ALIAS, BOT, PAGE, SECRET
from .loopback import Loopback
from .signing_keys import SigningKey, encoded

HOST = "chat.example"


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    return SigningKey(tmp_path_factory.mktemp("keys"), "first")


class Issuer(Loopback):
    """An OpenID Connect issuer: says where its endpoints are, and gives tokens for codes."""

    def __init__(self, key):
        self.key = key
        self.codes = []
        super().__init__()

    def answer(self, sent):
        if sent.method == "POST":
            form = dict(parse_qsl(sent.raw.decode()))
            self.codes.append(form)
            right = form["code"] == "the-code"
            return 200, {}, {"id_token": self.token()} if right else {"error": "invalid_grant"}
        if sent.path != "/.well-known/openid-configuration":
            return 200, {}, {"keys": [self.key.jwk]}
        about = {"authorization_endpoint": "authorize", "token_endpoint": "token"}
        about |= {"jwks_uri": "keys"}
        return 200, {}, {name: f"{self.url}/{path}" for name, path in about.items()}

    def token(self, **changed):
        claims = {"iss": self.url, "aud": "client-1", "exp": int(time.time()) + 900, "sub": "who"}
        return self.key.sign(claims | changed)


@pytest.fixture
def issuer(key, environ, transcript, monkeypatch):
    issuer = Issuer(key)
    runtime = LexAlias(BOT, ALIAS, environ)
    edge = Edge.from_environment({"LOGIN_ISSUER": issuer.url, "LOGIN_AUDIENCE": "client-1"})
    chat = ChatFunction(runtime, transcript, PageContent(BOT, "en_US", PAGE), edge=edge)
    monkeypatch.setattr(chat_module, "_kept", [chat])
    yield issuer
    runtime.close()
    issuer.close()


def send(method, path, cookies=(), **headers):
    where, _, query = path.partition("?")
    event = {
        "version": "2.0",
        "rawPath": where,
        "headers": {"x-session-secret": SECRET, "x-viewer-host": HOST} | headers,
        "queryStringParameters": dict(parse_qsl(query)),
        "cookies": list(cookies),
        "requestContext": {"http": {"method": method}},
        "body": json.dumps({"text": "hi"}) if method == "POST" else None,
    }
    return lambda_handler(event)


def cookie(answer):
    """What a browser would send back."""
    return answer["headers"]["set-cookie"].partition(";")[0]


@pytest.mark.parametrize("path", ["/chat", "/chat/sessions"])
def test_without_a_token_nobody_talks(issuer, lex, path):
    answer = send("POST", path)
    assert answer["statusCode"] == 401
    assert json.loads(answer["body"])["error"]["code"] == "TokenMissing"
    assert send("GET", "/chat/config")["statusCode"] == 401
    assert send("POST", path, authorization="Basic eA==")["statusCode"] == 401
    assert send("POST", path, authorization="Bearer x.y.z")["statusCode"] == 401
    assert send("POST", path, cookies=[f"{login.COOKIE}=x"])["statusCode"] == 401
    assert lex.requests == []


def test_a_program_brings_its_token(issuer):
    assert send("POST", "/chat", authorization=f"Bearer {issuer.token()}")["statusCode"] == 200


def unsigned(issuer):
    head, body, _ = issuer.token().split(".")
    none = encoded({"alg": "none", "kid": issuer.key.name})
    return [f"{none}.{body}.", f"{head}.{body}."]


def test_a_token_that_is_not_for_this_chat_lets_nobody_in(issuer, lex, tmp_path):
    """Real tokens of an issuer that is reached over HTTP, as a program and a browser send them."""
    stranger = SigningKey(tmp_path, "stranger")
    wrong = [
        issuer.token(aud="client-2"),
        issuer.token(iss="https://evil.example"),
        issuer.token(exp=int(time.time()) - 120),
        issuer.token(nbf=int(time.time()) + 600),
        stranger.sign({"iss": issuer.url, "aud": "client-1", "exp": int(time.time()) + 900}),
        *unsigned(issuer),
    ]
    assert send("POST", "/chat", authorization=f"Bearer {issuer.token()}")["statusCode"] == 200
    for token in wrong:
        assert send("POST", "/chat", authorization=f"Bearer {token}")["statusCode"] == 401
        assert send("POST", "/chat", cookies=[f"{login.COOKIE}={token}"])["statusCode"] == 401
    assert len(lex.requests) == 1


def test_a_plain_event_needs_none(issuer):
    assert lambda_handler({"text": "hi"})["statusCode"] == 200


def test_a_visitor_signs_in(issuer):
    led = send("GET", "/chat/login")
    assert (led["statusCode"], led["headers"]["cache-control"]) == (302, "no-store")
    address = urlsplit(led["headers"]["location"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{issuer.url}/authorize"
    wanted = {name: value for name, (value,) in parse_qs(address.query).items()}
    assert wanted["client_id"] == "client-1"
    assert wanted["redirect_uri"] == f"https://{HOST}/chat/login/callback"
    assert wanted["code_challenge_method"] == "S256"
    for word in ("HttpOnly", "Secure", "SameSite=Lax", "Path=/"):
        assert word in led["headers"]["set-cookie"]
    back = send(
        "GET",
        f"/chat/login/callback?code=the-code&state={wanted['state']}",
        cookies=[cookie(led)],
    )
    assert (back["statusCode"], back["headers"]["location"]) == (302, "/")
    assert "HttpOnly" in back["headers"]["set-cookie"]
    (sent,) = issuer.codes
    assert sent["redirect_uri"] == wanted["redirect_uri"]
    assert sent["code_verifier"] != wanted["code_challenge"]
    assert send("POST", "/chat", cookies=["other=1", cookie(back)])["statusCode"] == 200


def test_nobody_is_signed_in_by_a_link(issuer):
    """Neither without the cookie of the browser that began, nor with another's."""
    led = send("GET", "/chat/login")
    path = "/chat/login/callback?code=the-code&state="
    state = parse_qs(urlsplit(led["headers"]["location"]).query)["state"][0]
    assert send("GET", path + state)["statusCode"] == 401
    other = send("GET", "/chat/login")
    assert send("GET", path + state, cookies=[cookie(other)])["statusCode"] == 401
    assert send("GET", path, cookies=["__Host-daehwa-state=."])["statusCode"] == 401
    assert issuer.codes == []


def test_two_tabs_sign_in_at_the_same_time(issuer):
    led = [send("GET", "/chat/login") for _ in range(2)]
    cookies = [cookie(one) for one in led]
    for one in led:
        state = parse_qs(urlsplit(one["headers"]["location"]).query)["state"][0]
        path = f"/chat/login/callback?code=the-code&state={state}"
        assert send("GET", path, cookies=cookies)["statusCode"] == 302


def test_a_visitor_who_is_refused_has_no_token_asked_for(issuer):
    led = send("GET", "/chat/login")
    state = parse_qs(urlsplit(led["headers"]["location"]).query)["state"][0]
    path = f"/chat/login/callback?error=access_denied&state={state}"
    assert send("GET", path, cookies=[cookie(led)])["statusCode"] == 401
    assert issuer.codes == []


def test_a_token_that_no_cookie_holds_is_the_issuers_setting(issuer, monkeypatch, capsys):
    token = issuer.token(groups=["x" * 36] * 100)
    monkeypatch.setattr(issuer, "token", lambda: token)
    led = send("GET", "/chat/login")
    state = parse_qs(urlsplit(led["headers"]["location"]).query)["state"][0]
    path = f"/chat/login/callback?code=the-code&state={state}"
    answer = send("GET", path, cookies=[cookie(led)])
    assert json.loads(answer["body"])["error"]["code"] == "Misconfigured"
    assert "more than a cookie holds" in capsys.readouterr().out


def test_a_code_that_the_issuer_does_not_know_signs_nobody_in(issuer):
    led = send("GET", "/chat/login")
    state = parse_qs(urlsplit(led["headers"]["location"]).query)["state"][0]
    path = f"/chat/login/callback?code=guessed&state={state}"
    assert send("GET", path, cookies=[cookie(led)])["statusCode"] == 401


def test_an_issuer_that_is_out_of_reach_is_said(issuer):
    issuer.close()
    answer = send("POST", "/chat", authorization=f"Bearer {issuer.token()}")
    assert answer["statusCode"] == 500
