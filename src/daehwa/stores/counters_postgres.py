"""Counters in PostgreSQL 12 or newer, for several machines: one statement for each call.

They are in the schema ``daehwa`` beside the sessions, with numbered migrations of their own.
Buckets and places are unlogged tables: after a crash of the server they begin again. Totals,
which are worth money, survive it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, LiteralString

import psycopg
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from daehwa.stores.counters import COUNTING_SECONDS, Draw, Drawn, Sum
from daehwa.stores.errors import StoreUnavailable
from daehwa.stores.migrations import Layout
from daehwa.stores.postgres_migrating import fault, fetch_one, migrate_database, run_migrations
from daehwa.stores.postgres_pool import CONNECTING, on_connection

_MOST_CONNECTIONS = 2
# How long the server may take to cancel a statement before the connection is closed.
_CANCEL_SECONDS = 0.5

# Each entry takes the counters from its index to the next version; never change one that shipped.
_MIGRATIONS: tuple[LiteralString, ...] = (
    """
    CREATE UNLOGGED TABLE daehwa.buckets (
        name text PRIMARY KEY,
        level float8 NOT NULL,
        at timestamptz NOT NULL,
        full_at timestamptz NOT NULL
    );
    CREATE TABLE daehwa.totals (
        name text PRIMARY KEY, total bigint NOT NULL, until timestamptz NOT NULL
    );
    CREATE UNLOGGED TABLE daehwa.places (
        name text NOT NULL,
        holder text NOT NULL,
        until timestamptz NOT NULL,
        PRIMARY KEY (name, holder)
    );
    CREATE FUNCTION daehwa.draw_token(
        bucket text, rate float8, burst float8, spent float8, fewest float8, most float8,
        OUT granted float8, OUT remaining float8
    ) LANGUAGE plpgsql AS $$
    DECLARE
        moment timestamptz;
        since timestamptz;
    BEGIN
        INSERT INTO daehwa.buckets VALUES (bucket, burst, clock_timestamp(), clock_timestamp())
        ON CONFLICT DO NOTHING;
        SELECT level, at INTO remaining, since FROM daehwa.buckets
        WHERE name = bucket FOR UPDATE;
        moment := clock_timestamp();
        remaining := least(
            burst, remaining + rate * greatest(0, extract(epoch FROM moment - since))
        ) - spent;
        granted := 0;
        IF remaining >= fewest THEN
            granted := greatest(0, least(most, floor(remaining)));
        END IF;
        remaining := remaining - granted;
        UPDATE daehwa.buckets SET level = remaining, at = moment,
            full_at = moment + make_interval(secs => (burst - remaining) / rate)
        WHERE name = bucket;
    END $$;
    CREATE FUNCTION daehwa.add_totals(
        names text[], amounts bigint[], limits bigint[], seconds float8,
        OUT added boolean, OUT sums bigint[]
    ) LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO daehwa.totals
        SELECT one, 0, clock_timestamp() + make_interval(secs => seconds)
        FROM unnest(names) AS one ORDER BY one
        ON CONFLICT (name) DO UPDATE SET total = 0, until = excluded.until
        WHERE totals.until <= clock_timestamp();
        PERFORM 1 FROM daehwa.totals WHERE name = ANY (names) ORDER BY name FOR UPDATE;
        added := NOT EXISTS (
            SELECT 1 FROM unnest(names, limits) AS one (name, most)
            JOIN daehwa.totals USING (name) WHERE total >= most
        );
        IF added THEN
            UPDATE daehwa.totals SET total = total + one.amount
            FROM unnest(names, amounts) AS one (name, amount) WHERE totals.name = one.name;
        END IF;
        sums := ARRAY(
            SELECT total FROM unnest(names) WITH ORDINALITY AS one (name, place)
            JOIN daehwa.totals USING (name) ORDER BY place
        );
    END $$;
    CREATE FUNCTION daehwa.hold_place(
        room text, owner text, most integer, seconds float8, OUT held boolean
    ) LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock(hashtextextended(room, 20));
        held := (
            SELECT count(*) < most FROM daehwa.places
            WHERE name = room AND holder <> owner AND until > clock_timestamp()
        );
        IF held THEN
            INSERT INTO daehwa.places
            VALUES (room, owner, clock_timestamp() + make_interval(secs => seconds))
            ON CONFLICT (name, holder) DO UPDATE SET until = excluded.until;
        END IF;
    END $$;
    """,
)
# In the order of the names, so that two that draw from the same buckets never wait in a ring.
_DRAW: LiteralString = """
    SELECT place, (drawn).granted, (drawn).remaining FROM (
        SELECT place, daehwa.draw_token(name, rate, burst, spent, fewest, most) AS drawn FROM (
            SELECT * FROM unnest(
                %s::text[], %s::float8[], %s::float8[], %s::float8[], %s::float8[], %s::float8[]
            ) WITH ORDINALITY AS one (name, rate, burst, spent, fewest, most, place)
            ORDER BY name OFFSET 0
        ) AS ordered OFFSET 0
    ) AS done
"""
_ADD: LiteralString = "SELECT * FROM daehwa.add_totals(%s::text[], %s::bigint[], %s::bigint[], %s)"
_HOLD: LiteralString = "SELECT daehwa.hold_place(%s, %s, %s, %s)"
_LET_GO: LiteralString = "DELETE FROM daehwa.places WHERE name = %s AND holder = %s RETURNING true"
_TIDY: LiteralString = """
    WITH buckets AS (
        DELETE FROM daehwa.buckets WHERE name IN (
            SELECT name FROM daehwa.buckets WHERE full_at <= clock_timestamp()
            FOR UPDATE SKIP LOCKED
        ) RETURNING 1
    ), totals AS (
        DELETE FROM daehwa.totals WHERE until <= clock_timestamp() RETURNING 1
    ), places AS (
        DELETE FROM daehwa.places WHERE until <= clock_timestamp() RETURNING 1
    ) SELECT true
"""

_Connection = psycopg.AsyncConnection[tuple[Any, ...]]


class PostgresCounters:
    """``Counters`` in PostgreSQL; made by ``PostgresCounters.open``, for one event loop."""

    def __init__(self, pool: AsyncConnectionPool[_Connection]) -> None:
        self._pool = pool

    @classmethod
    async def open(cls, url: str) -> PostgresCounters:
        """Connect to the database at ``url`` and bring the counters there up to date.

        Raises:
            StoreMisconfigured: the address makes no sense, or its user may not work there.
            StoreUnavailable: the server cannot be reached.
            StoreTooNew: a newer Daehwa has written there.
        """
        await migrate_database(url, _migrate)
        pool = AsyncConnectionPool(
            url,
            connection_class=psycopg.AsyncConnection[tuple[Any, ...]],
            kwargs=CONNECTING,
            configure=_limit_statements,
            min_size=1,
            max_size=_MOST_CONNECTIONS,
            timeout=COUNTING_SECONDS,
            reconnect_timeout=3.0,
            open=False,
        )
        await pool.open()
        return cls(pool)

    async def draw(self, draws: Sequence[Draw]) -> list[Drawn]:
        """See ``Counters.draw``."""
        if not draws:
            return []
        names, *numbers = zip(*draws, strict=True)
        values = (list(names), *(list(map(float, column)) for column in numbers))
        rows = await self._all(_DRAW, values)
        return [Drawn(granted, level) for _, granted, level in sorted(rows)]

    async def add(self, sums: Sequence[Sum], *, seconds: float) -> tuple[bool, list[int]]:
        """See ``Counters.add``."""
        columns = map(list, zip(*sums, strict=True))
        added, totals = (await self._all(_ADD, (*columns, seconds)))[0]
        return added, totals

    async def hold(self, name: str, holder: str, *, most: int, seconds: float) -> bool:
        """See ``Counters.hold``."""
        return bool((await self._all(_HOLD, (name, holder, most, seconds)))[0][0])

    async def let_go(self, name: str, holder: str) -> None:
        """See ``Counters.let_go``."""
        await self._all(_LET_GO, (name, holder))

    async def tidy(self) -> None:
        """See ``Counters.tidy``."""
        await self._all(_TIDY, ())

    async def close(self) -> None:
        """See ``Counters.close``."""
        await self._pool.close()

    async def _all(self, statement: LiteralString, values: tuple[Any, ...]) -> list[Any]:
        async def fetch(connection: _Connection) -> list[Any]:
            return await (await connection.execute(statement, values)).fetchall()

        try:
            # The first end has the statement cancelled; the second closes the connection.
            async with asyncio.timeout(COUNTING_SECONDS + _CANCEL_SECONDS):
                async with asyncio.timeout(COUNTING_SECONDS):
                    return await on_connection(self._pool, fetch)
        except TimeoutError as error:
            raise StoreUnavailable("PostgreSQL did not count in time.") from error
        except (psycopg.Error, PoolTimeout, OSError) as error:
            raise StoreUnavailable(fault(error)) from error


async def _limit_statements(connection: _Connection) -> None:
    await connection.execute(f"SET statement_timeout = {int(COUNTING_SECONDS * 1000)}")


async def _migrate(connection: psycopg.AsyncConnection[Any]) -> None:
    there = await fetch_one(connection, "SELECT to_regclass('daehwa.counters') IS NOT NULL")
    if not there[0]:
        await connection.execute("CREATE SCHEMA IF NOT EXISTS daehwa")
        await connection.execute("CREATE TABLE daehwa.counters (version integer NOT NULL)")
        await connection.execute("INSERT INTO daehwa.counters VALUES (0)")
    (version,) = await fetch_one(connection, "SELECT version FROM daehwa.counters")
    if await run_migrations(connection, _MIGRATIONS, Layout(version, version)):
        await connection.execute("UPDATE daehwa.counters SET version = %s", (len(_MIGRATIONS),))
