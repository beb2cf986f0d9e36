"""Bringing tables in PostgreSQL to this program's version, one process at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final, LiteralString

import psycopg

from daehwa.stores.errors import StoreMisconfigured, StoreTooNew, StoreUnavailable
from daehwa.stores.migrations import Layout
from daehwa.stores.postgres_pool import CONNECTING

# Whoever migrates holds this advisory lock: "Daehwa" as a number.
_MIGRATING: Final = 0x446165687761

READ_ONLY: Final = (
    "PostgreSQL takes no writes: it is a standby, or set to be read-only. Point the store's url"
    " at the primary, or name all: postgresql://db1,db2/daehwa?target_session_attrs=read-write."
)

Migrate = Callable[[psycopg.AsyncConnection[Any]], Awaitable[None]]


async def migrate_database(url: str, migrate: Migrate) -> None:
    """Run ``migrate`` in a transaction of the database at ``url``, when no other process does.

    Raises:
        StoreMisconfigured: the address makes no sense, or its user may not work there.
        StoreUnavailable: the server cannot be reached.
        StoreTooNew: a newer Daehwa has written there.
    """
    try:
        connection = await psycopg.AsyncConnection.connect(url, **CONNECTING)
        async with connection, connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MIGRATING,))
            await migrate(connection)
    except psycopg.errors.ReadOnlySqlTransaction:
        raise StoreUnavailable(READ_ONLY) from None
    except psycopg.OperationalError as error:
        raise StoreUnavailable(
            f"PostgreSQL cannot be reached ({first_line(error)}): check that it runs, and the"
            " store's url."
        ) from None
    except psycopg.ProgrammingError as error:
        raise StoreMisconfigured(
            f"PostgreSQL refuses the store ({first_line(error)}): check the store's url, and that"
            " its user may create the schema daehwa or owns it."
        ) from None


async def run_migrations(
    connection: psycopg.AsyncConnection[Any], migrations: tuple[LiteralString, ...], layout: Layout
) -> bool:
    """Run those of ``migrations`` that a database has not seen; return whether there were any.

    Raises:
        StoreTooNew: it needs more than these.
    """
    if layout.needed > len(migrations):
        raise StoreTooNew(
            f"A newer Daehwa has written in this database (its version is {layout.needed}, this"
            f" program knows {len(migrations)}): update Daehwa, or use another database."
        )
    for migration in migrations[layout.applied :]:
        await connection.execute(migration)
    return layout.applied < len(migrations)


async def fetch_one(
    connection: psycopg.AsyncConnection[Any], statement: LiteralString, values: tuple[Any, ...] = ()
) -> Any:
    """The first row of what a statement gives."""
    return await (await connection.execute(statement, values)).fetchone()


def fault(error: Exception) -> str:
    """What keeps PostgreSQL from being used, and what to do."""
    if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
        return READ_ONLY
    return f"PostgreSQL cannot be used ({first_line(error)}): check that it runs, and its log."


def first_line(error: Exception) -> str:
    """The first line of what a driver says."""
    return str(error).strip().partition("\n")[0]
