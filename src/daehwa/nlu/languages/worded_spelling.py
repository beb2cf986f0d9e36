"""Codes, telephone numbers and addresses as they are read out in a language with `Numerals`.

``seis uno dos, treinta y cuatro``, ``ana punto lopez arroba correo punto es``.
"""

from __future__ import annotations

from collections.abc import Mapping

from daehwa.nlu.languages.accents import spelt
from daehwa.nlu.languages.digits import run_of_digits
from daehwa.nlu.languages.language import Spelling
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.numerals import Numerals
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text

_BETWEEN = " -,."


def worded_spelling(numerals: Numerals, signs: Mapping[str, str]) -> Spelling:
    """What a language reads out digit by digit, and its names of an address's signs.

    ``signs`` has all the names of a sign in one key, with bars between them.
    """

    def digits(text: Text, at: int) -> Parsed[str] | None:
        """Digits in words, one by one or in pairs; none that are typed."""
        number, end, place = "", at, at
        while place < len(text) and not text.folded[place].isdecimal():
            part = numerals.small(text, place)
            if part is None:
                break
            number, end = f"{number}{part.value}", part.end
            place = text.skip(end, _BETWEEN)
        return Parsed(number, end) if number else None

    def piece(text: Text, at: int) -> Parsed[str] | None:
        """Some digits of a code, typed or in words."""
        end = run_of_digits(text.folded, at)
        if end > at:
            return Parsed(text.folded[at:end], end)
        part = numerals.small(text, at)
        return Parsed(str(part.value), part.end) if part else None

    names = {name: sign for many, sign in signs.items() for name in many.split("|")}
    return Spelling(piece=piece, digits=digits, signs=Lexicon(spelt(names)))
