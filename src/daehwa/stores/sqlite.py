"""Sessions in one SQLite file: the default, with nothing to install or start.

The work is done inline, on the event loop's thread: a read or a write takes some tens of
microseconds, less than handing it to a thread would. Tasks that save together share a
transaction (``SharedCommits``). While another program holds the file's lock nothing waits inside
SQLite: the call is tried again every now and then, and after four seconds it fails with
``StoreUnavailable``.

Durability: the file is in WAL mode with ``synchronous=NORMAL``. Whatever a call has written
when it returns survives the death of the process, ``kill -9`` included. After a power cut or
a crash of the operating system the file is intact, but the last transactions, those since
the last checkpoint, may be missing. Source: https://www.sqlite.org/pragma.html#pragma_synchronous
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from daehwa.chat import Feedback
from daehwa.stores import shared_commits
from daehwa.stores import sqlite_statements as sql
from daehwa.stores.checkpoints import MOST_PAGES, Checkpoints
from daehwa.stores.counted_sqlite import read_counted
from daehwa.stores.errors import (
    StoreMisconfigured,
    StoreUnavailable,
)
from daehwa.stores.shared_commits import SharedCommits
from daehwa.stores.sqlite_faults import StoreLocked
from daehwa.stores.sqlite_file import SQLiteFile
from daehwa.stores.sqlite_layout import ADDITIONS, MIGRATIONS
from daehwa.stores.sqlite_saving import (
    Save,
    duplicate,
    key_parts,
    lease_until,
    row_of_turn,
    turn_of_row,
)
from daehwa.stores.sqlite_setup import Execute
from daehwa.stores.turn_kinds import kind_number
from daehwa.stores.values import (
    LEASE_SECONDS,
    CountedTurns,
    Expired,
    HeldTurn,
    Missed,
    SessionKey,
    Stored,
    TurnRecord,
    first_version,
    from_micros,
    to_micros,
)

_LOOK_SECONDS = 1.0
_OLDEST_SQLITE = (3, 35, 0)  # RETURNING
_PAGES_GIVEN_BACK = 100

_FOREVER = 2**63 - 1

_Result = TypeVar("_Result")


class SQLiteStore:
    """A ``SessionStore`` in one file, safe for several threads and processes at once.

    The folder of ``path`` is made if it is not there. A process must not share an instance
    with a child that it forks: each opens its own.

    Raises:
        StoreDamaged: the file is not a SQLite database, is broken, or is another program's.
        StoreTooNew: a newer Daehwa has written it.
        StoreUnavailable: it cannot be opened or stays locked.
        StoreMisconfigured: this Python has an SQLite older than 3.35.
    """

    def __init__(self, path: str | Path) -> None:
        if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
            raise StoreMisconfigured(
                f"This Python has SQLite {sqlite3.sqlite_version}, but sessions need 3.35 or"
                " newer: use a newer Python, or set another store's url in daehwa.toml."
            )
        self._watching: asyncio.Task[None] | None = None
        self._refused = False  # the last save that failed did so for the file's sake
        self._kinds: dict[int, set[int]] = {}  # that are in the file, by its opening
        self._file = SQLiteFile(Path(path), MIGRATIONS, additions=ADDITIONS, most_pages=MOST_PAGES)
        self._examining: threading.Thread | None = None
        self._checkpoints = Checkpoints(self._file.write_back)
        self._saving = SharedCommits(self._file, self._checkpoints, self._examine_suspect)

    async def load(self, key: SessionKey, now: datetime) -> Stored | Expired | None:
        """See ``SessionStore.load``."""
        row = await self._read(lambda execute: execute(sql.LOAD, key_parts(key)).fetchone())
        if row is None or row[0] is None:
            return None
        session, version, expires_at = row[0], row[1], from_micros(row[2])
        if expires_at <= now or not session:
            return Expired(version=version, expires_at=expires_at)
        return Stored(session=session, version=version, expires_at=expires_at)

    async def save(
        self,
        key: SessionKey,
        session: bytes,
        *,
        expected_version: int | None,
        expires_at: datetime,
        turn: TurnRecord | None = None,
        started: bool = False,
    ) -> int:
        """See ``SessionStore.save``."""
        await self._checkpoints.over()
        kind = None if turn is None else kind_number(key.bot_id, turn)
        # A file in place of this one has kinds of its own.
        known = self._kinds.setdefault(self._file.opened, set())
        new = kind is not None and kind not in known
        until = to_micros(expires_at)
        save = Save(key, session, expected_version, until, turn, started, kind, new)
        try:
            version = await self._saving.save(save)
        except StoreUnavailable:
            self._refused = True
            raise
        if new and kind is not None:
            known.add(kind)
        return version

    async def delete(self, key: SessionKey, *, transcript: bool = True) -> bool:
        """See ``SessionStore.delete``."""
        if not transcript:
            return await self._write(lambda execute: execute(sql.END, key_parts(key)).rowcount > 0)
        row = await self._write(
            lambda execute: execute(sql.FORGET, key_parts(key)).fetchone(), overwriting=True
        )
        if row is None:
            return False
        await self._read(_write_back)
        return bool(row[0])

    async def forget_turns(
        self,
        bot_id: str,
        *,
        locale_id: str | None = None,
        session_id: str | None = None,
        limit: int = 1000,
    ) -> int:
        """See ``SessionStore.forget_turns``."""
        values = {
            "bot": bot_id,
            "locale": locale_id,
            "session": session_id,
            "now": lease_until(0),
            "limit": limit,
        }
        forgotten = await self._write(
            lambda execute: execute(sql.FORGET_TURNS, values).rowcount, overwriting=True
        )
        if forgotten:
            await self._read(_write_back)
        return forgotten

    async def sessions(self, session_id: str) -> tuple[SessionKey, ...]:
        """See ``SessionStore.sessions``."""
        values = (session_id, session_id, session_id)
        rows = await self._read(lambda execute: execute(sql.SESSIONS, values).fetchall())
        return tuple(SessionKey.of_stored(*row) for row in rows)

    async def start_turn(
        self, key: SessionKey, turn: TurnRecord, *, lease_seconds: float = LEASE_SECONDS
    ) -> None:
        """See ``SessionStore.start_turn``."""

        def start(execute: Execute) -> None:
            holder = (to_micros(turn.at), *key_parts(key), first_version())
            row = execute(sql.HOLD_TRANSCRIPT, holder).fetchone()
            leased = (lease_until(lease_seconds), lease_until(0))
            if execute(sql.START_TURN, (row[0], *row_of_turn(turn), *leased)).rowcount == 0:
                raise duplicate(turn)

        await self._write(start)

    async def renew_turns(
        self, held: Iterable[HeldTurn], *, lease_seconds: float = LEASE_SECONDS
    ) -> tuple[HeldTurn, ...]:
        """See ``SessionStore.renew_turns``."""
        turns = tuple(held)

        def renew(execute: Execute) -> tuple[HeldTurn, ...]:
            stops = []
            for one in turns:
                values = (
                    lease_until(lease_seconds),
                    one.draft,
                    *key_parts(one.key),
                    one.message_id,
                )
                row = execute(sql.RENEW_TURN, values).fetchone()
                if row is not None and row[0]:
                    stops.append(one)
            return tuple(stops)

        return await self._write(renew)

    async def stop_turn(self, key: SessionKey, message_id: str) -> bool:
        """See ``SessionStore.stop_turn``."""
        values = (*key_parts(key), message_id, lease_until(0))
        return await self._write(lambda execute: execute(sql.STOP_TURN, values).rowcount > 0)

    async def turn(self, key: SessionKey, message_id: str) -> TurnRecord | None:
        """See ``SessionStore.turn``."""
        values = (*key_parts(key), message_id)
        row = await self._read(lambda execute: execute(sql.GET_TURN, values).fetchone())
        return None if row is None else turn_of_row(row)

    async def turns(
        self, key: SessionKey, *, limit: int = 50, before: str | None = None
    ) -> tuple[TurnRecord, ...]:
        """See ``SessionStore.turns``."""

        def rows(execute: Execute) -> list[Any]:
            if before is None:
                return execute(sql.LAST_TURNS, (*key_parts(key), limit)).fetchall()
            row = execute(sql.TURN_ID, (*key_parts(key), before)).fetchone()
            if row is None:
                return []
            return execute(sql.TURNS_BEFORE, (row[0], row[0], limit)).fetchall()

        return tuple(map(turn_of_row, reversed(await self._read(rows))))

    async def set_feedback(
        self, key: SessionKey, message_id: str, feedback: Feedback | None
    ) -> bool:
        """See ``SessionStore.set_feedback``."""
        given = feedback or Feedback()
        values = (given.rating, given.comment, *key_parts(key), message_id)
        return await self._write(lambda execute: execute(sql.RATE, values).rowcount > 0)

    async def sessions_of(
        self, bot_id: str, *, locale_id: str | None = None, limit: int = 100
    ) -> tuple[SessionKey, ...]:
        """See ``SessionStore.sessions_of``."""
        values = (bot_id, locale_id, locale_id, limit)
        rows = await self._read(lambda execute: execute(sql.SESSIONS_OF, values).fetchall())
        return tuple(SessionKey.of_stored(*row) for row in rows)

    async def missed(
        self,
        bot_id: str,
        *,
        locale_id: str | None = None,
        limit: int = 100,
        before: datetime | None = None,
    ) -> tuple[Missed, ...]:
        """See ``SessionStore.missed``."""
        end = _FOREVER if before is None else to_micros(before)
        values = (bot_id, locale_id, locale_id, end, limit)
        rows = await self._read(lambda execute: execute(sql.MISSED, values).fetchall())
        return tuple(
            Missed(
                key=SessionKey.of_stored(*row[:4]),
                message_id=row[4],
                text=row[5],
                at=from_micros(row[6]),
            )
            for row in rows
        )

    async def counted(
        self,
        bot_id: str,
        *,
        after: datetime | None = None,
        before: datetime | None = None,
        texts: bool = False,
        keys: bool = False,
    ) -> CountedTurns:
        """See ``SessionStore.counted``."""
        begin = -_FOREVER if after is None else to_micros(after)
        window = (bot_id, begin, _FOREVER if before is None else to_micros(before))

        def read(execute: Execute) -> CountedTurns:
            return read_counted(execute, window, sql.TURN, turn_of_row, texts=texts, keys=keys)

        return await asyncio.to_thread(self._file.read_aside, read)

    async def purge(self, before: datetime, *, limit: int = 1000) -> int:
        """See ``SessionStore.purge``."""
        values = (to_micros(before), limit)
        return await self._write(
            lambda execute: execute(sql.PURGE, values).rowcount, overwriting=True
        )

    async def empty(
        self, after: datetime, before: datetime, *, limit: int = 1000
    ) -> datetime | None:
        """See ``SessionStore.empty``."""
        values = (to_micros(after), to_micros(before), limit)
        rows = await self._read(lambda execute: execute(sql.EXPIRED, values).fetchall())
        full = [(row[0],) for row in rows if row[2]]
        if full:

            def empty(execute: Execute) -> None:
                for row in full:
                    execute(sql.EMPTY, row)

            await self._write(empty, overwriting=True)
        if len(rows) < limit:
            return None
        return from_micros(max(rows[-1][1], to_micros(after) + 1))

    async def give_back_space(self) -> bool:
        """See ``SessionStore.give_back_space``."""

        def shrink(execute: Execute) -> int:
            free: int = execute("PRAGMA freelist_count").fetchone()[0]
            for _ in range(min(free, _PAGES_GIVEN_BACK)):
                execute("PRAGMA incremental_vacuum(1)")  # Python takes one step of it, one page
            return free

        free = await self._write(shrink)
        if free <= _PAGES_GIVEN_BACK:
            # The file shrinks when the WAL is written back.
            await self._read(_write_back)
        return free > _PAGES_GIVEN_BACK

    async def upkeep_note(self) -> bytes | None:
        """See ``SessionStore.upkeep_note``."""
        row = await self._read(lambda execute: execute("SELECT note FROM upkeep").fetchone())
        note: bytes | None = row[0]
        return note

    async def set_upkeep_note(self, note: bytes) -> None:
        """See ``SessionStore.set_upkeep_note``."""
        await self._write(lambda execute: execute("UPDATE upkeep SET note = ?", (note,)))

    async def ping(self) -> None:
        """See ``SessionStore.ping``."""
        await self._checkpoints.over()
        self._file.prove()
        if self._refused:
            for statement in (sql.TAKE_ROOM, sql.GIVE_ROOM):
                await self._write(partial(_run, statement))
            self._refused = False
        await self._write(partial(_run, sql.PING))

    def watch(self) -> None:
        """From now on check every second, in this event loop, that the WAL is still there."""
        self._watching = asyncio.get_running_loop().create_task(self._watch())

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            await self._checkpoints.over()
            if self._file.look():
                self._examine_suspect()

    def _examine_suspect(self) -> None:
        """Have the file read through, aside, if another program wrote into it."""
        if not self._file.suspect or (self._examining and self._examining.is_alive()):
            return
        # A thread of no event loop: whichever began it may end before.
        self._examining = threading.Thread(target=self._file.examine, name="daehwa-examine")
        self._examining.start()

    async def close(self) -> None:
        """See ``SessionStore.close``."""
        if self._watching is not None:
            self._watching.cancel()
        await self._checkpoints.over()
        self._saving.end_round(asyncio.get_running_loop())
        await self._checkpoints.over()
        self._file.close()

    async def _read(self, work: Callable[[Execute], _Result]) -> _Result:
        """Do ``work``, again and again while the file is locked."""
        await self._checkpoints.over()
        try:
            return self._file.read(work)
        except StoreLocked:
            return await self._once_unlocked(lambda: self._file.read(work))

    async def _write(
        self, work: Callable[[Execute], _Result], *, overwriting: bool = False
    ) -> _Result:
        """Do ``work`` in one transaction, again and again while the file is locked.

        ``overwriting`` puts zeros over all that it deletes, whatever that costs.
        """
        await self._checkpoints.over()
        try:
            result = self._file.write(work, overwriting=overwriting)
        except StoreLocked:
            return await self._once_unlocked(
                lambda: self._file.write(work, overwriting=overwriting)
            )
        self._checkpoints.count()
        return result

    async def _once_unlocked(self, work: Callable[[], _Result]) -> _Result:
        """Retry what another program's lock, or what it wrote into the file, prevented."""
        loop = asyncio.get_running_loop()
        until = loop.time() + shared_commits.PATIENCE_SECONDS
        self._examine_suspect()
        await asyncio.sleep(shared_commits.RETRY_SECONDS)
        while True:
            try:
                return work()
            except StoreLocked:
                if loop.time() >= until:
                    raise
            self._examine_suspect()
            await asyncio.sleep(shared_commits.RETRY_SECONDS)


def _run(statement: str, execute: Execute) -> None:
    execute(statement)


def _write_back(execute: Execute) -> None:
    """Empty the WAL, which holds deleted text too, if nobody else is reading from it."""
    execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
