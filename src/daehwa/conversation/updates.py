"""What a bot says while a long fulfilment runs or a person takes a moment.

Only channels that can say something in between send it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from daehwa import dialog, lex

# Sends messages to the person before the turn is over.
SendUpdate = Callable[[tuple[lex.Message, ...]], Awaitable[None]]


@asynccontextmanager
async def sending_updates(
    updates: dialog.FulfillmentUpdates, send_update: SendUpdate
) -> AsyncIterator[None]:
    """Send the updates while the block runs; a message that has begun is sent to its end."""
    done = asyncio.Event()
    task = asyncio.create_task(_send_until(done, updates, send_update))
    try:
        yield
    finally:
        done.set()
        # A client that cannot be reached has gone; the channel finds that out on its own.
        await asyncio.gather(task, return_exceptions=True)


async def remind(still_waiting: dialog.StillWaiting, send_update: SendUpdate) -> None:
    """Say that the bot is still waiting, time and again, until the pause is over."""
    for _ in range(int(still_waiting.timeout_seconds / still_waiting.frequency_seconds)):
        await asyncio.sleep(still_waiting.frequency_seconds)
        await send_update(still_waiting.messages)


async def _send_until(
    done: asyncio.Event, updates: dialog.FulfillmentUpdates, send_update: SendUpdate
) -> None:
    if await _done_within(done, updates.delay_seconds):
        return
    if updates.start:
        await send_update(updates.start)
    if not updates.update or not updates.frequency_seconds:
        return
    while not await _done_within(done, updates.frequency_seconds):
        await send_update(updates.update)


async def _done_within(done: asyncio.Event, seconds: float) -> bool:
    """Wait for it; return whether it was done in time."""
    try:
        async with asyncio.timeout(seconds):
            await done.wait()
    except TimeoutError:
        return False
    return True
