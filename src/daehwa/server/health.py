"""Whether the server is alive and ready, and metrics: ``/healthz``, ``/readyz``, ``/metrics``."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from daehwa.conversation import Runtime
from daehwa.server.access import Access
from daehwa.server.faults import JsonResponse, exchange_of
from daehwa.server.metrics import Metrics

_NO_STORE = {"cache-control": "no-store"}


class Health:
    """The endpoints for whoever runs the server."""

    def __init__(self, runtime: Runtime, metrics: Metrics, access: Access) -> None:
        self._runtime = runtime
        self._metrics = metrics
        self._access = access

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

    async def ready(self, request: Request) -> Response:
        """``GET /readyz``: 200 when the bots can talk, 503 before; the body says why.

        What is wrong with the store or with the bots' files names places, and budgets of single
        answerers and bots name providers and customers: that is for those who may read metrics.
        """
        state = await self._runtime.readiness()
        exchange = exchange_of(request)
        self._access.identify(exchange, "metrics")
        if self._access.refusal(exchange, "metrics") is not None:
            state = msgspec.structs.replace(
                state,
                store=state.store if state.store == "ok" else "failed",
                not_served=state.not_served and dict.fromkeys(state.not_served, "failed"),
                old_builds=state.old_builds and dict.fromkeys(state.old_builds, "failed"),
                budget=state.budget
                and msgspec.structs.replace(
                    state.budget, answerers=msgspec.UNSET, bots=msgspec.UNSET
                ),
            )
        return JsonResponse(state, status_code=200 if state.ready else 503, headers=_NO_STORE)

    async def metrics(self, request: Request) -> Response:
        """``GET /metrics``, in Prometheus's text format, or as OpenMetrics for who accepts it."""
        body, content_type = self._metrics.exposition(request.headers.get("accept", ""))
        return Response(body, headers={**_NO_STORE, "content-type": content_type})
