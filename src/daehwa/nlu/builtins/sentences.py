"""Whether a reply to "what is your name?" is no name but a sentence about something else."""

from __future__ import annotations

from functools import cache

from daehwa.nlu.languages import reading
from daehwa.nlu.languages.suffixes import stem_ends
from daehwa.nlu.languages.text import Text


def is_sentence(text: Text, locale: str) -> bool:
    """Whether a whole reply can hardly be somebody's name.

    What introduces a name ("제 이름은", "my name is") is for the caller to look for first.
    """
    if text.raw.rstrip().endswith(("?", "？")):
        return True
    words = [word for raw in text.folded.split() if (word := raw.strip(".,!~…\"'"))]
    if not words or any(is_plain(word, locale) for word in words):
        return True
    judges = (n.is_sentence for each in reading(locale) if (n := each.names) is not None)
    return any(judge is not None and judge(words) for judge in judges)


@cache
def _no_names(locale: str) -> frozenset[str]:
    return frozenset().union(*(each.names.no_names for each in reading(locale) if each.names))


def is_plain(word: str, locale: str) -> bool:
    """Whether a word, with or without its particles, is one that names are not made of."""
    plain = _no_names(locale)
    return word in plain or any(size > 1 and word[:size] in plain for size in stem_ends(word)[1:])
