"""Server-sent events: a response that is written as it is made."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from daehwa import tracing

SEND_SECONDS: Final = 60.0
"""How long a reader may take no byte of what is written, before the stream ends."""

_PING = b": ping\n\n"


def event(name: str, data: bytes) -> bytes:
    """One event; ``data`` is JSON, which has no line ends."""
    return b"event: %b\ndata: %b\n\n" % (name.encode(), data)


class EventStream(Response):
    """Sends ``pieces`` as they come, with a comment now and then to keep the way open.

    ``abandoned`` is awaited when the client goes away before the end. ``pause_seconds`` is how long
    the end comes after the last piece.
    """

    media_type = "text/event-stream"

    def __init__(
        self,
        pieces: AsyncIterator[bytes],
        *,
        ping_seconds: float,
        abandoned: Callable[[], Awaitable[Any]] | None = None,
        pause_seconds: float = 0.0,
    ) -> None:
        super().__init__(
            headers={
                "cache-control": "no-store",
                # nginx would hold the pieces back.
                "x-accel-buffering": "no",
            }
        )
        del self.headers["content-length"]
        self._pieces = pieces
        self._ping_seconds = ping_seconds
        self._abandoned = abandoned
        self._pause_seconds = pause_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Write the response."""
        with tracing.step("stream"):
            await self._stream(receive, send)

    async def _stream(self, receive: Receive, send: Send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": self.status_code,
                "headers": self.raw_headers,
            }
        )
        reading = _Reading(self._pieces, receive)
        try:
            await self._pass_on(send, reading)
        except TimeoutError:
            # A reader that takes nothing is as good as gone.
            if self._abandoned is not None:
                await self._abandoned()
        finally:
            await reading.close()

    async def _pass_on(self, send: Send, reading: _Reading) -> None:
        while True:
            come = await reading.next(self._ping_seconds)
            if reading.gone:
                if self._abandoned is not None:
                    await self._abandoned()
                return
            if come:
                await _write(send, come)
            elif not reading.over:
                await _write(send, _PING)
            else:
                if self._pause_seconds:
                    await reading.wait_gone(self._pause_seconds)
                await _write(send, b"", more=False)
                return


class _Reading:
    """The pieces that come, and whether the client is there, heard by one waiting writer.

    What comes together is written together: neither a task nor a timer for each piece.
    """

    def __init__(self, pieces: AsyncIterator[bytes], receive: Receive) -> None:
        self._come: list[bytes] = []
        self._woken = asyncio.Event()
        self._pumping = asyncio.ensure_future(self._pump(pieces))
        self._listening = asyncio.ensure_future(_disconnected(receive))
        for task in (self._pumping, self._listening):
            task.add_done_callback(lambda _: self._woken.set())

    @property
    def gone(self) -> bool:
        """Whether the client has gone away."""
        return self._listening.done()

    @property
    def over(self) -> bool:
        """Whether all pieces have been taken."""
        return self._pumping.done() and not self._come

    async def next(self, seconds: float) -> bytes:
        """Give what has come, nothing after so many seconds without, or at the end.

        Raises:
            Exception: whatever making the pieces raised, after the last of them.
        """
        if not (self._come or self._pumping.done() or self.gone):
            self._woken.clear()
            timer = asyncio.get_running_loop().call_later(seconds, self._woken.set)
            try:
                await self._woken.wait()
            finally:
                timer.cancel()
        come, self._come = self._come, []
        if not come and self._pumping.done():
            self._pumping.result()
        return b"".join(come)

    async def wait_gone(self, seconds: float) -> None:
        """Wait so long, or until the client goes away."""
        await asyncio.wait({self._listening}, timeout=seconds)

    async def close(self) -> None:
        """End both, and wait for the end of what makes the pieces."""
        self._listening.cancel()
        self._pumping.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await self._pumping

    async def _pump(self, pieces: AsyncIterator[bytes]) -> None:
        async for piece in pieces:
            if piece:
                self._come.append(piece)
                self._woken.set()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(send: Send, data: bytes, *, more: bool = True) -> None:
    async with asyncio.timeout(SEND_SECONDS):
        await send({"type": "http.response.body", "body": data, "more_body": more})
