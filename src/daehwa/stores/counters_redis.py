"""Counters in Redis 6.2 or newer (or Valkey), for several machines.

Each call is one Lua script. Redis forgets on its own what is over. Keys:

    daehwa:bucket:NAME    hash: level, at (seconds by the server's clock)
    daehwa:total:NAME     a number
    daehwa:places:NAME    sorted set of holders by the time until which they hold
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ReadOnlyError, RedisError

from daehwa.stores.counters import COUNTING_SECONDS, Draw, Drawn, Sum
from daehwa.stores.errors import StoreMisconfigured, StoreUnavailable

_MOST_CONNECTIONS = 4
# Draws that one script carries out: others wait for it.
_BATCH = 200

_NOW = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
"""
_DRAW = (
    _NOW
    + """
local drawn = {}
for index = 1, #ARGV, 6 do
    local key = 'daehwa:bucket:' .. ARGV[index]
    local rate, burst, spent = ARGV[index + 1], tonumber(ARGV[index + 2]), ARGV[index + 3]
    local least, most = tonumber(ARGV[index + 4]), tonumber(ARGV[index + 5])
    local level, at = unpack(redis.call('HMGET', key, 'level', 'at'))
    if level then level = math.min(burst, level + rate * math.max(0, now - at))
    else level = burst end
    level = level - spent
    local granted = 0
    if level >= least then granted = math.max(0, math.min(most, math.floor(level))) end
    level = level - granted
    if level >= burst then redis.call('DEL', key)
    else
        redis.call('HSET', key, 'level', string.format('%.6f', level),
            'at', string.format('%.6f', now))
        redis.call('PEXPIRE', key, math.ceil((burst - level) / rate * 1000))
    end
    drawn[#drawn + 1] = string.format('%.6f', granted)
    drawn[#drawn + 1] = string.format('%.6f', level)
end
return drawn
"""
)
_ADD = """
local seconds = ARGV[1]
local totals, full = {}, false
for index = 2, #ARGV, 3 do
    local total = tonumber(redis.call('GET', 'daehwa:total:' .. ARGV[index]) or '0')
    totals[#totals + 1] = total
    if ARGV[index + 2] ~= '' and total >= tonumber(ARGV[index + 2]) then full = true end
end
if full then return {0, totals} end
for index = 2, #ARGV, 3 do
    local key = 'daehwa:total:' .. ARGV[index]
    local place = (index + 1) / 3
    totals[place] = redis.call('INCRBY', key, ARGV[index + 1])
    if redis.call('PTTL', key) < 0 then redis.call('PEXPIRE', key, seconds) end
end
return {1, totals}
"""
_HOLD = (
    _NOW
    + """
local key, holder, most, seconds = 'daehwa:places:' .. ARGV[1], ARGV[2], ARGV[3], ARGV[4]
redis.call('ZREMRANGEBYSCORE', key, '-inf', string.format('%.6f', now))
if not redis.call('ZSCORE', key, holder) and redis.call('ZCARD', key) >= tonumber(most) then
    return 0
end
redis.call('ZADD', key, string.format('%.6f', now + seconds), holder)
redis.call('PEXPIRE', key, math.ceil(seconds * 1000))
return 1
"""
)


class RedisCounters:
    """``Counters`` in Redis; made by ``RedisCounters.open``, for one event loop."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._scripts = {body: client.register_script(body) for body in (_DRAW, _ADD, _HOLD)}

    @classmethod
    async def open(cls, url: str) -> RedisCounters:
        """Connections, opened when they are needed, to the server and database at ``url``.

        Raises:
            StoreMisconfigured: the address makes no sense.
        """
        try:
            pool = BlockingConnectionPool.from_url(
                url,
                max_connections=_MOST_CONNECTIONS,
                timeout=COUNTING_SECONDS,
                socket_timeout=COUNTING_SECONDS,
                socket_connect_timeout=COUNTING_SECONDS,
                retry=Retry(ConstantBackoff(0.05), 1, supported_errors=(RedisConnectionError,)),
            )
        except ValueError as error:
            raise StoreMisconfigured(f"The store's address is wrong: {error}.") from None
        return cls(Redis.from_pool(pool))

    async def draw(self, draws: Sequence[Draw]) -> list[Drawn]:
        """See ``Counters.draw``."""
        drawn: list[Drawn] = []
        for start in range(0, len(draws), _BATCH):
            values = [value for draw in draws[start : start + _BATCH] for value in draw]
            numbers = [float(number) for number in await self._run(_DRAW, *values)]
            drawn += map(Drawn, numbers[::2], numbers[1::2])
        return drawn

    async def add(self, sums: Sequence[Sum], *, seconds: float) -> tuple[bool, list[int]]:
        """See ``Counters.add``."""
        values: list[Any] = [round(seconds * 1000)]
        for one in sums:
            values += (one.name, one.amount, "" if one.limit is None else one.limit)
        added, totals = await self._run(_ADD, *values)
        return bool(added), [int(total) for total in totals]

    async def hold(self, name: str, holder: str, *, most: int, seconds: float) -> bool:
        """See ``Counters.hold``."""
        return bool(await self._run(_HOLD, name, holder, most, seconds))

    async def let_go(self, name: str, holder: str) -> None:
        """See ``Counters.let_go``."""
        async with self._store_errors():
            await self._client.zrem(f"daehwa:places:{name}", holder)

    async def tidy(self) -> None:
        """See ``Counters.tidy``; Redis does it on its own."""

    async def close(self) -> None:
        """See ``Counters.close``."""
        await self._client.aclose()

    async def _run(self, script: str, *values: Any) -> Any:
        async with self._store_errors():
            return await self._scripts[script](args=values)

    @asynccontextmanager
    async def _store_errors(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(COUNTING_SECONDS):
                yield
        except (RedisError, OSError) as error:  # a TimeoutError is an OSError
            if isinstance(error, ReadOnlyError):  # a primary no more: see ``RedisStore``
                await self._client.connection_pool.disconnect(inuse_connections=False)
            why = str(error) or f"no answer within {COUNTING_SECONDS:.0f} s"
            raise StoreUnavailable(f"Redis cannot count ({why}): check that it runs.") from error
