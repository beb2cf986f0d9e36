"""The data folder belongs to one server at a time: two would undo each other's bots.

The lock is the operating system's: it goes with the process that holds it, however that ends. It is
on a file, though, and not on the folder's name: where the folder is deleted or moved away, the
server that runs takes the next one of that name.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import structlog

from daehwa.server.settings import ServerError

try:
    import fcntl
except ImportError:  # Windows has no such locks; two servers there are not kept apart
    fcntl = None  # type: ignore[assignment]

_LOCK = "serving.lock"
_LOOK_SECONDS: Final = 1.0

_log = structlog.get_logger(__name__)


@contextmanager
def hold_folder(data: Path) -> Iterator[None]:
    """Keep other servers out of ``data`` for as long as the block lasts.

    Worker processes of one server share it: their parent holds the lock. Where the folder cannot be
    used, or knows no locks, nothing is held; whoever opens it reports what is wrong. If the folder
    was deleted and another server has taken its name before this one could, this process is asked
    to end.

    Raises:
        ServerError: another server uses the folder; the message names it and the cure.
    """
    lock = _FolderLock(data)
    with contextlib.closing(lock):
        if lock.take():
            lock.watch()
        yield
    if lock.lost:
        raise ServerError(
            f"the data folder {data} was deleted, and another server has taken its name: this one"
            " has ended"
        )


class _FolderLock:
    """The lock on a folder's name: held on its file, and on the one that comes after it.

    ``lost`` says that another server has that one.
    """

    def __init__(self, data: Path) -> None:
        self.lost = False
        self._data = data
        self._files: list[int] = []
        self._ended = threading.Event()
        self._watching: threading.Thread | None = None

    def take(self) -> bool:
        """Lock the folder's file, creating it if needed; returns whether it is locked.

        Raises:
            ServerError: another server holds it.
        """
        with contextlib.suppress(OSError):  # no folder can be made, or it knows no locks
            self._data.parent.mkdir(0o777, parents=True, exist_ok=True)
            return self._lock()
        return False

    def watch(self) -> None:
        """Look now and then whether the file is still where it was, in a thread."""
        self._watching = threading.Thread(target=self._watch, name="daehwa-folder", daemon=True)
        self._watching.start()

    def close(self) -> None:
        """Release it."""
        self._ended.set()
        if self._watching is not None:
            self._watching.join()
        for file in self._files:
            os.close(file)

    def _watch(self) -> None:
        while not self._ended.wait(_LOOK_SECONDS):
            try:
                # A disk that fails for a while, or a parent that is gone, is looked at again.
                with contextlib.suppress(OSError):
                    if not self._is_there():
                        self._lock()
            except ServerError as error:
                self.lost = True
                _log.error("data_folder_taken", folder=str(self._data), detail=str(error))
                os.kill(os.getpid(), signal.SIGTERM)
                return

    def _is_there(self) -> bool:
        """Whether the file of that name is held; a folder that was moved away may be back."""
        try:
            there = (self._data / _LOCK).stat()
        except FileNotFoundError:
            return False
        return any(os.path.samestat(os.fstat(file), there) for file in self._files)

    def _lock(self) -> bool:
        self._data.mkdir(0o700, exist_ok=True)
        file = os.open(self._data / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _lock_file(file, self._data)
        except BaseException:
            os.close(file)
            raise
        # A folder that was moved away, not deleted, is still this server's.
        for old in [each for each in self._files if os.fstat(each).st_nlink == 0]:
            self._files.remove(old)
            os.close(old)
        self._files.append(file)
        return fcntl is not None


def _lock_file(file: int, data: Path) -> None:
    if fcntl is None:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(file, 20, 0).decode("ascii", "replace").strip()
        raise ServerError(
            f"another server (process {holder or 'unknown'}) uses the data folder {data}:"
            " stop it, or name another folder: --data DIR, or DAEHWA_DATA=DIR"
        ) from None
    os.ftruncate(file, 0)
    os.pwrite(file, b"%d\n" % os.getpid(), 0)
