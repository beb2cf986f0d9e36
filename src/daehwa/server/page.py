"""The chat page's files, from memory: right types, entity tags, gzip made once.

The files are read when the server starts, so that no path of a request ever reaches the
file system.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from functools import partial
from hashlib import sha256
from pathlib import Path

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from daehwa import chat, web
from daehwa.server.crossing import note_refused_embedding

_INDEX = "index.html"
_SQUEEZABLE = ("text/", "application/json", "application/manifest+json", "image/svg+xml")


class _File(msgspec.Struct, frozen=True):
    content: bytes
    gzipped: bytes | None
    media_type: str
    tag: str


class Page:
    """Answers ``GET`` and ``HEAD`` of the page's files.

    ``parents`` are origins of other sites that may embed the page; ``image_hosts`` gives the
    hosts that it may load pictures from at this moment.
    """

    def __init__(
        self,
        root: Path = web.STATIC,
        *,
        parents: Iterable[str] = (),
        image_hosts: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self._parents = tuple(parents)
        self._image_hosts = image_hosts
        self._files = {
            path.relative_to(root).as_posix(): _read(path)
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }
        self._headers = {
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
            "cross-origin-resource-policy": "cross-origin" if self._parents else "same-origin",
            # Checked every time, answered 304 by the tag: a new version is there at once.
            "cache-control": "no-cache",
            "vary": "Accept-Encoding",
        }

    @property
    def routes(self) -> list[BaseRoute]:
        """Where the files are: one address each, and the root for ``index.html``."""
        addresses = [("/", _INDEX)] if _INDEX in self._files else []
        addresses += [(f"/{name}", name) for name in self._files]
        return [Route(path, partial(self._file, self._files[name])) for path, name in addresses]

    async def _file(self, file: _File, request: Request) -> Response:
        note_refused_embedding(request.headers, request.url.path, self._parents)
        policy = web.content_security_policy(parents=self._parents, image_hosts=self._image_hosts())
        headers = {**self._headers, "content-security-policy": policy, "etag": file.tag}
        if _matches(request.headers.get("if-none-match", ""), file.tag):
            return Response(status_code=304, headers=headers)
        content = file.content
        if file.gzipped is not None and _takes_gzip(request.headers.get("accept-encoding", "")):
            content = file.gzipped
            headers["content-encoding"] = "gzip"
        return Response(content, headers={**headers, "content-type": file.media_type})


def _read(path: Path) -> _File:
    content = path.read_bytes()
    media_type = chat.media_type(path.name)
    gzipped = None
    if media_type.startswith(_SQUEEZABLE):
        smaller = gzip.compress(content, compresslevel=9, mtime=0)
        gzipped = smaller if len(smaller) < len(content) else None
    return _File(content, gzipped, media_type, f'"{sha256(content).hexdigest()[:32]}"')


def _matches(sent: str, tag: str) -> bool:
    tags = {part.strip().removeprefix("W/") for part in sent.split(",")}
    return "*" in tags or tag in tags


def _takes_gzip(accepted: str) -> bool:
    for part in accepted.split(","):
        name, _, quality = part.partition(";")
        if name.strip().lower() in ("gzip", "*"):
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
