"""Token buckets that processes share, cheap enough for every turn.

A process does not go to the store for each token. Of a bucket that it has not met, or knows to
be well filled, it spends up to an eighth on credit; then it draws tokens in slices and spends
those. Once a second it settles what it owes for all buckets in one call, and gives back what
has lain unused. So most turns cost a few look-ups in memory, and:

- what was spent anywhere is always settled, into debt if need be: in the long run no caller
  gets more than the rate;
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
SETTLE_SECONDS: Final = 1.0

_LEASE_SECONDS = 10.0
_ALONE_SECONDS = 5.0
# How long an empty bucket is taken for empty without another look at the store.
_REFUSAL_SECONDS = 1.0
_IDLE_SECONDS = 60.0
_TIDY_SECONDS = 60.0
_MOST_ACCOUNTS = 100_000
_SHORTEST_WAIT = 0.001
# Buckets that are settled at once: in SQLite that is done on the event loop.
_BATCH = 100

_log = structlog.get_logger(__name__)

Key = tuple[str, str, Hashable]
"""What is limited, by what (``session``, ``address``, ``key``), and whose it is."""


class _Account:
    """What this process knows of one bucket.

    ``spent`` is owed to the store (negative: to be given back), ``leased`` was drawn and not
    spent yet; ``level`` is what the store had when it was last asked, at ``known_at``.
    """

    __slots__ = (
        "known_at",
        "leased",
        "leased_until",
        "level",
        "name",
        "rate",
        "refused_until",
        "spent",
        "used_at",
    )

    def __init__(self, key: Key, rate: Rate, now: float) -> None:
        what, kind, whose = key
        # Neither an address nor a session id shall stand in the store.
        digest = hashlib.blake2b(f"{kind}\n{whose}".encode(), digest_size=15).hexdigest()
        self.name = f"{what}:{digest}"
        self.rate = rate
        self.spent = self.leased = 0.0
        self.leased_until = self.refused_until = 0.0
        self.level = rate.burst
        self.known_at = self.used_at = now

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
        self._accounts: dict[Key, _Account] = {}
        self._drawing = asyncio.Lock()
        self._alone_until = 0.0
        self._tidied_at = clock()

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
        account = self._accounts.get(key)
        return 0.0 if account is None else max(0.0, account.refused_until - self._clock())

    async def settle_forever(self) -> None:
        """Settle with the store every second; it handles its own errors."""
        while True:
            await asyncio.sleep(SETTLE_SECONDS)
            await self.settle()

    async def settle(self) -> None:
        """Bring what was spent into the store, give back what lies unused, forget the idle."""
        now = self._clock()
        for key, account in tuple(self._accounts.items()):
            if account.leased and account.leased_until <= now:
                account.spent -= account.leased
                account.leased = 0.0
            idle = now - account.used_at > _IDLE_SECONDS
            if idle and not account.spent and account.refused_until <= now:
                del self._accounts[key]
        owing = [account for account in self._accounts.values() if account.spent]
        for start in range(0, len(owing), _BATCH):
            async with self._drawing:
                await self._draw(owing[start : start + _BATCH], 0.0, settling=True)
            await asyncio.sleep(0)
        if self.counters is not None and now - self._tidied_at > _TIDY_SECONDS:
            self._tidied_at = now
            try:
                await self.counters.tidy()
            except stores.StoreError as error:
                self._go_alone(error)

    def _account(self, key: Key, rate: Rate, now: float) -> _Account:
        account = self._accounts.get(key)
        if account is None:
            if len(self._accounts) >= _MOST_ACCOUNTS:
                # The oldest go first, as a dict keeps its order.
                del self._accounts[next(iter(self._accounts))]
            account = self._accounts[key] = _Account(key, rate, now)
        account.used_at = now
        return account

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
                return
        now = self._clock()
        for account in accounts:
            account.take_in(account.draw_alone(cost, now), account.spent, now)

    def _go_alone(self, error: stores.StoreError) -> None:
        self._alone_until = self._clock() + _ALONE_SECONDS
        _log.warning("limits_not_shared", error=str(error), seconds=_ALONE_SECONDS)
