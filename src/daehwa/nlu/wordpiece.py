"""WordPiece: a text as the numbers that BERT and its kin were trained on.

Words that the vocabulary lacks are cut into its longest pieces from the left (Schuster and
Nakajima, 2012; Devlin et al., 2019), without accents and capitals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_LONGEST_WORD: Final = 100
"""Longer ones are taken for noise, as in BERT's own tokenizer."""

# Ideographs stand alone, and so does each mark.
_IDEOGRAPHS: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ebef"
_WORD: Final = re.compile(rf"[{_IDEOGRAPHS}]|[^\W_{_IDEOGRAPHS}]+|\S")


class WordPiece:
    """A vocabulary, a piece at each place; pieces that go on a word begin with ``##``."""

    def __init__(self, vocabulary: Sequence[str], *, longest: int) -> None:
        """``longest`` is the most pieces of a text; what comes after is cut off."""
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._longest_piece = max(map(len, vocabulary))
        self._longest = longest
        self._unknown = self._numbers["[UNK]"]
        self._first = self._numbers["[CLS]"]
        self._last = self._numbers["[SEP]"]

    def numbers(self, text: str) -> list[int]:
        """The pieces of ``text`` between the marks of its beginning and its end."""
        pieces = [self._first]
        for word in _WORD.findall(_bare(text)):
            pieces += self._cut(word)
            if len(pieces) >= self._longest:
                break
        return [*pieces[: self._longest - 1], self._last]

    def _cut(self, word: str) -> list[int]:
        """The longest known pieces of ``word`` from the left, or the mark of the unknown."""
        if len(word) > _LONGEST_WORD:
            return [self._unknown]
        pieces: list[int] = []
        start = 0
        while start < len(word):
            mark = "##" if start else ""
            for end in range(min(len(word), start + self._longest_piece), start, -1):
                number = self._numbers.get(mark + word[start:end])
                if number is not None:
                    pieces.append(number)
                    start = end
                    break
            else:
                return [self._unknown]
        return pieces


def _bare(text: str) -> str:
    """``text`` in small letters without accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text)
    return "".join(one for one in apart if unicodedata.category(one) != "Mn").lower()
