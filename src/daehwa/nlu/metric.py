"""A metric for small bots: sentence vectors turned so that wishes tell texts apart.

Sentence encoders put *결과지 보내주세요* and *영수증 보내주세요* side by side: all but the thing is
the same. What tells the intents of a bot from each other, and from its near strangers, is much
alike from bot to bot, and can be learned: to each encoder's vectors what they are by a map of low
rank is added, and they are made unit vectors again. ``bench/nlu/metric.py`` teaches it over many
random bots, by the log loss of the intents and of nobody's business given the cosines to their
samples (matching networks, Vinyals et al. 2016).
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final, NamedTuple

import numpy as np

from daehwa.nlu import languages
from daehwa.nlu.ngrams import Floats
from daehwa.nlu.whole_numbers import unpacked

SHIPPED: Final = "metric.bin"
"""In a language's folder: by each encoder that reads the language, one encoder after the other,
``RANK`` rows of ``down``, then as many of ``up`` (`daehwa.nlu.whole_numbers`)."""

RANK: Final = 32


class LowRankMap(NamedTuple):
    """What is added to an encoder's vectors: ``down`` and ``up``, both of shape (rank, width)."""

    down: Floats
    up: Floats


@cache
def turns(language: str, widths: tuple[int, ...]) -> tuple[LowRankMap, ...]:
    """The turn of each encoder of a language (``ko``), the encoders given by their widths."""
    content = (resources.files(languages) / language / SHIPPED).read_bytes()
    some, start = [], 0
    for width in widths:
        rows, start = unpacked(content, start=start, count=2 * RANK, width=width)
        some.append(LowRankMap(rows[:RANK], rows[RANK:]))
    return tuple(some)


def turned(turn: LowRankMap, vectors: Floats) -> Floats:
    """Unit vectors (texts, width) as the metric has them, unit vectors again."""
    moved = vectors + (vectors @ turn.down.T) @ turn.up
    lengths = np.linalg.norm(moved, axis=-1, keepdims=True)
    unit: Floats = moved / np.maximum(lengths, np.float32(1e-9))
    return unit
