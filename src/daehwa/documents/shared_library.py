"""One library for many machines: documents as objects that they share, searched from copies.

::

    library/manifest             which documents there are, by the numbers that they have everywhere
    passages/3f/3f0c…            one document: its row, its passages with their terms and vectors

A document is an object under its own digest and never changes, so that a machine fetches those
that it lacks and no others. Rows have the same numbers on every machine: rankings that are made
from them are the same, and so is the order of what is equally likely. A search reads the copy and
waits for nobody; a copy is brought up to date between two of its generations.
"""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from hashlib import sha256
from typing import Any, Final, Protocol

import msgspec

from daehwa.documents.errors import DocumentError, LibraryUnusable
from daehwa.documents.index_files import IndexFiles, set_value, value

LIBRARY: Final = "library"
PASSAGES: Final = "passages"
_MANIFEST: Final = f"{LIBRARY}/manifest"
_FORMAT: Final = 1
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS shared (
    document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE, digest TEXT NOT NULL
)
"""
_REVISION: Final = "shared revision"
_UNLIKE: Final = "shared unlike"
_DOCUMENT: Final = (
    "id", "document_id", "locator", "kind", "title", "link", "bot", "locale", "language", "digest",
    "size", "changed", "attributes", "at",
)  # fmt: skip
_PASSAGE: Final = (
    "id", "heading", "text", "question", "link", "language", "hashes", "counts", "vectors",
)  # fmt: skip
_AT_ONCE: Final = 4 * 2**20  # bytes that are written together
# From this many on they are fetched by the first digits of their digests, all of each.
_MANY: Final = 200
_FASTEST: Final = 1


class LibraryObjects(Protocol):
    """What machines share: named contents, as ``daehwa.stores`` has them.

    Raises:
        LibraryUnusable: from each of them, where the store cannot be reached.
    """

    def position(self, kind: str) -> int:
        """Where the kind (the first part of a name) stands; another value after each write."""
        ...

    def names(self, kind: str) -> Iterable[str]:
        """The names of a kind."""
        ...

    def read(self, prefix: str) -> Mapping[str, tuple[bytes, int]]:
        """Content and revision of that name, or of all beneath it if it ends with ``/``."""
        ...

    def write(
        self,
        changes: Mapping[str, bytes | None],
        *,
        expected: Mapping[str, int | None] | None = None,
    ) -> int:
        """Write and delete, all of it or nothing; return the revision of what was written.

        Raises:
            LibraryBusy: a name has not the revision that was expected.
        """
        ...

    def writing(self) -> AbstractContextManager[None]:
        """Within the block no other machine writes.

        Raises:
            LibraryBusy: one does already.
        """
        ...

    def close(self) -> None:
        """Release connections; harmless if repeated."""
        ...


class _Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What the library holds: ``documents`` are digests by row, ``last`` the last passage's row."""

    format: int = _FORMAT
    encoder: str
    width: int
    last: int
    documents: dict[int, str]
    failures: list[tuple[str, str, str, str]] = msgspec.field(default_factory=list)


_NOTHING: Final = _Manifest(encoder="", width=0, last=0, documents={})


class SharedLibrary:
    """The library in ``objects``, with a copy on this machine."""

    def __init__(self, objects: LibraryObjects, index_files: IndexFiles) -> None:
        self._objects = objects
        self._index_files = index_files
        self._position: int | None = None

    def writing(self) -> AbstractContextManager[None]:
        """Within the block no other machine writes; see ``LibraryObjects.writing``."""
        return self._objects.writing()

    def refresh(self) -> bool:
        """Bring the copy up to date, if anything has changed; return whether anything had.

        Raises:
            LibraryBusy: another process of this machine is writing the copy.
            LibraryUnusable: the store cannot be reached, or the copy cannot be written.
        """
        position = self._objects.position(LIBRARY)
        if position == self._position:
            return False
        changed = False
        if position or self._index_files.exists:
            with self._index_files.writing() as connection:
                changed = self.catch_up(connection)
        self._position = position
        return changed

    def catch_up(self, connection: sqlite3.Connection) -> bool:
        """Make the copy what the library is; return whether it was another.

        What an interrupted run has left staged goes where another machine has written since: its
        rows may be taken.
        """
        connection.execute(_TABLE)
        manifest, revision = self._manifest()
        if value(connection, _REVISION) == _noted(revision) and not value(connection, _UNLIKE):
            return False
        number = None
        connection.execute("BEGIN IMMEDIATE")
        try:
            self._replace(connection, manifest)
            if manifest.documents or value(connection, "generation") is not None:
                number = self._index_files.publish(connection, encoder=manifest.encoder)
            set_value(connection, _REVISION, _noted(revision))
            set_value(connection, _UNLIKE, "")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        if number is not None:
            self._index_files.clear_before(number)
        return True

    def share(self, connection: sqlite3.Connection) -> None:
        """Write what is live in the copy to all, within the transaction that made it live.

        Raises:
            LibraryBusy: another machine has written meanwhile.
        """
        self._upload(connection)
        last = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passages'")
        manifest = _Manifest(
            encoder=value(connection, "encoder") or "",
            width=int(value(connection, "width") or 0),
            last=(last.fetchone() or (0,))[0],
            documents=_digests(connection),
            failures=connection.execute(
                "SELECT document_id, reason, message, at FROM failures"
            ).fetchall(),
        )
        before = value(connection, _REVISION)
        revision = self._objects.write(
            {_MANIFEST: msgspec.msgpack.encode(manifest)},
            expected={_MANIFEST: int(before) if before else None},
        )
        set_value(connection, _REVISION, str(revision))
        set_value(connection, _UNLIKE, "")

    def sweep(self) -> None:
        """Delete the objects of documents that are gone; only within ``writing``.

        Where that fails, the next run does it.
        """
        with contextlib.suppress(DocumentError):
            self._sweep()

    @staticmethod
    def note_difference(connection: sqlite3.Connection) -> None:
        """Note that the copy differs from the library until it is shared or copied again."""
        set_value(connection, _UNLIKE, "1")

    def _sweep(self) -> None:
        manifest, _ = self._manifest()
        kept = {_place(digest) for digest in manifest.documents.values()}
        gone = [name for name in self._objects.names(PASSAGES) if name not in kept]
        for at in range(0, len(gone), _MANY):
            self._objects.write(dict.fromkeys(gone[at : at + _MANY]))

    # --- what is shared ---------------------------------------------------------------

    def _manifest(self) -> tuple[_Manifest, int | None]:
        stored = self._objects.read(_MANIFEST).get(_MANIFEST)
        if stored is None:
            return _NOTHING, None
        try:
            manifest = msgspec.msgpack.decode(stored[0], type=_Manifest)
        except msgspec.DecodeError as error:
            raise LibraryUnusable(f"the shared index is damaged: {error}. Index again") from error
        if manifest.format > _FORMAT:
            raise LibraryUnusable(
                "the shared index was written by a newer version of this program: use that one"
            )
        return manifest, stored[1]

    def _upload(self, connection: sqlite3.Connection) -> None:
        """Write the documents that are live and were not written yet; note each one's digest."""
        numbers = connection.execute(
            "SELECT d.id FROM documents d LEFT JOIN shared s ON s.document = d.id "
            "WHERE d.state = 'live' AND s.digest IS NULL"
        ).fetchall()
        batch: dict[str, bytes | None] = {}
        size = 0
        for (number,) in numbers:
            content = _packed(connection, number)
            digest = sha256(content).hexdigest()
            connection.execute("INSERT INTO shared VALUES (?, ?)", (number, digest))
            batch[_place(digest)] = content
            size += len(content)
            if size >= _AT_ONCE:
                self._objects.write(batch)
                batch, size = {}, 0
        if batch:
            self._objects.write(batch)

    # --- the copy ---------------------------------------------------------------------

    def _replace(self, connection: sqlite3.Connection, manifest: _Manifest) -> None:
        there = _digests(connection)
        kept = {one for one, digest in there.items() if manifest.documents.get(one) == digest}
        gone = [
            (number,)
            for (number,) in connection.execute("SELECT id FROM documents").fetchall()
            if number not in kept
        ]
        connection.executemany("DELETE FROM documents WHERE id = ?", gone)
        # A copy that somebody has meddled with may hold what belongs to no document.
        connection.execute("DELETE FROM passages WHERE document NOT IN (SELECT id FROM documents)")
        connection.execute("DELETE FROM shared WHERE document NOT IN (SELECT id FROM documents)")
        wanted = {
            digest: number for number, digest in manifest.documents.items() if number not in kept
        }
        for digest, content in self._contents(list(wanted)):
            _unpack(connection, wanted[digest], digest, content)
        connection.execute("DELETE FROM failures")
        connection.executemany("INSERT INTO failures VALUES (?, ?, ?, ?)", manifest.failures)
        connection.execute("DELETE FROM sqlite_sequence WHERE name = 'passages'")
        connection.execute("INSERT INTO sqlite_sequence VALUES ('passages', ?)", (manifest.last,))
        if manifest.encoder:
            set_value(connection, "encoder", manifest.encoder)
            set_value(connection, "width", str(manifest.width))

    def _contents(self, digests: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """The contents of these digests."""
        wanted = set(digests)
        if len(digests) < _MANY:
            prefixes = [_place(digest) for digest in digests]
        else:
            prefixes = sorted({_place(digest).rpartition("/")[0] + "/" for digest in digests})
        for prefix in prefixes:
            for name, (content, _) in self._objects.read(prefix).items():
                digest = name.rpartition("/")[2]
                if digest not in wanted:
                    continue
                wanted.discard(digest)
                if sha256(content).hexdigest() != digest:
                    raise LibraryUnusable(f"the shared index is damaged at {name}: index again")
                yield digest, content
        if wanted:
            # Another machine has just published: what was wanted is gone, and so is the manifest.
            raise LibraryUnusable("the shared index changed while it was read: it is read again")


def _noted(revision: int | None) -> str:
    return "" if revision is None else str(revision)


def _digests(connection: sqlite3.Connection) -> dict[int, str]:
    """The digests of live documents that machines share, by row."""
    rows = connection.execute(
        "SELECT s.document, s.digest FROM shared s JOIN documents d ON d.id = s.document "
        "WHERE d.state = 'live'"
    )
    return dict(rows.fetchall())


def _place(digest: str) -> str:
    return f"{PASSAGES}/{digest[:2]}/{digest}"


def _packed(connection: sqlite3.Connection, number: int) -> bytes:
    document = connection.execute(
        f"SELECT {', '.join(_DOCUMENT)} FROM documents WHERE id = ?", (number,)
    ).fetchone()
    passages = connection.execute(
        f"SELECT {', '.join(_PASSAGE)} FROM passages WHERE document = ? ORDER BY id", (number,)
    ).fetchall()
    return zlib.compress(msgspec.msgpack.encode((document, passages)), _FASTEST)


def _unpack(connection: sqlite3.Connection, number: int, digest: str, content: bytes) -> None:
    row: list[Any]
    row, passages = msgspec.msgpack.decode(zlib.decompress(content))
    marks = ", ".join("?" * len(_DOCUMENT))
    connection.execute(
        f"INSERT INTO documents ({', '.join(_DOCUMENT)}, state) VALUES ({marks}, 'live')", row
    )
    marks = ", ".join("?" * len(_PASSAGE))
    connection.executemany(
        f"INSERT INTO passages (document, {', '.join(_PASSAGE)}) VALUES (?, {marks})",
        ([number, *passage] for passage in passages),
    )
    connection.execute("INSERT INTO shared VALUES (?, ?)", (number, digest))
