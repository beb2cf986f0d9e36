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
- What other programs write into the file in its place (``cp``, ``: >``) is seen by the next write,
  and by ``look`` within a second (see ``sqlite_overwriting``). Nothing is written until
  the file was read through, aside; if it is broken, not before a sound one is there.
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

from daehwa.stores.errors import StoreDamaged, StoreError, StoreUnavailable
from daehwa.stores.sqlite_faults import (
    StoreLocked,
    being_examined,
    lost_wal,
    overwritten,
    store_error,
)
from daehwa.stores.sqlite_overwriting import Overwriting
from daehwa.stores.sqlite_place import PRIVATE_FILE, SQLitePlace, alone_in
from daehwa.stores.sqlite_setup import Execute, SQLiteSetup, first_mistake, is_whole

_PRIVATE_FOLDER = 0o700
# Processes that start together wait for the one that migrates; one that serves waits for none.
_SECONDS_TO_OPEN = 5.0
# How often a deleted WAL is tried to be written back, and how long in between.
_TRIES = 50
_TRY_SECONDS = 0.002

# For so long after a read's look the file counts as being in its place: a turn that needs no hook
# and no model writes what it has read well within it. What is deleted meanwhile is noticed after
# the commit, as is what is deleted during it.
_LOOK_LASTS = 0.001

_FAULTS = (sqlite3.Error, OSError)

_Result = TypeVar("_Result")

_log = structlog.get_logger(__name__)


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
        self._setup = SQLiteSetup(path, migrations, additions, most_pages)
        self._place = SQLitePlace(path)
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        # One cursor, for whoever has the lock: a new one for each statement costs more.
        self._cursor: sqlite3.Cursor
        self._execute: Execute
        self.opened = 0
        self._seen_at = -math.inf  # when a read last had it in its place
        self._damage: StoreDamaged | None = None
        self._broken: StoreDamaged | None = None  # what another program left in its place
        self._overwriting: Overwriting | None = None
        self._suspect = False
        self._orphaned = False  # its WAL or the WAL's index is gone
        self._aside = False  # closed until no process uses that WAL
        self._closed = False
        with self._lock, self._errors():
            self._open(_SECONDS_TO_OPEN)

    def read(self, work: Callable[[Execute], _Result]) -> _Result:
        """What ``work`` makes of the connection's ``execute``, with SQLite's errors as ours."""
        with self._lock:
            try:
                self._usable()
                self._seen_at = time.monotonic()
                return work(self._execute)
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
                if self._written_over():
                    raise StoreLocked(being_examined(self.path))
                execute = self._execute
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
                if self._place.moved(3):
                    self._rescue(connection)
            except _FAULTS as error:
                self._raise(error)
            return result

    @property
    def suspect(self) -> bool:
        """Whether another program wrote into the file, and ``examine`` is to be called."""
        return self._suspect

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
            if self._place.moved(3):
                self._orphaned = True
                self._usable()

    def write_back(self) -> None:
        """Write what is in the WAL into the database, but for what others still read.

        Where that fails nothing is lost: it is done at another time.
        """
        with self._lock, contextlib.suppress(StoreError), self._errors():
            if not self._closed:
                connection = self._usable()
                if not self._written_over():
                    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def look(self) -> bool:
        """Let go of a WAL that was deleted, or return to the file: to be called every second.

        Returns:
            Whether the file is ``suspect``.
        """
        with self._lock, contextlib.suppress(StoreError), self._errors():
            if self._connection is not None and self._place.moved(3):
                self._orphaned = True
            if self._aside or self._orphaned:
                self._usable()
            elif self._connection is not None:
                return self._written_over()
        return self._suspect

    def examine(self) -> None:
        """Read the file through, which another program wrote into: from a thread, it takes long.

        A whole database is taken up as one that is moved into the file's place. Where it is broken
        calls raise ``StoreDamaged`` until it is replaced, or written over again.
        """
        try:
            wrong = self._mistake()
            if wrong is not None and self._take_up_alone():
                wrong = None
        except StoreLocked:
            return  # it stays suspect
        except OSError:
            self._suspect = False  # it is gone, which whoever uses it next sees
            return
        with self._lock:
            self._suspect = False
            if self._connection is not None and not self._closed:
                # What is remembered of the file is of the one that was there before.
                self._connection.execute("PRAGMA shrink_memory")
            known, self._damage = self._broken, None
            self._broken = None if wrong is None else StoreDamaged(overwritten(self.path, wrong))
        if wrong is None or known is None:
            _log.error(
                "store_file_overwritten",
                path=str(self.path),
                sound=wrong is None,
                cure="leave the files of a running server alone; stop it to put a copy there",
            )

    def _written_over(self) -> bool:
        """Whether another program wrote into the file, which was not examined since."""
        if not self._suspect and self._overwriting is not None:
            try:  # noqa: SIM105 - on every turn's way
                self._suspect = self._overwriting.seen()
            except OSError:
                pass  # a file that is not there is another's concern
        return self._suspect

    def _mistake(self) -> str | None:
        """What is wrong with the database, as it is with its WAL."""
        # SQLite would take an empty file for a new one, and delete the WAL beside it.
        if self.path.stat().st_size == 0:
            return "it is empty"
        try:
            return self.read_aside(first_mistake)
        except StoreLocked:
            raise
        except StoreError as error:
            return str(error.__cause__ or error)

    def _take_up_alone(self) -> bool:
        """Whether it is whole without its WAL, which then is that of the file that was there.

        It is moved into its own place as a file of its own, so that every process takes it up.
        """
        copy = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        with alone_in(self.path.parent):
            if not self._place.is_there():
                return True  # another process was first
            before = self.path.stat()
            try:
                shutil.copyfile(self.path, copy)
                copy.chmod(PRIVATE_FILE)
                after = self.path.stat()
                if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
                    return False  # it is still being written: that is seen, too
                if not is_whole(copy):
                    return False
                copy.replace(self.path)
            finally:
                copy.unlink(missing_ok=True)
        return True

    def close(self) -> None:
        """Close the file; harmless when done twice."""
        with self._lock:
            if self._connection is not None and not self._closed:
                self._let_go(self._connection)
            self._closed = True
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
        replaced = look and self._place.moved(1)
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
        with alone_in(self.path.parent):
            # While the old files are open their numbers are theirs alone.
            self._place.drop_old_wal()
            self._connection = None
            self._let_go(connection)
            self._open(0.0)
        return self._usable()

    def _open(self, patience: float) -> None:
        self.path.parent.mkdir(_PRIVATE_FOLDER, parents=True, exist_ok=True)
        # Made by us, so that no umask opens it to others for a moment. One that is there is not
        # touched: closing it would drop the locks that this process has on it by other means.
        try:
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
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
            self._setup.prepare(connection)
            connection.execute("PRAGMA busy_timeout = 0")
            self._place.take()
        except BaseException:
            connection.close()
            raise
        self.opened += 1
        self._connection, self._damage, self._orphaned = connection, None, False
        self._cursor = connection.cursor()
        self._execute = self._cursor.execute
        self._broken, self._suspect = None, False
        before, self._overwriting = self._overwriting, Overwriting(self.path)
        self._written_over()  # from now on
        if before is not None:
            before.close()

    def _let_go(self, connection: sqlite3.Connection) -> None:
        """Close the connection with its cursor, which may still stand on a row.

        A connection with such a statement is closed in name only, and keeps its locks.
        """
        self._cursor.close()
        connection.close()

    def _keep_wal(self) -> None:
        """See that SQLite does not delete the WAL of a database that was emptied.

        Raises:
            StoreDamaged: it was.
        """
        with contextlib.suppress(OSError):
            # In this order: of a new database the file is written first.
            if Path(self._place.files[1]).stat().st_size and not self.path.stat().st_size:
                raise StoreDamaged(overwritten(self.path, "it is empty, and its -wal is not"))

    # --- the file at the path ---------------------------------------------------------

    def _rescue(self, connection: sqlite3.Connection) -> None:
        """After a commit into files that were moved: keep it, or refuse to acknowledge it."""
        if not self._place.moved(1):
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
            raise StoreLocked(lost_wal(self.path))
        _log.error(
            "store_file_replaced",
            path=str(self.path),
            cure="leave the files of a running server alone; a new -wal is begun when all"
            " processes have let go of the one that was deleted",
        )
        self._connection = None
        self._aside = True
        self._let_go(connection)
        return self._usable()

    def _wait_for_others(self) -> None:
        """See that no process uses the deleted WAL any more.

        Raises:
            StoreLocked: one does.
        """
        if all(Path(file).exists() for file in self._place.files[1:]):
            return  # another process saw to it, and has made anew what was missing
        alone = sqlite3.connect(self.path, timeout=0, isolation_level=None)
        try:
            # With this the lock on the whole file comes before anything is written beside it.
            alone.execute("PRAGMA locking_mode = EXCLUSIVE")
            if _leave_wal(alone):
                return
        finally:
            alone.close()
        raise StoreLocked(lost_wal(self.path))

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
        ours = store_error(self.path, error)
        if isinstance(ours, StoreDamaged):
            self._damage = ours
        raise ours from error


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
