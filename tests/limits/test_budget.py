"""The day's budget of models, shared by processes."""

from datetime import UTC, datetime, timedelta

import msgspec

from daehwa.limits import BudgetSetting, BudgetUse, DailyBudget
from daehwa.stores import StoreUnavailable, open_counters

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


async def test_processes_count_together(address):
    setting = BudgetSetting(calls=5)
    async with open_counters(address) as one, open_counters(address) as other:
        budgets = [DailyBudget(setting, counters) for counters in (one, other)]
        taken = [await budgets[number % 2].take("BOT") for number in range(8)]
    assert taken == [True] * 5 + [False] * 3


async def test_tokens_are_counted_when_they_are_known(address):
    async with open_counters(address) as counters:
        budget = DailyBudget(BudgetSetting(tokens=100), counters)
        assert await budget.take("BOT")
        await budget.record("BOT", 99)
        assert await budget.take("BOT")
        await budget.record("BOT", 50)
        assert not await budget.take("BOT")
        state = await budget.state()
    assert (state.calls, state.tokens, state.tokens_limit) == (2, 149, 100)
    assert state.exhausted


async def test_a_call_that_was_not_made_is_given_back(address):
    async with open_counters(address) as counters:
        budget = DailyBudget(BudgetSetting(calls=1), counters)
        assert await budget.take("BOT")
        await budget.give_back("BOT")
        assert [await budget.take("BOT"), await budget.take("BOT")] == [True, False]


async def test_one_bot_does_not_use_up_anothers(address):
    async with open_counters(address) as counters:
        budget = DailyBudget(BudgetSetting(calls=10, bot_calls=2), counters)
        taken = [await budget.take(bot) for bot in ("A", "A", "A", "B")]
        assert taken == [True, True, False, True]
        other = DailyBudget(BudgetSetting(calls=10, bot_calls=2), counters)
        state = await other.state(["A", "B", "C"])
        assert (state.calls, state.exhausted) == (3, False)
        assert {bot: (use.calls, use.exhausted) for bot, use in state.bots.items()} == {
            "A": (2, True),
            "B": (1, False),
            "C": (0, False),
        }
        assert (await other.state()).bots is msgspec.UNSET


async def test_an_answerers_own_budget_is_shown_as_all_processes_used_it(address):
    limits = {"answerers": {"mine": {"calls": 2}, "other": {"tokens": 9}}}
    setting = msgspec.convert(limits, BudgetSetting)
    async with open_counters(address) as counters, open_counters(address) as other:
        here, there = DailyBudget(setting, counters), DailyBudget(setting, other)
        assert await here.take("BOT", answerer="mine")
        assert await here.take("BOT", answerer="mine")
        assert not await here.take("BOT", answerer="mine")
        await here.record("BOT", 10, answerer="other")
        state = await there.state()
        assert not state.exhausted
        assert state.answerers == {
            "mine": BudgetUse(calls=2, tokens=0, calls_limit=2, tokens_limit=None),
            "other": BudgetUse(calls=0, tokens=10, calls_limit=None, tokens_limit=9),
        }
        assert all(use.exhausted for use in state.answerers.values())


async def test_the_next_day_begins_anew(address):
    now = [NOON]
    async with open_counters(address) as counters:
        budget = DailyBudget(BudgetSetting(calls=1), counters, clock=lambda: now[0])
        assert [await budget.take("BOT"), await budget.take("BOT")] == [True, False]
        assert (await budget.state()).resets_at == "2026-11-28T00:00:00+00:00"
        now[0] += timedelta(hours=12)
        assert await budget.take("BOT")


async def test_a_day_begins_at_midnight_of_its_zone():
    now = [NOON]
    budget = DailyBudget(BudgetSetting(calls=1, time_zone="Asia/Seoul"), None, lambda: now[0])
    assert await budget.take("BOT")
    assert (await budget.state()).resets_at == "2026-11-28T00:00:00+09:00"
    now[0] += timedelta(hours=3)
    assert await budget.take("BOT")


async def test_while_the_store_cannot_be_used_the_process_counts_alone():
    class Broken:
        async def add(self, sums, *, seconds):
            raise StoreUnavailable("out of order")

    budget = DailyBudget(BudgetSetting(calls=2), Broken())
    assert [await budget.take("BOT") for _ in range(3)] == [True, True, False]


async def test_without_limits_nothing_is_counted():
    budget = DailyBudget(BudgetSetting(), None)
    assert await budget.take("BOT")
    assert await budget.state() is None
