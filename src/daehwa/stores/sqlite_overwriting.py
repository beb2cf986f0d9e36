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
from typing import Final, NamedTuple

_HEADER: Final = struct.Struct("=16xII8x8s")  # frames in the WAL; the database's pages; salts
_PAGE_SIZE: Final = struct.Struct("=14xH")
_CHECKPOINTS: Final = struct.Struct("=I28xI")  # frames that are written back; that one set out to
_CHECKPOINTS_AT: Final = 96
_INDEX_BYTES: Final = 136
_WAL_HEADER_BYTES: Final = 32
_FRAME_HEADER_BYTES: Final = 24

# By device and inode. To close a file gives up all locks that this process has on it, those of
# SQLite too: each is opened once, and closed with the last who looks at it.
_open_files: dict[tuple[int, int], tuple[int, int]] = {}
_opening = threading.Lock()


class _Index(NamedTuple):
    """What the WAL's index says: frames, pages and their size, how far all is written back."""

    frames: int
    pages: int
    salts: bytes
    page_size: int
    written_back: int
    attempted: int


class Overwriting:
    """Looks after the files of one open database, which are there."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._wal = f"{path}-wal"
        self._identity, self._descriptor = _opened(f"{path}-shm")
        self._last: tuple[tuple[int, int], _Index] | None = None
        self._cut = False

    def seen(self) -> bool:
        """Whether it happened since this was last asked, as far as can be known at this moment.

        Raises:
            OSError: one of the files is not at its path.
        """
        index = self._index()
        status = os.stat(self._path)  # noqa: PTH116 - on every turn's way
        wal_size = os.stat(self._wal).st_size  # noqa: PTH116
        if index is None:
            self._last = None
            return False
        last, now = self._last, (status.st_mtime_ns, status.st_size)
        running = index.written_back != index.attempted  # a checkpoint
        changed = not running and last is not None and last[0] != now and _same(last[1], index)
        cut = _is_cut(index, status.st_size, wal_size)
        if (cut or changed) and self._index() != index:
            self._last = None  # it changes at this moment
            return False
        was_cut, self._cut = self._cut, cut
        self._last = None if running else (now, index)
        return changed or (cut and not was_cut)

    def close(self) -> None:
        """Let go of the files; to be called once, after the database is closed."""
        _close(self._identity)

    def _index(self) -> _Index | None:
        content = os.pread(self._descriptor, _INDEX_BYTES, 0)
        if len(content) < _INDEX_BYTES:
            return None
        frames, pages, salts = _HEADER.unpack_from(content)
        (page_size,) = _PAGE_SIZE.unpack_from(content)
        written_back, attempted = _CHECKPOINTS.unpack_from(content, _CHECKPOINTS_AT)
        # 65536 does not fit into its two bytes.
        page_size = (page_size & 0xFE00) + ((page_size & 1) << 16)
        return _Index(frames, pages, salts, page_size, written_back, attempted)


def _same(one: _Index, other: _Index) -> bool:
    """Whether no checkpoint was between the two."""
    return _checkpoints(one) == _checkpoints(other)


def _checkpoints(index: _Index) -> tuple[bytes, int, int]:
    return index.salts, index.written_back, index.attempted


def _is_cut(index: _Index, size: int, wal_size: int) -> bool:
    """Whether the database or its WAL is shorter than what has to be in it."""
    waiting = index.frames - index.written_back
    end_of_wal = _WAL_HEADER_BYTES + index.frames * (_FRAME_HEADER_BYTES + index.page_size)
    # Of the pages that are not in the WAL one may be the page of the locks, which is never written.
    return (waiting > 0 and wal_size < end_of_wal) or (
        size < (index.pages - waiting - 1) * index.page_size
    )


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
