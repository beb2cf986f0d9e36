"""Signatures: what botocore signs is verified, and nothing that was changed since."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import botocore.auth
import pytest
from asgi import call
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import given
from hypothesis import strategies as st
from scripted import KEYS, SESSION, ScriptedRuntime

from daehwa import lex
from daehwa.server import ServerSettings, doors
from daehwa.server.lexapi.eventstream import EventMessage, encode_headers, encode_message
from daehwa.server.sigv4 import (
    STREAMING,
    UNSIGNED,
    EventUnwrapper,
    SignedRequest,
    Verifier,
    _hmac_hex,
    _signing_key,
)

BODY = '{"text":"안녕"}'.encode()
KEY_ID, SECRET = next(iter(KEYS.items()))


def sign(
    method="POST",
    path=f"{SESSION}/text",
    query="",
    body=BODY,
    headers=(),
    *,
    key_id=KEY_ID,
    secret=SECRET,
    service="lex",
):
    """Headers of a request as botocore signs it, as a server gets them."""
    url = f"http://127.0.0.1:8080{path}" + (f"?{query}" if query else "")
    request = AWSRequest(method, url, dict(headers), body)
    signer = botocore.auth.SigV4Auth(Credentials(key_id, secret), service, "us-east-1")
    signer.add_auth(request)
    sent = {name.lower(): value for name, value in request.headers.items()}
    sent["host"] = "127.0.0.1:8080"
    return sent


def request(headers, method="POST", path=f"{SESSION}/text", query="", body=BODY, **more):
    pairs = [(n.encode(), v if isinstance(v, bytes) else v.encode()) for n, v in headers.items()]
    return SignedRequest(method=method, path=path, query=query, headers=pairs, body=body, **more)


def verify(signed, **more):
    return Verifier(KEYS, **more).verify(signed)


def test_what_botocore_signs_is_right():
    assert verify(request(sign())).scope.endswith("/us-east-1/lex/aws4_request")


@pytest.mark.parametrize("session", ["user%3A7", "a.b_c-d", "%EC%95%88", "a%2Fb", "..", "a:b"])
def test_the_path_is_canonicalised_as_sent(session):
    path = SESSION.replace("sessions/s1", f"sessions/{session}") + "/text"
    verify(request(sign(path=path), path=path))


@pytest.mark.parametrize("query", ["b=2&a=1", "a=%20x&a=%2F", "a", "a=1&a=0&%EC%95%88="])
def test_the_query_is_part_of_it(query):
    # botocore signs what urllib parses; a bare name is "name=".
    signed = sign(query=query)
    verify(request(signed, query=query))
    with pytest.raises(lex.AccessDeniedException, match="does not match"):
        verify(request(signed, query=query + "&c=3"))


def test_an_empty_body_is_signed_too():
    verify(request(sign("GET", SESSION, body=b""), "GET", SESSION, body=b""))


@pytest.mark.parametrize(
    "change",
    [
        {"body": BODY + b" "},
        {"method": "PUT"},
        {"path": f"{SESSION}/utterance"},
        {"query": "x=1"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_tampered_request_is_refused(change):
    with pytest.raises(lex.AccessDeniedException, match="does not match"):
        verify(request(sign(), **change))


def test_a_tampered_header_is_refused():
    headers = sign(headers={"x-amz-lex-session-state": "e30="})
    headers["x-amz-lex-session-state"] = "W10="
    with pytest.raises(lex.AccessDeniedException, match="does not match"):
        verify(request(headers))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Missing Authentication Token"),
        ({"authorization": "Bearer abc"}, "Missing Authentication Token"),
        ({"authorization": "AWS4-HMAC-SHA256 nonsense"}, "requires 'Credential'"),
    ],
)
def test_no_signature(given, words):
    with pytest.raises(lex.AccessDeniedException, match=words):
        verify(request(given))


def test_an_unknown_key():
    with pytest.raises(lex.AccessDeniedException, match="security token"):
        verify(request(sign(key_id="AKIDUNKNOWN")))


def test_a_wrong_secret():
    with pytest.raises(lex.AccessDeniedException, match="does not match"):
        verify(request(sign(secret="other")))


def test_another_service():
    with pytest.raises(lex.AccessDeniedException, match="correct service: 'lex'"):
        verify(request(sign(service="s3")))


@pytest.mark.parametrize(("minutes", "words"), [(6, "expired"), (-6, "not yet current")])
def test_a_clock_that_is_off(minutes, words):
    headers = sign()
    with pytest.raises(lex.AccessDeniedException, match=words):
        verify(request(headers), now=lambda: datetime.now(UTC) + timedelta(minutes=minutes))
    verify(request(headers), now=lambda: datetime.now(UTC) + timedelta(minutes=minutes * 0.7))


def test_a_malformed_date():
    with pytest.raises(lex.AccessDeniedException, match="does not match x-amz-date"):
        verify(request({**sign(), "x-amz-date": "yesterday"}))


def test_the_host_has_to_be_signed():
    headers = sign()
    headers["authorization"] = headers["authorization"].replace("host;", "")
    with pytest.raises(lex.AccessDeniedException, match="'Host'"):
        verify(request(headers))


def test_the_pseudo_header_of_http2_stands_for_the_host():
    headers = sign()
    headers["authorization"] = headers["authorization"].replace("host;", ":authority;")
    with pytest.raises(lex.AccessDeniedException, match="does not match"):
        verify(request(headers))  # read and compared, not refused as missing


def test_a_signed_header_that_is_missing():
    headers = sign()
    headers["authorization"] = headers["authorization"].replace("host;", "host;x-other;")
    with pytest.raises(lex.AccessDeniedException, match="'x-other' is missing"):
        verify(request(headers))


def test_a_sent_digest_is_compared_with_the_body():
    digest = {"X-Amz-Content-SHA256": sha256(BODY).hexdigest()}
    headers = sign(headers=digest)
    verify(request(headers))
    with pytest.raises(lex.AccessDeniedException, match="x-amz-content-sha256"):
        verify(request(headers, body=b"other"))


def test_an_unsigned_body_is_only_for_operations_that_have_one():
    headers = sign(headers={"X-Amz-Content-SHA256": UNSIGNED})
    verify(request(headers, body=b"anything", unsigned_body_allowed=True))
    with pytest.raises(lex.AccessDeniedException, match="x-amz-content-sha256"):
        verify(request(headers))


def test_without_keys_there_is_no_verifier():
    with pytest.raises(ValueError, match="at least one"):
        Verifier({})


def test_the_secret_is_in_no_representation():
    verifier = Verifier(KEYS)
    signature = verifier.verify(request(sign()))
    assert SECRET not in repr(verifier) + repr(signature)


@given(
    st.dictionaries(st.sampled_from(["authorization", "x-amz-date", "host"]), st.text(max_size=80))
)
def test_any_headers_are_refused(headers):
    with pytest.raises(lex.AccessDeniedException):
        verify(request({name: value.encode() for name, value in headers.items()}))


# --- events of a stream ---------------------------------------------------------------

SEED = "0" * 64


def seed():
    headers = sign(headers={"X-Amz-Content-SHA256": STREAMING}, body=b"")
    return verify(request(headers, body=b"", streaming=True))


def chain(signature, payloads):
    """Messages signed as the guide says, each after the one before."""
    prior = signature.signature
    for number, payload in enumerate(payloads):
        date = datetime(2026, 1, 31, 12, 0, number, tzinfo=UTC)
        scope = f"20260131/{signature.scope.partition('/')[2]}"
        to_sign = "\n".join(
            (
                "AWS4-HMAC-SHA256-PAYLOAD",
                date.strftime("%Y%m%dT%H%M%SZ"),
                scope,
                prior,
                sha256(encode_headers({":date": date})).hexdigest(),
                sha256(payload).hexdigest(),
            )
        )
        prior = _hmac_hex(_signing_key(SECRET, scope), to_sign)
        yield EventMessage({":date": date, ":chunk-signature": bytes.fromhex(prior)}, payload)


INNER = encode_message({":event-type": "TextInputEvent"}, b"{}")


def test_a_chain_of_events_is_unwrapped():
    signature = seed()
    unwrap = EventUnwrapper(signature)
    first, second, end = chain(signature, [INNER, INNER, b""])
    assert unwrap(first).headers == {":event-type": "TextInputEvent"}
    assert unwrap(second).payload == b"{}"
    assert unwrap(end) is None


def test_a_broken_chain_is_refused():
    signature = seed()
    first, second = chain(signature, [INNER, INNER])
    with pytest.raises(lex.AccessDeniedException):
        EventUnwrapper(signature)(second)
    changed = EventMessage(first.headers, encode_message({":event-type": "X"}, b"{}"))
    with pytest.raises(lex.AccessDeniedException):
        EventUnwrapper(signature)(changed)
    with pytest.raises(lex.AccessDeniedException, match="not signed"):
        EventUnwrapper(signature)(EventMessage({":event-type": "TextInputEvent"}, b"{}"))


def test_frames_come_off_unchecked_when_requests_are_not_signed():
    [first] = chain(seed(), [INNER])
    assert EventUnwrapper(None)(first).payload == b"{}"
    bare = EventMessage({":event-type": "TextInputEvent"}, b"{}")
    assert EventUnwrapper(None)(bare) is bare


# --- at the door ----------------------------------------------------------------------


async def test_a_server_with_keys_demands_signatures():
    app = doors(ScriptedRuntime(), ServerSettings(sigv4=True, access_keys=KEYS))
    unsigned = await call(app, "POST", f"{SESSION}/text", BODY)
    assert unsigned.status == 403
    assert unsigned.headers["x-amzn-errortype"] == "AccessDeniedException"
    headers = sign()
    del headers["host"]
    assert (await call(app, "POST", f"{SESSION}/text", BODY, headers)).status == 200
    assert (await call(app, "POST", f"{SESSION}/text", BODY + b" ", headers)).status == 403
    assert (await call(app, "GET", "/healthz")).status == 200
