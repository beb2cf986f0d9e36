"""The index on disk: documents and passages in SQLite, rankings in a folder for each generation.

::

    documents/
        library.sqlite3      documents, passages, their terms and vectors
        writing.sqlite3      held by whoever writes; released when that process ends
        generations/7/       the rankings of generation 7, memory-mapped by those who search

Documents that are read are ``staged`` at once, each in a transaction of its own, and become
``live`` together, with a new generation, in one transaction: a run that is interrupted loses
nothing, and a search sees the old or the new, never a mixture.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from daehwa.documents.errors import LibraryBusy, LibraryUnusable
from daehwa.documents.values import Audience

if TYPE_CHECKING:
    from daehwa.documents import ranking

_PRIVATE_FILE: Final = 0o600
_PRIVATE_FOLDER: Final = 0o700
_LOCK: Final = "writing.sqlite3"
_VERSION: Final = 1
_SCHEMA: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL,
    locator TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    link TEXT,
    bot TEXT,
    locale TEXT,
    language TEXT NOT NULL,
    digest TEXT NOT NULL,
    size INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    attributes TEXT NOT NULL,
    state TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX documents_by_locator ON documents (locator);
CREATE INDEX documents_by_id ON documents (document_id);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    heading TEXT NOT NULL,
    text TEXT NOT NULL,
    question TEXT,
    link TEXT,
    language TEXT NOT NULL,
    hashes BLOB NOT NULL,
    counts BLOB NOT NULL,
    vectors BLOB NOT NULL
);
CREATE INDEX passages_by_document ON passages (document);
CREATE TABLE failures (
    document_id TEXT PRIMARY KEY, reason TEXT NOT NULL, message TEXT NOT NULL, at TEXT NOT NULL
) WITHOUT ROWID;
"""
_SECONDS: Final = 30.0


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What a generation's folder says of itself: its languages, and the scopes by number."""

    languages: tuple[str, ...]
    scopes: tuple[Audience, ...]
    width: int
    encoder: str
    second: str = ""


class IndexFiles:
    """The files of the index in a data folder."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "documents"
        self.file = self.folder / "library.sqlite3"

    @property
    def exists(self) -> bool:
        """Whether anything was ever indexed here."""
        return self.file.exists()

    def generation(self, number: int) -> Path:
        """The folder of a generation's rankings."""
        return self.folder / "generations" / str(number)

    def connect(self) -> sqlite3.Connection:
        """A connection to the library, which is there.

        Raises:
            LibraryUnusable: it cannot be opened, or is of a newer version of this program.
        """
        try:
            connection = sqlite3.connect(
                self.file, timeout=_SECONDS, isolation_level=None, check_same_thread=False
            )
            connection.execute("PRAGMA foreign_keys = ON")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.Error as error:
            raise LibraryUnusable(f"{self.file} cannot be used: {error}") from error
        if version > _VERSION:
            connection.close()
            raise LibraryUnusable(
                f"{self.file} was made by a newer version of this program: use that one, or "
                "index again with another --data"
            )
        return connection

    @contextmanager
    def writing(self, *, patience: float = 0) -> Iterator[sqlite3.Connection]:
        """A connection to write with, made if need be; one process has it at a time.

        ``patience`` is how many seconds to wait for another that has it.

        Raises:
            LibraryBusy: another process has it.
            LibraryUnusable: it cannot be made or opened.
        """
        try:
            self.folder.mkdir(_PRIVATE_FOLDER, parents=True, exist_ok=True)
            for file in (self.file, self.folder / _LOCK):
                _make_private(file)
            lock = sqlite3.connect(self.folder / _LOCK, timeout=patience, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise LibraryUnusable(f"{self.folder} cannot be written: {error}") from error
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            lock.close()
            raise LibraryBusy(
                f"another process is indexing into {self.folder}: wait until it has finished"
            ) from None
        try:
            connection = self.connect()
            try:
                _prepare(connection)
                yield connection
            except sqlite3.Error as error:
                raise LibraryUnusable(f"{self.file} cannot be used: {error}") from error
            finally:
                connection.close()
        finally:
            lock.close()

    def publish(self, connection: sqlite3.Connection, *, encoder: str) -> int:
        """Write the rankings of what is live into a new generation, within a transaction.

        Returns:
            The generation's number, which searches use once the transaction is committed.
        """
        # Imported here, and below: whoever only reads the library does without numpy.
        from daehwa.documents import ranking, second_vectors  # noqa: PLC0415
        from daehwa.documents.encoding import second_encoder  # noqa: PLC0415

        number = int(value(connection, "generation") or 0) + 1
        folder = self.generation(number)
        shutil.rmtree(folder, ignore_errors=True)
        for one in (folder.parent, folder):
            one.mkdir(_PRIVATE_FOLDER, exist_ok=True)
        scopes: dict[Audience, int] = {}
        languages = []
        width = int(value(connection, "width") or 0)
        live = "SELECT DISTINCT p.language FROM passages p JOIN documents d ON d.id = p.document"
        for (language,) in connection.execute(f"{live} WHERE d.state = 'live'").fetchall():
            ranking.write(folder, language, list(_entries(connection, language, scopes, width)))
            languages.append(language)
        contents = Contents(
            languages=tuple(sorted(languages)),
            scopes=tuple(scopes),
            width=width,
            encoder=encoder,
            second=second_vectors.write(
                folder, self.generation(number - 1), connection, second_encoder(encoder)
            ),
        )
        (folder / "contents.json").write_bytes(msgspec.json.encode(contents))
        for file in folder.iterdir():
            file.chmod(_PRIVATE_FILE)
        set_value(connection, "generation", str(number))
        return number

    def clear_before(self, number: int) -> None:
        """Remove the generations before the last but one: a search may just be opening that."""
        for folder in (self.folder / "generations").iterdir():
            if folder.name.isdigit() and int(folder.name) < number - 1:
                shutil.rmtree(folder, ignore_errors=True)


def _make_private(file: Path) -> None:
    """Make the file if need be, for its owner's eyes only; SQLite's log beside it is as it is."""
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _PRIVATE_FILE))
    except FileExistsError:
        # By its name: to close a descriptor of it would give up this process's locks on it.
        with contextlib.suppress(PermissionError):  # another user's stays as it is
            file.chmod(_PRIVATE_FILE)


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    if connection.execute("PRAGMA user_version").fetchone()[0] < _VERSION:
        connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")


def value(connection: sqlite3.Connection, name: str) -> str | None:
    """A value of the library's own."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def set_value(connection: sqlite3.Connection, name: str, text: str) -> None:
    """Set a value of the library's own."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, text))


def _entries(
    connection: sqlite3.Connection, language: str, scopes: dict[Audience, int], width: int
) -> Iterator[ranking.Entry]:
    import numpy as np  # noqa: PLC0415

    from daehwa.documents import ranking  # noqa: PLC0415
    from daehwa.documents.encoding import signs  # noqa: PLC0415

    rows = connection.execute(
        "SELECT p.id, d.bot, d.locale, p.hashes, p.counts, p.vectors "
        "FROM passages p JOIN documents d ON d.id = p.document "
        "WHERE d.state = 'live' AND p.language = ? ORDER BY p.id",
        (language,),
    )
    for passage_id, bot, locale, hashes, counts, vectors in rows:
        yield ranking.Entry(
            passage_id,
            scopes.setdefault(Audience(bot=bot, locale=locale), len(scopes)),
            np.frombuffer(hashes, dtype=np.uint32),
            np.frombuffer(counts, dtype=np.uint8),
            signs(np.frombuffer(vectors, dtype=np.int8).reshape(-1, width)[:1])[0],
        )
