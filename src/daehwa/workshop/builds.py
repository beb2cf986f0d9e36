"""The builds that run in this process, each under a lease that others can see.

A build is recorded in the bot, as Building, and held by a lease of some seconds that whoever
builds renews. When that process or its machine ends, the lease runs out, and the next one that
looks takes the build over.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Final

import structlog

from daehwa import stores

_LEASE_SECONDS: Final = 12.0
_RENEW_SECONDS: Final = 3.0
_log = structlog.get_logger(__name__)

Place = tuple[str, str]
"""A locale of a bot that is built: the bot's id and the locale's."""


class Builds:
    """The builds of this process. Leases are taken in threads, builds run in an event loop."""

    def __init__(self, objects: stores.ObjectStore) -> None:
        self._objects = objects
        self._holder = uuid.uuid4().hex
        self._tasks: set[asyncio.Task[None]] = set()
        # How many hold the lease: one build may begin while the end of the last is cleared up.
        self._claimed: dict[Place, int] = {}

    def runs(self, place: Place) -> bool:
        """Whether the locale is being built here."""
        return place in self._claimed

    def claim(self, place: Place) -> bool:
        """Take the lease of a build that is to begin; ``False`` when another process builds it.

        Raises:
            stores.StoreError: the store cannot be used.
        """
        if not self._objects.take_lease(_lease(place), self._holder, _LEASE_SECONDS):
            return False
        self._claimed[place] = self._claimed.get(place, 0) + 1
        return True

    def release(self, place: Place) -> None:
        """Give up the lease of a build."""
        self._claimed[place] -= 1
        if self._claimed[place]:
            return
        del self._claimed[place]
        try:
            self._objects.end_lease(_lease(place), self._holder)
        except stores.StoreError as error:
            # It runs out on its own.
            _log.warning("build_lease_not_ended", error=str(error))

    @contextmanager
    def claiming(self, places: list[Place]) -> Iterator[bool]:
        """Hold leases of builds that begin if the block ends well; yield whether all are ours."""
        claimed = [place for place in places if self.claim(place)]
        try:
            yield len(claimed) == len(places)
        except BaseException:
            for place in claimed:
                self.release(place)
            raise

    def begin(self, place: Place, build: Callable[[], Awaitable[None]]) -> None:
        """Run a build whose lease is claimed, in this event loop."""
        task = asyncio.create_task(self._run(place, build))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def end(self) -> None:
        """End all builds; others may take them over at once."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, place: Place, build: Callable[[], Awaitable[None]]) -> None:
        renewing = asyncio.create_task(self._renew(place))
        try:
            await build()
        finally:
            renewing.cancel()
            await asyncio.shield(asyncio.to_thread(self.release, place))

    async def _renew(self, place: Place) -> None:
        while True:
            await asyncio.sleep(_RENEW_SECONDS)
            try:
                await asyncio.to_thread(
                    self._objects.take_lease, _lease(place), self._holder, _LEASE_SECONDS
                )
            except stores.StoreError as error:
                _log.warning("build_lease_not_renewed", error=str(error))


def _lease(place: Place) -> str:
    return f"build/{place[0]}/{place[1]}"
