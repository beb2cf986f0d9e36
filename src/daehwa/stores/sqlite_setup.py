"""An SQLite file as this program needs it: its settings, its tables, and whether it is sound."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Final

from daehwa.stores.errors import StoreDamaged, StoreTooNew
from daehwa.stores.migrations import Layout, needed_by
from daehwa.stores.sqlite_place import make_private

# "Daeh" in the file's header tells our files from other programs' databases.
APPLICATION_ID: Final = 0x44616568
_INCREMENTAL: Final = 2
# The index of a million turns' sessions has three times what SQLite keeps on its own, and each new
# session goes anywhere into it.
_CACHE_KIBIBYTES: Final = 16_000

Execute = Callable[..., sqlite3.Cursor]


class SQLiteSetup:
    """How the file at ``path`` is set up; the members are as of ``SQLiteFile``."""

    def __init__(
        self, path: Path, migrations: Sequence[str], additions: Collection[int], most_pages: int
    ) -> None:
        self._path = path
        self._migrations = migrations
        self._needed = needed_by(len(migrations), additions)
        self._most_pages = most_pages

    def begin_wal(self, connection: sqlite3.Connection) -> None:
        """Make sure that the file is ours or new, and open its WAL or begin one."""
        execute = connection.execute
        self._layout(execute)
        make_private(self._path)
        execute(f"PRAGMA auto_vacuum = {_INCREMENTAL}")  # only a new file takes it
        execute("PRAGMA journal_mode = WAL")
        execute("SELECT count(*) FROM sqlite_schema").fetchone()

    def prepare(self, connection: sqlite3.Connection) -> None:
        """Bring the file, whose WAL is open, to this program's settings and version."""
        execute = connection.execute
        execute(f"PRAGMA wal_autocheckpoint = {self._most_pages}")
        execute("PRAGMA synchronous = NORMAL")
        execute(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")
        execute("PRAGMA foreign_keys = ON")
        execute("PRAGMA secure_delete = FAST")
        if self._layout(execute).applied < len(self._migrations):
            self._migrate(execute)
        if execute("PRAGMA auto_vacuum").fetchone()[0] != _INCREMENTAL:
            # A file of an older Daehwa is written again once, so that it can shrink from now on.
            with contextlib.suppress(sqlite3.OperationalError):
                execute(f"PRAGMA auto_vacuum = {_INCREMENTAL}")
                execute("VACUUM")

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
                f"{self._path} is a database of another program: choose another data folder"
                " with --data, or move the file away."
            )
        if needed > len(self._migrations):
            raise StoreTooNew(
                f"{self._path} was written by a newer Daehwa (its version is {needed}, this"
                f" program knows {len(self._migrations)}): update Daehwa, or choose another data"
                " folder with --data."
            )
        if not _has_layout(execute):
            return Layout(needed, needed)
        return Layout(needed, int(execute("SELECT applied FROM layout").fetchone()[0]))


def first_mistake(execute: Execute) -> str | None:
    """What is wrong with the database, if anything is."""
    outcome = str(execute("PRAGMA quick_check(1)").fetchone()[0])
    return None if outcome == "ok" else outcome.splitlines()[-1]


def is_whole(file: Path) -> bool:
    """Whether a file that nobody uses is a sound database of ours."""
    try:
        with contextlib.closing(
            sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)
        ) as connection:
            ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            return ours and first_mistake(connection.execute) is None
    except sqlite3.Error:
        return False


def _has_layout(execute: Execute) -> bool:
    query = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'layout'"
    return execute(query).fetchone() is not None
