"""Several processes on one store: nothing that was acknowledged is lost, whoever dies or races.

``worker.py`` beside this file is what they run.
"""

import asyncio
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from daehwa.stores import SessionKey, open_store

from .conftest import SHARED

WORKER = Path(__file__).parent / "worker.py"
KEY = SessionKey("BOTBOTBOTB", "TSTALIASID", "ko_KR", "shared")


@pytest.fixture(params=SHARED)
def address(request):
    return request.getfixturevalue(f"new_{request.param}")


async def start(*arguments):
    return await asyncio.create_subprocess_exec(
        sys.executable, WORKER, *map(str, arguments), stdout=asyncio.subprocess.PIPE
    )


async def test_every_acknowledged_turn_survives_kill_9(address, store):
    """Three times killed in mid-traffic, the transcript holds whatever was acknowledged."""
    told = []
    for life in range(3):
        worker = await start("chatter", address, life)
        told += [(await worker.stdout.readline()).decode().strip() for _ in range(150)]
        worker.send_signal(signal.SIGKILL)
        rest = await worker.stdout.read()
        told.extend(line.decode() for line in rest.split(b"\n")[:-1])
        assert await worker.wait() == -signal.SIGKILL
    kept = [turn.message_id for turn in await store.turns(KEY, limit=100_000)]
    # The death may fall between the commit and the acknowledgement: once in each life.
    assert set(told) <= set(kept)
    assert len(kept) <= len(told) + 3
    session = await store.load(KEY, datetime.now(UTC))
    assert int(session.session) == len(kept)


async def test_compare_and_set_loses_nothing_between_processes(address):
    """Each of several processes adds one, a hundred times, to the same session.

    The store is new: they set it up at the same moment, too.
    """
    workers = [await start("adder", address, number, 100) for number in range(4)]
    for worker in workers:
        assert await worker.wait() == 0
    async with open_store(address) as store:
        session = await store.load(KEY, datetime.now(UTC))
        assert int(session.session) == 400
        assert len(await store.turns(KEY, limit=1000)) == 400


async def test_same_message_from_several_processes_is_one_turn(address, store):
    workers = [await start("repeater", address, 50) for _ in range(3)]
    lines = [(await worker.communicate())[0] for worker in workers]
    won = sorted(int(line) for out in lines for line in out.split())
    assert won == list(range(50))
    assert len(await store.turns(KEY, limit=1000)) == 50
