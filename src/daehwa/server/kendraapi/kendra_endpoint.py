"""Kendra's API as an ASGI application of its own, beside Lex's two.

Its protocol is AWS's ``json`` 1.1: every request is a POST to ``/``, a header names the operation,
and an error's name stands in the body. Source: the protocol "AWS JSON 1.1" of the Smithy
specification, and botocore's service model of Kendra.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import msgspec
import structlog
from starlette.types import Receive, Scope, Send

from daehwa import documents, lex, limits
from daehwa.conversation import throttled
from daehwa.server.access import Access
from daehwa.server.body import ClientGone, TooLarge, TooSlow, json_text, read_body
from daehwa.server.http_exchange import HttpExchange
from daehwa.server.kendraapi.document_audit import DocumentChange
from daehwa.server.kendraapi.kendra_error import error_response
from daehwa.server.lexapi import responses
from daehwa.server.modelsapi.constraints import faults
from daehwa.server.restjson import Response, refuse, send_response
from daehwa.server.settings import Door
from daehwa.server.sigv4 import SignedRequest

_HEADER: Final = b"x-amz-target"
_TARGET: Final = b"AWSKendraFrontendService."
_JSON: Final = (b"content-type", b"application/x-amz-json-1.1")
# Ten documents of 50 MB are Kendra's bound for one request; in base 64 that is more than a
# server should hold. So is this, but a whole handbook fits.
_MAX_BODY: Final = 72 * 2**20
_MAX_QUESTION: Final = 2**20
_WRITING: Final = frozenset(("BatchPutDocument", "BatchDeleteDocument"))
_SEARCHING: Final = frozenset(("Query", "Retrieve"))
_log = structlog.get_logger(__name__)
_encode = msgspec.json.Encoder().encode


def claims(headers: Mapping[bytes, bytes]) -> bool:
    """Whether a request is for Kendra."""
    return headers.get(_HEADER, b"").startswith(_TARGET)


def door(headers: Mapping[bytes, bytes]) -> Door:
    """The door of a request for Kendra: who changes documents builds, who reads talks."""
    return "build" if _operation(headers) in _WRITING else "lex"


def _operation(headers: Mapping[bytes, bytes]) -> str:
    return headers[_HEADER].removeprefix(_TARGET).decode("latin-1")


class KendraApi:
    """Serves Kendra's operations on the library of the data folder.

    ``access`` knows who may come in, by signature or token. Where documents cannot be put here,
    ``refusal`` says why.
    """

    def __init__(
        self,
        index: documents.KendraIndex | None,
        access: Access,
        *,
        limiter: limits.Limiter,
        refusal: str | None = None,
    ) -> None:
        self._index = index
        self._access = access
        self._limiter = limiter
        self._refusal = refusal

    async def __call__(
        self, exchange: HttpExchange, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer one request; ``exchange`` notes the operation."""
        name = _operation(exchange.headers)
        try:
            response = await self._respond(exchange, name, scope, receive)
        except TooSlow:
            raise
        except (TooLarge, ClientGone) as error:
            response = _failed(exchange, "ValidationException", str(error))
        except documents.KendraError as error:
            response = _failed(exchange, error.code, str(error))
        except lex.LexError as error:
            response = _failed(
                exchange,
                responses.error_name(error),
                error.message,
                retry_after=error.retry_after,
            )
        except Exception:  # noqa: BLE001 - the last resort
            _log.exception("operation_failed", route=exchange.route, request_id=exchange.request_id)
            response = _failed(
                exchange, "InternalServerException", "An internal error occurred", status=500
            )
        await send_response(exchange, send, response)

    async def _respond(
        self, exchange: HttpExchange, name: str, scope: Scope, receive: Receive
    ) -> Response:
        exchange.route = f"kendra:{name}" if name in documents.KENDRA_OPERATIONS else "kendra"
        operation = documents.KENDRA_OPERATIONS.get(name)
        with DocumentChange(exchange, name, reading=name not in _WRITING) as change:
            body = await self._admit(exchange, name, scope, receive)
            if operation is None or self._index is None:
                message = f"This server does not have Kendra's operation {name[:100]}"
                return _failed(exchange, "UnknownOperationException", message)
            await self._count(name)
            request = _read(operation.request, body)
            change.note(request)
            shape = await asyncio.to_thread(operation.carry_out, self._index, request)
            change.note(shape)
        return Response(200, (_JSON,), _encode({} if shape is None else shape.members()))

    async def _admit(
        self, exchange: HttpExchange, name: str, scope: Scope, receive: Receive
    ) -> bytes:
        """The body of a request that may come in.

        Raises:
            lex.AccessDeniedException: it may not.
        """
        entrance = door(exchange.headers)
        if name in _WRITING and self._refusal is not None:
            raise lex.AccessDeniedException(self._refusal)
        if b"authorization" not in exchange.headers:
            # Nobody fills memory with documents who brings no credential to a closed door.
            self._access.authorize(exchange, entrance, lambda: SignedRequest.of(scope, b""))
        body = await read_body(receive, _MAX_BODY if name in _WRITING else _MAX_QUESTION)
        self._access.authorize(exchange, entrance, lambda: SignedRequest.of(scope, body))
        return body

    async def _count(self, name: str) -> None:
        """Count a change, or a search, which costs what a turn costs.

        Raises:
            lex.ThrottlingException: there were too many lately.
        """
        try:
            if name in _WRITING:
                await self._limiter.check("building")
            elif name in _SEARCHING:
                await self._limiter.check("turns")
        except limits.OverLimit as error:
            raise throttled(error) from None


def _read(shape: type[msgspec.Struct], body: bytes) -> msgspec.Struct:
    """The request of an operation; ``null`` is a member that is not there.

    Raises:
        lex.ValidationException: it is not JSON, or breaks the model's constraints.
    """
    try:
        members: Any = msgspec.json.decode(json_text(body) or b"{}")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise lex.ValidationException(f"The request is not valid JSON: {error}") from None
    if not isinstance(members, dict):
        raise lex.ValidationException("The request is not a JSON object")
    try:
        refuse(list(faults(shape, members)))
        present = {name: value for name, value in members.items() if value is not None}
        return msgspec.convert(present, shape)
    except (msgspec.ValidationError, RecursionError) as error:
        raise lex.ValidationException(f"The request cannot be read: {error}") from None


def _failed(
    exchange: HttpExchange,
    name: str,
    message: str,
    *,
    status: int = 400,
    retry_after: int | None = None,
) -> Response:
    exchange.error = name
    return error_response(name, message, status=status, retry_after=retry_after)
