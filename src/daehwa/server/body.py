"""Reading a request's body, within a bound."""

from __future__ import annotations

import asyncio
import codecs
from collections.abc import Callable, Mapping
from typing import Final
from weakref import WeakKeyDictionary

import msgspec
from starlette.types import Message, Receive

from daehwa import limits

BODY_SECONDS: Final = 20.0
"""How long a body may take, and longer by a second for each ``BYTES_PER_SECOND`` that came."""

BYTES_PER_SECOND: Final = 16 * 1024

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# A body whose length has fewer digits is smaller than any bound; more are beyond all of them.
_LONG_DIGITS = 5
_MOST_DIGITS = 18

# How often is looked for bodies that are late, in the time that one may take.
_LOOKS = 20


class ClientGone(Exception):
    """The body did not come whole: the client went away, or its framing makes no sense."""

    def __init__(self) -> None:
        super().__init__("The request's body did not come whole")


class TooLarge(Exception):
    """The body is larger than the operation takes; ``limit`` is in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The request's body is larger than {limit} bytes")
        self.limit = limit


class TooSlow(Exception):
    """The body did not come, or comes so slowly that it only holds a place."""


class AnnouncedBody:
    """Receives a body that was announced to have ``size`` bytes.

    A body that is larger than may be is refused before any of it is read, so that a client that
    waits for ``100 Continue`` sends none of it.
    """

    __slots__ = ("_receive", "size")

    def __init__(self, receive: Receive, size: int) -> None:
        self._receive = receive
        self.size = size

    async def __call__(self) -> Message:
        """Receive the next piece."""
        return await self._receive()


def announced(receive: Receive, headers: Mapping[bytes, bytes]) -> Receive:
    """``receive``, which knows the size of a long body by ``headers``."""
    length = headers.get(b"content-length", b"")
    if len(length) < _LONG_DIGITS or not length.isdigit():
        return receive
    return AnnouncedBody(receive, int(length[:_MOST_DIGITS]))


async def read_body(receive: Receive, limit: int) -> bytes:
    """The whole body, of at most ``limit`` bytes.

    Raises:
        TooLarge: there are more; the rest is not read.
        ClientGone: it did not come whole.
        TooSlow: it did not come in time.
    """
    _check_announced(receive, limit)
    loop = asyncio.get_running_loop()
    deadlines = _deadlines.get(loop)
    if deadlines is None:
        deadlines = _deadlines[loop] = _Deadlines(loop)
    try:
        async with asyncio.timeout(None) as patience:
            end = loop.time() + BODY_SECONDS
            deadlines.set(patience, end)
            try:
                body = await _read(
                    receive, limit, lambda later: deadlines.set(patience, later), end
                )
            finally:
                deadlines.drop(patience)
    except TimeoutError:
        raise TooSlow from None
    limits.end_reading()
    return body


async def save_body(receive: Receive, limit: int, write: Callable[[bytes], object]) -> None:
    """Hand the body to ``write`` in pieces, so that it is never whole in memory.

    Raises:
        TooLarge, ClientGone, TooSlow: as ``read_body``; what came before was written.
    """
    _check_announced(receive, limit)
    end = asyncio.get_running_loop().time() + BODY_SECONDS
    size = 0
    try:
        async with asyncio.timeout(BODY_SECONDS) as patience:
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientGone
                piece = message.get("body", b"")
                size += len(piece)
                _check(size, limit)
                write(piece)
                if not message.get("more_body"):
                    return
                patience.reschedule(end + size / BYTES_PER_SECOND)
    except TimeoutError:
        raise TooSlow from None


def json_text(body: bytes) -> bytes:
    """A body as UTF-8 without the byte order mark that some clients put in front.

    Source: RFC 8259, "Character Encoding": what systems exchange is UTF-8, and a parser may
    ignore the mark.

    Raises:
        msgspec.DecodeError: it is in UTF-16 or UTF-32.
    """
    begin = body[:4]
    if begin[:3] == codecs.BOM_UTF8:
        return body[3:]
    if b"\0" in begin or begin[:2] in _WIDE:
        raise msgspec.DecodeError("it is in UTF-16 or UTF-32; JSON is sent in UTF-8")
    return body


class _Deadlines:
    """When bodies have to be there: one timer looks at all, since one for each costs far more.

    A body may be late by as much as lies between two looks.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._ends: dict[asyncio.Timeout, float] = {}
        self._looking = False

    def set(self, patience: asyncio.Timeout, end: float) -> None:
        """Have ``patience`` end at ``end``, by the loop's clock."""
        self._ends[patience] = end
        if not self._looking:
            self._looking = True
            self._loop.call_later(BODY_SECONDS / _LOOKS, self._look)

    def drop(self, patience: asyncio.Timeout) -> None:
        """Forget it: the body is there, or will not be."""
        self._ends.pop(patience, None)

    def _look(self) -> None:
        now = self._loop.time()
        for patience in [each for each, end in self._ends.items() if end <= now]:
            del self._ends[patience]
            patience.reschedule(now)
        self._looking = bool(self._ends)
        if self._looking:
            self._loop.call_later(BODY_SECONDS / _LOOKS, self._look)


_deadlines: WeakKeyDictionary[asyncio.AbstractEventLoop, _Deadlines] = WeakKeyDictionary()


async def _read(
    receive: Receive, limit: int, postpone: Callable[[float], None], end: float
) -> bytes:
    message = await receive()
    if not message.get("more_body") and message["type"] == "http.request":
        body: bytes = message.get("body", b"")
        _check(len(body), limit)
        return body
    pieces = bytearray()
    while True:
        if message["type"] == "http.disconnect":
            raise ClientGone
        pieces += message.get("body", b"")
        _check(len(pieces), limit)
        if not message.get("more_body"):
            return bytes(pieces)
        postpone(end + len(pieces) / BYTES_PER_SECOND)
        message = await receive()


def _check_announced(receive: Receive, limit: int) -> None:
    if isinstance(receive, AnnouncedBody):
        _check(receive.size, limit)


def _check(size: int, limit: int) -> None:
    if size > limit:
        raise TooLarge(limit)
