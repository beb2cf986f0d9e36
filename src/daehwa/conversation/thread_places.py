"""How much work may run in threads at once, beside a running event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

SHORT_SECONDS: Final = 0.05
"""What takes longer is left to itself, and no longer holds up what is short."""


class ThreadPlaces:
    """At most ``most`` pieces of work at once, of which ``short`` in their first ``SHORT_SECONDS``.

    Whenever the event loop's thread calls the system it gives up the interpreter, and each thread
    that calculates may have it first, for a millisecond: more threads than other cores therefore
    make the loop late, and nothing faster.
    """

    def __init__(self, *, short: int, most: int) -> None:
        self._short = asyncio.Semaphore(short)
        self._all = asyncio.Semaphore(most)

    @asynccontextmanager
    async def hold(self) -> AsyncIterator[None]:
        """Wait for a place, and hold it."""
        async with self._all:
            await self._short.acquire()
            held = True

            def let_go() -> None:
                nonlocal held
                if held:
                    held = False
                    self._short.release()

            timer = asyncio.get_running_loop().call_later(SHORT_SECONDS, let_go)
            try:
                yield
            finally:
                timer.cancel()
                let_go()
