"""Workers that do nothing any more: noticed by their silence, and ended.

A worker that is frozen (``SIGSTOP``, or its event loop held for good) goes on getting its share
of the connections and answers none. Each worker's event loop sends its parent a beat every
second; the parent ends one that was silent for too long, and starts another in its place. The
turns that it held read as broken off when their leases are over.

Only time in which the parent itself ran counts: after it was stopped together with its workers
(Ctrl-Z, a paused machine) no worker is late. While a worker waits for a processor, its time does
not count, so that a busy machine does not make it look frozen. A worker that a debugger holds is
left alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Final

import structlog

from daehwa.processes import ProcessSilence, is_traced

BEAT_SECONDS: Final = 1.0
"""How often a worker shows that its event loop turns."""

# The parent looks several times a second: what is longer it did not live through.
_LONGEST_LOOK = 1.0
# Of the time that a worker may be silent, how much passes before it is worth a line; at least
# some beats.
_NOTICED = 1 / 3
_BEATS_MISSED = 3 * BEAT_SECONDS

_log = structlog.get_logger(__name__)


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

    def is_frozen(self, pid: int, silence: ProcessSilence) -> bool:
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
