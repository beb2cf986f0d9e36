"""Objects as files of a folder that several processes of one machine use: the workers of a server.

A lock of the operating system keeps them apart. Beside the objects there are

    objects.lock    the lock; it goes with the process that holds it
    objects.json    where each kind stands, and at which revision each file was written
    leases.json     who holds which lease, since which start of the machine

A file that something else wrote has a revision of its own, which follows from its inode and time.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from daehwa.stores.errors import StoreUnavailable
from daehwa.stores.folder_objects import FolderObjects, write_file
from daehwa.stores.objects import kind_of
from daehwa.stores.values import first_version

LOCK: Final = "objects.lock"
STATE: Final = "objects.json"
LEASES: Final = "leases.json"
_WAIT_SECONDS: Final = 5.0
_POLL_SECONDS: Final = 0.005
_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")


class _State(msgspec.Struct):
    """Positions by kind; by name the revision of a file, its inode and its time."""

    positions: dict[str, int] = msgspec.field(default_factory=dict)
    files: dict[str, tuple[int, int, int]] = msgspec.field(default_factory=dict)


class _Leases(msgspec.Struct):
    """By name the holder and the lease's end, on the machine's clock, which starts at ``boot``."""

    boot: str = ""
    held: dict[str, tuple[str, float]] = msgspec.field(default_factory=dict)


class SharedFolderObjects(FolderObjects):
    """An ``ObjectStore`` in ``folder`` for several processes of this machine."""

    shared = True

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._state = _State()
        self._read_at: tuple[int, int] | None = None
        self._descriptor: int | None = None
        self._depth = 0

    def position(self, kind: str) -> int:
        """See ``ObjectStore.position``."""
        with self._lock:
            self._load()
            return self._state.positions.get(kind, 0)

    def take_lease(self, name: str, holder: str, seconds: float) -> bool:
        """See ``ObjectStore.take_lease``."""
        with self._files():
            leases, now = self._leases_now(), time.monotonic()
            other, until = leases.held.get(name, (holder, 0.0))
            if other != holder and until > now:
                return False
            leases.held[name] = (holder, now + seconds)
            self._save_leases(leases)
            return True

    def end_lease(self, name: str, holder: str) -> None:
        """See ``ObjectStore.end_lease``."""
        with self._files():
            leases = self._leases_now()
            if leases.held.get(name, ("", 0.0))[0] == holder:
                del leases.held[name]
                self._save_leases(leases)

    def close(self) -> None:
        """See ``ObjectStore.close``."""
        with self._lock:
            if self._descriptor is not None:
                os.close(self._descriptor)
                self._descriptor = None

    # --- files ------------------------------------------------------------------------

    @contextmanager
    def _files(self) -> Iterator[None]:
        with self._lock, self._locked(), super()._files():
            self._load()
            yield

    def _recovered(self, names: list[str]) -> None:
        # Whoever wrote it ended before it could say so.
        self._load()
        for kind in {kind_of(name) for name in names}:
            self._state.positions[kind] = first_version()
        self._save()

    def _record(self, changes: Mapping[str, bytes | memoryview | None], token: int) -> None:
        for name, content in changes.items():
            self._state.positions[kind_of(name)] = token
            if content is None:
                self._state.files.pop(name, None)
            else:
                # It keeps both when it is put in place.
                there = self._new(name).stat()
                self._state.files[name] = (token, there.st_ino, there.st_mtime_ns)
        self._save()

    def _revision(self, name: str) -> int:
        there = self._path(name).stat()
        revision, *written = self._state.files.get(name, (0, 0, 0))
        if written == [there.st_ino, there.st_mtime_ns]:
            return revision
        stamp = f"{there.st_ino}-{there.st_mtime_ns}-{there.st_size}".encode()
        return int.from_bytes(hashlib.blake2b(stamp, digest_size=7).digest(), "big")

    def _load(self) -> None:
        path = self._folder / STATE
        try:
            status = path.stat()
            if (status.st_ino, status.st_mtime_ns) == self._read_at:
                return
            self._state = msgspec.json.decode(path.read_bytes(), type=_State)
            self._read_at = (status.st_ino, status.st_mtime_ns)
        except FileNotFoundError:
            self._state, self._read_at = _State(), None
        except msgspec.DecodeError:
            # Each file then has the revision that follows from itself.
            self._state, self._read_at = _State(), None
        except OSError as error:
            raise StoreUnavailable(f"{path} cannot be read: {error}") from error

    def _save(self) -> None:
        self._replace(STATE, msgspec.json.encode(self._state))
        self._read_at = None

    def _leases_now(self) -> _Leases:
        boot = ""
        with contextlib.suppress(OSError):
            boot = _BOOT.read_text("ascii").strip()
        try:
            leases = msgspec.json.decode((self._folder / LEASES).read_bytes(), type=_Leases)
        except (FileNotFoundError, msgspec.DecodeError):
            return _Leases(boot)
        return leases if leases.boot == boot else _Leases(boot)

    def _save_leases(self, leases: _Leases) -> None:
        now = time.monotonic()
        leases.held = {name: one for name, one in leases.held.items() if one[1] > now}
        self._replace(LEASES, msgspec.json.encode(leases), lasting=False)

    def _replace(self, name: str, content: bytes, *, lasting: bool = True) -> None:
        draft = self._new(name)
        write_file(draft, content, lasting=lasting)
        draft.replace(self._folder / name)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep the other processes out; this thread may enter more than once."""
        if self._depth == 0:
            self._take_lock()
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if self._depth == 0 and self._descriptor is not None:
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def _take_lock(self) -> None:
        path = self._folder / LOCK
        until = time.monotonic() + _WAIT_SECONDS
        try:
            if self._descriptor is None:
                path.parent.mkdir(0o700, parents=True, exist_ok=True)
                self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            while True:
                try:
                    fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    if time.monotonic() > until:
                        raise StoreUnavailable(
                            f"another process has held {path} for {_WAIT_SECONDS:.0f} seconds"
                        ) from None
                    time.sleep(_POLL_SECONDS)
                else:
                    return
        except OSError as error:
            raise StoreUnavailable(f"{path} cannot be used: {error}") from error
