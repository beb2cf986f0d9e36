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
    daehwa:missed:BOT      sorted set of the TURNs that reached FallbackIntent, by at
    daehwa:kinds:BOT       hash: the number of each kind of a turn's facts
    daehwa:counted:BOT     hash: of each TURN with facts "kind's number, at, figures"
    daehwa:rated:BOT       hash: 1 or -1 of each TURN that was rated
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from urllib.parse import quote

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff
from redis.exceptions import (
    ConnectionError as RedisConnectionError,
)
from redis.exceptions import (
    ReadOnlyError,
    RedisError,
)

from daehwa.chat import Feedback
from daehwa.stores import redis_scripts as lua
from daehwa.stores.errors import (
    StaleSession,
    StoreMisconfigured,
)
from daehwa.stores.redis_faults import LAYOUT, PATIENCE_SECONDS, require_layout, store_error
from daehwa.stores.redis_rows import (
    duplicate,
    key_of,
    name_of,
    turn_members,
    turn_of_hash,
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
    to_micros,
)

_SCANNED_AT_ONCE = 1000
# Beyond these a call waits for one to be free, which counts as its time.
_MOST_CONNECTIONS = 32
_STALE = -1
_DUPLICATE = -2


class RedisStore:
    """A ``SessionStore`` in Redis; made by ``RedisStore.open``, not for several event loops."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        scripts = (
            lua.SAVE,
            lua.START_TURN,
            lua.RENEW,
            lua.STOP,
            lua.DELETE,
            lua.FEEDBACK,
            lua.FORGET_TURNS,
            lua.PURGE,
            lua.EMPTY,
            lua.PING,
        )
        self._scripts = {body: client.register_script(lua.PRELUDE + body) for body in scripts}

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
                timeout=PATIENCE_SECONDS,
                socket_timeout=PATIENCE_SECONDS,
                socket_connect_timeout=PATIENCE_SECONDS,
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
        await self._call("SET", "daehwa:version", LAYOUT, "NX")
        require_layout(int(await self._call("GET", "daehwa:version")))

    async def load(self, key: SessionKey, now: datetime) -> Stored | Expired | None:
        """See ``SessionStore.load``."""
        name = f"daehwa:session:{name_of(key)}"
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
            lua.SAVE,
            name_of(key),
            "" if expected_version is None else expected_version,
            first_version(),
            session,
            to_micros(expires_at),
            int(started),
            *(() if turn is None else turn_members(turn)),
        )
        if answer == _DUPLICATE and turn is not None:
            raise duplicate(turn)
        if answer == _STALE:
            raise StaleSession(f"session {key.session_id} changed meanwhile: load it again")
        return int(answer)

    async def delete(self, key: SessionKey, *, transcript: bool = True) -> bool:
        """See ``SessionStore.delete``."""
        return bool(await self._run(lua.DELETE, name_of(key), int(transcript)))

    async def forget_turns(
        self,
        bot_id: str,
        *,
        locale_id: str | None = None,
        session_id: str | None = None,
        limit: int = 1000,
    ) -> int:
        """See ``SessionStore.forget_turns``; conversations are taken one by one here."""
        names = await self._names(f"{quote(bot_id, safe='')}/")
        part = "" if session_id is None else quote(session_id, safe="")
        # As in ``sessions``: an owner may stand before an id.
        endings = (f"/{part}", f"%1F{part}") if part else ("",)
        forgotten = 0
        for name in names:
            if name.endswith(endings) and locale_id in (None, key_of(name).locale_id):
                forgotten += await self._run(lua.FORGET_TURNS, name)
                if forgotten >= limit:
                    break
        return forgotten

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
                return tuple(map(key_of, sorted(names)))

    async def start_turn(
        self, key: SessionKey, turn: TurnRecord, *, lease_seconds: float = LEASE_SECONDS
    ) -> None:
        """See ``SessionStore.start_turn``."""
        lease = round(lease_seconds * 1_000_000)
        if await self._run(
            lua.START_TURN, name_of(key), first_version(), lease, *turn_members(turn)
        ):
            raise duplicate(turn)

    async def renew_turns(
        self, held: Iterable[HeldTurn], *, lease_seconds: float = LEASE_SECONDS
    ) -> tuple[HeldTurn, ...]:
        """See ``SessionStore.renew_turns``."""
        turns = {f"{name_of(one.key)}\n{one.message_id}": one for one in held}
        values: list[Any] = [round(lease_seconds * 1_000_000)]
        for name, one in turns.items():
            values += (name, int(one.draft is not None), one.draft or b"")
        stops = await self._run(lua.RENEW, *values)
        return tuple(turns[name.decode()] for name in stops)

    async def stop_turn(self, key: SessionKey, message_id: str) -> bool:
        """See ``SessionStore.stop_turn``."""
        return bool(await self._run(lua.STOP, f"{name_of(key)}\n{message_id}"))

    async def turn(self, key: SessionKey, message_id: str) -> TurnRecord | None:
        """See ``SessionStore.turn``."""
        turns = await self._turns([f"{name_of(key)}\n{message_id}"])
        return turns[0] if turns else None

    async def turns(
        self, key: SessionKey, *, limit: int = 50, before: str | None = None
    ) -> tuple[TurnRecord, ...]:
        """See ``SessionStore.turns``."""
        name = name_of(key)
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
        return bool(await self._run(lua.FEEDBACK, f"{name_of(key)}\n{message_id}", *fields))

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
            listed = [key_of(name) for name in names if name.startswith(mine)]
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
            keys = [key_of(name.partition("\n")[0]) for name in names]
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
            keys=dict(enumerate(map(key_of, names))) if keys else {},
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
        return int(await self._run(lua.PURGE, to_micros(before), limit))

    async def empty(
        self, after: datetime, before: datetime, *, limit: int = 1000
    ) -> datetime | None:
        """See ``SessionStore.empty``."""
        rows = await self._run(lua.EMPTY, to_micros(after), to_micros(before), limit)
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
        await self._run(lua.PING)

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
        return [turn_of_hash(name.partition("\n")[2], row, now) for name, row in pairs if row]

    @asynccontextmanager
    async def _store_errors(self) -> AsyncIterator[None]:
        """Raise Redis's errors as ours, and end what takes too long."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                yield
        except (RedisError, OSError) as error:  # a TimeoutError is an OSError
            # After a failover the address may lead to another server than open connections do.
            if isinstance(error, ReadOnlyError):
                await self._client.connection_pool.disconnect(inuse_connections=False)
            raise store_error(error) from error
