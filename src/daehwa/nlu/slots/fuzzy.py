"""Slips of the pen: which listed phrase a misspelt one means, without false friends.

Korean is compared by its letters (jamo), so that 아메리카나 is one slip from 아메리카노.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from daehwa.nlu.builtins.text import is_hangul

_SYLLABLE, _MEDIALS, _FINALS = 0xAC00, 21, 28
_INITIAL_JAMO, _MEDIAL_JAMO, _FINAL_JAMO = 0x1100, 0x1161, 0x11A7


@lru_cache(maxsize=65536)
def letters(phrase: str) -> str:
    """A phrase by its letters: Hangul syllables taken apart."""
    if phrase.isascii():
        return phrase
    said: list[str] = []
    for char in phrase:
        index = ord(char) - _SYLLABLE
        if 0 <= index < 11172:
            said.append(chr(_INITIAL_JAMO + index // (_MEDIALS * _FINALS)))
            said.append(chr(_MEDIAL_JAMO + index // _FINALS % _MEDIALS))
            if index % _FINALS:
                said.append(chr(_FINAL_JAMO + index % _FINALS))
        else:
            said.append(char)
    return "".join(said)


def slips_allowed(phrase: str, *, asked: bool) -> int:
    """How many letters of a phrase may be wrong.

    Short words have neighbours that are words of their own (rose and lose), so they must be
    right; where the slot was asked for, one slip is forgiven sooner.
    """
    size = len(letters(phrase))
    if is_hangul(phrase[:1] or " "):
        first = 5 if asked else 7
        return 0 if size < first else 1 if size < 12 else 2
    first = 4 if asked else 5
    return 0 if size < first else 1 if size < 9 else 2


def nearest(phrase: str, known: Collection[str], *, asked: bool) -> str | None:
    """The one phrase of ``known`` (taken apart by :func:`letters`) that ``phrase`` means.

    ``None`` when none is near enough, or when two are equally near.
    """
    allowed = slips_allowed(phrase, asked=asked)
    if not allowed:
        return None
    said = letters(phrase)
    near = process.extract(
        said, known, scorer=OSA.distance, score_cutoff=allowed, limit=3, processor=None
    )
    near = [n for n in near if n[0][:1] == said[:1] or (asked and n[1] <= 1 and len(said) > 5)]
    if not near:
        return None
    best = min(distance for _, distance, _ in near)
    ties = {match for match, distance, _ in near if distance == best}
    if len(ties) > 1:
        return None
    (match,) = ties
    # The slips that a phrase may have are bounded by the shorter of the two.
    return match if best <= _allowed_letters(match, asked=asked) else None


def _allowed_letters(match: str, *, asked: bool) -> int:
    size = len(match)
    if "\u1100" <= match[:1] <= "\u11ff":
        first = 5 if asked else 7
        return 0 if size < first else 1 if size < 12 else 2
    first = 4 if asked else 5
    return 0 if size < first else 1 if size < 9 else 2
