"""Serves the chat page's files from memory, with types, entity tags, compression and caching.

The files are read when the server starts, so that no path of a request ever reaches the
file system. ``index.html`` names the others under ``assets/<version>/``, where a browser keeps
them for good; a file's plain address is for those who write it down (a picture) and is checked
each time. ``embed.js`` is checked beside its use: a page of another site neither waits for it
nor loses its launcher while this server is away. All addresses in the page are relative: it works
under any path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from daehwa import web
from daehwa.server.crossing import note_refused_embedding
from daehwa.server.page_files import INDEX, PageFile, PageFiles, chosen_encoding

# Checked every time, answered 304 by the tag: a new version is there at once.
_CHECKED: Final = "no-cache"
# RFC 5861: what is there is used, and checked meanwhile.
_CHECKED_MEANWHILE: Final = "max-age=60, stale-while-revalidate=604800, stale-if-error=604800"
_EMBED: Final = "embed.js"
_FOR_GOOD: Final = "public, max-age=31536000, immutable"


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
        self._files = PageFiles(root)
        self._headers = {
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
            "cross-origin-resource-policy": "cross-origin" if self._parents else "same-origin",
        }
        if self._parents:
            # What a page that is isolated (``require-corp``) asks of the pages in its frames.
            self._headers["cross-origin-embedder-policy"] = "credentialless"

    @property
    def routes(self) -> list[BaseRoute]:
        """The files' addresses: one plain and one with the version each, ``/`` for the index."""
        addresses = [(f"/{name}", name) for name in self._files]
        if self._files.get(INDEX) is not None:
            addresses.insert(0, ("/", INDEX))
        plain = [Route(path, partial(self._plain, name)) for path, name in addresses]
        return [*plain, Route("/assets/{version}/{name:path}", self._versioned)]

    async def _plain(self, name: str, request: Request) -> Response:
        file = self._files.get(name)
        assert file is not None  # noqa: S101 - the routes are made of the files
        caching = _CHECKED_MEANWHILE if name == _EMBED else _CHECKED
        return await self._send(file, request, caching=caching)

    async def _versioned(self, request: Request) -> Response:
        file = self._files.get(request.path_params["name"])
        if file is None:
            raise HTTPException(404)
        # While one of several machines has another release, its page may ask this one.
        current = request.path_params["version"] == self._files.version
        return await self._send(file, request, caching=_FOR_GOOD if current else _CHECKED)

    async def _send(self, file: PageFile, request: Request, *, caching: str) -> Response:
        note_refused_embedding(request.headers, request.url.path, self._parents)
        policy = web.content_security_policy(parents=self._parents, image_hosts=self._image_hosts())
        headers = {
            **self._headers,
            "content-security-policy": policy,
            "cache-control": caching,
            "content-type": file.media_type,
        }
        encoding, content = None, await file.content()
        if file.squeezable:
            headers["vary"] = "Accept-Encoding"
            encoding = chosen_encoding(request.headers.get("accept-encoding", ""))
        if encoding is not None:
            smaller = await file.encoded(encoding)
            if len(smaller) < len(content):
                content = smaller
                headers["content-encoding"] = encoding
        # Each encoding is a representation of its own (RFC 9110, 8.8.3.3).
        tag = "-".join((await file.tag(), *filter(None, (headers.get("content-encoding"),))))
        headers["etag"] = f'"{tag}"'
        if _matches(request.headers.get("if-none-match", ""), headers["etag"]):
            for name in ("content-encoding", "content-type"):
                headers.pop(name, None)
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers)


def _matches(sent: str, tag: str) -> bool:
    tags = {part.strip().removeprefix("W/") for part in sent.split(",")}
    return "*" in tags or tag in tags
