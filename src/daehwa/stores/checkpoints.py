"""Writing SQLite's WAL back into the database while the event loop goes on.

SQLite does so at the end of some commit, a thousand pages after the last time, and waits for the
disk. Here a thread does it, and only those who use the database meanwhile wait, as they would have.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

CHANGES: Final = 200
"""Turns stored between two times: about a thousand pages."""

MOST_PAGES: Final = 4000
"""Pages after which SQLite does it itself, at a commit: what is stored may be large."""


class Checkpoints:
    """When the WAL is written back; ``write_back`` is called in a thread, and does not raise."""

    def __init__(self, write_back: Callable[[], None]) -> None:
        self._write_back = write_back
        self._changes = 0
        self._running: asyncio.Future[None] | None = None

    def count(self, changes: int = 1) -> None:
        """Count what was committed in this event loop; from time to time begin to write back."""
        self._changes += changes
        if self._changes >= CHANGES and self._running is None:
            self._changes = 0
            loop = asyncio.get_running_loop()
            self._running = loop.run_in_executor(None, self._write_back)
            self._running.add_done_callback(self._ended)

    def running(self, loop: asyncio.AbstractEventLoop) -> asyncio.Future[None] | None:
        """The checkpoint that ``loop`` has begun and has to wait for."""
        running = self._running
        return running if running is not None and running.get_loop() is loop else None

    async def over(self) -> None:
        """Wait for a running checkpoint that this event loop has begun."""
        if self._running is None:
            return
        loop = asyncio.get_running_loop()
        while (running := self.running(loop)) is not None:
            await asyncio.wait((running,))

    def _ended(self, running: asyncio.Future[None]) -> None:
        del running
        self._running = None
