"""The life of an ASGI application around its server: opened before the first connection.

A server that listens while its application still opens takes connections that it cannot answer
yet, and whatever balances the load between machines takes it for one that can.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.types import ASGIApp


@asynccontextmanager
async def alive(application: ASGIApp) -> AsyncIterator[None]:
    """Open the application, as the lifespan of ASGI says, and close it after the block.

    Raises:
        Exception: what the application raised when it was opened.
    """
    events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    opened = asyncio.Event()

    async def send(message: Any) -> None:
        if message["type"] == "lifespan.startup.complete":
            opened.set()

    scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": {}}
    events.put_nowait({"type": "lifespan.startup"})
    # All of it in one task: what is opened in a task has to be closed there.
    life = asyncio.ensure_future(application(scope, events.get, send))
    opening = asyncio.ensure_future(opened.wait())
    try:
        await asyncio.wait({life, opening}, return_when=asyncio.FIRST_COMPLETED)
        if not opened.is_set():
            await life
        yield
    except BaseException:
        if not opened.is_set():
            life.cancel()
        raise
    finally:
        opening.cancel()
        events.put_nowait({"type": "lifespan.shutdown"})
        await asyncio.gather(life, return_exceptions=True)
