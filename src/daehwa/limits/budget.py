"""What models may be used in a day, counted by all processes together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import chain, islice

import msgspec
import structlog

from daehwa import stores
from daehwa.limits.settings import AnswererBudget, BudgetSetting
from daehwa.limits.time_zones import zone_named

# A total outlives its day a little, for machines whose clocks are late.
_SECONDS_KEPT = 26 * 3600.0

_NOTHING = AnswererBudget()

# Bots whose use is read at a time: the state is asked for every few seconds.
_MOST_BOTS = 100

_log = structlog.get_logger(__name__)


class BudgetUse(msgspec.Struct, frozen=True, kw_only=True):
    """How much of a budget is used today; a limit of ``None`` is none."""

    calls: int
    tokens: int
    calls_limit: int | None
    tokens_limit: int | None

    @property
    def exhausted(self) -> bool:
        """Whether nothing more is let through today."""
        used_up = self.calls_limit is not None and self.calls >= self.calls_limit
        return used_up or (self.tokens_limit is not None and self.tokens >= self.tokens_limit)


class BudgetState(BudgetUse, frozen=True, kw_only=True):
    """How much of a day's budget is used, by all and by each of the ``answerers`` with its own.

    Where there is one for each bot, ``bots`` says by id how much of it is used. ``resets_at`` is
    when the next day begins, in ISO 8601.
    """

    resets_at: str
    answerers: dict[str, BudgetUse] | msgspec.UnsetType = msgspec.UNSET
    bots: dict[str, BudgetUse] | msgspec.UnsetType = msgspec.UNSET


class DailyBudget:
    """The calls and tokens of a day; nothing is counted where nothing is limited.

    A call is counted before it is made, tokens when they are known: the last answers of a day
    may exceed the tokens. Without ``counters``, or while they cannot be used, this process
    counts alone.
    """

    def __init__(
        self,
        setting: BudgetSetting,
        counters: stores.Counters | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._setting = setting
        self.counters = counters
        self._clock = clock
        self._zone = zone_named(setting.time_zone)
        self._known: dict[str, int] = {}
        self._day = ""

    @property
    def setting(self) -> BudgetSetting:
        """What is limited."""
        return self._setting

    @property
    def used(self) -> dict[str, int]:
        """The calls and tokens of the day, as this process last heard of them."""
        return {what: self._known[what] for what in ("calls", "tokens") if what in self._known}

    def of(self, answerer: str) -> BudgetOfAnswerer:
        """The budget as one answerer has it: this, and its own where it has one."""
        return BudgetOfAnswerer(self, answerer)

    async def take(self, bot_id: str, *, answerer: str = "") -> bool:
        """Count a call of a model for a bot, if the budget has it, and the answerer's own.

        Returns:
            Whether the call may be made.
        """
        if self._setting.unlimited:
            return True
        setting = self._setting
        own = setting.answerers.get(answerer, _NOTHING)
        return await self._add(
            stores.Sum("calls", 1, setting.calls),
            stores.Sum("tokens", 0, setting.tokens),
            stores.Sum(f"calls:{bot_id}", 1, setting.bot_calls),
            stores.Sum(f"tokens:{bot_id}", 0, setting.bot_tokens),
            *self._own("calls", answerer, 1, own.calls),
            *self._own("tokens", answerer, 0, own.tokens),
        )

    async def give_back(self, bot_id: str, *, answerer: str = "") -> None:
        """Take back a call that was not made."""
        if not self._setting.unlimited:
            await self._add(
                stores.Sum("calls", -1),
                stores.Sum(f"calls:{bot_id}", -1),
                *self._own("calls", answerer, -1),
            )

    async def record(self, bot_id: str, tokens: int, *, answerer: str = "") -> None:
        """Count the tokens of an answer."""
        if self._setting.unlimited or not tokens:
            return
        await self._add(
            stores.Sum("tokens", tokens),
            stores.Sum(f"tokens:{bot_id}", tokens),
            *self._own("tokens", answerer, tokens),
        )

    def _own(
        self, what: str, answerer: str, amount: int, limit: int | None = None
    ) -> tuple[stores.Sum, ...]:
        """The sum of an answerer that has a budget of its own."""
        if answerer not in self._setting.answerers:
            return ()
        return (stores.Sum(f"{what}:answerer:{answerer}", amount, limit),)

    async def state(self, bots: Iterable[str] = ()) -> BudgetState | None:
        """How much is used, also by each of the first hundred ``bots`` if that is limited.

        ``None`` where nothing is limited.
        """
        setting = self._setting
        if setting.unlimited:
            return None
        limited = setting.answerers
        own = [self._own(what, name, 0) for name in limited for what in ("calls", "tokens")]
        by_bot = setting.bot_calls is not None or setting.bot_tokens is not None
        shown = tuple(islice(bots, _MOST_BOTS)) if by_bot else ()
        theirs = (stores.Sum(f"{what}:{bot}", 0) for bot in shown for what in ("calls", "tokens"))
        await self._add(stores.Sum("calls", 0), stores.Sum("tokens", 0), *chain(*own), *theirs)
        midnight = self._today().replace(hour=0, minute=0, second=0, microsecond=0)
        return BudgetState(
            calls=self._known.get("calls", 0),
            tokens=self._known.get("tokens", 0),
            calls_limit=setting.calls,
            tokens_limit=setting.tokens,
            resets_at=(midnight + timedelta(days=1)).isoformat(),
            answerers={
                name: self._use(f"answerer:{name}", each.calls, each.tokens)
                for name, each in limited.items()
            }
            or msgspec.UNSET,
            bots={bot: self._use(bot, setting.bot_calls, setting.bot_tokens) for bot in shown}
            or msgspec.UNSET,
        )

    def _use(self, whose: str, calls: int | None, tokens: int | None) -> BudgetUse:
        return BudgetUse(
            calls=self._known.get(f"calls:{whose}", 0),
            tokens=self._known.get(f"tokens:{whose}", 0),
            calls_limit=calls,
            tokens_limit=tokens,
        )

    async def _add(self, *sums: stores.Sum) -> bool:
        day = self._today().date().isoformat()
        if day != self._day:
            self._day, self._known = day, {}
        if self.counters is None:
            return self._add_alone(sums)
        dated = [one._replace(name=f"model:{day}:{one.name}") for one in sums]
        try:
            added, totals = await self.counters.add(dated, seconds=_SECONDS_KEPT)
        except stores.StoreError as error:
            _log.warning("budget_not_shared", error=str(error))
            return self._add_alone(sums)
        self._known.update({one.name: total for one, total in zip(sums, totals, strict=True)})
        return added

    def _add_alone(self, sums: tuple[stores.Sum, ...]) -> bool:
        for one in sums:
            if one.limit is not None and self._known.get(one.name, 0) >= one.limit:
                return False
        for one in sums:
            self._known[one.name] = self._known.get(one.name, 0) + one.amount
        return True

    def _today(self) -> datetime:
        return self._clock().astimezone(self._zone)


class BudgetOfAnswerer:
    """``whole`` as one answerer has it: what it takes counts in its own budget, too."""

    def __init__(self, whole: DailyBudget, answerer: str) -> None:
        self._whole = whole
        self._answerer = answerer

    async def take(self, bot_id: str) -> bool:
        """See ``DailyBudget.take``."""
        return await self._whole.take(bot_id, answerer=self._answerer)

    async def give_back(self, bot_id: str) -> None:
        """See ``DailyBudget.give_back``."""
        await self._whole.give_back(bot_id, answerer=self._answerer)

    async def record(self, bot_id: str, tokens: int) -> None:
        """See ``DailyBudget.record``."""
        await self._whole.record(bot_id, tokens, answerer=self._answerer)
