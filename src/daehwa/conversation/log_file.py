"""The conversation log's file: several processes append records to it and take some out.

Whoever appends holds a shared lock on the file for that moment. Records are taken out by
writing a new file beside the old one and putting it in its place: all but its end is written
while others go on appending, and only for the end nobody may. The locks are the operating
system's, and go with the process that holds them.
"""

from __future__ import annotations

import contextlib
import glob
import gzip
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

import msgspec

from daehwa import stores

try:
    import fcntl
except ImportError:  # Windows has no such locks; its files cannot be replaced while open either
    fcntl = None  # type: ignore[assignment]

_DRAFT = ".new"
_GZIP = ".gz"
# A file is written again for its oldest records at most once a day.
_SLACK = timedelta(days=1)
_encode = msgspec.json.Encoder().encode


class _Bot(msgspec.Struct, frozen=True, rename="camel"):
    id: str
    alias_id: str
    locale_id: str


class RecordKey(msgspec.Struct, frozen=True, rename="camel"):
    """Which conversation a record belongs to, and when it was written (in ISO 8601)."""

    session_id: str
    bot: _Bot
    timestamp: str = ""
    owner: str = ""

    @classmethod
    def of(cls, session: stores.SessionKey) -> RecordKey:
        """The key of a conversation's records, whenever they were written."""
        place = _Bot(session.bot_id, session.alias_id, session.locale_id)
        return cls(session.session_id, place, owner=owner_mark(session.owner))

    def of_session(self) -> RecordKey:
        """The key without the time."""
        return RecordKey(self.session_id, self.bot, owner=self.owner)

    def written_before(self, moment: datetime) -> bool:
        """Whether the record is older; one without a time that can be read is not."""
        try:
            return datetime.fromisoformat(self.timestamp).astimezone(UTC) < moment
        except ValueError:
            return False


def owner_mark(owner: str) -> str:
    """What a record says of whose its session is: enough to tell owners apart, and no more."""
    return hashlib.sha256(owner.encode()).hexdigest()[:16] if owner else ""


_decode = msgspec.json.Decoder(RecordKey).decode


class LogFile:
    """JSON lines at the end of a file, which may be moved away at any time.

    A record is one write, so that several processes may share the file. It is made for its
    owner alone: it holds what people said.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = _open(path)

    def write(self, record: dict[str, Any]) -> None:
        """Append the record.

        Raises:
            OSError: it cannot be written.
        """
        line = memoryview(_encode(record) + b"\n")
        _lock(self._file, exclusive=False)
        try:
            while not _is_at(self._path, self._file):
                fresh = _open(self._path)
                os.close(self._file)
                self._file = fresh
                _lock(self._file, exclusive=False)
            while line:
                line = line[os.write(self._file, line) :]
        finally:
            _unlock(self._file)

    def remove(self, chosen: Callable[[RecordKey], bool], *, holding: bytes = b"") -> int:
        """See ``Sink.remove``; out of what rotation made of the file (``NAME.1``, ``.gz``) too."""
        return remove_records(self._path, chosen, holding=holding)

    def expire(self, before: datetime) -> int:
        """See ``Sink.expire``."""
        last = before - _SLACK

        def is_old(key: RecordKey) -> bool:
            return key.written_before(before)

        return sum(
            _rewritten(path, lambda line: _is_chosen(line, is_old))
            for path in _files(self._path)
            if _is_chosen(_first_line(path), lambda key: key.written_before(last))
        )

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def remove_records(path: Path, chosen: Callable[[RecordKey], bool], *, holding: bytes = b"") -> int:
    """Take records out of a log's files, as ``LogFile.remove`` does.

    Raises:
        OSError: a file cannot be read or written.
    """
    return sum(
        _rewritten(each, lambda line: holding in line and _is_chosen(line, chosen))
        for each in _files(path)
    )


def _files(path: Path) -> list[Path]:
    rotated = path.parent.glob(f"{glob.escape(path.name)}[.-]*")
    files = (path, *sorted(rotated))
    return [each for each in files if each.is_file() and not each.name.endswith(_DRAFT)]


def _is_chosen(line: bytes, chosen: Callable[[RecordKey], bool]) -> bool:
    try:
        return chosen(_decode(line))
    except msgspec.DecodeError:
        return False  # none of our records


def _rewritten(path: Path, doomed: Callable[[bytes], bool]) -> int:
    """Rewrite a file without the doomed lines, if it has any; return how many it had."""
    with _draft_beside(path) as draft:
        while True:
            with path.open("rb") as source:
                copied = _copy_packed if path.suffix == _GZIP else _copy_growing
                removed = copied(source, draft, doomed)
                if not removed:
                    return 0
                if _is_at(path, source.fileno()):
                    draft.flush()
                    os.fsync(draft.fileno())
                    Path(draft.name).replace(path)
                    return removed
            # It was rotated meanwhile.
            draft.seek(0)
            draft.truncate()


def _copy_packed(source: IO[bytes], draft: IO[bytes], doomed: Callable[[bytes], bool]) -> int:
    with gzip.open(source) as plain, gzip.open(draft, "wb") as packed:
        return _copy(plain, packed.write, doomed)[0]


def _copy_growing(source: IO[bytes], draft: IO[bytes], doomed: Callable[[bytes], bool]) -> int:
    """Copy a file to which others append; nobody can any more until ``source`` is closed."""
    removed, end = _copy(source, draft.write, doomed, whole_lines=True)
    if removed:
        _lock(source.fileno(), exclusive=True)
        source.seek(end)
        removed += _copy(source, draft.write, doomed)[0]
    return removed


def _copy(
    source: Iterable[bytes],
    write: Callable[[bytes], object],
    doomed: Callable[[bytes], bool],
    *,
    whole_lines: bool = False,
) -> tuple[int, int]:
    """Copy the lines that are not doomed: how many were, and where the last one read ends."""
    removed = end = 0
    for line in source:
        if whole_lines and not line.endswith(b"\n"):
            break  # somebody is writing it
        end += len(line)
        if doomed(line):
            removed += 1
        else:
            write(line)
    return removed, end


def _first_line(path: Path) -> bytes:
    with path.open("rb") as file:
        if path.suffix != _GZIP:
            return file.readline()
        try:
            return gzip.open(file).readline()
        except (OSError, EOFError):
            return b""  # packed by something else


@contextmanager
def _draft_beside(path: Path) -> Iterator[IO[bytes]]:
    """An empty file that takes the place of ``path``, or is deleted; one writes it at a time."""
    place = path.with_name(path.name + _DRAFT)
    while True:
        file = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        _lock(file, exclusive=True)
        if _is_at(place, file):
            break
        os.close(file)  # whoever had the lock put it in its place
    with place.open("r+b") as draft:
        if os.fstat(file).st_size:  # somebody was killed in the middle of it
            draft.truncate()
        place.chmod(0o600)
        try:
            yield draft
        finally:
            if _is_at(place, file):
                place.unlink()
            os.close(file)


def _open(path: Path) -> int:
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with contextlib.suppress(PermissionError):  # another user's stays as it is
        mode = os.fstat(file).st_mode
        if stat.S_ISREG(mode) and mode & 0o077:
            os.fchmod(file, 0o600)
    return file


def _is_at(path: Path, file: int) -> bool:
    """Whether the open file is the one at the path."""
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    return os.path.samestat(there, os.fstat(file))


def _lock(file: int, *, exclusive: bool) -> None:
    if fcntl is not None:
        with contextlib.suppress(OSError):  # a file system, or a pipe, without locks
            fcntl.flock(file, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)


def _unlock(file: int) -> None:
    if fcntl is not None:
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_UN)
