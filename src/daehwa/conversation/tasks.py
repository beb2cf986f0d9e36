"""What runs in the background of a runtime, and ends with it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Self


class Tasks:
    """Tasks that nobody waits for, ``running`` as yet; leaving the block ends those."""

    def __init__(self) -> None:
        self.running: set[asyncio.Task[Any]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in tuple(self.running):
            task.cancel()
        await asyncio.gather(*self.running, return_exceptions=True)

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run ``work`` beside everything else; it handles its own errors."""
        task = asyncio.get_running_loop().create_task(work)
        self.running.add(task)
        task.add_done_callback(self.running.discard)
        return task
