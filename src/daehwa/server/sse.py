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
        gone = asyncio.ensure_future(_disconnected(receive))
        try:
            await self._pass_on(send, gone)
        except TimeoutError:
            # A reader that takes nothing is as good as gone.
            if self._abandoned is not None:
                await self._abandoned()
        finally:
            gone.cancel()

    async def _pass_on(self, send: Send, gone: asyncio.Future[None]) -> None:
        coming: asyncio.Future[Any] = asyncio.ensure_future(anext(self._pieces, None))
        waiting: set[asyncio.Future[Any]]
        try:
            while True:
                waiting = {coming, gone}
                done, _ = await asyncio.wait(
                    waiting,
                    timeout=self._ping_seconds,
                    return_when=asyncio.FIRST_COMPLETED,
                )
                if gone in done:
                    if self._abandoned is not None:
                        await self._abandoned()
                    return
                if coming not in done:
                    await _write(send, _PING)
                    continue
                piece = coming.result()
                if piece is None:
                    if self._pause_seconds:
                        await asyncio.wait({gone}, timeout=self._pause_seconds)
                    await _write(send, b"", more=False)
                    return
                await _write(send, piece)
                coming = asyncio.ensure_future(anext(self._pieces, None))
        finally:
            coming.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await coming


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(send: Send, data: bytes, *, more: bool = True) -> None:
    async with asyncio.timeout(SEND_SECONDS):
        await send({"type": "http.response.body", "body": data, "more_body": more})
