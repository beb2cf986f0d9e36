"""HTTP responses of Lex's APIs: what every one of them has, and errors by name."""

from __future__ import annotations

import msgspec
from starlette.types import Message, Send

from daehwa.server.http_exchange import HttpExchange

_JSON = (b"content-type", b"application/json")
_NO_CONTENT = 204
_encode = msgspec.json.Encoder().encode


class Response(msgspec.Struct, frozen=True):
    """An HTTP response, but for the headers that every response has."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


class _Message(msgspec.Struct, frozen=True):
    message: str


def error_response(
    status: int, name: str, message: str, *, retry_after: int | None = None
) -> Response:
    """An error: its name in a header, its message in the body.

    ``retry_after`` is in how many seconds the request may be sent again, if that is known.
    """
    headers: tuple[tuple[bytes, bytes], ...] = (_JSON, (b"x-amzn-errortype", name.encode()))
    if retry_after is not None:
        headers = (*headers, (b"retry-after", b"%d" % retry_after))
    return Response(status, headers, _encode(_Message(message)))


def response_start(
    exchange: HttpExchange, status: int, headers: tuple[tuple[bytes, bytes], ...]
) -> Message:
    """The start of a response, with the request's id; ``exchange`` notes the status."""
    exchange.status = status
    request_id = exchange.request_id.encode()
    return {
        "type": "http.response.start",
        "status": status,
        "headers": [*headers, (b"x-amzn-requestid", request_id), (b"x-request-id", request_id)],
    }


async def send_response(exchange: HttpExchange, send: Send, response: Response) -> None:
    """Send a whole response."""
    headers = response.headers
    if response.status != _NO_CONTENT:
        headers = (*headers, (b"content-length", b"%d" % len(response.body)))
    await send(response_start(exchange, response.status, headers))
    await send({"type": "http.response.body", "body": response.body, "more_body": False})
