"""Shared objects in PostgreSQL, in the schema of the sessions, over connections of their own.

A large content that is on its way holds up no turn: these connections are others than those of
the sessions, and live in an event loop of their own, so that a call from any thread ends in time
whatever has become of the server.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import timedelta
from typing import Any, LiteralString, TypeVar

import psycopg
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from daehwa.stores.errors import StaleObject, StoreUnavailable
from daehwa.stores.objects import Listed, StoredObject, kind_of
from daehwa.stores.postgres_migrating import fault
from daehwa.stores.postgres_pool import CONNECTING, on_connection
from daehwa.stores.postgres_schema import migrate
from daehwa.stores.values import first_version

_POOL_SECONDS = 2.0
_CALL_SECONDS = 4.0
# A content that is read may be as large as an upload.
_READ_SECONDS = 30.0
_BYTES_A_SECOND = 2 * 2**20
_CANCEL_SECONDS = 0.5
_MOST_CONNECTIONS = 3

_POSITION: LiteralString = "SELECT position FROM daehwa.object_positions WHERE kind = %s"
_MOVE: LiteralString = """
    INSERT INTO daehwa.object_positions VALUES (%s, %s)
    ON CONFLICT (kind) DO UPDATE SET position = excluded.position
"""
# Whoever writes a kind waits for its row, so that of two that write at once one sees the other.
_LOCK: LiteralString = """
    INSERT INTO daehwa.object_positions AS known VALUES (%s, 0)
    ON CONFLICT (kind) DO UPDATE SET position = known.position RETURNING position
"""
_LISTING: LiteralString = """
    SELECT name, revision, size, extract(epoch FROM at)::double precision
    FROM daehwa.objects WHERE kind = %s
"""
_READ: LiteralString = "SELECT name, content, revision FROM daehwa.objects WHERE name = %s"
_READ_ALL: LiteralString = """
    SELECT name, content, revision FROM daehwa.objects WHERE kind = %s AND starts_with(name, %s)
"""
_REVISION: LiteralString = "SELECT revision FROM daehwa.objects WHERE name = %s"
_WRITE: LiteralString = """
    INSERT INTO daehwa.objects (name, kind, revision, size, content)
    VALUES (%s, %s, %s, %s, %s) ON CONFLICT (name) DO UPDATE
    SET revision = excluded.revision, size = excluded.size, content = excluded.content,
    at = clock_timestamp()
"""
_DELETE: LiteralString = "DELETE FROM daehwa.objects WHERE name = %s"
_TAKE_LEASE: LiteralString = """
    INSERT INTO daehwa.object_leases AS held VALUES (%s, %s, clock_timestamp() + %s)
    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
    WHERE held.holder = excluded.holder OR held.until <= clock_timestamp() RETURNING true
"""
_END_LEASE: LiteralString = "DELETE FROM daehwa.object_leases WHERE name = %s AND holder = %s"

_Connection = psycopg.AsyncConnection[tuple[Any, ...]]
_Result = TypeVar("_Result")


class PostgresObjects:
    """An ``ObjectStore`` in the database at ``url``.

    Raises:
        StoreMisconfigured: the address makes no sense, or its user may not work there.
        StoreUnavailable: the server cannot be reached.
        StoreTooNew: a newer Daehwa has written there.
    """

    shared = True

    def __init__(self, url: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._closed = False
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="daehwa-objects", daemon=True
        )
        self._thread.start()
        self._pool: AsyncConnectionPool[_Connection] | None = None
        try:
            self._pool = self._wait(_opened(url))
        except BaseException:
            self.close()
            raise

    def position(self, kind: str) -> int:
        """See ``ObjectStore.position``."""
        rows = self._rows(_POSITION, (kind,))
        return int(rows[0][0]) if rows else 0

    def listing(self, kind: str) -> dict[str, Listed]:
        """See ``ObjectStore.listing``."""
        rows = self._rows(_LISTING, (kind,), seconds=_READ_SECONDS)
        return {name: Listed(revision, size, at) for name, revision, size, at in rows}

    def read(self, prefix: str) -> dict[str, StoredObject]:
        """See ``ObjectStore.read``."""
        if prefix.endswith("/"):
            rows = self._rows(_READ_ALL, (kind_of(prefix), prefix), seconds=_READ_SECONDS)
        else:
            rows = self._rows(_READ, (prefix,), seconds=_READ_SECONDS)
        return {name: StoredObject(bytes(content), revision) for name, content, revision in rows}

    def write(
        self,
        changes: Mapping[str, bytes | memoryview | None],
        *,
        expected: Mapping[str, int | None] | None = None,
        positions: Mapping[str, int] | None = None,
    ) -> int:
        """See ``ObjectStore.write``."""
        token = first_version()
        kinds = sorted({kind_of(name) for name in changes} | set(positions or {}))

        async def write(connection: _Connection) -> None:
            async with connection.transaction():
                for kind in kinds:
                    row = await (await connection.execute(_LOCK, (kind,))).fetchone()
                    if row is not None and (positions or {}).get(kind, row[0]) != row[0]:
                        raise StaleObject(f"{kind} were changed meanwhile")
                for name, revision in (expected or {}).items():
                    row = await (await connection.execute(_REVISION, (name,))).fetchone()
                    if (row and row[0]) != revision:
                        raise StaleObject(f"{name} was changed meanwhile")
                for name, content in changes.items():
                    if content is None:
                        await connection.execute(_DELETE, (name,))
                    else:
                        values = (name, kind_of(name), token, len(content), content)
                        await connection.execute(_WRITE, values)
                for kind in {kind_of(name) for name in changes}:
                    await connection.execute(_MOVE, (kind, token))

        size = sum(len(content or b"") for content in changes.values())
        self._with_connection(write, _CALL_SECONDS + size / _BYTES_A_SECOND)
        return token

    def take_lease(self, name: str, holder: str, seconds: float) -> bool:
        """See ``ObjectStore.take_lease``."""
        return bool(self._rows(_TAKE_LEASE, (name, holder, timedelta(seconds=seconds))))

    def end_lease(self, name: str, holder: str) -> None:
        """See ``ObjectStore.end_lease``."""
        self._rows(_END_LEASE, (name, holder))

    def close(self) -> None:
        """See ``ObjectStore.close``."""
        if self._closed:
            return
        self._closed = True
        if self._pool is not None:
            self._wait(self._pool.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    # --- calls ------------------------------------------------------------------------

    def _rows(
        self, statement: LiteralString, values: tuple[Any, ...], *, seconds: float = _CALL_SECONDS
    ) -> list[tuple[Any, ...]]:
        async def rows(connection: _Connection) -> list[tuple[Any, ...]]:
            cursor = await connection.execute(statement, values, binary=True)
            return await cursor.fetchall() if cursor.description else []

        return self._with_connection(rows, seconds)

    def _with_connection(
        self, work: Callable[[_Connection], Awaitable[_Result]], seconds: float
    ) -> _Result:
        return self._wait(self._within(work, seconds))

    async def _within(
        self, work: Callable[[_Connection], Awaitable[_Result]], seconds: float
    ) -> _Result:
        """Do ``work`` on a connection within its time, with PostgreSQL's errors as ours."""
        assert self._pool is not None  # noqa: S101 - nobody has these objects before it is there
        try:
            # The first end has the statement cancelled; the second closes the connection.
            async with asyncio.timeout(seconds + _CANCEL_SECONDS):
                async with asyncio.timeout(seconds):
                    return await on_connection(self._pool, work)
        except TimeoutError as error:
            raise StoreUnavailable(
                f"PostgreSQL has not answered within {seconds:.0f} s: check that it runs, and its"
                " log."
            ) from error
        except (psycopg.Error, PoolTimeout, OSError) as error:
            raise StoreUnavailable(fault(error)) from error

    def _wait(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


async def _opened(url: str) -> AsyncConnectionPool[_Connection]:
    await migrate(url)
    pool = AsyncConnectionPool(
        url,
        connection_class=psycopg.AsyncConnection[tuple[Any, ...]],
        kwargs=CONNECTING,
        min_size=1,
        max_size=_MOST_CONNECTIONS,
        timeout=_POOL_SECONDS,
        reconnect_timeout=_POOL_SECONDS,
        open=False,
    )
    await pool.open()
    return pool
