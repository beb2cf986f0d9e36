"""Lex's own limit: how many conversations an alias holds at once.

A conversation is held while a request of it is served, and a streamed one for as long as its
stream is open. Source: the Lex V2 guide, "Quotas", of conversations in text mode: two at the
test alias, fifty at any other.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

import structlog

from daehwa import stores

TEST_ALIAS: Final = "TSTALIASID"
AT_TEST_ALIAS: Final = 2
AT_OTHER_ALIASES: Final = 50

# A place is held for so long by a process that may die, and renewed while it lives.
_HELD_SECONDS = 15.0
_RENEW_SECONDS = 5.0

_log = structlog.get_logger(__name__)


class Conversations:
    """Places for conversations, by bot and alias; without ``counters`` this process's alone."""

    def __init__(self, counters: stores.Counters | None = None) -> None:
        self.counters = counters
        self._held: dict[str, int] = {}

    @asynccontextmanager
    async def hold(self, bot_id: str, alias_id: str) -> AsyncIterator[bool]:
        """Hold a place for as long as the block lasts, if one is free: the value says so."""
        most = AT_TEST_ALIAS if alias_id == TEST_ALIAS else AT_OTHER_ALIASES
        name = f"{bot_id}/{alias_id}"
        # What is full here is full everywhere; the store is not asked for each refusal.
        if self._held.get(name, 0) >= most:
            yield False
            return
        self._held[name] = self._held.get(name, 0) + 1
        try:
            if self.counters is None:
                yield True
                return
            async with _shared_place(self.counters, name, most) as free:
                yield free
        finally:
            self._held[name] -= 1
            if not self._held[name]:
                del self._held[name]


@asynccontextmanager
async def _shared_place(counters: stores.Counters, name: str, most: int) -> AsyncIterator[bool]:
    holder = uuid.uuid4().hex
    try:
        free = await counters.hold(name, holder, most=most, seconds=_HELD_SECONDS)
    except stores.StoreError as error:
        _log.warning("conversations_not_shared", error=str(error))
        yield True
        return
    if not free:
        yield False
        return
    renewing = asyncio.create_task(_renew(counters, name, holder, most))
    try:
        yield True
    finally:
        renewing.cancel()
        with suppress(stores.StoreError):
            await asyncio.shield(counters.let_go(name, holder))


async def _renew(counters: stores.Counters, name: str, holder: str, most: int) -> None:
    while True:
        await asyncio.sleep(_RENEW_SECONDS)
        with suppress(stores.StoreError):
            await counters.hold(name, holder, most=most, seconds=_HELD_SECONDS)
