"""The model-building API as an ASGI application of its own, beside the runtime API.

A request is matched, read, checked (signature, then constraints), carried out in the workshop,
answered; whatever goes wrong becomes a modelled error. Uploads and downloads have addresses
that hold a secret, and no signature, as Amazon's have.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

import msgspec
import structlog
from starlette.types import Receive, Scope, Send

from daehwa import lex, workshop
from daehwa.server.body import ClientGone, TooLarge, read_body
from daehwa.server.exchange import Exchange
from daehwa.server.modelsapi.members import read
from daehwa.server.modelsapi.operations import Operation, Router
from daehwa.server.restjson import Reply, failure
from daehwa.server.sigv4 import SignedRequest, Verifier

_BOTS: Final = "/bots"
_RUNTIME: Final = "/botAliases/"
_OTHERS: Final = (
    "/builtins/",
    "/createuploadurl",
    "/exports",
    "/imports",
    "/policy/",
    "/tags/",
    workshop.TRANSFERS_PATH,
)
_MAX_BODY: Final = 6 * 2**20
_JSON: Final = (b"content-type", b"application/json")
_URLS: Final = ("uploadUrl", "downloadUrl")
_log = structlog.get_logger(__name__)
_encode = msgspec.json.Encoder().encode


class ModelsApi:
    """Serves the operations of the model-building API.

    With a ``verifier`` every request must be signed with one of its keys. Where bots cannot be
    made here, ``refusal`` says why.
    """

    def __init__(
        self,
        shop: workshop.Workshop | None,
        verifier: Verifier | None = None,
        *,
        refusal: str = "This server makes no bots",
    ) -> None:
        self._shop = shop
        self._verifier = verifier
        self._refusal = refusal
        self._match = Router().match

    @staticmethod
    def claims(path: str) -> bool:
        """Whether a path is of this API: the runtime's are beneath a bot's aliases."""
        if path.startswith(_BOTS):
            return path[len(_BOTS) :][:1] in ("", "/") and _RUNTIME not in path
        return path.startswith(_OTHERS)

    async def __call__(
        self, exchange: Exchange, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer one request; ``exchange`` is told the operation."""
        try:
            reply = await self._reply(exchange, scope, receive)
        except ClientGone:
            return
        except TooLarge as error:
            reply = self._failed(exchange, 400, "ValidationException", str(error))
        except workshop.WorkshopError as error:
            reply = self._failed(exchange, error.status, type(error).__name__, error.message)
        except lex.LexError as error:
            reply = self._failed(exchange, error.status, type(error).__name__, error.message)
        except Exception:  # noqa: BLE001 - the last resort
            _log.exception("operation failed", route=exchange.route, request_id=exchange.request_id)
            reply = self._failed(
                exchange, 500, "InternalServerException", "An internal error occurred"
            )
        await _answer(exchange, send, reply)

    async def _reply(self, exchange: Exchange, scope: Scope, receive: Receive) -> Reply:
        path: str = scope["path"]
        if self._shop is None:
            exchange.route = "ModelsApi"
            raise lex.AccessDeniedException(self._refusal)
        if path.startswith(workshop.TRANSFERS_PATH):
            exchange.route = workshop.TRANSFERS_PATH + "{secret}"
            return await self._transfer(self._shop, scope, receive)
        found = self._match(scope["method"], scope["raw_path"])
        if found is None:
            exchange.route = "UnknownOperation"
            return self._failed(
                exchange,
                404,
                "UnknownOperationException",
                "No operation that this server has of the Lex APIs has this method and path",
            )
        operation, labels = found
        exchange.route = operation.name
        body = await read_body(receive, _MAX_BODY)
        if self._verifier is not None:
            self._verifier.verify(_signed(scope, body))
        asked = read(operation, labels, scope["query_string"].decode("latin-1"), body)
        try:
            told = await self._shop.do(operation.do, asked)
        except workshop.ResourceNotFoundException as error:
            if operation.absent == type(error).__name__:
                raise
            raise _ABSENT[operation.absent](error.message) from None
        return _told(operation, told, _origin(exchange, scope))

    async def _transfer(self, shop: workshop.Workshop, scope: Scope, receive: Receive) -> Reply:
        secret = scope["path"].removeprefix(workshop.TRANSFERS_PATH)
        if scope["method"] == "PUT":
            data = await read_body(receive, workshop.MAX_UPLOAD_BYTES)
            if await asyncio.to_thread(shop.transfers.uploaded, secret, data):
                return Reply(200, (), b"")
        elif scope["method"] == "GET":
            file = shop.transfers.download(secret)
            if file is not None:
                data = await asyncio.to_thread(file.read_bytes)
                return Reply(200, ((b"content-type", b"application/zip"),), data)
        raise workshop.ResourceNotFoundException("There is no such upload or download.")

    @staticmethod
    def _failed(exchange: Exchange, status: int, name: str, message: str) -> Reply:
        exchange.error = name
        return failure(status, name, message)


_ABSENT: Final[dict[str, type[workshop.WorkshopError]]] = {
    "PreconditionFailedException": workshop.PreconditionFailedException,
    "ValidationException": workshop.ValidationException,
}


def _told(operation: Operation, told: dict[str, Any], origin: str) -> Reply:
    members = {name: told[name] for name in operation.tells if told.get(name) is not None}
    for name in _URLS:
        if name in members:
            members[name] = origin + members[name]
    body = b"" if operation.status == 204 else _encode(_present(members))  # noqa: PLR2004 - no content
    return Reply(operation.status, (_JSON,) if body else (), body)


def _present(value: Any) -> Any:
    """The value without the members that are not there."""
    if isinstance(value, dict):
        return {name: _present(one) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_present(one) for one in value]
    return value


def _origin(exchange: Exchange, scope: Scope) -> str:
    host = exchange.headers.get(b"host", b"localhost").decode("latin-1")
    return f"{scope['scheme']}://{host}"


def _signed(scope: Scope, body: bytes) -> SignedRequest:
    return SignedRequest(
        method=scope["method"],
        path=scope["raw_path"].decode("latin-1"),
        query=scope["query_string"].decode("latin-1"),
        headers=scope["headers"],
        body=body,
    )


async def _answer(exchange: Exchange, send: Send, reply: Reply) -> None:
    exchange.status = reply.status
    request_id = exchange.request_id.encode()
    headers = [
        *reply.headers,
        (b"x-amzn-requestid", request_id),
        (b"x-request-id", request_id),
    ]
    if reply.status != 204:  # noqa: PLR2004 - no content
        headers.append((b"content-length", b"%d" % len(reply.body)))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body, "more_body": False})
