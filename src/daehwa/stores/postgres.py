"""Sessions in PostgreSQL 12 or newer, for servers on several machines.

Everything lives in the schema ``daehwa``, which is made when the store is first opened; the
user of the address has to be allowed to create it, or to own it.

Durability: whatever a call has written when it returns is committed, and survives a crash
of the server unless ``synchronous_commit`` or ``fsync`` is off there. A call that finds its
connection broken is tried once more, so a save that had been carried out may be reported as
``DuplicateTurn`` or ``StaleSession``.

Time: a statement has two seconds, waiting for locks included; a call has four in all. A server
that is frozen or cut off costs no more than that, and its connection is closed, so that the
pool soon has sound ones again.

PostgreSQL's text cannot hold U+0000: in what people said it is kept as U+FFFD.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString, TypeVar

import psycopg
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from daehwa.chat import Feedback
from daehwa.stores.counted_postgres import TURN as _TURN
from daehwa.stores.counted_postgres import read_counted
from daehwa.stores.errors import (
    DuplicateTurn,
    StaleSession,
    StoreMisconfigured,
    StoreTooNew,
    StoreUnavailable,
)
from daehwa.stores.migrations import Layout, needed_by
from daehwa.stores.postgres_pool import CONNECTING, on_connection
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
    read_turn,
)

_STATEMENT_SECONDS = 2.0
_POOL_SECONDS = 2.0
_CALL_SECONDS = 4.0
# How long the server may take to cancel a statement before the connection is closed.
_CANCEL_SECONDS = 0.5
_FEWEST_CONNECTIONS = 4
_MOST_CONNECTIONS = 10
# Whoever migrates holds this advisory lock: "Daehwa" as a number.
_MIGRATING = 0x446165687761

# Each entry takes the schema from its index to the next version; never change one that shipped.
_MIGRATIONS: tuple[LiteralString, ...] = (
    """
    CREATE TABLE daehwa.sessions (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        bot_id text NOT NULL,
        alias_id text NOT NULL,
        locale_id text NOT NULL,
        session_id text NOT NULL,
        version bigint NOT NULL,
        expires_at timestamptz NOT NULL,
        session bytea,
        UNIQUE (session_id, bot_id, alias_id, locale_id)
    );
    CREATE INDEX sessions_by_expiry ON daehwa.sessions (expires_at);
    CREATE TABLE daehwa.turns (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        session bigint NOT NULL REFERENCES daehwa.sessions (id) ON DELETE CASCADE,
        message_id text NOT NULL,
        text text NOT NULL,
        at timestamptz NOT NULL,
        reply bytea,
        state text NOT NULL,
        missed boolean NOT NULL,
        rating text,
        comment text,
        UNIQUE (session, message_id)
    );
    CREATE INDEX turns_missed ON daehwa.turns (at) WHERE missed;
    CREATE INDEX turns_running ON daehwa.turns (at) WHERE state = 'running';
    """,
    """
    ALTER TABLE daehwa.turns ADD COLUMN lease timestamptz NOT NULL DEFAULT '-infinity';
    DROP INDEX daehwa.turns_running;
    """,
    """
    CREATE TABLE daehwa.upkeep (
        id integer PRIMARY KEY CHECK (id = 1),
        pings bigint NOT NULL,
        note bytea
    );
    INSERT INTO daehwa.upkeep VALUES (1, 0, NULL);
    """,
    """
    ALTER TABLE daehwa.layout ADD COLUMN applied integer NOT NULL DEFAULT 0;
    ALTER TABLE daehwa.turns ADD COLUMN stop boolean NOT NULL DEFAULT false;
    CREATE TABLE daehwa.objects (
        name text PRIMARY KEY,
        kind text NOT NULL,
        revision bigint NOT NULL,
        size bigint NOT NULL,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        content bytea NOT NULL
    );
    ALTER TABLE daehwa.objects ALTER COLUMN content SET STORAGE EXTERNAL;
    CREATE INDEX objects_by_kind ON daehwa.objects (kind);
    CREATE TABLE daehwa.object_positions (kind text PRIMARY KEY, position bigint NOT NULL);
    CREATE TABLE daehwa.object_leases (
        name text PRIMARY KEY,
        holder text NOT NULL,
        until timestamptz NOT NULL
    );
    """,
    # No index holds what is counted: each turn would write one page more. This one has the turns
    # of releases that kept no facts.
    """
    CREATE TABLE daehwa.kinds (
        id bigint PRIMARY KEY,
        bot_id text NOT NULL,
        kind bytea NOT NULL
    );
    ALTER TABLE daehwa.turns ADD COLUMN kind bigint;
    ALTER TABLE daehwa.turns ADD COLUMN figures bytea;
    CREATE INDEX turns_uncounted ON daehwa.turns (at) WHERE kind IS NULL;
    """,
)
# The numbers of those that an older release can live with.
_ADDITIONS = frozenset({4, 5})

_OF_KEY: LiteralString = "session_id = %s AND bot_id = %s AND alias_id = %s AND locale_id = %s"
_SESSION_ID: LiteralString = f"(SELECT id FROM daehwa.sessions WHERE {_OF_KEY})"

_LOAD: LiteralString = f"SELECT session, version, expires_at FROM daehwa.sessions WHERE {_OF_KEY}"
_CHANGE: LiteralString = f"""
    UPDATE daehwa.sessions SET session = %s, version = version + 1, expires_at = %s
    WHERE {_OF_KEY} AND version = %s AND session IS NOT NULL RETURNING id, version
"""
# A row without a session only holds a transcript: its version goes on, so none comes back.
_BEGIN: LiteralString = """
    INSERT INTO daehwa.sessions AS kept
        (session, expires_at, session_id, bot_id, alias_id, locale_id, version)
    VALUES (%s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (session_id, bot_id, alias_id, locale_id) DO UPDATE
    SET session = excluded.session, version = kept.version + 1, expires_at = excluded.expires_at
    WHERE kept.session IS NULL RETURNING id, version
"""
_HOLD_TRANSCRIPT: LiteralString = """
    INSERT INTO daehwa.sessions AS kept
        (expires_at, session_id, bot_id, alias_id, locale_id, version)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (session_id, bot_id, alias_id, locale_id) DO UPDATE
    SET expires_at = greatest(kept.expires_at, excluded.expires_at) RETURNING id
"""
_END: LiteralString = f"""
    UPDATE daehwa.sessions SET session = NULL, version = version + 1
    WHERE {_OF_KEY} AND session IS NOT NULL RETURNING true
"""
_FORGET: LiteralString = (
    f"DELETE FROM daehwa.sessions WHERE {_OF_KEY} RETURNING session IS NOT NULL"
)
_BROKEN_OFF: LiteralString = "(kept.state = 'incomplete' AND kept.reply IS NULL)"
_START_TURN: LiteralString = f"""
    INSERT INTO daehwa.turns AS kept (session, message_id, text, at, reply, state, missed, lease)
    VALUES (%s, %s, %s, %s, %s, %s, %s, clock_timestamp() + %s)
    ON CONFLICT (session, message_id) DO UPDATE
    SET text = excluded.text, at = excluded.at, reply = excluded.reply, state = excluded.state,
    missed = excluded.missed, lease = excluded.lease, stop = false
    WHERE (kept.state = 'running' AND kept.lease <= clock_timestamp()) OR {_BROKEN_OFF}
    RETURNING true
"""
_ADD_OR_FINISH_TURN: LiteralString = f"""
    INSERT INTO daehwa.turns AS kept
        (session, message_id, text, at, reply, state, missed, figures, kind)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (session, message_id) DO UPDATE
    SET reply = excluded.reply, state = excluded.state, missed = excluded.missed,
    figures = excluded.figures, kind = excluded.kind
    WHERE kept.state = 'running' OR {_BROKEN_OFF} RETURNING true
"""
# Another process may add the same kind at this moment.
_ADD_KIND: LiteralString = """
    INSERT INTO daehwa.kinds (id, bot_id, kind) VALUES (%s, %s, %s)
    ON CONFLICT (id) DO NOTHING RETURNING true
"""
_RENEW_TURN: LiteralString = f"""
    UPDATE daehwa.turns SET lease = clock_timestamp() + %s, reply = %s
    WHERE session = {_SESSION_ID} AND message_id = %s AND state = 'running' RETURNING stop
"""
_STOP_TURN: LiteralString = f"""
    UPDATE daehwa.turns SET stop = true
    WHERE session = {_SESSION_ID} AND message_id = %s
    AND state = 'running' AND lease > clock_timestamp() RETURNING true
"""
_GET_TURN: LiteralString = f"""
    SELECT {_TURN} FROM daehwa.turns WHERE session = {_SESSION_ID} AND message_id = %s
"""
_HOLD_TURN: LiteralString = f"""
    SELECT true FROM daehwa.turns WHERE session = {_SESSION_ID} AND message_id = %s FOR UPDATE
"""
_LAST_TURNS: LiteralString = f"""
    SELECT {_TURN} FROM daehwa.turns WHERE session = {_SESSION_ID} ORDER BY id DESC LIMIT %s
"""
_TURNS_BEFORE: LiteralString = f"""
    WITH mark AS
    (SELECT id, session FROM daehwa.turns WHERE session = {_SESSION_ID} AND message_id = %s)
    SELECT {_TURN} FROM daehwa.turns WHERE session = (SELECT session FROM mark)
    AND id < (SELECT id FROM mark) ORDER BY id DESC LIMIT %s
"""
_RATE: LiteralString = f"""
    UPDATE daehwa.turns SET rating = %s, comment = %s
    WHERE session = {_SESSION_ID} AND message_id = %s RETURNING true
"""
_MISSED: LiteralString = """
    SELECT bot_id, alias_id, locale_id, session_id, message_id, text, at
    FROM daehwa.turns JOIN daehwa.sessions ON sessions.id = turns.session
    WHERE missed AND bot_id = %s AND locale_id = coalesce(%s, locale_id)
    AND at < coalesce(%s::timestamptz, 'infinity')
    ORDER BY at DESC, turns.id DESC LIMIT %s
"""
_SESSIONS_OF: LiteralString = """
    SELECT bot_id, alias_id, locale_id, session_id FROM daehwa.sessions
    WHERE bot_id = %s AND locale_id = coalesce(%s, locale_id)
    ORDER BY expires_at DESC, id DESC LIMIT %s
"""
_PURGE: LiteralString = """
    DELETE FROM daehwa.sessions WHERE id IN
    (SELECT id FROM daehwa.sessions WHERE expires_at < %s ORDER BY expires_at LIMIT %s
     FOR UPDATE SKIP LOCKED)
    RETURNING true
"""

# An owner may stand before an id, apart from it by ASCII's unit separator.
_SESSIONS: LiteralString = """
    SELECT bot_id, alias_id, locale_id, session_id FROM daehwa.sessions
    WHERE session_id = %s OR right(session_id, length(%s) + 1) = chr(31) || %s
    ORDER BY id
"""
_EXPIRED: LiteralString = """
    SELECT id, expires_at FROM daehwa.sessions
    WHERE expires_at >= %s AND expires_at < %s ORDER BY expires_at LIMIT %s
"""
_EMPTY: LiteralString = """
    UPDATE daehwa.sessions SET session = ''
    WHERE id = ANY(%s) AND expires_at < %s AND length(session) > 0 RETURNING true
"""

# The lock that a turn's own writes take: who may not have it could not store one.
_TAKE_WRITES: LiteralString = "LOCK TABLE daehwa.sessions, daehwa.turns IN ROW EXCLUSIVE MODE"
# A ping that another process is in the middle of is as good as our own.
_PING: LiteralString = """
    UPDATE daehwa.upkeep SET pings = pings + 1
    WHERE id = (SELECT id FROM daehwa.upkeep FOR UPDATE SKIP LOCKED) RETURNING true
"""

_Connection = psycopg.AsyncConnection[tuple[Any, ...]]
_Result = TypeVar("_Result")


class PostgresStore:
    """A ``SessionStore`` in PostgreSQL; made by ``PostgresStore.open``, for one event loop."""

    def __init__(self, pool: AsyncConnectionPool[_Connection]) -> None:
        self._pool = pool
        self._kinds: set[int] = set()  # that are in the database

    @classmethod
    async def open(cls, url: str) -> PostgresStore:
        """Connect to the database at ``url``, as libpq reads it, and bring it up to date.

        Raises:
            StoreMisconfigured: the address makes no sense, or its user may not work there.
            StoreUnavailable: the server cannot be reached.
            StoreTooNew: a newer Daehwa has written there.
        """
        await migrate(url)
        pool = AsyncConnectionPool(
            url,
            connection_class=psycopg.AsyncConnection[tuple[Any, ...]],
            kwargs=CONNECTING,
            configure=_prepare_connection,
            min_size=_FEWEST_CONNECTIONS,
            max_size=_MOST_CONNECTIONS,
            timeout=_POOL_SECONDS,
            # Short, as the pause between two attempts doubles: calls bring about new ones.
            reconnect_timeout=_POOL_SECONDS,
            open=False,
        )
        await pool.open()
        # A machine that joins others gets its share of their turns at once: they find connections.
        with contextlib.suppress(PoolTimeout):
            await pool.wait(_POOL_SECONDS)
        return cls(pool)

    async def load(self, key: SessionKey, now: datetime) -> Stored | Expired | None:
        """See ``SessionStore.load``."""
        row = await self._one(_LOAD, _parts(key))
        if row is None or row[0] is None:
            return None
        session, version, expires_at = row[0], row[1], row[2].astimezone(UTC)
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
        written = (session, expires_at, *_parts(key))
        if expected_version is None:
            statement, values = _BEGIN, (*written, first_version())
        else:
            statement, values = _CHANGE, (*written, expected_version)

        async def with_turn(connection: _Connection, turn: TurnRecord) -> Any:
            async with connection.transaction():
                if started:
                    held = (*_parts(key), turn.message_id)
                    if await _one(connection, _HOLD_TURN, held) is None:
                        return None
                row = await _one(connection, statement, values)
                if row is None:
                    known = await _one(connection, _GET_TURN, (*_parts(key), turn.message_id))
                    if known is not None and not _open(_turn(known)):
                        raise _duplicate(turn)
                    return None
                await self._write_turn(connection, row[0], key.bot_id, turn)
            return row

        if turn is None:
            row = await self._one(statement, values)
        else:
            row = await self._with_connection(lambda connection: with_turn(connection, turn))
        if row is None:
            raise StaleSession(f"session {key.session_id} changed meanwhile: load it again")
        if turn is not None and (kind := kind_number(key.bot_id, turn)) is not None:
            self._kinds.add(kind)
        return int(row[1])

    async def _write_turn(
        self, connection: _Connection, session: int, bot_id: str, turn: TurnRecord
    ) -> None:
        """Write a turn, and its kind unless that is known to be there."""
        facts, kind = turn.facts, kind_number(bot_id, turn)
        if facts is not None and kind not in self._kinds:
            await _one(connection, _ADD_KIND, (kind, bot_id, facts.kind))
        counted = (None if facts is None else facts.figures, kind)
        if await _one(connection, _ADD_OR_FINISH_TURN, (session, *_row(turn), *counted)) is None:
            raise _duplicate(turn)

    async def delete(self, key: SessionKey, *, transcript: bool = True) -> bool:
        """See ``SessionStore.delete``."""
        row = await self._one(_FORGET if transcript else _END, _parts(key))
        return row is not None and bool(row[0])

    async def sessions(self, session_id: str) -> tuple[SessionKey, ...]:
        """See ``SessionStore.sessions``."""
        rows = await self._all(_SESSIONS, (session_id, session_id, session_id))
        return tuple(SessionKey.of_stored(*row) for row in rows)

    async def start_turn(
        self, key: SessionKey, turn: TurnRecord, *, lease_seconds: float = LEASE_SECONDS
    ) -> None:
        """See ``SessionStore.start_turn``."""

        async def add(connection: _Connection) -> None:
            async with connection.transaction():
                holder = (turn.at, *_parts(key), first_version())
                row = await _one(connection, _HOLD_TRANSCRIPT, holder)
                session = row[0] if row else None
                values = (session, *_row(turn), timedelta(seconds=lease_seconds))
                if await _one(connection, _START_TURN, values) is None:
                    raise _duplicate(turn)

        await self._with_connection(add)

    async def renew_turns(
        self, held: Iterable[HeldTurn], *, lease_seconds: float = LEASE_SECONDS
    ) -> tuple[HeldTurn, ...]:
        """See ``SessionStore.renew_turns``."""
        lease = timedelta(seconds=lease_seconds)
        turns = tuple(held)
        values = [(lease, one.draft, *_parts(one.key), one.message_id) for one in turns]

        async def renew(connection: _Connection) -> tuple[HeldTurn, ...]:
            stops = []
            async with connection.cursor() as cursor:
                await cursor.executemany(_RENEW_TURN, values, returning=True)
                for one in turns:
                    if (row := await cursor.fetchone()) is not None and row[0]:
                        stops.append(one)
                    cursor.nextset()
            return tuple(stops)

        return await self._with_connection(renew) if turns else ()

    async def stop_turn(self, key: SessionKey, message_id: str) -> bool:
        """See ``SessionStore.stop_turn``."""
        return await self._one(_STOP_TURN, (*_parts(key), message_id)) is not None

    async def turn(self, key: SessionKey, message_id: str) -> TurnRecord | None:
        """See ``SessionStore.turn``."""
        row = await self._one(_GET_TURN, (*_parts(key), message_id))
        return None if row is None else _turn(row)

    async def turns(
        self, key: SessionKey, *, limit: int = 50, before: str | None = None
    ) -> tuple[TurnRecord, ...]:
        """See ``SessionStore.turns``."""
        if before is None:
            rows = await self._all(_LAST_TURNS, (*_parts(key), limit))
        else:
            rows = await self._all(_TURNS_BEFORE, (*_parts(key), before, limit))
        return tuple(map(_turn, reversed(rows)))

    async def set_feedback(
        self, key: SessionKey, message_id: str, feedback: Feedback | None
    ) -> bool:
        """See ``SessionStore.set_feedback``."""
        given = feedback or Feedback()
        values = (given.rating, _text(given.comment), *_parts(key), message_id)
        return await self._one(_RATE, values) is not None

    async def sessions_of(
        self, bot_id: str, *, locale_id: str | None = None, limit: int = 100
    ) -> tuple[SessionKey, ...]:
        """See ``SessionStore.sessions_of``."""
        rows = await self._all(_SESSIONS_OF, (bot_id, locale_id, limit))
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
        rows = await self._all(_MISSED, (bot_id, locale_id, before, limit))
        return tuple(
            Missed(
                key=SessionKey.of_stored(*row[:4]),
                message_id=row[4],
                text=row[5],
                at=row[6].astimezone(UTC),
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
        return await read_counted(
            self._all, (bot_id, after, before), texts=texts, keys=keys, read_row=_turn
        )

    async def purge(self, before: datetime, *, limit: int = 1000) -> int:
        """See ``SessionStore.purge``."""
        return len(await self._all(_PURGE, (before, limit)))

    async def empty(
        self, after: datetime, before: datetime, *, limit: int = 1000
    ) -> datetime | None:
        """See ``SessionStore.empty``."""
        rows = await self._all(_EXPIRED, (after, before, limit))
        if rows:
            await self._all(_EMPTY, ([row[0] for row in rows], before))
        if len(rows) < limit:
            return None
        last: datetime = rows[-1][1]
        return max(last.astimezone(UTC), after + timedelta(microseconds=1))

    async def give_back_space(self) -> bool:
        """See ``SessionStore.give_back_space``; autovacuum does it here."""
        return False

    async def upkeep_note(self) -> bytes | None:
        """See ``SessionStore.upkeep_note``."""
        note: bytes | None = (await self._one("SELECT note FROM daehwa.upkeep", ()))[0]
        return note

    async def set_upkeep_note(self, note: bytes) -> None:
        """See ``SessionStore.set_upkeep_note``."""
        await self._one("UPDATE daehwa.upkeep SET note = %s RETURNING true", (note,))

    async def ping(self) -> None:
        """See ``SessionStore.ping``."""

        async def prove(connection: _Connection) -> None:
            async with connection.transaction():
                await connection.execute(_TAKE_WRITES)
                await _one(connection, _PING, ())

        await self._with_connection(prove)

    async def close(self) -> None:
        """See ``SessionStore.close``."""
        await self._pool.close()

    async def _one(self, statement: LiteralString, values: tuple[Any, ...]) -> Any:
        return await self._with_connection(lambda connection: _one(connection, statement, values))

    async def _all(self, statement: LiteralString, values: tuple[Any, ...]) -> list[Any]:
        async def fetch(connection: _Connection) -> list[Any]:
            return await (await connection.execute(statement, values)).fetchall()

        return await self._with_connection(fetch)

    async def _with_connection(self, work: Callable[[_Connection], Awaitable[_Result]]) -> _Result:
        """Do ``work`` on a connection within its time, with PostgreSQL's errors as ours."""
        try:
            # The first end has the statement cancelled; the second closes the connection.
            async with asyncio.timeout(_CALL_SECONDS + _CANCEL_SECONDS):
                async with asyncio.timeout(_CALL_SECONDS):
                    return await on_connection(self._pool, work)
        except TimeoutError as error:
            raise StoreUnavailable(
                f"PostgreSQL has not answered within {_CALL_SECONDS:.0f} s: check that it runs, and"
                " its log."
            ) from error
        except (psycopg.Error, PoolTimeout, OSError) as error:
            raise StoreUnavailable(
                f"PostgreSQL cannot be used ({_line(error)}): check that it runs, and its log."
            ) from error


async def _prepare_connection(connection: _Connection) -> None:
    """Limit its statements, and have its server's process read what it needs to know of tables."""
    await connection.execute(f"SET statement_timeout = {int(_STATEMENT_SECONDS * 1000)}")
    await connection.execute(_LOAD, ("", "", "", ""))


async def migrate(url: str) -> None:
    """Bring the schema in the database at ``url`` to this program's version.

    Raises:
        StoreMisconfigured: the address makes no sense, or its user may not work there.
        StoreUnavailable: the server cannot be reached.
        StoreTooNew: a newer Daehwa has written there.
    """
    try:
        connection = await psycopg.AsyncConnection.connect(url, **CONNECTING)
        async with connection:
            await _migrate(connection)
    except psycopg.OperationalError as error:
        raise StoreUnavailable(
            f"PostgreSQL cannot be reached ({_line(error)}): check that it runs, and the"
            " store's url."
        ) from None
    except psycopg.ProgrammingError as error:
        raise StoreMisconfigured(
            f"PostgreSQL refuses the store ({_line(error)}): check the store's url, and that"
            " its user may create the schema daehwa or owns it."
        ) from None


async def _migrate(connection: psycopg.AsyncConnection[Any]) -> None:
    """Bring the schema to this program's version, one process at a time."""
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MIGRATING,))
        there = await _one(connection, "SELECT to_regclass('daehwa.layout') IS NOT NULL", ())
        if not there[0]:
            await connection.execute("CREATE SCHEMA IF NOT EXISTS daehwa")
            await connection.execute("CREATE TABLE daehwa.layout (version integer NOT NULL)")
            await connection.execute("INSERT INTO daehwa.layout VALUES (0)")
        layout = await _layout(connection)
        if layout.needed > len(_MIGRATIONS):
            raise StoreTooNew(
                f"A newer Daehwa has written in this database (its version is {layout.needed}, this"
                f" program knows {len(_MIGRATIONS)}): update Daehwa, or use another database."
            )
        for migration in _MIGRATIONS[layout.applied :]:
            await connection.execute(migration)
        if layout.applied < len(_MIGRATIONS):
            needed = max(layout.needed, needed_by(len(_MIGRATIONS), _ADDITIONS))
            await connection.execute(
                "UPDATE daehwa.layout SET version = %s, applied = %s", (needed, len(_MIGRATIONS))
            )


async def _layout(connection: psycopg.AsyncConnection[Any]) -> Layout:
    """The migrations that the schema has seen; ``version`` is the last that has to be known."""
    row = await _one(connection, "SELECT to_jsonb(layout) FROM daehwa.layout", ())
    needed = int(row[0]["version"])
    return Layout(needed, int(row[0].get("applied", needed)))


async def _one(
    connection: psycopg.AsyncConnection[Any], statement: LiteralString, values: tuple[Any, ...]
) -> Any:
    return await (await connection.execute(statement, values)).fetchone()


def _parts(key: SessionKey) -> tuple[str, str, str, str]:
    return key.stored_id, key.bot_id, key.alias_id, key.locale_id


def _row(turn: TurnRecord) -> tuple[Any, ...]:
    return (turn.message_id, _text(turn.text), turn.at, turn.reply, turn.state, turn.missed)


def _text(text: str | None) -> str | None:
    return None if text is None else text.replace("\0", "\ufffd")


def _turn(row: tuple[Any, ...]) -> TurnRecord:
    message_id, text, at, reply, state, missed, rating, comment, lapsed = row
    given = rating is not None or comment is not None
    return read_turn(
        message_id=message_id,
        text=text,
        at=at.astimezone(UTC),
        reply=reply,
        state=state,
        missed=missed,
        feedback=Feedback(rating=rating, comment=comment) if given else None,
        lapsed=lapsed,
    )


def _open(turn: TurnRecord) -> bool:
    """Whether the turn has no end yet that counts."""
    return turn.state == "running" or turn.broken_off


def _duplicate(turn: TurnRecord) -> DuplicateTurn:
    return DuplicateTurn(f"turn {turn.message_id} is recorded already: give its reply")


def _line(error: Exception) -> str:
    """The first line of what a driver says."""
    return str(error).strip().partition("\n")[0]
