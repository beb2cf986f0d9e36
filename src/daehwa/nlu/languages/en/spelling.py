"""English codes, telephone numbers and addresses as they are read out."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.en.numbers import below_hundred
from daehwa.nlu.languages.language import Spelling
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text

_TIMES: Final = Lexicon({"double": 2, "triple": 3})


def _piece(text: Text, at: int) -> Parsed[str] | None:
    """``twelve``, ``12``, ``double seven``: some digits of a code."""
    times = _TIMES.first(text.folded, at)
    if times is not None:
        digit = below_hundred(text, text.skip(times.end))
        if digit is None or digit.value > 9:
            return None
        return Parsed(str(digit.value) * times.value, digit.end)
    number = below_hundred(text, at)
    if number is None:
        return None
    typed = text.folded[at : text.word_end(at)].isdecimal()
    return Parsed(text.folded[at : number.end] if typed else str(number.value), number.end)


def _digits(text: Text, at: int) -> Parsed[str] | None:
    """``five five five, double one two``: digits in words, not those that are typed."""
    if text.folded[at : at + 1].isdecimal():
        return None
    number = ""
    place = end = at
    while True:
        times = _TIMES.first(text.folded, place)
        digit = below_hundred(text, text.skip(times.end) if times else place)
        if digit is None or (digit.value > 9 and text.folded[place].isdecimal()):
            return Parsed(number, end) if number else None
        number += str(digit.value) * (times.value if times else 1)
        end = digit.end
        place = text.skip(end, " -,")


SPELLING: Final = Spelling(
    piece=_piece,
    digits=_digits,
    asides=Lexicon({"as in": 0, "like in": 0, "for": 0, "like": 0, "as": 0}),
    openers=("my code is ", "it's ", "it is ", "my name is ", "that's "),
    signs=Lexicon(
        {
            "at": "@", "dot": ".", "underscore": "_", "dash": "-", "hyphen": "-", "minus": "-",
            "plus": "+",
        }
    ),
)  # fmt: skip
