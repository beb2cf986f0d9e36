"""The chat page's files as they are sent: few, without comments, compressed, named by content.

Scripts and style sheets are written to be read, and run as they are written; a fifth of what
they weigh on the wire is comments and indentation, which no browser needs, and a script that only
one other imports is sent inside that one. Compressing costs more than reading: each file is
compressed when the first client that takes it asks.
"""

from __future__ import annotations

import asyncio
import gzip
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import Final

import brotli

from daehwa import chat
from daehwa.server.merging import merged, parts_of

INDEX: Final = "index.html"
_VENDOR: Final = "vendor/"
_SQUEEZABLE: Final = ("text/", "application/json", "application/manifest+json", "image/svg+xml")
_COMPRESSORS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    # A window of 64 kB holds each file, and is named in fewer bits than the usual one.
    "br": partial(brotli.compress, lgwin=16),
    "gzip": lambda content: gzip.compress(content, compresslevel=9, mtime=0),
}
"""By their names in ``Accept-Encoding``, the best first."""

_PRELOAD: Final = re.compile(r'<link rel="modulepreload" href="([^"]+)">\n')
_REFERENCE: Final = re.compile(r'( (?:href|src)=")([^"#:]+)(?=")')


class PageFile:
    """One file, and its ``media_type``; ``lean`` makes what is sent of its ``source``."""

    def __init__(self, source: bytes, media_type: str, lean: Callable[[bytes], bytes]) -> None:
        self.media_type = media_type
        self.squeezable = media_type.startswith(_SQUEEZABLE)
        self._source = source
        self._lean = lean
        self._made: dict[str | None, asyncio.Task[bytes]] = {}
        self._tag = ""

    async def content(self) -> bytes:
        """What is sent without an encoding."""
        return await self._once(None, lambda: self._lean(self._source))

    async def encoded(self, encoding: str) -> bytes:
        """The content in an encoding of ``Accept-Encoding``."""
        content = await self.content()
        return await self._once(encoding, lambda: _COMPRESSORS[encoding](content))

    async def tag(self) -> str:
        """The content's ``ETag`` without an encoding."""
        if not self._tag:
            self._tag = sha256(await self.content()).hexdigest()[:32]
        return self._tag

    async def _once(self, encoding: str | None, make: Callable[[], bytes]) -> bytes:
        """What ``make`` returns; called once, beside the event loop."""
        task = self._made.get(encoding)
        if task is None:
            task = self._made[encoding] = asyncio.create_task(asyncio.to_thread(make))
        # A client that goes away does not end what others wait for.
        return await asyncio.shield(task)


class PageFiles:
    """The files under ``root``, by their paths there.

    ``version`` names their content: another version has another name, so that a browser may keep
    what it got under one for good.
    """

    def __init__(self, root: Path) -> None:
        sources = {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }
        # What is sent depends on what changes it, too.
        digest = sha256()
        for module in ("leaning.py", "merging.py"):
            digest.update(Path(__file__).with_name(module).read_bytes())
        for name, source in sources.items():
            digest.update(f"{name}\0{len(source)}\0".encode() + source)
        self.version = digest.hexdigest()[:16]
        self._scripts = {
            name: source.decode()
            for name, source in sources.items()
            if name.endswith((".js", ".html")) and not name.startswith(_VENDOR)
        }
        self._files = {
            name: PageFile(source, chat.media_type(name), partial(self._sent, name))
            for name, source in sources.items()
        }

    def _sent(self, name: str, source: bytes) -> bytes:
        """What a browser gets of a file."""
        if name.startswith(_VENDOR):
            return source  # as its authors wrote it, with their licence's notice
        # Its patterns take a while to compile, which the start does not wait for.
        from daehwa.server.leaning import lean  # noqa: PLC0415

        if name.endswith(".js"):
            return lean(name, merged(name, self._scripts, self.inside).encode())
        content = lean(name, source)
        return self._with_versions(content) if name == INDEX else content

    @property
    def folder(self) -> str:
        """Where the files of this version are, from the index."""
        return f"assets/{self.version}/"

    def __iter__(self) -> Iterator[str]:
        """The files' paths."""
        return iter(self._files)

    @cached_property
    def inside(self) -> Mapping[str, str]:
        """The scripts that are sent inside another, with its name.

        They are there on their own, too: a page of another release may ask for them.
        """
        return parts_of(self._scripts)

    def get(self, name: str) -> PageFile | None:
        """The file of that path."""
        return self._files.get(name)

    def _with_versions(self, index: bytes) -> bytes:
        """The index with references to this version's files; their own are relative anyway."""

        def versioned(match: re.Match[str]) -> str:
            attribute, name = match.groups()
            return f"{attribute}{self.folder}{name}" if name in self._files else match[0]

        def fetched(match: re.Match[str]) -> str:
            return "" if match[1] in self.inside else match[0]

        return _REFERENCE.sub(versioned, _PRELOAD.sub(fetched, index.decode())).encode()


def chosen_encoding(accepted: str) -> str | None:
    """The best encoding that an ``Accept-Encoding`` allows; ``None`` for none of ours."""
    qualities: dict[str, bool] = {}
    for part in accepted.lower().split(","):
        name, _, quality = part.partition(";")
        qualities[name.strip()] = not re.fullmatch(r"q=0(\.0{0,3})?", quality.replace(" ", ""))
    rest = qualities.get("*", False)
    return next((name for name in _COMPRESSORS if qualities.get(name, rest)), None)
