"""Is it alive, can it talk, and how does it fare: ``/healthz``, ``/readyz``, ``/metrics``."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from daehwa.conversation import Runtime
from daehwa.server.faults import JsonResponse
from daehwa.server.metrics import Metrics

_NO_STORE = {"cache-control": "no-store"}


class Health:
    """The endpoints for whoever runs the server."""

    def __init__(self, runtime: Runtime, metrics: Metrics) -> None:
        self._runtime = runtime
        self._metrics = metrics

    @property
    def routes(self) -> list[BaseRoute]:
        """Where the endpoints are."""
        return [
            Route("/healthz", self.alive),
            Route("/readyz", self.ready),
            Route("/metrics", self.metrics),
        ]

    async def alive(self, _request: Request) -> Response:
        """``GET /healthz``: the process answers."""
        return JsonResponse({"status": "ok"}, headers=_NO_STORE)

    async def ready(self, _request: Request) -> Response:
        """``GET /readyz``: 200 when the bots can talk, 503 before; the body says why."""
        state = await self._runtime.readiness()
        return JsonResponse(state, status_code=200 if state.ready else 503, headers=_NO_STORE)

    async def metrics(self, request: Request) -> Response:
        """``GET /metrics``, in Prometheus's text format, or as OpenMetrics for who accepts it."""
        body, content_type = self._metrics.exposition(request.headers.get("accept", ""))
        return Response(body, headers={**_NO_STORE, "content-type": content_type})
