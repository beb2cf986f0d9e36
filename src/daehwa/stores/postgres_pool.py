"""Work on a connection of a pool, retried once if the server was lost or demoted.

After a failover the address may lead to the new primary while open connections still lead to
the old one: restarted they are broken, demoted they take no writes. Either kind is left.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar
from weakref import WeakKeyDictionary

import psycopg
from psycopg_pool import AsyncConnectionPool

_Connection = psycopg.AsyncConnection[tuple[Any, ...]]
_Pool = AsyncConnectionPool[_Connection]
_Result = TypeVar("_Result")

CONNECTING: Final[dict[str, Any]] = {
    "autocommit": True,
    "connect_timeout": 5,
    # Whatever the database or its user has for others: texts come as bytes in some encodings.
    "client_encoding": "utf8",
}
"""How every connection is made."""

# Where the address itself leads to a server that takes no writes, new connections do not help.
_DRAIN_SECONDS: Final = 1.0
_drained: WeakKeyDictionary[_Pool, float] = WeakKeyDictionary()


async def on_connection(pool: _Pool, work: Callable[[_Connection], Awaitable[_Result]]) -> _Result:
    """What ``work`` returns, on a connection of ``pool``; psycopg's errors are let through."""
    async with pool.connection() as connection:
        try:
            return await work(connection)
        except psycopg.errors.ReadOnlySqlTransaction:
            if not await _drain(pool):
                raise
        except psycopg.OperationalError:
            if not connection.closed:
                raise
    await pool.check()
    async with pool.connection() as connection:
        return await work(connection)


async def _drain(pool: _Pool) -> bool:
    """Replace all of the pool's connections, those in use after their use; at most now and then."""
    now = time.monotonic()
    if now - _drained.get(pool, -_DRAIN_SECONDS) < _DRAIN_SECONDS:
        return False
    _drained[pool] = now
    await pool.drain()
    return True
