"""Sessions in one SQLite file: the default, with nothing to install or start.

The work is done inline, on the event loop's thread: a read or a write takes some tens of
microseconds, less than handing it to a thread would. What several turns want to save in one
round of the loop is one transaction, since its end is what costs most.

Durability: the file is in WAL mode with ``synchronous=NORMAL``. Whatever a call has written
when it returns survives the death of the process, ``kill -9`` included. After a power cut or
a crash of the operating system the file is intact, but the last transactions, those since
the last checkpoint, may be missing. Source: https://www.sqlite.org/pragma.html#pragma_synchronous
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from daehwa.chat import Feedback
from daehwa.stores.errors import (
    DuplicateTurn,
    StaleSession,
    StoreDamaged,
    StoreMisconfigured,
    StoreTooNew,
    StoreUnavailable,
)
from daehwa.stores.values import (
    LEASE_SECONDS,
    Expired,
    HeldTurn,
    Missed,
    SessionKey,
    Stored,
    TurnRecord,
    first_version,
    from_micros,
    read_turn,
    to_micros,
)

# "Daeh" in the file's header tells our files from other programs' databases.
_APPLICATION_ID = 0x44616568
_OLDEST_SQLITE = (3, 35, 0)  # RETURNING
_PATIENCE_SECONDS = 5.0

# Each entry takes the file from its index to the next version; never change one that shipped.
_MIGRATIONS = (
    """
    CREATE TABLE sessions (
        id INTEGER PRIMARY KEY,
        bot_id TEXT NOT NULL,
        alias_id TEXT NOT NULL,
        locale_id TEXT NOT NULL,
        session_id TEXT NOT NULL,
        version INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        session BLOB,
        UNIQUE (session_id, bot_id, alias_id, locale_id)
    ) STRICT;
    CREATE INDEX sessions_by_expiry ON sessions (expires_at);
    CREATE TABLE turns (
        id INTEGER PRIMARY KEY,
        session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        message_id TEXT NOT NULL,
        text TEXT NOT NULL,
        at INTEGER NOT NULL,
        reply BLOB,
        state TEXT NOT NULL,
        missed INTEGER NOT NULL,
        rating TEXT,
        comment TEXT,
        UNIQUE (session, message_id)
    ) STRICT;
    CREATE INDEX turns_missed ON turns (at) WHERE missed;
    CREATE INDEX turns_running ON turns (at) WHERE state = 'running';
    """,
    """
    ALTER TABLE turns ADD COLUMN lease INTEGER NOT NULL DEFAULT 0;
    DROP INDEX turns_running;
    """,
)

_OF_KEY = "session_id = ? AND bot_id = ? AND alias_id = ? AND locale_id = ?"
_TURN = "message_id, text, at, reply, state, missed, rating, comment, lease"

_LOAD = f"SELECT session, version, expires_at FROM sessions WHERE {_OF_KEY}"
_CHANGE = f"""
    UPDATE sessions SET session = ?, version = version + 1, expires_at = ?
    WHERE {_OF_KEY} AND version = ? AND session IS NOT NULL RETURNING id, version
"""
# A row without a session only holds a transcript: its version goes on, so none comes back.
_BEGIN = """
    INSERT INTO sessions (session, expires_at, session_id, bot_id, alias_id, locale_id, version)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (session_id, bot_id, alias_id, locale_id) DO UPDATE
    SET session = excluded.session, version = version + 1, expires_at = excluded.expires_at
    WHERE session IS NULL RETURNING id, version
"""
_HOLD_TRANSCRIPT = """
    INSERT INTO sessions (expires_at, session_id, bot_id, alias_id, locale_id, version)
    VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (session_id, bot_id, alias_id, locale_id) DO UPDATE
    SET expires_at = max(expires_at, excluded.expires_at) RETURNING id
"""
_END = f"""
    UPDATE sessions SET session = NULL, version = version + 1
    WHERE {_OF_KEY} AND session IS NOT NULL
"""
_FORGET = f"DELETE FROM sessions WHERE {_OF_KEY} RETURNING session IS NOT NULL"
_ADD_TURN = """
    INSERT INTO turns (session, message_id, text, at, reply, state, missed)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_BROKEN_OFF = "(state = 'incomplete' AND reply IS NULL)"
_ADD_OR_FINISH_TURN = f"""
    {_ADD_TURN} ON CONFLICT (session, message_id) DO UPDATE
    SET reply = excluded.reply, state = excluded.state, missed = excluded.missed
    WHERE state = 'running' OR {_BROKEN_OFF}
"""
_START_TURN = f"""
    INSERT INTO turns (session, message_id, text, at, reply, state, missed, lease)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (session, message_id) DO UPDATE
    SET text = excluded.text, at = excluded.at, reply = excluded.reply, state = excluded.state,
    missed = excluded.missed, lease = excluded.lease
    WHERE (state = 'running' AND lease <= ?) OR {_BROKEN_OFF}
"""
_SESSION_ID = f"(SELECT id FROM sessions WHERE {_OF_KEY})"
_GET_TURN = f"SELECT {_TURN} FROM turns WHERE session = {_SESSION_ID} AND message_id = ?"
_LAST_TURNS = f"""
    SELECT {_TURN} FROM turns WHERE session = {_SESSION_ID} ORDER BY id DESC LIMIT ?
"""
_TURNS_BEFORE = f"""
    SELECT {_TURN} FROM turns WHERE session = (SELECT session FROM turns WHERE id = ?) AND id < ?
    ORDER BY id DESC LIMIT ?
"""
_RENEW_TURN = f"""
    UPDATE turns SET lease = ?, reply = ?
    WHERE session = {_SESSION_ID} AND message_id = ? AND state = 'running'
"""
_TURN_ID = f"SELECT id FROM turns WHERE session = {_SESSION_ID} AND message_id = ?"
_RATE = f"""
    UPDATE turns SET rating = ?, comment = ?
    WHERE session = {_SESSION_ID} AND message_id = ?
"""
_MISSED = """
    SELECT bot_id, alias_id, locale_id, session_id, message_id, text, at
    FROM turns JOIN sessions ON sessions.id = turns.session
    WHERE missed AND bot_id = ? AND (? IS NULL OR locale_id = ?) AND at < ?
    ORDER BY at DESC, turns.id DESC LIMIT ?
"""
_PURGE = """
    DELETE FROM sessions WHERE id IN
    (SELECT id FROM sessions WHERE expires_at < ? ORDER BY expires_at LIMIT ?)
"""
_FOREVER = 2**63 - 1


class _Save(NamedTuple):
    """A session and perhaps a turn that wait to be saved, and who waits for it."""

    key: SessionKey
    session: bytes
    expected_version: int | None
    expires_at: int
    turn: TurnRecord | None
    saved: asyncio.Future[int]


class SQLiteStore:
    """A ``SessionStore`` in one file, safe for several threads and processes at once.

    The folder of ``path`` is made if it is not there. A process must not share an instance
    with a child that it forks: each opens its own.

    Raises:
        StoreDamaged: the file is no SQLite database, is broken, or is another program's.
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
        self._path = Path(path)
        self._lock = threading.Lock()
        self._saves: dict[asyncio.AbstractEventLoop, list[_Save]] = {}
        with self._store_errors():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                self._path,
                timeout=_PATIENCE_SECONDS,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=64,
            )
        try:
            with self._store_errors():
                self._prepare()
        except BaseException:
            self._connection.close()
            raise
        self._execute = self._connection.execute

    def _prepare(self) -> None:
        """Set the file up and bring it to this program's version."""
        execute = self._connection.execute
        version = self._version()
        execute("PRAGMA journal_mode = WAL")
        execute("PRAGMA synchronous = NORMAL")
        execute("PRAGMA foreign_keys = ON")
        if version == len(_MIGRATIONS):
            return
        execute("BEGIN IMMEDIATE")  # another process may be migrating at this very moment
        try:
            for number in range(self._version(), len(_MIGRATIONS)):
                for statement in _MIGRATIONS[number].split(";"):
                    execute(statement)
            execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")
        except BaseException:
            execute("ROLLBACK")
            raise
        execute("COMMIT")

    def _version(self) -> int:
        """The number of migrations that the file has seen; 0 for an empty one."""
        execute = self._connection.execute
        version = int(execute("PRAGMA user_version").fetchone()[0])
        owner = execute("PRAGMA application_id").fetchone()[0]
        if owner != _APPLICATION_ID and execute("SELECT 1 FROM sqlite_schema").fetchone():
            raise StoreDamaged(
                f"{self._path} is a database of another program: choose another data folder"
                " with --data, or move the file away."
            )
        if version > len(_MIGRATIONS):
            raise StoreTooNew(
                f"{self._path} was written by a newer Daehwa (its version is {version}, this"
                f" program knows {len(_MIGRATIONS)}): update Daehwa, or choose another data"
                " folder with --data."
            )
        return version

    async def load(self, key: SessionKey, now: datetime) -> Stored | Expired | None:
        """See ``SessionStore.load``."""
        with self._store_errors():
            row = self._execute(_LOAD, _parts(key)).fetchone()
        if row is None or row[0] is None:
            return None
        session, version, expires_at = row[0], row[1], from_micros(row[2])
        if expires_at <= now:
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
    ) -> int:
        """See ``SessionStore.save``."""
        loop = asyncio.get_running_loop()
        saved: asyncio.Future[int] = loop.create_future()
        save = _Save(key, session, expected_version, to_micros(expires_at), turn, saved)
        with self._lock:
            saves = self._saves.setdefault(loop, [])
            saves.append(save)
        if len(saves) == 1:
            loop.call_soon(self._save_all, loop)
        return await saved

    def _save_all(self, loop: asyncio.AbstractEventLoop) -> None:
        """Save what gathered in this round of the loop: one that fails takes none with it."""
        with self._lock:
            saves = self._saves.pop(loop, [])
        if not saves:
            return
        results: list[int | Exception]
        try:
            with self._transaction():
                take = self._save_among if len(saves) > 1 else self._save
                results = [take(save) for save in saves]
        except Exception as error:  # noqa: BLE001 - told to those who wait
            results = [error] * len(saves)
        for save, result in zip(saves, results, strict=True):
            if save.saved.done():
                continue  # whoever wanted it was cancelled
            if isinstance(result, Exception):
                save.saved.set_exception(result)
            else:
                save.saved.set_result(result)

    def _save_among(self, save: _Save) -> int | Exception:
        """Save one of several: all of it, or nothing of it and why."""
        self._execute("SAVEPOINT one")
        try:
            result: int | Exception = self._save(save)
        except (StaleSession, DuplicateTurn) as error:
            self._execute("ROLLBACK TO one")
            result = error
        self._execute("RELEASE one")
        return result

    def _save(self, save: _Save) -> int:
        key, turn = save.key, save.turn
        written = (save.session, save.expires_at, *_parts(key))
        if save.expected_version is None:
            row = self._execute(_BEGIN, (*written, first_version())).fetchone()
        else:
            row = self._execute(_CHANGE, (*written, save.expected_version)).fetchone()
        if row is None:
            if turn is not None:
                self._refuse_duplicate(key, turn)
            raise StaleSession(f"session {key.session_id} changed meanwhile: load it again")
        if turn is not None:
            added = self._execute(_ADD_OR_FINISH_TURN, (row[0], *_row(turn)))
            if added.rowcount == 0:
                raise _duplicate(turn)
        return int(row[1])

    def _refuse_duplicate(self, key: SessionKey, turn: TurnRecord) -> None:
        """Of two that take one turn at once the loser learns that it is the same turn."""
        known = self._execute(_GET_TURN, (*_parts(key), turn.message_id)).fetchone()
        if known is not None and not _open(_turn(known)):
            raise _duplicate(turn)

    async def delete(self, key: SessionKey, *, transcript: bool = True) -> bool:
        """See ``SessionStore.delete``."""
        with self._transaction():
            if transcript:
                row = self._execute(_FORGET, _parts(key)).fetchone()
                return row is not None and bool(row[0])
            return self._execute(_END, _parts(key)).rowcount > 0

    async def start_turn(
        self, key: SessionKey, turn: TurnRecord, *, lease_seconds: float = LEASE_SECONDS
    ) -> None:
        """See ``SessionStore.start_turn``."""
        with self._transaction():
            holder = (to_micros(turn.at), *_parts(key), first_version())
            row = self._execute(_HOLD_TRANSCRIPT, holder).fetchone()
            leased = (_lease(lease_seconds), _lease(0))
            if self._execute(_START_TURN, (row[0], *_row(turn), *leased)).rowcount == 0:
                raise _duplicate(turn)

    async def renew_turns(
        self, held: Iterable[HeldTurn], *, lease_seconds: float = LEASE_SECONDS
    ) -> None:
        """See ``SessionStore.renew_turns``."""
        with self._transaction():
            for one in held:
                values = (_lease(lease_seconds), one.draft, *_parts(one.key), one.message_id)
                self._execute(_RENEW_TURN, values)

    async def turn(self, key: SessionKey, message_id: str) -> TurnRecord | None:
        """See ``SessionStore.turn``."""
        with self._store_errors():
            row = self._execute(_GET_TURN, (*_parts(key), message_id)).fetchone()
        return None if row is None else _turn(row)

    async def turns(
        self, key: SessionKey, *, limit: int = 50, before: str | None = None
    ) -> tuple[TurnRecord, ...]:
        """See ``SessionStore.turns``."""
        with self._store_errors():
            if before is None:
                rows = self._execute(_LAST_TURNS, (*_parts(key), limit)).fetchall()
            else:
                found = self._execute(_TURN_ID, (*_parts(key), before)).fetchone()
                if found is None:
                    return ()
                rows = self._execute(_TURNS_BEFORE, (found[0], found[0], limit)).fetchall()
        return tuple(map(_turn, reversed(rows)))

    async def set_feedback(
        self, key: SessionKey, message_id: str, feedback: Feedback | None
    ) -> bool:
        """See ``SessionStore.set_feedback``."""
        said = feedback or Feedback()
        with self._store_errors():
            values = (said.rating, said.comment, *_parts(key), message_id)
            return self._execute(_RATE, values).rowcount > 0

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
        with self._store_errors():
            rows = self._execute(_MISSED, (bot_id, locale_id, locale_id, end, limit)).fetchall()
        return tuple(
            Missed(key=SessionKey(*row[:4]), message_id=row[4], text=row[5], at=from_micros(row[6]))
            for row in rows
        )

    async def purge(self, before: datetime, *, limit: int = 1000) -> int:
        """See ``SessionStore.purge``."""
        with self._store_errors():
            return self._execute(_PURGE, (to_micros(before), limit)).rowcount

    async def ping(self) -> None:
        """See ``SessionStore.ping``; writes nothing but takes the lock that a write needs."""
        with self._transaction():
            pass

    async def close(self) -> None:
        """See ``SessionStore.close``."""
        self._save_all(asyncio.get_running_loop())
        with self._lock:
            self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """One writing transaction: all of it or, after any error, nothing of it."""
        with self._store_errors():
            self._execute("BEGIN IMMEDIATE")
            try:
                yield
                self._execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._execute("ROLLBACK")
                raise

    @contextmanager
    def _store_errors(self) -> Iterator[None]:
        """One call at a time on the connection, with SQLite's errors as ours."""
        with self._lock:
            try:
                yield
            except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
                raise  # a mistake of this program
            except (sqlite3.Error, OSError) as error:
                raise self._store_error(error) from error

    def _store_error(self, error: sqlite3.Error | OSError) -> StoreDamaged | StoreUnavailable:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return StoreDamaged(
                f"{self._path} is damaged or not a database ({error}): stop the server, then"
                f' save what can be saved with  sqlite3 "{self._path}" .recover  or move the file'
                " away together with those beside it that end in -wal and -shm; a new one is made"
                " at the next start."
            )
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            cure = "another program holds it locked: end that one, or try again"
        elif code == sqlite3.SQLITE_FULL:
            cure = "the disk is full: make room"
        else:
            cure = "check that the folder is there and this user may write in it"
        return StoreUnavailable(f"{self._path} cannot be used ({error}): {cure}.")


def _parts(key: SessionKey) -> tuple[str, str, str, str]:
    return key.session_id, key.bot_id, key.alias_id, key.locale_id


def _row(turn: TurnRecord) -> tuple[Any, ...]:
    return (
        turn.message_id,
        turn.text,
        to_micros(turn.at),
        turn.reply,
        turn.state,
        turn.missed,
    )


def _turn(row: tuple[Any, ...]) -> TurnRecord:
    message_id, text, at, reply, state, missed, rating, comment, lease = row
    said = rating is not None or comment is not None
    return read_turn(
        message_id=message_id,
        text=text,
        at=from_micros(at),
        reply=reply,
        state=state,
        missed=bool(missed),
        feedback=Feedback(rating=rating, comment=comment) if said else None,
        lapsed=lease <= _lease(0),
    )


def _lease(seconds: float) -> int:
    """When a lease of ``seconds`` from now on is over; every process here has this clock."""
    return to_micros(datetime.now(UTC) + timedelta(seconds=seconds))


def _open(turn: TurnRecord) -> bool:
    """Whether the turn has no end yet that counts."""
    return turn.state == "running" or turn.broken_off


def _duplicate(turn: TurnRecord) -> DuplicateTurn:
    return DuplicateTurn(f"turn {turn.message_id} is recorded already: give its reply")
