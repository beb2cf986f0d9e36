"""What every backend of the counters does: buckets, totals and places that processes share."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from daehwa.stores import Draw, StoreUnavailable, Sum, counters_file, open_counters, open_store

SLOW = 1e-6  # tokens a second: nothing comes back while a test runs
FAST = 1e6


@pytest.fixture
async def counters(address):
    async with open_counters(address) as counters:
        yield counters


async def test_a_new_bucket_is_full(counters):
    assert await counters.draw([Draw("a", SLOW, 5, least=1, most=3)]) == [
        (pytest.approx(3), pytest.approx(2, abs=0.01))
    ]


async def test_a_bucket_grants_what_it_has_and_no_more(counters):
    first, second, third = [
        (await counters.draw([Draw("a", SLOW, 5, least=1, most=3)]))[0].granted for _ in range(3)
    ]
    assert (first, second, third) == (3, 2, 0)


async def test_a_bucket_gives_nothing_rather_than_less_than_the_least(counters):
    drawn = await counters.draw([Draw("a", SLOW, 2, least=3, most=3)])
    assert drawn[0].granted == 0
    assert drawn[0].level == pytest.approx(2, abs=0.01)


async def test_what_was_spent_already_is_taken_even_into_debt(counters):
    drawn = await counters.draw([Draw("a", SLOW, 2, spent=7)])
    assert drawn[0] == (0, pytest.approx(-5, abs=0.01))


async def test_a_bucket_fills_up_again_to_its_burst(counters):
    await counters.draw([Draw("a", FAST, 5, least=5, most=5)])
    drawn = await counters.draw([Draw("a", FAST, 5, least=1, most=9)])
    assert drawn[0].granted == 5


async def test_buckets_of_one_call_are_drawn_in_its_order(counters):
    drawn = await counters.draw(
        [Draw("b", SLOW, 9, least=1, most=2), Draw("a", SLOW, 9, least=1, most=7)]
    )
    assert [one.granted for one in drawn] == [2, 7]


async def test_many_buckets_of_one_call(counters):
    drawn = await counters.draw([Draw(str(n), SLOW, n, least=1, most=n) for n in range(1, 451)])
    assert [one.granted for one in drawn] == list(range(1, 451))


async def test_two_processes_draw_from_one_bucket(address):
    async with open_counters(address) as one, open_counters(address) as other:
        drawn = await asyncio.gather(
            *(
                counters.draw([Draw("a", SLOW, 30, least=1, most=1), Draw("z", SLOW, 9, spent=1)])
                for counters in (one, other) * 20
            )
        )
    assert sum(a.granted for a, _ in drawn) == 30


async def test_totals_are_added_up_to_their_limit(counters):
    added = [await counters.add([Sum("day", 1, 3)], seconds=60) for _ in range(5)]
    assert added == [(True, [1]), (True, [2]), (True, [3]), (False, [3]), (False, [3])]


async def test_of_several_totals_all_are_added_to_or_none(counters):
    await counters.add([Sum("tokens", 10)], seconds=60)
    added = await counters.add([Sum("calls", 1, 5), Sum("tokens", 0, 10)], seconds=60)
    assert added == (False, [0, 10])
    assert await counters.add([Sum("calls", 0)], seconds=60) == (True, [0])


async def test_a_total_without_a_limit_goes_past_any(counters):
    await counters.add([Sum("tokens", 999)], seconds=60)
    assert await counters.add([Sum("tokens", 2)], seconds=60) == (True, [1001])


async def test_a_total_ends_with_its_time(counters):
    await counters.add([Sum("calls", 4, 4)], seconds=0.05)
    while not (await counters.add([Sum("calls", 0, 4)], seconds=60))[0]:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    assert await counters.add([Sum("calls", 1, 4)], seconds=60) == (True, [1])


async def test_places_are_taken_once(counters):
    held = [await counters.hold("alias", who, most=2, seconds=60) for who in "abca"]
    assert held == [True, True, False, True]


async def test_a_place_that_was_given_back_is_free(counters):
    await counters.hold("alias", "a", most=1, seconds=60)
    await counters.let_go("alias", "a")
    assert await counters.hold("alias", "b", most=1, seconds=60)


async def test_a_place_of_a_process_that_died_is_free_when_its_time_is_over(counters):
    await counters.hold("alias", "a", most=1, seconds=0.05)
    while not await counters.hold("alias", "b", most=1, seconds=60):  # noqa: ASYNC110
        await asyncio.sleep(0.01)


async def test_of_many_that_take_places_at_once_so_many_get_one(address):
    async with open_counters(address) as one, open_counters(address) as other:
        held = await asyncio.gather(
            *(
                counters.hold("alias", f"{number}{counters is one}", most=5, seconds=60)
                for number in range(10)
                for counters in (one, other)
            )
        )
    assert sum(held) == 5


async def test_tidying_leaves_what_is_in_use(counters):
    await counters.draw([Draw("a", SLOW, 5, spent=5), Draw("full", FAST, 5, spent=1)])
    await counters.add([Sum("calls", 1)], seconds=60)
    await counters.hold("alias", "a", most=1, seconds=60)
    await counters.tidy()
    assert (await counters.draw([Draw("a", SLOW, 5, least=1, most=1)]))[0].granted == 0
    assert await counters.add([Sum("calls", 0)], seconds=60) == (True, [1])
    assert not await counters.hold("alias", "b", most=1, seconds=60)


async def test_counters_and_sessions_share_an_address(address):
    """Whichever is opened first."""
    async with open_counters(address) as counters, open_store(address) as store:
        await store.ping()
        assert await counters.add([Sum("calls", 1)], seconds=60) == (True, [1])
    async with open_store(address) as store, open_counters(address) as counters:
        await store.ping()
        assert await counters.add([Sum("calls", 1)], seconds=60) == (True, [2])


async def test_a_clock_that_was_set_back_takes_no_tokens_away(tmp_path):
    from daehwa.stores.counters_sqlite import SQLiteCounters

    now = [1000.0]
    counters = SQLiteCounters(tmp_path / "limits.db", clock=lambda: now[0])
    await counters.draw([Draw("a", 1.0, 5, spent=3)])
    now[0] = 500.0
    assert (await counters.draw([Draw("a", 1.0, 5)]))[0].level == 2
    now[0] = 502.0
    assert (await counters.draw([Draw("a", 1.0, 5)]))[0].level == 4
    await counters.close()


async def test_a_locked_file_is_not_waited_for_long(tmp_path):
    url = f"sqlite:{tmp_path / 'daehwa.db'}"
    async with open_counters(url) as counters:
        with closing(sqlite3.connect(counters_file(tmp_path / "daehwa.db"))) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreUnavailable):
                await counters.draw([Draw("a", 1.0, 5)])
