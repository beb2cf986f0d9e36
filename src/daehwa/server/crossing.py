"""Pages of other sites: which may call the server (CORS) or embed the chat, and what they read.

A browser only shows the owner of the other site that something was refused. Which setting to change
is in the log, and also in the answer where browsers let people read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from daehwa import chat
from daehwa.server import lexapi

SETTING: Final = "DAEHWA_ALLOWED_ORIGINS"

_EXPOSED: Final = (
    chat.SECRET_HEADER.lower(),
    "x-request-id",
    "x-amzn-requestid",
    "x-amzn-errortype",
    "retry-after",
    *lexapi.PACKED_HEADERS,
)
_EMBEDDED: Final = ("iframe", "frame", "object", "embed")
_log = structlog.get_logger("daehwa.request")


class Crossing:
    """Answers preflights of ``allowed_origins``, and lets their pages read what they asked for.

    Requests of all other origins go on to ``inner`` as they are; ``*`` allows all.
    """

    def __init__(self, inner: ASGIApp, allowed_origins: tuple[str, ...]) -> None:
        self._inner = inner
        self._allowed = frozenset(allowed_origins)
        self._cors = CORSMiddleware(
            inner,
            allow_origins=allowed_origins,
            allow_methods=("GET", "POST", "DELETE"),
            allow_headers=("*",),
            expose_headers=_EXPOSED,
            max_age=3600,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        allowed = origin is not None and self._allowed & {"*", origin}
        if origin is not None and not allowed and scope["method"] == "GET":
            _note_refused_reading(origin, headers.get("host", ""), scope["path"])
        await (self._cors if allowed else self._inner)(scope, receive, send)


def refuses_preflight(scope: Scope, headers: Mapping[bytes, bytes]) -> bool:
    """Whether the request is a preflight that no ``Crossing`` has answered; the log gets a line."""
    if scope["method"] != "OPTIONS" or b"access-control-request-method" not in headers:
        return False
    origin = _shown(headers.get(b"origin", b"").decode("latin-1"))
    _log.warning("preflight_refused", origin=origin, path=scope["path"], set=SETTING)
    return True


def _note_refused_reading(origin: str, host: str, path: str) -> None:
    """Leave a line in the log where an answer goes to a page that its browser keeps it from.

    A browser names the page's origin in a GET to another server, and sends it without a preflight:
    the answer itself may be a 200.
    """
    if origin.partition("://")[2] != host:
        _log.warning("read_refused", origin=_shown(origin), path=path, set=SETTING)


def note_refused_embedding(headers: Headers, path: str, parents: tuple[str, ...]) -> None:
    """Leave a line in the log where a page's file goes to a site that a browser keeps it from.

    The answer itself is a 200: the browser reads in its headers who may embed the page.
    """
    if headers.get("sec-fetch-site") not in ("cross-site", "same-site"):
        return
    kind = headers.get("sec-fetch-dest", "")
    site = urlsplit(headers.get("referer", ""))
    origin = f"{site.scheme}://{site.netloc}" if site.netloc else ""
    framed = kind in _EMBEDDED and not {"*", origin} & set(parents)
    # Where any site may embed the page, all may load its launcher.
    if framed or (kind == "script" and not parents):
        _log.warning("embed_refused", site=_shown(origin) or "unknown", path=path, set=SETTING)


def _shown(origin: str) -> str:
    """An origin that somebody sent, short enough for a line."""
    return origin[:200]
