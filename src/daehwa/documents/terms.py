"""The words of a text as BM25 counts them: words and their stems, as 32-bit hashes.

A Korean word stands with its particles and endings written onto it, so the word without its
last one and its last two syllables are terms too; an English word is one with its plain stem.
The standard library is enough for it: AWS Lambda searches without numpy.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import lru_cache

from daehwa.documents.stop_words import STOP_WORDS

_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_PART = re.compile(r"[가-힣]+|[^\W_가-힣]+")
_HANGUL = re.compile(r"[가-힣]+")
_LONGEST = 40
# From the longest on; what is left of the word has at least three letters.
_ENDINGS = ("ations", "ation", "ings", "ing", "ness", "ies", "ed", "es", "ly", "s", "e", "y")
_LEAST_STEM = 3
# The syllables that may be an ending, and what has to be left of the word.
_CUTS = ((1, 1), (2, 2))


def terms_of(text: str) -> list[str]:
    """Every word of the text with its stems, in order, words that repeat included."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return [term for word in _WORD.findall(folded) for term in _terms_of(word[:_LONGEST])]


@lru_cache(maxsize=65536)
def _terms_of(word: str) -> tuple[str, ...]:
    parts = _PART.findall(word)
    stems = [word] if len(parts) > 1 else []
    for part in parts:
        stems.append(part)
        if _HANGUL.fullmatch(part):
            stems += [part[:-cut] for cut, least in _CUTS if len(part) - cut >= least]
        elif len(part) > _LEAST_STEM:
            stems.append("~" + stem(part))
    return tuple(dict.fromkeys(stems))


def stem(word: str) -> str:
    """An English word without its ending."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            rest = word[: -len(ending)]
            return rest[:-1] if len(rest) > _LEAST_STEM and rest[-1] == rest[-2] else rest
    return word


@lru_cache(maxsize=65536)
def hashed(term: str) -> int:
    """A term as a number that every process agrees on."""
    return zlib.crc32(term.encode())


_STOPPED = frozenset(map(hashed, STOP_WORDS))


def question_hashes(text: str) -> list[int]:
    """The distinct terms of a question, ascending, without the words that any question has."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = [word for word in _WORD.findall(folded) if word not in STOP_WORDS]
    stems = {hashed(term) for word in words for term in _terms_of(word[:_LONGEST])}
    return sorted(stems - _STOPPED)
