"""What limits cost a turn: a server that limits beside one that does not, by turns.

    python bench/limits.py [--seconds 3] [--rounds 5] [--store URL] [--json FILE]

Both serve the example bots over ``/chat``; rounds alternate between them, so that a busy machine
slows both. What counts is the processor time of a turn. Each limit is counted (session, address,
budget off) with the bursts of the defaults, so that tokens are drawn and settled as often as there,
and rates that no load here reaches.

* ``one turn``: each session takes one turn, which is the most buckets that there can be
* ``twenty turns``: conversations of twenty turns
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.turn_http import Side, chat_turns, free_port, running

LIMITS = """
[limits]
enforce = {enforce}
[limits.turns]
session = "1000/s burst 30"
address = "1000000/s burst 600"
key = "off"
"""
GREETING = "안녕하세요"
TALKS = {"one turn": 1, "twenty turns": 20}


def serving(stack: ExitStack, folder: Path, options: argparse.Namespace, *, enforce: bool) -> Side:
    """A server of its own, which limits or does not."""
    name = "limited" if enforce else "free"
    config = folder / f"{name}.toml"
    store = f'[store]\nurl = "{options.store}"\n' if options.store else ""
    config.write_text(store + LIMITS.format(enforce=str(enforce).lower()))
    port = free_port()
    command = [sys.executable, "-m", "daehwa", "serve", "--port", str(port), "--answer", "none"]
    command += ["--config", str(config), "--data", str(folder / name)]
    address = f"http://127.0.0.1:{port}/readyz"
    return Side(port, stack.enter_context(running(command, address, DAEHWA_LOG="off")))


def rows(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """A row for each kind of talk."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        free, limited = (
            serving(stack, Path(folder), options, enforce=enforce) for enforce in (False, True)
        )
        for name, turns in TALKS.items():
            talk = chat_turns("HELLOWORLD", "ko_KR", [GREETING] * turns)
            for side in (free, limited):
                side.cpu.clear()
                side.rates.clear()
            for _ in range(options.rounds):
                free.round(talk, options.seconds)
                limited.round(talk, options.seconds)
            shares = [after / before for before, after in zip(free.cpu, limited.cpu, strict=True)]
            yield {
                "talk": name,
                "free_cpu_ms": round(statistics.median(free.cpu) * 1000, 3),
                "limited_cpu_ms": round(statistics.median(limited.cpu) * 1000, 3),
                "ratio": round(statistics.median(shares), 3),
            }


def main() -> None:
    """Measure, and print a line for each kind of talk."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=5, help="of both servers by turns")
    parser.add_argument("--store", help="the session store's url; SQLite by default")
    parser.add_argument("--json", type=Path, help="write the rows to this file")
    options = parser.parse_args()
    written = []
    for row in rows(options):
        written.append(row)
        print(
            f"{row['talk']:14} cpu {row['free_cpu_ms']:.3f} ms free, "
            f"{row['limited_cpu_ms']:.3f} ms limited: {row['ratio']:.3f} times",
            flush=True,
        )
    if options.json:
        options.json.write_text(json.dumps(written, indent=2) + "\n")


if __name__ == "__main__":
    main()
