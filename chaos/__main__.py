"""``make chaos``: break a server's parts while people talk to it, and see what came of it.

    python -m chaos [--seed N] [--minutes M] [--store sqlite|redis|postgres] [--workers N]
                    [--plan FAULT ...] [--short] [--list] [--json FILE] [--history FILE]

The same seed gives the same plan. ``--plan`` chooses kinds of faults, ``--list`` names them;
``--short`` is what CI runs, with more patience for a busy machine.
The exit status is 1 when something was lost, doubled, mixed up, left without an answer, or not
well again in time (``--recovery`` seconds, and those of a start where a process has to start).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import sys
from collections import Counter
from pathlib import Path
from typing import Final, get_args

import msgspec

from chaos.faults import FAULTS
from chaos.plan import plan
from chaos.run import Orders, Report, figures, run
from chaos.world import Missing, StoreName

SHORT: Final = ("worker killed", "disk full", "locked by another program", "hook raises")
"""The kinds of faults that CI tries: those that are over soon, one of each part."""
_SHORT_MINUTES = 3.0  # on a busy machine
_SHORT_RECOVERY = 60.0


def main() -> int:
    """Run; 1 when the history has something wrong."""
    parser = argparse.ArgumentParser(prog="python -m chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**31))
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--store", choices=get_args(StoreName), default="sqlite")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--clients", type=int, default=12)
    parser.add_argument("--recovery", type=float, default=10.0)
    parser.add_argument("--plan", action="append", metavar="FAULT", default=[])
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--history", type=Path, metavar="FILE")
    given = parser.parse_args()
    if given.list:
        for fault in FAULTS.values():
            print(f"{fault.name:32} {', '.join(sorted(fault.stores))}")
        return 0
    orders = Orders(
        seed=given.seed,
        store=given.store,
        minutes=_SHORT_MINUTES if given.short else given.minutes,
        workers=given.workers,
        clients=given.clients,
        kinds=SHORT if given.short else tuple(given.plan),
        steps=len(SHORT) if given.short else None,
        recovery=_SHORT_RECOVERY if given.short else given.recovery,
    )
    # Whatever ends this ends what it started: servers, and the small disk.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    print(f"seed {orders.seed}, {orders.store}, {orders.workers} workers", flush=True)
    try:
        next(plan(orders.seed, orders.store, orders.workers, kinds=orders.kinds))
        report = asyncio.run(run(orders, lambda line: print(line, flush=True)))
    except (Missing, LookupError) as error:
        print(error)
        return 2
    if given.json:
        given.json.write_text(json.dumps(figures(report), indent=2) + "\n", encoding="utf-8")
    if given.history:
        given.history.write_bytes(msgspec.json.encode(report.history))
    _show(report)
    # What was named and cannot be had is a fault of the set-up, as for the tests.
    untried = orders.kinds and set(orders.kinds) & report.missing.keys()
    return 1 if report.violations or (untried and os.environ.get("CI")) else 0


def _show(report: Report) -> None:
    print(f"\nfaults tried: {sum(report.faults.values())} of {len(report.faults)} kinds")
    for name, count in sorted(report.faults.items()):
        print(f"  {count:3} {name}")
    for name, why in sorted(report.missing.items()):
        print(f"  NOT TRIED: {name}: {why}")
    ends = ", ".join(f"{count:,} {name}" for name, count in sorted(report.turns.items()))
    print(f"turns: {ends}; lost {report.lost}, doubled {report.doubled}")
    after = f" (after {report.unhealthy_after})" if report.unhealthy_after else ""
    print(f"longest unhealthy time: {report.longest_unhealthy} s{after}")
    print(f"longest request: {report.longest_request} s; a start took {report.starting} s")
    print(f"load of the machine: {report.load} on {os.cpu_count()} processors")
    shown: Counter[str] = Counter()
    for one in report.violations:
        shown[one.kind] += 1
        if shown[one.kind] <= 10:
            print(f"WRONG: {one.kind} {one.session}: {one.words}")
    if report.violations:
        print(f"WRONG: {len(report.violations)} in all")


if __name__ == "__main__":
    sys.exit(main())
