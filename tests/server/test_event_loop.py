"""The end of the event loop that serves: a thread that does not end holds no process up."""

import subprocess
import sys

import pytest

ENDING = """
import asyncio, resource, sys, time
from daehwa.server import event_loop

if sys.argv[1] == "asyncio":
    event_loop.loop_factory = lambda: None
event_loop._LEAVING_SECONDS = 0.05

async def serving():
    await asyncio.get_running_loop().run_in_executor(None, time.sleep, 0)
    if sys.argv[2] == "no memory":
        pages = int(open("/proc/self/statm").read().split()[0])
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize(),) * 2)
    else:
        asyncio.get_running_loop().run_in_executor(None, time.sleep, 600)
    await asyncio.sleep(0.05)
    print("served", flush=True)

event_loop.run_to_the_end(serving())
"""


@pytest.mark.parametrize(
    ("loop", "why"), [("uvloop", "hangs"), ("asyncio", "hangs"), ("uvloop", "no memory")]
)
def test_a_thread_that_does_not_end_is_left_behind(loop, why):
    command = [sys.executable, "-c", ENDING, loop, why]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert ended.stdout.startswith("served\n")
    assert "threads_left_behind" in ended.stdout + ended.stderr
