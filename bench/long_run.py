"""A hundred thousand turns over ten thousand sessions: does memory or the time of a turn grow?

    python bench/long_run.py [--turns 100000] [--sessions 10000]

In process, through ``/chat``'s channel, with SQLite on disk and the conversation log off. After a
tenth of the turns, when caches are filled, and at the end: the process's resident set, and the
median and 99th percentile of a turn's processor time, in microseconds.
"""

import argparse
import asyncio
import functools
import gc
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from daehwa import stores
from daehwa.chat import Caller, ChatRequest
from daehwa.conversation import Runtime, RuntimePlan, Settings, open_catalogue
from daehwa.server import configure_logs

TEXTS = ("안녕하세요", "안녕")
PARTS = 10


def resident() -> float:
    """The process's resident set, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


async def take_turns(runtime: Runtime, turns: int, sessions: int) -> list[float]:
    """Take turns in sessions at random; the processor time of each, in microseconds."""
    times = []
    for _ in range(turns):
        request = ChatRequest(
            text=random.choice(TEXTS),
            session_id=f"long-{random.randrange(sessions)}",
            locale_id="ko_KR",
        )
        began = time.process_time()
        await runtime.chat.reply(request, Caller(request_id="bench"))
        times.append((time.process_time() - began) * 1e6)
    return times


async def run(turns: int, sessions: int) -> None:
    """Take the turns, a tenth at a time."""
    configure_logs("json", "error")
    with tempfile.TemporaryDirectory() as folder:
        plan = RuntimePlan(
            open_catalogue(()),
            functools.partial(stores.open_store, f"sqlite:{Path(folder) / 'sessions.sqlite3'}"),
            None,
            settings=Settings(),
            clock=lambda: datetime.now(UTC),
        )
        async with plan.open() as runtime:
            await runtime.learn()
            parts = []
            for part in range(PARTS):
                times = await take_turns(runtime, turns // PARTS, sessions)
                gc.collect()
                cuts = statistics.quantiles(times, n=100)
                parts.append((resident(), cuts[49], cuts[98]))
                memory, median, worst = parts[-1]
                print(
                    f"{(part + 1) * turns // PARTS:7} turns: {memory:6.1f} MB,"
                    f" p50 {median:5.0f} us, p99 {worst:5.0f} us",
                    flush=True,
                )
    (first, *_, last) = parts
    grown = [f"{late / early:.3f}" for early, late in zip(first, last, strict=True)]
    print(f"last tenth over first: memory {grown[0]}, p50 {grown[1]}, p99 {grown[2]}")


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(
        description=(sys.modules[__name__].__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--turns", type=int, default=100_000)
    parser.add_argument("--sessions", type=int, default=10_000)
    options = parser.parse_args()
    asyncio.run(run(options.turns, options.sessions))


if __name__ == "__main__":
    main()
