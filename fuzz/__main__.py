"""``python -m fuzz --minutes N``: go on with the campaign.

    python -m fuzz [--minutes N] [--target NAME ...] [--folder DIR] [--seed N]

Runs in this process, one case after another. What was found is printed as tests to paste and
stays in the folder (``.fuzz``) beside the counts; the exit status is 1 then.
``--seed`` begins every target at that seed, in place of where the last run ended.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from daehwa.server import configure_logs
from fuzz import dialog, understanding, wire
from fuzz.campaign import Campaign, Count, show

_PARTS = (dialog, understanding, wire)


def main() -> int:
    """Run; 1 when something was found."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--target", action="append", help="one or more by name; by default all")
    parser.add_argument("--folder", type=Path, default=Path(".fuzz"))
    parser.add_argument("--seed", type=int)
    arguments = parser.parse_args()
    targets = tuple(target for part in _PARTS for target in part.targets())
    names = [target.name for target in targets]
    wanted = arguments.target or names
    if unknown := set(wanted) - set(names):
        parser.error(f"no such target: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    chosen = tuple(target for target in targets if target.name in wanted)
    configure_logs("off")
    campaign = Campaign(arguments.folder, chosen, show)
    if arguments.seed is not None:
        for name in wanted:
            campaign.counts.setdefault(name, Count()).seed = arguments.seed
    campaign.run(arguments.minutes * 60)
    show(campaign.summary())
    return 1 if campaign.findings else 0


if __name__ == "__main__":
    sys.exit(main())
