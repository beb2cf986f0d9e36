"""Whether a reply to "what is your name?" is no name but a sentence about something else."""

from __future__ import annotations

from functools import cache
from typing import Final

from daehwa.nlu.languages import reading
from daehwa.nlu.languages.spans import Span
from daehwa.nlu.languages.suffixes import stem_ends
from daehwa.nlu.languages.text import Text, is_hangul


def is_sentence(text: Text, locale: str) -> bool:
    """Whether a whole reply can hardly be somebody's name.

    What introduces a name ("제 이름은", "my name is") is for the caller to look for first.
    """
    if text.raw.rstrip().endswith(("?", "？")):
        return True
    words = [word for raw in text.folded.split() if (word := raw.strip(".,!~…\"'"))]
    if not words or any(is_plain(word, locale) for word in words):
        return True
    if all(_is_jamo(letter) for word in words for letter in word):
        return True
    judges = (n.is_sentence for each in reading(locale) if (n := each.names) is not None)
    return any(judge is not None and judge(words) for judge in judges)


def names_no_place(text: Text, phrase: Span, locale: str) -> bool:
    """Whether a reply whose own words are ``phrase``, none of them known, can hardly be a place.

    Unknown places have names of one word in Korean; elsewhere of words that are no everyday ones.
    """
    words = [raw.strip(".,!~…\"'") for raw in text.folded[phrase.start : phrase.end].split()]
    letters = "".join(words)
    if not letters or all(_is_jamo(letter) for letter in letters):
        return True
    inside = _in_places(locale)
    if any(is_plain(word, locale) and word not in inside for word in words if word):
        return True
    judges = [n.is_sentence for each in reading(locale) if (n := each.names) and n.is_sentence]
    if text.folded.startswith("요", phrase.end) and words[-1].endswith(_POLITE_STEMS):
        return True
    spaced = len(words) > 1 and is_hangul(words[0][:1] or " ")
    if spaced and not words[-1].endswith(_DISTRICTS):
        return True
    return not spaced and any(judge(words) for judge in judges)


def _is_jamo(letter: str) -> bool:
    """Whether a letter is a lone one of Hangul, as in ㅋㅋ and ㅠㅠ."""
    return "\u3131" <= letter <= "\u318e"


_POLITE_STEMS: Final = (
    "하세",
    "계세",
    "가세",
    "보세",
    "워",
    "었어",
    "았어",
    "했어",
    "렸어",
    "졌어",
)
_DISTRICTS: Final = tuple("시군구읍면동리도섬역")


@cache
def _in_places(locale: str) -> frozenset[str]:
    return frozenset().union(*(each.names.in_places for each in reading(locale) if each.names))


@cache
def _no_names(locale: str) -> frozenset[str]:
    return frozenset().union(*(each.names.no_names for each in reading(locale) if each.names))


def is_plain(word: str, locale: str) -> bool:
    """Whether a word, with or without its particles, is one that names are not made of."""
    plain = _no_names(locale)
    return word in plain or any(size > 1 and word[:size] in plain for size in stem_ends(word)[1:])
