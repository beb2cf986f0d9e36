"""How much runs in threads at once: little of what is short, and none of it behind what is long."""

import asyncio

from daehwa.conversation.thread_places import SHORT_SECONDS, ThreadPlaces


async def begun(places: ThreadPlaces, count: int, end: asyncio.Event) -> tuple[list[int], list]:
    """What began of ``count`` pieces that last until ``end``, and their tasks."""
    running: list[int] = []

    async def work(number: int) -> None:
        async with places.hold():
            running.append(number)
            await end.wait()

    tasks = [asyncio.create_task(work(number)) for number in range(count)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return running, tasks


async def test_short_pieces_run_one_after_another_in_their_order():
    places, end = ThreadPlaces(short=1, most=4), asyncio.Event()
    running, tasks = await begun(places, 3, end)
    assert running == [0]

    end.set()
    await asyncio.gather(*tasks)
    assert running == [0, 1, 2]


async def test_a_long_piece_lets_others_begin_up_to_the_most():
    places, end = ThreadPlaces(short=1, most=2), asyncio.Event()
    running, tasks = await begun(places, 3, end)
    await asyncio.sleep(SHORT_SECONDS * 4)
    assert running == [0, 1]

    end.set()
    await asyncio.gather(*tasks)
    assert running == [0, 1, 2]


async def test_a_piece_that_is_cancelled_while_it_waits_or_runs_leaves_its_place():
    places, end = ThreadPlaces(short=1, most=2), asyncio.Event()
    running, tasks = await begun(places, 2, end)
    for task in reversed(tasks):
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

    end.set()
    running, tasks = await begun(places, 2, end)
    await asyncio.wait_for(asyncio.gather(*tasks), 1)
    assert running == [0, 1]
