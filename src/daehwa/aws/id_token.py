"""Tokens of an OpenID Connect issuer, such as Cognito, checked with the standard library alone.

Sources: RFC 7519 (JWT), RFC 7515 (JWS), RFC 8017 (RSASSA-PKCS1-v1_5, where the
whole encoded message is compared and nothing of the signature is parsed), OpenID Connect
Discovery 1.0. RS256 is what every such issuer signs with, and the only algorithm taken.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import time
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from daehwa import chat
from daehwa.aws.errors import Misconfigured

_SECONDS = 5.0
_READ_AGAIN_SECONDS = 60.0
# A key that the issuer has withdrawn signs for an hour longer, or for a day while it is silent.
_KEPT_SECONDS, _LONGEST_KEPT_SECONDS = 3600.0, 86_400.0
_LEEWAY_SECONDS = 60
_LONGEST = 16_384
_LEAST_BITS = 2048
# What a SHA-256 digest begins with in an encoded message (RFC 8017, EMSA-PKCS1-v1_5).
_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")


def fetch_json(url: str) -> dict[str, Any]:
    """The JSON object at an https address (http on loopback).

    Raises:
        Misconfigured: there is none.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost"):
        raise Misconfigured(f"LOGIN_ISSUER is not an https address: {url}")
    try:
        with urllib.request.urlopen(url, timeout=_SECONDS) as answer:  # noqa: S310 - as checked
            content = json.loads(answer.read())
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Misconfigured(f"LOGIN_ISSUER: {url} gives no keys: {type(error).__name__}") from None
    if not isinstance(content, dict):
        raise Misconfigured(f"LOGIN_ISSUER: {url} is not a JSON object.")
    return content


class IdTokens:
    """The tokens that ``issuer`` gives for ``audience`` (an id of a client).

    Cognito's access tokens name the client in ``client_id``, all others in ``aud``.
    """

    def __init__(
        self,
        issuer: str,
        audience: str,
        *,
        fetch: Callable[[str], dict[str, Any]] = fetch_json,
        clock: Callable[[], float] = time.time,
    ) -> None:
        if not audience:
            raise Misconfigured(
                "LOGIN_AUDIENCE is not set: any token of the issuer would be accepted."
            )
        self._issuer, self.audience = issuer.rstrip("/"), audience
        self._fetch, self._clock = fetch, clock
        self._keys: dict[str, tuple[int, int]] = {}
        self._read_at = self._tried_at = float("-inf")
        self._failed = False

    def check(self, token: str) -> dict[str, Any]:
        """Return the claims of a valid token.

        Raises:
            chat.ChatError: it is not.
            Misconfigured: the issuer's keys cannot be read.
        """
        try:
            claims = self._verified(token)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise chat.ChatError("TokenUnknown") from None
        if not self._is_valid(claims):
            raise chat.ChatError("TokenUnknown")
        return claims

    def about(self) -> dict[str, Any]:
        """The issuer's own description: its endpoints and where its keys are.

        Raises:
            Misconfigured: it says nothing.
        """
        return self._fetch(f"{self._issuer}/.well-known/openid-configuration")

    def seconds_left(self, claims: Mapping[str, Any]) -> int:
        """How many seconds a token with these claims stays valid."""
        return max(0, int(claims["exp"] - self._clock()))

    def _verified(self, token: str) -> dict[str, Any]:
        if len(token) > _LONGEST:
            raise ValueError
        signed, _, signature = token.rpartition(".")
        head, _, body = signed.partition(".")
        header = json.loads(_decoded(head))
        if header["alg"] != "RS256" or "crit" in header:
            raise ValueError
        modulus, exponent = self._key(header.get("kid"))
        if not _is_signed(signed.encode(), _decoded(signature), modulus, exponent):
            raise ValueError
        claims = json.loads(_decoded(body))
        if not isinstance(claims, dict):
            raise TypeError
        return claims

    def _is_valid(self, claims: Mapping[str, Any]) -> bool:
        now = self._clock()
        ends, begins = claims.get("exp"), claims.get("nbf", 0)
        if not isinstance(ends, int | float) or not isinstance(begins, int | float):
            return False
        # Put so that a time which is not a number (NaN) is out of it.
        if not begins - _LEEWAY_SECONDS <= now <= ends + _LEEWAY_SECONDS:
            return False
        if str(claims.get("iss", "")).rstrip("/") != self._issuer:
            return False
        meant = claims.get("aud", claims.get("client_id"))
        return self.audience in (meant if isinstance(meant, list) else [meant])

    def _key(self, named: Any) -> tuple[int, int]:
        """The key of a name; an unknown one has the keys read again, and so does an hour.

        A token without a name is signed with the issuer's only key (OpenID Connect Core, 10.1).
        """
        age = self._clock() - self._read_at
        stale = age > _KEPT_SECONDS or self._known(named) is None
        if stale and self._clock() - self._tried_at > _READ_AGAIN_SECONDS:
            self._tried_at = self._clock()
            try:
                self._keys = self._fetched_keys()
            except Misconfigured as error:
                print(json.dumps({"event": "issuer_silent", "detail": str(error)}))  # noqa: T201
                self._failed = True
            else:
                self._read_at, self._failed = self._clock(), False
        key, age = self._known(named), self._clock() - self._read_at
        if self._failed and (key is None or age > _LONGEST_KEPT_SECONDS):
            # Whether the token is right nobody knows: whoever sent it keeps it.
            raise Misconfigured("LOGIN_ISSUER: its keys cannot be read.")
        if key is None:
            raise KeyError(named)
        return key

    def _known(self, named: Any) -> tuple[int, int] | None:
        if named is None and len(self._keys) == 1:
            return next(iter(self._keys.values()))
        return self._keys.get(str(named or ""))

    def _fetched_keys(self) -> dict[str, tuple[int, int]]:
        address = str(self.about().get("jwks_uri", ""))
        keys = self._fetch(address).get("keys")
        if not isinstance(keys, list):
            raise Misconfigured(f"LOGIN_ISSUER: {address} gives no keys.")
        read = map(_read_key, keys)
        return dict(one for one in read if one is not None)


def _read_key(key: Any) -> tuple[str, tuple[int, int]] | None:
    """A key by its name; ``None`` for one of another kind, or that cannot be read."""
    try:
        if key.get("kty") != "RSA" or key.get("use", "sig") != "sig":
            return None
        return str(key.get("kid", "")), (_number(key["n"]), _number(key["e"]))
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _is_signed(content: bytes, signature: bytes, modulus: int, exponent: int) -> bool:
    size = (modulus.bit_length() + 7) // 8
    if modulus.bit_length() < _LEAST_BITS or len(signature) != size:
        return False
    number = int.from_bytes(signature, "big")
    if number >= modulus:
        return False
    shown = pow(number, exponent, modulus).to_bytes(size, "big")
    digest = _DIGEST_INFO + hashlib.sha256(content).digest()
    expected = b"\0\1" + b"\xff" * (size - len(digest) - 3) + b"\0" + digest
    return hmac.compare_digest(shown, expected)


def _decoded(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _number(text: str) -> int:
    return int.from_bytes(_decoded(text), "big")
