"""A store of a million turns beside an empty one: what a turn's load and save cost.

    python bench/store_size.py [--turns 1000000] [--rounds 20] [--folder FOLDER]

The full store has ten turns in each of its sessions, the empty one but two thousand in all. Then
both take turns in alternating blocks: ``fresh`` begins sessions, ``recent`` goes on in one of the
last two hundred, ``any age`` in one of all. Times are of this process's processor, where SQLite
works. ``a whole turn`` is the processor time of a server on each of the two, for a turn through
``/chat`` in a fresh session, once the server has looked through what expired. ``tidying`` is the
longest single call, in milliseconds, of a pass that forgets a thousand sessions: that long others
wait. With ``--folder`` the stores stay there, and are not filled again.
"""

import argparse
import asyncio
import contextlib
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.turn_http import Side, chat_turns, free_port, running

from daehwa import stores
from daehwa.stores.sqlite_saving import Save, save_one
from daehwa.stores.sqlite_setup import Execute
from daehwa.stores.turn_kinds import kind_number

NOW = datetime.now(UTC)
TURNS_EACH = 10
SMALL = 2000
TOGETHER = 500
# Younger than what a server deletes as too old.
OLDEST = timedelta(days=20)
BLOCK = 200
IDLE_SHARE = 0.03
# As the server names it in its data folder.
FILE = "daehwa.sqlite3"
SESSION, REPLY = b"s" * 700, b"r" * 1200
KIND, FIGURES = b"k" * 200, b"f" * 40
BOT = "HELLOWORLD"


def key(name: str) -> stores.SessionKey:
    """A session of the example bot."""
    return stores.SessionKey(BOT, "TSTALIASID", "ko_KR", name)


def name_of(number: int) -> str:
    """A session id as the page makes them: nothing in it is in order."""
    return random.Random(number).randbytes(12).hex()


async def take_turn(store: stores.SQLiteStore, name: str, at: datetime) -> None:
    """What a turn asks of the store."""
    stored = await store.load(key(name), at)
    await store.save(
        key(name),
        SESSION,
        expected_version=None if stored is None else stored.version,
        expires_at=at + timedelta(minutes=5),
        turn=turn_at(at),
    )


def turn_at(at: datetime) -> stores.TurnRecord:
    """A turn as the example bot's are, in what it takes in the store."""
    return stores.TurnRecord(
        message_id=random.randbytes(16).hex(),
        text="안녕하세요",
        at=at,
        reply=REPLY,
        facts=stores.TurnFacts(kind=KIND, figures=FIGURES),
    )


async def fill(path: Path, turns: int) -> None:
    """Fill a new store; the oldest sessions are ``OLDEST``.

    The rows are those of as many calls of ``save``, in transactions of a thousand turns and more.
    """
    await stores.SQLiteStore(path).close()  # which makes its tables
    sessions = turns // TURNS_EACH
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for setting in ("synchronous = OFF", "cache_size = -200000", "wal_autocheckpoint = 20000"):
            connection.execute(f"PRAGMA {setting}")
        execute = connection.cursor().execute
        for first in range(0, sessions, TOGETHER):
            end = min(first + TOGETHER, sessions)
            execute("BEGIN")
            lay_down(execute, range(first, end), NOW - OLDEST * (1 - end / sessions))
            execute("COMMIT")
        # As a server has done with what has expired.
        execute("UPDATE sessions SET session = x'' WHERE expires_at < ?", (stores.to_micros(NOW),))


def lay_down(execute: Execute, sessions: range, at: datetime) -> None:
    """Write the turns of sessions that were held at the same time."""
    until = stores.to_micros(at + timedelta(minutes=5))
    versions: dict[int, int] = {}
    for _ in range(TURNS_EACH):
        for number in sessions:
            turn = turn_at(at)
            save = Save(
                key=key(name_of(number)),
                session=SESSION,
                expected_version=versions.get(number),
                expires_at=until,
                turn=turn,
                started=False,
                kind=kind_number(BOT, turn),
                new_kind=number == sessions.start,
            )
            versions[number] = save_one(execute, save)


async def microseconds(store: stores.SQLiteStore, names: Sequence[str]) -> float:
    """The processor time of one of a block of turns."""
    began = time.process_time()
    for name in names:
        await take_turn(store, name, NOW)
    return (time.process_time() - began) / len(names) * 1e6


async def tidy(store: stores.SQLiteStore) -> float:
    """Forget a thousand sessions as the server does; the longest call, in seconds."""
    longest = 0.0
    before = NOW - OLDEST * 0.97
    for _ in range(100):
        began = time.perf_counter()
        await store.purge(before, limit=10)
        longest = max(longest, time.perf_counter() - began)
    more = True
    while more:
        began = time.perf_counter()
        more = await store.give_back_space()
        longest = max(longest, time.perf_counter() - began)
    return longest


def rest(side: Side) -> None:
    """Wait until a server has nothing more to do: it looks through what has expired meanwhile."""
    before = -1.0
    while side.cpu_seconds() - before > IDLE_SHARE:
        before = side.cpu_seconds()
        time.sleep(1)


def whole_turns(rounds: int, folder: Path) -> None:
    """A server on each store; rounds of half a second alternate."""
    talk = chat_turns(BOT, "ko_KR", ["안녕하세요"])
    with contextlib.ExitStack() as stack:
        sides = []
        for name in ("empty", "full"):
            port = free_port()
            command = [sys.executable, "-m", "daehwa", "serve", "--port", str(port)]
            command += ["--data", str(folder / name), "--answer", "none"]
            ready = f"http://127.0.0.1:{port}/readyz"
            sides.append(Side(port, stack.enter_context(running(command, ready))))
        for side in sides:
            rest(side)
        for number in range(rounds):
            for side in sides if number % 2 else sides[::-1]:
                side.crowd(talk, 0.5)
    small, large = (statistics.median(side.cpu) * 1e6 for side in sides)
    pairs = zip(sides[0].cpu, sides[1].cpu, strict=True)
    ratio = statistics.median(full / empty for empty, full in pairs)
    print(f"a whole turn: empty {small:.0f} us, full {large:.0f} us, ratio {ratio:.2f}")


async def run(turns: int, rounds: int, folder: Path) -> None:
    """Fill one store, compare both, and tidy the full one up."""
    filled = (folder / "full").exists()
    began = time.monotonic()
    if not filled:
        await fill(folder / "empty" / FILE, SMALL)
        await fill(folder / "full" / FILE, turns)
    empty, full = (stores.SQLiteStore(folder / name / FILE) for name in ("empty", "full"))
    size = sum(file.stat().st_size for file in (folder / "full").iterdir()) / 1e6
    print(f"{turns} turns: {size:.0f} MB, filled in {time.monotonic() - began:.0f} s", flush=True)
    few, many = SMALL // TURNS_EACH, turns // TURNS_EACH
    times: dict[tuple[str, int], list[float]] = {}
    for number in range(rounds):
        for store in (empty, full) if number % 2 else (full, empty):
            fresh = [random.randbytes(12).hex() for _ in range(BLOCK)]
            sessions = few if store is empty else many
            recent = [name_of(sessions - 1 - random.randrange(few)) for _ in fresh]
            any_age = [name_of(random.randrange(sessions)) for _ in fresh]
            for kind, names in (("fresh", fresh), ("recent", recent), ("any age", any_age)):
                times.setdefault((kind, id(store)), []).append(await microseconds(store, names))
    for kind in ("fresh", "recent", "any age"):
        small, large = (statistics.median(times[kind, id(store)]) for store in (empty, full))
        print(f"{kind}: empty {small:.1f} us, full {large:.1f} us, ratio {large / small:.2f}")
    print(f"tidying: {await tidy(full) * 1000:.1f} ms at most")
    for store in (empty, full):
        await store.close()


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(
        description=(sys.modules[__name__].__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--turns", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--folder", type=Path, help="where the stores stay")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or Path(made)
        asyncio.run(run(options.turns, options.rounds, folder))
        whole_turns(options.rounds, folder)


if __name__ == "__main__":
    main()
