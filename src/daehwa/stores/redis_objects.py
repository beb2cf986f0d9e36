"""Shared objects in Redis.

    daehwa:object:NAME     string: the content
    daehwa:objects:KIND    hash: of each name its revision, size in bytes and microseconds
    daehwa:position:KIND   string
    daehwa:lease:NAME      string: the holder; expires with the lease

Durability, and what a full server does, are as for sessions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ReadOnlyError, RedisError
from redis.retry import Retry

from daehwa.stores.errors import StaleObject, StoreMisconfigured
from daehwa.stores.objects import Listed, StoredObject, kind_of
from daehwa.stores.redis_faults import require_layout, store_error
from daehwa.stores.values import first_version

_CONNECT_SECONDS = 2.0
# For a pause within a content, which may be large; not for all of it.
_PAUSE_SECONDS = 3.0

_READ = """
local kind, prefix = unpack(ARGV)
local names
if string.sub(prefix, -1) == '/' then
    names = {}
    for _, name in ipairs(redis.call('HKEYS', 'daehwa:objects:' .. kind)) do
        if string.sub(name, 1, #prefix) == prefix then names[#names + 1] = name end
    end
else names = {prefix} end
local answer = {}
for _, name in ipairs(names) do
    local note = redis.call('HGET', 'daehwa:objects:' .. kind, name)
    local content = redis.call('GET', 'daehwa:object:' .. name)
    if note and content then
        for _, one in ipairs({name, note, content}) do answer[#answer + 1] = one end
    end
end
return answer
"""

_WRITE = """
local token = ARGV[1]
local index = 2
local function kind_of(name) return string.match(name, '^[^/]*') end
local function next_value() index = index + 1 return ARGV[index - 1] end
for _ = 1, next_value() do
    local name, wanted = next_value(), next_value()
    local note = redis.call('HGET', 'daehwa:objects:' .. kind_of(name), name)
    local there = note and string.match(note, '^%d+') or ''
    if there ~= wanted then return name end
end
for _ = 1, next_value() do
    local kind, wanted = next_value(), next_value()
    if (redis.call('GET', 'daehwa:position:' .. kind) or '0') ~= wanted then return kind end
end
local now = redis.call('TIME')
local at = string.format('%.0f', now[1] * 1000000 + now[2])
while index <= #ARGV do
    local name, there, content = next_value(), next_value(), next_value()
    local list = 'daehwa:objects:' .. kind_of(name)
    if there == '1' then
        redis.call('SET', 'daehwa:object:' .. name, content)
        redis.call('HSET', list, name, token .. ' ' .. #content .. ' ' .. at)
    else
        redis.call('DEL', 'daehwa:object:' .. name)
        redis.call('HDEL', list, name)
    end
    redis.call('SET', 'daehwa:position:' .. kind_of(name), token)
end
return ''
"""

_TAKE_LEASE = """
local key = 'daehwa:lease:' .. ARGV[1]
local holder = redis.call('GET', key)
if holder and holder ~= ARGV[2] then return 0 end
redis.call('SET', key, ARGV[2], 'PX', ARGV[3])
return 1
"""

_END_LEASE = """
local key = 'daehwa:lease:' .. ARGV[1]
if redis.call('GET', key) == ARGV[2] then redis.call('DEL', key) end
return 0
"""


class RedisObjects:
    """An ``ObjectStore`` in the Redis at ``url``.

    Raises:
        StoreMisconfigured: the address makes no sense, or the server refuses the user.
        StoreUnavailable: the server cannot be reached.
        StoreTooNew: a newer Daehwa uses the database.
    """

    shared = True

    def __init__(self, url: str) -> None:
        try:
            self._client = Redis.from_url(
                url,
                socket_timeout=_PAUSE_SECONDS,
                socket_connect_timeout=_CONNECT_SECONDS,
                retry=Retry(ConstantBackoff(0.05), 1, supported_errors=(RedisConnectionError,)),
            )
        except ValueError as error:
            raise StoreMisconfigured(f"The store's address is wrong: {error}.") from None
        bodies = (_READ, _WRITE, _TAKE_LEASE, _END_LEASE)
        self._scripts = {body: self._client.register_script(body) for body in bodies}
        try:
            require_layout(int(self._call("GET", "daehwa:version") or 0))
        except BaseException:
            self.close()
            raise

    def position(self, kind: str) -> int:
        """See ``ObjectStore.position``."""
        return int(self._call("GET", f"daehwa:position:{kind}") or 0)

    def listing(self, kind: str) -> dict[str, Listed]:
        """See ``ObjectStore.listing``."""
        notes = self._call("HGETALL", f"daehwa:objects:{kind}")
        return {name.decode(): _listed(note) for name, note in notes.items()}

    def read(self, prefix: str) -> dict[str, StoredObject]:
        """See ``ObjectStore.read``."""
        parts = self._run(_READ, kind_of(prefix), prefix)
        return {
            name.decode(): StoredObject(content, _listed(note).revision)
            for name, note, content in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
        }

    def write(
        self,
        changes: Mapping[str, bytes | memoryview | None],
        *,
        expected: Mapping[str, int | None] | None = None,
        positions: Mapping[str, int] | None = None,
    ) -> int:
        """See ``ObjectStore.write``."""
        token = first_version()
        values: list[Any] = [token, len(expected or {})]
        for name, revision in (expected or {}).items():
            values += (name, "" if revision is None else revision)
        values.append(len(positions or {}))
        for kind, position in (positions or {}).items():
            values += (kind, position)
        for name, content in changes.items():
            values += (name, int(content is not None), content or b"")
        stale = self._run(_WRITE, *values)
        if stale:
            raise StaleObject(f"{stale.decode()} was changed meanwhile")
        return token

    def take_lease(self, name: str, holder: str, seconds: float) -> bool:
        """See ``ObjectStore.take_lease``."""
        return bool(self._run(_TAKE_LEASE, name, holder, max(1, round(seconds * 1000))))

    def end_lease(self, name: str, holder: str) -> None:
        """See ``ObjectStore.end_lease``."""
        self._run(_END_LEASE, name, holder)

    def close(self) -> None:
        """See ``ObjectStore.close``."""
        self._client.close()

    def _call(self, *command: Any) -> Any:
        with self._errors():
            return self._client.execute_command(*command)  # type: ignore[no-untyped-call]

    def _run(self, script: str, *values: Any) -> Any:
        with self._errors():
            return self._scripts[script](args=values)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (RedisError, OSError) as error:
            if isinstance(error, ReadOnlyError):  # a primary no more: see ``RedisStore``
                self._client.connection_pool.disconnect(inuse_connections=False)
            raise store_error(error) from error


def _listed(note: bytes) -> Listed:
    revision, size, at = map(int, note.split())
    return Listed(revision, size, at / 1_000_000)
