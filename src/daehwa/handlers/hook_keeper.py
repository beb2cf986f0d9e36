"""The parent of a code hook's process, which takes along all that the function has started.

A function may start daemons, in sessions of their own and with other parents. On Linux such a
process becomes a child of the nearest ancestor that asks for it (a subreaper, prctl(2)), so that
the keeper has all of them below it: when the function's process ends, or the server does, however
that happens, it kills them. It has neither the function's socket nor its output.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn

_DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG
_ADOPT_ORPHANS: Final = 36  # PR_SET_CHILD_SUBREAPER
# For what forks faster than it is killed.
_KILLING_SECONDS: Final = 5.0


def go_on_in_child(server: int, connection: int) -> bool:
    """Go on in a child of this process, which keeps it; ``False`` where the system cannot do so.

    ``server`` is a pipe that ends when the server does, ``connection`` the function's socket.
    """
    prctl = _prctl()
    if prctl is None or prctl(_ADOPT_ORPHANS, 1, 0, 0, 0) != 0:
        return False
    keeper = os.getpid()
    child = os.fork()
    if child:
        os.close(connection)
        _watch(child, server)
    os.close(server)
    with suppress(OSError):
        os.setpgid(0, 0)
    prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != keeper:
        os._exit(1)
    return True


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends, where it can."""
    prctl = _prctl()
    if prctl is not None:
        prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)


def descendants(pid: int) -> list[int]:
    """The processes below one; none where the system does not list them."""
    below: list[int] = []
    ahead = [pid]
    while ahead:
        for listed in Path(f"/proc/{ahead.pop()}/task").glob("*/children"):
            with suppress(OSError):
                children = [int(child) for child in listed.read_text("ascii").split()]
                below += children
                ahead += children
    return below


def _prctl() -> Any:
    if sys.platform != "linux":
        return None
    try:
        import ctypes  # noqa: PLC0415

        return ctypes.CDLL(None).prctl
    except (ImportError, OSError, AttributeError):
        return None


def _watch(child: int, server: int) -> NoReturn:
    """Wait for the end of the child, or of the server, or for SIGTERM; then end them all."""
    woken = _wake_up_by_signals()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nowhere, descriptor)
    poll = select.poll()
    poll.register(woken, select.POLLIN)
    poll.register(server, 0)  # its end is reported unasked
    status = _reaped(child)
    while status is None:
        ready = {descriptor for descriptor, _ in poll.poll()}
        if server in ready or signal.SIGTERM in os.read(woken, 1 << 12):
            break
        status = _reaped(child)
    _end(child, status)


def _wake_up_by_signals() -> int:
    """A pipe on which the numbers of the signals arrive that concern a keeper."""
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    return woken


def _reaped(child: int) -> int | None:
    """Release what has ended; return the status of the child if it was among them."""
    status = None
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            if ended[0] == child:
                status = ended[1]
    return status


def _end(child: int, status: int | None) -> NoReturn:
    """Kill whatever is left, and end as the child did."""
    with suppress(OSError):
        os.killpg(child, signal.SIGKILL)  # where the system lists no children
    end = time.monotonic() + _KILLING_SECONDS
    while (below := descendants(os.getpid())) and time.monotonic() < end:
        for pid in below:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.001)
        if (reaped := _reaped(child)) is not None:
            status = reaped
    if status is not None and os.WIFEXITED(status):
        os._exit(os.WEXITSTATUS(status))
    _die_by(signal.SIGKILL if status is None else os.WTERMSIG(status))


def _die_by(number: int) -> NoReturn:
    """End by a signal, without a second dump of memory."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):
        signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    os._exit(1)


__all__ = ["descendants", "die_with_parent", "go_on_in_child"]
