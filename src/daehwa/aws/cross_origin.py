"""Pages of other sites: which may call the API (CORS), as the server has it.

Source: the Fetch standard, "CORS protocol". A site that is not allowed can neither read what comes
back nor send what changes anything: the browser says by ``Sec-Fetch-Site`` and ``Origin`` from
where a request comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from daehwa import chat
from daehwa.aws.gateway import Request, response
from daehwa.aws.origin_secret import HOST_HEADER

_READING = ("GET", "HEAD", "OPTIONS")
_METHODS = "DELETE, GET, POST"
_EXPOSED = f"{chat.SECRET_HEADER.lower()}, retry-after"
_AGE_SECONDS = "3600"
ANY = "*"


class CrossOrigin:
    """The origins that may call; ``*`` is all."""

    def __init__(self, origins: Iterable[str] = ()) -> None:
        self._origins = frozenset(origins)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> CrossOrigin:
        """The origins in ``ALLOWED_ORIGINS``, with commas between."""
        return cls(filter(None, map(str.strip, environ.get("ALLOWED_ORIGINS", "").split(","))))

    def headers(self, request: Request) -> dict[str, str]:
        """What a browser wants to read before it shows an answer to the page that asked."""
        if not self._origins:
            return {}
        origin = request.headers.get("origin")
        if origin is None or not self._is_allowed(origin):
            # A cache must not hand one site's answer to another.
            return {"vary": "Origin"}
        return {
            "access-control-allow-origin": ANY if ANY in self._origins else origin,
            "access-control-expose-headers": _EXPOSED,
            "vary": "Origin",
        }

    def preflight(self, request: Request) -> dict[str, Any] | None:
        """The answer to a browser that asks before it sends; ``None`` for any other request.

        Raises:
            chat.ChatError: the site may not.
        """
        asks = "access-control-request-method" in request.headers
        if request.method != "OPTIONS" or not asks:
            return None
        if not self._is_allowed(request.headers.get("origin", "")):
            raise chat.ChatError("OriginNotAllowed")
        return response(
            204,
            headers={
                "access-control-allow-methods": _METHODS,
                "access-control-allow-headers": request.headers.get(
                    "access-control-request-headers", ""
                ),
                "access-control-max-age": _AGE_SECONDS,
            },
        )

    def check(self, request: Request) -> None:
        """Check that a request which changes something comes from a page that may send it.

        Raises:
            chat.ChatError: it does not.
        """
        origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
        if request.method in _READING or (origin is None and site is None):
            return
        if origin is not None and self._is_allowed(origin):
            return
        if site is not None:
            own = site in ("same-origin", "none")
        else:
            host = request.headers.get(HOST_HEADER) or request.headers.get("host")
            own = urlsplit(origin or "").netloc == host
        if not own:
            raise chat.ChatError("OriginNotAllowed")

    def _is_allowed(self, origin: str) -> bool:
        return bool(self._origins & {ANY, origin})
