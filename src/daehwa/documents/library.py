"""The library as it is searched: rankings of each language, merged into one list of hits."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from daehwa.documents import scoring
from daehwa.documents.encoding import (
    BundledEncoder,
    SentenceEncoder,
    Vectors,
    restored,
    second_encoder,
    signs,
)
from daehwa.documents.errors import LibraryUnusable
from daehwa.documents.index_files import Contents, IndexFiles, value
from daehwa.documents.languages import language_of
from daehwa.documents.passages import sentences
from daehwa.documents.ranking import Candidates, Ranking
from daehwa.documents.second_vectors import SecondVectors
from daehwa.documents.term_arrays import question_terms
from daehwa.documents.values import Attributes, Audience, Hit, passage_link

_MOST: Final = 10
_FIRST: Final = 5
_ACROSS_AT_MOST: Final = 2
_WORTH: Final = 0.1


class Filtering(msgspec.Struct, frozen=True, kw_only=True):
    """Which documents a search may return: of a bot (its name and its id) and a locale.

    ``documents`` are the rows of the documents that are let through; ``None`` is all.
    """

    bots: frozenset[str] | None = None
    locale: str | None = None
    documents: frozenset[int] | None = None

    def admits(self, scope: Audience) -> bool:
        """Whether documents of a scope may be returned."""
        if self.bots is None:
            return True
        return (scope.bot is None or scope.bot in self.bots) and (
            scope.locale is None or self.locale is None or scope.locale == self.locale
        )


ALL: Final = Filtering()


class DocumentSummary(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A document that the library holds."""

    id: str
    locator: str
    title: str
    kind: str
    bot: str | None
    locale: str | None
    language: str
    passages: int
    at: str


class _Generation(msgspec.Struct, frozen=True):
    number: int
    contents: Contents
    rankings: dict[str, Ranking]
    second: SecondVectors | None


class _Query(msgspec.Struct, frozen=True):
    """A question as the encoders read it; ``second`` is the second one's vector, if it has."""

    vector: Vectors
    second: Vectors | None
    neutral: float


class Library:
    """Searches the library of a data folder; sees what is published there without a restart.

    Safe to use from several threads. Where nothing was indexed it is empty.
    """

    def __init__(self, data: Path, encoder: SentenceEncoder | None = None) -> None:
        self._index_files = IndexFiles(data)
        self._encoder = encoder or BundledEncoder()
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._inode = 0
        self._seen = -1
        self._generation: _Generation | None = None

    @property
    def begun(self) -> bool:
        """Whether anything was ever indexed here: one look at the disk, for every turn."""
        return self._index_files.exists

    @property
    def present(self) -> bool:
        """Whether there is anything to search, as cheaply as can be seen."""
        return self._current() is not None

    def close(self) -> None:
        """Release the files."""
        with self._lock:
            self._close()

    def search(
        self,
        question: str,
        filtering: Filtering = ALL,
        *,
        most: int = _MOST,
    ) -> list[Hit]:
        """The passages that most likely answer, best first.

        Raises:
            LibraryUnusable: the library cannot be read.
        """
        generation = self._current()
        if generation is None or not question.strip():
            return []
        query = self._read(question, generation)
        words = question_terms(question)
        asked_in = language_of(question)
        scopes = frozenset(
            number
            for number, scope in enumerate(generation.contents.scopes)
            if filtering.admits(scope)
        )
        own: list[tuple[float, int]] = []
        others: list[tuple[float, int]] = []
        for written_in, ranking in generation.rankings.items():
            candidates = ranking.candidates(words, signs(query.vector[None]), scopes)
            scores = sorted(
                self._score(candidates, query, generation.second, filtering, written_in),
                reverse=True,
            )
            background = scoring.background(
                [score for score, _ in scores], across=written_in != asked_in
            )
            (own if written_in == asked_in else others).extend(
                (
                    scoring.of(
                        score,
                        background,
                        neutral=query.neutral,
                        asked_in=asked_in,
                        written_in=written_in,
                        twice=query.second is not None,
                    ),
                    number,
                )
                for score, number in scores[:most]
            )
        return self._hits(list(_merged(own, others))[:most])

    def excerpt(self, hit: Hit, question: str) -> str:
        """The sentence of a passage that is nearest to the question."""
        choices = sentences(hit.text)
        if len(choices) < 2:  # noqa: PLR2004 - nothing to choose
            return hit.text
        vectors = self._encoder.encode([question, *choices])
        return choices[int((vectors[1:] @ vectors[0]).argmax())]

    def _read(self, question: str, generation: _Generation) -> _Query:
        """A question as the encoders that have read the library read it."""
        vector = self._encoder.encode([question])[0]
        language = language_of(question)
        again = second_encoder(self._encoder.name) if generation.second is not None else None
        if again is None:
            return _Query(vector, None, _nearest(self._encoder.neutral(language), vector))
        second = again.question(question)
        return _Query(vector, second, _nearest(again.neutral(language), second))

    def _score(
        self,
        candidates: Candidates,
        query: _Query,
        second: SecondVectors | None,
        filtering: Filtering,
        language: str,
    ) -> Iterator[tuple[float, int]]:
        """Score and id of each candidate of one language."""
        if not len(candidates.ids):
            return
        shares = dict(zip(candidates.ids.tolist(), candidates.shares.tolist(), strict=True))
        rows = self._rows(
            "SELECT id, vectors, document FROM passages WHERE id IN", candidates.ids.tolist()
        )
        admitted = [
            row for row in rows if filtering.documents is None or row[2] in filtering.documents
        ]
        if not admitted:
            return
        pairs = restored(b"".join(row[1] for row in admitted), len(query.vector)) @ query.vector
        again: list[tuple[float, float] | None] = [None] * len(admitted)
        if second is not None and query.second is not None:
            cosines = second.cosines([row[0] for row in admitted], query.second)
            again = [(own, heading) for own, heading in cosines.tolist()]
        for row, (own, heading), more in zip(
            admitted, pairs.reshape(-1, 2).tolist(), again, strict=True
        ):
            scored = scoring.score(own, heading, shares[row[0]], language=language, second=more)
            yield scored, row[0]

    def _hits(self, scored: Sequence[tuple[float, int]]) -> list[Hit]:
        rows = self._rows(
            "SELECT p.id, d.document_id, d.locator, d.title, p.heading, p.text, p.question, "
            "p.link, d.link, p.language, d.attributes FROM passages p "
            "JOIN documents d ON d.id = p.document WHERE p.id IN",
            [one[1] for one in scored],
        )
        by_id = {row[0]: row for row in rows}
        hits = []
        for sure, number in scored:
            row = by_id.get(number)
            if row is None:
                continue  # removed since the generation was opened
            hits.append(
                Hit(
                    passage_id=number,
                    document_id=row[1],
                    locator=row[2],
                    title=row[3],
                    heading=row[4],
                    text=row[5],
                    question=row[6],
                    link=passage_link(row[8], row[7]),
                    language=row[9],
                    attributes=msgspec.json.decode(row[10]),
                    confidence=sure,
                )
            )
        return hits

    def beginnings(self, filtering: Filtering = ALL, *, most: int = 100) -> list[Hit]:
        """The first passage of each document, for a list without a question."""
        if self._current() is None:
            return []
        rows = self._query(
            "SELECT min(p.id), d.id FROM passages p JOIN documents d ON d.id = p.document "
            "WHERE d.state = 'live' GROUP BY d.id ORDER BY d.id"
        )
        chosen = [
            row[0] for row in rows if filtering.documents is None or row[1] in filtering.documents
        ]
        return self._hits([(0.0, number) for number in chosen[:most]])

    # --- what is there ----------------------------------------------------------------

    def documents(self) -> list[DocumentSummary]:
        """Every document that searches see, by its locator."""
        if self._current() is None:
            return []
        rows = self._query(
            "SELECT d.document_id, d.locator, d.title, d.kind, d.bot, d.locale, d.language, "
            "count(p.id), d.at FROM documents d LEFT JOIN passages p ON p.document = d.id "
            "WHERE d.state = 'live' GROUP BY d.id ORDER BY d.locator, d.id"
        )
        return [
            DocumentSummary(
                id=row[0], locator=row[1], title=row[2], kind=row[3], bot=row[4], locale=row[5],
                language=row[6], passages=row[7], at=row[8],
            )
            for row in rows
        ]  # fmt: skip

    def attributes(self) -> Iterator[tuple[int, str, str, Attributes]]:
        """Row, id, language and attributes of every document that searches see."""
        if self._current() is None:
            return
        for row in self._query(
            "SELECT id, document_id, language, attributes, title, link, at FROM documents "
            "WHERE state = 'live'"
        ):
            builtin: Attributes = {
                "_document_id": {"StringValue": row[1]},
                "_language_code": {"StringValue": row[2]},
                "_document_title": {"StringValue": row[4]},
                "_created_at": {"DateValue": datetime.fromisoformat(row[6]).timestamp()},
            }
            if row[5]:
                builtin["_source_uri"] = {"StringValue": row[5]}
            yield row[0], row[1], row[2], builtin | msgspec.json.decode(row[3])

    def questions(self, most: int) -> list[str]:
        """Questions that the team has answered, and headings, for suggestions."""
        if self._current() is None:
            return []
        return [
            row[0]
            for row in self._query(
                "SELECT DISTINCT coalesce(p.question, p.heading) FROM passages p "
                "JOIN documents d ON d.id = p.document WHERE d.state = 'live' "
                f"ORDER BY p.question IS NULL, p.id LIMIT {int(most)}"
            )
        ]

    def state(self, document_id: str) -> tuple[str, str] | None:
        """``indexed`` or ``failed`` with the reason; ``None`` for a document that is not there."""
        if not self._index_files.exists:
            return None
        self._current()
        for reason, message in self._query(
            "SELECT reason, message FROM failures WHERE document_id = ?", (document_id,)
        ):
            return "failed", f"{reason}: {message}"
        if self._query(
            "SELECT 1 FROM documents WHERE document_id = ? AND state = 'live'", (document_id,)
        ):
            return "indexed", ""
        return None

    @property
    def size(self) -> tuple[int, int, int]:
        """Documents, answered questions, and bytes of text."""
        if self._current() is None:
            return 0, 0, 0
        row = self._query(
            "SELECT (SELECT count(*) FROM documents WHERE state = 'live'), count(question), "
            "coalesce(sum(length(CAST(text AS BLOB))), 0) FROM passages"
        )[0]
        return row[0], row[1], row[2]

    # --- the files --------------------------------------------------------------------

    def _current(self) -> _Generation | None:
        """The generation that was published last; opened again when there is another one."""
        try:
            inode = os.stat(self._index_files.file).st_ino  # noqa: PTH116 - for every question
        except OSError:
            return None
        with self._lock:
            if inode != self._inode:
                self._close()
                self._inode = inode
            if self._connection is None:
                self._connection = self._index_files.connect()
                self._seen = -1
            try:
                version = self._connection.execute("PRAGMA data_version").fetchone()[0]
                if version != self._seen:
                    self._open_generation(self._connection)
                    self._seen = version
            except sqlite3.Error as error:
                raise LibraryUnusable(
                    f"{self._index_files.file} cannot be read: {error}"
                ) from error
            return self._generation

    def _open_generation(self, connection: sqlite3.Connection) -> None:
        has_meta = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone()
        number = int(value(connection, "generation") or 0) if has_meta else 0
        if not number:
            self._generation = None
            return
        if self._generation is not None and self._generation.number == number:
            return
        folder = self._index_files.generation(number)
        try:
            contents = msgspec.json.decode((folder / "contents.json").read_bytes(), type=Contents)
            rankings = {each: Ranking.open(folder, each) for each in contents.languages}
            second = SecondVectors.open(folder) if self._reads_twice(contents) else None
        except (OSError, ValueError, msgspec.DecodeError) as error:
            raise LibraryUnusable(
                f"{folder} cannot be read: {error}. Index the documents again to replace it"
            ) from error
        self._generation = _Generation(number, contents, rankings, second) if rankings else None

    def _reads_twice(self, contents: Contents) -> bool:
        """Whether the encoder that has read the library besides can read questions here."""
        again = second_encoder(self._encoder.name) if contents.second else None
        return again is not None and again.name == contents.second

    def _close(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None
        self._generation = None

    def _rows(self, select: str, ids: Sequence[int]) -> list[Any]:
        marks = ", ".join("?" * len(ids))
        return self._query(f"{select} ({marks})", ids)

    def _query(self, select: str, values: Iterable[Any] = ()) -> list[Any]:
        with self._lock:
            if self._connection is None:
                return []
            try:
                return self._connection.execute(select, tuple(values)).fetchall()
            except sqlite3.Error as error:
                raise LibraryUnusable(
                    f"{self._index_files.file} cannot be read: {error}"
                ) from error


def _nearest(texts: Vectors, vector: Vectors) -> float:
    """The cosine of a text and the nearest of others."""
    return float((texts @ vector).max())


def _merged(
    own: list[tuple[float, int]], others: list[tuple[float, int]]
) -> Iterator[tuple[float, int]]:
    """Passages in the question's language and in others as one list, by their confidence.

    Likeness across languages is the weaker witness: of the first five it places two at most, and
    one at least that is worth it.
    """
    own = sorted(own, key=lambda one: (-one[0], one[1]))
    others = sorted(others, key=lambda one: (-one[0], one[1]))
    placed = 0
    for place in range(len(own) + len(others)):
        first = place < _FIRST
        due = placed == 0 and place == _FIRST - 1 and others and others[0][0] >= _WORTH
        if not own or (
            others
            and (due or others[0][0] > own[0][0])
            and not (first and placed == _ACROSS_AT_MOST)
        ):
            placed += 1
            yield others.pop(0)
        else:
            yield own.pop(0)
