"""Counters in a SQLite file of their own, for the workers of one machine.

Not in the sessions' file: what is counted is worth less than a session, and is written while
turns are being saved.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from daehwa.stores.counters import COUNTING_SECONDS, Draw, Drawn, Sum
from daehwa.stores.sqlite_faults import StoreLocked
from daehwa.stores.sqlite_file import SQLiteFile
from daehwa.stores.sqlite_setup import Execute

# Each entry takes the file from its index to the next version; never change one that shipped.
_MIGRATIONS = (
    """
    CREATE TABLE buckets (
        name TEXT PRIMARY KEY, level REAL NOT NULL, at REAL NOT NULL, full_at REAL NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX buckets_by_end ON buckets (full_at);
    CREATE TABLE totals (
        name TEXT PRIMARY KEY, total INTEGER NOT NULL, until REAL NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE places (
        name TEXT NOT NULL, holder TEXT NOT NULL, until REAL NOT NULL, PRIMARY KEY (name, holder)
    ) STRICT, WITHOUT ROWID;
    """,
)
_SAVE_BUCKET = """
    INSERT INTO buckets VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE
    SET level = excluded.level, at = excluded.at, full_at = excluded.full_at
"""
_SAVE_TOTAL = """
    INSERT INTO totals VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET total = excluded.total
"""
_SAVE_PLACE = """
    INSERT INTO places VALUES (?, ?, ?) ON CONFLICT (name, holder) DO UPDATE
    SET until = excluded.until
"""
# So many that nobody waits for long: it is done on the event loop.
_FORGET_BUCKETS = """
    DELETE FROM buckets WHERE name IN
    (SELECT name FROM buckets WHERE full_at <= ? ORDER BY full_at LIMIT 2000)
"""
_RETRY_SECONDS = 0.01

_Result = TypeVar("_Result")


class SQLiteCounters:
    """``Counters`` in one file. ``clock`` is in seconds, the same for all its processes.

    Raises:
        StoreError: as ``SQLiteStore``.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._file = SQLiteFile(path, _MIGRATIONS)

    async def draw(self, draws: Sequence[Draw]) -> list[Drawn]:
        """See ``Counters.draw``."""
        return await self._write(lambda execute: [self._draw(execute, one) for one in draws])

    def _draw(self, execute: Execute, draw: Draw) -> Drawn:
        now = self._clock()
        row = execute("SELECT level, at FROM buckets WHERE name = ?", (draw.name,)).fetchone()
        level = draw.burst
        if row is not None:
            # A clock that was set back gains nothing, and takes nothing away.
            level = min(draw.burst, row[0] + draw.rate * max(0.0, now - row[1]))
        level -= draw.spent
        granted = 0.0
        if level >= draw.least:
            granted = max(0.0, min(draw.most, math.floor(level)))
        level -= granted
        execute(_SAVE_BUCKET, (draw.name, level, now, now + (draw.burst - level) / draw.rate))
        return Drawn(granted, level)

    async def add(self, sums: Sequence[Sum], *, seconds: float) -> tuple[bool, list[int]]:
        """See ``Counters.add``."""

        def add(execute: Execute) -> tuple[bool, list[int]]:
            now = self._clock()
            totals = []
            for one in sums:
                row = execute(
                    "SELECT total FROM totals WHERE name = ? AND until > ?", (one.name, now)
                ).fetchone()
                totals.append(0 if row is None else row[0])
                if row is None:
                    execute("DELETE FROM totals WHERE name = ?", (one.name,))
            if any(
                one.limit is not None and total >= one.limit
                for one, total in zip(sums, totals, strict=True)
            ):
                return False, totals
            totals = [total + one.amount for one, total in zip(sums, totals, strict=True)]
            for one, total in zip(sums, totals, strict=True):
                execute(_SAVE_TOTAL, (one.name, total, now + seconds))
            return True, totals

        return await self._write(add)

    async def hold(self, name: str, holder: str, *, most: int, seconds: float) -> bool:
        """See ``Counters.hold``."""

        def hold(execute: Execute) -> bool:
            now = self._clock()
            others = execute(
                "SELECT count(*) FROM places WHERE name = ? AND holder <> ? AND until > ?",
                (name, holder, now),
            ).fetchone()[0]
            if others >= most:
                return False
            execute(_SAVE_PLACE, (name, holder, now + seconds))
            return True

        return await self._write(hold)

    async def let_go(self, name: str, holder: str) -> None:
        """See ``Counters.let_go``."""
        values = (name, holder)
        await self._write(
            lambda execute: execute("DELETE FROM places WHERE name = ? AND holder = ?", values)
        )

    async def tidy(self) -> None:
        """See ``Counters.tidy``."""

        def tidy(execute: Execute) -> None:
            now = (self._clock(),)
            execute(_FORGET_BUCKETS, now)
            execute("DELETE FROM totals WHERE until <= ?", now)
            execute("DELETE FROM places WHERE until <= ?", now)

        await self._write(tidy)

    async def close(self) -> None:
        """See ``Counters.close``."""
        self._file.close()

    async def _write(self, work: Callable[[Execute], _Result]) -> _Result:
        """Do ``work`` in one transaction, again and again for a while if the file is locked."""
        loop = asyncio.get_running_loop()
        until = loop.time() + COUNTING_SECONDS
        while True:
            try:
                return self._file.write(work)
            except StoreLocked:
                if loop.time() >= until:
                    raise
            await asyncio.sleep(_RETRY_SECONDS)
