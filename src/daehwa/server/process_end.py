"""How a process that serves is asked to end: by signals, or by the end of its parent."""

from __future__ import annotations

import asyncio
import os
import signal
import threading

import structlog


def _known(*names: str) -> tuple[signal.Signals, ...]:
    return tuple(getattr(signal, name) for name in names if hasattr(signal, name))


# SIGQUIT is Ctrl-\ in a terminal; SIGXCPU is a soft limit that the system set.
_SIGNALS = _known("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGXCPU")
_OF_TERMINALS = _known("SIGINT", "SIGHUP", "SIGQUIT")
# They would end a process that does not know them, and mean nothing here: most often they are a
# rotation of logs or a reload, meant for another program.
_OTHERS = _known("SIGUSR1", "SIGUSR2", "SIGALRM", "SIGVTALRM", "SIGPROF", "SIGIO", "SIGPWR")

_log = structlog.get_logger(__name__)


def end_by_signals(ending: asyncio.Event, parent: int | None, *, most_seconds: float) -> None:
    """Set ``ending`` when the process is to end; end it at once when asked a second time.

    It ends ``most_seconds`` after it was asked at the latest, whatever does not release it: a
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

    for number in _meaningless_signals():
        # Not ignored, which what is started here would inherit.
        loop.add_signal_handler(number, _log_signal, number)
    if parent is None:
        for number in ending_signals():
            loop.add_signal_handler(number, end)
        return
    # A terminal sends its signals to parent and workers alike; the parent passes them on.
    for number in _OF_TERMINALS:
        signal.signal(number, signal.SIG_IGN)
    for number in ending_signals():
        loop.add_signal_handler(number, end)
    loop.add_reader(parent, end_with, parent)


def survive_other_signals() -> None:
    """Go on at a signal that means nothing here, for a process without an event loop."""
    for number in _meaningless_signals():
        signal.signal(number, lambda number, _: _log_signal(signal.Signals(number)))


def _meaningless_signals() -> list[signal.Signals]:
    """Those whose default, the end, nobody has changed, as a profiler does."""
    return [number for number in _OTHERS if signal.getsignal(number) == signal.SIG_DFL]


def _log_signal(number: signal.Signals) -> None:
    _log.warning("signal_without_meaning", signal=number.name)


def _give_up(seconds: float) -> None:
    _log.error("end_forced", after_seconds=seconds)
    os._exit(1)


def ending_signals() -> list[signal.Signals]:
    """The signals that end the server: one that is ignored from the start, as by nohup, is not."""
    return [number for number in _SIGNALS if signal.getsignal(number) != signal.SIG_IGN]
