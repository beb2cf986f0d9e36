"""AWS Signature Version 4, verified: requests, and the events of a signed stream.

A switch for servers that others can reach; off on loopback by default. Source: "Create a
signed AWS API request" in the IAM guide. With cached signing keys a check takes some tens of
microseconds.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Self
from urllib.parse import quote, unquote_plus

import msgspec
from starlette.types import Scope

from daehwa import lex
from daehwa.server.lexapi.eventstream import (
    EventMessage,
    EventStreamDecoder,
    EventStreamError,
    encode_headers,
)

UNSIGNED = "UNSIGNED-PAYLOAD"
STREAMING = "STREAMING-AWS4-HMAC-SHA256-EVENTS"
SERVICES = ("lex", "kendra")

# How far a client's clock may be off, as at AWS.
MAX_SKEW = timedelta(minutes=5)

_SUFFIXES = tuple(f"{service}/aws4_request" for service in SERVICES)
_ALGORITHM = "AWS4-HMAC-SHA256"
_TIME = "%Y%m%dT%H%M%SZ"
_PARTS = re.compile(
    r"Credential=(?P<credential>[^,\s]+)\s*,\s*SignedHeaders=(?P<signed>[^,\s]+)\s*,\s*"
    r"Signature=(?P<signature>[0-9a-f]{64})\s*"
)
_SPACES = re.compile(r"\s+")
_MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check "
    "your AWS Secret Access Key and signing method."
)


class SignedRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What a signature covers. ``headers`` have lower-case names; ``path`` is as sent."""

    method: str
    path: str
    query: str
    headers: Sequence[tuple[bytes, bytes]]
    body: bytes
    unsigned_body_allowed: bool = False
    streaming: bool = False

    @classmethod
    def of(
        cls,
        scope: Scope,
        body: bytes,
        *,
        unsigned_body_allowed: bool = False,
        streaming: bool = False,
    ) -> Self:
        """What is signed of an ASGI request with ``body``."""
        return cls(
            method=scope["method"],
            path=scope["raw_path"].decode("latin-1"),
            query=scope["query_string"].decode("latin-1"),
            headers=scope["headers"],
            body=body,
            unsigned_body_allowed=unsigned_body_allowed,
            streaming=streaming,
        )


class Signature:
    """A verified signature, by the key ``key_id``: what the events of a stream are chained to.

    No struct, so that no representation of it can show the secret.
    """

    __slots__ = ("key_id", "scope", "secret", "signature")

    def __init__(self, key_id: str, scope: str, secret: str, signature: str) -> None:
        self.key_id = key_id
        self.scope = scope
        self.secret = secret
        self.signature = signature


class Verifier:
    """Checks signatures by the access keys it was given (``{access key id: secret}``).

    ``now`` gives the present time, in UTC.
    """

    def __init__(
        self,
        keys: Mapping[str, str],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        if not keys:
            raise ValueError("signature checks need at least one access key")
        self._keys = keys
        self._now = now

    def verify(self, request: SignedRequest) -> Signature:
        """The signature of ``request``, if it is right.

        Raises:
            lex.AccessDeniedException: there is none, the key is unknown, the time is off,
                the body was changed, or the signature does not match.
        """
        headers = _joined(request.headers)
        authorization = headers.get("authorization", "")
        algorithm, _, rest = authorization.partition(" ")
        if algorithm != _ALGORITHM:
            raise lex.AccessDeniedException("Missing Authentication Token")
        parts = _PARTS.fullmatch(rest.strip())
        if parts is None:
            raise lex.AccessDeniedException(
                "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature'"
            )
        key_id, _, scope = parts["credential"].partition("/")
        stamp = headers.get("x-amz-date", "")
        _check_scope(scope, stamp)
        self._check_time(stamp)
        secret = self._keys.get(key_id)
        if secret is None:
            raise lex.AccessDeniedException(
                "The security token included in the request is invalid."
            )
        canonical = _canonical(request, headers, parts["signed"])
        to_sign = f"{_ALGORITHM}\n{stamp}\n{scope}\n{sha256(canonical.encode()).hexdigest()}"
        expected = _hmac_hex(_signing_key(secret, scope), to_sign)
        if not hmac.compare_digest(expected, parts["signature"]):
            raise lex.AccessDeniedException(_MISMATCH)
        return Signature(key_id, scope, secret, expected)

    def _check_time(self, stamp: str) -> None:
        signed_at = _moment(stamp)
        now = self._now()
        if abs(now - signed_at) > MAX_SKEW:
            word = "expired" if signed_at < now else "not yet current"
            bound = now - MAX_SKEW if signed_at < now else now + MAX_SKEW
            order = "earlier" if signed_at < now else "later"
            raise lex.AccessDeniedException(
                f"Signature {word}: {stamp} is now {order} than {bound.strftime(_TIME)}"
            )


class EventUnwrapper:
    """Takes the events of a stream out of the signed messages around them.

    With a ``signature`` (of the request that opened the stream) each message must carry the
    next one of the chain; without one the frames are taken off unchecked, and a stream that
    has none passes as it is.
    """

    def __init__(self, signature: Signature | None) -> None:
        self._signature = signature

    def __call__(self, message: EventMessage) -> EventMessage | None:
        """The event inside ``message``; ``None`` at the stream's signed end.

        Raises:
            lex.AccessDeniedException: the message's signature is not right.
            EventStreamError: the message holds no event.
        """
        chunk_signature = message.headers.get(":chunk-signature")
        if self._signature is not None:
            self._check(self._signature, message, chunk_signature)
        elif chunk_signature is None:
            return message
        if not message.payload:
            return None
        inner = list(EventStreamDecoder().feed(message.payload))
        if len(inner) != 1:
            raise EventStreamError("A signed message must hold exactly one event")
        return inner[0]

    def _check(self, prior: Signature, message: EventMessage, sent: object) -> None:
        date = message.headers.get(":date")
        if not isinstance(sent, bytes) or not isinstance(date, datetime):
            raise lex.AccessDeniedException("An event of the stream is not signed")
        day = date.strftime("%Y%m%d")
        scope = f"{day}/{prior.scope.partition('/')[2]}"
        to_sign = "\n".join(
            (
                f"{_ALGORITHM}-PAYLOAD",
                date.strftime(_TIME),
                scope,
                prior.signature,
                sha256(encode_headers({":date": date})).hexdigest(),
                sha256(message.payload).hexdigest(),
            )
        )
        expected = _hmac_hex(_signing_key(prior.secret, scope), to_sign)
        if not hmac.compare_digest(expected, sent.hex()):
            raise lex.AccessDeniedException(_MISMATCH)
        self._signature = Signature(prior.key_id, prior.scope, prior.secret, expected)


def _check_scope(scope: str, stamp: str) -> None:
    day, _, rest = scope.partition("/")
    region, _, suffix = rest.partition("/")
    if not region or suffix not in _SUFFIXES:
        raise lex.AccessDeniedException(
            f"Credential should be scoped to correct service: '{SERVICES[0]}'."
        )
    if not stamp.startswith(day):
        raise lex.AccessDeniedException("Date in Credential scope does not match x-amz-date")


def _moment(stamp: str) -> datetime:
    try:
        return datetime.strptime(stamp, _TIME).replace(tzinfo=UTC)
    except ValueError:
        raise lex.AccessDeniedException(
            "Authorization requires a 'X-Amz-Date' header of the form 20260131T235959Z"
        ) from None


def _canonical(request: SignedRequest, headers: Mapping[str, str], signed: str) -> str:
    names = signed.split(";")
    lines = []
    for name in names:
        # Over HTTP/2 clients sign the pseudo-header; the server gives it as host.
        value = headers.get("host" if name == ":authority" else name)
        if value is None:
            raise lex.AccessDeniedException(f"The signed header '{name}' is missing")
        lines.append(f"{name}:{value}\n")
    if "host" not in names and ":authority" not in names:
        raise lex.AccessDeniedException("'Host' or ':authority' must be a 'SignedHeader'")
    return "\n".join(
        (
            request.method,
            # The path is canonicalised as sent, already encoded, by encoding it again.
            quote(_normalised(request.path), safe="/-_.~"),
            _canonical_query(request.query),
            "".join(lines),
            signed,
            _payload_hash(request, headers.get("x-amz-content-sha256"), names),
        )
    )


def _payload_hash(request: SignedRequest, sent: str | None, signed: Sequence[str]) -> str:
    if sent == STREAMING and request.streaming:
        return STREAMING
    if sent == UNSIGNED and request.unsigned_body_allowed:
        return UNSIGNED
    real = sha256(request.body).hexdigest()
    if sent is not None and not hmac.compare_digest(sent, real):
        raise lex.AccessDeniedException(
            "The provided 'x-amz-content-sha256' header does not match what was computed."
        )
    if sent is not None and "x-amz-content-sha256" not in signed:
        raise lex.AccessDeniedException("'x-amz-content-sha256' must be a 'SignedHeader'")
    return real


def _normalised(path: str) -> str:
    """The path without empty and dot segments, as clients canonicalise it."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[-1:]
        elif segment not in ("", "."):
            kept.append(segment)
    tail = "/" if kept and path.endswith("/") else ""
    return "/" + "/".join(kept) + tail


def _canonical_query(query: str) -> str:
    pairs = []
    for part in filter(None, query.split("&")):
        name, _, value = part.partition("=")
        pairs.append(tuple(quote(unquote_plus(p), safe="-_.~") for p in (name, value)))
    return "&".join(f"{name}={value}" for name, value in sorted(pairs))


def _joined(headers: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name = raw_name.decode("latin-1")
        value = _SPACES.sub(" ", raw_value.decode("latin-1")).strip()
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    return joined


@lru_cache(maxsize=256)
def _signing_key(secret: str, scope: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key


def _hmac_hex(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), "sha256").hex()
