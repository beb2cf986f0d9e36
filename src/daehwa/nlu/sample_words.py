"""The words of English samples, and which of them a misspelt word means.

Sentence encoders cut a word that they do not know into pieces that say nothing, or something else:
*cancle my booking* then is nearer to *change my booking* than to *cancel my booking*. What one
slip of the pen turns into a word of the samples is taken for that word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Final

from daehwa.nlu import minilm
from daehwa.nlu.languages.misspelling import Misspelling

_WORD: Final = re.compile(r"[a-z]+")
_WHOLE_WORD: Final = re.compile(r"(?<![\w'’@/-])(?<!\w\.)[a-z]+(?![\w'’@/-]|\.\w)", re.IGNORECASE)

_SHORTEST: Final = 4
"""Letters of a misspelt word; of so few one has to be missing (*prnt*): *poop* is no *pool*."""

_LONG: Final = 8
"""Letters from which any slip is one: few words have such neighbours."""

_KEYS: Final = {
    letter: (column + shift, row)
    for row, (letters, shift) in enumerate(
        (("qwertyuiop", 0.0), ("asdfghjkl", 0.25), ("zxcvbnm", 0.75))
    )
    for column, letter in enumerate(letters)
}
_VOWELS: Final = frozenset("aeiou")

_ENDINGS: Final = ("s", "es", "d", "ed", "r", "er", "ing")
"""Of words that the vocabulary has without: the encoder knows *landscape* in *landscaper*."""

_ENGLISH: Final = 0.7
"""The least share of the samples' words that the vocabulary has, if they are in English."""


class SampleWords:
    """The words of a locale's samples; none where they are not in English."""

    def __init__(self, samples: Iterable[str], locale: str) -> None:
        self._samples = tuple(samples) if locale.startswith("en_") else ()

    @cached_property
    def words(self) -> frozenset[str]:
        """The samples' words, in lower case."""
        own = frozenset(_WORD.findall(" ".join(self._samples).casefold()))
        return own if len(own & vocabulary()) >= _ENGLISH * len(own) else frozenset()

    @cached_property
    def _misspelling(self) -> Misspelling:
        return Misspelling(self.words, shortest=_SHORTEST)

    def meant(self, word: str) -> str | None:
        """The sample's word that a word (lower case) misspells; ``None`` where it is another."""
        if word in vocabulary() or any(
            word.endswith(ending) and word.removesuffix(ending) in vocabulary()
            for ending in _ENDINGS
        ):
            return None
        meant = self._misspelling.meant(word)
        return meant if meant is not None and _is_likely(word, meant) else None

    def corrected(self, text: str) -> str:
        """``text`` with the samples' words in place of their misspellings; names stay."""
        if not self._samples or not self.words:
            return text

        def written(word: re.Match[str]) -> str:
            named = word.start() > 0 and word[0].istitle()
            return word[0] if named else self.meant(word[0].casefold()) or word[0]

        return _WHOLE_WORD.sub(written, text)


def _is_likely(word: str, meant: str) -> bool:
    """Whether fingers slip like this; *clams* is no *class* and *whine* no *wine*."""
    if len(word) < len(meant) or len(word) >= _LONG:
        return True
    if len(word) == _SHORTEST:
        return False
    pairs = enumerate(zip(word, meant, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), len(word) - 1)
    typed, around = word[at], word[at - 1] + word[at + 1 : at + 2]
    if len(word) > len(meant):
        return any(_are_close(typed, other) for other in around)
    swapped = sorted(word) == sorted(meant)
    return swapped or _are_close(typed, meant[at]) or {typed, meant[at]} <= _VOWELS


def _are_close(one: str, other: str) -> bool:
    """Whether two letters are on the same key or on keys side by side."""
    (left, upper), (right, lower) = _KEYS[one], _KEYS[other]
    return abs(left - right) <= 1 and abs(upper - lower) <= 1


@cache
def vocabulary() -> frozenset[str]:
    """The whole words that the English encoder knows."""
    return frozenset(word for word in minilm.vocabulary() if _WORD.fullmatch(word) and word[1:])
