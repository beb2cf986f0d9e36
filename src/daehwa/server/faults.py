"""Errors of the JSON doors: a real status and ``{"error": {"code", "message", "requestId"}}``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeAlias

import msgspec
import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from daehwa import chat, lex, stores
from daehwa.conversation import lex_refusal
from daehwa.server.body import ClientGone, TooLarge, TooSlow
from daehwa.server.http_exchange import HttpExchange
from daehwa.server.openai_errors import refused_before

Handler: TypeAlias = Callable[[Request, Exception], Awaitable[Response]]

_encoder = msgspec.json.Encoder()
_log = structlog.get_logger(__name__)

# What Starlette's router refuses on its own.
_ROUTERS = {404: "NotFound", 405: "MethodNotAllowed"}


class JsonResponse(Response):
    """A value as JSON, by msgspec."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """``content`` as JSON; nothing for ``None``."""
        return b"" if content is None else _encoder.encode(content)


class WrittenJson(Response):
    """JSON that is already encoded and must not be cached: what each turn of ``/chat`` sends.

    Its headers are those of a ``Response``, without the searching and joining of one.
    """

    def __init__(self, body: bytes) -> None:
        self.status_code = 200
        self.background = None
        self.body = body
        self.raw_headers = [
            (b"cache-control", b"no-store"),
            (b"content-length", b"%d" % len(body)),
            (b"content-type", b"application/json"),
        ]


def exchange_of(request: Request) -> HttpExchange:
    """What is known of the request."""
    exchange: HttpExchange = request.scope["state"]["exchange"]
    return exchange


def error_body(error: chat.ChatError, language: str, exchange: HttpExchange) -> bytes:
    """The body of an error, its line in the caller's ``language``; ``/v1`` has OpenAI's shape."""
    line = error.line(language)
    if exchange.door == "v1":
        return _encoder.encode(refused_before(error.status, error.code, line))
    fault = chat.Fault(code=error.code, message=line, request_id=exchange.request_id)
    return _encoder.encode(chat.ErrorBody(error=fault))


def refusal(request: Request, error: chat.ChatError) -> Response:
    """The response to a request that cannot be served; the exchange gets the error's code."""
    exchange = exchange_of(request)
    exchange.error = error.code
    language = chat.caller_language(request.headers.get("accept-language", ""))
    body = error_body(error, language, exchange)
    headers = {"cache-control": "no-store"}
    if error.retry_after is not None:
        headers["retry-after"] = str(error.retry_after)
    return Response(body, error.status, headers, JsonResponse.media_type)


async def on_chat_error(request: Request, error: Exception) -> Response:
    """A ``ChatError`` by its own status."""
    assert isinstance(error, chat.ChatError)  # noqa: S101 - registered for it
    return refusal(request, error)


async def on_lex_error(request: Request, error: Exception) -> Response:
    """An error of Lex by its own name and status."""
    assert isinstance(error, lex.LexError)  # noqa: S101 - registered for it
    return refusal(request, lex_refusal(error))


async def on_store_error(request: Request, error: Exception) -> Response:
    """503; the log has what is wrong with the store."""
    _log.error("store_failed", request_id=exchange_of(request).request_id, error=str(error))
    return refusal(request, chat.ChatError("StoreUnavailable"))


async def on_broken_body(request: Request, error: Exception) -> Response:
    """400, for a client whose chunks are malformed; one that has gone reads nothing."""
    return refusal(request, chat.ChatError("RequestMalformed", detail=error))


async def on_too_large(request: Request, error: Exception) -> Response:
    """413."""
    assert isinstance(error, TooLarge)  # noqa: S101 - registered for it
    return refusal(request, chat.ChatError("RequestTooLarge", limit=error.limit))


async def on_too_slow(request: Request, _error: Exception) -> Response:
    """408."""
    return refusal(request, chat.ChatError("RequestTimeout"))


HANDLERS: Final[dict[type[Exception], Handler]] = {
    chat.ChatError: on_chat_error,
    lex.LexError: on_lex_error,
    stores.StoreError: on_store_error,
    ClientGone: on_broken_body,
    TooLarge: on_too_large,
    TooSlow: on_too_slow,
}
"""What answers an endpoint's error, by its kind."""


async def answer(request: Request, error: Exception) -> Response:
    """The response to an error of one of the kinds of ``HANDLERS``."""
    handle = next(HANDLERS[kind] for kind in type(error).__mro__ if kind in HANDLERS)
    return await handle(request, error)


async def on_crash(request: Request, _error: Exception) -> Response:
    """500, without a word of what happened; the log has it."""
    return refusal(request, chat.ChatError("InternalServerException"))


async def on_http_exception(request: Request, error: Exception) -> Response:
    """What the router itself refuses."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    code = _ROUTERS.get(error.status_code)
    response = refusal(
        request,
        chat.ChatError(code)
        if code is not None
        else chat.ChatError("RequestMalformed", message=error.detail, status=error.status_code),
    )
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response
