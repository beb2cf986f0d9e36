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

from daehwa import documents, lex
from daehwa.server.body import ClientGone, TooLarge, TooSlow, read_body
from daehwa.server.exchange import Exchange
from daehwa.server.lexapi import responses
from daehwa.server.modelsapi.constraints import faults
from daehwa.server.restjson import Response, refuse, send_response
from daehwa.server.sigv4 import SignedRequest, Verifier

_HEADER: Final = b"x-amz-target"
_TARGET: Final = b"AWSKendraFrontendService."
_JSON: Final = (b"content-type", b"application/x-amz-json-1.1")
# Ten documents of 50 MB are Kendra's bound for one request; in base 64 that is more than a
# server should hold. So is this, but a whole handbook fits.
_MAX_BODY: Final = 72 * 2**20
_WRITING: Final = frozenset(("BatchPutDocument", "BatchDeleteDocument"))
_log = structlog.get_logger(__name__)
_encode = msgspec.json.Encoder().encode


def claims(headers: Mapping[bytes, bytes]) -> bool:
    """Whether a request is for Kendra."""
    return headers.get(_HEADER, b"").startswith(_TARGET)


class KendraApi:
    """Serves Kendra's operations on the library of the data folder.

    With a ``verifier`` every request must be signed with one of its keys. Where documents cannot
    be put here, ``refusal`` says why.
    """

    def __init__(
        self,
        index: documents.KendraIndex | None,
        verifier: Verifier | None = None,
        *,
        refusal: str | None = None,
    ) -> None:
        self._index = index
        self._verifier = verifier
        self._refusal = refusal

    async def __call__(
        self, exchange: Exchange, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer one request; ``exchange`` notes the operation."""
        name = exchange.headers[_HEADER].removeprefix(_TARGET).decode("latin-1")
        try:
            response = await self._respond(exchange, name, scope, receive)
        except ClientGone:
            return
        except TooSlow:
            raise
        except TooLarge as error:
            response = _failed(exchange, "ValidationException", str(error))
        except documents.KendraError as error:
            response = _failed(exchange, error.code, str(error))
        except lex.LexError as error:
            response = _failed(exchange, responses.error_name(error), error.message)
        except Exception:  # noqa: BLE001 - the last resort
            _log.exception("operation_failed", route=exchange.route, request_id=exchange.request_id)
            response = _failed(
                exchange, "InternalServerException", "An internal error occurred", status=500
            )
        await send_response(exchange, send, response)

    async def _respond(
        self, exchange: Exchange, name: str, scope: Scope, receive: Receive
    ) -> Response:
        exchange.route = f"kendra:{name}" if name in documents.KENDRA_OPERATIONS else "kendra"
        operation = documents.KENDRA_OPERATIONS.get(name)
        body = await read_body(receive, _MAX_BODY)
        if self._verifier is not None:
            self._verifier.verify(_signed(scope, body))
        if operation is None or self._index is None:
            message = f"This server does not have Kendra's operation {name[:100]}"
            return _failed(exchange, "UnknownOperationException", message)
        if name in _WRITING and self._refusal is not None:
            raise lex.AccessDeniedException(self._refusal)
        request = _read(operation.request, body)
        shape = await asyncio.to_thread(operation.carry_out, self._index, request)
        return Response(200, (_JSON,), _encode({} if shape is None else shape.members()))


def _read(shape: type[msgspec.Struct], body: bytes) -> msgspec.Struct:
    """The request of an operation; ``null`` is a member that is not there.

    Raises:
        lex.ValidationException: it is no JSON, or breaks the model's constraints.
    """
    try:
        members: Any = msgspec.json.decode(body or b"{}")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise lex.ValidationException("The request is not valid JSON") from None
    if not isinstance(members, dict):
        raise lex.ValidationException("The request is not a JSON object")
    try:
        refuse(list(faults(shape, members)))
        present = {name: value for name, value in members.items() if value is not None}
        return msgspec.convert(present, shape)
    except (msgspec.ValidationError, RecursionError) as error:
        raise lex.ValidationException(f"The request cannot be read: {error}") from None


def _failed(exchange: Exchange, name: str, message: str, *, status: int = 400) -> Response:
    exchange.error = name
    body = _encode({"__type": name, "message": message, "Message": message})
    return Response(status, (_JSON, (b"x-amzn-errortype", name.encode())), body)


def _signed(scope: Scope, body: bytes) -> SignedRequest:
    return SignedRequest(
        method=scope["method"],
        path=scope["raw_path"].decode("latin-1"),
        query=scope["query_string"].decode("latin-1"),
        headers=scope["headers"],
        body=body,
    )
