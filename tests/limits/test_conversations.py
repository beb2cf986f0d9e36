"""Lex's concurrent conversations, and the seats of requests."""

from contextlib import AsyncExitStack

from daehwa.limits import AT_OTHER_ALIASES, Conversations, Seat, Seats
from daehwa.stores import open_counters


async def free(conversations, stack, alias="TSTALIASID", bot="BOT"):
    return await stack.enter_async_context(conversations.hold(bot, alias))


async def test_the_test_alias_holds_two_over_all_processes(address):
    async with AsyncExitStack() as stack:
        one, other = [
            Conversations(await stack.enter_async_context(open_counters(address))) for _ in range(2)
        ]
        held = [await free(each, stack) for each in (one, other, one, other)]
        assert held == [True, True, False, False]
        assert await free(one, stack, bot="OTHER"), "each alias of each bot has its own"


async def test_a_conversation_that_ended_makes_room(address):
    async with open_counters(address) as counters, AsyncExitStack() as stack:
        conversations = Conversations(counters)
        await free(conversations, stack)
        async with conversations.hold("BOT", "TSTALIASID") as second:
            assert second
            assert not await free(conversations, stack)
        assert await free(conversations, stack)


async def test_other_aliases_hold_fifty():
    async with AsyncExitStack() as stack:
        held = [await free(Conversations(None), stack, "LIVE") for _ in range(3)]
        assert held == [True] * 3
        conversations = Conversations(None)
        held = [await free(conversations, stack, "LIVE") for _ in range(AT_OTHER_ALIASES + 2)]
    assert sum(held) == AT_OTHER_ALIASES == 50


def test_seats_are_full_when_they_are_taken():
    seats = Seats(2)
    first, second = Seat(seats), Seat(seats)
    assert seats.full()
    first.leave()
    first.leave()
    assert seats.taken == 1
    second.leave()
    assert not seats.full()


def test_who_waits_for_a_model_takes_no_seat():
    seats = Seats(1)
    seat = Seat(seats)
    with seat.vacated():
        assert not seats.full()
        with seat.vacated():
            assert not seats.full()
    assert seats.full()
    with seat.vacated():
        seat.leave()
    assert seats.taken == 0


def test_no_number_of_seats_is_no_limit():
    seats = Seats(0)
    Seat(seats)
    assert not seats.full()


def test_a_body_that_does_not_come_keeps_no_seat():
    now = [10.0]
    seats = Seats(2, clock=lambda: now[0])
    slow, also_slow = Seat(seats), Seat(seats)
    assert seats.full()
    now[0] += 1
    assert not seats.full()
    slow.end_reading()
    assert seats.taken == 1
    also_slow.leave()
    slow.leave()
    assert seats.taken == 0


def test_a_request_that_was_read_keeps_its_seat():
    now = [10.0]
    seats = Seats(1, clock=lambda: now[0])
    Seat(seats).end_reading()
    now[0] += 60
    assert seats.full()
