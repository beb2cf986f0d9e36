"""The process that runs the embedded model: ours, or the one that a neighbour already started.

The workers of one machine share a child: whoever takes the lock starts it and writes its
address and key into a file that only this user can read; the others ask that one. When its
owner dies, the system lets go of the lock, the child ends, and the next who needs it owns it.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import re
import secrets
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import structlog

from daehwa.answers.embedded_server import Order
from daehwa.answers.errors import (
    LibraryMissing,
    MemoryTooSmall,
    ModelFailed,
    ModelUnavailable,
    ProcessorTooOld,
)
from daehwa.answers.lock import Lock
from daehwa.answers.settings import Secret
from daehwa.answers.weights import Weights
from daehwa.llama import child_environment
from daehwa.processes import ProcessSilence, available_cores

LOG = "embedded.log"
# -P: no module of the working directory may stand in for ours.
_COMMAND = (sys.executable, "-P", "-m", "daehwa.answers.embedded_server")
# Debian's packages for what llama.cpp's library is linked against.
_DEBIAN = {"libgomp": "libgomp1", "libstdc++": "libstdc++6", "libgcc_s": "libgcc-s1"}
_SHARED_OBJECT = re.compile(r"(lib[\w+.-]+?)\.so[.\d]*")
_POLL = 0.2
_WATCH = 1.0
# A child that has not answered for so long, of the time in which it could have, is given up.
_BETWEEN_LOOKS = 2.0
_MOST_SILENT = 9.0
_GRACE = 3.0
_OK = 200

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A child that answers: where, and the key it takes."""

    url: str
    key: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much of the machine it takes: tokens of context for each of ``slots``, threads."""

    context: int = 3072
    slots: int = 2
    threads: int = 0

    @property
    def cores(self) -> int:
        """The threads to run: those given, else all of this process's cores but one."""
        return self.threads or max(1, available_cores() - 1)


class Child:
    """One set of weights in one data directory, served by one process."""

    def __init__(self, weights: Weights, data: Path, size: Size) -> None:
        self._weights = weights
        self._size = size
        self._log = data / LOG
        named = f"{weights.path.resolve()}|{size.context}|{size.slots}".encode()
        stem = data / "embedded" / hashlib.sha256(named).hexdigest()[:12]
        self._lock = Lock(stem.with_suffix(".lock"))
        self._address = stem.with_suffix(".json")
        self._process: Process | None = None
        self._running: Running | None = None

    @property
    def pid(self) -> int | None:
        """The process id of our own child; ``None`` if another server's runs, or none."""
        return None if self._process is None else self._process.pid

    async def connect(self) -> Running:
        """Start the child, or wait for a neighbour's, until it answers.

        Raises:
            ModelFailed: it does not start.
        """
        self._address.parent.mkdir(0o700, parents=True, exist_ok=True)
        while True:
            try:
                self._lock.take()
            except BlockingIOError:
                running = self._neighbour()
                if running is not None and await _answers(running):
                    self._running = running
                    return running
                await asyncio.sleep(_POLL)
            else:
                try:
                    return await self._start()
                except BaseException:
                    await self.close()
                    raise

    async def gone(self) -> None:
        """Wait until the child has ended; our own child is ended when it no longer answers."""
        if self._process is not None:
            watching = asyncio.create_task(self._end_when_frozen(self._process))
            try:
                await self._process.wait()
            finally:
                watching.cancel()
            return
        # A neighbour's process is not ours to wait for: its lock is looked at, and its address,
        # since the next one may have the lock before anybody looks.
        while self.alive and self._is_the_neighbour():  # noqa: ASYNC110
            await asyncio.sleep(_WATCH)

    async def _end_when_frozen(self, process: Process) -> None:
        """End the process when it has been silent for too long; it answers while it thinks."""
        loop = asyncio.get_running_loop()
        silence, looked = ProcessSilence(), loop.time()
        while silence.seconds < _MOST_SILENT:
            await asyncio.sleep(_BETWEEN_LOOKS)
            answers = self._running is None or await _answers(self._running)
            now = loop.time()
            # What is longer this process did not live through.
            silence.grow(process.pid, min(now - looked, _BETWEEN_LOOKS + _GRACE))
            looked = now
            if answers:
                silence.end()
        _log.warning("offline_model_frozen", pid=process.pid)
        with contextlib.suppress(ProcessLookupError):
            process.kill()

    @property
    def alive(self) -> bool:
        """Whether the child that was connected to is thought to run."""
        if self._process is not None:
            return self._process.returncode is None
        try:
            self._lock.take()
        except BlockingIOError:
            return True
        self._lock.release()
        return False

    async def close(self) -> None:
        """End our own child; a neighbour's is left alone."""
        process, self._process = self._process, None
        if process is not None:
            self._address.unlink(missing_ok=True)
            if process.stdin is not None:
                process.stdin.close()
            try:
                async with asyncio.timeout(_GRACE):
                    await process.wait()
            except TimeoutError:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        self._lock.release()

    async def _start(self) -> Running:
        self._address.unlink(missing_ok=True)
        key = secrets.token_urlsafe(32)
        order = Order(
            model=str(self._weights.path),
            alias=self._weights.title,
            key=key,
            context=self._size.context,
            slots=self._size.slots,
            threads=self._size.cores,
            parent=os.getpid(),
            log=str(self._log),
        )
        process = await asyncio.create_subprocess_exec(
            *_COMMAND, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=child_environment()
        )
        self._process = process
        if process.stdin is None or process.stdout is None:
            raise ModelFailed("The child process has no pipes.")
        with contextlib.suppress(ConnectionError):
            process.stdin.write(order.encode())
            await process.stdin.drain()
        report = _decode(await process.stdout.readline())
        if "url" not in report:
            raise _failure(report, await process.wait(), self._log)
        self._publish(report["url"], key)
        self._running = Running(url=report["url"], key=Secret(key))
        return self._running

    def _publish(self, url: str, key: str) -> None:
        fresh = self._address.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump({"url": url, "key": key}, file)
        fresh.replace(self._address)

    def _neighbour(self) -> Running | None:
        try:
            address = _decode(self._address.read_bytes())
        except OSError:
            return None
        if "url" not in address or "key" not in address:
            return None
        return Running(url=address["url"], key=Secret(address["key"]))

    def _is_the_neighbour(self) -> bool:
        """Whether the child that was connected to is still the one that neighbours share."""
        running, shared = self._running, self._neighbour()
        if running is None or shared is None:
            return False
        return running.url == shared.url and running.key.reveal() == shared.key.reveal()


async def try_library() -> None:
    """Check whether llama.cpp can be loaded here, in a process that ends at once.

    Raises:
        LibraryMissing, ProcessorTooOld, ModelFailed: it cannot.
    """
    process = await asyncio.create_subprocess_exec(
        *_COMMAND, "--try", stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, env=child_environment()
    )
    try:
        output, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
        status = await process.wait()
    if status != 0:
        raise _failure(_decode(output), status)


def _failure(report: dict[str, str], status: int, log: Path | None = None) -> ModelUnavailable:
    """The error for a child that did not start: by its own report, else by how it ended."""
    reason = report.get("error")
    if reason is not None and report.get("missing"):
        return LibraryMissing(
            f"The offline model cannot start: {reason}.", cure=_installation(reason)
        )
    if status == -signal.SIGILL:
        return ProcessorTooOld(
            "The offline model cannot start: this processor lacks instructions that it uses."
        )
    if status == -signal.SIGKILL:
        return MemoryTooSmall(
            "The offline model was killed while it started; most often memory ran out."
        )
    place = "" if log is None else f"; see {log}"
    return ModelFailed(
        f"The offline model did not start: {reason or f'it ended with {status}'}{place}."
    )


def _installation(reason: str) -> str:
    """How to get the library that an ``ImportError`` names."""
    library = _SHARED_OBJECT.search(reason)
    package = None if library is None else _DEBIAN.get(library[1])
    if package is None:
        return f"Reinstall Daehwa's packages: {sys.executable} -m pip install xllamacpp"
    return f"Install it: sudo apt-get install {package} (or a package of pip's: cmeel-libomp)"


def _decode(line: bytes) -> dict[str, str]:
    try:
        value = json.loads(line)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


async def _answers(running: Running) -> bool:
    """Tell whether a neighbour's child takes our key."""
    headers = {"Authorization": f"Bearer {running.key.reveal()}"}
    timeout = aiohttp.ClientTimeout(total=_GRACE)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"{running.url}/v1/models", headers=headers) as response,
        ):
            return response.status == _OK
    except (aiohttp.ClientError, OSError, TimeoutError):
        return False
