"""Searching a library by its words alone, with the standard library alone.

AWS Lambda's functions carry neither numpy nor the sentence encoder: of the library's search this
has the words, and not the meanings. A passage is returned for the words that it shares with the
question, so that one in other words is not, and none in another language is. ``bench/search``
measures what that costs. ``portable_writing`` writes the file.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple

from daehwa.documents.languages import language_of
from daehwa.documents.terms import question_hashes

VERSION = 1
# A logistic regression of the score on whether the passage is right: of ``bench/search``.
_WEIGHING = {"ko": (13.7, -5.1), "": (7.1, -4.4)}
_COMMON, _FEW, _OTHERS = 0.4, 1000, 30
_CANDIDATES = 60


class PortablePassage(NamedTuple):
    """A passage that a search returned; ``confidence`` (0 to 1): how likely it has the answer."""

    confidence: float
    text: str
    title: str
    heading: str
    question: str | None
    file: str | None
    link: str | None


class PortableIndex:
    """The index in a file; for one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            ValueError: the file is not one, or of a newer version.
        """
        try:
            self._connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?immutable=1", uri=True, check_same_thread=False
            )
            ((version,),) = self._query("SELECT value FROM meta WHERE name = 'version'")
        except (sqlite3.Error, ValueError) as error:
            raise ValueError(f"{path} is not an index of documents: {error}") from None
        if int(version) > VERSION:
            raise ValueError(f"{path} was written by a newer version of this program")

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def search(
        self,
        question: str,
        *,
        bots: Collection[str] = (),
        locale: str | None = None,
        most: int = 10,
    ) -> list[PortablePassage]:
        """The passages that most likely answer, best first.

        ``bots`` are the names and ids of the bot that was spoken to; documents of others, and of
        other locales, are not searched.
        """
        terms = question_hashes(question)
        language = language_of(question)
        size = self._query("SELECT passages FROM languages WHERE language = ?", language)
        if not terms or not size:
            return []
        idf, searched = self._weights(language, terms, size[0][0])
        if not searched:
            return []
        # What no passage has says most: it is the part of the question that nobody answers.
        unknown = math.log1p((size[0][0] + _OTHERS + 0.5) / 0.5)
        weight = sum(idf.values()) + unknown * (len(terms) - len(idf))
        factor, constant = _WEIGHING.get(language, _WEIGHING[""])
        scored = {
            number: 1 / (1 + math.exp(-factor * score / weight - constant))
            for number, score in self._scored(language, searched, bots, locale)[:most]
        }
        return self._passages(scored)

    def _weights(
        self, language: str, terms: list[int], size: int
    ) -> tuple[dict[int, float], list[int]]:
        """The idf of the terms that are known, and those of them that are searched for."""
        rows = self._query(
            "SELECT term, idf, passages FROM terms "
            f"WHERE language = ? AND term IN ({_marks(terms)})",
            language,
            *terms,
        )
        idf = {term: value for term, value, _ in rows}
        rare = [term for term, _, frequency in rows if frequency <= _COMMON * size]
        return idf, (rare or list(idf)) if size > _FEW else list(idf)

    def _scored(
        self, language: str, terms: list[int], bots: Collection[str], locale: str | None
    ) -> list[tuple[int, float]]:
        """The passages with the highest scores of BM25."""
        names = list(bots)
        return self._query(
            "SELECT o.passage, SUM(o.impact) AS score FROM postings o JOIN passages p "
            f"ON p.id = o.passage WHERE o.language = ? AND o.term IN ({_marks(terms)}) "
            f"AND (p.bot IS NULL OR p.bot IN ({_marks(names)})) "
            "AND (p.locale IS NULL OR ? IS NULL OR p.locale = ?) "
            f"GROUP BY o.passage ORDER BY score DESC, o.passage LIMIT {_CANDIDATES}",
            language,
            *terms,
            *names,
            locale,
            locale,
        )

    def _passages(self, sure: dict[int, float]) -> list[PortablePassage]:
        """The passages of these confidences, in their order."""
        rows = self._query(
            "SELECT id, text, title, heading, question, file, link FROM passages "
            f"WHERE id IN ({_marks(sure)})",
            *sure,
        )
        by_id = {row[0]: row[1:] for row in rows}
        return [PortablePassage(sure[number], *by_id[number]) for number in sure]

    def _query(self, select: str, *values: Any) -> list[Any]:
        return self._connection.execute(select, values).fetchall()


def _marks(values: Collection[Any]) -> str:
    return ", ".join("?" * len(values))
