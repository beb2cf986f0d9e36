"""Tokens of an issuer: signed by OpenSSL here, as Cognito and its like sign them."""

import socket
import threading

import pytest

from daehwa.aws import id_token
from daehwa.aws.errors import Misconfigured
from daehwa.aws.id_token import IdTokens
from daehwa.chat import ChatError

from .signing_keys import SigningKey, encoded

ISSUER = "https://cognito-idp.ap-northeast-2.amazonaws.com/pool"
NOW = 1_800_000_000
CLAIMS = {"iss": ISSUER, "aud": "client-1", "exp": NOW + 600, "sub": "somebody"}


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    return SigningKey(tmp_path_factory.mktemp("keys"), "first")


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    return SigningKey(tmp_path_factory.mktemp("keys"), "second")


class Issuer:
    """What an issuer publishes."""

    def __init__(self, *keys):
        self.keys = list(keys)
        self.fetched = []

    def fetch(self, url):
        self.fetched.append(url)
        if url == f"{ISSUER}/.well-known/openid-configuration":
            return {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/.well-known/jwks.json"}
        assert url == f"{ISSUER}/.well-known/jwks.json"
        return {"keys": [key.jwk for key in self.keys]}


@pytest.fixture
def issuer(key):
    return Issuer(key)


@pytest.fixture
def now():
    return [float(NOW)]


@pytest.fixture
def tokens(issuer, now):
    return IdTokens(ISSUER, "client-1", fetch=issuer.fetch, clock=lambda: now[0])


def test_a_token_of_the_issuer_is_right(tokens, key, issuer):
    for _ in range(3):
        assert tokens.check(key.sign(CLAIMS))["sub"] == "somebody"
    assert len(issuer.fetched) == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://evil.example"},
        {"aud": "client-2"},
        {"aud": ["client-2", "client-3"]},
        {"aud": None},
        {"exp": NOW - 61},
        {"exp": "soon"},
        {"exp": None},
        {"nbf": NOW + 600},
        {"exp": float("nan")},
    ],
)
def test_a_token_for_another_time_place_or_client_is_not(tokens, key, changed):
    claims = {name: value for name, value in {**CLAIMS, **changed}.items() if value is not None}
    with pytest.raises(ChatError) as refused:
        tokens.check(key.sign(claims))
    assert (refused.value.code, refused.value.status) == ("TokenUnknown", 401)


def test_several_audiences_and_cognitos_access_token(tokens, key):
    assert tokens.check(key.sign({**CLAIMS, "aud": ["client-0", "client-1"]}))
    access = {name: value for name, value in CLAIMS.items() if name != "aud"}
    assert tokens.check(key.sign({**access, "client_id": "client-1", "token_use": "access"}))


def test_a_token_that_names_no_key_is_signed_with_the_only_one(tokens, issuer, key, other, now):
    """The name may be left out where the issuer has one key (OpenID Connect Core, 10.1)."""
    assert tokens.check(key.sign(CLAIMS, kid=None))
    with pytest.raises(ChatError):
        tokens.check(other.sign(CLAIMS, kid=None))
    issuer.keys.append(other)
    now[0] += 3601
    late = CLAIMS | {"exp": now[0] + 900}
    with pytest.raises(ChatError):
        tokens.check(key.sign(late, kid=None))


def test_a_token_that_is_forged_is_not(tokens, key, other):
    right = key.sign(CLAIMS)
    head, body, signature = right.split(".")
    admin = encoded({**CLAIMS, "sub": "admin"})
    forged = [
        f"{head}.{admin}.{signature}",
        f"{head}.{body}.",
        f"{head}.{body}.{signature[:-4]}",
        f"{head}.{body}.{signature}AAAA",
        f"{encoded({'alg': 'none'})}.{body}.",
        f"{encoded({'alg': 'none', 'kid': 'first'})}.{body}.{signature}",
        other.sign(CLAIMS, kid="first"),
        other.sign(CLAIMS),
        key.sign(CLAIMS, alg="HS256"),
        key.sign(CLAIMS, digest="-sha1"),
        key.sign(CLAIMS, crit=["exp"]),
        "",
        "...",
        "a.b",
        "가.나.다",
        "x" * 20_000,
        encoded(b"7") + "." + body + "." + signature,
        key.sign([CLAIMS]),
    ]
    for token in forged:
        with pytest.raises(ChatError) as refused:
            tokens.check(token)
        assert refused.value.code == "TokenUnknown", token


def test_a_short_key_signs_nothing(tmp_path, now):
    short = SigningKey(tmp_path, "short", bits=1024)
    tokens = IdTokens(ISSUER, "client-1", fetch=Issuer(short).fetch, clock=lambda: now[0])
    with pytest.raises(ChatError):
        tokens.check(short.sign(CLAIMS))


def test_a_new_key_is_fetched_but_not_at_every_guess(tokens, issuer, key, other, now):
    tokens.check(key.sign(CLAIMS))
    issuer.keys.append(other)
    for _ in range(5):
        with pytest.raises(ChatError):
            tokens.check(other.sign(CLAIMS))
    assert len(issuer.fetched) == 2
    now[0] += 61
    tokens.check(other.sign(CLAIMS))
    assert len(issuer.fetched) == 4


def test_a_key_that_the_issuer_withdrew_signs_no_longer(tokens, issuer, key, other, now):
    tokens.check(key.sign(CLAIMS))
    issuer.keys[:] = [other]
    now[0] += 3601
    late = CLAIMS | {"exp": now[0] + 900}
    with pytest.raises(ChatError):
        tokens.check(key.sign(late))
    tokens.check(other.sign(late))


def test_an_issuer_that_is_silent_keeps_nobody_out_for_a_day(tokens, issuer, key, now, monkeypatch):
    tokens.check(key.sign(CLAIMS))

    def silent(_):
        raise Misconfigured("no keys")

    monkeypatch.setattr(tokens, "_fetch", silent)
    now[0] += 3601
    tokens.check(key.sign(CLAIMS | {"exp": now[0] + 900}))
    now[0] += 86_400
    with pytest.raises(Misconfigured):
        tokens.check(key.sign(CLAIMS | {"exp": now[0] + 900}))


def test_an_issuer_that_is_silent_at_the_start_is_the_same_fault_at_every_request(
    issuer, key, now, capsys
):
    """A visitor whose token nobody can check is not to lose it."""
    fetch, fetched = issuer.fetch, []

    def silent(url):
        fetched.append(url)
        raise Misconfigured("no keys")

    tokens = IdTokens(ISSUER, "client-1", fetch=silent, clock=lambda: now[0])
    for _ in range(3):
        with pytest.raises(Misconfigured):
            tokens.check(key.sign(CLAIMS))
    assert len(fetched) == 1
    assert "issuer_silent" in capsys.readouterr().out
    tokens._fetch = fetch
    now[0] += 61
    assert tokens.check(key.sign(CLAIMS))


def test_a_key_that_cannot_be_read_spoils_no_other(issuer, key, now, monkeypatch):
    broken = [{"kty": "RSA", "kid": "b"}, {"kty": "RSA", "n": "!", "e": "AQAB"}, "x", None]
    shown = {"jwks_uri": "keys", "keys": [*broken, {"kty": "EC", "kid": "first"}, key.jwk]}
    tokens = IdTokens(ISSUER, "client-1", fetch=lambda _: shown, clock=lambda: now[0])
    assert tokens.check(key.sign(CLAIMS))
    shown["keys"] = None
    now[0] += 61
    with pytest.raises(Misconfigured):
        tokens.check(key.sign(CLAIMS, kid="new"))
    assert tokens.check(key.sign(CLAIMS)), "what was read is kept"


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{", b"nonsense\r\n"]
)
def test_half_an_answer_is_none(answer):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            line, _ = server.accept()
            with line:
                line.recv(9999)
                line.sendall(answer)

        serving = threading.Thread(target=serve)
        serving.start()
        with pytest.raises(Misconfigured):
            id_token.fetch_json(f"http://127.0.0.1:{server.getsockname()[1]}/keys")
        serving.join()


def test_an_issuer_without_an_audience_is_no_login():
    with pytest.raises(Misconfigured, match="LOGIN_AUDIENCE"):
        IdTokens(ISSUER, "")


def test_keys_come_by_tls():
    with pytest.raises(Misconfigured, match="https"):
        id_token.fetch_json("http://issuer.example/keys")
