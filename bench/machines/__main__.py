"""Three machines behind nginx, under load, while one after the other of their parts fails.

    python -m bench.machines                     # as root: each part in a network namespace
    python -m bench.machines --store redis --seconds 20
    python -m bench.machines --from SRC          # the machines run SRC first, and are upgraded

It prints what it saw as a table, and ends with 1 where a promise was broken.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import tempfile
from pathlib import Path

from bench.machines.cluster import Cluster
from bench.machines.places import network
from bench.machines.story import report, tell

_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.machines", description=__doc__)
    parser.add_argument("--store", choices=("postgres", "redis"), default="postgres")
    parser.add_argument("--seconds", type=float, default=10, help="of each phase")
    parser.add_argument("--talkers", type=int, default=12)
    parser.add_argument("--watchers", type=int, default=3)
    parser.add_argument("--loopback", action="store_true", help="no namespaces; nobody is cut off")
    parser.add_argument("--from", dest="source", type=Path, help="the src folder of a release")
    given = parser.parse_args()
    # Whatever ends this ends what it started: machines, and the namespaces that they stand in.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with (
        # In memory where that is there: a slow disk is not what is looked at.
        tempfile.TemporaryDirectory(prefix="daehwa-machines-", dir=_MEMORY) as folder,
        network(loopback=given.loopback) as places,
    ):
        cluster = Cluster(places, Path(folder), kind=given.store, source=given.source)
        try:
            cluster.open()
            seen = asyncio.run(
                tell(
                    cluster,
                    seconds=given.seconds,
                    talkers=given.talkers,
                    watchers=given.watchers,
                    upgrade=given.source is not None,
                )
            )
        finally:
            cluster.close()
    print(report(seen))
    return 0 if seen.kept else 1


if __name__ == "__main__":
    sys.exit(main())
