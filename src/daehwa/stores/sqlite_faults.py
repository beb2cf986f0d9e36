"""What goes wrong with an SQLite file, as the store's errors with their cures."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from daehwa.stores.errors import StoreDamaged, StoreError, StoreUnavailable


class StoreLocked(StoreUnavailable):
    """Another program holds the file's lock at this moment."""


def store_error(path: Path, error: sqlite3.Error | OSError) -> StoreError:
    """An error of SQLite or the system, met at the file, as ours."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreDamaged(
            f"{path} is damaged or not a database ({error}): stop the server, then"
            f' save what can be saved with  sqlite3 "{path}" .recover  or move the file'
            " away together with those beside it that end in -wal and -shm; a new one is made"
            " at the next start."
        )
    kind = StoreUnavailable
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        kind = StoreLocked
        cure = "another program has locked it: stop that program, or try again"
    elif code == sqlite3.SQLITE_FULL:
        cure = "the disk is full: make room"
    else:
        cure = "check that the folder is there, that the disk has room and works, and that"
        cure += " this user may write there"
    return kind(f"{path} cannot be used ({error}): {cure}.")


def lost_wal(path: Path) -> str:
    """The words for several processes that use a deleted WAL."""
    return (
        f"{path} lost its -wal or -shm while several processes use it: it will be opened again"
        " when all of them have closed it. Stop other programs that use it."
    )


def being_opened(path: Path) -> str:
    """The words for a file that another process opens at this moment."""
    return f"{path} is being opened by another process: try again."


def being_examined(path: Path) -> str:
    """The words for a file that another program wrote into a moment ago."""
    return f"{path} was written into by another program and is being checked: try again."


def overwritten(path: Path, wrong: str) -> str:
    """The words for a file that another program wrote over, and that has ``wrong`` with it."""
    return (
        f"{path} was written over or cut by another program while it was in use, and is"
        f" damaged ({wrong}): stop the server, and restore a backup; or save what can be saved"
        f' with  sqlite3 "{path}" .recover'
    )
