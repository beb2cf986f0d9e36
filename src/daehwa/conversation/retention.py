"""How long the things that people said are kept, and by which clock.

A clock can be wrong: set by hand, or not yet set after a start. Were it believed at once, a
jump of 40 days would delete every transcript. So what is deleted goes by the *trusted time*:
what the clock showed an hour of running ago. That hour is counted by a clock that never
jumps, across restarts, in the store's upkeep note; what the clock showed is struck out as
soon as it turns out to lie in the future. Usually the trusted time is an hour late, which no
one notices in 30 days; after a jump nothing is deleted by the new time for an hour, and
nothing at all if the clock is put right before.

Several processes share the note: each counts only the time in which no other one wrote the note, so
that an hour that they count together is never shorter than an hour.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import msgspec
import structlog

from daehwa import stores
from daehwa.conversation.logs import ConversationLog

CONFIRMED_SECONDS = 3600.0
PASS_SECONDS = 600.0
_AFTER_AN_ERROR = 60.0
# A call holds up the turns of other people for as long as it takes.
_PURGED_AT_ONCE = 10
# Between two calls, as a multiple of what the first one took, and in seconds.
_RESTS, _LONGEST_REST = 9, 1.0
_MOST_SIGHTINGS = 32
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_log = structlog.get_logger(__name__)


class _Sighting(msgspec.Struct, frozen=True, array_like=True):
    """What the clock showed after servers had run for this long in total."""

    running_seconds: float
    at: datetime


class _Note(msgspec.Struct, frozen=True, kw_only=True):
    running_seconds: float = 0.0
    sightings: tuple[_Sighting, ...] = ()


class TrustedTime:
    """What the ``clock`` showed an hour of running ago, kept in the ``store``."""

    def __init__(
        self,
        store: stores.SessionStore,
        clock: Callable[[], datetime],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._clock = clock
        self._monotonic = monotonic
        self._seen: bytes | None = None
        self._seen_at = 0.0

    async def now(self) -> datetime | None:
        """The trusted time, ``None`` while there is none; to be called every few minutes.

        Raises:
            stores.StoreError: the store cannot be used.
        """
        raw = await self._store.upkeep_note()
        now, ticks = self._clock(), self._monotonic()
        first = self._seen is None
        written_by_another = not first and raw != self._seen
        elapsed = 0.0 if first or written_by_another else ticks - self._seen_at
        before = _decoded(raw)
        note = _later(before, elapsed, now)
        from_the_future = any(one.at > now for one in before.sightings)
        if from_the_future or not written_by_another:
            raw = msgspec.json.encode(note)
            await self._store.set_upkeep_note(raw)
        self._seen, self._seen_at = raw, ticks
        return _confirmed(note)


def _decoded(raw: bytes | None) -> _Note:
    if raw is None:
        return _Note()
    try:
        return msgspec.json.decode(raw, type=_Note)
    except msgspec.DecodeError:
        return _Note()


def _later(note: _Note, elapsed: float, now: datetime) -> _Note:
    """The note after ``elapsed`` more seconds of running, at which the clock shows ``now``."""
    running = note.running_seconds + elapsed
    sightings = [one for one in note.sightings if one.at <= now]
    if not sightings or sightings[-1].running_seconds < running:
        sightings.append(_Sighting(running, now))
    old = [one for one in sightings if one.running_seconds <= running - CONFIRMED_SECONDS]
    kept = sightings[max(0, len(old) - 1) :]
    return _Note(running_seconds=running, sightings=tuple(kept[-_MOST_SIGHTINGS:]))


def _confirmed(note: _Note) -> datetime | None:
    end = note.running_seconds - CONFIRMED_SECONDS
    return max((one.at for one in note.sightings if one.running_seconds <= end), default=None)


class Tidying:
    """Forgets what is older than the settings allow.

    ``keep`` is how long a transcript outlives its session, ``keep_log`` how long records stay
    in the ``log``; ``None`` keeps them.
    """

    def __init__(
        self,
        store: stores.SessionStore,
        trusted: TrustedTime,
        *,
        keep: timedelta,
        log: ConversationLog | None = None,
        keep_log: timedelta | None = None,
    ) -> None:
        self._store = store
        self._trusted = trusted
        self._keep = keep
        self._log = log
        self._keep_log = keep_log
        self._emptied_until = _EPOCH

    async def go_on(self) -> None:
        """Tidy up every few minutes, until cancelled.

        Whatever goes wrong in a pass is logged, and the next pass tries again.
        """
        while True:
            pause = PASS_SECONDS
            try:
                await self.tidy()
            except stores.StoreError as error:
                _log.warning("store_not_tidied", error=str(error))
                pause = _AFTER_AN_ERROR
            except Exception:  # noqa: BLE001 - the next pass may fare better
                _log.exception("store_not_tidied")
                pause = _AFTER_AN_ERROR
            await asyncio.sleep(pause)

    async def tidy(self) -> None:
        """One pass, and a line in the log on what it did.

        Raises:
            stores.StoreError: store or conversation log cannot be used.
        """
        forgotten = records = 0
        now = await self._trusted.now()
        if now is not None:
            await self._empty(now)
            forgotten = await self._purge(now - self._keep)
        await _again_and_again(self._store.give_back_space)
        if now is not None and self._log is not None and self._keep_log is not None:
            records = await asyncio.to_thread(self._log.expire, now - self._keep_log)
        log = _log.info if forgotten or records else _log.debug
        log("store_tidied", sessions_forgotten=forgotten, records_forgotten=records)

    async def _empty(self, now: datetime) -> None:
        """Drop the content of sessions that are over: it holds the values of slots."""
        after = self._emptied_until

        async def empty() -> bool:
            nonlocal after
            rest = await self._store.empty(after, now, limit=_PURGED_AT_ONCE)
            after = rest or now
            return rest is not None

        await _again_and_again(empty)
        self._emptied_until = now

    async def _purge(self, before: datetime) -> int:
        forgotten = 0

        async def purge() -> bool:
            nonlocal forgotten
            purged = await self._store.purge(before, limit=_PURGED_AT_ONCE)
            forgotten += purged
            return purged == _PURGED_AT_ONCE

        await _again_and_again(purge)
        return forgotten


async def _again_and_again(call: Callable[[], Awaitable[bool]]) -> None:
    """Make a call for as long as it says that there is more; most of the time is left to turns."""
    began = time.monotonic()
    while await call():
        await asyncio.sleep(min(_RESTS * (time.monotonic() - began), _LONGEST_REST))
        began = time.monotonic()
