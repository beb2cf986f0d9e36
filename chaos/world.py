"""All that takes part: the server, its store, what it asks, and those who talk to it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Literal, NoReturn

import aiohttp
import psycopg
from tests.data_servers import DataServer, serving_postgres, serving_redis, unused_port
from tests.small_disk import small_disk

from chaos.bots import LEDGER, OFFLINE, REMOTE, save_bots
from chaos.doors import ACCESS_KEY
from chaos.hook import MODE
from chaos.served import Served
from chaos.upstream import EchoingModel, RemoteHook
from daehwa.answers import data_directory
from daehwa.answers.weights import chosen_weights, models_directory

StoreName = Literal["sqlite", "redis", "postgres"]

_DATABASE = "chaos"
_DISK_MEBIBYTES = 64
_WEIGHTS_LOST = "'s weights cannot be read (EIO)"
_OFFLINE_FAULTS = (" killed", " frozen", " wedged", " out of memory", _WEIGHTS_LOST)
WATCHDOG_SECONDS = 5
HOOK_SECONDS = 3
ANSWER_SECONDS = 6
_OFFLINE_PATIENCE_SECONDS = 5


class Missing(Exception):
    """A part of the machine that a fault needs is not there; the cure is named."""


def wanting(part: str, cure: str) -> NoReturn:
    """Say that a part is missing."""
    raise Missing(f"no {part}: {cure}")


class World:
    """The parts of a run. ``missing`` says which faults cannot be had here, and why."""

    def __init__(self, store: StoreName, workers: int) -> None:
        self.store = store
        self.workers = workers
        self.missing: dict[str, str] = {}
        self.offline = False
        self.data: Any = None
        self.data_url = ""
        self.database = Path()
        self.fill: Callable[[], Callable[[], None]] | None = None
        self.model = EchoingModel()
        self.hook = RemoteHook()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[World]:
        """Start everything but the traffic, and end it with the block."""
        async with AsyncExitStack() as stack:
            self.folder = Path(stack.enter_context(_folder()))
            await stack.enter_async_context(self.model)
            await stack.enter_async_context(self.hook.serving())
            url = self._open_store(stack)
            offline = self._offline_answering()
            self.hook_mode = self.folder / "hook-mode"
            self.hook_mode.write_text("", encoding="ascii")
            self.eio = self.folder / "eio"
            self.lost_weights = self.folder / "lost-weights"
            self.clock = self.folder / "clock"
            self.clock.write_text("+0", encoding="ascii")
            hooks = (
                f'[[hooks]]\nbot = "{LEDGER.name}"\npython = "chaos.hook:lambda_handler"\n'
                f"timeout = {HOOK_SECONDS}\n"
                f'[[hooks]]\nbot = "{REMOTE.name}"\nurl = "{self.hook.url}"\n'
                f"timeout = {HOOK_SECONDS}\n"
            )
            (self.folder / "daehwa.toml").write_text(
                f'answer = ["chatgpt"]\nanswer_seconds = {ANSWER_SECONDS}\n'
                f'[store]\nurl = "{url}"\n{hooks}{offline}',
                encoding="utf-8",
            )
            arguments = ["--data", str(self.folder / "data"), "--workers", str(self.workers)]
            arguments += map(str, save_bots(self.folder))
            self.served = Served(self.folder, unused_port(), arguments, self._environment())
            stack.push_async_callback(self.served.close)
            self.served.start()
            yield self

    async def offline_model_answers(self) -> bool:
        """Whether the offline model takes questions; its answers depend on the machine, too."""
        for address in (self.folder / "data" / "embedded").glob("*.json"):
            try:
                served = json.loads(address.read_text("utf-8"))
                headers = {"Authorization": f"Bearer {served['key']}"}
                timeout = aiohttp.ClientTimeout(total=_OFFLINE_PATIENCE_SECONDS)
                async with (
                    aiohttp.ClientSession(timeout=timeout, headers=headers) as session,
                    session.get(f"{served['url']}/v1/models") as response,
                ):
                    return response.status == 200
            except (OSError, ValueError, TimeoutError, aiohttp.ClientError):
                return False
        return False

    def _open_store(self, stack: AsyncExitStack) -> str:
        """The store's address; the faults that need more than that have it at hand."""
        if self.store == "redis":
            # What a Redis that is not to lose anything at its death is run with.
            lasting = {"appendonly": "yes", "appendfsync": "everysec"}
            self.data = stack.enter_context(serving_redis(wanting, **lasting))
            self.data_url = self.data.url.format(0)
            return self.data_url
        if self.store == "postgres":
            self.data = stack.enter_context(serving_postgres(wanting))
            self.data_url = self.data.url.format("postgres")
            with psycopg.connect(self.data_url, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {_DATABASE}")
            return str(self.data.url.format(_DATABASE))
        try:
            disk, self.fill = stack.enter_context(
                small_disk(wanting, self.folder, mebibytes=_DISK_MEBIBYTES)
            )
        except Missing as missing:
            self.missing["disk full"] = str(missing)
            disk = self.folder
        self.database = Path(disk) / "daehwa.sqlite3"
        return f"sqlite:{self.database}"

    def _offline_answering(self) -> str:
        """What the configuration says of the offline model, where its weights are here."""
        weights = chosen_weights(data_directory(), "small", {}).or_instead()
        if not weights.present:
            for name in _OFFLINE_FAULTS:
                self.missing[f"offline model{name}"] = "no weights: daehwa model pull small"
            return ""
        self.offline = True
        folder = models_directory(self.folder / "data")
        folder.mkdir(0o700, parents=True)
        (folder / weights.path.name).symlink_to(weights.path)
        return (
            f'[[answering]]\nbot = "{OFFLINE.name}"\nanswer = ["embedded"]\n'
            '[embedded]\nmodel = "small"\n'
        )

    def _environment(self) -> dict[str, str]:
        preloaded = []
        given = {
            "OPENAI_BASE_URL": self.model.base_url,
            "OPENAI_API_KEY": "sk-chaos",
            "DAEHWA_ACCESS_KEYS": ":".join(ACCESS_KEY),
            "DAEHWA_DRAIN_SECONDS": "3",
            "DAEHWA_WATCHDOG_SECONDS": str(WATCHDOG_SECONDS),
            MODE: str(self.hook_mode),
            "CHAOS_EIO": str(self.eio),
            "CHAOS_EIO_WEIGHTS": str(self.lost_weights),
        }
        faketime = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
        if faketime is None:
            self.missing["clock jumps"] = "no libfaketime: apt-get install libfaketime"
        else:
            preloaded.append(str(faketime))
            given |= {
                "FAKETIME_TIMESTAMP_FILE": str(self.clock),
                "FAKETIME_CACHE_DURATION": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                "DONT_FAKE_MONOTONIC": "1",
            }
        if self.store == "sqlite":
            try:
                preloaded.append(_compiled(self.folder))
            except Missing as missing:
                for name in ("writes fail (EIO)", f"offline model{_WEIGHTS_LOST}"):
                    self.missing[name] = str(missing)
        if preloaded:
            given["LD_PRELOAD"] = ":".join(preloaded)
        return given


@contextlib.contextmanager
def _folder() -> Iterator[str]:
    folder = tempfile.mkdtemp(prefix="daehwa-chaos-")
    try:
        yield folder
    except BaseException:
        sys.stderr.write(f"the server's log is {folder}/serve.log\n")
        raise
    else:
        shutil.rmtree(folder, ignore_errors=True)


def _compiled(folder: Path) -> str:
    """The library that makes writes fail."""
    compiler = shutil.which("cc")
    if compiler is None:
        wanting("C compiler", "apt-get install gcc libc6-dev")
    library = folder / "eio.so"
    source = Path(__file__).with_name("eio.c")
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"]
    made = subprocess.run(command, check=False, capture_output=True, text=True)
    if made.returncode:
        wanting("working C compiler", made.stderr.splitlines()[0] if made.stderr else "?")
    return str(library)


async def until(check: Callable[[], bool], seconds: float) -> bool:
    """Whether something comes true in time."""
    end = asyncio.get_running_loop().time() + seconds
    while not check():
        if asyncio.get_running_loop().time() > end:
            return False
        await asyncio.sleep(0.05)
    return True


__all__ = ["DataServer", "Missing", "StoreName", "World", "until", "wanting"]
