"""English texts in which no word is a word: they are no bot's business.

A sentence encoder puts them somewhere, and in a bot of few samples that may be nearest to one of
them. What the samples' authors made up themselves, or misspelt, is spared, and so are bots whose
samples are not in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from daehwa.nlu import minilm
from daehwa.nlu.languages.misspelling import Misspelling

_WORD: Final = re.compile(r"[a-z]+")
_FEWEST: Final = 2
"""A single word may be one that the vocabulary lacks: *wifi*, *warranty*."""

_ENGLISH: Final = 0.7
"""The least share of the samples' words that the vocabulary has, if they are in English."""


class Nonsense:
    """Whether texts are without a word, by the words of a locale's samples."""

    def __init__(self, samples: Iterable[str], locale: str) -> None:
        self._samples = tuple(samples) if locale.startswith("en_") else ()
        self._own: Misspelling | None = None
        self._words: frozenset[str] = frozenset()

    def __contains__(self, text: str) -> bool:
        words = _WORD.findall(text.casefold()) if self._samples and text.isascii() else []
        if len(words) < _FEWEST or not _vocabulary().isdisjoint(words):
            return False
        own = self._misspelling()
        return own is not None and not any(
            word in self._words or own.meant(word) is not None for word in words
        )

    def _misspelling(self) -> Misspelling | None:
        """Who knows the samples' words by their misspellings; nobody if they are not English."""
        if self._own is None and self._samples:
            self._words = frozenset(_WORD.findall(" ".join(self._samples).casefold()))
            if len(self._words & _vocabulary()) < _ENGLISH * len(self._words):
                self._samples = ()
                return None
            self._own = Misspelling(self._words)
        return self._own


@cache
def _vocabulary() -> frozenset[str]:
    """The whole words that the English encoder knows."""
    return frozenset(word for word in minilm.vocabulary() if _WORD.fullmatch(word) and word[1:])
