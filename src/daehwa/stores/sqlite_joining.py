"""How a database is opened beside other processes that use it, and how its WAL is left.

A WAL or an index of it that somebody deleted is used on by those who have it open. SQLite would
begin a new one beside it, each with locks of its own, and both would be written into the database.
So a WAL is only joined that somebody uses, and only begun where nobody uses the database.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from daehwa.stores.errors import StoreDamaged
from daehwa.stores.sqlite_faults import StoreLocked, lost_wal, overwritten
from daehwa.stores.sqlite_overwriting import index_is_used
from daehwa.stores.sqlite_place import PRIVATE_FILE, SQLitePlace
from daehwa.stores.sqlite_setup import SQLiteSetup


def join(path: Path, place: SQLitePlace, setup: SQLiteSetup, patience: float) -> sqlite3.Connection:
    """A connection with the WAL that all who use the file share.

    To be called by one process at a time; it waits for another program's lock for ``patience``
    seconds.

    Raises:
        StoreDamaged: the file was emptied, is broken, or is another program's.
        StoreLocked: others use a WAL or an index that is not there any more.
        sqlite3.Error: as SQLite has it.
        OSError: the file cannot be made.
    """
    # Made by us, so that no umask opens it to others for a moment. One that is there is not
    # touched: closing it would drop the locks that this process has on it by other means.
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
    except FileExistsError:
        _keep_wal(path, place)
    else:
        place.drop_beside()  # they are of a file that was deleted
        return _connect(path, setup, patience)
    shared = place.beside()
    if None in shared or not index_is_used(path):
        _see_that_nobody_uses_it(path)
        return _connect(path, setup, patience)
    try:
        connection = _connect(path, setup, patience)
    except (StoreDamaged, sqlite3.Error) as error:
        if place.beside() == shared:
            raise
        place.drop_beside(but=shared)
        raise StoreLocked(lost_wal(path)) from error
    if place.beside() != shared:  # deleted meanwhile, and begun anew by us
        connection.close()
        place.drop_beside(but=shared)
        raise StoreLocked(lost_wal(path))
    return connection


def leave_wal(connection: sqlite3.Connection) -> bool:
    """Write the WAL back and do without it, which works only where no other process uses it."""
    try:
        return bool(connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete")
    except sqlite3.OperationalError:
        return False


def write_back(connection: sqlite3.Connection) -> bool:
    """Whether all that is in the WAL is in the database now."""
    busy, pages, written = connection.execute("PRAGMA wal_checkpoint(FULL)").fetchone()
    return not busy and pages == written


def _connect(path: Path, setup: SQLiteSetup, patience: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=64,
    )
    try:
        setup.begin_wal(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _keep_wal(path: Path, place: SQLitePlace) -> None:
    """Check that SQLite does not delete the WAL of a database that was emptied.

    Raises:
        StoreDamaged: it was.
    """
    with contextlib.suppress(OSError):
        # In this order: of a new database the file is written first.
        if Path(place.files[1]).stat().st_size and not path.stat().st_size:
            raise StoreDamaged(overwritten(path, "it is empty, and its -wal is not"))


def _see_that_nobody_uses_it(path: Path) -> None:
    """Check that no process uses the database, with whichever WAL.

    Raises:
        StoreLocked: one does.
    """
    alone = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        # With this the lock on the whole file comes before anything is written beside it.
        alone.execute("PRAGMA locking_mode = EXCLUSIVE")
        alone.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        raise StoreLocked(lost_wal(path)) from error
    finally:
        alone.close()
