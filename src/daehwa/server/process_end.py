"""How a process that serves is asked to end: by signals, or by the end of its parent."""

from __future__ import annotations

import asyncio
import os
import signal
import threading

import structlog

_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)

_log = structlog.get_logger(__name__)


def end_by_signals(ending: asyncio.Event, parent: int | None, *, most_seconds: float) -> None:
    """Set ``ending`` when the process is to end; end it at once when asked a second time.

    It ends ``most_seconds`` after it was asked at the latest, whatever does not let go of it: a
    hook in a thread of its own process, a kernel that does not end a child, a busy machine.
    """
    loop = asyncio.get_running_loop()

    def end() -> None:
        if ending.is_set():
            # Asked twice: whoever asks does not want to wait.
            os._exit(1)
        begin_to_end()

    def begin_to_end() -> None:
        ending.set()
        giving_up = threading.Timer(most_seconds, _give_up, (most_seconds,))
        giving_up.daemon = True
        giving_up.start()

    def end_with(parent: int) -> None:
        # It stays readable: heard again, it would count as a second asking.
        loop.remove_reader(parent)
        begin_to_end()

    if parent is None:
        for number in ending_signals():
            loop.add_signal_handler(number, end)
        return
    # A terminal sends its signals to parent and workers alike; the parent passes them on.
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    loop.add_signal_handler(signal.SIGTERM, end)
    loop.add_reader(parent, end_with, parent)


def _give_up(seconds: float) -> None:
    _log.error("end_forced", after_seconds=seconds)
    os._exit(1)


def ending_signals() -> list[signal.Signals]:
    """The signals that end the server: one that is ignored from the start, as by nohup, is not."""
    return [number for number in _SIGNALS if signal.getsignal(number) != signal.SIG_IGN]
