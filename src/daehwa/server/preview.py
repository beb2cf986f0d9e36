"""``/preview``: the page's settings at work, for whoever writes them.

It is there where only this machine reaches the server: what it shows is not for visitors.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import sha256

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from daehwa import chat, web
from daehwa.conversation import PageTable, faint_colours
from daehwa.server.faults import JsonResponse

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


class PreviewState(msgspec.Struct, frozen=True):
    """Changes when the settings do.

    ``faint`` are colours that are hard to see, a line each; ``problem`` is why the file as it is
    now is not in force.
    """

    version: str
    problem: str | None
    faint: tuple[str, ...]


class Preview:
    """Answers ``GET`` of the preview; ``table`` gives the settings that are in force."""

    def __init__(self, table: Callable[[], PageTable]) -> None:
        self._table = table

    @property
    def routes(self) -> list[BaseRoute]:
        """The page, its parts, and what it asks for each second."""
        files = {path.name: path.read_bytes() for path in sorted(web.PREVIEW.iterdir())}
        parts = [
            Route(f"/preview/{name}", partial(_file, name, content))
            for name, content in files.items()
        ]
        page = Route("/preview", partial(_file, "preview.html", files["preview.html"]))
        return [page, Route("/preview/state", self._state), *parts]

    async def _state(self, _request: Request) -> Response:
        table = self._table()
        written = msgspec.json.encode(table.setting, order="deterministic")
        state = PreviewState(
            version=sha256(written).hexdigest()[:16],
            problem=table.problem,
            faint=faint_colours(table.setting),
        )
        return JsonResponse(state, headers=_HEADERS)


async def _file(name: str, content: bytes, _request: Request) -> Response:
    return Response(content, headers={**_HEADERS, "content-type": chat.media_type(name)})
