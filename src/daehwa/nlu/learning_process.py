"""Learning a classifier in a process of its own, which is this module's ``main``.

Learning takes seconds of processor time and, for a while, memory. In a process of its own it holds
up nobody who serves, and the system has the memory back when it ends. The process takes its order
on standard input, writes the model's file, and ends; it ends at once when its input does.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

import msgspec

from daehwa.nlu import saving
from daehwa.nlu.classifier import Classifier
from daehwa.nlu.errors import LearningFailed
from daehwa.nlu.quality import Quality, stages

MANY_TEXTS: Final = 300
"""Fewer texts to encode are learned sooner than a process is started."""

_NICE: Final = 5
_LOOK_SECONDS = 1.0
_MOST_LOOKS: Final = 15
# -P: no module of the working directory may stand in for ours.
_MAIN: Final = "from daehwa.nlu.learning_process import main; main()"
_COMMAND: Final = (sys.executable, "-P", "-c", _MAIN)


class LearningOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be learned: the texts by intent, values of slots, the file for the model."""

    file: str
    locale: str
    quality: Quality
    examples: dict[str, list[str]]
    neutral: list[str]
    values: list[str]


class LearningProcess:
    """Learns in a process of its own, which ``stop`` ends from another thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stopped = False
        self._process: subprocess.Popen[bytes] | None = None

    def learn(self, order: LearningOrder) -> None:
        """Learn what was ordered; its file is there then. Blocks until that is done.

        Raises:
            LearningFailed: the process was stopped, or ended before that was done.
        """
        with self._lock:
            if self._stopped:
                raise LearningFailed("learning was stopped")
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own module
                    _COMMAND,
                    stdin=subprocess.PIPE,
                    # Ctrl-C in a terminal is for the server, which ends this one.
                    start_new_session=True,
                )
            except OSError as error:
                raise LearningFailed(f"no process could be started for it: {error}") from error
        with self._process as process:
            assert process.stdin is not None  # noqa: S101 - a pipe, as above
            # In a thread: a process that stands still takes no more than a pipe holds.
            order_given = threading.Thread(
                target=_give, args=(process.stdin, order), name="daehwa-learning"
            )
            order_given.start()
            # Its input stays open: the end of it would be the end of this process.
            code = _ended(process)
            order_given.join()
        if code < 0:
            name = signal.Signals(-code).name
            most = "; most often memory ran out" if -code == signal.SIGKILL else ""
            raise LearningFailed(f"the process that learned was ended by {name}{most}")
        if code:
            raise LearningFailed(f"the process that learned ended with {code}: see the log")

    def stop(self) -> None:
        """End what is being learned, and learn no more."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill()


def _give(pipe: IO[bytes], order: LearningOrder) -> None:
    with suppress(BrokenPipeError):
        pipe.write(msgspec.json.encode(order) + b"\n")
        pipe.flush()


def _ended(process: subprocess.Popen[bytes]) -> int:
    """Wait for the end of the process, and give its code; one that stands still is sent on.

    A process that somebody stopped would hold up its build for good. Looks are counted and not
    seconds: time in which this process stood still, too, is no reason.
    """
    stopped = 0
    while True:
        try:
            return process.wait(_LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            stopped = stopped + 1 if _is_stopped(process.pid) else 0
        if stopped >= _MOST_LOOKS:
            stopped = 0
            process.send_signal(signal.SIGCONT)


def _is_stopped(pid: int) -> bool:
    """Whether a signal, not a debugger, stopped the process: that has another letter of state."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "T"
    except OSError:
        return False


def carry_out(order: LearningOrder) -> None:
    """Learn, and write the file."""
    classifier = Classifier.learn(
        tuple(order.examples.values()),
        recipes=stages(order.quality, order.locale, sum(map(len, order.examples.values()))),
        names=tuple(order.examples),
        background=order.neutral,
        values=order.values,
    )
    saving.write(Path(order.file), classifier.arrays(), {"texts": classifier.texts})


def _end_with_input() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


def main() -> None:
    """Take the order, learn, end."""
    with suppress(AttributeError, OSError):
        os.nice(_NICE)
    order = msgspec.json.decode(sys.stdin.buffer.readline(), type=LearningOrder)
    threading.Thread(target=_end_with_input, daemon=True).start()
    carry_out(order)
    # Nothing is left to be done; what a library would do at the end takes time.
    os._exit(0)
