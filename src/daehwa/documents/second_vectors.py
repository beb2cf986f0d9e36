"""What the second encoder makes of a small library: a vector of each passage and of its heading.

In a library of a few pages most questions are asked in other words than the passages', and there
are too few passages for one to be right by chance: the second encoder finds a fifth more of the
answers (``bench/search``). It takes some 40 ms a passage, which a large library has not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from daehwa.documents.encoding import SecondEncoder, Vectors, quantized, restored
from daehwa.documents.passages import last_heading, meant
from daehwa.documents.values import Passage

MOST: Final = 300
"""Passages of a library that is read by the second encoder, in all languages together."""

# Characters of a passage that it reads: what a passage is about is said first.
_LONGEST: Final = {"ko": 160}
_LONGEST_OTHERS: Final = 320
_IDS: Final = "second.ids.npy"
_VECTORS: Final = "second.vectors.npy"


class SecondVectors:
    """The vectors of one generation, by the ids of its passages."""

    def __init__(self, ids: npt.NDArray[np.int64], vectors: npt.NDArray[np.int8]) -> None:
        """``ids`` ascending; ``vectors`` of shape (passages, 2, width)."""
        self.ids = ids
        self.quantized = vectors
        width = vectors.shape[2] if len(vectors) else 1
        self._vectors = restored(vectors.tobytes(), width).reshape(len(ids), 2, width)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Those of a generation's folder.

        Raises:
            OSError: there are none.
            ValueError: they cannot be read.
        """
        return cls(
            np.load(folder / _IDS, allow_pickle=False),
            np.load(folder / _VECTORS, allow_pickle=False),
        )

    def cosines(self, ids: Sequence[int], question: Vectors) -> npt.NDArray[np.float32]:
        """Of each passage the cosines of the question with it and its heading, shape (ids, 2)."""
        cosines: npt.NDArray[np.float32] = (
            self._vectors[np.searchsorted(self.ids, np.asarray(ids))] @ question
        )
        return cosines


def write(
    folder: Path, before: Path, connection: sqlite3.Connection, encoder: SecondEncoder | None
) -> str:
    """Write the vectors of what is live, where it is little enough.

    Passages that the generation ``before`` had are not read again.

    Returns:
        The name of the encoder; nothing where none was used.
    """
    if encoder is None:
        return ""
    rows = connection.execute(
        "SELECT p.id, p.heading, p.text, p.question, p.language FROM passages p "
        "JOIN documents d ON d.id = p.document "
        f"WHERE d.state = 'live' ORDER BY p.id LIMIT {MOST + 1}"
    ).fetchall()
    if not 0 < len(rows) <= MOST:
        return ""
    known = _known(before)
    wanted = [row for row in rows if row[0] not in known]
    cut = [Passage(heading=row[1], text=row[2], question=row[3]) for row in wanted]
    texts = [
        meant(passage)[: _LONGEST.get(row[4], _LONGEST_OTHERS)]
        for row, passage in zip(wanted, cut, strict=True)
    ]
    headings = list(dict.fromkeys(map(last_heading, cut)))
    if texts:
        vectors = quantized(encoder.passages([*texts, *headings]))
        places = {heading: len(texts) + at for at, heading in enumerate(headings)}
        for at, (row, passage) in enumerate(zip(wanted, cut, strict=True)):
            known[row[0]] = vectors[[at, places[last_heading(passage)]]]
    np.save(folder / _IDS, np.array([row[0] for row in rows], dtype=np.int64))
    np.save(folder / _VECTORS, np.stack([known[row[0]] for row in rows]))
    return encoder.name


def _known(folder: Path) -> dict[int, npt.NDArray[np.int8]]:
    try:
        there = SecondVectors.open(folder)
    except (OSError, ValueError):
        return {}
    return dict(zip(there.ids.tolist(), there.quantized, strict=True))
