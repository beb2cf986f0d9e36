"""Signing in at an OpenID Connect issuer: the authorization code flow with PKCE, and a cookie.

Sources: OpenID Connect Core 1.0, RFC 7636 (PKCE), RFC 6265bis (``__Host-`` cookies).
CloudFront leads the page's visitors without the cookie to ``/chat/login``. The cookie holds the
issuer's ID token, ends with it, and no script reads it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import os
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from daehwa import chat
from daehwa.aws.errors import Misconfigured
from daehwa.aws.gateway import Request, response
from daehwa.aws.id_token import IdTokens
from daehwa.aws.origin_secret import HOST_HEADER

COOKIE = "__Host-daehwa-login"
_STATE = "__Host-daehwa-state"
_PATH = ("chat", "login")
_CALLBACK = "/chat/login/callback"
_SAFE = "Path=/; Secure; HttpOnly; SameSite=Lax"
_STATE_SECONDS = 600
_STATE_LETTERS = 8
# Of name and value together (RFC 6265bis).
_COOKIE_LIMIT = 4096
_SECONDS = 10.0
_SCHEME = "bearer"


def post_form(url: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """Send a form and give the JSON object that comes back; empty where none does."""
    body = urlencode(fields).encode()
    request = urllib.request.Request(url, data=body, method="POST")  # noqa: S310 - the issuer's
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - as above
            content = json.loads(answer.read())
    except (OSError, ValueError, http.client.HTTPException):
        return {}
    return content if isinstance(content, dict) else {}


class Login:
    """Lets in who has a token of the issuer, and leads there who has none."""

    def __init__(
        self,
        tokens: IdTokens,
        *,
        post: Callable[[str, Mapping[str, str]], dict[str, Any]] = post_form,
    ) -> None:
        self._tokens = tokens
        self._post = post

    def answer(self, request: Request) -> dict[str, Any] | None:
        """The answer to a request that is part of signing in; ``None`` for any other.

        Raises:
            chat.ChatError: the issuer did not let the visitor in.
        """
        if request.method != "GET" or request.path[:2] != _PATH:
            return None
        match request.path[2:]:
            case ():
                return self._lead(request)
            case ("callback",):
                return self._return(request)
        return None

    def check(self, request: Request) -> None:
        """Check that a request has a token, as a header or in the page's cookie.

        Raises:
            chat.ChatError: it has none, or a wrong one.
        """
        scheme, space, token = request.headers.get("authorization", "").partition(" ")
        if space and scheme.lower() == _SCHEME:
            token = token.strip()
        else:
            token = request.cookies.get(COOKIE, "")
        if not token:
            raise chat.ChatError("TokenMissing")
        self._tokens.check(token)

    def _lead(self, request: Request) -> dict[str, Any]:
        state, verifier = chat.new_secret(), chat.new_secret()
        digest = hashlib.sha256(verifier.encode()).digest()
        fields = {
            "response_type": "code",
            "client_id": self._tokens.audience,
            "redirect_uri": _callback(request),
            "scope": "openid",
            "state": state,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        address = self._endpoint("authorization_endpoint")
        cookie = f"{_state_cookie(state)}={state}.{verifier}; Max-Age={_STATE_SECONDS}; {_SAFE}"
        return _redirect(f"{address}{'&' if '?' in address else '?'}{urlencode(fields)}", cookie)

    def _return(self, request: Request) -> dict[str, Any]:
        sent = request.query.get("state", "")
        state, _, verifier = request.cookies.get(_state_cookie(sent), "").partition(".")
        # Nobody is signed in by following somebody else's link.
        if not state or not verifier or not hmac.compare_digest(sent.encode(), state.encode()):
            raise chat.ChatError("TokenUnknown")
        if not request.query.get("code"):
            raise chat.ChatError("TokenUnknown")  # the issuer, or the visitor, has refused
        given = self._post(
            self._endpoint("token_endpoint"),
            {
                "grant_type": "authorization_code",
                "client_id": self._tokens.audience,
                "code": request.query.get("code", ""),
                "redirect_uri": _callback(request),
                "code_verifier": verifier,
            },
        )
        token = str(given.get("id_token") or "")
        seconds = self._tokens.seconds_left(self._tokens.check(token))
        if len(f"{COOKIE}={token}") > _COOKIE_LIMIT:
            # A browser would drop it without a word, and lead its visitor here for ever.
            raise Misconfigured(
                f"LOGIN_ISSUER gives ID tokens of {len(token)} characters, more than a cookie "
                "holds: have it put fewer claims (groups, roles) into those of this client."
            )
        return _redirect("/", f"{COOKIE}={token}; Max-Age={seconds}; {_SAFE}")

    def _endpoint(self, name: str) -> str:
        address = self._tokens.about().get(name)
        if not address:
            raise Misconfigured(f"LOGIN_ISSUER names no {name}.")
        return str(address)


def from_environment(environ: Mapping[str, str] | None = None) -> Login | None:
    """The login that ``LOGIN_ISSUER`` and ``LOGIN_AUDIENCE`` set, if they do."""
    environ = os.environ if environ is None else environ
    issuer = environ.get("LOGIN_ISSUER")
    return Login(IdTokens(issuer, environ.get("LOGIN_AUDIENCE", ""))) if issuer else None


def _state_cookie(state: str) -> str:
    """The cookie's name: tabs that sign in at the same time have one each."""
    return f"{_STATE}-{state[:_STATE_LETTERS]}"


def _callback(request: Request) -> str:
    host = request.headers.get(HOST_HEADER) or request.headers.get("host", "")
    return f"https://{host}{_CALLBACK}"


def _redirect(address: str, cookie: str) -> dict[str, Any]:
    return response(302, headers={"location": address, "set-cookie": cookie})
