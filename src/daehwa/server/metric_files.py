"""The files in which workers share their metrics, on a disk that may be full.

prometheus_client maps files that have a length and no blocks. Where the disk is full, the first
write into such a page ends the process (SIGBUS), and with it every worker that takes its place.
So blocks are reserved before they are mapped; what cannot be had is kept in memory, where the
worker goes on, and its figures are missing from ``/metrics``.
"""

from __future__ import annotations

import errno
import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import structlog
from prometheus_client import values
from prometheus_client.mmap_dict import MmapedDict

_FIRST_SIZE: Final = 1 << 16
# The length before a key, its padding, and two numbers after it.
_BESIDE_A_KEY: Final = 4 + 8 + 16
# A file system that reserves nothing.
_NOT_SUPPORTED: Final = {errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS}

_log = structlog.get_logger(__name__)


class ReservedFile(MmapedDict):
    """A file of metrics whose blocks are there before they are written to."""

    def __init__(self, filename: str, read_mode: bool = False) -> None:  # noqa: FBT001, FBT002 - as its base
        if read_mode or _reserve(filename, _FIRST_SIZE):
            super().__init__(filename, read_mode)  # type: ignore[no-untyped-call]
            return
        # No file of no length: whoever reads them all would stop at it.
        with suppress(OSError):
            Path(filename).unlink()
        with _memory() as path:
            super().__init__(path)  # type: ignore[no-untyped-call]

    def _init_value(self, key: str) -> None:
        while self._used + len(key.encode()) + _BESIDE_A_KEY > self._capacity:
            self._grow()
        super()._init_value(key)  # type: ignore[no-untyped-call]

    def _grow(self) -> None:
        before, self._capacity = self._m[: self._used], 2 * self._capacity
        if not _reserve(self._fname, self._capacity):
            self._f.close()
            with _memory() as path:
                self._f = Path(path).open("a+b")  # noqa: SIM115 - its base closes it
            self._f.truncate(self._capacity)
        self._m = mmap.mmap(self._f.fileno(), self._capacity)
        self._m[: self._used] = before


def reserve_blocks() -> None:
    """Have all metrics of this process that are shared live in such files."""
    values.MmapedDict = ReservedFile  # type: ignore[attr-defined]


def _reserve(path: str, size: int) -> bool:
    """Whether there are blocks for that many bytes of a file, which is made if need be."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            os.posix_fallocate(descriptor, 0, size)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno in _NOT_SUPPORTED:
            os.truncate(path, size)
            return True
        _log.warning("metrics_not_shared", error=error.strerror)
        return False
    return True


@contextmanager
def _memory() -> Iterator[str]:
    """The path of a new file in memory, which whoever has opened it keeps."""
    descriptor = os.memfd_create("daehwa-metrics")
    try:
        yield f"/proc/self/fd/{descriptor}"
    finally:
        os.close(descriptor)
