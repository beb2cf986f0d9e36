"""The tables of ``PostgresStore`` and how they came to be, in the schema ``daehwa``."""

from __future__ import annotations

from typing import Any, LiteralString

import psycopg

from daehwa.stores.migrations import Layout, needed_by
from daehwa.stores.postgres_migrating import fetch_one, migrate_database, run_migrations

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


async def migrate(url: str) -> None:
    """Bring the schema in the database at ``url`` to this program's version.

    Raises:
        StoreMisconfigured: the address makes no sense, or its user may not work there.
        StoreUnavailable: the server cannot be reached.
        StoreTooNew: a newer Daehwa has written there.
    """
    await migrate_database(url, _migrate)


async def _migrate(connection: psycopg.AsyncConnection[Any]) -> None:
    there = await fetch_one(connection, "SELECT to_regclass('daehwa.layout') IS NOT NULL")
    if not there[0]:
        await connection.execute("CREATE SCHEMA IF NOT EXISTS daehwa")
        await connection.execute("CREATE TABLE daehwa.layout (version integer NOT NULL)")
        await connection.execute("INSERT INTO daehwa.layout VALUES (0)")
    layout = await _layout(connection)
    if await run_migrations(connection, _MIGRATIONS, layout):
        needed = max(layout.needed, needed_by(len(_MIGRATIONS), _ADDITIONS))
        await connection.execute(
            "UPDATE daehwa.layout SET version = %s, applied = %s", (needed, len(_MIGRATIONS))
        )


async def _layout(connection: psycopg.AsyncConnection[Any]) -> Layout:
    """The migrations that the schema has seen; ``version`` is the last that has to be known."""
    row = await fetch_one(connection, "SELECT to_jsonb(layout) FROM daehwa.layout")
    needed = int(row[0]["version"])
    return Layout(needed, int(row[0].get("applied", needed)))
