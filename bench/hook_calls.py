"""What a Python code hook costs in a process of its own, and in the server's.

    python bench/hook_calls.py [--calls 2000] [--rounds 3]

A hook that does nothing, called one after another, in rounds that alternate. ``server`` is the
processor time that a call costs this process, ``waited`` the median time until its reply, both in
microseconds; then what starting such a process costs and what it takes, without imports.
"""

import argparse
import asyncio
import os
import resource
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from daehwa import hooks
from daehwa.server import configure_logs
from daehwa.server.event_loop import loop_factory

SOURCE = """
def handler(event, context):
    return {"sessionState": {"dialogAction": {"type": "Delegate"}}}
"""
EVENT: dict[str, Any] = {
    "bot": {"id": "BENCH"},
    "inputTranscript": "a table for two",
    "sessionState": {"intent": {"name": "Order", "slots": {}, "state": "InProgress"}},
}


async def calls(hook: hooks.Hook, count: int) -> tuple[float, float]:
    """Processor time and median waiting time of a call, in microseconds."""
    await hooks.invoke(hook, EVENT)
    waited = []
    cpu = time.process_time()
    for _ in range(count):
        began = time.perf_counter()
        await hooks.invoke(hook, EVENT)
        waited.append(time.perf_counter() - began)
    return (time.process_time() - cpu) / count * 1e6, statistics.median(waited) * 1e6


async def run(count: int, rounds: int) -> None:
    """Measure, and print a line for each."""
    with tempfile.TemporaryDirectory() as folder:
        target = f"{Path(folder) / 'nothing.py'}:handler"
        (Path(folder) / "nothing.py").write_text(SOURCE, encoding="utf-8")
        seen: dict[str, list[tuple[float, float]]] = {}
        for _ in range(rounds):
            seen.setdefault("in the server", []).append(
                await calls(hooks.PythonHook(target), count)
            )
            async with hooks.ProcessHook(target) as apart:
                seen.setdefault("in a process", []).append(await calls(apart, count))
        for name, figures in seen.items():
            server, waited = (statistics.median(one[at] for one in figures) for at in (0, 1))
            print(f"{name:14} server {server:5.0f} µs, waited {waited:5.0f} µs")
        before = children_cpu()
        async with hooks.ProcessHook(target) as apart:
            await apart.examine()
            taken = resident()
        started = (children_cpu() - before) * 1000
        print(f"a process is started with {started:.0f} ms of CPU and takes {taken:.0f} MB")


def resident() -> float:
    """The resident set of this process's only child, in megabytes."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()
    return int(Path(f"/proc/{children[0]}/statm").read_text("ascii").split()[1]) * 4096 / 1e6


def children_cpu() -> float:
    """Processor time of the processes that have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--calls", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    configure_logs("json", "error")
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(run(options.calls, options.rounds))


if __name__ == "__main__":
    main()
