"""Routes that bypass the router: people wait for the turn of a chat.

Through Starlette's router, its middleware and its wrappers a request passes eight layers.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from daehwa.server import faults

Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]


class DirectRoute(Route):
    """A route of one ``method`` whose path has no parameters; the router knows it too."""

    def __init__(self, path: str, endpoint: Endpoint, method: str) -> None:
        super().__init__(path, endpoint, methods=[method])
        self.method = method
        self.direct = _DirectEndpoint(endpoint)


def direct_endpoints(routes: Iterable[BaseRoute]) -> dict[tuple[str, str], ASGIApp]:
    """The applications behind the direct routes among these, by method and path."""
    return {(r.method, r.path): r.direct for r in routes if isinstance(r, DirectRoute)}


class _DirectEndpoint:
    """An endpoint as an ASGI application, which answers its errors as the router would."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; an error that nobody expects is raised, for the front to answer."""
        request = Request(scope, receive)
        try:
            response = await self._endpoint(request)
        except tuple(faults.HANDLERS) as error:
            response = await faults.answer(request, error)
        await response(scope, receive, send)
