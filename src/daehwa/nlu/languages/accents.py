"""Words as people type them who have no accents at hand: *manana*, *fuenf*, *a huit heures*."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

T = TypeVar("T")

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_STROKES: Final = str.maketrans({"ø": "o", "ł": "l", "æ": "ae", "ß": "ss"})
_FIRST_OTHER_SCRIPT: Final = "\u0370"


def spellings(phrase: str) -> tuple[str, ...]:
    """A phrase (lower case) of Latin letters, then as it is typed without its accents.

    A word of one letter keeps its accent: *é* is a word, and *e* another.
    """
    if phrase.isascii() or any(letter >= _FIRST_OTHER_SCRIPT for letter in phrase):
        return (phrase,)
    decomposed = unicodedata.normalize("NFD", phrase.translate(_STROKES))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    typed = (phrase.translate(_UMLAUTS), plain)
    return (
        phrase,
        *(other for other in dict.fromkeys(typed) if other != phrase and len(other) > 1),
    )


def spelt(phrases: Mapping[str, T]) -> dict[str, T]:
    """Phrases with their other spellings; one that is a phrase of its own keeps its meaning."""
    others = {other: value for phrase, value in phrases.items() for other in spellings(phrase)[1:]}
    return {**others, **phrases}


def spelt_all(phrases: Iterable[str]) -> tuple[str, ...]:
    """Phrases with their other spellings."""
    return tuple(dict.fromkeys(each for phrase in phrases for each in spellings(phrase)))
