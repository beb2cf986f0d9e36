"""systemd's notification protocol: ready, stopping, and alive (sd_notify(3)).

Without ``NOTIFY_SOCKET`` in the environment nobody listens, and nothing is sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import time
from collections.abc import Mapping


class Systemd:
    """Whoever started this process as a service, by the environment that it gave."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._address = environ.get("NOTIFY_SOCKET", "")
        if self._address.startswith("@"):
            self._address = "\0" + self._address[1:]
        self._every = _interval(environ) if self._address else None
        self._beaten = 0.0

    def ready(self) -> None:
        """Report that requests are taken."""
        self._send("READY=1")

    def stopping(self) -> None:
        """Report that the end has begun."""
        self._send("STOPPING=1")

    def beat(self) -> None:
        """Report being alive, if that is due: half of the time after which it is missed."""
        now = time.monotonic()
        if self._every is not None and now - self._beaten >= self._every:
            self._beaten = now
            # One that finds no room is made up for by the next.
            self._send("WATCHDOG=1", patience=0)

    async def keep_beating(self) -> None:
        """Report being alive for as long as the event loop turns."""
        while self._every is not None:
            self.beat()
            await asyncio.sleep(self._every)

    def _send(self, state: str, *, patience: float = 1.0) -> None:
        if not self._address:
            return
        # A manager that is gone, or full, is not a reason to stop serving.
        with (
            contextlib.suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender,
        ):
            sender.settimeout(patience)
            sender.sendto(state.encode(), self._address)


def _interval(environ: Mapping[str, str]) -> float | None:
    """Half of the watchdog's time in seconds; ``None`` where it watches nobody, or another."""
    period = environ.get("WATCHDOG_USEC", "")
    if not period.isdecimal() or int(period) == 0:
        return None
    if environ.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return None
    return int(period) / 2_000_000
