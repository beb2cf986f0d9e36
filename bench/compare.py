"""This checkout beside an earlier revision, interleaved: is anything slower?

    python bench/compare.py 98e9a98 [--rounds 7] [--turns 600] [--only turn,import,serve,http]

The revision is checked out beside this one for as long as it takes, and runs with this Python and
its packages. Each row is what the new one takes over what the old one takes: the median of the
pairs, and the lowest of the new over the lowest of the old, which says more on a busy machine.

* ``turn``: a turn in process; each revision's own ``bench/turn.py``, the median of its turns
* ``import``: processor time of importing the command that serves, and each Lambda entry point
* ``serve``: ``daehwa serve`` from the command to ``/readyz``, by the clock and in processor time;
  the bots have been learned before
* ``http``: processor time of a turn over HTTP, eight connections, each turn in a fresh session

The old revision lacks what was added since: audit, limits, traces, checks of who asks. The rows
of ``http`` pay for those.
"""

import argparse
import asyncio
import contextlib
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.turn_http import Make, chat_turns, cpu_of_family, free_port, lex_turns, load, running  # noqa: E402

GREETING = "안녕하세요"
HTTP: dict[str, Make] = {
    "/chat": chat_turns("HELLOWORLD", "ko_KR", [GREETING]),
    "Lex API": lex_turns("HELLOWORLD", "ko_KR", [GREETING]),
}
IMPORTS = {
    # Of the commands one is imported; up to 98e9a98 all were.
    "the command, to serve": "import daehwa.cli.serve",
    "the chat function": "import daehwa.aws.chat",
    "the chat function that streams": "import daehwa.aws.streaming",
    # What asks the model stood elsewhere up to 98e9a98.
    "the code hook": (
        "import daehwa.aws.hook\n"
        "try: import daehwa.aws.chatgpt\n"
        "except ImportError: import daehwa.answers.lambda_hook"
    ),
}
_ROW = re.compile(r"^(\S+ \S+ \S+)\s+p50\s+([0-9.]+) ms", re.MULTILINE)
CONNECTIONS = 8
# Of a second, by a server that has nothing to do; and how long that is waited for.
IDLE_SECONDS = 0.03
MOST_SECONDS = 60


class Pairs:
    """What both sides took, in the order in which they took turns."""

    def __init__(self) -> None:
        self.taken: dict[str, tuple[list[float], list[float]]] = {}

    def add(self, name: str, side: int, value: float) -> None:
        """Note what a side (0 is the old one) took."""
        self.taken.setdefault(name, ([], []))[side].append(value)

    def show(self, unit: str) -> None:
        """Print a row for each name."""
        for name, (old, new) in self.taken.items():
            ratio = statistics.median(b / a for a, b in zip(old, new, strict=True))
            print(
                f"  {name:34} {statistics.median(old):8.3f} -> {statistics.median(new):8.3f} {unit}"
                f"   ratio {ratio:.3f}   of the lowest {min(new) / min(old):.3f}",
                flush=True,
            )


def sides(number: int) -> tuple[int, int]:
    """The order of a round: who begins changes."""
    return (0, 1) if number % 2 else (1, 0)


def environ_of(root: Path) -> dict[str, str]:
    """The environment in which a revision runs."""
    return {**os.environ, "PYTHONPATH": str(root / "src"), "DAEHWA_LOG": "json"}


@contextlib.contextmanager
def checkout(revision: str) -> Iterator[Path]:
    """A worktree of the revision, until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "old"
        # Both are compiled once, wherever they may not write beside their sources.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--detach", str(root), revision], check=True)
        try:
            yield root
        finally:
            subprocess.run([*git, "remove", "--force", str(root)], check=True)


# --- a turn in process ----------------------------------------------------------------


def compare_turns(roots: tuple[Path, Path], rounds: int, turns: int) -> None:
    """The medians that each revision's own ``bench/turn.py`` prints."""
    pairs = Pairs()
    for number in range(rounds):
        for side in sides(number):
            script = roots[side] / "bench/turn.py"
            written = subprocess.run(
                [sys.executable, str(script), "--turns", str(turns)],
                check=True,
                env=environ_of(roots[side]),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            ).stdout
            for name, median in _ROW.findall(written):
                pairs.add(name, side, float(median))
    pairs.show("ms")


# --- importing ------------------------------------------------------------------------


def processor_ms(script: str, root: Path) -> float:
    """The processor time of a fresh process that runs a script, in milliseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", script], check=True, env=environ_of(root))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def compare_imports(roots: tuple[Path, Path], rounds: int) -> None:
    """The interpreter's own time is in these."""
    pairs = Pairs()
    for number in range(rounds + 1):
        for name, script in IMPORTS.items():
            for side in sides(number):
                taken = processor_ms(script, roots[side])
                if number:  # the first one compiles
                    pairs.add(name, side, taken)
    pairs.show("ms")


# --- the server -----------------------------------------------------------------------


def serve_command(port: int, data: Path) -> list[str | Path]:
    """The command that serves the example bots."""
    command = [sys.executable, "-m", "daehwa", "serve", "--answer", "none"]
    return [*command, "--port", str(port), "--data", data]


def ready(port: int) -> bool:
    """Whether the server says that it is."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=30).close()
    except (urllib.error.URLError, OSError):
        return False
    return True


def start(root: Path, data: Path) -> tuple[float, float]:
    """Seconds from the command to ``/readyz``: by the clock, and the processor's."""
    port = free_port()
    began = time.perf_counter()
    command = serve_command(port, data)
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=environ_of(root), stdout=quiet, stderr=quiet) as server:
        try:
            while not ready(port):
                time.sleep(0.01)
            return time.perf_counter() - began, cpu_of_family(server.pid)
        finally:
            server.terminate()


def compare_starts(roots: tuple[Path, Path], rounds: int) -> None:
    """Each revision learns its bots in a folder of its own first."""
    pairs = Pairs()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds + 1):
            for side in sides(number):
                clock, processor = start(roots[side], Path(folder) / str(side))
                if number:
                    pairs.add("by the clock", side, clock)
                    pairs.add("processor time", side, processor)
    pairs.show("s")


def settle(pid: int) -> None:
    """Wait until a server does nothing on its own any more: it is ready before all is learned."""
    taken, begun = -1.0, time.monotonic()
    while cpu_of_family(pid) > taken + IDLE_SECONDS and time.monotonic() - begun < MOST_SECONDS:
        taken = cpu_of_family(pid)
        time.sleep(1)


def http_round(pid: int, port: int, make: Make) -> float:
    """The server's processor time of a turn, in milliseconds."""
    before = cpu_of_family(pid)
    times, _ = asyncio.run(load(port, make, 0.5, CONNECTIONS))
    return (cpu_of_family(pid) - before) * 1000 / len(times)


def compare_http(roots: tuple[Path, Path], rounds: int) -> None:
    """Both servers run; rounds of half a second alternate."""
    pairs = Pairs()
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        servers = []
        for side, root in enumerate(roots):
            port = free_port()
            command = serve_command(port, Path(folder) / str(side))
            address = f"http://127.0.0.1:{port}/readyz"
            process = stack.enter_context(running(command, address, **environ_of(root)))
            servers.append((process.pid, port))
        for pid, _ in servers:
            settle(pid)
        for number in range(2 * rounds + 1):
            for name, make in HTTP.items():
                for side in sides(number):
                    taken = http_round(*servers[side], make)
                    if number:
                        pairs.add(name, side, taken)
    pairs.show("ms")


def main() -> None:
    """Read the command line and compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("revision", help="the earlier revision, as git knows it")
    parser.add_argument("--rounds", type=int, default=7, help="pairs of each")
    parser.add_argument("--turns", type=int, default=600, help="of a run in process")
    parser.add_argument("--only", default="turn,import,serve,http", help="which of these")
    options = parser.parse_args()
    with checkout(options.revision) as old:
        roots = (old, ROOT)
        kinds: dict[str, Callable[[], None]] = {
            "turn": lambda: compare_turns(roots, options.rounds, options.turns),
            "import": lambda: compare_imports(roots, options.rounds),
            "serve": lambda: compare_starts(roots, options.rounds),
            "http": lambda: compare_http(roots, options.rounds),
        }
        for name in options.only.split(","):
            print(f"{name}, new over {options.revision}:", flush=True)
            kinds[name]()


if __name__ == "__main__":
    main()
