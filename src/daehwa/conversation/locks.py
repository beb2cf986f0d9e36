"""One turn at a time for each session, within a process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from daehwa import lex, limits
from daehwa.conversation.values import Address

MOST_WAITING: Final = 64
"""Requests that wait for one session at once."""


class SessionLocks:
    """A lock for each session in use; a second request waits for the first.

    ``patience`` is how long it waits, in seconds, before it gets a ConflictException; one that
    comes when ``MOST_WAITING`` wait already gets it at once.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._locks: dict[Address, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def hold(self, address: Address) -> AsyncIterator[None]:
        """Hold the session's lock.

        Raises:
            lex.ConflictException: the session stayed busy for longer than our patience, or too
                many wait for it.
        """
        lock, users = self._locks.get(address, (None, 0))
        if users > MOST_WAITING:
            raise _busy()
        if lock is None:
            lock = asyncio.Lock()
        self._locks[address] = (lock, users + 1)
        try:
            if lock.locked():
                await self._wait(lock)
            else:
                await lock.acquire()
            try:
                yield
            finally:
                lock.release()
        finally:
            users = self._locks[address][1] - 1
            if users:
                self._locks[address] = (lock, users)
            else:
                del self._locks[address]

    async def _wait(self, lock: asyncio.Lock) -> None:
        try:
            with limits.waiting_elsewhere():
                async with asyncio.timeout(self._patience):
                    await lock.acquire()
        except TimeoutError:
            raise _busy() from None


def _busy() -> lex.ConflictException:
    return lex.ConflictException(
        "Another request is using this session. Try again when it has been answered."
    )
