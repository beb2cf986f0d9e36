"""The chat page's files as they are sent: without comments, compressed, named by their content.

Scripts and style sheets are written to be read, and run as they are written; a fifth of what
they weigh on the wire is comments and indentation, which no browser needs. Compressing costs
more than reading: each file is compressed when the first client that takes it asks.
"""

from __future__ import annotations

import asyncio
import gzip
import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

import brotli

from daehwa import chat
from daehwa.server.leaning import lean

INDEX: Final = "index.html"
_VENDOR: Final = "vendor/"
_SQUEEZABLE: Final = ("text/", "application/json", "application/manifest+json", "image/svg+xml")
_COMPRESSORS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "br": brotli.compress,
    "gzip": lambda content: gzip.compress(content, compresslevel=9, mtime=0),
}
"""By their names in ``Accept-Encoding``, the best first."""

_REFERENCE: Final = re.compile(r'( (?:href|src)=")([^"#:]+)(?=")')


class PageFile:
    """One file: its content, its ``media_type``, and its tag (an ``ETag`` without an encoding)."""

    def __init__(self, content: bytes, media_type: str) -> None:
        self.content = content
        self.media_type = media_type
        self.tag = sha256(content).hexdigest()[:32]
        self.squeezable = media_type.startswith(_SQUEEZABLE)
        self._encoded: dict[str, asyncio.Task[bytes]] = {}

    async def encoded(self, encoding: str) -> bytes:
        """The content in an encoding of ``Accept-Encoding``; made once, beside the event loop."""
        task = self._encoded.get(encoding)
        if task is None:
            compress = _COMPRESSORS[encoding]
            task = asyncio.create_task(asyncio.to_thread(compress, self.content))
            self._encoded[encoding] = task
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
        contents = {
            # What is not ours is sent as its authors wrote it, with their licence's notice.
            name: content if name.startswith(_VENDOR) else lean(name, content)
            for name, content in sources.items()
        }
        digest = sha256()
        for name, content in contents.items():
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
        self.version = digest.hexdigest()[:16]
        if INDEX in contents:
            contents[INDEX] = self._with_versions(contents[INDEX], contents)
        self._files = {
            name: PageFile(content, chat.media_type(name)) for name, content in contents.items()
        }

    @property
    def folder(self) -> str:
        """Where the files of this version are, from the index."""
        return f"assets/{self.version}/"

    def __iter__(self) -> Iterator[str]:
        """The files' paths."""
        return iter(self._files)

    def get(self, name: str) -> PageFile | None:
        """The file of that path."""
        return self._files.get(name)

    def _with_versions(self, index: bytes, names: Mapping[str, bytes]) -> bytes:
        """The index with references to this version's files; their own are relative anyway."""

        def versioned(match: re.Match[str]) -> str:
            attribute, name = match.groups()
            return f"{attribute}{self.folder}{name}" if name in names else match[0]

        return _REFERENCE.sub(versioned, index.decode()).encode()


def chosen_encoding(accepted: str) -> str | None:
    """The best encoding that an ``Accept-Encoding`` allows; ``None`` for none of ours."""
    qualities: dict[str, bool] = {}
    for part in accepted.lower().split(","):
        name, _, quality = part.partition(";")
        qualities[name.strip()] = not re.fullmatch(r"q=0(\.0{0,3})?", quality.replace(" ", ""))
    rest = qualities.get("*", False)
    return next((name for name in _COMPRESSORS if qualities.get(name, rest)), None)
