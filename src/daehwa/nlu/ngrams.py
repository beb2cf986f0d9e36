"""Likeness by letters and words: TF-IDF over hashed n-grams, in plain numpy.

Terms are words, pairs of neighbouring words, and runs of 2 to 5 characters that do not
cross a word (whose edges count as a character). A term is kept as a 64-bit hash, so that
they are a handful of arrays: quick to learn, to save and to look up, without a dictionary
of strings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

_RUNS: Final = (2, 3, 4, 5)
_SPACE: Final = 32
_LONGEST_WORD: Final = 64
_MULTIPLIER: Final = 0x9E3779B97F4A7C15
_ALL_BITS: Final = (1 << 64) - 1
_PLACES: Final = [pow(_MULTIPLIER, i, 1 << 64) for i in range(_LONGEST_WORD)]
_POWERS: Final = np.array(_PLACES, dtype=np.uint64)
_SHORT: Final = 200
"""Letters up to which a text's terms are sooner gathered one by one than by arrays."""

Hashes = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


def _seed(kind: int) -> int:
    """What makes hashes those of a kind of term: 0 a word, 1 a pair of words, or a run's length."""
    return kind * 0x632BE59BD9B4E019 & _ALL_BITS


_PAIR: Final = _seed(1)
_SEEDS: Final = tuple(map(_seed, _RUNS))


def _scramble(hashes: Hashes, kind: int) -> Hashes:
    """Spread hashes evenly, each kind of term in its own way."""
    return _mixed(hashes ^ np.uint64(_seed(kind)))


def _mixed(hashes: Hashes) -> Hashes:
    """Hashes spread evenly (the finaliser of SplitMix64)."""
    mixed = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def terms(texts: Sequence[str]) -> tuple[Rows, Hashes]:
    """Every term of every normalised text: the text's row and the term's hash, two arrays."""
    padded = [f" {text} " for text in texts]
    letters = np.frombuffer("".join(padded).encode("utf-32-le"), dtype=np.uint32)
    codes = letters.astype(np.uint64)
    row = np.repeat(np.arange(len(padded)), [len(text) for text in padded])
    space = letters == _SPACE
    spaces_before = np.concatenate(([0], np.cumsum(space)))
    rows: list[Rows] = []
    hashes: list[Hashes] = []
    for length in _RUNS:
        count = len(codes) - length + 1
        if count <= 0:
            continue
        run = np.zeros(count, dtype=np.uint64)
        for offset in range(length):
            run += codes[offset : offset + count] * _POWERS[length - 1 - offset]
        inner = spaces_before[length - 1 : length - 1 + count] - spaces_before[1 : 1 + count]
        whole = (inner == 0) & (row[:count] == row[length - 1 :])
        whole &= ~(space[:count] & space[length - 1 :])
        rows.append(row[:count][whole])
        hashes.append(_scramble(run[whole], length))
    begins = np.flatnonzero(~space & np.concatenate(([True], space[:-1])))
    if len(begins):
        ordinal = np.searchsorted(begins, np.arange(len(codes)), side="right") - 1
        place = np.arange(len(codes)) - begins[np.maximum(ordinal, 0)]
        powers = _POWERS[np.clip(place, 0, _LONGEST_WORD - 1)]
        word = np.add.reduceat(np.where(space, np.uint64(0), codes * powers), begins)
        word_row = row[begins]
        neighbours = word_row[:-1] == word_row[1:]
        pair = word[:-1] * np.uint64(_MULTIPLIER) + word[1:]
        rows += [word_row, word_row[:-1][neighbours]]
        hashes += [_scramble(word, 0), _scramble(pair[neighbours], 1)]
    return np.concatenate(rows), np.concatenate(hashes)


def terms_of(text: str) -> tuple[Hashes, npt.NDArray[np.int64]]:
    """The different terms of one normalised text, their hashes ascending, and how often each is."""
    hashes = _few_terms(text) if len(text) <= _SHORT else terms((text,))[1]
    hashes.sort()
    first = np.empty(len(hashes) + 1, dtype=np.bool_)
    first[0] = first[-1] = True
    np.not_equal(hashes[1:], hashes[:-1], out=first[1:-1])
    places = first.nonzero()[0]
    return hashes[places[:-1]], places[1:] - places[:-1]


def _few_terms(text: str) -> Hashes:
    """What `terms` gives of a short text, in any order, in a third of the time."""
    seeded: list[int] = []
    before = None
    for word in text.split(" "):
        if not word:
            continue
        codes = [_SPACE, *map(ord, word), _SPACE]
        last = len(codes)
        for start in range(last - 1):
            run = codes[start]
            end = start + 1
            for code, seed in zip(codes[end : end + len(_RUNS)], _SEEDS, strict=False):
                run = (run * _MULTIPLIER + code) & _ALL_BITS
                end += 1
                if start or end < last:
                    seeded.append(run ^ seed)
        whole = 0
        for place, code in enumerate(codes[1:-1]):
            whole += code * _PLACES[min(place, _LONGEST_WORD - 1)]
        whole &= _ALL_BITS
        seeded.append(whole)
        if before is not None:
            seeded.append((before * _MULTIPLIER + whole & _ALL_BITS) ^ _PAIR)
        before = whole
    return _mixed(np.array(seeded, dtype=np.uint64))


class NGrams:
    """The terms of some texts, and how alike another text is to each of them.

    ``idf`` weighs a term (shape: terms); the texts that have it are
    ``rows[starts[t]:starts[t + 1]]``, with the weights that make each text a unit vector.
    There are ``size`` texts, of which the first ``own`` count for coverage.
    """

    def __init__(
        self,
        *,
        size: int,
        own: int,
        keys: Hashes,
        idf: Floats,
        starts: Rows,
        rows: npt.NDArray[np.int32],
        weights: Floats,
    ) -> None:
        self.size = size
        self._keys = keys
        self._idf = idf
        self._starts = starts
        self._rows = rows
        self._weights = weights
        self._own = rows[starts[:-1]] < own
        self._unknown = float(np.log1p(size)) + 1.0

    @classmethod
    def learn(cls, texts: Sequence[str], *, own: int | None = None) -> NGrams:
        """Learn from normalised texts, of which the first ``own`` (or all) count for coverage."""
        row, hashes = terms(texts)
        keys, term = np.unique(hashes, return_inverse=True)
        cell, count = np.unique(term * len(texts) + row, return_counts=True)
        term, row = cell // len(texts), cell % len(texts)
        frequency = np.bincount(term, minlength=len(keys))
        idf = (np.log((1 + len(texts)) / (1 + frequency)) + 1).astype(np.float32)
        weight = (1 + np.log(count)).astype(np.float32) * idf[term]
        length = np.sqrt(np.bincount(row, weight**2, minlength=len(texts)))
        return cls(
            size=len(texts),
            own=len(texts) if own is None else own,
            keys=keys,
            idf=idf,
            starts=np.concatenate(([0], np.cumsum(frequency))),
            rows=row.astype(np.int32),
            weights=(weight / np.maximum(length, 1e-9)[row]).astype(np.float32),
        )

    def likeness(self, text: str) -> tuple[Floats, float]:
        """Cosines of a normalised text to every learned one (shape: texts), and its coverage.

        Coverage is the share of the text's weight that lies in its own texts' terms, 0 to 1.
        """
        hashes, count = terms_of(text)
        if not len(hashes) or not len(self._keys):
            return np.zeros(self.size, dtype=np.float32), 0.0
        place = np.minimum(np.searchsorted(self._keys, hashes), len(self._keys) - 1)
        known = self._keys[place] == hashes
        tf = 1 + np.log(count)
        strange = float(np.sum((tf[~known] * self._unknown) ** 2))
        place = place[known]
        weight = tf[known] * self._idf[place]
        familiar = float(np.sum(weight**2))
        if familiar == 0.0:
            return np.zeros(self.size, dtype=np.float32), 0.0
        begins = self._starts[place]
        spans = self._starts[place + 1] - begins
        ends = np.cumsum(spans)
        at = np.arange(ends[-1]) + np.repeat(begins - ends + spans, spans)
        shares = self._weights[at] * np.repeat(weight / np.sqrt(familiar + strange), spans)
        cosines = np.bincount(self._rows[at], shares, minlength=self.size)
        own = float(np.sum(weight[self._own[place]] ** 2))
        return cosines.astype(np.float32), float(np.sqrt(own / (familiar + strange)))

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Them as named arrays."""
        return {
            "keys": self._keys,
            "idf": self._idf,
            "starts": self._starts,
            "rows": self._rows,
            "weights": self._weights,
        }

    @classmethod
    def of(cls, arrays: Mapping[str, npt.NDArray[np.generic]], *, size: int, own: int) -> NGrams:
        """N-grams from the arrays of another, which had ``size`` texts, ``own`` its own."""
        return cls(
            size=size,
            own=own,
            keys=arrays["keys"].astype(np.uint64, copy=False),
            idf=arrays["idf"].astype(np.float32, copy=False),
            starts=arrays["starts"].astype(np.int64, copy=False),
            rows=arrays["rows"].astype(np.int32, copy=False),
            weights=arrays["weights"].astype(np.float32, copy=False),
        )
