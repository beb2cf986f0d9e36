"""All limits of one process, behind one door for whoever has to ask."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

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
    """Rates, budget, places of Lex's conversations, and seats of requests.

    ``enforced`` says whether rates are limited, ``concurrency`` whether Lex's conversations are.
    ``refusals`` counts what was refused, by what there was too much of.
    """

    def __init__(
        self,
        setting: LimitsSetting | None = None,
        counters: stores.Counters | None = None,
        *,
        enforced: bool = False,
        concurrency: bool = False,
    ) -> None:
        setting = LimitsSetting() if setting is None else setting
        self.setting = setting
        self.enforced = enforced
        self.budget = DailyBudget(setting.budget, counters)
        self.seats = Seats(setting.waiting)
        self.refusals: Counter[str] = Counter()
        self._proxies = Proxies(setting.trusted_proxies, setting.address_header)
        self._conversations = Conversations(counters) if concurrency else None
        self._buckets = Buckets(counters)
        self._rates: dict[Limited, tuple[tuple[str, Rate], ...]] = {
            "turns": _rates(setting.turns),
            "answers": _rates(setting.answers),
            "credentials": _rates(setting.credentials),
            "building": _rates(setting.building),
            "uploads": _rates(setting.uploads),
        }

    async def settle_forever(self) -> None:
        """Settle with the other processes, for as long as the task lives."""
        if self.enforced:
            await self._buckets.settle_forever()

    def requester(self, peer: str, headers: dict[bytes, bytes]) -> Requester:
        """The requester of a request, which takes a seat with this."""
        address = self._proxies.address(peer, headers) if self.enforced else ""
        return Requester(address, Seat(self.seats))

    async def check(self, what: Limited, session: str = "") -> None:
        """Count one more by the current requester, and in ``session``, a name of all its parts.

        Raises:
            OverLimit: there were too many lately; this one is not counted.
        """
        if not self.enforced:
            return
        requester = current_requester()
        owners = {
            "session": session,
            "address": "" if requester is None else requester.address,
            "key": "" if requester is None else requester.key,
        }
        wanted = [
            ((what, kind, owners[kind]), rate) for kind, rate in self._rates[what] if owners[kind]
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
        if self._conversations is None:
            yield
            return
        async with self._conversations.hold(bot_id, alias_id) as free:
            if not free:
                raise self.over_limit("conversations", 1.0)
            yield


def _rates(setting: RatesSetting) -> tuple[tuple[str, Rate], ...]:
    written = (("session", setting.session), ("address", setting.address), ("key", setting.key))
    return tuple((kind, rate) for kind, text in written if (rate := Rate.read(text)) is not None)
