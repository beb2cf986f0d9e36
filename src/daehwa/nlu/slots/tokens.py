"""The tokens that the tagger labels: Latin words, numbers, single Hangul syllables, marks.

Korean is taken apart by syllables, because a value ends inside a word, before its particle
("서울에서"); whether a token begins a word is a feature. So does English before its
possessive: *Anna's* is *Anna* and *'s*.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from daehwa.nlu.builtins import Text
from daehwa.nlu.languages.text import is_hangul

_OWNER = re.compile(r"'s(?!\w)")


class Token(NamedTuple):
    """A token's folded letters and its place; ``begins`` says whether a word begins with it."""

    word: str
    start: int
    end: int
    begins: bool


def tokenise(text: Text) -> list[Token]:
    """The tokens of a text, left to right."""
    folded = text.folded
    tokens: list[Token] = []
    size = len(folded)
    at = 0
    spaced = True
    while at < size:
        char = folded[at]
        if char == " ":
            spaced = True
            at += 1
            continue
        end = at + 1
        if char.isdecimal():
            while end < size and folded[end].isdecimal():
                end += 1
        elif char.isalnum() and not is_hangul(char):
            while end < size and (
                (folded[end].isalpha() and not is_hangul(folded[end]))
                or (folded[end] == "'" and folded[end + 1 : end + 2].isalpha())
            ):
                if _OWNER.match(folded, end):
                    break
                end += 1
        elif _OWNER.match(folded, at):
            end += 1
        tokens.append(Token(folded[at:end], at, end, spaced))
        spaced = False
        at = end
    return tokens
