"""What a server changes of what it was started with: it inherits its starter's signals and files.

A supervisor may block or ignore signals for itself and hand that on; a daemon's parent may have
closed the standard files, whose numbers would then be those of the next files that are opened:
of the database, and of what a library writes to "standard error".
"""

from __future__ import annotations

import os
import signal
from typing import Final

# nohup ignores SIGHUP, and a shell SIGINT and SIGQUIT for what runs in the background: those stay.
_NEEDED: Final = ("SIGTERM", "SIGCHLD")


def prepare_process() -> None:
    """Open the standard files that are closed, and have signals arrive."""
    _open_standard_files()
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals())
    for name in _NEEDED:
        # Where the end of a child is ignored, nobody is left to wait for.
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


def _open_standard_files() -> None:
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            # The lowest number that is free: this one.
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # noqa: FBT003
