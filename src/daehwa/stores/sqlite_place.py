"""What stands at a database's path: whether it is still the file, the WAL and the index opened."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows has none, and deletes no file that is open
    fcntl = None  # type: ignore[assignment]

PRIVATE_FILE: Final = 0o600
_BESIDE: Final = ("-wal", "-shm")
# Far more than a tick of any file system's clock.
_SETTLED_NS: Final = 2_000_000_000


class SQLitePlace:
    """The paths of a database, its WAL and the WAL's index, and which files were opened there."""

    def __init__(self, path: Path) -> None:
        self.files = tuple(f"{path}{suffix}" for suffix in ("", *_BESIDE))
        self._opened: list[tuple[int, int]] = []
        # A file that is elsewhere in truth is looked at itself.
        self._folder = "" if path.is_symlink() else str(path.parent)
        self._unchanged: tuple[int, int, int] | None = None

    def take(self) -> None:
        """Remember what is there now, and take it from all other users."""
        for file in self.files:
            make_private(Path(file))
        self._opened = [_identity(file) for file in self.files]
        self._unchanged = None

    def beside(self) -> tuple[tuple[int, int] | None, ...]:
        """Which WAL and index are at their paths now; None for one that is not there."""
        return tuple(_identity_of(file) for file in self.files[1:])

    def is_there(self) -> bool:
        """Whether the database that was opened is still at its path."""
        return _is_at(self.files[0], self._opened[0])

    def moved(self, count: int) -> bool:
        """Whether one of the first ``count`` files is gone, or another one stands in its place.

        A folder in which no name came, went or changed since all were in their places needs no
        closer look: its own time of change says so.
        """
        folder = _folder_state(self._folder)
        if folder is not None and folder == self._unchanged:
            return False
        try:
            if [_identity(file) for file in self.files[:count]] != self._opened[:count]:
                return True
        except OSError:
            return True
        # Two changes in one tick of the clock look like one: a fresh change is not trusted yet.
        settled = folder is not None and time.time_ns() - folder[0] > _SETTLED_NS
        if settled and count < len(self.files):
            settled = not self.moved(len(self.files))
        self._unchanged = folder if settled else None
        return False

    def drop_beside(self, but: tuple[tuple[int, int] | None, ...] = (None, None)) -> None:
        """Take away the WAL and index that are at their paths, ``but`` those."""
        for file, kept in zip(self.files[1:], but, strict=True):
            if _identity_of(file) != kept:
                Path(file).unlink(missing_ok=True)

    def drop_old_wal(self) -> None:
        """Take away what is still beside the path of a file that was deleted or replaced."""
        if _is_at(self.files[0], self._opened[0]):
            return
        for file, opened in zip(self.files[1:], self._opened[1:], strict=True):
            if _is_at(file, opened):
                Path(file).unlink(missing_ok=True)


@contextmanager
def alone_in(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the folder's files exclusively among the processes that ask for it.

    Raises:
        BlockingIOError: another one has them, and this one does not ``wait``.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # it is gone, and made again when the file is
        yield
        return
    try:
        if fcntl is not None:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise
            except OSError:
                pass  # NFS, among others, locks no folder: its files are used all the same
        yield
    finally:
        os.close(descriptor)


def make_private(file: Path) -> None:
    """Make this user's file unreadable to others; another user's file stays as it is."""
    with contextlib.suppress(PermissionError, FileNotFoundError):
        if file.stat().st_mode & 0o077:
            file.chmod(PRIVATE_FILE)


def _is_at(file: str, identity: tuple[int, int]) -> bool:
    """Whether that very file is at the path."""
    return _identity_of(file) == identity


def _identity_of(file: str) -> tuple[int, int] | None:
    try:
        return _identity(file)
    except OSError:
        return None


def _folder_state(folder: str) -> tuple[int, int, int] | None:
    """When an entry of the folder last changed, in nanoseconds, and which folder it is."""
    try:
        status = os.stat(folder)  # noqa: PTH116 - as below
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino, status.st_dev


def _identity(file: str) -> tuple[int, int]:
    status = os.stat(file)  # noqa: PTH116 - on every turn's way: a Path costs twice as much
    return status.st_dev, status.st_ino
