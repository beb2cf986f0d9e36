"""Deleting a session while a turn of it is on its way: what was deleted is not stored again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from daehwa import lex, stores
from daehwa.conversation.calling import TurnInProgress
from daehwa.conversation.locks import SessionLocks
from daehwa.conversation.values import Address


class Forgetting:
    """Deletes sessions. Turns are announced by ``taking``, and checked before they are stored.

    A turn that another process takes is known by its record, which it has as soon as its answer
    takes long; when that is gone, the session was deleted.
    """

    def __init__(self, store: stores.SessionStore, locks: SessionLocks) -> None:
        self._store = store
        self._locks = locks
        self._taken: dict[Address, TurnInProgress] = {}

    @contextmanager
    def taking(self, progress: TurnInProgress) -> Iterator[None]:
        """Announce the one turn of a session that this process takes at a time."""
        self._taken[progress.address] = progress
        try:
            yield
        finally:
            del self._taken[progress.address]

    async def check(self, progress: TurnInProgress) -> None:
        """See that the turn may be stored; from here on it will be.

        Raises:
            lex.ConflictException: its session was deleted meanwhile.
        """
        if progress.started:
            record = await self._store.turn(progress.address, progress.message_id)
            progress.forgotten = progress.forgotten or record is None
        if progress.forgotten:
            raise lex.ConflictException("The session was deleted while this turn was being taken.")
        progress.saving = True

    async def forget(self, address: Address) -> None:
        """End the session, and forget what was said in it.

        Raises:
            stores.StoreError: the store cannot be used.
        """
        progress = self._taken.get(address)
        if progress is not None and progress.saving:
            # It is stored at this moment: what is deleted after it stays deleted.
            async with self._locks.hold(address):
                await self._store.delete(address)
            return
        if progress is not None:
            progress.forgotten = True
        await self._store.delete(address)
