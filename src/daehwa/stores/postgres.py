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
from daehwa.stores import postgres_statements as sql
from daehwa.stores.counted_postgres import read_counted
from daehwa.stores.errors import (
    DuplicateTurn,
    StaleSession,
    StoreUnavailable,
)
from daehwa.stores.postgres_migrating import fault, fetch_one
from daehwa.stores.postgres_pool import CONNECTING, on_connection
from daehwa.stores.postgres_schema import migrate
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
_Connection = psycopg.AsyncConnection[tuple[Any, ...]]
_Result = TypeVar("_Result")


class PostgresStore:
    """A ``SessionStore`` in PostgreSQL; made by ``PostgresStore.open``, for one event loop."""

    def __init__(self, pool: AsyncConnectionPool[_Connection]) -> None:
        self._pool = pool
        self._refused = False  # a call was, since a turn's writes were last tried
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
        row = await self._one(sql.LOAD, _parts(key))
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
            statement, values = sql.BEGIN, (*written, first_version())
        else:
            statement, values = sql.CHANGE, (*written, expected_version)

        async def with_turn(connection: _Connection, turn: TurnRecord) -> Any:
            async with connection.transaction():
                if started:
                    held = (*_parts(key), turn.message_id)
                    if await fetch_one(connection, sql.HOLD_TURN, held) is None:
                        return None
                row = await fetch_one(connection, statement, values)
                if row is None:
                    known = await fetch_one(
                        connection, sql.GET_TURN, (*_parts(key), turn.message_id)
                    )
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
            await fetch_one(connection, sql.ADD_KIND, (kind, bot_id, facts.kind))
        counted = (None if facts is None else facts.figures, kind)
        if (
            await fetch_one(connection, sql.ADD_OR_FINISH_TURN, (session, *_row(turn), *counted))
            is None
        ):
            raise _duplicate(turn)

    async def delete(self, key: SessionKey, *, transcript: bool = True) -> bool:
        """See ``SessionStore.delete``."""
        row = await self._one(sql.FORGET if transcript else sql.END, _parts(key))
        return row is not None and bool(row[0])

    async def forget_turns(
        self,
        bot_id: str,
        *,
        locale_id: str | None = None,
        session_id: str | None = None,
        limit: int = 1000,
    ) -> int:
        """See ``SessionStore.forget_turns``."""
        values = (bot_id, locale_id, *(4 * (session_id,)), limit)
        return len(await self._all(sql.FORGET_TURNS, values))

    async def sessions(self, session_id: str) -> tuple[SessionKey, ...]:
        """See ``SessionStore.sessions``."""
        rows = await self._all(sql.SESSIONS, (session_id, session_id, session_id))
        return tuple(SessionKey.of_stored(*row) for row in rows)

    async def start_turn(
        self, key: SessionKey, turn: TurnRecord, *, lease_seconds: float = LEASE_SECONDS
    ) -> None:
        """See ``SessionStore.start_turn``."""

        async def add(connection: _Connection) -> None:
            async with connection.transaction():
                holder = (turn.at, *_parts(key), first_version())
                row = await fetch_one(connection, sql.HOLD_TRANSCRIPT, holder)
                session = row[0] if row else None
                values = (session, *_row(turn), timedelta(seconds=lease_seconds))
                if await fetch_one(connection, sql.START_TURN, values) is None:
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
                await cursor.executemany(sql.RENEW_TURN, values, returning=True)
                for one in turns:
                    if (row := await cursor.fetchone()) is not None and row[0]:
                        stops.append(one)
                    cursor.nextset()
            return tuple(stops)

        return await self._with_connection(renew) if turns else ()

    async def stop_turn(self, key: SessionKey, message_id: str) -> bool:
        """See ``SessionStore.stop_turn``."""
        return await self._one(sql.STOP_TURN, (*_parts(key), message_id)) is not None

    async def turn(self, key: SessionKey, message_id: str) -> TurnRecord | None:
        """See ``SessionStore.turn``."""
        row = await self._one(sql.GET_TURN, (*_parts(key), message_id))
        return None if row is None else _turn(row)

    async def turns(
        self, key: SessionKey, *, limit: int = 50, before: str | None = None
    ) -> tuple[TurnRecord, ...]:
        """See ``SessionStore.turns``."""
        if before is None:
            rows = await self._all(sql.LAST_TURNS, (*_parts(key), limit))
        else:
            rows = await self._all(sql.TURNS_BEFORE, (*_parts(key), before, limit))
        return tuple(map(_turn, reversed(rows)))

    async def set_feedback(
        self, key: SessionKey, message_id: str, feedback: Feedback | None
    ) -> bool:
        """See ``SessionStore.set_feedback``."""
        given = feedback or Feedback()
        values = (given.rating, _text(given.comment), *_parts(key), message_id)
        return await self._one(sql.RATE, values) is not None

    async def sessions_of(
        self, bot_id: str, *, locale_id: str | None = None, limit: int = 100
    ) -> tuple[SessionKey, ...]:
        """See ``SessionStore.sessions_of``."""
        rows = await self._all(sql.SESSIONS_OF, (bot_id, locale_id, limit))
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
        rows = await self._all(sql.MISSED, (bot_id, locale_id, before, limit))
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
        return len(await self._all(sql.PURGE, (before, limit)))

    async def empty(
        self, after: datetime, before: datetime, *, limit: int = 1000
    ) -> datetime | None:
        """See ``SessionStore.empty``."""
        rows = await self._all(sql.EXPIRED, (after, before, limit))
        if rows:
            await self._all(sql.EMPTY, ([row[0] for row in rows], before))
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
                await connection.execute(sql.TAKE_WRITES)
                await fetch_one(connection, sql.PING, ())

        await self._with_connection(prove)
        if self._refused:
            await self._with_connection(self._rehearse)
            self._refused = False

    async def _rehearse(self, connection: _Connection) -> None:
        """Do what saving a turn takes, and take it back."""
        nobody, now = ("", "", "", ""), datetime.now(UTC)
        turn = TurnRecord(message_id="", text="", at=now, reply=b"")
        async with connection.transaction(force_rollback=True):
            row = await fetch_one(connection, sql.BEGIN, (b"", now, *nobody, first_version()))
            if row is not None:
                await self._write_turn(connection, row[0], "", turn)

    async def close(self) -> None:
        """See ``SessionStore.close``."""
        await self._pool.close()

    async def _one(self, statement: LiteralString, values: tuple[Any, ...]) -> Any:
        return await self._with_connection(
            lambda connection: fetch_one(connection, statement, values)
        )

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
            self._refused = True
            raise StoreUnavailable(fault(error)) from error


async def _prepare_connection(connection: _Connection) -> None:
    """Limit its statements, and have its server's process read what it needs to know of tables."""
    await connection.execute(f"SET statement_timeout = {int(_STATEMENT_SECONDS * 1000)}")
    await connection.execute(sql.LOAD, ("", "", "", ""))


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
