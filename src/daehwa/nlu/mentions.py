"""Texts that name a value of a bot and are none of its business.

A sample's value stands in what is learned of it: *gecko* in *enrol my gecko*. In a bot of few
samples the value alone would then draw whoever speaks of geckos. Neutral texts with such values in
them stand on the side of no intent, so that what surrounds the value has to speak for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

_TEXTS: Final = 24
"""How many: more catch more strangers, and take longer to learn."""

_PLACES: Final = 3


def mentions(values: Sequence[str], neutral: Sequence[str]) -> list[str]:
    """Neutral texts with a value in first, last and middle place in turn; none without values.

    The longer half of ``neutral`` only: *gecko, hm* may well answer a prompt.
    """
    if not values or not neutral:
        return []
    usual = np.median([len(text) for text in neutral])
    longer = [text for text in neutral if len(text) >= usual]
    texts = []
    for number, place in enumerate(np.linspace(0, len(longer) - 1, _TEXTS).astype(int)):
        words, value = longer[place].split(" "), values[number % len(values)]
        middle = len(words) // 2
        parts = [[value], words] if number % _PLACES == 0 else [words, [value]]
        if number % _PLACES == 1:
            parts = [words[:middle], [value], words[middle:]]
        texts.append(" ".join(word for part in parts for word in part))
    return list(dict.fromkeys(texts))
