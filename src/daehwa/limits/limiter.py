"""All limits of one process, for whoever has to ask."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Literal, Self

from daehwa import stores
from daehwa.limits.buckets import Buckets
from daehwa.limits.budget import DailyBudget
from daehwa.limits.conversations import Conversations
from daehwa.limits.rates import Rate
from daehwa.limits.requesters import Proxies, Requester, current_requester
from daehwa.limits.seats import Seat, Seats
from daehwa.limits.settings import LimitsSetting, RatesSetting

Limited = Literal["turns", "answers", "credentials", "building", "uploads"]


class OverLimit(Exception):
    """Something happens too often; ``retry_after`` is in how many seconds it may again."""

    def __init__(self, what: str, retry_after: float) -> None:
        super().__init__(f"too many {what}: try again in {retry_after:.0f} s")
        self.what = what
        self.retry_after = max(1, math.ceil(retry_after))


class Limiter:
    """Rates, the budget, places of Lex's conversations, and seats of requests.

    ``enforced`` says whether rates are limited, ``concurrency`` whether Lex's conversations are.
    Within the limiter's context what is counted is shared through ``open_counters``; without
    them this process counts alone. ``refusals`` counts what was refused, by what there was too
    much of.
    """

    def __init__(
        self,
        setting: LimitsSetting | None = None,
        open_counters: Callable[[], AbstractAsyncContextManager[stores.Counters]] | None = None,
        *,
        enforced: bool = False,
        concurrency: bool = False,
    ) -> None:
        setting = LimitsSetting() if setting is None else setting
        self.setting = setting
        self.enforced = enforced
        self.concurrency = concurrency
        self.budget = DailyBudget(setting.budget)
        self.seats = Seats(setting.waiting)
        self.refusals: Counter[str] = Counter()
        self._open_counters = open_counters
        self._proxies = Proxies(setting.trusted_proxies, setting.address_header)
        self._conversations = Conversations()
        self._buckets = Buckets()
        self._rates: dict[Limited, tuple[tuple[str, Rate], ...]] = {
            "turns": _rates(setting.turns),
            "answers": _rates(setting.answers),
            "credentials": _rates(setting.credentials),
            "building": _rates(setting.building),
            "uploads": _rates(setting.uploads),
        }
        self._entered = AsyncExitStack()
        self._in_hand: Counter[str] = Counter()

    async def __aenter__(self) -> Self:
        """Count together with the other processes, if anything is to be counted.

        Raises:
            stores.StoreError: the counters cannot be opened.
        """
        counting = self.enforced or self.concurrency or not self.budget.setting.unlimited
        if counting and self._open_counters is not None:
            counters = await self._entered.enter_async_context(self._open_counters())
            for part in (self.budget, self._conversations, self._buckets):
                part.counters = counters
        return self

    async def __aexit__(self, *_: object) -> None:
        """Settle, and release the counters."""
        if self.enforced:
            await self._buckets.settle(everything=True)
        await self._entered.aclose()

    async def settle_forever(self) -> None:
        """Settle with the other processes, for as long as the task lives."""
        if self.enforced:
            await self._buckets.settle_forever()

    def requester(self, peer: str, headers: dict[bytes, bytes]) -> Requester:
        """Who sends a request; it takes a seat with this, until ``leave``.

        Raises:
            OverLimit: too many requests of that address are served at this moment.
        """
        if not self.enforced:
            return Requester("", Seat(self.seats))
        address = self._proxies.address(peer, headers)
        if self._in_hand[address] >= self.setting.at_once:
            raise self.over_limit("at_once", 1.0)
        self._in_hand[address] += 1
        return Requester(address, Seat(self.seats))

    def leave(self, requester: Requester) -> None:
        """Note that a request has been answered."""
        requester.seat.leave()
        if requester.address:
            self._in_hand[requester.address] -= 1
            if not self._in_hand[requester.address]:
                del self._in_hand[requester.address]

    async def check(self, what: Limited, session: Hashable = None) -> None:
        """Count one more by the current requester, in ``session`` where it is in one.

        Raises:
            OverLimit: there were too many lately; this one is not counted.
        """
        if not self.enforced:
            return
        requester = current_requester()
        owners = {"session": session}
        if requester is not None:
            owners |= {"address": requester.address, "key": requester.key}
        wanted = [
            ((what, kind, owner), rate)
            for kind, rate in self._rates[what]
            if (owner := owners.get(kind))
        ]
        wait = await self._buckets.take(wanted)
        if wait:
            raise self.over_limit(what, wait)

    def over_limit(self, what: str, wait: float) -> OverLimit:
        """The error for what there is too much of, counted as a refusal."""
        self.refusals[what] += 1
        return OverLimit(what, wait)

    def guessing(self, address: str) -> float:
        """For how many seconds an address may not try credentials any more; 0 if it may."""
        if not self.enforced:
            return 0.0
        return self._buckets.refusal(("credentials", "address", address))

    async def count_wrong_credentials(self, address: str) -> None:
        """Count credentials of an address that were wrong."""
        if self.enforced and address:
            for kind, rate in self._rates["credentials"]:
                if kind == "address":
                    await self._buckets.charge(("credentials", kind, address), rate)

    @asynccontextmanager
    async def conversation(self, bot_id: str, alias_id: str) -> AsyncIterator[None]:
        """Hold a conversation with an alias, as Lex does where its quotas are on.

        Raises:
            OverLimit: the alias holds as many as it may.
        """
        if not self.concurrency:
            yield
            return
        async with self._conversations.hold(bot_id, alias_id) as free:
            if not free:
                raise self.over_limit("conversations", 1.0)
            yield


def _rates(setting: RatesSetting) -> tuple[tuple[str, Rate], ...]:
    written = (("session", setting.session), ("address", setting.address), ("key", setting.key))
    return tuple((kind, rate) for kind, text in written if (rate := Rate.read(text)) is not None)
