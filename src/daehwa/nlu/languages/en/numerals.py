"""English numerals: cardinals, ordinals, decimals, digits. What counts in a text: ``numbers``."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from daehwa.nlu.languages.digits import share, written_number
from daehwa.nlu.languages.lexicon import Lexicon, Vocabulary, phrases
from daehwa.nlu.languages.locales import POINT
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text

_ONES = phrases(
    """
zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen
sixteen|seventeen|eighteen|nineteen
"""
)
HOURS: Final = _ONES[1:13]
DIGITS: Final = {"oh": 0, "o": 0, **{word: digit for digit, word in enumerate(_ONES[:10])}}
"""Digits as they are read out one by one."""
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
    "ninty": 90,
    "nintey": 90,
    "eightteen": 18,
    "fiveteen": 15,
    "fivety": 50,
    "twelf": 12,
    "fourtheen": 14,
    "thirtheen": 13,
    "ninteen": 19,
    "tweny": 20,
    "twenny": 20,
    "thirtey": 30,
    "eigth": 8,
    "sevn": 7,
    **{
        f"{tens}{ones}": 20 + 10 * i + value
        for i, tens in enumerate(_TENS)
        for value, ones in enumerate(_ONES[1:10], 1)
    },
}

VOCABULARY: Final = Vocabulary()
_UNITS = VOCABULARY.lexicon(_SMALL)
_MAGNITUDES = VOCABULARY.lexicon(
    {
        "thousand": 1_000,
        "thousend": 1_000,
        "thousnd": 1_000,
        "million": 1_000_000,
        "billion": 1_000_000_000,
        "trillion": 1_000_000_000_000,
        "lakh": 100_000,
        "lakhs": 100_000,
        "crore": 10_000_000,
        "crores": 10_000_000,
    }
)
_HUNDRED = VOCABULARY.lexicon(
    dict.fromkeys(("hundred", "hundreds", "hundered", "hunderd", "hundread", "hundrd"), 100)
)
_DOZEN = VOCABULARY.lexicon({"dozen": 12, "dozens": 12, "baker's dozen": 13})
_ONLY_COUNTED = Lexicon({"score": 20, "grand": 1_000, "k": 1_000})  # not a grand piano
_ARTICLE = VOCABULARY.lexicon({"a": 1})
_POINT = VOCABULARY.lexicon({"point": ".", "dot": "."})
_MINUS = VOCABULARY.lexicon({"minus": "-", "negative": "-"})
_HALF_OF = VOCABULARY.lexicon({"half a": 0, "half": 0})
_ONE_PART = Lexicon(
    {"half": 2, "third": 3, "quarter": 4, **{w: n for n, w in enumerate(_ORDINAL_ONES[3:12], 4)}}
)
_PARTS = Lexicon(
    {
        "halves": 2, "thirds": 3, "quarters": 4,
        **{f"{word}s": number for number, word in enumerate(_ORDINAL_ONES[3:12], 4)},
    }
)  # fmt: skip
_MANY_DIGITS = 10**12  # no ordinal is as great
_HALVED = {"dozen": 12, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_AND_PARTS = ("and ", "and a ", "& ")
ORDINALS: Final = VOCABULARY.lexicon(
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
ORDINAL_SUFFIXES: Final = ("st", "nd", "rd", "th")
_AND = "and "
_A_COUPLE = VOCABULARY.lexicon(dict.fromkeys(("a couple", "couple", "a couple of", "couple of"), 0))
_BELOW = ("below zero", "degrees below zero", "degrees below", "below freezing")


def below_hundred(text: Text, at: int) -> Parsed[int] | None:
    """A numeral in words from zero to ninety-nine, or one of one or two digits."""
    spelt = in_words_below_hundred(text, at)
    return _small_digits(text, at) if spelt is None else spelt


def in_words_below_hundred(text: Text, at: int) -> Parsed[int] | None:
    """A numeral in words from zero to ninety-nine."""
    number = _UNITS.first(text.folded, at)
    if number is None or number.value < 20:
        return number
    ones = _UNITS.first(text.folded, text.skip(number.end, " -"))
    if ones is None or not 1 <= ones.value <= 9:
        return number
    return Parsed(number.value + ones.value, ones.end)


def _small_digits(text: Text, at: int) -> Parsed[int] | None:
    """One or two digits that are not part of a number with a point or groups."""
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
    number = in_words_below_hundred(text, at)
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
    rest = in_words_below_hundred(text, text.past(text.skip(hundred.end), _AND))
    return Parsed(value, hundred.end) if rest is None else Parsed(value + rest.value, rest.end)


def _multiple(text: Text, at: int) -> Parsed[int] | None:
    """What a number before it is multiplied by: thousand, lakh, dozen, score, grand."""
    return _counted_in(text, at) or _ONLY_COUNTED.first(text.folded, at)


def _counted_in(text: Text, at: int) -> Parsed[int] | None:
    """What an article may stand before as well: a thousand, a dozen."""
    return _MAGNITUDES.first(text.folded, at) or _DOZEN.first(text.folded, at)


def whole_number(text: Text, at: int) -> Parsed[int] | None:
    """A whole number in words, groups one after another joined: five fifteen is 515."""
    group = _below_thousand(text, at)
    if group is None:
        counted_at = _article(text, at)
        if counted_at == at or _counted_in(text, counted_at) is None:
            return _DOZEN.first(text.folded, at)
        group = Parsed(1, text.past(at, "a", "an"))
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
        if group is None or (joined and _is_shared(text, end, int(joined), group.value)):
            return Parsed(total + int(joined or 0), end)
        joined, end = f"{joined}{group.value}", group.end


def _is_shared(text: Text, end: int, first: int, second: int) -> bool:
    """Whether two numbers with a hyphen between are not a single one: fifty-fifty, two-three."""
    tens = first % 10 == 0 == second % 10
    return text.folded[end] == "-" and (tens or (first < 10 and second < 10))


def _is_one_of_two(text: Text, start: int, end: int) -> bool:
    """Whether a hyphen joins a number to another in words, so that it is none on its own."""
    folded = text.folded
    if folded[end : end + 1] == "-" and _UNITS.first(folded, end + 1):
        return True
    before = folded[: start - 1] if start and folded[start - 1] == "-" else ""
    return bool(before) and _UNITS.first(before, before.rfind(" ") + 1) is not None


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
    if number is None or _is_ordinal(text, at, number):
        return None
    if _is_one_of_two(text, at, number.end):
        return None
    below = text.past(text.skip(number.end), *_BELOW)
    if sign > 0 and below > text.skip(number.end):
        return Parsed(-number.value, below)
    return Parsed(sign * number.value, number.end)


def _is_ordinal(text: Text, at: int, number: Parsed[Decimal]) -> bool:
    """Whether the words go on to an ordinal: twenty *first*, one hundred and *third*."""
    if text.folded[at : at + 1].isdecimal():
        end = text.past(number.end, *ORDINAL_SUFFIXES)
        if end > number.end and text.word_end(end) == end and number.value < 100:
            return True
    else:
        nth = ORDINALS.first(text.folded, at)
        if nth is not None and nth.end > number.end:
            return True
    if not 20 <= number.value < _MANY_DIGITS or number.value % 10:
        return False
    return ORDINALS.first(text.folded, text.past(text.skip(number.end, " -"), _AND)) is not None


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
    """``two hundred``, ``three point five``, ``two thirds``, ``half a dozen``."""
    half = _HALF_OF.first(text.folded, at)
    if half is not None:
        multiple = _HUNDRED.first(text.folded, text.skip(half.end)) or _multiple(
            text, text.skip(half.end)
        )
        return multiple and Parsed(_whole(Decimal(multiple.value) / 2), multiple.end)
    some = _couple_of(text, at) or _part_of_multiple(text, at)
    if some is not None:
        return some
    whole = whole_number(text, at)
    fraction = _fraction(text, at if whole is None else text.skip(whole.end), setting)
    if fraction is not None:
        value = Decimal(f"{whole.value if whole else 0}.{fraction.value}")
        multiple = _MAGNITUDES.first(text.folded, text.skip(fraction.end))
        if multiple is not None:
            return Parsed(_whole(value * multiple.value), multiple.end)
        return Parsed(value, fraction.end)
    if whole is None:
        return None
    parts = _parts(text, whole)
    return parts or _and_half(text, Parsed(Decimal(whole.value), whole.end))


def _couple_of(text: Text, at: int) -> Parsed[Decimal] | None:
    """``a couple hundred``, ``a couple of dozen``."""
    couple = _A_COUPLE.first(text.folded, at)
    if couple is None:
        return None
    onward = text.skip(couple.end)
    multiple = _HUNDRED.first(text.folded, onward) or _multiple(text, onward)
    return multiple and Parsed(Decimal(2 * multiple.value), multiple.end)


def _part_of_multiple(text: Text, at: int) -> Parsed[Decimal] | None:
    """``a quarter million``, ``three quarters of a million``."""
    if not _MAGNITUDES.may_stand_in(text.folded):
        return None
    begin = _article(text, at)
    one = _ONE_PART.first(text.folded, begin) if begin > at else None
    part = Parsed(share(1, one.value), one.end) if one else None
    if part is None:
        count = in_words_below_hundred(text, at)
        part = count and _parts(text, count)
    if part is None:
        return None
    onward = text.past(text.skip(part.end), "of a ", "of ")
    multiple = _MAGNITUDES.first(text.folded, onward)
    return multiple and Parsed(_whole(part.value * multiple.value), multiple.end)


def _parts(text: Text, count: Parsed[int]) -> Parsed[Decimal] | None:
    """So many equal parts of one: two *thirds*, one *quarter*."""
    onward = text.skip(count.end, " -")
    parts = (_ONE_PART if count.value == 1 else _PARTS).first(text.folded, onward)
    if parts is None or onward == count.end:
        return None
    return Parsed(share(count.value, parts.value), parts.end)


def _whole(value: Decimal) -> Decimal:
    """A whole number without a point: 1.5 million is 1500000."""
    return Decimal(int(value)) if value == int(value) else value


def _and_half(text: Text, number: Parsed[Decimal]) -> Parsed[Decimal]:
    """``three and a half``, ``one and three quarters``, ``two and a half million``."""
    if number.value != int(number.value):
        return number
    onward = text.skip(number.end)
    begin = text.past(onward, *_AND_PARTS[::-1])
    if begin == onward:
        return number
    half = text.folded.startswith("half", begin)
    one = _ONE_PART.first(text.folded, begin if half else text.past(onward, _AND_PARTS[1]))
    some = in_words_below_hundred(text, begin)
    part = Parsed(share(1, one.value), one.end) if one else some and _parts(text, some)
    if part is None:
        return number
    # A million and a half: the half is of the million.
    of = next((m for word, m in _HALVED.items() if text.folded.endswith(word, 0, number.end)), 1)
    if of > 1:
        return Parsed(_whole(number.value + part.value * of), part.end)
    onward = text.skip(part.end)
    multiple = _HUNDRED.first(text.folded, onward) or _multiple(text, onward)
    value, end = number.value + part.value, part.end
    return Parsed(_whole(value * multiple.value), multiple.end) if multiple else Parsed(value, end)


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
    spelt = ORDINALS.first(text.folded, at)
    if spelt is not None:
        return spelt
    number = _small_digits(text, at)
    if number is None:
        return None
    end = text.past(number.end, *ORDINAL_SUFFIXES)
    return Parsed(number.value, end) if end > number.end and text.word_end(end) == end else None


def numerals(text: Text, at: int, setting: Setting) -> Sequence[Parsed[Decimal]]:
    """The number at ``at``; an article that counts one thing (*a* dollar) is one too."""
    number = cardinal(text, at, setting)
    if number is not None:
        return (number,)
    half = _HALF_OF.first(text.folded, at)
    if half is not None:
        return (Parsed(Decimal("0.5"), half.end),)
    couple = _A_COUPLE.first(text.folded, at)
    if couple is not None:
        return (Parsed(Decimal(2), couple.end),)
    article = _ARTICLE.first(text.folded, at)
    return () if article is None else (Parsed(Decimal(article.value), article.end),)
