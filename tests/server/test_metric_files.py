"""What workers share of their metrics, where the disk is full: no page of a file without blocks."""

import os
import subprocess
import sys

import pytest
from prometheus_client.mmap_dict import MmapedDict
from structlog.testing import capture_logs
from tests.small_disk import small_disk

from daehwa.server.metric_files import ReservedFile


@pytest.fixture
def disk(tmp_path):
    """A folder on a disk of a megabyte, and what fills it."""
    with small_disk(lambda part, cure: pytest.skip(f"{part}: {cure}"), tmp_path, mebibytes=1) as (
        folder,
        fill,
    ):
        yield folder, fill


def counted(file):
    return {key: value for key, value, _ in file.read_all_values()}


def test_a_file_that_was_begun_is_written_on_a_full_disk(disk):
    folder, fill = disk
    path = str(folder / "counter_1.db")
    file = ReservedFile(path)
    fill()
    for number in range(100):
        file.write_value(f"turns {number}", 1.0, 0.0)
    assert len(list(read(path))) == 100
    file.close()


def test_one_that_cannot_begin_counts_in_memory_and_leaves_no_file(disk):
    folder, fill = disk
    fill()
    with capture_logs() as logs:
        file = ReservedFile(str(folder / "counter_2.db"))
    file.write_value("turns", 2.0, 0.0)
    assert counted(file) == {"turns": 2.0}
    file.close()
    assert not (folder / "counter_2.db").exists()
    assert [line["event"] for line in logs] == ["metrics_not_shared"]


def test_one_that_cannot_grow_goes_on_in_memory_with_what_it_counted(disk):
    folder, fill = disk
    path = str(folder / "counter_3.db")
    file = ReservedFile(path)
    file.write_value("first", 1.0, 0.0)
    make_room = fill()
    with capture_logs() as logs:
        for number in range(4000):
            file.write_value(f"turns {number}", 1.0, 0.0)
    assert logs
    assert counted(file)["first"] == 1.0
    assert len(counted(file)) == 4001
    make_room()
    # What others can read of it is whole, as far as it came.
    assert ("first", 1.0) in [(key, value) for key, value, *_ in read(path)]
    file.close()


def read(path):
    return MmapedDict.read_all_values_from_file(path)


IN_HAND = """
import asyncio
from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector
from daehwa.server.http_exchange import HttpExchange
from daehwa.server.metrics import Metrics

def shown():
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry.get_sample_value("daehwa_turns_in_flight")

async def main():
    metrics = Metrics()
    for flying in (1.0, 0.0):
        if flying:
            metrics.turn_began()
        else:
            metrics.step_ended("turn", ("BOT",), 0.1, "answered", "")
            metrics.request(HttpExchange({}))
        # Nobody asks this process for its metrics.
        while shown() != flying:
            await asyncio.sleep(0.01)

asyncio.run(main())
"""


def test_what_a_worker_has_in_hand_is_shown_to_the_others_also_when_nothing_follows(tmp_path):
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", IN_HAND], env=environment, check=True, timeout=60)
