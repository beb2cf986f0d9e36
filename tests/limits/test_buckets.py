"""Token buckets that several processes share without asking the store each time."""

import asyncio

import pytest

from daehwa.limits import SHARE, Buckets, Rate
from daehwa.stores import StoreUnavailable, open_counters

SLOW = 1e-6
KEY = ("turns", "address", "203.0.113.7")


class Counting:
    """Counters that note how often they are used, and may be out of order."""

    def __init__(self, counters):
        self.counters = counters
        self.calls = 0
        self.broken = False

    async def draw(self, draws):
        self.calls += 1
        if self.broken:
            raise StoreUnavailable("out of order")
        return await self.counters.draw(draws)

    async def tidy(self):
        await self.counters.tidy()


async def spend(buckets, times, rate, key=KEY):
    """How many of ``times`` tokens were to be had."""
    return sum([await buckets.take([(key, rate)]) == 0 for _ in range(times)])


async def test_one_process_grants_the_burst_and_no_more(address):
    async with open_counters(address) as counters:
        assert await spend(Buckets(counters), 200, Rate(SLOW, 80)) == 80


async def test_a_small_burst_is_exact_over_processes(address):
    rate = Rate(SLOW, 7)
    async with open_counters(address) as one, open_counters(address) as other:
        granted = await asyncio.gather(
            *(spend(Buckets(counters), 10, rate) for counters in (one, other) * 3)
        )
    assert sum(granted) == 7


async def test_processes_share_a_burst_but_for_an_eighth_each(address):
    rate = Rate(SLOW, 80)
    async with open_counters(address) as one, open_counters(address) as other:
        granted = await asyncio.gather(
            *(spend(Buckets(counters), 200, rate) for counters in (one, other, one))
        )
    assert 80 - 3 * 80 / SHARE <= sum(granted) <= 80 + 2 * 80 / SHARE


async def test_what_was_spent_on_credit_is_settled(address):
    rate = Rate(SLOW, 80)
    async with open_counters(address) as counters:
        processes = [Buckets(counters) for _ in range(10)]
        for process in processes:
            assert await spend(process, 9, rate) == 9
            await process.settle(everything=True)
        # One that has not heard of it yet spends its eighth once, and owes it.
        assert await spend(Buckets(counters), 80, rate) <= 80 // SHARE
        assert await spend(processes[0], 80, rate) <= 80 // SHARE
        await processes[0].settle(everything=True)
        assert await spend(processes[0], 5, rate) == 0


async def test_what_was_drawn_and_not_used_is_given_back(address):
    now = [0.0]
    rate = Rate(SLOW, 80)
    async with open_counters(address) as counters:
        hoarder = Buckets(counters, clock=lambda: now[0])
        assert await spend(hoarder, 11, rate) == 11  # the last one was the first of a slice
        now[0] += 11
        await hoarder.settle()
        assert await spend(Buckets(counters), 80, rate) >= 69


async def test_most_tokens_cost_no_call_of_the_store(address):
    async with open_counters(address) as counters:
        counting = Counting(counters)
        assert await spend(Buckets(counting), 400, Rate(SLOW, 800)) == 400
        assert counting.calls < 12


async def test_an_empty_bucket_is_not_looked_at_for_each_refusal(address):
    async with open_counters(address) as counters:
        counting = Counting(counters)
        buckets = Buckets(counting)
        await spend(buckets, 10, Rate(SLOW, 5))
        calls = counting.calls
        assert await spend(buckets, 100, Rate(SLOW, 5)) == 0
        assert counting.calls <= calls + 1


async def test_all_buckets_grant_or_none_is_spent():
    buckets = Buckets(None)
    wide, narrow = (
        (("turns", "address", "a"), Rate(SLOW, 10)),
        (
            ("turns", "session", "s"),
            Rate(SLOW, 2),
        ),
    )
    assert [await buckets.take([wide, narrow]) == 0 for _ in range(6)] == [True] * 2 + [False] * 4
    assert await spend(buckets, 20, wide[1], wide[0]) == 8


async def test_a_refusal_says_how_long_to_wait():
    now = [0.0]
    buckets = Buckets(None, clock=lambda: now[0])
    rate = Rate(0.5, 3)
    assert await spend(buckets, 3, rate) == 3
    assert await buckets.take([(KEY, rate)]) == pytest.approx(2.0)
    now[0] += 2.0
    assert await buckets.take([(KEY, rate)]) == 0


async def test_what_has_happened_is_charged_into_debt(address):
    rate = Rate(1.0, 3)
    async with open_counters(address) as counters:
        buckets = Buckets(counters)
        for _ in range(2):
            await buckets.charge(KEY, rate)
        assert buckets.refusal(KEY) == 0
        for _ in range(4):
            await buckets.charge(KEY, rate)
        assert 3 < buckets.refusal(KEY) <= 4.1
        assert Buckets(counters).refusal(KEY) == 0  # not yet: another process learns with its first


async def test_without_the_store_each_process_goes_on_alone(address):
    rate = Rate(SLOW, 10)
    async with open_counters(address) as counters:
        counting = Counting(counters)
        buckets = Buckets(counting)
        counting.broken = True
        assert await spend(buckets, 30, rate) == 10
        assert counting.calls == 1, "a store that is out of order is left alone for a while"


async def test_thousands_of_sessions_are_settled_in_pieces(address):
    async with open_counters(address) as counters:
        counting = Counting(counters)
        buckets = Buckets(counting)
        rate = Rate(SLOW, 80)
        for number in range(1000):
            assert await buckets.take([(("turns", "session", str(number)), rate)]) == 0
        assert counting.calls == 0
        await buckets.settle()
        assert counting.calls == 0, "it is not due yet"
        await buckets.settle(everything=True)
        assert counting.calls == 10


async def test_who_talks_slowly_costs_the_store_nothing(address):
    now = [0.0]
    async with open_counters(address) as counters:
        counting = Counting(counters)
        buckets = Buckets(counting, clock=lambda: now[0])
        for _ in range(20):
            assert await spend(buckets, 1, Rate(1.0, 30)) == 1
            now[0] += 9
            await buckets.settle()
        assert counting.calls == 0
        # Faster than an eighth of the rate is settled.
        assert await spend(buckets, 3, Rate(1.0, 30)) == 3
        now[0] += 9
        await buckets.settle()
        assert counting.calls == 1


async def test_idle_buckets_are_forgotten():
    now = [0.0]
    buckets = Buckets(None, clock=lambda: now[0])
    await spend(buckets, 1, Rate(1.0, 80))
    for _ in range(3):
        now[0] += 61
        await buckets.settle()
    assert not buckets._accounts
    assert not buckets._earlier
    assert not buckets._due
