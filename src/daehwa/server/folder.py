"""The data folder belongs to one server at a time: two would undo each other's bots.

The lock is the operating system's: it goes with the process that holds it, however that ends.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from daehwa.server.settings import ServerError

try:
    import fcntl
except ImportError:  # Windows has no such locks; two servers there are not kept apart
    fcntl = None  # type: ignore[assignment]

_LOCK = "serving.lock"


@contextmanager
def hold_folder(data: Path) -> Iterator[None]:
    """Keep other servers out of ``data`` for as long as the block lasts.

    Worker processes of one server share it: their parent holds the lock. Where the folder
    cannot be used, or knows no locks, nothing is held; whoever opens it reports what is wrong.

    Raises:
        ServerError: another server uses the folder; the message names it and the cure.
    """
    file = _open(data / _LOCK)
    if file is None or fcntl is None:
        yield
        return
    try:
        with contextlib.suppress(OSError):  # a file system without locks
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = os.pread(file, 20, 0).decode("ascii", "replace").strip()
                raise ServerError(
                    f"another server (process {holder or 'unknown'}) uses the data folder {data}:"
                    " end that one, or name another folder: --data DIR, or DAEHWA_DATA=DIR"
                ) from None
            os.ftruncate(file, 0)
            os.pwrite(file, b"%d\n" % os.getpid(), 0)
        yield
    finally:
        os.close(file)


def _open(path: Path) -> int | None:
    try:
        path.parent.mkdir(0o700, parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
