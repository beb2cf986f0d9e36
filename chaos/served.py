"""``daehwa serve`` in processes of its own, which can be killed, frozen and started again."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

_PROJECT = Path(__file__).resolve().parents[1]
_ENDING_SECONDS = 60


class Served:
    """The command on a port, looked after as a service manager would: it is started again.

    ``environment`` is that of the program beside what it needs anyway.
    """

    def __init__(
        self, folder: Path, port: int, arguments: list[str], environment: Mapping[str, str]
    ) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / "serve.log"
        self._folder = folder
        self._command = [sys.executable, "-m", "daehwa", "serve", "--port", str(port), *arguments]
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("OPENAI_", "DAEHWA_", "AWS_", "CHAOS_"))
        }
        path = os.pathsep.join([str(_PROJECT / "src"), str(_PROJECT)])
        self._environment = kept | {"PYTHONPATH": path, "DAEHWA_LOG": "json"} | dict(environment)
        self._process: subprocess.Popen[bytes] | None = None
        self._out: IO[bytes] | None = None
        self._tending: asyncio.Task[None] | None = None
        self._down = False

    @property
    def pid(self) -> int:
        """The process that was started."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start it, and from now on whenever it has ended."""
        self._down = False
        self._launch()
        if self._tending is None:
            self._tending = asyncio.create_task(self._tend())

    def _launch(self) -> None:
        self._out = self.log.open("ab")
        self._process = subprocess.Popen(
            self._command,
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=self._out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    async def _tend(self) -> None:
        while True:
            await asyncio.sleep(0.1)
            if not self._down and self._process is not None and self._process.poll() is not None:
                self._launch()

    async def end(self, number: int = signal.SIGTERM) -> None:
        """End it by a signal, and leave it ended."""
        self._down = True
        assert self._process is not None
        if number == signal.SIGKILL:
            self.signal(number)
        else:
            self._process.send_signal(number)
        try:
            await asyncio.to_thread(self._process.wait, _ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            self.signal(signal.SIGKILL)
            await asyncio.to_thread(self._process.wait)
            raise

    async def close(self) -> None:
        """End it for good."""
        if self._tending is not None:
            self._tending.cancel()
        if self._process is not None and self._process.poll() is None:
            self.signal(signal.SIGCONT)
            await self.end()

    def signal(self, number: int) -> None:
        """Send a signal to all of its processes."""
        os.killpg(self.pid, number)

    def offline_model(self) -> int | None:
        """The process of the offline model, of whichever worker it is."""
        for worker in self.workers():
            for pid in _children(worker):
                if b"daehwa.answers.embedded_server" in _command_line(pid):
                    return pid
        return None

    def workers(self) -> list[int]:
        """The processes that serve: the workers, or the only one."""
        workers = [pid for pid in _children(self.pid) if b"spawn_main" in _command_line(pid)]
        return workers or [self.pid]


def _children(pid: int) -> list[int]:
    """The processes that a process has started, in whichever of its threads."""
    listed: list[int] = []
    for thread in Path(f"/proc/{pid}/task").glob("*"):
        with suppress(OSError):
            listed += map(int, (thread / "children").read_text("ascii").split())
    return listed


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
