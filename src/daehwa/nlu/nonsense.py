"""English texts in which no word is a word: they are no bot's business.

A sentence encoder puts them somewhere, and in a bot of few samples that may be nearest to one of
them. What the samples' authors made up themselves, or misspelt, is spared, and so are bots whose
samples are not in English.
"""

from __future__ import annotations

import re
from typing import Final

from daehwa.nlu.sample_words import SampleWords, vocabulary

_WORD: Final = re.compile(r"[a-z]+")
_FEWEST: Final = 2
"""A single word may be one that the vocabulary lacks: *wifi*, *warranty*."""


class Nonsense:
    """Whether texts are without a word, by the words of a locale's samples."""

    def __init__(self, samples: SampleWords) -> None:
        self._samples = samples

    def __contains__(self, text: str) -> bool:
        words = _WORD.findall(text.casefold()) if text.isascii() else []
        if len(words) < _FEWEST or not self._samples.words:
            return False
        return vocabulary().isdisjoint(words) and not any(
            word in self._samples.words or self._samples.meant(word) is not None for word in words
        )
