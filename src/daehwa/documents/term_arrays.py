"""The terms of a text as arrays of numpy."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt

from daehwa.documents.terms import hashed, question_hashes, terms_of

Hashes = npt.NDArray[np.uint32]
Counts = npt.NDArray[np.uint8]

_MOST = 255


def question_terms(text: str) -> Hashes:
    """The distinct terms of a question, ascending, without the words that any question has."""
    return np.array(question_hashes(text), dtype=np.uint32)


def counted(text: str) -> tuple[Hashes, Counts]:
    """The distinct terms of a text, ascending, and how often each stands in it (255 at most)."""
    counts = Counter(map(hashed, terms_of(text)))
    hashes = np.fromiter(counts, dtype=np.uint32, count=len(counts))
    numbers = np.minimum(np.fromiter(counts.values(), dtype=np.int64, count=len(counts)), _MOST)
    order = np.argsort(hashes)
    return hashes[order], numbers[order].astype(np.uint8)
