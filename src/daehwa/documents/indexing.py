"""Indexing: files and documents into the library; what has not changed costs nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self
from urllib.parse import quote

import msgspec
import numpy as np

from daehwa.documents.encoding import BundledEncoder, SentenceEncoder, Vectors, quantized
from daehwa.documents.errors import Unreadable
from daehwa.documents.index_files import IndexFiles, set_value, value
from daehwa.documents.languages import language_of
from daehwa.documents.passages import last_heading, meant, passages
from daehwa.documents.reading import read_file
from daehwa.documents.shared_library import SharedLibrary
from daehwa.documents.term_arrays import counted
from daehwa.documents.values import Attributes, Audience, Document, Passage, Unread
from daehwa.documents.walking import walk

_PATIENCE: Final = 60.0  # seconds for another process to bring the copy up to date
_TOGETHER: Final = 256  # texts for which the encoder is called at once
# Why a file is not read that has lost all that was in it.
_NOTHING_LEFT: Final = frozenset({"empty", "no text", "gone"})


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a run is: files done, of how many, and the one that is read now."""

    done: int
    total: int
    path: str


class IndexReport(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What a run did: how many documents were added, changed, unchanged, removed.

    ``passages`` is how many the whole library has now; ``unread`` names each file that could
    not be read, with the reason.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    passages: int = 0
    unread: tuple[Unread, ...] = ()


class GivenDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document that came over the wire: its id, what was read of it, what is known of it."""

    document_id: str
    document: Document
    link: str | None = None
    language: str | None = None
    attributes: Attributes = msgspec.field(default_factory=dict)
    scope: Audience = Audience()


class _Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where a document comes from, and what is known of it: columns of its row.

    ``kind`` is ``file`` or ``wire``; ``size`` (bytes) and ``changed`` (nanoseconds since 1970, 0 of
    the wire) show a file that is as it was, ``digest`` one that was only touched.
    """

    document_id: str
    locator: str
    kind: Literal["file", "wire"]
    digest: str
    size: int
    changed: int = 0
    link: str | None = None
    language: str | None = None
    attributes: Attributes = msgspec.field(default_factory=dict)
    scope: Audience = Audience()


class Indexer:
    """Writes the library of a data folder; within its context nobody else does.

    What was read becomes visible to searches with ``publish``. Where the folder's library is a
    copy of one that machines share, ``shared`` is that one: it is brought up to date first, and
    what is published is so for all.

    Raises:
        LibraryBusy: on entering, when another process is indexing.
        LibraryUnusable: the library cannot be written.
    """

    def __init__(
        self,
        data: Path,
        encoder: SentenceEncoder | None = None,
        *,
        shared: SharedLibrary | None = None,
    ) -> None:
        self._index_files = IndexFiles(data)
        self._encoder = encoder or BundledEncoder()
        self._shared = shared
        self._entered = ExitStack()
        self._replaced: list[int] = []
        self._noted = False
        self._counts = {"added": 0, "changed": 0, "unchanged": 0, "removed": 0}
        self._unread: list[Unread] = []

    def __enter__(self) -> Self:
        """Begin to write."""
        with ExitStack() as stack:
            patience = 0.0
            if self._shared is not None:
                stack.enter_context(self._shared.writing())
                patience = _PATIENCE  # nobody writes: whoever has the copy catches up
            self._connection = stack.enter_context(self._index_files.writing(patience=patience))
            if self._shared is not None:
                self._shared.catch_up(self._connection)
            self._entered = stack.pop_all()
        if (value(self._connection, "encoder") or self._encoder.name) != self._encoder.name:
            # Vectors of another encoder compare with nothing: all is read again.
            self._connection.execute("DELETE FROM documents")
            if self._shared is not None:
                self._shared.note_difference(self._connection)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End writing; what was not published stays staged for the next run."""
        self._entered.__exit__(kind, error, trace)

    # --- files ------------------------------------------------------------------------

    def add_files(
        self,
        paths: Iterable[Path],
        scope: Audience = Audience(),  # noqa: B008 - immutable
        progress: Callable[[Progress], None] = lambda _: None,
    ) -> None:
        """Read the files beneath ``paths``; what is gone beneath them is removed.

        A file that cannot be read any more keeps what was read of it before; one that has
        nothing in it any more does not.
        """
        roots = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - links stay
        entries = list(walk(roots))
        self._unread += [entry for entry in entries if isinstance(entry, Unread)]
        files = [entry for entry in entries if isinstance(entry, Path)]
        for done, file in enumerate(files):
            progress(Progress(done=done, total=len(files), path=str(file)))
            self._add_file(file, scope, _link(file, roots))
        hidden = [
            Path(one.path) for one in entries if isinstance(one, Unread) and one.reason != "gone"
        ]
        self._remove_gone(roots, {str(file) for file in files}, hidden, scope)
        progress(Progress(done=len(files), total=len(files), path=""))

    def remove_files(self, paths: Iterable[Path], scope: Audience | None = None) -> int:
        """Remove what was read of the files beneath ``paths``; of one scope, or of all."""
        roots = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100
        gone = [
            number
            for number, locator, bot, locale in self._connection.execute(
                "SELECT id, locator, bot, locale FROM documents WHERE kind = 'file'"
            ).fetchall()
            if any(Path(locator).is_relative_to(root) for root in roots)
            and (scope is None or Audience(bot=bot, locale=locale) == scope)
        ]
        self._discard(gone)
        return len(gone)

    def _add_file(self, file: Path, scope: Audience, link: str) -> None:
        known = self._known(str(file), scope)
        try:
            status = file.stat()
            if known is not None and known[2:] == (status.st_size, status.st_mtime_ns):
                self._counts["unchanged"] += 1
                return
            document, data = read_file(file)
        except Unreadable as error:
            self._unread.append(Unread(path=str(file), reason=error.reason, message=str(error)))
            if known is not None and error.reason in _NOTHING_LEFT:
                self._discard([known[0]])
                self._counts["removed"] += 1
            return
        except OSError as error:
            self._unread.append(
                Unread(path=str(file), reason="broken", message=f"it cannot be read: {error}")
            )
            return
        if document.unread is not None:
            self._unread.append(Unread(path=str(file), reason="in part", message=document.unread))
        digest = sha256(data).hexdigest()
        if known is not None and known[1] == digest:
            self._connection.execute(
                "UPDATE documents SET size = ?, changed = ? WHERE id = ?",
                (status.st_size, status.st_mtime_ns, known[0]),
            )
            self._counts["unchanged"] += 1
            return
        identity = sha256(f"{file}\n{scope.bot}\n{scope.locale}".encode()).hexdigest()[:32]
        self._stage(
            document,
            known,
            _Source(
                document_id=identity,
                locator=str(file),
                kind="file",
                digest=digest,
                size=status.st_size,
                changed=status.st_mtime_ns,
                link=link,
                scope=scope,
            ),
        )

    def _known(self, locator: str, scope: Audience) -> tuple[int, str, int, int] | None:
        """What is known of a file: the row, the digest, the size, when it was changed."""
        row: tuple[int, str, int, int] | None = self._connection.execute(
            "SELECT id, digest, size, changed FROM documents "
            "WHERE locator = ? AND kind = 'file' AND bot IS ? AND locale IS ? "
            "ORDER BY id DESC LIMIT 1",
            (locator, scope.bot, scope.locale),
        ).fetchone()
        return row

    def _remove_gone(
        self, roots: Sequence[Path], files: set[str], hidden: Sequence[Path], scope: Audience
    ) -> None:
        gone = []
        for number, locator in self._connection.execute(
            "SELECT id, locator FROM documents WHERE kind = 'file' AND bot IS ? AND locale IS ?",
            (scope.bot, scope.locale),
        ).fetchall():
            path = Path(locator)
            if locator in files or not any(path.is_relative_to(root) for root in roots):
                continue
            if not any(path.is_relative_to(place) for place in hidden):
                gone.append(number)
        self._discard(gone)
        self._counts["removed"] += len(gone)

    # --- documents --------------------------------------------------------------------

    def put(self, given: GivenDocument) -> None:
        """Add a document of the wire, or replace the one with its id."""
        text = msgspec.json.encode((given.document, given.attributes, given.link))
        known = self._connection.execute(
            "SELECT id, digest, size, changed FROM documents "
            "WHERE document_id = ? AND kind = 'wire' ORDER BY id DESC LIMIT 1",
            (given.document_id,),
        ).fetchone()
        self._stage(
            given.document,
            known,
            _Source(
                document_id=given.document_id,
                locator=given.document_id,
                kind="wire",
                digest=sha256(text).hexdigest(),
                size=len(text),
                link=given.link,
                language=given.language,
                attributes=given.attributes,
                scope=given.scope,
            ),
        )
        self._connection.execute("DELETE FROM failures WHERE document_id = ?", (given.document_id,))

    def fail(self, document_id: str, error: Unreadable) -> None:
        """Note that a document of the wire could not be read."""
        self._connection.execute(
            "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?)",
            (document_id, error.reason, str(error), _now()),
        )
        self._noted = True

    def remove(self, document_ids: Iterable[str]) -> int:
        """Remove documents by their ids."""
        wanted = [
            number
            for document_id in document_ids
            for (number,) in self._connection.execute(
                "SELECT id FROM documents WHERE document_id = ?", (document_id,)
            ).fetchall()
        ]
        self._discard(wanted)
        return len(wanted)

    def _discard(self, numbers: Iterable[int]) -> None:
        """Let documents go with the next generation."""
        self._replaced += numbers

    # --- passages ---------------------------------------------------------------------

    def _stage(
        self,
        document: Document,
        known: tuple[int, str, int, int] | None,
        source: _Source,
    ) -> None:
        cut = list(passages(document))
        vectors = self._vectors(cut)
        whole = " ".join(passage.text for passage in cut)
        row = {
            "document_id": source.document_id,
            "locator": source.locator,
            "kind": source.kind,
            "title": document.title,
            "link": source.link,
            "bot": source.scope.bot,
            "locale": source.scope.locale,
            "language": source.language or language_of(whole),
            "digest": source.digest,
            "size": source.size,
            "changed": source.changed,
            "attributes": msgspec.json.encode(source.attributes).decode(),
            "state": "staged",
            "at": _now(),
        }
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            number = self._insert("documents", row)
            for passage, own in zip(cut, vectors, strict=True):
                hashes, counts = counted(_searched(passage))
                self._insert(
                    "passages",
                    {
                        "document": number,
                        "heading": passage.heading,
                        "text": passage.text,
                        "question": passage.question,
                        "link": passage.link,
                        "language": source.language or language_of(passage.text),
                        "hashes": hashes.tobytes(),
                        "counts": counts.tobytes(),
                        "vectors": quantized(own).tobytes(),
                    },
                )
            if len(vectors):
                set_value(self._connection, "width", str(vectors.shape[2]))
                set_value(self._connection, "encoder", self._encoder.name)
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._counts["added" if known is None else "changed"] += 1

    def _insert(self, table: str, row: Mapping[str, object]) -> int:
        marks = ", ".join("?" * len(row))
        done = self._connection.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})",
            tuple(row.values()),
        )
        return int(done.lastrowid or 0)

    def _vectors(self, cut: Sequence[Passage]) -> Vectors:
        """Of each passage its own vector and that of its heading: shape (passages, 2, width)."""
        headings = list(dict.fromkeys(map(last_heading, cut)))
        texts = [*map(meant, cut), *headings]
        if not texts:
            return np.zeros((0, 2, 0), dtype=np.float32)
        vectors = np.concatenate(
            [
                self._encoder.encode(texts[at : at + _TOGETHER])
                for at in range(0, len(texts), _TOGETHER)
            ]
        )
        places = {heading: len(cut) + at for at, heading in enumerate(headings)}
        of_headings = vectors[[places[last_heading(passage)] for passage in cut]]
        return np.stack((vectors[: len(cut)], of_headings), axis=1)

    # --- the end ----------------------------------------------------------------------

    def publish(self) -> IndexReport:
        """Make all that was read visible to searches, and what was replaced or is gone not.

        Where nothing has changed, nothing is written.
        """
        connection = self._connection
        staged = connection.execute(
            "SELECT 1 FROM documents WHERE state = 'staged' LIMIT 1"
        ).fetchone()
        shared = self._shared
        changed = staged is not None or self._replaced or (shared is not None and self._noted)
        if changed or value(connection, "generation") is None:
            connection.execute("BEGIN IMMEDIATE")
            try:
                connection.executemany(
                    "DELETE FROM documents WHERE id = ?", [(one,) for one in self._replaced]
                )
                connection.execute(
                    "DELETE FROM documents WHERE id IN (SELECT a.id FROM documents a "
                    "JOIN documents b ON b.document_id = a.document_id AND b.id > a.id)"
                )
                connection.execute("UPDATE documents SET state = 'live' WHERE state = 'staged'")
                number = self._index_files.publish(connection, encoder=self._encoder.name)
                if shared is not None:
                    shared.share(connection)
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            self._index_files.clear_before(number)
            self._replaced.clear()
            self._noted = False
            if shared is not None:
                shared.sweep()
        total = connection.execute("SELECT count(*) FROM passages").fetchone()[0]
        return IndexReport(passages=total, unread=tuple(self._unread), **self._counts)


def _searched(passage: Passage) -> str:
    """What of a passage is searched by its words: its headings too."""
    return f"{passage.heading}\n{passage.text}"


def _link(file: Path, roots: Sequence[Path]) -> str:
    """Where a file is, beneath the path that was named: the rest is nobody's business."""
    root = next(root for root in roots if file.is_relative_to(root))
    return "file:///" + quote(file.relative_to(root.parent).as_posix())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
