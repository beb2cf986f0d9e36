"""The first to see a request, whichever door it goes to.

In order, and why: a request gets its id (so that all that follows can be traced); a name that
is not this server's is refused (a page of another site may have made it lead here); a page of
another site is refused unless it is allowed (a browser would let it use a server on loopback);
beyond the seats that there are it is refused (it would only wait); who sends it is made out, and
whether the door that it came to is open to them (before anything is read); the Lex APIs answer
on their own (the runtime's turns are what is waited for), everything else goes through the
router; the request is counted and logged (last, when its end is known).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from urllib.parse import urlsplit

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from daehwa import chat, tracing
from daehwa.server import kendraapi, lexapi, modelsapi, signing_in
from daehwa.server.access import Access
from daehwa.server.body import TooSlow, announced
from daehwa.server.body_encoding import refuse_for_aws, refused_encoding
from daehwa.server.crossing import refuses_preflight
from daehwa.server.faults import error_body
from daehwa.server.gate import Gate, Refusal, refuse
from daehwa.server.hosts import Hosts
from daehwa.server.http_exchange import HttpExchange
from daehwa.server.metrics import Metrics
from daehwa.server.request_span import end_request_span, request_span
from daehwa.server.settings import Door

_READING = ("GET", "HEAD", "OPTIONS")
_log = structlog.get_logger("daehwa.request")
_CRASHED = "InternalServerException"
_FAULTS: dict[type[Exception], str] = {TooSlow: "RequestTimeout"}


class Front:
    """Passes each request to the Lex API or to the router, and logs how it went.

    ``direct`` are the endpoints that need no router, by method and path.
    ``gate`` lets requests in. ``hosts`` are the names under which the server answers;
    ``allowed_origins`` are other sites whose pages may send requests; ``*`` allows all.
    ``access`` knows who may come in; ``guarded`` are the beginnings of the router's paths that
    are not for everybody, each with its door.
    ``quiet`` are the routes whose requests stand in the log at the level ``debug`` alone.
    ``tracer`` makes spans of requests and of what they wait for.
    """

    def __init__(
        self,
        lex_api: lexapi.LexApi,
        models_api: modelsapi.ModelsApi,
        kendra_api: kendraapi.KendraApi,
        router: ASGIApp,
        metrics: Metrics,
        *,
        direct: Mapping[tuple[str, str], ASGIApp],
        gate: Gate,
        hosts: Hosts,
        access: Access,
        guarded: Mapping[str, Door],
        allowed_origins: tuple[str, ...] = (),
        quiet: frozenset[str] = frozenset(),
        tracer: tracing.Tracer | None = None,
    ) -> None:
        self._lex_api = lex_api
        self._models_api = models_api
        self._kendra_api = kendra_api
        self._router = router
        self._direct = direct
        self._metrics = metrics
        self._gate = gate
        self._hosts = hosts
        self._allowed_origins = frozenset(allowed_origins)
        self._access = access
        self._guarded = guarded
        self._quiet = quiet
        self._tracer = tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        headers: dict[bytes, bytes] = dict(scope["headers"])
        exchange = HttpExchange(headers)
        with tracing.Watch(exchange.request_id, self._metrics, self._tracer) as watch:
            span = request_span(self._tracer, exchange, scope)
            span.enter()
            try:
                await self._admit(exchange, headers, scope, receive, send)
            finally:
                span.leave()
                end_request_span(span, exchange, scope)
                self._conclude(exchange, scope, watch, span.trace)

    async def _admit(
        self,
        exchange: HttpExchange,
        headers: dict[bytes, bytes],
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        """Serve a request while it has a seat; refuse it if there is none."""
        path: str = scope["path"]
        kendra = kendraapi.claims(headers)
        entrance = kendraapi.door(headers) if kendra else None
        building = self._models_api.claims(path) or entrance == "build"
        try:
            visit = self._gate.enter(scope, headers, building=building)
        except Refusal as refusal:
            runtime = building or path.startswith(lexapi.PREFIX)
            door = "lex" if runtime else "openai" if path.startswith("/v1/") else "chat"
            await refuse(exchange, send, refusal, door="kendra" if kendra else door)
            return
        try:
            await self._serve(
                exchange, headers, scope, announced(receive, headers), visit.watch(send)
            )
        finally:
            await visit.leave(exchange)

    async def _serve(
        self,
        exchange: HttpExchange,
        headers: Mapping[bytes, bytes],
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        path: str = scope["path"]
        try:
            unwelcome = self._unwelcome(scope, headers)
            if unwelcome is not None:
                await _refuse(exchange, send, unwelcome)
            elif (code := refused_encoding(headers, scope["headers"])) is not None:
                await self._refuse_encoded(exchange, path, send, code)
            elif kendraapi.claims(headers):
                self._access.identify(exchange, kendraapi.door(headers))
                await self._kendra_api(exchange, scope, receive, send)
            elif self._models_api.claims(path):
                self._access.identify(exchange, "build")
                await self._models_api(exchange, scope, receive, send)
            elif path.startswith(lexapi.PREFIX):
                self._access.identify(exchange, "lex")
                await self._lex_api(exchange, scope, receive, send)
            else:
                refusal = self._closed(exchange, path)
                if refusal is not None:
                    await _send_refusal(exchange, send, refusal)
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

    async def _refuse_encoded(
        self, exchange: HttpExchange, path: str, send: Send, code: str
    ) -> None:
        aws = self._models_api.claims(path) or path.startswith(lexapi.PREFIX)
        if aws or kendraapi.claims(exchange.headers):
            await refuse_for_aws(exchange, send, code)
        else:
            exchange.door = path[1:].partition("/")[0]
            await _refuse(exchange, send, code)

    def _conclude(
        self, exchange: HttpExchange, scope: Scope, watch: tracing.Watch, trace: str
    ) -> None:
        self._metrics.request(exchange, trace)
        watch.over = True
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
            trace_id=trace or None,
            **watch.facts,
            **tracing.step_ms(watch),
        )

    async def _route(
        self, exchange: HttpExchange, scope: Scope, receive: Receive, send: Send
    ) -> None:
        scope.setdefault("state", {})["exchange"] = exchange
        request_id = (b"x-request-id", exchange.request_id.encode())

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                message["headers"] = [*message["headers"], request_id]
            await send(message)

        direct = self._direct.get((scope["method"], scope["path"]))
        if direct is not None:
            exchange.route = scope["path"]
            await direct(scope, receive, send_with_id)
            return
        try:
            await self._router(scope, receive, send_with_id)
        finally:
            # The router writes down which of its routes it took.
            exchange.route = getattr(scope.get("route"), "path", "unknown")

    def _unwelcome(self, scope: Scope, headers: Mapping[bytes, bytes]) -> str | None:
        """Why a request is refused for where it goes or comes from; ``None`` if it is not."""
        if not self._hosts.welcome(_host(scope, headers)) or _hosts_twice(scope, headers):
            return "HostNotAllowed"
        if refuses_preflight(scope, headers) or not self._welcome(scope, headers):
            return "OriginNotAllowed"
        return None

    def _welcome(self, scope: Scope, headers: Mapping[bytes, bytes]) -> bool:
        """Whether a browser's request comes from a page that may send it.

        Browsers say so by ``Sec-Fetch-Site`` where they trust the connection; elsewhere the
        origin has to be the host that was asked.
        """
        site = headers.get(b"sec-fetch-site")
        if scope["method"] in _READING or (b"origin" not in headers and site is None):
            return True
        origin = headers.get(b"origin", b"").decode("latin-1")
        if self._allowed_origins & {"*", origin}:
            return True
        if site is not None:
            return site in (b"same-origin", b"none")
        name = urlsplit(origin).netloc
        return bool(name) and name == headers.get(b"host", b"").decode("latin-1")

    def _closed(self, exchange: HttpExchange, path: str) -> chat.ChatError | None:
        """Why the router's path is closed to whoever sends the request, if it is."""
        # A channel has sessions of its own, and is known by where its paths begin.
        exchange.door = path[1:].partition("/")[0]
        for start, door in self._guarded.items():
            if path.startswith(start):
                self._access.identify(exchange, door)
                if path == signing_in.PATH:
                    return None
                return self._access.refusal(exchange, door)
        return None


def _host(scope: Scope, headers: Mapping[bytes, bytes]) -> bytes | None:
    """The ``Host`` that a request has.

    HTTP/1.0, which no browser uses, does not require one. HAProxy's health checks have none, and
    the HTTP library then passes on an empty one.
    """
    host = headers.get(b"host")
    return None if host == b"" and scope["http_version"] == "1.0" else host


def _hosts_twice(scope: Scope, headers: Mapping[bytes, bytes]) -> bool:
    """Whether a request names several hosts; a proxy may have checked another one than we would."""
    sent = scope["headers"]
    return len(sent) != len(headers) and sum(name == b"host" for name, _ in sent) > 1


async def _fail(exchange: HttpExchange, send: Send, code: str) -> None:
    """End a request that cannot be served; one that is being answered has no second answer."""
    exchange.error = code
    if not exchange.status:
        await _refuse(exchange, send, code)


async def _refuse(exchange: HttpExchange, send: Send, code: str) -> None:
    await _send_refusal(exchange, send, chat.ChatError(code))


async def _send_refusal(exchange: HttpExchange, send: Send, error: chat.ChatError) -> None:
    exchange.status = error.status
    exchange.error = error.code
    accepted = exchange.headers.get(b"accept-language", b"").decode("latin-1")
    request_id = exchange.request_id
    body = error_body(error, chat.caller_language(accepted), exchange)
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(body)),
        (b"x-request-id", request_id.encode()),
    ]
    await send({"type": "http.response.start", "status": error.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
