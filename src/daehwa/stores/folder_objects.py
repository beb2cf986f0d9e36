"""Objects as files of a folder, for one machine: each kind is a folder, each name a path in it.

Several files change together or not at all, also in a power cut, which may take back the last
change: new contents are first written beside the old ones, then a journal says what is to replace
what, and whoever opens the folder next finishes what the journal says. A full disk is met before
that.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from daehwa.stores.errors import StaleObject, StoreUnavailable
from daehwa.stores.objects import Listed, StoredObject, kind_of
from daehwa.stores.values import first_version

_NEW: Final = ".new"
_JOURNAL: Final = ".change.json"
_PRIVATE_FILE: Final = 0o600
_PRIVATE_FOLDER: Final = 0o700


class _Journal(msgspec.Struct):
    """What is left to do of a write: names to put in place, and names to delete."""

    replace: list[str]
    delete: list[str]


_decode = msgspec.json.Decoder(_Journal).decode


class FolderObjects:
    """An ``ObjectStore`` in ``folder``, which one process uses; others may read its files."""

    shared = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._revisions: dict[str, int] = {}
        self._positions: dict[str, int] = {}
        self._leases: dict[str, tuple[str, float]] = {}

    def position(self, kind: str) -> int:
        """See ``ObjectStore.position``."""
        return self._positions.get(kind, 0)

    def listing(self, kind: str) -> dict[str, Listed]:
        """See ``ObjectStore.listing``."""
        with self._files():
            return {
                name: Listed(self._revision(name), status.st_size, status.st_mtime)
                for name, path in self._names(kind)
                for status in (path.stat(),)
            }

    def read(self, prefix: str) -> dict[str, StoredObject]:
        """See ``ObjectStore.read``."""
        with self._files():
            if prefix.endswith("/"):
                paths = dict(self._names(prefix.rstrip("/")))
            else:
                paths = {prefix: self._path(prefix)}
            return {
                name: StoredObject(path.read_bytes(), self._revision(name))
                for name, path in paths.items()
                if path.is_file()
            }

    def write(
        self,
        changes: Mapping[str, bytes | memoryview | None],
        *,
        expected: Mapping[str, int | None] | None = None,
        positions: Mapping[str, int] | None = None,
    ) -> int:
        """See ``ObjectStore.write``."""
        with self._files():
            for name, revision in (expected or {}).items():
                there = self._revision(name) if self._path(name).is_file() else None
                if there != revision:
                    raise StaleObject(f"{name} was changed meanwhile")
            for kind, position in (positions or {}).items():
                if self.position(kind) != position:
                    raise StaleObject(f"{kind} were changed meanwhile")
            token = first_version()
            journal = _Journal(
                replace=[name for name, content in changes.items() if content is not None],
                delete=[name for name, content in changes.items() if content is None],
            )
            self._stage(changes, journal)
            self._record(changes, token)
            self._finish(journal)
            return token

    def take_lease(self, name: str, holder: str, seconds: float) -> bool:
        """See ``ObjectStore.take_lease``."""
        now = time.monotonic()
        with self._lock:
            other, until = self._leases.get(name, (holder, 0.0))
            if other != holder and until > now:
                return False
            self._leases[name] = (holder, now + seconds)
            return True

    def end_lease(self, name: str, holder: str) -> None:
        """See ``ObjectStore.end_lease``."""
        with self._lock:
            if self._leases.get(name, ("", 0.0))[0] == holder:
                del self._leases[name]

    def close(self) -> None:
        """See ``ObjectStore.close``."""

    # --- files ------------------------------------------------------------------------

    def _record(self, changes: Mapping[str, bytes | memoryview | None], token: int) -> None:
        """Remember the revision of what is about to be put in place."""
        for name, content in changes.items():
            if content is None:
                self._revisions.pop(name, None)
            else:
                self._revisions[name] = token
            self._positions[kind_of(name)] = token

    def _recovered(self, names: list[str]) -> None:
        """The last process's unfinished work was completed here."""

    def _stage(self, changes: Mapping[str, bytes | memoryview | None], journal: _Journal) -> None:
        """Write everything down without touching what is there; after an error nothing is left."""
        written: list[Path] = []
        try:
            for name, content in changes.items():
                if content is not None:
                    written.append(self._new(name))
                    write_file(written[-1], content)
            if len(journal.replace) == 1 and not journal.delete:
                return  # one file is put in place in one step
            draft = self._folder / (_JOURNAL + _NEW)
            written.append(draft)
            write_file(draft, msgspec.json.encode(journal))
            draft.replace(self._folder / _JOURNAL)
        except OSError:
            for path in written:
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
                    _remove_empty(path.parent, self._folder)
            raise

    def _finish(self, journal: _Journal) -> None:
        for name in journal.replace:
            path = self._path(name)
            with contextlib.suppress(FileNotFoundError):  # it was put in place before
                self._new(name).replace(path)
        for name in journal.delete:
            path = self._path(name)
            path.unlink(missing_ok=True)
            _remove_empty(path.parent, self._folder)
        (self._folder / _JOURNAL).unlink(missing_ok=True)

    @contextmanager
    def _files(self) -> Iterator[None]:
        """The files, as the last write left them, with the system's errors as ours."""
        with self._lock:
            try:
                with contextlib.suppress(FileNotFoundError):
                    left = _decode((self._folder / _JOURNAL).read_bytes())
                    self._finish(left)
                    self._recovered([*left.replace, *left.delete])
                yield
            except OSError as error:
                raise StoreUnavailable(
                    f"{self._folder} cannot be used ({error}): check that the disk has room and"
                    " works, and that this user may write there."
                ) from error

    def _names(self, under: str) -> Iterator[tuple[str, Path]]:
        for path in sorted(self._path(under).rglob("*")):
            if path.is_file() and path.suffix != _NEW:
                yield path.relative_to(self._folder).as_posix(), path

    def _path(self, name: str) -> Path:
        return self._folder / name

    def _new(self, name: str) -> Path:
        """Where the new content of an object is, before it is put in place."""
        path = self._path(name)
        return path.with_name(path.name + _NEW)

    def _revision(self, name: str) -> int:
        return self._revisions.setdefault(name, first_version())


def make_private(folder: Path) -> None:
    """Make a folder, and those around it that are missing, for this user's eyes only."""
    # ``mkdir`` with ``parents`` gives its mode to the last one only.
    for one in (*reversed(folder.parents), folder):
        if not one.is_dir():
            one.mkdir(_PRIVATE_FOLDER, exist_ok=True)


def write_file(path: Path, content: bytes | memoryview, *, lasting: bool = True) -> None:
    """Write a private file; when it is to be ``lasting``, onto the disk."""
    make_private(path.parent)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        if lasting:
            file.flush()
            os.fsync(file.fileno())


def _remove_empty(folder: Path, root: Path) -> None:
    """Remove the folder and those around it that hold nothing any more."""
    with contextlib.suppress(OSError):
        while folder != root:
            folder.rmdir()
            folder = folder.parent
