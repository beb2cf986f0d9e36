"""Who is let in: places for requests, and none for an address that guessed credentials too often.

A refusal has the format of the API that was called.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import Token
from typing import Any, Final

import msgspec
from starlette.types import Message, Scope, Send

from daehwa import chat, limits
from daehwa.server import access, kendraapi, signing_in
from daehwa.server.faults import error_body
from daehwa.server.http_exchange import HttpExchange
from daehwa.server.openai_errors import error_value
from daehwa.server.restjson import error_response

# Those who look after the server get through whatever happens.
_OPERATORS: Final = ("/healthz", "/readyz", "/metrics")
_COOKIE: Final = access.COOKIE.encode()
_BUSY_SECONDS: Final = 1
_RATE_EXCEEDED: Final = "Rate exceeded: try again."
_encode = msgspec.json.Encoder().encode


class Refusal(Exception):
    """A request that is not let in; ``code`` is one of ``chat.ERRORS``."""

    def __init__(self, code: str, retry_after: int) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after


class Gate:
    """Lets requests in, one ``Visit`` for each."""

    def __init__(self, limiter: limits.Limiter) -> None:
        self._limiter = limiter

    def enter(self, scope: Scope, headers: dict[bytes, bytes], *, building: bool) -> Visit:
        """Let a request in; ``building`` says that it is for the model-building API.

        Raises:
            Refusal: too many are in hand, or its address has tried too many credentials.
        """
        limiter = self._limiter
        path: str = scope["path"]
        if path not in _OPERATORS and not building and limiter.seats.full():
            limiter.refusals["requests"] += 1
            raise Refusal("TooBusy", _BUSY_SECONDS)
        peer = scope.get("client")
        try:
            requester = limiter.requester(peer[0] if peer else "", headers)
        except limits.OverLimit as error:
            raise Refusal("TooManyRequests", error.retry_after) from None
        if limiter.enforced and _brings_credentials(path, headers):
            wait = limiter.guessing(requester.address)
            if wait:
                limiter.leave(requester)
                raise Refusal(
                    "TooManyRequests", limiter.over_limit("credentials", wait).retry_after
                )
        return Visit(limiter, requester)


def _brings_credentials(path: str, headers: Mapping[bytes, bytes]) -> bool:
    """Whether a request may hold a guess: a token, a signature, a cookie, a form to sign in."""
    cookie = _COOKIE in headers.get(b"cookie", b"")
    return b"authorization" in headers or cookie or path == signing_in.PATH


class Visit:
    """A request that was let in, until ``leave``."""

    __slots__ = ("_limiter", "_requester", "_token")

    def __init__(self, limiter: limits.Limiter, requester: limits.Requester) -> None:
        self._limiter = limiter
        self._requester = requester
        self._token: Token[Any] = limits.begin_request(requester)

    def watch(self, send: Send) -> Send:
        """Wrap ``send``: after its first message the request gives up its place.

        From then on it waits for its reader.
        """
        seat = self._requester.seat

        async def send_and_leave(message: Message) -> None:
            seat.leave()
            await send(message)

        return send_and_leave

    async def leave(self, exchange: HttpExchange) -> None:
        """Note how it ended: wrong credentials count."""
        self._limiter.leave(self._requester)
        limits.end_request(self._token)
        if exchange.wrong_credential:
            await self._limiter.count_wrong_credentials(self._requester.address)


async def refuse(exchange: HttpExchange, send: Send, refusal: Refusal, *, door: str) -> None:
    """Answer a request that is not let in, as its ``door`` does.

    ``door`` is ``lex``, ``kendra``, ``openai`` or ``chat``.
    """
    after = refusal.retry_after
    error = chat.ChatError(refusal.code, retry_after=after, seconds=after)
    exchange.error = refusal.code
    exchange.route = "refused"
    kind = (b"content-type", b"application/json")
    request_id = exchange.request_id.encode()
    fields = [(b"retry-after", b"%d" % after), (b"x-request-id", request_id)]
    status = error.status
    if door in ("lex", "kendra"):
        if door == "lex":
            response = error_response(429, "ThrottlingException", _RATE_EXCEEDED)
        else:
            response = kendraapi.error_response("ThrottlingException", _RATE_EXCEEDED)
        status, body = response.status, response.body
        fields += [*response.headers, (b"x-amzn-requestid", request_id)]
    elif door == "openai":
        body = _encode(error_value(error.status, error.code, str(error)))
        fields.append(kind)
    else:
        accepted = exchange.headers.get(b"accept-language", b"").decode("latin-1")
        body = error_body(error, chat.caller_language(accepted), exchange)
        fields += [kind, (b"cache-control", b"no-store")]
    exchange.status = status
    fields.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": body, "more_body": False})
