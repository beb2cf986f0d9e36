"""Workers that do nothing any more: noticed by their silence, and ended.

A worker that is frozen (``SIGSTOP``, or its event loop held for good) goes on getting its share
of the connections and answers none. Each worker's event loop sends its parent a beat every
second; the parent ends one that was silent for too long, and starts another in its place. The
turns that it held read as broken off when their leases are over.

Only time in which the parent itself ran counts: after it was stopped together with its workers
(Ctrl-Z, a paused machine) nobody is late. Of a worker that waits for a processor only the time
counts in which it had one: a busy machine freezes nobody. A worker that a debugger holds is left
alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import structlog

BEAT_SECONDS: Final = 1.0
"""How often a worker shows that its event loop turns."""

# The parent looks several times a second: what is longer it did not live through.
_LONGEST_LOOK = 1.0
# Of the time that a worker may be silent, how much passes before it is worth a line; at least
# some beats.
_NOTICED = 1 / 3
_BEATS_MISSED = 3 * BEAT_SECONDS

# In these Linux counts the time that a process had.
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100

_log = structlog.get_logger(__name__)


class WorkerSilence:
    """How long a worker was silent, in seconds in which it could have shown a sign."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.noticed = False
        self._computed: float | None = None

    def grow(self, pid: int, passed: float) -> None:
        """Count what passed; of a worker that wants a processor, what it got of one."""
        before, self._computed = self._computed, computed_seconds(pid)
        if self._computed is not None and before is not None and wants_processor(pid):
            passed = min(passed, self._computed - before)
        self.seconds += passed

    def end(self) -> None:
        """It was heard."""
        self.seconds = 0.0
        self.noticed = False


class Watchdog:
    """Says which workers are frozen; ``limit`` is how long one may be silent, in seconds.

    Without a limit nobody is. ``clock`` is the parent's own.
    """

    def __init__(self, limit: float | None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._looked = clock()
        self._passed = 0.0

    def look(self) -> None:
        """Begin a look at all workers; silences that are examined in it grow by what passed."""
        now = self._clock()
        self._passed = min(now - self._looked, _LONGEST_LOOK)
        self._looked = now

    def is_frozen(self, pid: int, silence: WorkerSilence) -> bool:
        """Whether the worker was silent for too long, and no debugger holds it."""
        if self._limit is None:
            return False
        silence.grow(pid, self._passed)
        worth_a_line = max(self._limit * _NOTICED, _BEATS_MISSED)
        if silence.seconds > worth_a_line and not silence.noticed:
            silence.noticed = True
            _log.warning("worker_silent", pid=pid, seconds=round(silence.seconds, 1))
        if silence.seconds <= self._limit:
            return False
        if is_traced(pid):
            silence.end()
            return False
        _log.error("worker_frozen", pid=pid, seconds=round(silence.seconds, 1))
        return True


async def beat(pipe: Connection) -> None:
    """Show the parent that this process's event loop turns, for ever."""
    # A parent that does not read (it is stopped, perhaps) must not hold the loop.
    os.set_blocking(pipe.fileno(), False)
    while True:
        with contextlib.suppress(OSError):
            pipe.send(None)
        await asyncio.sleep(BEAT_SECONDS)


def computed_seconds(pid: int) -> float | None:
    """How long the process has had a processor; ``None`` where that cannot be seen."""
    fields = _stat(Path(f"/proc/{pid}/stat"))
    return None if fields is None else (int(fields[11]) + int(fields[12])) / _TICKS


def wants_processor(pid: int) -> bool:
    """Whether one of the process's threads runs, or waits only for a processor to do so."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return False
    states = [fields[0] for thread in threads if (fields := _stat(thread / "stat"))]
    return "R" in states


def _stat(path: Path) -> list[str] | None:
    """What Linux says of a process or thread, from its state on (proc(5), field 3)."""
    try:
        return path.read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return None


def is_traced(pid: int) -> bool:
    """Whether a debugger is attached to the process; where that cannot be seen, none is."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    except OSError:
        return False
    for line in status.splitlines():
        if line.startswith("TracerPid:"):
            return line.split()[1] != "0"
    return False
