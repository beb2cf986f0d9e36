"""The ASGI application: every door of the server, and the life of what is behind them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from daehwa import tracing, web
from daehwa.conversation import Runtime, RuntimePlan, spare_collections
from daehwa.server import description, faults, kendraapi, lexapi, modelsapi
from daehwa.server.access import Access
from daehwa.server.channels import channels
from daehwa.server.crossing import Crossing
from daehwa.server.direct import direct_endpoints
from daehwa.server.front import Front
from daehwa.server.gate import Gate
from daehwa.server.health import Health
from daehwa.server.hosts import Hosts
from daehwa.server.metrics import Metrics
from daehwa.server.page import Page
from daehwa.server.preview import Preview
from daehwa.server.settings import Door, ServerSettings
from daehwa.server.signing_in import SigningIn
from daehwa.workshop import Workshop

# The doors of the channels' paths that are not part of /chat.
_DOORS: dict[str, Door] = {"/v1/": "v1"}

_log = structlog.get_logger(__name__)


def doors(
    runtime: Runtime,
    settings: ServerSettings,
    *,
    speech: lexapi.Speech | None = None,
    workshop: Workshop | None = None,
    tracer: tracing.Tracer | None = None,
    page_root: Path = web.STATIC,
) -> ASGIApp:
    """Every door of the server, open onto ``runtime``. Serves HTTP; knows no lifespan.

    ``workshop`` has the bots that are made through the API, if that is allowed. ``tracer`` makes
    spans of requests.
    """
    metrics = Metrics(
        runtime.hook_load,
        runtime.limiter,
        runtime.understanding_load,
        runtime.answer_usage,
    )
    ways_in = channels(runtime, metrics, settings, speech if settings.page_speech else None)
    access = Access(settings)
    # Fetched by machines, and by browsers in dozens: the log would hold little else.
    quiet = [
        *Health(runtime, metrics, access).routes,
        *Page(
            page_root,
            parents=settings.allowed_origins,
            image_hosts=runtime.chat.image_hosts,
        ).routes,
        *(Preview(lambda: runtime.chat.page).routes if settings.local else ()),
    ]
    channel_routes = [route for each in ways_in for route in each.routes]
    guarded: dict[str, Door] = {
        start: _DOORS.get(start, "chat") for each in ways_in for start in each.guarded
    }
    front: ASGIApp = Front(
        lexapi.LexApi(
            lexapi.Service(runtime, metrics, speech),
            access,
            heartbeat_seconds=settings.heartbeat_seconds,
        ),
        modelsapi.ModelsApi(
            workshop if settings.refusal is None else None,
            access,
            sessions=runtime.sessions,
            refusal=settings.refusal or "Bots cannot be made on this server",
            limiter=runtime.limiter,
        ),
        kendraapi.KendraApi(
            runtime.kendra, access, limiter=runtime.limiter, refusal=settings.refusal
        ),
        _router([*channel_routes, *SigningIn(access).routes, *description.ROUTES, *quiet]),
        metrics,
        direct=direct_endpoints(channel_routes),
        gate=Gate(runtime.limiter),
        hosts=Hosts(settings.allowed_hosts, loopback=settings.loopback),
        allowed_origins=settings.allowed_origins,
        access=access,
        guarded=guarded | {"/metrics": "metrics"},
        quiet=frozenset(route.path for route in quiet if isinstance(route, Route)),
        tracer=tracer,
    )
    if settings.allowed_origins:
        front = Crossing(front, settings.allowed_origins)
    return front


def _router(routes: list[BaseRoute]) -> Starlette:
    return Starlette(
        routes=routes,
        exception_handlers={
            **faults.HANDLERS,
            HTTPException: faults.on_http_exception,
            Exception: faults.on_crash,
        },
    )


class Application:
    """The ASGI application that a server runs: it opens its runtime and closes it.

    ``workshop`` has the bots that were made through the API.
    """

    def __init__(
        self,
        plan: RuntimePlan,
        settings: ServerSettings,
        *,
        workshop: Workshop | None = None,
    ) -> None:
        self._plan = plan
        self._workshop = workshop
        self._settings = settings
        self._doors: ASGIApp | None = None
        self._runtime: Runtime | None = None
        self._serving: dict[asyncio.Task[Any], tuple[str, int]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve HTTP; take part in the lifespan; know no WebSockets."""
        if scope["type"] == "http":
            assert self._doors is not None  # noqa: S101 - the lifespan opens them first
            task = asyncio.current_task()
            assert task is not None  # noqa: S101 - a server runs each request in a task
            self._serving[task] = scope.get("client") or ("", 0)
            try:
                await self._doors(scope, receive, send)
            finally:
                del self._serving[task]
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    def clients(self) -> set[tuple[str, int]]:
        """The addresses and ports of those whose requests are being served."""
        return {(host, int(port)) for host, port in self._serving.values()}

    async def learn(self, seconds: float) -> None:
        """Wait for every bot to be learned, for some seconds at most."""
        if self._runtime is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._runtime.learned.wait()

    async def settle(self) -> None:
        """Have collections of garbage pass over what stays, once the bots are learned."""
        if self._runtime is not None:
            await self._runtime.learned.wait()
            spare_collections()

    async def end_requests(self, grace_seconds: float) -> None:
        """Let the requests and turns in progress end on their own for a while, then end them.

        Whoever watches an answer gets its end: what was said so far, or an error.
        """
        end = time.monotonic() + grace_seconds
        if self._serving:
            await asyncio.wait(tuple(self._serving), timeout=grace_seconds)
        if self._runtime is not None:
            await self._runtime.chat.end_turns(max(0.0, end - time.monotonic()))
        if self._serving:
            await asyncio.wait(tuple(self._serving), timeout=1)
        for task in tuple(self._serving):
            task.cancel()
        if self._serving:
            await asyncio.wait(tuple(self._serving), timeout=1)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        async with AsyncExitStack() as stack:
            try:
                await self._open(stack)
            except Exception as error:
                await send({"type": "lifespan.startup.failed", "message": str(error)})
                raise
            await send({"type": "lifespan.startup.complete"})
            await receive()
            # A second signal ends what is being closed; the server still has to hear of the end.
            with contextlib.suppress(asyncio.CancelledError):
                await stack.aclose()
        await send({"type": "lifespan.shutdown.complete"})

    async def _open(self, stack: AsyncExitStack) -> None:
        speech = None
        if self._settings.speech is not None:
            speech = lexapi.Speech(self._settings.speech)
            stack.push_async_callback(speech.close)
        tracer = _open_telemetry()
        if tracer is not None:
            stack.push_async_callback(tracer.close)
        runtime = self._runtime = await stack.enter_async_context(self._plan.open())
        if self._workshop is not None:
            await stack.enter_async_context(self._workshop)
        self._doors = doors(
            runtime, self._settings, speech=speech, workshop=self._workshop, tracer=tracer
        )


def _open_telemetry() -> tracing.Telemetry | None:
    """What sends spans, if the environment wants that and it can be done."""
    try:
        return tracing.open_telemetry(os.environ)
    except tracing.TelemetryMissing as error:
        # An operator may set the variable for every program on a machine.
        _log.warning("traces_off", error=str(error))
        return None
