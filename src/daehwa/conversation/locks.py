"""One turn at a time for each session, within a process."""

from __future__ import annotations

import asyncio
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
        # The lock is made by the second that wants it; how many hold it or wait.
        self._locks: dict[Address, tuple[asyncio.Lock | None, int]] = {}

    def hold(self, address: Address) -> SessionHold:
        """A context that holds the session's lock."""
        return SessionHold(self, address)

    def take(self, address: Address) -> bool:
        """Take the lock of a session until ``release``, if it is free; return whether it was."""
        if address in self._locks:
            return False
        self._locks[address] = (None, 1)
        return True

    async def acquire(self, address: Address) -> None:
        """Wait for the lock of a session that is in use, and take it, until ``release``.

        Raises:
            lex.ConflictException: the session stayed busy for longer than our patience, or too
                many wait for it.
        """
        lock, users = self._locks[address]
        if users > MOST_WAITING:
            raise _busy()
        if lock is None:
            lock = asyncio.Lock()
            await lock.acquire()  # for whoever has the session; free, so that nothing waits
        self._locks[address] = (lock, users + 1)
        try:
            await self._wait(lock)
        except BaseException:
            self._leave(address)
            raise

    def release(self, address: Address) -> None:
        """Let the next request have the session."""
        lock, _ = self._locks[address]
        if lock is not None:
            lock.release()
        self._leave(address)

    def _leave(self, address: Address) -> None:
        lock, users = self._locks[address]
        if users > 1:
            self._locks[address] = (lock, users - 1)
        else:
            del self._locks[address]

    async def _wait(self, lock: asyncio.Lock) -> None:
        try:
            with limits.waiting_elsewhere():
                async with asyncio.timeout(self._patience):
                    await lock.acquire()
        except TimeoutError:
            raise _busy() from None


class SessionHold:
    """Holds a session's lock for as long as its block lasts; raises as ``acquire`` does."""

    __slots__ = ("_address", "_locks")

    def __init__(self, locks: SessionLocks, address: Address) -> None:
        self._locks = locks
        self._address = address

    async def __aenter__(self) -> None:
        if not self._locks.take(self._address):
            await self._locks.acquire(self._address)

    async def __aexit__(self, *_: object) -> None:
        self._locks.release(self._address)


def _busy() -> lex.ConflictException:
    return lex.ConflictException(
        "Another request is using this session. Try again when it has been answered."
    )
