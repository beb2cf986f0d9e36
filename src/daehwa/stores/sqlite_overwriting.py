"""Whether something else than SQLite wrote into a database in its place: ``cp``, ``dd``, ``: >``.

SQLite does not notice: what it has read it keeps, and what it reads next is of another file. In WAL
mode the database is written by checkpoints alone. Each of them counts in the WAL's index, before
and after it, in whichever process it runs: a database that changed while the counts did not was
written by something else. And the WAL is never shorter than what its index knows of it.

The index is laid out as SQLite's own page says, https://www.sqlite.org/walformat.html.
"""

from __future__ import annotations

import os
import struct
import threading
from pathlib import Path
from typing import Final, cast

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows has none, and deletes no file that is open
    fcntl = None  # type: ignore[assignment]

# The pages' size; frames in the WAL; the database's pages; salts; how many frames are written back,
# and how many a checkpoint set out to write.
_LAYOUT: Final = struct.Struct("=14xHII8x8s56xI28xI")
_WAL_HEADER_BYTES: Final = 32
_FRAME_HEADER_BYTES: Final = 24
_SALTS, _WRITTEN_BACK, _ATTEMPTED = 3, 4, 5
# The byte of the WAL's index on which each connection that uses it has a shared lock.
_USED: Final = 128

# By device and inode. To close a file gives up all locks that this process has on it, those of
# SQLite too: each is opened once, and closed with the last who looks at it.
_open_files: dict[tuple[int, int], tuple[int, int]] = {}
_opening = threading.Lock()


# What the WAL's index says, in its own order: page size, frames, pages, salts, frames written back
# and set out to be. A tuple without names, for each turn reads one.
_Index = tuple[int, int, int, bytes, int, int]


class Overwriting:
    """Watches the files of one open database, which must exist."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._shm, self._shm_descriptor = _opened(f"{path}-shm")
        self._wal, self._wal_descriptor = _opened(f"{path}-wal")
        self._last: tuple[tuple[int, int], _Index] | None = None
        self._cut = False

    def seen(self) -> bool:
        """Whether it happened since this was last asked, as far as can be known at this moment.

        Raises:
            OSError: one of the files is not at its path.
        """
        index = self._index()
        status = os.stat(self._path)  # noqa: PTH116 - on every turn's way
        wal_size = os.lseek(self._wal_descriptor, 0, os.SEEK_END)  # a sixth of a stat
        if index is None:
            self._last = None
            return False
        last, now = self._last, (status.st_mtime_ns, status.st_size)
        running = index[_WRITTEN_BACK] != index[_ATTEMPTED]  # a checkpoint
        changed = not running and last is not None and last[0] != now and _same(last[1], index)
        cut = _is_cut(index, status.st_size, wal_size)
        if (cut or changed) and self._index() != index:
            self._last = None  # it changes at this moment
            return False
        was_cut, self._cut = self._cut, cut
        self._last = None if running else (now, index)
        return changed or (cut and not was_cut)

    def close(self) -> None:
        """Release the files; to be called once, after the database is closed."""
        _close(self._shm)
        _close(self._wal)

    def _index(self) -> _Index | None:
        content = os.pread(self._shm_descriptor, _LAYOUT.size, 0)
        if len(content) < _LAYOUT.size:
            return None
        return cast("_Index", _LAYOUT.unpack(content))


def _same(one: _Index, other: _Index) -> bool:
    """Whether no checkpoint was between the two."""
    return one[_SALTS:] == other[_SALTS:]


def _is_cut(index: _Index, size: int, wal_size: int) -> bool:
    """Whether the database or its WAL is shorter than what has to be in it."""
    page_size, frames, pages, _, written_back, _ = index
    page_size = (page_size & 0xFE00) + ((page_size & 1) << 16)  # 65536 does not fit in two bytes
    waiting = frames - written_back
    end_of_wal = _WAL_HEADER_BYTES + frames * (_FRAME_HEADER_BYTES + page_size)
    # Of the pages that are not in the WAL one may be the page of the locks, which is never written.
    return (waiting > 0 and wal_size < end_of_wal) or size < (pages - waiting - 1) * page_size


def index_is_used(path: Path) -> bool:
    """Whether a connection of any process uses the WAL's index that is at its path now."""
    file = f"{path}-shm"
    with _opening:
        try:
            status = os.stat(file)  # noqa: PTH116 - as below
            if fcntl is None or (status.st_dev, status.st_ino) in _open_files:
                return True
            descriptor = os.open(file, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _USED)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
        return False


def _opened(file: str) -> tuple[tuple[int, int], int]:
    """The file's identity, and a descriptor of it that nobody closes but ``_close``."""
    with _opening:
        status = os.stat(file)  # noqa: PTH116
        identity = (status.st_dev, status.st_ino)
        descriptor, users = _open_files.get(identity, (-1, 0))
        if users == 0:
            descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
        _open_files[identity] = (descriptor, users + 1)
        return identity, descriptor


def _close(identity: tuple[int, int]) -> None:
    with _opening:
        descriptor, users = _open_files.pop(identity)
        if users > 1:
            _open_files[identity] = (descriptor, users - 1)
        else:
            os.close(descriptor)
