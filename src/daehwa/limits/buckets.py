"""Token buckets that processes share, cheap enough for every turn.

A process does not go to the store for each token. Of a bucket that it has not met, or knows to
be well filled, it spends up to an eighth on credit; then it draws tokens in slices and spends
those, and gives back what has lain unused. What it owes for longer than eight seconds it settles,
for many buckets in one call, but for an eighth of what the bucket has gained meanwhile: who
talks that slowly costs the store nothing. So most turns cost a few look-ups in memory, and:

- what was spent faster is always settled, into debt if need be: in the long run no caller gets
  more than the rate from up to eight processes together;
- at once a caller gets the burst, and at the most an eighth of it more from each further process
  that has not heard yet. Where the burst is below eight, each token is drawn from the store, and
  the count is exact;
- up to a slice may lie unused in another process, for ten seconds at the longest.

When the store cannot be used each process goes on alone with buckets of its own.
"""

from __future__ import annotations

import asyncio
import hashlib
import math
import time
from collections.abc import Callable, Hashable, Sequence
from typing import Final

import structlog

from daehwa import stores
from daehwa.limits.rates import Rate

SHARE: Final = 8
SETTLE_SECONDS: Final = 8.0

_TICK_SECONDS = 1.0

_LEASE_SECONDS = 10.0
_ALONE_SECONDS = 5.0
# How long an empty bucket is taken for empty without another look at the store.
_REFUSAL_SECONDS = 1.0
_IDLE_SECONDS = 60.0
_TIDY_SECONDS = 10.0
_MOST_ACCOUNTS = 50_000
_SHORTEST_WAIT = 0.001
# Buckets that are settled at once: in SQLite that is done on the event loop.
_BATCH = 100
_LOOK = 10_000

_log = structlog.get_logger(__name__)

Key = tuple[str, str, Hashable]
"""What is limited, by what (``session``, ``address``, ``key``), and whose it is."""


class _Account:
    """What this process knows of one bucket.

    ``spent`` is owed to the store, ``owing_since`` then (negative: to be given back), ``leased``
    was drawn and not spent yet; ``level`` is what the store had when it was last asked, at
    ``known_at``.
    """

    __slots__ = (
        "_key",
        "known_at",
        "leased",
        "leased_until",
        "level",
        "owing_since",
        "rate",
        "refused_until",
        "spent",
    )

    def __init__(self, key: Key, rate: Rate, now: float) -> None:
        self._key = key
        self.rate = rate
        self.spent = self.leased = 0.0
        self.leased_until = self.refused_until = 0.0
        self.level = rate.burst
        self.known_at = self.owing_since = now

    @property
    def name(self) -> str:
        """The bucket's name in the store, where neither an address nor a session shall stand."""
        what, kind, whose = self._key
        digest = hashlib.blake2b(f"{kind}\n{whose}".encode(), digest_size=15).hexdigest()
        return f"{what}:{digest}"

    @property
    def credit(self) -> float:
        return max(0.0, self.level) / SHARE

    def covers(self, cost: float) -> bool:
        return self.leased >= cost or self.spent + cost <= self.credit

    def spend(self, cost: float) -> None:
        if self.leased >= cost:
            self.leased -= cost
        else:
            self.spent += cost

    def reckon(self, now: float) -> None:
        """Forgive what the bucket has gained anyway, and give back what lies unused."""
        gained = self.rate.per_second * (now - self.owing_since)
        self.spent = max(0.0, self.spent - gained / SHARE)
        if self.leased_until <= now:
            self.spent -= self.leased
            self.leased = 0.0

    def draw(self, cost: float) -> stores.Draw:
        """What to draw so that ``cost`` is covered: a slice, less of a bucket that is low."""
        rate = self.rate
        slice_ = min(rate.burst / SHARE, max(0.0, self.level) / 4)
        most = max(cost, math.floor(slice_))
        return stores.Draw(self.name, rate.per_second, rate.burst, self.spent, cost, most)

    def draw_alone(self, cost: float, now: float) -> stores.Drawn:
        """Draw from a bucket of this process's own."""
        gained = self.rate.per_second * (now - self.known_at)
        level = min(self.rate.burst, self.level + gained) - self.spent
        return stores.Drawn(cost, level - cost) if level >= cost else stores.Drawn(0.0, level)

    def take_in(self, drawn: stores.Drawn, settled: float, now: float) -> None:
        self.spent -= settled
        self.level, self.known_at = drawn.level, now
        if drawn.granted:
            self.leased += drawn.granted
            self.leased_until = now + _LEASE_SECONDS

    def wait(self, cost: float, now: float) -> float:
        """How long from ``now`` until the bucket has ``cost`` tokens, in seconds."""
        full_at = self.known_at + (cost - self.level) / self.rate.per_second
        return max(_SHORTEST_WAIT, full_at - now)


class Buckets:
    """The buckets that this process has to do with; ``counters`` is ``None`` where none share.

    ``clock`` is monotonic, in seconds.
    """

    def __init__(
        self,
        counters: stores.Counters | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.counters = counters
        self._clock = clock
        # Those in use, and those that were before: whoever is in neither is forgotten.
        self._accounts: dict[Key, _Account] = {}
        self._earlier: dict[Key, _Account] = {}
        # Those that owe or hold something, in the order in which they began to.
        self._due: dict[_Account, None] = {}
        self._drawing = asyncio.Lock()
        self._alone_until = 0.0
        self._tidied_at = self._changed_at = clock()

    async def take(self, wanted: Sequence[tuple[Key, Rate]], cost: float = 1.0) -> float:
        """Take ``cost`` tokens from each bucket, or from none.

        Returns:
            0 where they were taken, else how many seconds later they might be.
        """
        now = self._clock()
        accounts = [self._account(key, rate, now) for key, rate in wanted]
        for account in accounts:
            if account.refused_until > now and not account.covers(cost):
                return account.wait(cost, now)
        if not all(account.covers(cost) for account in accounts):
            async with self._drawing:
                await self._draw([one for one in accounts if not one.covers(cost)], cost)
            short = [account for account in accounts if not account.covers(cost)]
            if short:
                now = self._clock()
                waits = [account.wait(cost, now) for account in short]
                for account, wait in zip(short, waits, strict=True):
                    account.refused_until = now + min(wait, _REFUSAL_SECONDS)
                return max(waits)
        for account in accounts:
            account.spend(cost)
            self._note_due(account, now)
        return 0.0

    async def charge(self, key: Key, rate: Rate) -> None:
        """Take a token for what has happened already, into debt if need be."""
        account = self._account(key, rate, self._clock())
        account.spent += 1
        async with self._drawing:
            await self._draw([account], 0.0)
        if account.level < 1:
            now = self._clock()
            account.refused_until = now + account.wait(1.0, now)

    def refusal(self, key: Key) -> float:
        """How many seconds a bucket is known to stay empty; 0 for one that may not be."""
        account = self._accounts.get(key) or self._earlier.get(key)
        return 0.0 if account is None else max(0.0, account.refused_until - self._clock())

    async def settle_forever(self) -> None:
        """Settle with the store what is due; it handles its own errors."""
        while True:
            await asyncio.sleep(_TICK_SECONDS)
            try:
                await self.settle()
            except Exception:  # noqa: BLE001 - the next time may go well
                _log.exception("limits_not_settled")

    async def settle(self, *, everything: bool = False) -> None:
        """Bring what was spent into the store, give back what lies unused, forget the idle.

        ``everything``: also what is not due yet.
        """
        now = self._clock()
        if now - self._changed_at > _IDLE_SECONDS:
            self._forget_idle(now)
        while owing := self._next_owing(now, everything=everything):
            async with self._drawing:
                await self._draw(owing, 0.0, settling=True)
            await asyncio.sleep(0)
        if self.counters is not None and now - self._tidied_at > _TIDY_SECONDS:
            self._tidied_at = now
            try:
                await self.counters.tidy()
            except stores.StoreError as error:
                self._go_alone(error)

    def _next_owing(self, now: float, *, everything: bool) -> list[_Account]:
        """The next few that have something to settle, in their order."""
        owing: list[_Account] = []
        looked_at = 0
        while self._due and len(owing) < _BATCH and looked_at < _LOOK:
            account = next(iter(self._due))
            if not everything and now - account.owing_since <= SETTLE_SECONDS:
                break
            looked_at += 1
            del self._due[account]
            if not everything:
                account.reckon(now)
            if account.spent:
                owing.append(account)
            elif account.leased and not everything:
                account.owing_since = now
                self._due[account] = None
        return owing

    def _account(self, key: Key, rate: Rate, now: float) -> _Account:
        account = self._accounts.get(key)
        if account is None:
            if len(self._accounts) >= _MOST_ACCOUNTS:
                self._forget_idle(now)
            account = self._earlier.pop(key, None) or _Account(key, rate, now)
            self._accounts[key] = account
        return account

    def _note_due(self, account: _Account, now: float) -> None:
        if account not in self._due:
            account.owing_since = now
            self._due[account] = None

    def _forget_idle(self, now: float) -> None:
        self._changed_at = now
        self._earlier, self._accounts = self._accounts, {}

    async def _draw(self, accounts: list[_Account], cost: float, *, settling: bool = False) -> None:
        """Draw what covers ``cost`` for each account, and settle what it owes."""
        if not accounts:
            return
        if self.counters is not None and self._clock() >= self._alone_until:
            draws = [one.draw(cost) for one in accounts]
            if settling:
                draws = [draw._replace(least=0.0, most=0.0) for draw in draws]
            try:
                drawn = await self.counters.draw(draws)
            except stores.StoreError as error:
                self._go_alone(error)
            else:
                now = self._clock()
                for account, draw, got in zip(accounts, draws, drawn, strict=True):
                    account.take_in(got, draw.spent, now)
                    if got.granted:
                        self._note_due(account, now)
                return
        now = self._clock()
        for account in accounts:
            account.take_in(account.draw_alone(cost, now), account.spent, now)

    def _go_alone(self, error: stores.StoreError) -> None:
        self._alone_until = self._clock() + _ALONE_SECONDS
        _log.warning("limits_not_shared", error=str(error), seconds=_ALONE_SECONDS)
