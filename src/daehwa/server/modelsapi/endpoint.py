"""The model-building API as an ASGI application of its own, beside the runtime API.

A request is matched, read, checked (signature, then constraints), carried out in the workshop,
answered; whatever goes wrong becomes a modelled error. Uploads and downloads have addresses
that hold a secret, and no signature, as Amazon's have.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import msgspec
import structlog
from starlette.types import Receive, Scope, Send

from daehwa import chat, lex, limits, stores
from daehwa.conversation import throttled
from daehwa.server.access import Access
from daehwa.server.body import ClientGone, TooLarge, TooSlow, read_body, save_body
from daehwa.server.http_exchange import HttpExchange
from daehwa.server.modelsapi.bot_audit import AuditedChange
from daehwa.server.modelsapi.requests import read_request
from daehwa.server.restjson import Response, Router, error_response, send_response
from daehwa.server.sigv4 import SignedRequest
from daehwa.workshop import (
    MAX_UPLOAD_BYTES,
    ROUTES,
    TRANSFERS_PATH,
    HandledOperation,
    PreconditionFailedException,
    ResourceNotFoundException,
    Shape,
    ValidationException,
    Workshop,
    WorkshopError,
    operations,
)

_BOTS: Final = "bots"
_RUNTIME: Final = "/botAliases/"
# The first segments of the API's paths; the runtime's are beneath a bot's aliases.
_SEGMENTS: Final = {path.split("/")[1] for path in (TRANSFERS_PATH, *(one.path for one in ROUTES))}
_MAX_BODY: Final = 6 * 2**20
_JSON: Final = (b"content-type", b"application/json")
_LOOKING: Final = ("Describe", "List", "Search")
_UPLOAD: Final = "CreateUploadUrl"
_NO_CONTENT: Final = 204
_URLS: Final = ("uploadUrl", "downloadUrl")
_UNKNOWN: Final = "UnknownOperationException"
_log = structlog.get_logger(__name__)
_encode = msgspec.json.Encoder().encode


class ModelsApi:
    """Serves the operations of the model-building API.

    ``access`` knows who may come in, by signature or token. Where bots cannot be made here,
    ``refusal`` says why. ``sessions`` is what the analytics count.
    """

    def __init__(
        self,
        workshop: Workshop | None,
        access: Access,
        *,
        sessions: stores.SessionStore | None = None,
        refusal: str = "Bots cannot be made on this server",
        limiter: limits.Limiter | None = None,
    ) -> None:
        self._workshop = workshop
        self._access = access
        self._sessions = sessions
        self._refusal = refusal
        self._limiter = limits.Limiter() if limiter is None else limiter
        self._match = Router(ROUTES).match
        self._operations: Mapping[str, HandledOperation] | None = None

    @staticmethod
    def claims(path: str) -> bool:
        """Whether a path is of this API, with or without an operation."""
        segment = path[1:].partition("/")[0]
        return segment in _SEGMENTS and not (segment == _BOTS and _RUNTIME in path)

    async def __call__(
        self, exchange: HttpExchange, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer one request; ``exchange`` notes the operation."""
        try:
            response = await self._respond(exchange, scope, receive)
        except TooSlow:
            raise
        except (TooLarge, ClientGone) as error:
            response = _failed(exchange, 400, "ValidationException", str(error))
        except (WorkshopError, lex.LexError) as error:
            after = error.retry_after if isinstance(error, lex.LexError) else None
            response = _failed(
                exchange, error.status, type(error).__name__, error.message, retry_after=after
            )
        except stores.StoreError as error:
            # What the model declares for a fault of the service, with the status of what will pass.
            _log.error("store_failed", request_id=exchange.request_id, error=str(error))
            line = chat.ChatError("StoreUnavailable").line("en")
            response = _failed(exchange, 503, "InternalServerException", line)
            exchange.error = "StoreUnavailable"
        except Exception:  # noqa: BLE001 - the last resort
            _log.exception("operation_failed", route=exchange.route, request_id=exchange.request_id)
            response = _failed(
                exchange, 500, "InternalServerException", "An internal error occurred"
            )
        await send_response(exchange, send, response)

    async def _respond(self, exchange: HttpExchange, scope: Scope, receive: Receive) -> Response:
        path: str = scope["path"]
        if self._workshop is None:
            exchange.route = "ModelsApi"
            raise lex.AccessDeniedException(self._refusal)
        if path.startswith(TRANSFERS_PATH):
            exchange.route = TRANSFERS_PATH + "{secret}"
            return await _transfer(self._workshop, scope, receive)
        # The slash at a path's end, which Amazon's clients send, may be left out.
        match = self._match(scope["method"], scope["raw_path"].removesuffix(b"/"))
        if match is None:
            exchange.route = "UnknownOperation"
            message = "No operation of the Lex APIs has this method and path"
            return _failed(exchange, 404, _UNKNOWN, message)
        route, labels = match
        exchange.route = route.name
        if self._operations is None:
            # Loaded for the first request, in a thread, because others talk meanwhile.
            self._operations = await asyncio.to_thread(operations)
        operation = self._operations.get(route.name)
        if operation is None:
            message = f"This server does not have Lex's operation {route.name}"
            return _failed(exchange, 404, _UNKNOWN, message)
        with AuditedChange(exchange, route, labels) as change:
            body = await read_body(receive, _MAX_BODY)
            self._access.authorize(exchange, "build", lambda: SignedRequest.of(scope, body))
            await self._count(route.name)
            query = scope["query_string"].decode("latin-1")
            request = read_request(route, operation.model, labels, query, body)
            change.note(request)
            try:
                if operation.handler is None:
                    return await self._ask_turns(self._workshop, route.name, operation, request)
                shape = await self._workshop.run(operation.handler, request)
            except ResourceNotFoundException as error:
                # Some operations declare another error for what does not exist.
                raise _MISSING[operation.model.missing](error.message) from None
            change.note(shape)
        return _serialized(shape, operation.model.status, _origin(exchange, scope))

    async def _ask_turns(
        self, workshop: Workshop, name: str, operation: HandledOperation, request: Any
    ) -> Response:
        """Answer one of the analytics, or forget what they count.

        Raises:
            ResourceNotFoundException: there is no such bot.
        """
        # A server starts without it.
        from daehwa.care import analytics  # noqa: PLC0415

        workshop.find_bot(request.bot_id)
        if self._sessions is None:
            raise PreconditionFailedException("This server keeps no conversations.")
        members = await analytics.OPERATIONS[name](self._sessions, request)
        if operation.model.status == _NO_CONTENT:
            return Response(_NO_CONTENT, (), b"")
        return Response(200, (_JSON,), _encode(_without_nulls(members)))

    async def _count(self, operation: str) -> None:
        """Count a change; to look costs nothing.

        Raises:
            lex.ThrottlingException: there were too many lately.
        """
        if operation.startswith(_LOOKING):
            return
        try:
            await self._limiter.check("building")
            if operation == _UPLOAD:
                await self._limiter.check("uploads")
        except limits.OverLimit as error:
            raise throttled(error) from None


_MISSING: Final[dict[str, type[WorkshopError]]] = {
    kind.__name__: kind
    for kind in (ResourceNotFoundException, PreconditionFailedException, ValidationException)
}


async def _transfer(workshop: Workshop, scope: Scope, receive: Receive) -> Response:
    secret = scope["path"].removeprefix(TRANSFERS_PATH)
    if scope["method"] == "PUT":
        upload = await asyncio.to_thread(workshop.transfers.open_upload, secret)
        if upload is not None:
            with upload:
                await save_body(receive, MAX_UPLOAD_BYTES, upload.write)
                await asyncio.to_thread(upload.finish)
            return Response(200, (), b"")
    elif scope["method"] == "GET":
        file = await asyncio.to_thread(workshop.transfers.download, secret)
        if file is not None:
            return Response(200, ((b"content-type", b"application/zip"),), file)
    raise ResourceNotFoundException("There is no such upload or download.")


def _failed(
    exchange: HttpExchange, status: int, name: str, message: str, *, retry_after: int | None = None
) -> Response:
    exchange.error = name
    return error_response(status, name, message, retry_after=retry_after)


def _serialized(shape: Shape | None, status: int, origin: str) -> Response:
    if status == _NO_CONTENT:
        return Response(status, (), b"")
    members = shape.members() if shape is not None else {}
    for name in _URLS:
        if name in members:
            members[name] = origin + members[name]
    return Response(status, (_JSON,), _encode(_without_nulls(members)))


def _without_nulls(value: Any) -> Any:
    """The value without the members that a client or a file set to ``null``."""
    if isinstance(value, dict):
        return {name: _without_nulls(one) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_without_nulls(one) for one in value]
    return value


def _origin(exchange: HttpExchange, scope: Scope) -> str:
    host = exchange.headers.get(b"host", b"localhost").decode("latin-1")
    return f"{scope['scheme']}://{host}"
