"""English numerals: cardinals, ordinals, decimals, digits."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from daehwa.nlu.languages.digits import written_number
from daehwa.nlu.languages.language import Numbers
from daehwa.nlu.languages.lexicon import Lexicon, Vocabulary, phrases
from daehwa.nlu.languages.locales import POINT
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.suffixes import counted, ends_well
from daehwa.nlu.languages.text import Text, is_hangul

_ONES = phrases(
    """
zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen
sixteen|seventeen|eighteen|nineteen
"""
)
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINAL_ONES = phrases(
    """
first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth
fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth
"""
)
_ORDINAL_TENS = {"twentieth": 20, "thirtieth": 30}

_SMALL = {
    **{word: value for value, word in enumerate(_ONES)},
    **{word: 20 + 10 * i for i, word in enumerate(_TENS)},
    "oh": 0,
    "fourty": 40,
}

VOCABULARY: Final = Vocabulary()
_UNITS = VOCABULARY.lexicon(_SMALL)
_MAGNITUDES = VOCABULARY.lexicon(
    {
        "thousand": 1_000,
        "million": 1_000_000,
        "billion": 1_000_000_000,
        "trillion": 1_000_000_000_000,
    }
)
_HUNDRED = VOCABULARY.lexicon({"hundred": 100})
_DOZEN = VOCABULARY.lexicon({"dozen": 12, "dozens": 12})
_ARTICLE = VOCABULARY.lexicon({"a": 1})
_POINT = VOCABULARY.lexicon({"point": ".", "dot": "."})
_MINUS = VOCABULARY.lexicon({"minus": "-", "negative": "-"})
_ORDINALS = VOCABULARY.lexicon(
    {
        **{word: value + 1 for value, word in enumerate(_ORDINAL_ONES)},
        **_ORDINAL_TENS,
        **{
            f"{tens}{joint}{ones}": 20 + 10 * i + value + 1
            for i, tens in enumerate(_TENS[:2])
            for value, ones in enumerate(_ORDINAL_ONES[:9])
            for joint in ("-", " ")
        },
    }
)
_AND_HALF = Lexicon({"and a half": 0})
_SUFFIXES = ("st", "nd", "rd", "th")
_AND = "and "


def below_hundred(text: Text, at: int) -> Parsed[int] | None:
    """A numeral in words from zero to ninety-nine, or one of one or two digits."""
    spelt = _below_hundred(text, at)
    return _small_digits(text, at) if spelt is None else spelt


def _below_hundred(text: Text, at: int) -> Parsed[int] | None:
    number = _UNITS.first(text.folded, at)
    if number is None or number.value < 20:
        return number
    ones = _UNITS.first(text.folded, text.skip(number.end, " -"))
    if ones is None or not 1 <= ones.value <= 9:
        return number
    return Parsed(number.value + ones.value, ones.end)


def _small_digits(text: Text, at: int) -> Parsed[int] | None:
    """One or two digits that are no part of a number with a point or groups."""
    number = written_number(text, at, POINT)
    if number is None or not number.value.isdecimal() or len(number.value) > 2:
        return None
    return Parsed(int(number.value), number.end)


def _article(text: Text, at: int) -> int:
    """Where what an article counts begins: ``a hundred``; ``at`` itself where none stands."""
    article = _ARTICLE.first(text.folded, at)
    return (
        at
        if article is None or text.folded[article.end : article.end + 1] != " "
        else (article.end + 1)
    )


def _below_thousand(text: Text, at: int) -> Parsed[int] | None:
    folded = text.folded
    number = _below_hundred(text, at)
    if number is None:
        counted_at = _article(text, at)
        if counted_at == at:
            return None
        hundred = _HUNDRED.first(folded, counted_at)
        if hundred is None:
            return None
        number = Parsed(1, counted_at)
    else:
        hundred = _HUNDRED.first(folded, text.skip(number.end))
        if hundred is None:
            return number
    value = number.value * 100
    rest = _below_hundred(text, text.past(text.skip(hundred.end), _AND))
    return Parsed(value, hundred.end) if rest is None else Parsed(value + rest.value, rest.end)


def _multiple(text: Text, at: int) -> Parsed[int] | None:
    """What a number before it is multiplied by: thousand, million, dozen."""
    return _MAGNITUDES.first(text.folded, at) or _DOZEN.first(text.folded, at)


def whole_number(text: Text, at: int) -> Parsed[int] | None:
    """A whole number in words, groups one after another joined: five fifteen is 515."""
    group = _below_thousand(text, at)
    if group is None:
        counted_at = _article(text, at)
        multiple = _multiple(text, counted_at) if counted_at > at else None
        return multiple or _DOZEN.first(text.folded, at)
    total = 0
    joined, end = str(group.value), group.end
    while True:
        onward = text.skip(end, " -")
        multiple = _multiple(text, onward)
        if multiple is not None:
            total += int(joined) * multiple.value
            joined, end = "", multiple.end
            onward = text.past(text.skip(end, " ,"), _AND)
        group = _below_thousand(text, onward)
        if group is None:
            return Parsed(total + int(joined or 0), end)
        joined, end = f"{joined}{group.value}", group.end


def cardinal(text: Text, at: int, setting: Setting) -> Parsed[Decimal] | None:
    """A number in words or digits at ``at``, with its sign and decimals."""
    if not VOCABULARY.may_begin(text, at):
        return None
    minus = _MINUS.first(text.folded, at)
    if minus is not None:
        sign, at = -1, text.skip(minus.end)
    else:
        signed = text.past(at, "-", "+")
        sign, at = (-1 if text.folded[at:signed] == "-" else 1), signed
    number = _in_digits(text, at, setting) or _in_words(text, at, setting)
    return None if number is None else Parsed(sign * number.value, number.end)


def _in_digits(text: Text, at: int, setting: Setting) -> Parsed[Decimal] | None:
    """``1,234.5``, ``1.5 million``, ``20k``, ``3 and a half``."""
    number = written_number(text, at, setting.customs.marks)
    if number is None:
        return None
    value, end = Decimal(number.value), number.end
    multiple = _multiple(text, text.skip(end))
    if multiple is not None:
        value, end = _whole(value * multiple.value), multiple.end
    elif text.folded.startswith("k", end) and text.word_end(end) == end + 1:
        value, end = _whole(value * 1000), end + 1
    return _and_half(text, Parsed(value, end))


def _in_words(text: Text, at: int, setting: Setting) -> Parsed[Decimal] | None:
    """``two hundred``, ``three point five``, ``point five``, ``three and a half``."""
    whole = whole_number(text, at)
    fraction = _fraction(text, at if whole is None else text.skip(whole.end), setting)
    if fraction is not None:
        return Parsed(Decimal(f"{whole.value if whole else 0}.{fraction.value}"), fraction.end)
    return None if whole is None else _and_half(text, Parsed(Decimal(whole.value), whole.end))


def _whole(value: Decimal) -> Decimal:
    """A whole number without a point: 1.5 million is 1500000."""
    return Decimal(int(value)) if value == int(value) else value


def _and_half(text: Text, number: Parsed[Decimal]) -> Parsed[Decimal]:
    """``three and a half``."""
    if number.value != int(number.value):
        return number
    half = _AND_HALF.first(text.folded, text.skip(number.end))
    return number if half is None else Parsed(number.value + Decimal("0.5"), half.end)


def _fraction(text: Text, at: int, setting: Setting) -> Parsed[str] | None:
    """What follows "point": "four five" and "forty five" are both 45."""
    point = _POINT.first(text.folded, at)
    if point is None:
        if not text.folded.startswith(".", at):
            return None
        number = written_number(text, at + 1, setting.customs.marks)
        return number if number is not None and number.value.isdecimal() else None
    digits, end = "", point.end
    while (more := below_hundred(text, text.skip(end))) is not None:
        digits, end = f"{digits}{more.value}", more.end
    return Parsed(digits, end) if digits else None


def ordinal(text: Text, at: int) -> Parsed[int] | None:
    """An ordinal up to thirty-ninth, in words or digits ("3rd")."""
    spelt = _ORDINALS.first(text.folded, at)
    if spelt is not None:
        return spelt
    number = _small_digits(text, at)
    if number is None:
        return None
    end = text.past(number.end, *_SUFFIXES)
    return Parsed(number.value, end) if end > number.end and text.word_end(end) == end else None


def _numerals(text: Text, at: int, setting: Setting) -> Sequence[Parsed[Decimal]]:
    """The number at ``at``; an article that counts one thing (*a* dollar) is one too."""
    number = cardinal(text, at, setting)
    if number is not None:
        return (number,)
    article = _ARTICLE.first(text.folded, at)
    return () if article is None else (Parsed(Decimal(article.value), article.end),)


def _standing(text: Text, at: int, setting: Setting) -> Parsed[str] | None:
    """The number at ``at``, if no letter runs on from it but a Korean particle or counter."""
    number = cardinal(text, at, setting)
    if number is None:
        return None
    end = number.end
    after = text.folded[end : end + 1]
    if after.isalpha() and not is_hangul(after):
        return None
    if not ends_well(text.folded, end) and not counted(text, end):
        return None
    return Parsed(f"{number.value:f}", end)


NUMBERS: Final = Numbers(
    numerals=_numerals,
    standing=_standing,
    seldom=frozenset({"one", "oh", "zero", "once"}),
)
