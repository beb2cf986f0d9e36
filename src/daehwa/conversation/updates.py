"""What a bot says while a long fulfilment runs, on channels that can say it in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from daehwa import dialog, lex

# Says messages to the person before the turn is over.
Tell = Callable[[tuple[lex.Message, ...]], Awaitable[None]]


@asynccontextmanager
async def telling(updates: dialog.FulfillmentUpdates, tell: Tell) -> AsyncIterator[None]:
    """Say the updates for as long as the block runs; a message begun is said to its end."""
    done = asyncio.Event()
    task = asyncio.create_task(_tell_until(done, updates, tell))
    try:
        yield
    finally:
        done.set()
        # Who cannot be told any more is gone, which the channel finds out for itself.
        await asyncio.gather(task, return_exceptions=True)


async def _tell_until(done: asyncio.Event, updates: dialog.FulfillmentUpdates, tell: Tell) -> None:
    if await _passed(done, updates.delay_seconds):
        return
    if updates.start:
        await tell(updates.start)
    if not updates.update or not updates.frequency_seconds:
        return
    while not await _passed(done, updates.frequency_seconds):
        await tell(updates.update)


async def _passed(done: asyncio.Event, seconds: float) -> bool:
    """Wait; whether it was done before the time was over."""
    try:
        async with asyncio.timeout(seconds):
            await done.wait()
    except TimeoutError:
        return False
    return True
