"""The faults: each a context in which a part of the world is broken, really."""

from __future__ import annotations

import asyncio
import os
import random
import resource
import shutil
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any, Final, get_args

import msgspec
import psycopg
import redis

from chaos.world import WATCHDOG_SECONDS, StoreName, World, until
from daehwa.answers.testing import Cut, Fail, Raw, Silence

Breaking = Callable[[World, random.Random], AbstractAsyncContextManager[None]]

EVERY: Final[frozenset[StoreName]] = frozenset(get_args(StoreName))
_PAGE = 4096
_START_SECONDS = 60.0


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of fault. ``broken`` is the context; leaving it ends the fault.

    ``stores`` are those with which it can be had, ``workers`` how many it takes. ``cuts`` and
    ``loses`` are as an ``Outage`` has them, ``starts`` says that a process has to start again.
    ``at_once``: it is over as soon as it has begun.
    """

    name: str
    broken: Breaking
    stores: frozenset[StoreName] = EVERY
    workers: int = 1
    cuts: bool = False
    loses: bool = False
    starts: bool = False
    at_once: bool = False


FAULTS: dict[str, Fault] = {}
"""Every kind, by name."""


def fault(name: str, **given: Any) -> Callable[[Callable[..., AsyncIterator[None]]], Breaking]:
    """Register a generator that breaks something, yields, and fixes it."""

    def register(breaking: Callable[..., AsyncIterator[None]]) -> Breaking:
        broken = asynccontextmanager(breaking)
        stores: frozenset[StoreName] = (
            frozenset({given.pop("store")}) if "store" in given else EVERY
        )
        FAULTS[name] = Fault(name=name, broken=broken, stores=stores, **given)
        return broken

    return register


# --- processes ------------------------------------------------------------------------


@fault("worker killed", workers=2, starts=True, cuts=True, at_once=True)
async def _worker_killed(world: World, chance: random.Random) -> AsyncIterator[None]:
    os.kill(chance.choice(sorted(world.served.workers())), signal.SIGKILL)
    yield


@fault("worker frozen", workers=2, starts=True, cuts=True, at_once=True)
async def _worker_frozen(world: World, chance: random.Random) -> AsyncIterator[None]:
    victim = chance.choice(sorted(world.served.workers()))
    os.kill(victim, signal.SIGSTOP)
    # Nobody thaws it: its parent has to end it.
    over = await until(lambda: victim not in world.served.workers(), 3 * WATCHDOG_SECONDS)
    if not over:
        os.kill(victim, signal.SIGKILL)
        raise AssertionError("the watchdog left a frozen worker alone")
    yield


@fault("server killed", starts=True, cuts=True, at_once=True)
async def _server_killed(world: World, _: random.Random) -> AsyncIterator[None]:
    await world.served.end(signal.SIGKILL)
    world.served.start()
    yield


@fault("server ended in order", starts=True, cuts=True, at_once=True)
async def _server_ended(world: World, _: random.Random) -> AsyncIterator[None]:
    await world.served.end(signal.SIGTERM)
    world.served.start()
    yield


@fault("server frozen")
async def _server_frozen(world: World, _: random.Random) -> AsyncIterator[None]:
    world.served.signal(signal.SIGSTOP)
    yield
    world.served.signal(signal.SIGCONT)


@fault("clock ahead")
async def _clock_ahead(world: World, _: random.Random) -> AsyncIterator[None]:
    world.clock.write_text("+240", encoding="ascii")
    yield
    world.clock.write_text("+0", encoding="ascii")


@fault("clock behind")
async def _clock_behind(world: World, _: random.Random) -> AsyncIterator[None]:
    world.clock.write_text("-240", encoding="ascii")
    yield
    world.clock.write_text("+0", encoding="ascii")


# --- what the server asks -------------------------------------------------------------


def _hook(name: str, mode: str) -> None:
    @fault(f"hook {name}")
    async def failing(world: World, _: random.Random) -> AsyncIterator[None]:
        world.hook_mode.write_text(mode, encoding="ascii")
        yield
        world.hook_mode.write_text("", encoding="ascii")


def _remote_hook(name: str, mode: Any) -> None:
    @fault(f"hook's endpoint {name}")
    async def failing(world: World, _: random.Random) -> AsyncIterator[None]:
        world.hook.mode = mode
        yield
        world.hook.mode = ""


_hook("raises", "raise")
_hook("hangs", "hang")
_hook("ends its process", "die")
_hook("crashes", "crash")
_hook("holds the interpreter", "hold")
_remote_hook("fails", "fail")
_remote_hook("hangs", "hang")
_remote_hook("cuts", "cut")
_remote_hook("sends HTML", "html")


@fault("hook's endpoint away")
async def _remote_hook_away(world: World, _: random.Random) -> AsyncIterator[None]:
    async with world.hook.away():
        yield


@fault("model away")
async def _model_away(world: World, _: random.Random) -> AsyncIterator[None]:
    async with world.model.away():
        yield


_HTML = b"<html><head><title>502 Bad Gateway</title></head></html>"
_MODEL_FAILURES = {
    "fails": Fail(503),
    "is out of quota": Fail(429, code="insufficient_quota"),
    "hangs": Silence(),
    "hangs after some words": Silence("An answer to"),
    "cuts": Cut("An answer to"),
    "sends HTML": Raw(_HTML, content_type="text/html"),
}


def _model(name: str, reply: Any) -> None:
    @fault(f"model {name}")
    async def failing(world: World, _: random.Random) -> AsyncIterator[None]:
        async with world.model.failing(reply):
            yield


for _name, _reply in _MODEL_FAILURES.items():
    _model(_name, _reply)


# --- the offline model ----------------------------------------------------------------


async def _offline_model(world: World) -> int:
    """Its process, once there is one."""
    if not await until(lambda: world.served.offline_model() is not None, _START_SECONDS):
        raise AssertionError("the offline model was not started")
    pid = world.served.offline_model()
    assert pid is not None
    return pid


@fault("offline model killed", starts=True, at_once=True)
async def _offline_killed(world: World, _: random.Random) -> AsyncIterator[None]:
    os.kill(await _offline_model(world), signal.SIGKILL)
    yield


@fault("offline model frozen")
async def _offline_frozen(world: World, _: random.Random) -> AsyncIterator[None]:
    victim = await _offline_model(world)
    os.kill(victim, signal.SIGSTOP)
    yield
    with suppress(ProcessLookupError):
        os.kill(victim, signal.SIGCONT)


@fault("offline model wedged", starts=True, at_once=True)
async def _offline_wedged(world: World, _: random.Random) -> AsyncIterator[None]:
    victim = await _offline_model(world)
    os.kill(victim, signal.SIGSTOP)
    # Nobody thaws it: whoever started it has to end it.
    if not await until(lambda: world.served.offline_model() != victim, _START_SECONDS):
        os.kill(victim, signal.SIGKILL)
        raise AssertionError("a wedged offline model was left alone")
    yield


@fault("offline model out of memory", starts=True)
async def _offline_out_of_memory(world: World, _: random.Random) -> AsyncIterator[None]:
    victim = await _offline_model(world)
    pages = int(Path(f"/proc/{victim}/statm").read_text("ascii").split()[0])
    size = pages * os.sysconf("SC_PAGE_SIZE")
    limits = resource.prlimit(victim, resource.RLIMIT_AS)
    # No page more than it has: what it asks the system for from now on ends with ENOMEM.
    resource.prlimit(victim, resource.RLIMIT_AS, (size, limits[1]))
    yield
    with suppress(ProcessLookupError):
        resource.prlimit(victim, resource.RLIMIT_AS, limits)


@fault("offline model's weights cannot be read (EIO)", store="sqlite", starts=True)
async def _offline_unreadable(world: World, _: random.Random) -> AsyncIterator[None]:
    victim = await _offline_model(world)
    world.lost_weights.touch()
    # What the kernel sends to whom it cannot give a page of a file that is in its memory.
    os.kill(victim, signal.SIGBUS)
    yield
    world.lost_weights.unlink()


# --- SQLite ---------------------------------------------------------------------------

_LOCKER = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1], isolation_level=None)
other.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""


@fault("disk full", store="sqlite")
async def _disk_full(world: World, _: random.Random) -> AsyncIterator[None]:
    assert world.fill is not None
    make_room = world.fill()
    yield
    make_room()


@fault("writes fail (EIO)", store="sqlite")
async def _writes_fail(world: World, _: random.Random) -> AsyncIterator[None]:
    world.eio.touch()
    yield
    world.eio.unlink()


@fault("locked by another program", store="sqlite")
async def _locked(world: World, _: random.Random) -> AsyncIterator[None]:
    pipe = asyncio.subprocess.PIPE
    locker = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _LOCKER, str(world.database), stdin=pipe, stdout=pipe
    )
    assert locker.stdout is not None
    await locker.stdout.readline()
    yield
    locker.kill()
    await locker.wait()


@fault("file deleted", store="sqlite", loses=True, at_once=True)
async def _deleted(world: World, _: random.Random) -> AsyncIterator[None]:
    for end in ("", "-wal", "-shm"):
        Path(f"{world.database}{end}").unlink(missing_ok=True)
    yield


@fault("WAL deleted", store="sqlite", at_once=True)
async def _wal_deleted(world: World, _: random.Random) -> AsyncIterator[None]:
    Path(f"{world.database}-wal").unlink(missing_ok=True)
    yield


@fault("pages torn, file restored", store="sqlite", starts=True, cuts=True, loses=True)
async def _torn(world: World, chance: random.Random) -> AsyncIterator[None]:
    """As after a bad disk: whoever runs the server stops it and puts a copy back."""
    copy = world.folder / "copy.sqlite3"
    with closing(sqlite3.connect(world.database)) as source, closing(sqlite3.connect(copy)) as to:
        source.backup(to)
    with world.database.open("r+b") as file:
        pages = world.database.stat().st_size // _PAGE
        for page in range(3, pages):
            file.seek(page * _PAGE)
            file.write(chance.randbytes(_PAGE))
    yield
    await world.served.end(signal.SIGKILL)
    for end in ("-wal", "-shm"):
        Path(f"{world.database}{end}").unlink(missing_ok=True)
    shutil.copyfile(copy, world.database)
    copy.unlink()
    world.served.start()


# --- Redis and PostgreSQL -------------------------------------------------------------


def _both(name: str, broken: Callable[[World, random.Random], AsyncIterator[None]]) -> None:
    for store, shown in (("redis", "Redis"), ("postgres", "PostgreSQL")):
        fault(f"{shown} {name}", store=store)(broken)


async def _data_killed(world: World, _: random.Random) -> AsyncIterator[None]:
    world.data.kill()
    yield
    await asyncio.to_thread(world.data.start)


async def _data_restarted(world: World, _: random.Random) -> AsyncIterator[None]:
    await asyncio.to_thread(world.data.stop)
    yield
    await asyncio.to_thread(world.data.start)


async def _data_frozen(world: World, _: random.Random) -> AsyncIterator[None]:
    world.data.freeze()
    yield
    world.data.thaw()


_both("killed", _data_killed)
_both("stopped in order", _data_restarted)
_both("frozen", _data_frozen)


def _redis(world: World) -> Any:
    return redis.Redis.from_url(world.data_url)


@fault("Redis out of memory", store="redis")
async def _redis_full(world: World, _: random.Random) -> AsyncIterator[None]:
    with _redis(world) as client:
        client.config_set("maxmemory-policy", "noeviction")
        client.config_set("maxmemory", "1mb")
        yield
        client.config_set("maxmemory", "0")


@fault("Redis's connections cut", store="redis", at_once=True)
async def _redis_cut(world: World, _: random.Random) -> AsyncIterator[None]:
    with _redis(world) as client:
        client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    yield


@fault("Redis takes no connections", store="redis")
async def _redis_closed(world: World, _: random.Random) -> AsyncIterator[None]:
    with _redis(world) as client:
        client.config_set("maxclients", "1")
        client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        yield
        client.config_set("maxclients", "10000")


_OTHERS = "datname = 'chaos' AND pid <> pg_backend_pid()"


@fault("PostgreSQL's connections cut", store="postgres", at_once=True)
async def _postgres_cut(world: World, _: random.Random) -> AsyncIterator[None]:
    with psycopg.connect(world.data_url, autocommit=True) as other:
        other.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {_OTHERS}")
    yield


@fault("PostgreSQL takes no connections", store="postgres")
async def _postgres_closed(world: World, _: random.Random) -> AsyncIterator[None]:
    with psycopg.connect(world.data_url, autocommit=True) as other:
        other.execute("ALTER DATABASE chaos ALLOW_CONNECTIONS false")
        other.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {_OTHERS}")
        yield
        other.execute("ALTER DATABASE chaos ALLOW_CONNECTIONS true")


@fault("PostgreSQL's tables locked", store="postgres")
async def _postgres_locked(world: World, _: random.Random) -> AsyncIterator[None]:
    with psycopg.connect(world.data.url.format("chaos")) as other:
        other.execute("LOCK TABLE daehwa.sessions, daehwa.turns, daehwa.upkeep")
        yield
        with suppress(psycopg.Error):
            other.rollback()
