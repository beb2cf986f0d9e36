"""Work in the event loop, a few pieces a round: others go on in between, nobody is forgotten."""

import asyncio

from daehwa.conversation.loop_rounds import ROUND_SECONDS, LoopRounds

HALF = ROUND_SECONDS / 2


async def rounds_of(pieces, *, cancelled=()):
    """In which round of the loop each piece was done, by what it takes."""
    rounds, number, done = LoopRounds(), 0, {}

    async def do(name, seconds):
        await rounds.room(seconds)
        rounds.spend(seconds)
        done[name] = number

    tasks = [asyncio.create_task(do(*piece)) for piece in enumerate(pieces)]
    await asyncio.sleep(0)
    for name in cancelled:
        tasks[name].cancel()
    for _ in range(10 * len(pieces)):
        number += 1
        await asyncio.sleep(0)
    assert all(task.done() for task in tasks)
    return done


async def test_what_fits_is_done_at_once():
    assert await rounds_of([HALF / 2, HALF / 2]) == {0: 0, 1: 0}


async def test_what_does_not_fit_is_done_in_order_a_round_each():
    done = await rounds_of([HALF * 1.5] * 5)
    assert list(done) == [0, 1, 2, 3, 4]
    assert len(set(done.values())) == 5


async def test_a_piece_longer_than_a_round_has_one_to_itself():
    done = await rounds_of([2 * ROUND_SECONDS] * 3)
    assert len(set(done.values())) == 3


async def test_who_has_gone_keeps_nobody_waiting():
    assert list(await rounds_of([HALF * 1.5] * 5, cancelled=(1, 3))) == [0, 2, 4]


async def test_small_pieces_go_together():
    done = await rounds_of([HALF / 4] * 12)
    assert len(set(done.values())) < 8


def test_one_loop_after_another_uses_them():
    rounds = LoopRounds()

    async def begin():
        await rounds.room(HALF)
        rounds.spend(3 * HALF)
        waiting = asyncio.create_task(rounds.room(HALF))
        waiting.add_done_callback(lambda _: None)

    asyncio.run(begin())
    asyncio.run(asyncio.wait_for(rounds.room(HALF), 5))
