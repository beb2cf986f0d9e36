"""One language's ranking: BM25 over terms, and the nearest meanings, over arrays on disk.

The arrays are memory-mapped, so that processes share them and only what is looked at counts.
BM25's parameters are Robertson's usual ones (Robertson, Zaragoza: The Probabilistic Relevance
Framework, 2009).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

import msgspec
import numpy as np
import numpy.typing as npt

from daehwa.documents.encoding import Codes
from daehwa.documents.term_arrays import Counts, Hashes

_K1: Final = 1.2
_B: Final = 0.75
# A term of more than this share of the passages says nothing, and costs the most.
_COMMON: Final = 0.4
_FEW: Final = 1000
_BY_TERMS: Final = 60
_BY_MEANING: Final = 90
# As if the library held this many more passages: in a small one every word is rare.
_OTHERS: Final = 30

Rows = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]


class Entry(msgspec.Struct, frozen=True):
    """A passage on its way into a ranking: its scope, its terms, the signs of its vector."""

    passage_id: int
    scope: int
    hashes: Hashes
    counts: Counts
    code: Codes


class Candidates(msgspec.Struct, frozen=True):
    """Passages that may hold the answer, by their ids, with their shares of the question.

    A share is the part of the question's weight (idf) whose terms the passage has, 0 to 1.
    """

    ids: npt.NDArray[np.int64]
    shares: Floats


class Ranking:
    """The passages of one language.

    ``arrays``: ``ids`` and ``scopes`` of passages; ``keys`` (term hashes, ascending), ``starts``,
    ``rows``, ``impacts`` of postings, ``idf``; ``codes`` of passages, a row for each 64 bits.
    """

    NAMES: Final = ("ids", "scopes", "keys", "starts", "rows", "impacts", "idf", "codes")

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        self._ids = arrays["ids"]
        self._scopes = arrays["scopes"]
        self._keys = np.asarray(arrays["keys"])
        self._starts = arrays["starts"]
        self._rows = arrays["rows"]
        self._impacts = arrays["impacts"]
        self._idf = arrays["idf"]
        self._codes = arrays["codes"]
        self._unknown = float(_idf(np.zeros(1), len(self._ids))[0])

    def __len__(self) -> int:
        return len(self._ids)

    @classmethod
    def open(cls, folder: Path, language: str) -> Self:
        """The ranking in a generation's folder."""
        return cls(
            {
                name: np.load(folder / f"{language}.{name}.npy", mmap_mode="r", allow_pickle=False)
                for name in cls.NAMES
            }
        )

    def candidates(self, question: Hashes, code: Codes, scopes: frozenset[int]) -> Candidates:
        """The passages that may answer, of these scopes; in no order.

        Args:
            question: the distinct terms of the question.
            code: the signs of its vector.
            scopes: the numbers of the scopes that are searched.
        """
        scores, known = self._bm25(question)
        allowed = None
        if not set(np.unique(self._scopes)) <= scopes:
            allowed = np.isin(self._scopes, list(scopes))
            scores = np.where(allowed, scores, 0)
        by_meaning = _smallest(self._distances(code), _BY_MEANING, allowed)
        rows = np.union1d(_highest(scores, _BY_TERMS), by_meaning)
        return Candidates(np.asarray(self._ids[rows]), self._shares(question, known, rows))

    def _bm25(self, question: Hashes) -> tuple[Floats, npt.NDArray[np.int64]]:
        """Each passage's score, and the places of the question's terms that are known here."""
        size = len(self._ids)
        if not len(question) or not len(self._keys):
            return np.zeros(size, dtype=np.float32), np.zeros(0, dtype=np.int64)
        place = np.minimum(np.searchsorted(self._keys, question), len(self._keys) - 1)
        known = place[self._keys[place] == question]
        spans = [(int(self._starts[at]), int(self._starts[at + 1])) for at in known]
        if size > _FEW:
            rare = [(a, b) for a, b in spans if b - a <= _COMMON * size]
            spans = rare or spans
        if not spans:
            return np.zeros(size, dtype=np.float32), known
        rows = np.concatenate([self._rows[a:b] for a, b in spans])
        impacts = np.concatenate([self._impacts[a:b] for a, b in spans])
        return np.bincount(rows, impacts, minlength=size).astype(np.float32), known

    def _distances(self, code: Codes) -> npt.NDArray[np.uint16]:
        """How many bits of each passage differ from the question's."""
        differ = np.zeros(self._codes.shape[1], dtype=np.uint16)
        for bits, own in zip(self._codes, code.ravel(), strict=True):
            differ += np.bitwise_count(bits ^ own)
        return differ

    def _shares(self, question: Hashes, known: npt.NDArray[np.int64], rows: Rows) -> Floats:
        weight = float(self._idf[known].sum()) + self._unknown * (len(question) - len(known))
        shares = np.zeros(len(rows), dtype=np.float32)
        for at in known:
            posting = self._rows[int(self._starts[at]) : int(self._starts[at + 1])]
            where = np.minimum(np.searchsorted(posting, rows), len(posting) - 1)
            shares += (posting[where] == rows) * self._idf[at]
        return shares / max(weight, 1e-9)


def _highest(scores: Floats, most: int) -> Rows:
    rows = np.argpartition(-scores, most)[:most] if len(scores) > most else np.arange(len(scores))
    return rows[scores[rows] > 0].astype(np.int32)


def _smallest(distances: npt.NDArray[np.uint16], most: int, allowed: Mask | None) -> Rows:
    rows = np.arange(len(distances)) if allowed is None else np.flatnonzero(allowed)
    if len(rows) > most:
        rows = rows[np.argpartition(distances[rows], most)[:most]]
    return rows.astype(np.int32)


def _idf(frequency: npt.NDArray[Any], size: int) -> Floats:
    """How much a term says that stands in ``frequency`` of ``size`` passages."""
    idf: Floats = np.log1p((size + _OTHERS - frequency + 0.5) / (frequency + 0.5))
    return idf.astype(np.float32)


def write(folder: Path, language: str, entries: Sequence[Entry]) -> None:
    """Write the ranking of ``entries`` into a generation's folder."""
    for name, array in _arrays(entries).items():
        np.save(folder / f"{language}.{name}.npy", array, allow_pickle=False)


def _arrays(entries: Sequence[Entry]) -> dict[str, npt.NDArray[Any]]:
    size = len(entries)
    lengths = np.array([int(one.counts.sum()) for one in entries], dtype=np.float32)
    rows = np.repeat(np.arange(size, dtype=np.int32), [len(one.hashes) for one in entries])
    hashes = np.concatenate([one.hashes for one in entries])
    counts = np.concatenate([one.counts for one in entries]).astype(np.float32)
    # Stable: within a term the rows stay ascending.
    order = np.argsort(hashes, kind="stable")
    rows, counts = rows[order], counts[order]
    keys, starts = np.unique(hashes[order], return_index=True)
    frequency = np.diff(np.append(starts, len(rows)))
    idf = _idf(frequency, size)
    norms = _K1 * (1 - _B + _B * lengths / max(float(lengths.mean()), 1.0))
    impacts = np.repeat(idf, frequency) * counts * (_K1 + 1) / (counts + norms[rows])
    return {
        "ids": np.array([one.passage_id for one in entries], dtype=np.int64),
        "scopes": np.array([one.scope for one in entries], dtype=np.int32),
        "keys": keys,
        "starts": np.append(starts, len(rows)).astype(np.int64),
        "rows": rows,
        "impacts": impacts.astype(np.float32),
        "idf": idf,
        "codes": np.ascontiguousarray(np.stack([one.code for one in entries]).T),
    }
