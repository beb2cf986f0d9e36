"""English codes, telephone numbers and addresses as they are read out."""

from __future__ import annotations

import re
from typing import Final

from daehwa.nlu.languages.en.numerals import below_hundred
from daehwa.nlu.languages.language import Spelling
from daehwa.nlu.languages.lexicon import Lexicon, phrases
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text

_TIMES: Final = Lexicon({"double": 2, "triple": 3, "treble": 3, "quadruple": 4})
# Between the groups of a telephone number: five five five *dash* one two.
_JOINTS: Final = ("dash ", "hyphen ", "then ")
_HUNDRED: Final = Lexicon({"hundred": 0})
# The spelling alphabet of NATO, and the letters that have names of their own.
_CODE_WORDS: Final = Lexicon(
    {
        **{
            word: word[0]
            for word in phrases(
                """
alpha|alfa|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliet|juliett|kilo|lima|mike|november
oscar|papa|quebec|romeo|sierra|tango|uniform|victor|whiskey|whisky|xray|x-ray|yankee|zulu
"""
            )
        },
        "x ray": "x",
        "zed": "z",
        "zee": "z",
    }
)
_CODES: Final = phrases(
    """
code|ref|reference|pnr|locator|record locator|booking|confirmation|order|tracking|ticket|serial
voucher|coupon|promo|discount|gift card|policy|invoice|case|claim|account|member|membership|part
model|id|pin|license plate|licence plate|plate|registration|reg|flight|customer|parcel|shipment
reservation|security|access|product|item|rental|client|patient|student|library card|loyalty
file|folder|permit|docket|contract|batch|lot|job
"""
)
_CODE_KINDS: Final = "code|ref|reference|id|pin|locator|card"
_OPENERS: Final = re.compile(
    r"(?:it'?s |it is |that'?s |my |the |number |my name is )*"
    rf"(?:(?:{'|'.join(_CODES)})(?: (?:{_CODE_KINDS}))?"
    r"(?: number| no\.?| #)? (?:is |: ?)?(?:number )?)?"
)


def _piece(text: Text, at: int) -> Parsed[str] | None:
    """``twelve``, ``12``, ``double seven``: some digits of a code."""
    times = _TIMES.first(text.folded, at)
    if times is not None:
        doubled = text.skip(times.end)
        digit = below_hundred(text, doubled)
        if digit is not None and digit.value <= 9:
            return Parsed(str(digit.value) * times.value, digit.end)
        letter = text.folded[doubled : text.word_end(doubled)]
        if len(letter) != 1 or not letter.isalpha():
            return None
        return Parsed(letter * times.value, doubled + 1)
    letter_named = _CODE_WORDS.first(text.folded, at)
    if letter_named is not None:
        return letter_named
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
        if digit is None and number and text.folded[place : text.word_end(place)] == "o":
            digit = Parsed(0, place + 1)
        if digit is None or (digit.value > 9 and text.folded[place].isdecimal()):
            return Parsed(number, end) if number else None
        number += str(digit.value) * (times.value if times else 1)
        hundred = _HUNDRED.first(text.folded, text.skip(digit.end))
        if hundred is not None and not times:
            number += "00"  # eight hundred five five five
        end = hundred.end if hundred else digit.end
        place = text.skip(text.past(text.skip(end, " -,."), *_JOINTS), " -,.")


_NO_TELEPHONE: Final = "|".join(code for code in _CODES if code not in ("id", "pin", "part"))
_KINDS: Final = (
    rf"\b(?:{_NO_TELEPHONE})(?: (?:{_CODE_KINDS}))?(?: number| no\.?| #)?(?:'s| is|:)? ?#?$"
)

SPELLING: Final = Spelling(
    piece=_piece,
    digits=_digits,
    pauses=frozenset(phrases("um|uh|er|erm|umm|uhh|hmm|ah|like|then|and then")),
    kinds_of_codes=_KINDS,
    asides=Lexicon({"as in": 0, "like in": 0, "for": 0, "like": 0, "as": 0}),
    openers=_OPENERS,
    joints=(" dash", " hyphen"),
    signs=Lexicon(
        {
            "at": "@", "at sign": "@", "at symbol": "@", "dot": ".", "period": ".", "point": ".",
            "underscore": "_", "dash": "-", "hyphen": "-", "minus": "-",
            "plus": "+",
        }
    ),
)  # fmt: skip
