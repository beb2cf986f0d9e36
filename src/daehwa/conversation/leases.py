"""Leases on the turns that this process makes, so that others see at once when it dies.

A turn whose answer takes long is recorded as running, under a lease of a few seconds. The
process that makes it renews the lease twice a second and writes the answer so far beside it.
When that ends, whether by ``kill -9`` or by a machine that is gone, the lease runs out: the
turn reads as broken off in every process, with what was said, and may be taken again. The answer
to a renewal names the turns whose end was asked for in another process, or on another machine.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple

import structlog

from daehwa import stores

_RENEW_SECONDS = 0.5

_log = structlog.get_logger(__name__)


class _Held(NamedTuple):
    """What a turn in progress has to offer: the reply so far, and an end."""

    draft: Callable[[], bytes | None]
    stop: Callable[[], None]


class Leases:
    """The running turns of this process. ``renew`` runs in the background."""

    def __init__(self, store: stores.SessionStore) -> None:
        self._store = store
        self._held: dict[tuple[stores.SessionKey, str], _Held] = {}
        self._begun = asyncio.Event()

    @asynccontextmanager
    async def hold(
        self,
        key: stores.SessionKey,
        turn: stores.TurnRecord,
        draft: Callable[[], bytes | None],
        stop: Callable[[], None] = lambda: None,
    ) -> AsyncIterator[None]:
        """Record the turn as running for as long as the block lasts.

        ``draft`` gives the reply so far, in JSON; ``stop`` is called when the turn is to end with
        that. A turn that the block did not end is broken
        off when it leaves.

        Raises:
            stores.DuplicateTurn: the turn is being made already, or was.
            stores.StoreError: the store cannot be used.
        """
        await self._store.start_turn(key, turn)
        self._held[key, turn.message_id] = _Held(draft, stop)
        self._begun.set()
        try:
            yield
        except BaseException:
            await self._give_up(key, turn.message_id, draft())
            raise
        finally:
            self._held.pop((key, turn.message_id), None)

    async def renew(self) -> None:
        """Renew the leases, for ever."""
        while True:
            await self._begun.wait()
            while self._held:
                await asyncio.sleep(_RENEW_SECONDS)
                await self._renew_all()
            self._begun.clear()

    async def _renew_all(self) -> None:
        held = [
            stores.HeldTurn(key=key, message_id=message_id, draft=one.draft())
            for (key, message_id), one in self._held.items()
        ]
        try:
            for turn in await self._store.renew_turns(held) if held else ():
                if (one := self._held.get((turn.key, turn.message_id))) is not None:
                    one.stop()
        except stores.StoreError as error:
            _log.warning("leases_not_renewed", turns=len(held), error=str(error))
        except Exception:  # noqa: BLE001 - a renewal that fails must not end those that follow
            _log.exception("leases_not_renewed", turns=len(held))

    async def _give_up(self, key: stores.SessionKey, message_id: str, draft: bytes | None) -> None:
        held = stores.HeldTurn(key=key, message_id=message_id, draft=draft)
        try:
            await asyncio.shield(self._store.renew_turns((held,), lease_seconds=0))
        except stores.StoreError as error:
            # The lease runs out on its own.
            _log.warning("lease_not_given_up", error=str(error))
