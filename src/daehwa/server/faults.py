"""Errors of the JSON doors: a real status and ``{"error": {"code", "message", "requestId"}}``."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from daehwa import lex
from daehwa.conversation import ChatError
from daehwa.server.exchange import Exchange

_encoder = msgspec.json.Encoder()

CRASHED = (
    "InternalServerException",
    "Something went wrong here. The request id finds it in the log.",
)

_PLAIN = {
    404: ("NotFound", "There is nothing at this address."),
    405: ("MethodNotAllowed", "This address does not take this method."),
}


class JsonResponse(Response):
    """A value as JSON, by msgspec."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """``content`` as JSON; nothing for ``None``."""
        return b"" if content is None else _encoder.encode(content)


def exchange_of(request: Request) -> Exchange:
    """What is known of the request."""
    exchange: Exchange = request.scope["state"]["exchange"]
    return exchange


def fault(request: Request, status: int, code: str, message: str) -> Response:
    """An error as the JSON doors tell it; the exchange is told its code."""
    exchange = exchange_of(request)
    exchange.error = code
    body = {"error": {"code": code, "message": message, "requestId": exchange.request_id}}
    return JsonResponse(body, status_code=status, headers={"cache-control": "no-store"})


async def on_chat_error(request: Request, error: Exception) -> Response:
    """A ``ChatError`` as it says."""
    assert isinstance(error, ChatError)  # noqa: S101 - registered for it
    return fault(request, error.status, error.code, error.message)


async def on_lex_error(request: Request, error: Exception) -> Response:
    """An error of Lex by its own name and status."""
    assert isinstance(error, lex.LexError)  # noqa: S101 - registered for it
    return fault(request, error.status, type(error).__name__, error.message)


async def on_too_large(request: Request, error: Exception) -> Response:
    """413."""
    return fault(request, 413, "RequestTooLarge", str(error))


async def on_crash(request: Request, _error: Exception) -> Response:
    """500, without a word of what happened; the log has it."""
    return fault(request, 500, *CRASHED)


async def on_http_exception(request: Request, error: Exception) -> Response:
    """What the router itself refuses."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    code, message = _PLAIN.get(error.status_code, ("RequestRefused", error.detail))
    response = fault(request, error.status_code, code, message)
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response
