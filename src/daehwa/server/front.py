"""The first to see a request, whichever door it goes to.

In order, and why: a request gets its id (so that all that follows can be traced); a name that
is not this server's is refused (a page of another site may have made it lead here); a page of
another site is refused unless it is allowed (a browser would let it use a server on loopback);
the bearer token is checked (before anything is read); the Lex APIs answer by themselves (the
runtime's turns are what is waited for), everything else goes through the router; the request
is counted and logged (last, when its end is known).
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from daehwa import chat
from daehwa.server import kendraapi, lexapi, modelsapi
from daehwa.server.body import TooSlow
from daehwa.server.exchange import Exchange
from daehwa.server.faults import error_body
from daehwa.server.hosts import Hosts
from daehwa.server.metrics import Metrics

_READING = ("GET", "HEAD", "OPTIONS")
_log = structlog.get_logger("daehwa.request")
_CRASHED = "InternalServerException"
_FAULTS: dict[type[Exception], str] = {TooSlow: "RequestTimeout"}


class Front:
    """Takes each request to the Lex API or to the router, and tells how it went.

    ``hosts`` are the names under which the server answers; ``allowed_origins`` are other sites
    whose pages may send requests; ``*`` allows all.
    ``guarded`` are the beginnings of the paths that demand the ``token``, where there is one.
    ``quiet`` are the routes whose requests stand in the log at the level ``debug`` alone.
    """

    def __init__(
        self,
        lex_api: lexapi.LexApi,
        models_api: modelsapi.ModelsApi,
        kendra_api: kendraapi.KendraApi,
        router: ASGIApp,
        metrics: Metrics,
        *,
        hosts: Hosts,
        allowed_origins: tuple[str, ...] = (),
        token: str | None = None,
        guarded: tuple[str, ...] = (),
        quiet: frozenset[str] = frozenset(),
    ) -> None:
        self._lex_api = lex_api
        self._models_api = models_api
        self._kendra_api = kendra_api
        self._router = router
        self._metrics = metrics
        self._hosts = hosts
        self._allowed_origins = frozenset(allowed_origins)
        self._guarded = guarded
        self._quiet = quiet
        self._bearer = f"Bearer {token}".encode() if token else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        headers: dict[bytes, bytes] = dict(scope["headers"])
        exchange = Exchange(headers)
        path: str = scope["path"]
        try:
            if not self._hosts.welcome(headers.get(b"host")):
                await _refuse(exchange, send, "HostNotAllowed")
            elif b"origin" in headers and not self._welcome(scope, headers):
                await _refuse(exchange, send, "OriginNotAllowed")
            elif kendraapi.claims(headers):
                await self._kendra_api(exchange, scope, receive, send)
            elif self._models_api.claims(path):
                await self._models_api(exchange, scope, receive, send)
            elif path.startswith(lexapi.PREFIX):
                await self._lex_api(exchange, scope, receive, send)
            elif self._bearer is not None and not self._entitled(path, headers):
                await _refuse(exchange, send, "TokenMissing")
            else:
                await self._route(exchange, scope, receive, send)
        except asyncio.CancelledError:
            await _fail(exchange, send, "ShuttingDown")
            raise
        except Exception as error:  # noqa: BLE001 - the last resort
            if not isinstance(error, TooSlow):
                where = {"route": exchange.route, "request_id": exchange.request_id}
                _log.exception("request_failed", **where)
            await _fail(exchange, send, _FAULTS.get(type(error), _CRASHED))
        finally:
            self._metrics.request(exchange)
            log = _log.debug if exchange.route in self._quiet else _log.info
            log(
                "request",
                method=scope["method"],
                route=exchange.route,
                status=exchange.status,
                ms=round(exchange.seconds * 1000, 2),
                request_id=exchange.request_id,
                http=scope["http_version"],
                error=exchange.error,
            )

    async def _route(self, exchange: Exchange, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["exchange"] = exchange
        request_id = (b"x-request-id", exchange.request_id.encode())

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                message["headers"] = [*message["headers"], request_id]
            await send(message)

        try:
            await self._router(scope, receive, send_with_id)
        finally:
            # The router writes down which of its routes it took.
            exchange.route = getattr(scope.get("route"), "path", "unknown")

    def _welcome(self, scope: Scope, headers: Mapping[bytes, bytes]) -> bool:
        """Whether a browser's request comes from a page that may send it.

        Browsers tell by ``Sec-Fetch-Site`` where they trust the connection; elsewhere the
        origin has to be the host that was asked.
        """
        if scope["method"] in _READING:
            return True
        origin = headers[b"origin"].decode("latin-1")
        if self._allowed_origins & {"*", origin}:
            return True
        site = headers.get(b"sec-fetch-site")
        if site is not None:
            return site in (b"same-origin", b"none")
        return urlsplit(origin).netloc == headers.get(b"host", b"").decode("latin-1")

    def _entitled(self, path: str, headers: Mapping[bytes, bytes]) -> bool:
        if not path.startswith(self._guarded):
            return True
        sent = headers.get(b"authorization", b"")
        return self._bearer is not None and hmac.compare_digest(sent, self._bearer)


async def _fail(exchange: Exchange, send: Send, code: str) -> None:
    """End a request that cannot be served; one that is being answered has no second answer."""
    exchange.error = code
    if not exchange.status:
        await _refuse(exchange, send, code)


async def _refuse(exchange: Exchange, send: Send, code: str) -> None:
    error = chat.ChatError(code)
    exchange.status = error.status
    exchange.error = code
    accepted = exchange.headers.get(b"accept-language", b"").decode("latin-1")
    request_id = exchange.request_id
    body = error_body(error, chat.caller_language(accepted), request_id)
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(body)),
        (b"x-request-id", request_id.encode()),
    ]
    await send({"type": "http.response.start", "status": error.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
