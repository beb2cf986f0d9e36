"""The Lex runtime API as an ASGI application of its own, in front of any router.

One turn's path through here is short on purpose: it is what a bot's clients wait for. A
request is matched, read, checked (signature, then constraints), handled, answered; whatever
goes wrong becomes a modelled error.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Final

import structlog
from starlette.types import Receive, Scope, Send

from daehwa import lex, stores
from daehwa.conversation import Address
from daehwa.server.body import ClientGone, TooLarge, TooSlow, read_body
from daehwa.server.http_exchange import HttpExchange
from daehwa.server.lexapi import requests, responses
from daehwa.server.lexapi.conversation_stream import (
    CONTENT_TYPE,
    HEARTBEAT_SECONDS,
    SEND_SECONDS,
    ConversationStream,
)
from daehwa.server.lexapi.operations import OPERATIONS, LexOperation, Service
from daehwa.server.lexapi.requests import LexRequest
from daehwa.server.restjson import Response, Router, error_response, response_start, send_response
from daehwa.server.sigv4 import EventUnwrapper, Signature, SignedRequest

if TYPE_CHECKING:
    from daehwa.server.access import Access

PREFIX = "/bots/"
_DOOR: Final = "lex"

_MODES = ("AUDIO", "TEXT")
_log = structlog.get_logger(__name__)


class LexApi:
    """Serves the operations of the Lex runtime.

    ``access`` knows who may come in, by signature or token.
    """

    def __init__(
        self,
        service: Service,
        access: Access,
        *,
        heartbeat_seconds: float = HEARTBEAT_SECONDS,
    ) -> None:
        self._service = service
        self._access = access
        self._heartbeat_seconds = heartbeat_seconds
        self._match = Router(OPERATIONS).match

    async def __call__(
        self, exchange: HttpExchange, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer one request; ``exchange`` notes the operation."""
        match = self._match(scope["method"], scope["raw_path"])
        if match is None:
            exchange.route = "UnknownOperation"
            message = "No operation of the Lex runtime API has this method and path"
            await send_response(
                exchange, send, error_response(404, "UnknownOperationException", message)
            )
            return
        operation, labels = match
        exchange.route = operation.name
        try:
            if operation.handle is None:
                signature = self._authorized(exchange, operation, scope, b"")
                await self._converse(exchange, labels, signature, receive, send)
                return
            body = await read_body(receive, operation.max_body)
            self._authorized(exchange, operation, scope, body)
            owner = exchange.principal.owner(_DOOR)
            call = LexRequest(labels, exchange.headers, body, exchange.request_id, owner)
            response = await operation.handle(self._service, call)
        except (lex.LexError, TooLarge, stores.StoreError) as error:
            response = _refusal(exchange, error)
        except ClientGone as error:
            exchange.error = "ValidationException"
            response = responses.failure(lex.ValidationException(str(error)))
        except Exception as error:
            if exchange.status or isinstance(error, TooSlow):
                # A stream that had begun has no second answer; the front knows the other.
                raise
            _log.exception("operation_failed", route=exchange.route, request_id=exchange.request_id)
            exchange.error = "InternalServerException"
            response = responses.failure(lex.InternalServerException("An internal error occurred"))
        await send_response(exchange, send, response)

    def _authorized(
        self, exchange: HttpExchange, operation: LexOperation, scope: Scope, body: bytes
    ) -> Signature | None:
        return self._access.authorize(exchange, _DOOR, lambda: _signed(operation, scope, body))

    async def _converse(
        self,
        exchange: HttpExchange,
        labels: tuple[bytes, ...],
        signature: Signature | None,
        receive: Receive,
        send: Send,
    ) -> None:
        address = requests.address(labels, exchange.principal.owner(_DOOR))
        mode = exchange.headers.get(b"x-amz-lex-conversation-mode", b"AUDIO").decode("latin-1")
        if mode not in _MODES:
            raise lex.ValidationException(
                f"1 validation error detected: Value '{mode}' at 'conversationMode' failed to "
                f"satisfy constraint: Member must satisfy enum value set: [{', '.join(_MODES)}]"
            )
        if mode != "TEXT":
            raise lex.ValidationException(
                "This server holds streamed conversations in the TEXT mode only: set "
                "conversationMode to TEXT"
            )

        async with self._service.runtime.lex.converse(address):
            await self._stream(exchange, address, signature, receive, send)

    async def _stream(
        self,
        exchange: HttpExchange,
        address: Address,
        signature: Signature | None,
        receive: Receive,
        send: Send,
    ) -> None:
        async def write(data: bytes) -> None:
            async with asyncio.timeout(SEND_SECONDS):
                await send({"type": "http.response.body", "body": data, "more_body": True})

        stream = ConversationStream(
            self._service.runtime,
            self._service.metrics,
            address,
            request_id=exchange.request_id,
            send=write,
            unwrap=EventUnwrapper(signature),
            heartbeat_seconds=self._heartbeat_seconds,
        )
        await send(response_start(exchange, 200, ((b"content-type", CONTENT_TYPE.encode()),)))
        try:
            error = await stream.run(_chunks(receive))
            exchange.error = responses.error_name(error) if error is not None else None
        finally:
            await send({"type": "http.response.body", "body": b"", "more_body": False})


def _refusal(
    exchange: HttpExchange, error: lex.LexError | TooLarge | stores.StoreError
) -> Response:
    """The modelled error that answers ``error``; the exchange gets its name."""
    if isinstance(error, stores.StoreError):
        _log.error("store_failed", request_id=exchange.request_id, error=str(error))
        exchange.error = "StoreUnavailable"
        return responses.failure(responses.StoreOutage())
    if isinstance(error, TooLarge):
        error = lex.ValidationException(str(error))
    exchange.error = responses.error_name(error)
    return responses.failure(error)


async def _chunks(receive: Receive) -> AsyncIterator[bytes]:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        if message.get("body"):
            yield message["body"]
        if not message.get("more_body"):
            return


def _signed(operation: LexOperation, scope: Scope, body: bytes) -> SignedRequest:
    return SignedRequest.of(
        scope,
        body,
        unsigned_body_allowed=operation.unsigned_body,
        streaming=operation.handle is None,
    )
