"""A turn in process: session loaded, text understood, dialog moved, session stored in SQLite.

    python bench/turn.py [--turns 600]

For each example bot and kind of turn: median and 99th percentile in milliseconds, turns a second
on one core, and what a turn takes of a processor on average, which says more on a busy machine.
``exact`` is a sample's own words, ``reply`` a reply to a prompt, ``free`` other words than any
sample's, which need the sentence encoders; they are never the same twice, for the encoders
remember texts, and a quarter as many, for each takes a hundred times as long.
"""

import argparse
import asyncio
import functools
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from daehwa import bot, stores
from daehwa.conversation import Address, Runtime, RuntimePlan, Settings, Utterance, open_catalogue
from daehwa.server import configure_logs

FEWER = 4
WARM = 20
CASES = {
    ("HelloWorldBot", "ko_KR"): {
        "exact": ("안녕하세요",),
        "reply": ("안녕", "홍길동", "네"),
        "free": ("안녕하십니까 처음 뵙겠습니다",),
    },
    ("PadoBooksBot", "ko_KR"): {
        "exact": ("책 추천해 주세요",),
        "reply": ("책 추천해 주세요", "잔잔한"),
        "free": ("혹시 여기 몇 시쯤이면 문을 닫으시나요",),
    },
    ("PadoBooksBot", "en_US"): {
        "exact": ("Recommend me a book",),
        "reply": ("Recommend me a book", "calm"),
        "free": ("at what hour do you people usually shut the door",),
    },
}


async def measure(
    runtime: Runtime, address: Address, texts: tuple[str, ...], turns: int, *, vary: bool
) -> None:
    """Print a row: fresh sessions, the texts said in each, with its number if they ``vary``."""
    times = []
    processor = 0.0
    for n in range(turns // len(texts) // (FEWER if vary else 1) + WARM):
        place = Address(
            address.bot_id, address.alias_id, address.locale_id, f"{address.session_id}-{n}"
        )
        if n == WARM:
            processor = time.process_time()
        for text in texts:
            utterance = Utterance(text=f"{text} {n}" if vary else text, request_id="bench")
            began = time.perf_counter()
            await runtime.lex.recognize(place, utterance)
            if n >= WARM:
                times.append((time.perf_counter() - began) * 1000)
    processor = (time.process_time() - processor) * 1000 / len(times)
    cuts = statistics.quantiles(times, n=100)
    print(
        f"  p50 {cuts[49]:7.3f} ms   p99 {cuts[98]:7.3f} ms   "
        f"{1000 / statistics.fmean(times):7.0f} turns/s   processor {processor:7.3f} ms"
    )


async def run(turns: int) -> None:
    """Measure every case."""
    # On a server the line of the request says how its turn ended; here each would write its own.
    configure_logs("json", "warning")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sessions.sqlite3"

        plan = RuntimePlan(
            open_catalogue(()),
            functools.partial(stores.open_store, f"sqlite:{path}"),
            None,
            settings=Settings(),
            clock=lambda: datetime.now(UTC),
        )
        async with plan.open() as runtime:
            await runtime.learn()
            for (name, locale), kinds in CASES.items():
                served = runtime.catalogue.named(name)
                assert served is not None
                for kind, texts in kinds.items():
                    print(f"{name} {locale} {kind:6}", end="")
                    address = Address(served.id, bot.TEST_ALIAS.identifier, locale, f"bench-{kind}")
                    await measure(runtime, address, texts, turns, vary=kind == "free")


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(
        description=(sys.modules[__name__].__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--turns", type=int, default=600)
    asyncio.run(run(parser.parse_args().turns))


if __name__ == "__main__":
    main()
