"""Slips of the pen: which listed phrase a misspelt one means, without false friends.

Korean is compared by its letters (jamo), so that 아메리카나 is one slip from 아메리카노.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_MEDIALS, _FINALS = 21, 28
_INITIAL_JAMO, _MEDIAL_JAMO, _FINAL_JAMO = 0x1100, 0x1161, 0x11A7

# Letters from which one slip, and two, are forgiven. Short words have neighbours that are
# words of their own (rose and lose), so they must be right; where the slot is elicited, one
# slip is forgiven sooner. A Korean syllable counts two or three letters.
_ONE_SLIP = {(False, False): 6, (False, True): 4, (True, False): 7, (True, True): 5}
_TWO_SLIPS = {False: 9, True: 12}


@lru_cache(maxsize=65536)
def letters(phrase: str) -> str:
    """A phrase by its letters: Hangul syllables taken apart."""
    if phrase.isascii():
        return phrase
    spelt: list[str] = []
    for char in phrase:
        code = ord(char)
        if _SYLLABLE <= code <= _LAST_SYLLABLE:
            index = code - _SYLLABLE
            spelt.append(chr(_INITIAL_JAMO + index // (_MEDIALS * _FINALS)))
            spelt.append(chr(_MEDIAL_JAMO + index // _FINALS % _MEDIALS))
            if index % _FINALS:
                spelt.append(chr(_FINAL_JAMO + index % _FINALS))
        else:
            spelt.append(char)
    return "".join(spelt)


def _allowed(spelt: str, *, elicited: bool) -> int:
    """How many letters of a phrase, taken apart, may be wrong."""
    korean = "\u1100" <= spelt[:1] <= "\u11ff"
    if len(spelt) < _ONE_SLIP[korean, elicited]:
        return 0
    return 1 if len(spelt) < _TWO_SLIPS[korean] else 2


class _Near(NamedTuple):
    """A listed phrase, by its letters, and how many slips it is away."""

    slips: float
    letters: str
    phrase: str


class Nearby:
    """Listed phrases, looked up by what is nearly one of them.

    Of a mapping its keys are listed; those of one value mean the same.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._values: Mapping[str, object] = phrases if isinstance(phrases, Mapping) else {}
        # The first letter is seldom the one that slips, and with the length it keeps the
        # search small.
        self._near: dict[tuple[str, int], dict[str, str]] = {}
        for phrase in phrases:
            spelt = letters(phrase)
            self._near.setdefault((spelt[:1], len(spelt)), {})[spelt] = phrase

    def _means(self, phrase: str) -> object:
        value = self._values.get(phrase, phrase)
        return tuple(value) if isinstance(value, list) else value

    def nearest(self, phrase: str, *, elicited: bool) -> str | None:
        """The one listed phrase that ``phrase`` means, exact or misspelt.

        ``elicited`` when a value is elicited. ``None`` when none is near enough, or two are
        equally near.
        """
        spelt = letters(phrase)
        first, size = spelt[:1], len(spelt)
        if (exact := self._near.get((first, size))) and spelt in exact:
            return exact[spelt]
        allowed = _allowed(spelt, elicited=elicited)
        if not allowed:
            return None
        near: list[_Near] = []
        for other in range(size - allowed, size + allowed + 1):
            listed = self._near.get((first, other))
            if listed is None:
                continue
            near.extend(
                _Near(distance, match, listed[match])
                for match, distance, _ in process.extract(
                    spelt,
                    listed.keys(),
                    scorer=OSA.distance,
                    score_cutoff=allowed,
                    limit=4,
                    processor=None,
                )
            )
        near.sort()
        # The shorter of the two bounds the slips, and of two equally near neither is meant.
        if not near or near[0].slips > _allowed(near[0].letters, elicited=elicited):
            return None
        tied = [one for one in near if one.slips == near[0].slips]
        if len({self._means(one.phrase) for one in tied}) > 1:
            return None
        return near[0].phrase
