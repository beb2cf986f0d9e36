"""Several ``daehwa serve`` behind nginx and with one store, while one of them dies under load.

The long form is ``python -m bench.machines``; this one takes the namespaces where it may have
them, and addresses of the loopback interface otherwise.
"""

import asyncio
import shutil
import tempfile
from pathlib import Path

from bench.machines.cluster import Cluster, nginx
from bench.machines.places import network
from bench.machines.story import report, tell


def test_nothing_acknowledged_is_lost_and_no_stream_ends_without_a_word(wanting):
    for command in (nginx(), "redis-server"):
        if shutil.which(command) is None:
            wanting(command, "run `make test-setup` as root, or apt-get install nginx redis-server")
    chapters = ("all well", "a machine is killed", "a bot is rolled out")
    with tempfile.TemporaryDirectory(prefix="daehwa-machines-") as folder, network() as places:
        cluster = Cluster(places, Path(folder), kind="redis", count=2)
        try:
            cluster.open()
            seen = asyncio.run(tell(cluster, seconds=2, talkers=4, watchers=1, chapters=chapters))
        finally:
            cluster.close()
    assert seen.kept, report(seen)
    assert seen.verdict.acknowledged > 0
    assert {said.phase for said in seen.history.turns} >= set(chapters)
    assert set(seen.bot_seconds) == {"a new bot", "its next version"}
