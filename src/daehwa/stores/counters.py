"""Counters that processes share: token buckets, totals of a day, places that are held.

They live where the sessions live, so that the workers of a machine, or all machines behind a
balancer, count together: in a SQLite file beside that of the sessions, in Redis, in PostgreSQL.
Each call happens whole or not at all, by the store's own clock.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from daehwa.stores.errors import StoreMisconfigured
from daehwa.stores.opening import STORES

COUNTING_SECONDS: Final = 1.0
"""How long a call may take: whoever counts goes on alone rather than wait for longer."""


class Draw(NamedTuple):
    """What is asked of a token bucket.

    It holds at most ``burst`` tokens and gains ``rate`` a second; a new one is full. ``spent``
    were spent already and are taken in any case, so that it may owe some; then ``most`` tokens
    are granted, or as many whole ones as there are, but none if they are fewer than ``least``.
    """

    name: str
    rate: float
    burst: float
    spent: float = 0.0
    least: float = 0.0
    most: float = 0.0


class Drawn(NamedTuple):
    """What a bucket granted, and the ``level`` that it has now (negative: tokens are owed)."""

    granted: float
    level: float


class Sum(NamedTuple):
    """An ``amount`` to add to a total, which may not be more than ``limit`` before (if any)."""

    name: str
    amount: int
    limit: int | None = None


class Counters(Protocol):
    """The contract of every backend; ``tests/stores/test_counters.py`` holds each of them to it.

    Any method may raise ``StoreError``, within ``COUNTING_SECONDS``; nothing was counted then.
    """

    async def draw(self, draws: Sequence[Draw]) -> list[Drawn]:
        """Draw from token buckets, in their order; each name may stand once."""
        ...

    async def add(self, sums: Sequence[Sum], *, seconds: float) -> tuple[bool, list[int]]:
        """Add to all of the totals, or to none when one has reached its limit.

        A total is forgotten ``seconds`` after it was begun.

        Returns:
            Whether they were added, and what the totals are now.
        """
        ...

    async def hold(self, name: str, holder: str, *, most: int, seconds: float) -> bool:
        """Take one of ``most`` places for so long, or keep it.

        Returns:
            Whether ``holder`` has a place.
        """
        ...

    async def let_go(self, name: str, holder: str) -> None:
        """Give a place back."""
        ...

    async def tidy(self) -> None:
        """Forget buckets that are full again, totals and places whose time is over."""
        ...

    async def close(self) -> None:
        """Release files and connections."""
        ...


@asynccontextmanager
async def open_counters(url: str) -> AsyncIterator[Counters]:
    """The counters beside the sessions at ``url``, an address that ``open_store`` takes.

    Raises:
        StoreMisconfigured: no such kind of store, or its client library is not installed.
        StoreError: the store cannot be opened.
    """
    counters = await _open(url)
    try:
        yield counters
    finally:
        await counters.close()


async def _open(url: str) -> Counters:
    scheme = url.partition(":")[0]
    # The kinds are those of the sessions' stores; they were opened before.
    sqlite, redis, postgres = (kind.schemes for kind in STORES)
    if scheme in sqlite:
        from daehwa.stores.counters_sqlite import SQLiteCounters  # noqa: PLC0415 - a ring else

        return SQLiteCounters(counters_file(Path(url.partition(":")[2].removeprefix("//"))))
    if scheme in redis:
        from daehwa.stores.counters_redis import RedisCounters  # noqa: PLC0415 - an optional part

        return await RedisCounters.open(url)
    if scheme in postgres:
        from daehwa.stores.counters_postgres import PostgresCounters  # noqa: PLC0415 - optional

        return await PostgresCounters.open(url)
    raise StoreMisconfigured(f"There are no counters for an address that begins with {scheme!r}.")


def counters_file(sessions: Path) -> Path:
    """The file of the counters, beside that of the sessions."""
    return sessions.with_name(f"{sessions.stem}-limits{sessions.suffix}")
