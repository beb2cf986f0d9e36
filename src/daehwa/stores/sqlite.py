"""Sessions in one SQLite file: the default, with nothing to install or start.

The work is done inline, on the event loop's thread: a read or a write takes some tens of
microseconds, less than handing it to a thread would. Where several tasks save in one round of
the loop, what they save is one transaction, since its end is what costs most; a task that saves
alone does not wait for the round's end. While another program
holds the file's lock nothing waits inside SQLite: the call is tried again every now and then,
and after four seconds it fails with ``StoreUnavailable``.

Durability: the file is in WAL mode with ``synchronous=NORMAL``. Whatever a call has written
when it returns survives the death of the process, ``kill -9`` included. After a power cut or
a crash of the operating system the file is intact, but the last transactions, those since
the last checkpoint, may be missing. Source: https://www.sqlite.org/pragma.html#pragma_synchronous
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from daehwa.chat import Feedback
from daehwa.stores.checkpoints import MOST_PAGES, Checkpoints
from daehwa.stores.counted_sqlite import read_counted
from daehwa.stores.errors import (
    DuplicateTurn,
    StaleSession,
    StoreMisconfigured,
    StoreUnavailable,
)
from daehwa.stores.sqlite_faults import StoreLocked
from daehwa.stores.sqlite_file import SQLiteFile
from daehwa.stores.sqlite_layout import ADDITIONS, MIGRATIONS
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
    read_turn,
    to_micros,
)

_LOOK_SECONDS = 1.0
_OLDEST_SQLITE = (3, 35, 0)  # RETURNING
_PATIENCE_SECONDS = 4.0
# Another worker's transaction is over at once; other programs' take longer.
_FIRST_RETRY_SECONDS = 0.001
_RETRY_SECONDS = 0.02
_PAGES_GIVEN_BACK = 100

_OF_KEY = "session_id = ? AND bot_id = ? AND alias_id = ? AND locale_id = ?"
_TURN = "message_id, text, at, reply, state, missed, rating, comment, lease"

_LOAD = f"SELECT session, version, expires_at FROM sessions WHERE {_OF_KEY}"
_CHANGE = f"""
    UPDATE sessions SET session = ?, version = version + 1, expires_at = ?
    WHERE {_OF_KEY} AND version = ? AND session IS NOT NULL RETURNING id, version
"""
_BEGIN = """
    INSERT INTO sessions (session, expires_at, session_id, bot_id, alias_id, locale_id, version)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (session_id, bot_id, alias_id, locale_id) DO NOTHING
"""
# A row without a session only holds a transcript: its version goes on, so none comes back.
_BEGIN_BESIDE_TRANSCRIPT = f"""
    UPDATE sessions SET session = ?, version = version + 1, expires_at = ?
    WHERE {_OF_KEY} AND session IS NULL RETURNING id, version
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
_BROKEN_OFF = "(state = 'incomplete' AND reply IS NULL)"
_ADD_OR_FINISH_TURN = f"""
    INSERT INTO turns (session, message_id, text, at, reply, state, missed, figures, kind)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (session, message_id) DO UPDATE
    SET reply = excluded.reply, state = excluded.state, missed = excluded.missed,
    figures = excluded.figures, kind = excluded.kind
    WHERE state = 'running' OR {_BROKEN_OFF}
"""
_ADD_KIND = "INSERT INTO kinds (id, bot_id, kind) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING"
_START_TURN = f"""
    INSERT INTO turns (session, message_id, text, at, reply, state, missed, lease)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (session, message_id) DO UPDATE
    SET text = excluded.text, at = excluded.at, reply = excluded.reply, state = excluded.state,
    missed = excluded.missed, lease = excluded.lease, stop = 0
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
    WHERE session = {_SESSION_ID} AND message_id = ? AND state = 'running' RETURNING stop
"""
_STOP_TURN = f"""
    UPDATE turns SET stop = 1
    WHERE session = {_SESSION_ID} AND message_id = ? AND state = 'running' AND lease > ?
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
_SESSIONS_OF = """
    SELECT bot_id, alias_id, locale_id, session_id FROM sessions
    WHERE bot_id = ? AND (? IS NULL OR locale_id = ?) ORDER BY expires_at DESC, id DESC LIMIT ?
"""
_PURGE = """
    DELETE FROM sessions WHERE id IN
    (SELECT id FROM sessions WHERE expires_at < ? ORDER BY expires_at LIMIT ?)
"""
# An owner may stand before an id, apart from it by ASCII's unit separator.
_SESSIONS = """
    SELECT bot_id, alias_id, locale_id, session_id FROM sessions
    WHERE session_id = ? OR substr(session_id, -length(?) - 1) = char(31) || ?
    ORDER BY id
"""
_EXPIRED = """
    SELECT id, expires_at, length(session) > 0 FROM sessions
    WHERE expires_at >= ? AND expires_at < ? ORDER BY expires_at LIMIT ?
"""
_EMPTY = "UPDATE sessions SET session = x'' WHERE id = ?"
_PING = "UPDATE upkeep SET pings = pings + 1"
# A session that nobody has, as large as a turn may be: for room that a ping does not need.
_TAKE_ROOM = """
    INSERT OR REPLACE INTO sessions
        (session_id, bot_id, alias_id, locale_id, version, expires_at, session)
    VALUES ('', '', '', '', 0, 0, zeroblob(65536))
"""
_GIVE_ROOM = "DELETE FROM sessions WHERE session_id = '' AND bot_id = ''"
_FOREVER = 2**63 - 1

_Result = TypeVar("_Result")


class _Save(NamedTuple):
    """A session and perhaps a turn that are to be saved."""

    key: SessionKey
    session: bytes
    expected_version: int | None
    expires_at: int
    turn: TurnRecord | None
    started: bool
    kind: int | None
    new_kind: bool


class _Waiting(NamedTuple):
    """What waits to be saved, until when, and who waits for it."""

    save: _Save
    until: float
    saved: asyncio.Future[int]


class _Round:
    """What is saved in one round of an event loop, and later if the file is locked at its end.

    What the ``first`` task saves need not wait for others; ``waiting`` is saved together.
    ``others`` says that other tasks saved, too.
    """

    __slots__ = ("first", "others", "retry_seconds", "waiting")

    def __init__(self, first: asyncio.Task[Any] | None) -> None:
        self.first = first
        self.others = False
        self.waiting: list[_Waiting] = []
        self.retry_seconds = _FIRST_RETRY_SECONDS


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
        self._watching: asyncio.Task[None] | None = None
        # Of each event loop that saves at this moment; only its own thread uses it.
        self._rounds: dict[asyncio.AbstractEventLoop, _Round] = {}
        self._crowded = False  # several tasks saved in the last round
        self._refused = False  # the last save that failed did so for the file's sake
        self._kinds: dict[int, set[int]] = {}  # that are in the file, by its opening
        self._file = SQLiteFile(Path(path), MIGRATIONS, additions=ADDITIONS, most_pages=MOST_PAGES)
        self._examining: threading.Thread | None = None
        self._checkpoints = Checkpoints(self._file.write_back)

    async def load(self, key: SessionKey, now: datetime) -> Stored | Expired | None:
        """See ``SessionStore.load``."""
        row = await self._read(lambda execute: execute(_LOAD, _parts(key)).fetchone())
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
        # A file in the place of this one has kinds of its own.
        known = self._kinds.setdefault(self._file.opened, set())
        new = kind is not None and kind not in known
        until = to_micros(expires_at)
        save = _Save(key, session, expected_version, until, turn, started, kind, new)
        try:
            version = await self._save_in_round(save)
        except StoreUnavailable:
            self._refused = True
            raise
        if new and kind is not None:
            known.add(kind)
        return version

    async def _save_in_round(self, save: _Save) -> int:
        version: int | None = None
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        begun = self._rounds.get(loop)
        if begun is None:
            begun = self._rounds[loop] = _Round(task)
            loop.call_soon(self._end_round, loop)
        if task is not begun.first:
            begun.others = True
        elif not begun.waiting and not self._crowded:
            with contextlib.suppress(StoreLocked):  # with the others then
                version = self._file.write(lambda execute: _save(execute, save))
                self._checkpoints.count()
        if version is None:
            saved: asyncio.Future[int] = loop.create_future()
            begun.waiting.append(_Waiting(save, loop.time() + _PATIENCE_SECONDS, saved))
            version = await saved
        return version

    def _end_round(self, loop: asyncio.AbstractEventLoop) -> None:
        """Save what gathered in this round of the loop: one that fails takes none with it."""
        ended = self._rounds.pop(loop, None)
        if ended is None:
            return
        self._crowded = ended.others
        # Some callers were cancelled.
        waiting = [one for one in ended.waiting if not one.saved.done()]
        if not waiting:
            return
        checkpoint = self._checkpoints.running(loop)
        if checkpoint is not None:
            ended.waiting = waiting
            self._rounds[loop] = ended
            checkpoint.add_done_callback(lambda _: self._end_round(loop))
            return
        saves = [one.save for one in waiting]
        results: Sequence[int | Exception]
        try:
            results = self._file.write(lambda execute: _save_together(execute, saves))
            self._checkpoints.count(len(saves))
        except StoreLocked as error:
            now = loop.time()
            for one in waiting:
                if one.until <= now:
                    one.saved.set_exception(error)
            ended.waiting = [one for one in waiting if one.until > now]
            self._examine_suspect()
            self._try_again(ended, loop)
            return
        except Exception as error:  # noqa: BLE001 - raised to those who wait
            results = [error] * len(saves)
        for one, result in zip(waiting, results, strict=True):
            if isinstance(result, Exception):
                one.saved.set_exception(result)
            else:
                one.saved.set_result(result)

    def _try_again(self, ended: _Round, loop: asyncio.AbstractEventLoop) -> None:
        """Save what is left of a round a moment later, with what comes until then."""
        if ended.waiting:
            self._rounds[loop] = ended
            loop.call_later(ended.retry_seconds, self._end_round, loop)
            ended.retry_seconds = min(2 * ended.retry_seconds, _RETRY_SECONDS)

    async def delete(self, key: SessionKey, *, transcript: bool = True) -> bool:
        """See ``SessionStore.delete``."""
        if not transcript:
            return await self._write(lambda execute: execute(_END, _parts(key)).rowcount > 0)
        row = await self._write(
            lambda execute: execute(_FORGET, _parts(key)).fetchone(), overwriting=True
        )
        if row is None:
            return False
        await self._read(_write_back)
        return bool(row[0])

    async def sessions(self, session_id: str) -> tuple[SessionKey, ...]:
        """See ``SessionStore.sessions``."""
        values = (session_id, session_id, session_id)
        rows = await self._read(lambda execute: execute(_SESSIONS, values).fetchall())
        return tuple(SessionKey.of_stored(*row) for row in rows)

    async def start_turn(
        self, key: SessionKey, turn: TurnRecord, *, lease_seconds: float = LEASE_SECONDS
    ) -> None:
        """See ``SessionStore.start_turn``."""

        def start(execute: Execute) -> None:
            holder = (to_micros(turn.at), *_parts(key), first_version())
            row = execute(_HOLD_TRANSCRIPT, holder).fetchone()
            leased = (_lease(lease_seconds), _lease(0))
            if execute(_START_TURN, (row[0], *_row(turn), *leased)).rowcount == 0:
                raise _duplicate(turn)

        await self._write(start)

    async def renew_turns(
        self, held: Iterable[HeldTurn], *, lease_seconds: float = LEASE_SECONDS
    ) -> tuple[HeldTurn, ...]:
        """See ``SessionStore.renew_turns``."""
        turns = tuple(held)

        def renew(execute: Execute) -> tuple[HeldTurn, ...]:
            stops = []
            for one in turns:
                values = (_lease(lease_seconds), one.draft, *_parts(one.key), one.message_id)
                row = execute(_RENEW_TURN, values).fetchone()
                if row is not None and row[0]:
                    stops.append(one)
            return tuple(stops)

        return await self._write(renew)

    async def stop_turn(self, key: SessionKey, message_id: str) -> bool:
        """See ``SessionStore.stop_turn``."""
        values = (*_parts(key), message_id, _lease(0))
        return await self._write(lambda execute: execute(_STOP_TURN, values).rowcount > 0)

    async def turn(self, key: SessionKey, message_id: str) -> TurnRecord | None:
        """See ``SessionStore.turn``."""
        values = (*_parts(key), message_id)
        row = await self._read(lambda execute: execute(_GET_TURN, values).fetchone())
        return None if row is None else _turn(row)

    async def turns(
        self, key: SessionKey, *, limit: int = 50, before: str | None = None
    ) -> tuple[TurnRecord, ...]:
        """See ``SessionStore.turns``."""

        def rows(execute: Execute) -> list[Any]:
            if before is None:
                return execute(_LAST_TURNS, (*_parts(key), limit)).fetchall()
            row = execute(_TURN_ID, (*_parts(key), before)).fetchone()
            if row is None:
                return []
            return execute(_TURNS_BEFORE, (row[0], row[0], limit)).fetchall()

        return tuple(map(_turn, reversed(await self._read(rows))))

    async def set_feedback(
        self, key: SessionKey, message_id: str, feedback: Feedback | None
    ) -> bool:
        """See ``SessionStore.set_feedback``."""
        given = feedback or Feedback()
        values = (given.rating, given.comment, *_parts(key), message_id)
        return await self._write(lambda execute: execute(_RATE, values).rowcount > 0)

    async def sessions_of(
        self, bot_id: str, *, locale_id: str | None = None, limit: int = 100
    ) -> tuple[SessionKey, ...]:
        """See ``SessionStore.sessions_of``."""
        values = (bot_id, locale_id, locale_id, limit)
        rows = await self._read(lambda execute: execute(_SESSIONS_OF, values).fetchall())
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
        rows = await self._read(lambda execute: execute(_MISSED, values).fetchall())
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
            return read_counted(execute, window, _TURN, _turn, texts=texts, keys=keys)

        return await asyncio.to_thread(self._file.read_aside, read)

    async def purge(self, before: datetime, *, limit: int = 1000) -> int:
        """See ``SessionStore.purge``."""
        values = (to_micros(before), limit)
        return await self._write(lambda execute: execute(_PURGE, values).rowcount, overwriting=True)

    async def empty(
        self, after: datetime, before: datetime, *, limit: int = 1000
    ) -> datetime | None:
        """See ``SessionStore.empty``."""
        values = (to_micros(after), to_micros(before), limit)
        rows = await self._read(lambda execute: execute(_EXPIRED, values).fetchall())
        full = [(row[0],) for row in rows if row[2]]
        if full:

            def empty(execute: Execute) -> None:
                for row in full:
                    execute(_EMPTY, row)

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
            for statement in (_TAKE_ROOM, _GIVE_ROOM):
                await self._write(partial(_run, statement))
            self._refused = False
        await self._write(partial(_run, _PING))

    def watch(self) -> None:
        """From now on see every second, in this event loop, that the file's WAL is still there."""
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
        self._end_round(asyncio.get_running_loop())
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
        """Do what another program's lock, or what it wrote into the file, was in the way of."""
        loop = asyncio.get_running_loop()
        until = loop.time() + _PATIENCE_SECONDS
        self._examine_suspect()
        await asyncio.sleep(_RETRY_SECONDS)
        while True:
            try:
                return work()
            except StoreLocked:
                if loop.time() >= until:
                    raise
            self._examine_suspect()
            await asyncio.sleep(_RETRY_SECONDS)


def _run(statement: str, execute: Execute) -> None:
    execute(statement)


def _write_back(execute: Execute) -> None:
    """Empty the WAL, which holds deleted text too, if nobody else is reading from it."""
    execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _save_together(execute: Execute, saves: list[_Save]) -> list[int | Exception]:
    """Save them in this transaction: the versions, or why one of several is not saved."""
    if len(saves) == 1:
        return [_save(execute, saves[0])]
    return [_save_among(execute, save) for save in saves]


def _save_among(execute: Execute, save: _Save) -> int | Exception:
    """Save one of several: all of it, or nothing of it and why."""
    execute("SAVEPOINT one")
    try:
        result: int | Exception = _save(execute, save)
    except (StaleSession, DuplicateTurn) as error:
        execute("ROLLBACK TO one")
        result = error
    execute("RELEASE one")
    return result


def _save(execute: Execute, save: _Save) -> int:
    key, turn = save.key, save.turn
    if turn is not None and save.started:
        running = execute(_TURN_ID, (*_parts(key), turn.message_id)).fetchone()
        if running is None:
            raise StaleSession(f"session {key.session_id} was forgotten meanwhile")
    written = (save.session, save.expires_at, *_parts(key))
    if save.expected_version is None:
        row = _begin(execute, written)
    else:
        row = execute(_CHANGE, (*written, save.expected_version)).fetchone()
    if row is None:
        if turn is not None:
            _refuse_duplicate(execute, key, turn)
        raise StaleSession(f"session {key.session_id} changed meanwhile: load it again")
    if turn is not None:
        facts = turn.facts
        if save.new_kind and facts is not None:
            execute(_ADD_KIND, (save.kind, key.bot_id, facts.kind))
        counted = (None if facts is None else facts.figures, save.kind)
        if execute(_ADD_OR_FINISH_TURN, (row[0], *_row(turn), *counted)).rowcount == 0:
            raise _duplicate(turn)
    return int(row[1])


def _begin(execute: Execute, written: tuple[Any, ...]) -> tuple[int, int] | None:
    """The row and the version of a session that begins now; ``None`` if there is one already."""
    version = first_version()
    begun = execute(_BEGIN, (*written, version))
    if begun.rowcount and begun.lastrowid is not None:
        return begun.lastrowid, version
    row: tuple[int, int] | None = execute(_BEGIN_BESIDE_TRANSCRIPT, written).fetchone()
    return row


def _refuse_duplicate(execute: Execute, key: SessionKey, turn: TurnRecord) -> None:
    """Of two that take one turn at once the loser learns that it is the same turn."""
    known = execute(_GET_TURN, (*_parts(key), turn.message_id)).fetchone()
    if known is not None and not _open(_turn(known)):
        raise _duplicate(turn)


def _parts(key: SessionKey) -> tuple[str, str, str, str]:
    return key.stored_id, key.bot_id, key.alias_id, key.locale_id


def _row(turn: TurnRecord) -> tuple[Any, ...]:
    at = to_micros(turn.at)
    return turn.message_id, turn.text, at, turn.reply, turn.state, turn.missed


def _turn(row: tuple[Any, ...]) -> TurnRecord:
    message_id, text, at, reply, state, missed, rating, comment, lease = row
    given = rating is not None or comment is not None
    return read_turn(
        message_id=message_id,
        text=text,
        at=from_micros(at),
        reply=reply,
        state=state,
        missed=bool(missed),
        feedback=Feedback(rating=rating, comment=comment) if given else None,
        lapsed=lease <= _lease(0),
    )


def _lease(seconds: float) -> int:
    """When a lease of ``seconds`` from now on is over; every process here has this clock."""
    return to_micros(datetime.now(UTC) + timedelta(seconds=seconds))


def _open(turn: TurnRecord) -> bool:  # it has no end yet that counts
    return turn.state == "running" or turn.broken_off


def _duplicate(turn: TurnRecord) -> DuplicateTurn:
    return DuplicateTurn(f"turn {turn.message_id} is recorded already: give its reply")
