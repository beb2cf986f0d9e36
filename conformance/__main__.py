"""Run the scenarios of Lex's rules: all, or those whose ids have one of the words.

    python -m conformance [process|live|aws] [WORD ...]

The home is ``process`` (the default), ``live`` (boto3 against a ``daehwa serve`` of its own) or
``aws`` (the real Lex; needs ``DAEHWA_CONFORMANCE_AWS=1`` and an account, see
``conformance.aws``; its answers are written to ``conformance/snapshots``).

    python -m conformance suite DIR [WORD ...]

runs the tests on Lex and Kendra of a suite that was recorded against AWS: see
``conformance.recorded``.
"""

from __future__ import annotations

import argparse
import logging
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import structlog

from conformance import recorded
from conformance.aws import Aws, from_environment, left_out
from conformance.in_process import InProcess
from conformance.live import Live
from conformance.scenario import Scenario, Suite, read_suite
from conformance.snapshots import write
from conformance.talking import talk

HOMES = ("process", "live", "aws")
SHARED = Path(__file__).parents[2] / "shared"


def main(arguments: list[str]) -> int:
    """Run the chosen scenarios; 1 when something is not as expected, 2 when none is chosen."""
    if arguments[:1] == ["suite"]:
        return recorded.main(arguments[1:])
    parser = argparse.ArgumentParser(
        prog="python -m conformance",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("words", nargs="*", metavar="WORD", help="a home first, if you like")
    words: list[str] = parser.parse_args(arguments).words
    home = words.pop(0) if words and words[0] in HOMES else "process"
    suite = read_suite()
    shared = SHARED if SHARED.is_dir() else None
    chosen = [s for s in suite.scenarios if not words or any(w in s.id for w in words)]
    wanting = [s for s in chosen if s.public and shared is None]
    if not chosen:
        parser.error(f"no scenario's id has {' or '.join(words)}; docs/conformance.md lists them")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    present = [s for s in chosen if s not in wanting]
    runnable = present if home == "process" else [s for s in present if s.only_in_process is None]
    if home == "aws":
        runnable = [s for s in runnable if left_out(s) is None]
    failed, answers = 0, {}
    with _channel(home, suite, runnable, shared) as channel:
        for scenario in runnable:
            exchanges = talk(scenario, channel)
            answers[scenario.id] = exchanges
            problems = [
                f"  turn {number}: {problem}"
                for number, exchange in enumerate(exchanges, 1)
                for problem in exchange.problems
            ]
            failed += bool(problems)
            if problems:
                print(scenario.id, *problems, sep="\n")
    if home == "aws":
        print(f"written to {write(answers)}")
    print(f"{len(runnable) - failed} of {len(runnable)} scenarios are as they should be", end="")
    unable = len(present) - len(runnable)
    print(f"; {unable} cannot run here" if unable else "", end="")
    print(f"; {len(wanting)} left out for want of ../shared" if wanting else "")
    return 1 if failed else 0


def _channel(
    home: str, suite: Suite, scenarios: list[Scenario], shared: Path | None
) -> AbstractContextManager[Any]:
    if home == "live":
        return Live(suite, scenarios, shared=shared)
    if home == "aws":
        return Aws(suite, from_environment(), shared=shared)
    return InProcess(suite, shared=shared)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
