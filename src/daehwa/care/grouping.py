"""Which texts mean the same: near in the sentence encoder's space, or in their letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from rapidfuzz import fuzz

from daehwa import bot, nlu

_NEAR: Final = 0.72
"""The cosine from which on two texts are one. Of pairs of paraKQC's test part that are this near
98 % are paraphrases, and 70 % of all paraphrases are this near."""

_FAR: Final = 0.5
"""The cosine below which two texts hardly mean the same: 4 % of paraKQC's paraphrases are."""

_ALIKE: Final = 88
"""Texts of which so many per cent of the letters agree (rapidfuzz's ratio) are written alike."""


def alike(one: str, other: str) -> bool:
    """Whether two texts differ by a few letters only; numbers that differ do not pass."""
    one, other = bot.normal_form(one), bot.normal_form(other)
    if one == other:
        return True
    return _digits(one) == _digits(other) and fuzz.ratio(one, other) >= _ALIKE


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def unlike(text: str, others: Sequence[str]) -> list[bool]:
    """Of each of the others whether it hardly means what ``text`` does."""
    vectors = nlu.encode([text, *others])
    return [bool(near < _FAR) for near in vectors[1:] @ vectors[0]]


def grouped(texts: Sequence[str]) -> list[int]:
    """The number of each text's group, from 0 in the order of their first texts.

    A text joins the group whose first text it is nearest to, if it is near enough.
    """
    forms = list(dict.fromkeys(bot.normal_form(text) for text in texts))
    if len(forms) == 1:
        return [0] * len(texts)
    spoken = {bot.normal_form(text): text for text in reversed(texts)}
    vectors = nlu.encode([spoken[form] for form in forms])
    leaders = np.empty_like(vectors)
    groups: dict[str, int] = {}
    count = 0
    for form, vector in zip(forms, vectors, strict=True):
        nearness = leaders[:count] @ vector
        nearest = int(np.argmax(nearness)) if count else -1
        if count and nearness[nearest] >= _NEAR:
            groups[form] = nearest
            continue
        groups[form], leaders[count] = count, vector
        count += 1
    return [groups[bot.normal_form(text)] for text in texts]
