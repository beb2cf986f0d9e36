"""The language of a text, by its letters: what one ranking is made of."""

from __future__ import annotations

import re

_LETTERS = re.compile(r"[^\W\d_]")
_HANGUL = re.compile(r"[가-힣ㄱ-ㆎ]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[一-鿿]")
# A Korean text keeps English names and code; this share of Hangul makes it Korean.
_SHARE = 0.25

OTHER = "en"
"""The language of all that is written in neither Hangul, kana nor Han: one ranking for it."""


def language_of(text: str) -> str:
    """``ko``, ``ja``, ``zh``, or ``en`` for all others."""
    letters = len(_LETTERS.findall(text)) or 1
    for language, pattern in (("ko", _HANGUL), ("ja", _KANA), ("zh", _HAN)):
        if len(pattern.findall(text)) >= _SHARE * letters:
            return language
    return OTHER
