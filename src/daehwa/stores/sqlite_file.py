"""The file behind ``SQLiteStore``: opened, private, watched, and never waited for.

- A call never waits inside SQLite for another program's lock: it raises ``StoreLocked``, and
  the store tries again later, so that the event loop goes on meanwhile.
- Whether the file is still the one that was opened is looked at before each call (a write that
  follows a read at once does without) and after each commit, so nothing is acknowledged that
  went into a file which was deleted or replaced.
  The next call opens whatever is at the path then, without the WAL of the file that was there
  before: SQLite would read it into the new one, and break it. Where only the WAL was deleted,
  what is in it is written into the database, and the file closed until every process has done
  so: others may share the deleted WAL, and a new one beside it would break the database. The last
  one to close begins a new WAL; ``look`` sees to it that a process without traffic closes too.
- What other programs write into the file in its place (``cp``, ``: >``) is seen by ``look`` within
  a second (see ``sqlite_overwriting``). The file is then read through, aside; if it is broken,
  nothing is acknowledged any more until a sound one is there.
- File, WAL and index of the WAL are readable by their owner only (0600), whatever the umask.
"""

from __future__ import annotations

import contextlib
import math
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, TypeVar

import structlog

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows has none, and deletes no file that is open
    fcntl = None  # type: ignore[assignment]

from daehwa.stores.errors import StoreDamaged, StoreError, StoreTooNew, StoreUnavailable
from daehwa.stores.migrations import Layout, needed_by
from daehwa.stores.sqlite_overwriting import Overwriting

# "Daeh" in the file's header tells our files from other programs' databases.
APPLICATION_ID = 0x44616568
_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700
# Processes that start together wait for the one that migrates; one that serves waits for none.
_SECONDS_TO_OPEN = 5.0
_BESIDE = ("-wal", "-shm")
# How often a deleted WAL is tried to be written back, and how long in between.
_TRIES = 50
_TRY_SECONDS = 0.002
_INCREMENTAL = 2

# For so long after a read's look the file counts as being in its place: a turn that needs no hook
# and no model writes what it has read well within it. What is deleted meanwhile is noticed after
# the commit, as is what is deleted during it.
_LOOK_LASTS = 0.001

# Far more than a tick of any file system's clock.
_SETTLED_NS = 2_000_000_000

_FAULTS = (sqlite3.Error, OSError)

Execute = Callable[..., sqlite3.Cursor]
_Result = TypeVar("_Result")

_log = structlog.get_logger(__name__)


class StoreLocked(StoreUnavailable):
    """Another program holds the file's lock at this moment."""


class SQLiteFile:
    """An open database, for one call at a time from whichever thread.

    ``migrations`` each take the file from their index to the next version; ``additions`` are the
    numbers of those that older releases can live with (see ``migrations``). A commit writes the
    WAL back that has ``most_pages``. ``opened`` counts how often the file was opened.

    Raises:
        StoreDamaged: the file is no SQLite database, is broken, or is another program's.
        StoreTooNew: a newer Daehwa has written it.
        StoreUnavailable: it cannot be opened or stays locked.
    """

    def __init__(
        self,
        path: Path,
        migrations: Sequence[str],
        *,
        additions: Collection[int] = (),
        most_pages: int = 1000,
    ) -> None:
        self.path = path
        self._most_pages = most_pages
        self._migrations = migrations
        self._needed = needed_by(len(migrations), additions)
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self.opened = 0
        self._files = tuple(f"{path}{suffix}" for suffix in ("", *_BESIDE))
        self._opened: list[tuple[int, int]] = []
        # A file that is elsewhere in truth is looked at itself.
        self._folder = "" if path.is_symlink() else str(path.parent)
        self._unchanged: tuple[int, int, int] | None = None
        self._seen_at = -math.inf  # when a read last had it in its place
        self._damage: StoreDamaged | None = None
        self._broken: StoreDamaged | None = None  # what another program left in its place
        self._overwriting: Overwriting | None = None
        self._orphaned = False  # its WAL or the WAL's index is gone
        self._aside = False  # closed until no process uses that WAL
        self._closed = False
        with self._lock, self._errors():
            self._open(_SECONDS_TO_OPEN)

    def read(self, work: Callable[[Execute], _Result]) -> _Result:
        """What ``work`` makes of the connection's ``execute``, with SQLite's errors as ours."""
        with self._lock:
            try:
                connection = self._usable()
                self._seen_at = time.monotonic()
                return work(connection.execute)
            except _FAULTS as error:
                self._raise(error)

    def write(self, work: Callable[[Execute], _Result], *, overwriting: bool = False) -> _Result:
        """Do ``work`` in one transaction: all of it or, after any error, nothing of it.

        ``overwriting`` puts zeros over what it deletes on pages that become free, too.

        Raises:
            StoreLocked: another program is writing.
            StoreUnavailable: the disk is full, or the file is not at its path any more.
        """
        with self._lock:
            try:
                seen, self._seen_at = self._seen_at, -math.inf
                connection = self._usable(look=time.monotonic() - seen > _LOOK_LASTS)
                execute = connection.execute
                execute("BEGIN IMMEDIATE")
                try:
                    if overwriting:
                        execute("PRAGMA secure_delete = ON").fetchall()
                    result = work(execute)
                    execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        execute("ROLLBACK")
                    raise
                finally:
                    if overwriting:
                        execute("PRAGMA secure_delete = FAST").fetchall()
                if self._moved(3):
                    self._rescue(connection)
            except _FAULTS as error:
                self._raise(error)
            return result

    def read_aside(self, work: Callable[[Execute], _Result]) -> _Result:
        """As ``read``, over a connection of its own, so that what takes long holds up nobody."""
        with self._errors():
            address = f"{self.path.absolute().as_uri()}?mode=ro"
            connection = sqlite3.connect(address, uri=True, timeout=_SECONDS_TO_OPEN)
            with contextlib.closing(connection):
                return work(connection.execute)

    def prove(self) -> None:
        """Make sure that what was met so far was sound.

        Raises:
            StoreDamaged: a page of this file was broken when it was last read.
            StoreLocked: its WAL is gone, and other processes still use it.
        """
        with self._lock, self._errors():
            self._usable()
            if self._damage is not None:
                raise self._damage
            if self._moved(3):
                self._orphaned = True
                self._usable()

    def write_back(self) -> None:
        """Write what is in the WAL into the database, but for what others still read.

        Where that fails nothing is lost: it is done at another time.
        """
        with self._lock, contextlib.suppress(StoreError), self._errors():
            if not self._closed:
                self._usable().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def look(self) -> bool:
        """Let go of a WAL that was deleted, or return to the file: to be called every second.

        Returns:
            Whether another program wrote into the file, and ``examine`` is to be called.
        """
        with self._lock, contextlib.suppress(StoreError), self._errors():
            if self._connection is not None and self._moved(3):
                self._orphaned = True
            if self._aside or self._orphaned:
                self._usable()
            elif self._connection is not None and self._overwriting is not None:
                return self._overwriting.seen()
        return False

    def examine(self) -> None:
        """Read the file through, which another program wrote into: from a thread, it takes long.

        A whole database is taken up as one that is moved into the file's place. Where it is broken
        calls raise ``StoreDamaged`` until it is replaced, or written over again.
        """
        try:
            wrong = self._mistake()
            if wrong is not None and self._take_up_alone():
                wrong = None
        except (StoreLocked, OSError):
            return  # it is met by whoever reads it, or gone
        with self._lock:
            if self._connection is not None and not self._closed:
                # What is remembered of the file is of the one that was there before.
                self._connection.execute("PRAGMA shrink_memory")
            known, self._damage = self._broken, None
            self._broken = None if wrong is None else StoreDamaged(self._overwritten(wrong))
        if wrong is None or known is None:
            _log.error(
                "store_file_overwritten",
                path=str(self.path),
                sound=wrong is None,
                cure="leave the files of a running server alone; stop it to put a copy there",
            )

    def _mistake(self) -> str | None:
        """What is wrong with the database, as it is with its WAL."""
        # SQLite would take an empty file for a new one, and delete the WAL beside it.
        if self.path.stat().st_size == 0:
            return "it is empty"
        try:
            return self.read_aside(_first_mistake)
        except StoreLocked:
            raise
        except StoreError as error:
            return str(error.__cause__ or error)

    def _take_up_alone(self) -> bool:
        """Whether it is whole without its WAL, which then is that of the file that was there.

        It is moved into its own place as a file of its own, so that every process takes it up.
        """
        copy = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        with _alone_in(self.path.parent):
            if not _is_at(self._files[0], self._opened[0]):
                return True  # another process was first
            before = self.path.stat()
            try:
                shutil.copyfile(self.path, copy)
                copy.chmod(_PRIVATE_FILE)
                after = self.path.stat()
                if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
                    return False  # it is still being written: that is seen, too
                if not _is_whole(copy):
                    return False
                copy.replace(self.path)
            finally:
                copy.unlink(missing_ok=True)
        return True

    def close(self) -> None:
        """Close the file; harmless when done twice."""
        with self._lock:
            self._closed = True
            if self._connection is not None:
                self._connection.close()
            if self._overwriting is not None:
                self._overwriting.close()
                self._overwriting = None

    # --- opening ----------------------------------------------------------------------

    def _usable(self, *, look: bool = True) -> sqlite3.Connection:
        """The connection to the file that is at the path now; ``look`` sees whether it still is."""
        connection = self._connection
        if connection is None:
            if self._aside:
                self._wait_for_others()
            self._open(0.0)
            self._aside = False
            return self._usable()
        if connection.in_transaction:  # a rollback that could not be written
            connection.execute("ROLLBACK")
        replaced = look and self._moved(1)
        if self._closed or not (replaced or self._orphaned):
            if self._broken is not None:
                raise self._broken
            return connection
        if not replaced and not _leave_wal(connection):
            return self._step_aside(connection)
        _log.error(
            "store_file_replaced",
            path=str(self.path),
            cure="leave the files of a running server alone; what is at the path is used now",
        )
        with _alone_in(self.path.parent):
            # While the old files are open their numbers are theirs alone.
            self._drop_old_wal()
            self._connection = None
            connection.close()
            self._open(0.0)
        return self._usable()

    def _drop_old_wal(self) -> None:
        """Take away what is still beside the path of a file that was deleted or replaced."""
        if _is_at(self._files[0], self._opened[0]):
            return
        for file, opened in zip(self._files[1:], self._opened[1:], strict=True):
            if _is_at(file, opened):
                Path(file).unlink(missing_ok=True)

    def _open(self, patience: float) -> None:
        self.path.parent.mkdir(_PRIVATE_FOLDER, parents=True, exist_ok=True)
        # Made by us, so that no umask opens it to others for a moment. One that is there is not
        # touched: closing it would drop the locks that this process has on it by other means.
        try:
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE))
        except FileExistsError:
            self._keep_wal()
        connection = sqlite3.connect(
            self.path,
            timeout=patience,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=64,
        )
        try:
            self._prepare(connection)
            connection.execute("PRAGMA busy_timeout = 0")
            for file in self._files:
                _make_private(Path(file))
            self._opened = [_identity(file) for file in self._files]
        except BaseException:
            connection.close()
            raise
        self.opened += 1
        self._connection, self._damage, self._orphaned = connection, None, False
        self._unchanged = self._broken = None
        before, self._overwriting = self._overwriting, Overwriting(self.path)
        if before is not None:
            before.close()

    def _keep_wal(self) -> None:
        """See that SQLite does not delete the WAL of a database that was emptied.

        Raises:
            StoreDamaged: it was.
        """
        with contextlib.suppress(OSError):
            # In this order: of a new database the file is written first.
            if Path(self._files[1]).stat().st_size and not self.path.stat().st_size:
                raise StoreDamaged(self._overwritten("it is empty, and its -wal is not"))

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Set the file up and bring it to this program's version."""
        execute = connection.execute
        layout = self._layout(execute)
        _make_private(self.path)
        execute(f"PRAGMA auto_vacuum = {_INCREMENTAL}")  # only a new file takes it
        execute("PRAGMA journal_mode = WAL")
        execute(f"PRAGMA wal_autocheckpoint = {self._most_pages}")
        execute("PRAGMA synchronous = NORMAL")
        execute("PRAGMA foreign_keys = ON")
        execute("PRAGMA secure_delete = FAST")
        if layout.applied < len(self._migrations):
            self._migrate(execute)
        if execute("PRAGMA auto_vacuum").fetchone()[0] != _INCREMENTAL:
            # A file of an older Daehwa is written anew once, so that it can shrink from now on.
            with contextlib.suppress(sqlite3.OperationalError):
                execute(f"PRAGMA auto_vacuum = {_INCREMENTAL}")
                execute("VACUUM")
        execute("SELECT count(*) FROM sqlite_schema").fetchone()  # opens the WAL

    def _migrate(self, execute: Execute) -> None:
        execute("BEGIN IMMEDIATE")  # another process may be migrating at this very moment
        try:
            layout = self._layout(execute)
            for migration in self._migrations[layout.applied :]:
                for statement in migration.split(";"):
                    execute(statement)
            execute(f"PRAGMA application_id = {APPLICATION_ID}")
            execute(f"PRAGMA user_version = {max(layout.needed, self._needed)}")
            if _has_layout(execute):
                execute(
                    "UPDATE layout SET applied = ?", (max(layout.applied, len(self._migrations)),)
                )
        except BaseException:
            execute("ROLLBACK")
            raise
        execute("COMMIT")

    def _layout(self, execute: Execute) -> Layout:
        """The migrations that the file has seen; none for an empty one."""
        needed = int(execute("PRAGMA user_version").fetchone()[0])
        # In this order: another process may make tables and owner between the two, at once.
        filled = execute("SELECT 1 FROM sqlite_schema").fetchone()
        owner = execute("PRAGMA application_id").fetchone()[0]
        if filled and owner != APPLICATION_ID:
            raise StoreDamaged(
                f"{self.path} is a database of another program: choose another data folder"
                " with --data, or move the file away."
            )
        if needed > len(self._migrations):
            raise StoreTooNew(
                f"{self.path} was written by a newer Daehwa (its version is {needed}, this"
                f" program knows {len(self._migrations)}): update Daehwa, or choose another data"
                " folder with --data."
            )
        if not _has_layout(execute):
            return Layout(needed, needed)
        return Layout(needed, int(execute("SELECT applied FROM layout").fetchone()[0]))

    # --- the file at the path ---------------------------------------------------------

    def _moved(self, count: int) -> bool:
        """Whether one of the first ``count`` files is gone, or another one stands in its place.

        A folder in which no name came, went or changed since all were in their places needs no
        closer look: its own time of change says so.
        """
        folder = _folder_state(self._folder)
        if folder is not None and folder == self._unchanged:
            return False
        try:
            if [_identity(file) for file in self._files[:count]] != self._opened[:count]:
                return True
        except OSError:
            return True
        # Two changes in one tick of the clock look like one: a fresh change is not trusted yet.
        settled = folder is not None and time.time_ns() - folder[0] > _SETTLED_NS
        if settled and count < len(self._files):
            settled = not self._moved(len(self._files))
        self._unchanged = folder if settled else None
        return False

    def _rescue(self, connection: sqlite3.Connection) -> None:
        """After a commit into files that were moved: keep it, or refuse to acknowledge it."""
        if not self._moved(1):
            self._orphaned = True
            # Others write at this moment too, each its last into this WAL: it takes milliseconds.
            for _ in range(_TRIES):
                if _write_back(connection):
                    return
                time.sleep(_TRY_SECONDS)
        raise StoreUnavailable(
            f"{self.path} was deleted or replaced while it was in use: restore it from a copy if"
            " what it held is needed, and leave the files of a running server alone."
        )

    def _step_aside(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        """Close the file, whose deleted WAL others use too, once all that is in it is safe.

        Raises:
            StoreLocked: others still use it.
        """
        if not _write_back(connection):
            raise StoreLocked(self._shared_wal())
        _log.error(
            "store_file_replaced",
            path=str(self.path),
            cure="leave the files of a running server alone; a new -wal is begun when all"
            " processes have let go of the one that was deleted",
        )
        self._connection = None
        self._aside = True
        connection.close()
        return self._usable()

    def _wait_for_others(self) -> None:
        """See that no process uses the deleted WAL any more.

        Raises:
            StoreLocked: one does.
        """
        if all(Path(file).exists() for file in self._files[1:]):
            return  # another process saw to it, and has made anew what was missing
        alone = sqlite3.connect(self.path, timeout=0, isolation_level=None)
        try:
            # With this the lock on the whole file comes before anything is written beside it.
            alone.execute("PRAGMA locking_mode = EXCLUSIVE")
            if _leave_wal(alone):
                return
        finally:
            alone.close()
        raise StoreLocked(self._shared_wal())

    def _shared_wal(self) -> str:
        return (
            f"{self.path} lost its -wal or -shm while several processes use it: it is opened again"
            " when all of them have let go of it. End other programs that use it."
        )

    def _overwritten(self, wrong: str) -> str:
        return (
            f"{self.path} was written over or cut by another program while it was in use, and is"
            f" damaged ({wrong}): stop the server, and restore a backup; or save what can be saved"
            f' with  sqlite3 "{self.path}" .recover'
        )

    # --- errors -----------------------------------------------------------------------

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except _FAULTS as error:
            self._raise(error)

    def _raise(self, error: sqlite3.Error | OSError) -> NoReturn:
        """Raise an error of SQLite or the system as ours."""
        if isinstance(error, sqlite3.ProgrammingError | sqlite3.IntegrityError):
            raise error  # a mistake of this program
        ours = self._store_error(error)
        if isinstance(ours, StoreDamaged):
            self._damage = ours
        raise ours from error

    def _store_error(self, error: sqlite3.Error | OSError) -> StoreError:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return StoreDamaged(
                f"{self.path} is damaged or not a database ({error}): stop the server, then"
                f' save what can be saved with  sqlite3 "{self.path}" .recover  or move the file'
                " away together with those beside it that end in -wal and -shm; a new one is made"
                " at the next start."
            )
        kind = StoreUnavailable
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            kind = StoreLocked
            cure = "another program holds it locked: end that one, or try again"
        elif code == sqlite3.SQLITE_FULL:
            cure = "the disk is full: make room"
        else:
            cure = "check that the folder is there, that the disk has room and works, and that"
            cure += " this user may write there"
        return kind(f"{self.path} cannot be used ({error}): {cure}.")


def _first_mistake(execute: Execute) -> str | None:
    """What is wrong with the database, if anything is."""
    outcome = str(execute("PRAGMA quick_check(1)").fetchone()[0])
    return None if outcome == "ok" else outcome.splitlines()[-1]


def _is_whole(file: Path) -> bool:
    """Whether a file that nobody uses is a sound database of ours."""
    try:
        with contextlib.closing(
            sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)
        ) as connection:
            ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            return ours and _first_mistake(connection.execute) is None
    except sqlite3.Error:
        return False


def _has_layout(execute: Execute) -> bool:
    query = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'layout'"
    return execute(query).fetchone() is not None


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


def _is_at(file: str, identity: tuple[int, int]) -> bool:
    try:
        return _identity(file) == identity
    except OSError:
        return False


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Have the folder's files to oneself among the processes that ask for it."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # it is gone, and made anew when the file is
        yield
        return
    try:
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _leave_wal(connection: sqlite3.Connection) -> bool:
    """Write the WAL back and do without it, which works only where no other process uses it."""
    try:
        return bool(connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete")
    except sqlite3.OperationalError:
        return False


def _write_back(connection: sqlite3.Connection) -> bool:
    """Whether all that is in the WAL is in the database now."""
    busy, pages, written = connection.execute("PRAGMA wal_checkpoint(FULL)").fetchone()
    return not busy and pages == written


def _make_private(file: Path) -> None:
    """Take a file of this user's from all others; one of another user's stays as it is."""
    with contextlib.suppress(PermissionError, FileNotFoundError):
        if file.stat().st_mode & 0o077:
            file.chmod(_PRIVATE_FILE)
