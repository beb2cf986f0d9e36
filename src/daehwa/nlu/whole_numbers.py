"""Rows of a shipped matrix in whole numbers of one byte: a quarter of the size."""

from __future__ import annotations

from typing import Final

import numpy as np

from daehwa.nlu.ngrams import Floats

_MOST: Final = 127


def _record(width: int) -> np.dtype[np.void]:
    """A row in whole numbers of -127 to 127, and what they are to be multiplied by."""
    return np.dtype([("scale", "<f4"), ("numbers", "i1", (width,))])


def packed(rows: Floats) -> bytes:
    """Rows (rows, width), none of them all zeros, as `unpacked` reads them."""
    records = np.zeros(len(rows), dtype=_record(rows.shape[1]))
    records["scale"] = np.abs(rows).max(axis=1) / _MOST
    records["numbers"] = np.rint(rows / records["scale"][:, None])
    return records.tobytes()


def unpacked(content: bytes, *, start: int, count: int, width: int) -> tuple[Floats, int]:
    """So many rows (count, width) from the byte ``start``, and where the next byte is."""
    kind = _record(width)
    rows = np.frombuffer(content, dtype=kind, count=count, offset=start)
    numbers: Floats = (rows["numbers"] * rows["scale"][:, None]).astype(np.float32)
    return numbers, start + rows.nbytes
