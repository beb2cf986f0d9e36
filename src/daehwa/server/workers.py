"""Several processes that serve: started, watched, started again, and ended together."""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import structlog

from daehwa.processes import ProcessSilence
from daehwa.server.metrics import count_replaced_worker, mark_process_dead
from daehwa.server.process_end import ending_signals, survive_other_signals
from daehwa.server.settings import ServerError
from daehwa.server.systemd import Systemd
from daehwa.server.watchdog import Watchdog

# When a worker that could not start beside others is tried again, at first and at most.
_FIRST_RETRY_SECONDS = 0.5
_LAST_RETRY_SECONDS = 4.0
_METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"

_log = structlog.get_logger(__name__)


class Workers:
    """Child processes that serve one port together.

    Each calls ``work`` with what is in ``task``, and with ``tell``, a pipe to the parent: ``None``
    on it says that it takes requests, and then that it lives; a text what keeps it from starting.
    One that is silent for ``watchdog_seconds`` is ended. All of it has to be picklable.
    """

    def __init__(
        self,
        work: Callable[..., None],
        task: tuple[Any, ...],
        count: int,
        *,
        watchdog_seconds: float | None,
    ) -> None:
        if sys.platform != "linux":
            raise ServerError("several workers need Linux, where processes can share a port")
        self._spawn = multiprocessing.get_context("spawn")
        self._work = work
        self._task = task
        self._count = count
        self._workers: list[_Worker] = []
        self._ending = False
        self._announced = False
        self._failures = 0  # starts in a row that failed
        self._due: list[float] = []  # when those are tried again
        self._manager = Systemd(os.environ)
        self._watchdog = Watchdog(watchdog_seconds)

    def run(self, started: Callable[[], None]) -> None:
        """Serve until asked to end; ``started`` is called once requests are taken.

        Raises:
            ServerError: a worker cannot start, and none ever did.
        """
        with tempfile.TemporaryDirectory(prefix="daehwa-metrics-") as folder:
            os.environ[_METRICS_FOLDER] = folder
            try:
                self._supervise(started)
            finally:
                del os.environ[_METRICS_FOLDER]

    def _supervise(self, started: Callable[[], None]) -> None:
        for number in ending_signals():
            signal.signal(number, self._end)
        survive_other_signals()
        for _ in range(self._count):
            self._start()
        while self._workers or self._due:
            self._look()
            self._manager.beat()
            if not self._ending and any(one.ready for one in self._workers):
                self._failures = 0
                if not self._announced:
                    self._announced = True
                    started()

    def _start(self) -> None:
        # A pipe of each worker's own: one that is killed cannot leave a lock behind.
        heard, tell = self._spawn.Pipe(duplex=False)
        process = self._spawn.Process(
            target=self._work, args=self._task, kwargs={"tell": tell}, name="daehwa-worker"
        )
        process.start()
        tell.close()
        self._workers.append(_Worker(process, heard))
        if self._ending:  # since a moment: the others were asked before this one was among them
            process.terminate()

    def _look(self) -> None:
        """Wait a little for what workers tell and for their ends; replace those that died.

        Raises:
            ServerError: a worker cannot start, and none ever did.
        """
        multiprocessing.connection.wait(
            [one.process.sentinel for one in self._workers]
            + [one.heard for one in self._workers if not one.ready],
            timeout=0.2,
        )
        self._watchdog.look()
        for worker in tuple(self._workers):
            worker.listen()
            if worker.process.is_alive():
                self._watch(worker)
                continue
            self._workers.remove(worker)
            worker.process.join()
            _forget_metrics(worker.process.pid)
            if not self._ending:
                self._replace(worker)
        now = time.monotonic()
        due = sum(when <= now for when in self._due)
        self._due = [when for when in self._due if when > now]
        for _ in range(0 if self._ending else due):
            self._start()

    def _replace(self, worker: _Worker) -> None:
        """Start another one in place of one that ended.

        If it cannot start, because its store is away or a bot's file is broken at this moment, the
        others continue to serve, and it is tried again.
        """
        if worker.ready:
            _log.error("worker_died", code=worker.process.exitcode)
            count_replaced_worker("frozen" if worker.frozen else "died")
            self._start()
            return
        fault = worker.fault or "a worker did not start; the log says why"
        if not self._announced:
            self._end()
            for other in self._workers:
                other.process.join()
            raise ServerError(fault)
        wait = min(_FIRST_RETRY_SECONDS * 2**self._failures, _LAST_RETRY_SECONDS)
        self._failures += 1
        _log.error("worker_not_started", error=fault, again_in_seconds=wait)
        self._due.append(time.monotonic() + wait)

    def _watch(self, worker: _Worker) -> None:
        """End a worker that does nothing any more: it would hold up requests, or the end."""
        watched = (worker.ready or self._ending) and not worker.frozen
        if watched and self._watchdog.is_frozen(worker.process.pid, worker.silence):
            worker.frozen = True
            worker.process.kill()

    def _end(self, *_: object) -> None:
        self._ending = True
        self._due.clear()
        self._manager.stopping()
        for worker in self._workers:
            worker.process.terminate()


class _Worker:
    """A child process; ``ready`` once it takes requests, else ``fault`` may say why not."""

    def __init__(self, process: Any, heard: Connection) -> None:
        self.process = process
        self.heard = heard
        self.ready = False
        self.fault: str | None = None
        self.silence = ProcessSilence()
        self.frozen = False

    def listen(self) -> None:
        """Read what it reported: nothing when it is ready and lives, else what kept it from it."""
        with contextlib.suppress(EOFError, OSError):
            while self.heard.poll():
                fault = self.heard.recv()
                self.silence.end()
                if not self.ready:
                    self.fault = fault
                    self.ready = fault is None


def _forget_metrics(pid: int | None) -> None:
    if pid is not None:
        mark_process_dead(pid)  # type: ignore[no-untyped-call]
