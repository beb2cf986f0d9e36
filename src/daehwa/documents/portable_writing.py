"""A library as one file that is searched without numpy and without the encoder.

Written from a data folder's library, and read by ``portable_index``. What is in the file is what
searches see: the passages that are live, and BM25's postings of each language.
"""

from __future__ import annotations

import contextlib
import math
import sqlite3
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from daehwa.documents.errors import LibraryUnusable
from daehwa.documents.index_files import IndexFiles
from daehwa.documents.portable_index import VERSION
from daehwa.documents.values import passage_link, split_link

# As in ``ranking``: Robertson's usual parameters, and words that are rare only in a small library.
_K1, _B, _OTHERS = 1.2, 0.75, 30
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, language TEXT NOT NULL, bot TEXT, locale TEXT, title TEXT NOT NULL,
    heading TEXT NOT NULL, text TEXT NOT NULL, question TEXT, file TEXT, link TEXT
);
CREATE TABLE languages (language TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE terms (
    language TEXT, term INTEGER, idf REAL NOT NULL, passages INTEGER NOT NULL,
    PRIMARY KEY (language, term)
) WITHOUT ROWID;
CREATE TABLE postings (
    language TEXT, term INTEGER, passage INTEGER, impact REAL NOT NULL,
    PRIMARY KEY (language, term, passage)
) WITHOUT ROWID;
"""
_LIVE = (
    "SELECT p.id, p.language, d.bot, d.locale, d.title, p.heading, p.text, p.question, "
    "d.link, p.link FROM passages p JOIN documents d ON d.id = p.document "
    "WHERE d.state = 'live' ORDER BY p.id"
)
_TERMS = (
    "SELECT p.id, p.hashes, p.counts FROM passages p JOIN documents d ON d.id = p.document "
    "WHERE d.state = 'live' AND p.language = ? ORDER BY p.id"
)


def write_portable(data: Path, target: Path) -> int:
    """Write the library of a data folder to ``target``, which is replaced.

    The same library makes the same bytes.

    Returns:
        How many passages it holds.

    Raises:
        LibraryUnusable: there is no library, or it cannot be read.
    """
    index_files = IndexFiles(data)
    if not index_files.exists:
        raise LibraryUnusable(
            f"{index_files.folder} holds no documents: read them with daehwa index"
        )
    target.unlink(missing_ok=True)
    with (
        contextlib.closing(index_files.connect()) as library,
        contextlib.closing(sqlite3.connect(target, isolation_level=None)) as portable,
    ):
        try:
            portable.executescript(_SCHEMA)
            portable.execute("BEGIN")
            portable.execute("INSERT INTO meta VALUES ('version', ?)", (str(VERSION),))
            rows = [_passage(row) for row in library.execute(_LIVE)]
            marks = ", ".join("?" * 10)
            portable.executemany(f"INSERT INTO passages VALUES ({marks})", rows)
            for language in sorted({row[1] for row in rows}):
                _write_language(library, portable, language)
            portable.execute("COMMIT")
            portable.execute("VACUUM")
        except sqlite3.Error as error:
            raise LibraryUnusable(f"{index_files.file} cannot be written out: {error}") from error
    return len(rows)


def _passage(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row in which the web address, or else the file's name, replaces both links."""
    *kept, document, own = row
    link, file = split_link(passage_link(document, own))
    return *kept, file, link


def _write_language(
    library: sqlite3.Connection, portable: sqlite3.Connection, language: str
) -> None:
    passages = [
        (number, array("I", hashes), bytes(counts))
        for number, hashes, counts in library.execute(_TERMS, (language,))
    ]
    size = len(passages)
    mean = max(sum(sum(counts) for _, _, counts in passages) / size, 1.0)
    frequency: dict[int, int] = {}
    for _, hashes, _ in passages:
        for term in hashes:
            frequency[term] = frequency.get(term, 0) + 1
    idf = {
        term: math.log1p((size + _OTHERS - n + 0.5) / (n + 0.5)) for term, n in frequency.items()
    }

    def postings() -> Iterator[tuple[str, int, int, float]]:
        for number, hashes, counts in passages:
            norm = _K1 * (1 - _B + _B * sum(counts) / mean)
            for term, count in zip(hashes, counts, strict=True):
                yield language, term, number, idf[term] * count * (_K1 + 1) / (count + norm)

    portable.execute("INSERT INTO languages VALUES (?, ?)", (language, size))
    portable.executemany(
        "INSERT INTO terms VALUES (?, ?, ?, ?)",
        ((language, term, idf[term], frequency[term]) for term in sorted(frequency)),
    )
    portable.executemany("INSERT INTO postings VALUES (?, ?, ?, ?)", sorted(postings()))
