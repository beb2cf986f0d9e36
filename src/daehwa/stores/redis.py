"""Sessions in Redis 6.2 or newer (or Valkey), for servers on several machines.

Each change is one Lua script, so it happens whole or not at all. The scripts find their keys
as they go, which Redis Cluster does not allow: use one primary, with replicas if need be.
``maxmemory-policy`` has to be ``noeviction``: sessions go when ``purge`` says so.

Durability is the server's setting: with ``appendonly yes`` and ``appendfsync always``
whatever was acknowledged survives a crash; with ``everysec`` the last second may be lost, and
a replica that takes over may lack the last writes. A call whose answer is lost with the
connection is sent once more, so a save that had been carried out may be reported as
``DuplicateTurn`` or ``StaleSession``.

Time: a call has two seconds, a second attempt after a broken connection included.

Keys, where NAME is ``bot/alias/locale/session``, each percent-encoded, and TURN is NAME, a
line end and the message id:

    daehwa:version         the version of this layout
    daehwa:upkeep          hash: note, pings
    daehwa:session:NAME    hash: version, expires_at, session (absent: only a transcript)
    daehwa:turns:NAME      sorted set of message ids in the order of their recording
    daehwa:turn:TURN       hash: text, at, reply, state, missed, rating, comment, and of a
                           running turn lease (until when, by the server's clock) and stop
                           (there once somebody asked for its end)
    daehwa:expiry          sorted set of all NAMEs by expires_at
    daehwa:missed:BOT      sorted set of the TURNs that fell to FallbackIntent, by at
    daehwa:kinds:BOT       hash: the number of each kind of a turn's facts
    daehwa:counted:BOT     hash: of each TURN with facts "kind's number, at, figures"
    daehwa:rated:BOT       hash: 1 or -1 of each TURN that was rated
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, cast
from urllib.parse import quote, unquote

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff
from redis.exceptions import (
    AuthenticationError,
    NoPermissionError,
    ReadOnlyError,
    RedisError,
)
from redis.exceptions import (
    ConnectionError as RedisConnectionError,
)
from redis.exceptions import (
    TimeoutError as RedisTimeoutError,
)

from daehwa.chat import Feedback
from daehwa.stores.errors import (
    DuplicateTurn,
    StaleSession,
    StoreError,
    StoreMisconfigured,
    StoreTooNew,
    StoreUnavailable,
)
from daehwa.stores.values import (
    LEASE_SECONDS,
    CountedTurns,
    Expired,
    HeldTurn,
    Missed,
    SessionKey,
    Stored,
    TurnRecord,
    UncountedTurn,
    first_version,
    from_micros,
    read_turn,
    to_micros,
)

_LAYOUT = 1
_SCANNED_AT_ONCE = 1000
_PATIENCE_SECONDS = 2.0
# Beyond these a call waits for one to be free, which counts as its time.
_MOST_CONNECTIONS = 32
_STALE = -1
_DUPLICATE = -2

# Numbers stay the strings they came as: Lua would round what it turns into text itself.
_PRELUDE = """
local function bot_of(name) return string.match(name, '^[^/]*') end

local function after(micros)
    local now = redis.call('TIME')
    return string.format('%.0f', now[1] * 1000000 + now[2] + micros)
end

local function broken_off(key)
    local state, lease, reply = unpack(redis.call('HMGET', key, 'state', 'lease', 'reply'))
    if state == 'running' then return tonumber(lease or '0') <= tonumber(after(0)) end
    return state == 'incomplete' and not reply
end

local function write_end(turn, reply, has_reply, state, missed)
    local key = 'daehwa:turn:' .. turn
    local at = redis.call('HGET', key, 'at')
    redis.call('HSET', key, 'state', state, 'missed', missed)
    if has_reply == '1' then redis.call('HSET', key, 'reply', reply)
    else redis.call('HDEL', key, 'reply') end
    local misses = 'daehwa:missed:' .. bot_of(turn)
    if missed == '1' then redis.call('ZADD', misses, at, turn)
    else redis.call('ZREM', misses, turn) end
end

local function count_turn(turn, at, kind, figures)
    local bot = bot_of(turn)
    local kinds = 'daehwa:kinds:' .. bot
    local number = redis.call('HGET', kinds, kind)
    if not number then
        number = tostring(redis.call('HLEN', kinds) + 1)
        redis.call('HSET', kinds, kind, number)
    end
    redis.call('HSET', 'daehwa:counted:' .. bot, turn, number .. ' ' .. at .. ' ' .. figures)
end

local function add_turn(name, id, text, at, reply, has_reply, state, missed, kind, figures)
    local turn = name .. '\\n' .. id
    local key = 'daehwa:turn:' .. turn
    if redis.call('EXISTS', key) == 0 then
        local turns = 'daehwa:turns:' .. name
        redis.call('ZADD', turns, redis.call('ZCARD', turns), id)
        redis.call('HSET', key, 'text', text, 'at', at)
    end
    write_end(turn, reply, has_reply, state, missed)
    if kind then count_turn(turn, redis.call('HGET', key, 'at'), kind, figures) end
end

local function forget(name)
    local turns = redis.call('ZRANGE', 'daehwa:turns:' .. name, 0, -1)
    for _, id in ipairs(turns) do
        local turn = name .. '\\n' .. id
        redis.call('DEL', 'daehwa:turn:' .. turn)
        redis.call('ZREM', 'daehwa:missed:' .. bot_of(name), turn)
        redis.call('HDEL', 'daehwa:counted:' .. bot_of(name), turn)
        redis.call('HDEL', 'daehwa:rated:' .. bot_of(name), turn)
    end
    redis.call('DEL', 'daehwa:turns:' .. name, 'daehwa:session:' .. name)
    redis.call('ZREM', 'daehwa:expiry', name)
end
"""

_SAVE = """
local name, expected, first, session, expires_at, started, id = unpack(ARGV, 1, 7)
if id then
    local turn = 'daehwa:turn:' .. name .. '\\n' .. id
    local state = redis.call('HGET', turn, 'state')
    if started == '1' and not state then return -1 end
    if state and state ~= 'running' and not broken_off(turn) then return -2 end
end
local key = 'daehwa:session:' .. name
if redis.call('HEXISTS', key, 'session') == 0 then
    if expected ~= '' then return -1 end
elseif redis.call('HGET', key, 'version') ~= expected then return -1 end
if redis.call('HSETNX', key, 'version', first) == 0 then
    redis.call('HINCRBY', key, 'version', 1)
end
redis.call('HSET', key, 'session', session, 'expires_at', expires_at)
redis.call('ZADD', 'daehwa:expiry', expires_at, name)
if id then add_turn(name, unpack(ARGV, 7)) end
return redis.call('HGET', key, 'version')
"""

_START_TURN = """
local name, first, lease, id, text, at = unpack(ARGV, 1, 6)
local turn = 'daehwa:turn:' .. name .. '\\n' .. id
if redis.call('EXISTS', turn) == 1 then
    if not broken_off(turn) then return -2 end
    redis.call('HSET', turn, 'text', text, 'at', at)
    redis.call('HDEL', turn, 'stop')
end
local key = 'daehwa:session:' .. name
redis.call('HSETNX', key, 'version', first)
local expires_at = redis.call('HGET', key, 'expires_at')
if not expires_at or tonumber(expires_at) < tonumber(at) then
    redis.call('HSET', key, 'expires_at', at)
    redis.call('ZADD', 'daehwa:expiry', at, name)
end
add_turn(name, unpack(ARGV, 4))
redis.call('HSET', turn, 'lease', after(lease))
return 0
"""

_RENEW = """
local stops = {}
for index = 2, #ARGV, 3 do
    local key = 'daehwa:turn:' .. ARGV[index]
    if redis.call('HGET', key, 'state') == 'running' then
        if redis.call('HEXISTS', key, 'stop') == 1 then stops[#stops + 1] = ARGV[index] end
        redis.call('HSET', key, 'lease', after(ARGV[1]))
        if ARGV[index + 1] == '1' then redis.call('HSET', key, 'reply', ARGV[index + 2])
        else redis.call('HDEL', key, 'reply') end
    end
end
return stops
"""

_STOP = """
local key = 'daehwa:turn:' .. ARGV[1]
if redis.call('HGET', key, 'state') ~= 'running' or broken_off(key) then return 0 end
redis.call('HSET', key, 'stop', '1')
return 1
"""

_DELETE = """
local name, transcript = unpack(ARGV)
local key = 'daehwa:session:' .. name
local existed = redis.call('HEXISTS', key, 'session')
if transcript == '1' then forget(name)
elseif existed == 1 then
    redis.call('HDEL', key, 'session')
    redis.call('HINCRBY', key, 'version', 1)
end
return existed
"""

_FEEDBACK = """
local key = 'daehwa:turn:' .. ARGV[1]
if redis.call('EXISTS', key) == 0 then return 0 end
redis.call('HDEL', key, 'rating', 'comment')
local rated = 'daehwa:rated:' .. bot_of(ARGV[1])
redis.call('HDEL', rated, ARGV[1])
for index = 2, #ARGV, 2 do
    redis.call('HSET', key, ARGV[index], ARGV[index + 1])
    if ARGV[index] == 'rating' then
        redis.call('HSET', rated, ARGV[1], ARGV[index + 1] == 'up' and '1' or '-1')
    end
end
return 1
"""

_PURGE = """
local names = redis.call(
    'ZRANGEBYSCORE', 'daehwa:expiry', '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
for _, name in ipairs(names) do forget(name) end
return #names
"""


_EMPTY = """
local rows = redis.call(
    'ZRANGEBYSCORE', 'daehwa:expiry', ARGV[1], '(' .. ARGV[2], 'WITHSCORES', 'LIMIT', 0, ARGV[3])
for index = 1, #rows, 2 do
    local key = 'daehwa:session:' .. rows[index]
    if redis.call('HEXISTS', key, 'session') == 1 then redis.call('HSET', key, 'session', '') end
end
return rows
"""
# A script, as each change of a turn is: a user may be allowed commands and no scripts.
_PING = "return redis.call('HINCRBY', 'daehwa:upkeep', 'pings', 1)"


class RedisStore:
    """A ``SessionStore`` in Redis; made by ``RedisStore.open``, not for several event loops."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        scripts = (_SAVE, _START_TURN, _RENEW, _STOP, _DELETE, _FEEDBACK, _PURGE, _EMPTY, _PING)
        self._scripts = {body: client.register_script(_PRELUDE + body) for body in scripts}

    @classmethod
    async def open(cls, url: str) -> RedisStore:
        """Connect to the server and database at ``url``, as redis-py reads it.

        Raises:
            StoreMisconfigured: the address makes no sense, or the server refuses the user.
            StoreUnavailable: the server cannot be reached.
            StoreTooNew: a newer Daehwa uses the database.
        """
        try:
            pool = BlockingConnectionPool.from_url(
                url,
                max_connections=_MOST_CONNECTIONS,
                timeout=_PATIENCE_SECONDS,
                socket_timeout=_PATIENCE_SECONDS,
                socket_connect_timeout=_PATIENCE_SECONDS,
                # Not after a time-out: a server that is slow is not helped by a second call.
                retry=Retry(ConstantBackoff(0.05), 1, supported_errors=(RedisConnectionError,)),
            )
        except ValueError as error:
            raise StoreMisconfigured(f"The store's address is wrong: {error}.") from None
        store = cls(Redis.from_pool(pool))
        try:
            await store._check_layout()
        except BaseException:
            await store.close()
            raise
        return store

    async def _check_layout(self) -> None:
        await self._call("SET", "daehwa:version", _LAYOUT, "NX")
        require_layout(int(await self._call("GET", "daehwa:version")))

    async def load(self, key: SessionKey, now: datetime) -> Stored | Expired | None:
        """See ``SessionStore.load``."""
        name = f"daehwa:session:{_name(key)}"
        members = ("session", "version", "expires_at")
        session, version, expires = await self._call("HMGET", name, *members)
        if session is None:
            return None
        expires_at = from_micros(int(expires))
        if expires_at <= now or not session:
            return Expired(version=int(version), expires_at=expires_at)
        return Stored(session=session, version=int(version), expires_at=expires_at)

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
        answer = await self._run(
            _SAVE,
            _name(key),
            "" if expected_version is None else expected_version,
            first_version(),
            session,
            to_micros(expires_at),
            int(started),
            *(() if turn is None else _members(turn)),
        )
        if answer == _DUPLICATE and turn is not None:
            raise _duplicate(turn)
        if answer == _STALE:
            raise StaleSession(f"session {key.session_id} changed meanwhile: load it again")
        return int(answer)

    async def delete(self, key: SessionKey, *, transcript: bool = True) -> bool:
        """See ``SessionStore.delete``."""
        return bool(await self._run(_DELETE, _name(key), int(transcript)))

    async def sessions(self, session_id: str) -> tuple[SessionKey, ...]:
        """See ``SessionStore.sessions``."""
        part = quote(session_id, safe="")
        # An owner may stand before an id, apart from it by ASCII's unit separator.
        endings = (f"/{part}", f"%1F{part}")
        names: set[str] = set()
        cursor = 0
        while True:
            window = (cursor, "MATCH", f"*{part}", "COUNT", _SCANNED_AT_ONCE)
            cursor, rows = await self._call("ZSCAN", "daehwa:expiry", *window)
            names |= {name for row in rows if (name := row[0].decode()).endswith(endings)}
            if not cursor:
                return tuple(map(_key, sorted(names)))

    async def start_turn(
        self, key: SessionKey, turn: TurnRecord, *, lease_seconds: float = LEASE_SECONDS
    ) -> None:
        """See ``SessionStore.start_turn``."""
        lease = round(lease_seconds * 1_000_000)
        if await self._run(_START_TURN, _name(key), first_version(), lease, *_members(turn)):
            raise _duplicate(turn)

    async def renew_turns(
        self, held: Iterable[HeldTurn], *, lease_seconds: float = LEASE_SECONDS
    ) -> tuple[HeldTurn, ...]:
        """See ``SessionStore.renew_turns``."""
        turns = {f"{_name(one.key)}\n{one.message_id}": one for one in held}
        values: list[Any] = [round(lease_seconds * 1_000_000)]
        for name, one in turns.items():
            values += (name, int(one.draft is not None), one.draft or b"")
        stops = await self._run(_RENEW, *values)
        return tuple(turns[name.decode()] for name in stops)

    async def stop_turn(self, key: SessionKey, message_id: str) -> bool:
        """See ``SessionStore.stop_turn``."""
        return bool(await self._run(_STOP, f"{_name(key)}\n{message_id}"))

    async def turn(self, key: SessionKey, message_id: str) -> TurnRecord | None:
        """See ``SessionStore.turn``."""
        turns = await self._turns([f"{_name(key)}\n{message_id}"])
        return turns[0] if turns else None

    async def turns(
        self, key: SessionKey, *, limit: int = 50, before: str | None = None
    ) -> tuple[TurnRecord, ...]:
        """See ``SessionStore.turns``."""
        name = _name(key)
        listed = f"daehwa:turns:{name}"
        if before is None:
            end = await self._call("ZCARD", listed)
        else:
            end = await self._call("ZRANK", listed, before)
        if not end:
            return ()
        ids = await self._call("ZRANGE", listed, max(0, end - limit), end - 1)
        return tuple(await self._turns([f"{name}\n{number.decode()}" for number in ids]))

    async def set_feedback(
        self, key: SessionKey, message_id: str, feedback: Feedback | None
    ) -> bool:
        """See ``SessionStore.set_feedback``."""
        fields: list[str] = []
        if feedback is not None and feedback.rating is not None:
            fields += ("rating", feedback.rating)
        if feedback is not None and feedback.comment is not None:
            fields += ("comment", feedback.comment)
        return bool(await self._run(_FEEDBACK, f"{_name(key)}\n{message_id}", *fields))

    async def sessions_of(
        self, bot_id: str, *, locale_id: str | None = None, limit: int = 100
    ) -> tuple[SessionKey, ...]:
        """See ``SessionStore.sessions_of``."""
        mine = f"{quote(bot_id, safe='')}/"
        keys: list[SessionKey] = []
        start, page_size = 0, 1000
        while len(keys) < limit:
            page = await self._call("ZREVRANGE", "daehwa:expiry", start, start + page_size - 1)
            start += len(page)
            names = [name.decode() for name in page]
            listed = [_key(name) for name in names if name.startswith(mine)]
            keys += [key for key in listed if locale_id in (None, key.locale_id)]
            if len(page) < page_size:
                break
        return tuple(keys[:limit])

    async def missed(
        self,
        bot_id: str,
        *,
        locale_id: str | None = None,
        limit: int = 100,
        before: datetime | None = None,
    ) -> tuple[Missed, ...]:
        """See ``SessionStore.missed``."""
        end = "+inf" if before is None else f"({to_micros(before)}"
        misses = f"daehwa:missed:{quote(bot_id, safe='')}"
        listed: list[Missed] = []
        start = 0
        while len(listed) < limit:
            window = (end, "-inf", "LIMIT", start, limit)
            page = await self._call("ZREVRANGEBYSCORE", misses, *window)
            if not page:
                break
            start += len(page)
            names = [turn.decode() for turn in page]
            keys = [_key(name.partition("\n")[0]) for name in names]
            wanted = [locale_id in (None, key.locale_id) for key in keys]
            turns = await self._turns([n for n, ok in zip(names, wanted, strict=True) if ok])
            kept = [key for key, ok in zip(keys, wanted, strict=True) if ok]
            listed += (
                Missed(key=key, message_id=turn.message_id, text=turn.text, at=turn.at)
                for key, turn in zip(kept, turns, strict=True)
            )
        return tuple(listed[:limit])

    async def counted(
        self,
        bot_id: str,
        *,
        after: datetime | None = None,
        before: datetime | None = None,
        texts: bool = False,
        keys: bool = False,
    ) -> CountedTurns:
        """See ``SessionStore.counted``; each call of several has its own time here."""
        bot = quote(bot_id, safe="")
        rows = await self._hash(f"daehwa:counted:{bot}")
        rated = await self._hash(f"daehwa:rated:{bot}")
        begin = None if after is None else to_micros(after)
        end = None if before is None else to_micros(before)
        names = await self._names(f"{bot}/")
        counted: list[tuple[int, int, int, bytes, bytes]] = []
        without: list[tuple[int, str]] = []
        for session, listed in enumerate(await self._listed(names)):
            for message in listed:
                turn = names[session].encode() + b"\n" + message
                row = rows.get(turn)
                if row is None:
                    without.append((session, turn.decode()))
                    continue
                kind, at, figures = row.split(b" ", 2)
                if (begin is None or int(at) >= begin) and (end is None or int(at) < end):
                    counted.append((int(at), session, int(kind), turn, figures))
        counted.sort(key=lambda row: row[0])
        kind_of = await self._hash(f"daehwa:kinds:{bot}")
        return CountedTurns(
            kind_of={int(number): kind for kind, number in kind_of.items()},
            sessions=[row[1] for row in counted],
            moments=[row[0] for row in counted],
            kinds=[row[2] for row in counted],
            ratings=[int(rated.get(row[3], 0)) for row in counted],
            figures=b"".join(row[4] for row in counted),
            texts=await self._texts([row[3].decode() for row in counted]) if texts else None,
            keys=dict(enumerate(map(_key, names))) if keys else {},
            uncounted=await self._uncounted(without, begin, end),
        )

    async def _hash(self, name: str) -> dict[bytes, bytes]:
        """A large hash, in parts."""
        whole: dict[bytes, bytes] = {}
        cursor = 0
        while True:
            cursor, part = await self._call("HSCAN", name, cursor, "COUNT", _SCANNED_AT_ONCE)
            whole |= part
            if not cursor:
                return whole

    async def _names(self, begins: str) -> list[str]:
        names: list[str] = []
        start = 0
        while True:
            page = await self._call("ZRANGE", "daehwa:expiry", start, start + _SCANNED_AT_ONCE - 1)
            names += [name for row in page if (name := row.decode()).startswith(begins)]
            start += len(page)
            if len(page) < _SCANNED_AT_ONCE:
                return list(dict.fromkeys(names))

    async def _listed(self, names: list[str]) -> list[list[bytes]]:
        """The message ids of sessions, in the order of their recording."""
        listed: list[list[bytes]] = []
        for start in range(0, len(names), _SCANNED_AT_ONCE):
            async with self._store_errors(), self._client.pipeline(transaction=False) as pipe:
                for name in names[start : start + _SCANNED_AT_ONCE]:
                    pipe.zrange(f"daehwa:turns:{name}", 0, -1)
                listed += await pipe.execute()
        return listed

    async def _texts(self, names: list[str]) -> list[str]:
        texts: list[str] = []
        for start in range(0, len(names), _SCANNED_AT_ONCE):
            async with self._store_errors(), self._client.pipeline(transaction=False) as pipe:
                for name in names[start : start + _SCANNED_AT_ONCE]:
                    pipe.hget(f"daehwa:turn:{name}", "text")
                texts += [(text or b"").decode() for text in await pipe.execute()]
        return texts

    async def _uncounted(
        self, without: list[tuple[int, str]], begin: int | None, end: int | None
    ) -> tuple[UncountedTurn, ...]:
        """Those of the turns without facts that have ended in that time."""
        uncounted: list[UncountedTurn] = []
        for start in range(0, len(without), _SCANNED_AT_ONCE):
            part = without[start : start + _SCANNED_AT_ONCE]
            turns = await self._turns([name for _, name in part])
            if len(turns) != len(part):  # some were forgotten at this moment
                continue
            uncounted += [
                UncountedTurn(session=session, turn=turn)
                for (session, _), turn in zip(part, turns, strict=True)
                if turn.reply is not None
                and (begin is None or to_micros(turn.at) >= begin)
                and (end is None or to_micros(turn.at) < end)
            ]
        return tuple(sorted(uncounted, key=lambda one: one.turn.at))

    async def purge(self, before: datetime, *, limit: int = 1000) -> int:
        """See ``SessionStore.purge``."""
        return int(await self._run(_PURGE, to_micros(before), limit))

    async def empty(
        self, after: datetime, before: datetime, *, limit: int = 1000
    ) -> datetime | None:
        """See ``SessionStore.empty``."""
        rows = await self._run(_EMPTY, to_micros(after), to_micros(before), limit)
        if len(rows) < 2 * limit:
            return None
        return from_micros(max(int(float(rows[-1])), to_micros(after) + 1))

    async def give_back_space(self) -> bool:
        """See ``SessionStore.give_back_space``; Redis does it on its own."""
        return False

    async def upkeep_note(self) -> bytes | None:
        """See ``SessionStore.upkeep_note``."""
        note: bytes | None = await self._call("HGET", "daehwa:upkeep", "note")
        return note

    async def set_upkeep_note(self, note: bytes) -> None:
        """See ``SessionStore.set_upkeep_note``."""
        await self._call("HSET", "daehwa:upkeep", "note", note)

    async def ping(self) -> None:
        """See ``SessionStore.ping``."""
        await self._run(_PING)

    async def close(self) -> None:
        """See ``SessionStore.close``."""
        await self._client.aclose()

    async def _call(self, *command: Any) -> Any:
        async with self._store_errors():
            return await self._client.execute_command(*command)  # type: ignore[no-untyped-call]

    async def _run(self, script: str, *values: Any) -> Any:
        async with self._store_errors():
            return await self._scripts[script](args=values)

    async def _turns(self, names: list[str]) -> list[TurnRecord]:
        """The turns with these names, those that are there, in one round trip."""
        async with self._store_errors(), self._client.pipeline(transaction=False) as pipe:
            for name in names:
                pipe.hgetall(f"daehwa:turn:{name}")
            pipe.time()
            *rows, (seconds, micros) = await pipe.execute()
        now = seconds * 1_000_000 + micros
        pairs = zip(names, rows, strict=True)
        return [_turn(name.partition("\n")[2], row, now) for name, row in pairs if row]

    @asynccontextmanager
    async def _store_errors(self) -> AsyncIterator[None]:
        """Raise Redis's errors as ours, and end what takes too long."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                yield
        except (RedisError, OSError) as error:  # a TimeoutError is an OSError
            # After a failover the address may lead to another server than open connections do.
            if isinstance(error, ReadOnlyError):
                await self._client.connection_pool.disconnect(inuse_connections=False)
            raise store_error(error) from error


def require_layout(layout: int) -> None:
    """See that this program may use keys of that layout.

    A layout is counted up when an older release cannot live with what is new; keys that it does
    not know, and members of hashes, it leaves alone.

    Raises:
        StoreTooNew: a newer Daehwa uses them.
    """
    if layout > _LAYOUT:
        raise StoreTooNew(
            f"A newer Daehwa uses this Redis database (its layout is {layout}, this program"
            f" knows {_LAYOUT}): update Daehwa, or choose another database number."
        )


def store_error(error: RedisError | OSError) -> StoreError:
    """An error of Redis, or of the way to it, as one of ours."""
    if isinstance(error, AuthenticationError | NoPermissionError):
        return StoreMisconfigured(
            f"Redis refuses this user ({error}): check the name and password in the store's url."
        )
    if isinstance(error, RedisConnectionError | RedisTimeoutError | OSError):
        why = str(error) or f"no answer within {_PATIENCE_SECONDS:.0f} s"
        return StoreUnavailable(
            f"Redis cannot be reached ({why}): check that it runs, and the store's url."
        )
    return StoreUnavailable(f"Redis refuses to work ({error}): see its log.")


def _name(key: SessionKey) -> str:
    parts = (key.bot_id, key.alias_id, key.locale_id, key.stored_id)
    return "/".join([quote(part, safe="") for part in parts])


def _key(name: str) -> SessionKey:
    return SessionKey.of_stored(*map(unquote, name.split("/")))


def _members(turn: TurnRecord) -> tuple[Any, ...]:
    facts = turn.facts
    counted = () if facts is None else (facts.kind, facts.figures)
    return (turn.message_id, turn.text, to_micros(turn.at), *_end(turn), *counted)


def _end(turn: TurnRecord) -> tuple[Any, ...]:
    return (turn.reply or b"", int(turn.reply is not None), turn.state, int(turn.missed))


def _turn(message_id: str, row: dict[bytes, bytes], now: int) -> TurnRecord:
    rating, comment = row.get(b"rating"), row.get(b"comment")
    feedback = None
    if rating is not None or comment is not None:
        feedback = Feedback(
            rating=cast("Any", rating.decode()) if rating is not None else None,
            comment=comment.decode() if comment is not None else None,
        )
    return read_turn(
        message_id=message_id,
        text=row[b"text"].decode(),
        at=from_micros(int(row[b"at"])),
        reply=row.get(b"reply"),
        state=cast("Any", row[b"state"].decode()),
        missed=row[b"missed"] == b"1",
        feedback=feedback,
        lapsed=int(row.get(b"lease", 0)) <= now,
    )


def _duplicate(turn: TurnRecord) -> DuplicateTurn:
    return DuplicateTurn(f"turn {turn.message_id} is recorded already: give its reply")
