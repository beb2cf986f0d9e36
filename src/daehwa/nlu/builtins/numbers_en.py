"""English numerals: cardinals, ordinals, decimals, digits."""

from __future__ import annotations

from decimal import Decimal

from daehwa.nlu.builtins.lexicon import Lexicon, phrases
from daehwa.nlu.builtins.text import Text

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
_UNITS = Lexicon(_SMALL)
_MAGNITUDES = Lexicon(
    {
        "thousand": 1_000,
        "million": 1_000_000,
        "billion": 1_000_000_000,
        "trillion": 1_000_000_000_000,
    }
)
_HUNDRED = Lexicon({"hundred": 100})
_DOZEN = Lexicon({"dozen": 12, "dozens": 12})
_POINT = Lexicon({"point": ".", "dot": "."})
_AND_HALF = Lexicon({"and a half": 0})
_MINUS = Lexicon({"minus": "-", "negative": "-"})
_ORDINALS = Lexicon(
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
_SUFFIXES = ("st", "nd", "rd", "th")

# What a numeral can begin with; most words of a text are turned away by this alone.
FIRST_WORDS = frozenset({"a"}).union(
    *(lexicon.first_words for lexicon in (_UNITS, _DOZEN, _POINT, _MINUS, _ORDINALS))
)

Numeral = tuple[Decimal, int]


def digits(text: Text, at: int) -> tuple[str, int] | None:
    """A number in digits at ``at``: "1,234.5" gives "1234.5". Commas group by threes only."""
    folded = text.folded
    end = at
    size = len(folded)
    while end < size and folded[end].isdecimal():
        end += 1
    if end == at:
        return None
    whole = folded[at:end]
    if len(whole) <= 3:
        while (
            end + 3 < size
            and folded[end] == ","
            and folded[end + 1 : end + 4].isdecimal()
            and not (end + 4 < size and folded[end + 4].isdecimal())
        ):
            whole += folded[end + 1 : end + 4]
            end += 4
    if end + 1 < size and folded[end] == "." and folded[end + 1].isdecimal():
        stop = end + 1
        while stop < size and folded[stop].isdecimal():
            stop += 1
        if not (stop + 1 < size and folded[stop] == "." and folded[stop + 1].isdecimal()):
            return whole + folded[end:stop], stop
    return whole, end


def below_hundred(text: Text, at: int) -> tuple[int, int] | None:
    """A numeral in words from zero to ninety-nine, or one of one or two digits."""
    got = _UNITS.first(text.folded, at)
    if got is None:
        number = digits(text, at)
        if number is None or not number[0].isdecimal() or len(number[0]) > 2:
            return None
        return int(number[0]), number[1]
    value, end = got
    if value >= 20:
        more = _UNITS.first(text.folded, text.skip(end, " -"))
        if more is not None and 1 <= more[0] <= 9:
            return value + more[0], more[1]
    return value, end


def _below_thousand(text: Text, at: int) -> tuple[int, int] | None:
    got = _UNITS.first(text.folded, at) and below_hundred(text, at)
    if got is None:
        if not text.folded.startswith("a ", at):
            return None
        hundred = _HUNDRED.first(text.folded, at + 2)
        if hundred is None:
            return None
        got = (1, at + 1)
    value, end = got
    hundred = _HUNDRED.first(text.folded, text.skip(end))
    if hundred is None:
        return value, end
    value, end = value * 100, hundred[1]
    onward = text.skip(end)
    if text.folded.startswith("and ", onward):
        onward += 4
    rest = _UNITS.first(text.folded, onward) and below_hundred(text, onward)
    return (value + rest[0], rest[1]) if rest else (value, end)


def _words(text: Text, at: int) -> tuple[int, int] | None:
    """A whole number in words, groups said one after another joined: five fifteen is 515."""
    got = _below_thousand(text, at)
    if got is None:
        if text.folded.startswith("a ", at):
            for lexicon in (_MAGNITUDES, _DOZEN):
                magnitude = lexicon.first(text.folded, at + 2)
                if magnitude is not None:
                    return magnitude
        return _DOZEN.first(text.folded, at)
    total = 0
    group, end = got
    said = str(group)
    while True:
        onward = text.skip(end, " -")
        magnitude = _MAGNITUDES.first(text.folded, onward) or _DOZEN.first(text.folded, onward)
        if magnitude is not None:
            total += int(said) * magnitude[0]
            said, end = "", magnitude[1]
            onward = text.skip(end, " ,")
            if text.folded.startswith("and ", onward):
                onward += 4
        more = _below_thousand(text, onward)
        if more is None:
            return total + int(said or 0), end
        group, end = more
        said += str(group)


def cardinal(text: Text, at: int) -> Numeral | None:
    """A number in words or digits at ``at``, with its sign and decimals."""
    folded = text.folded
    first = folded[at : at + 1]
    if first.isalpha() and folded[at : text.run_end(at)] not in FIRST_WORDS:
        return None
    sign = 1
    minus = _MINUS.first(folded, at)
    if minus is not None:
        sign, at = -1, text.skip(minus[1])
    elif folded.startswith(("-", "+"), at):
        sign, at = (-1 if folded[at] == "-" else 1), at + 1
    number = digits(text, at)
    if number is not None:
        value, end = Decimal(number[0]), number[1]
        magnitude = _MAGNITUDES.first(folded, text.skip(end)) or _DOZEN.first(
            folded, text.skip(end)
        )
        if magnitude is not None:
            value, end = _whole(value * magnitude[0]), magnitude[1]
        elif folded.startswith("k", end) and text.word_end(end) == end + 1:
            value, end = _whole(value * 1000), end + 1
        return _and_half(text, sign, value, end)
    whole = _words(text, at)
    if whole is not None:
        fraction = _fraction(text, text.skip(whole[1]))
        if fraction is not None:
            return sign * Decimal(f"{whole[0]}.{fraction[0]}"), fraction[1]
        return _and_half(text, sign, Decimal(whole[0]), whole[1])
    fraction = _fraction(text, at)
    return None if fraction is None else (sign * Decimal(f"0.{fraction[0]}"), fraction[1])


def _whole(value: Decimal) -> Decimal:
    """A whole number without a point: 1.5 million is 1500000."""
    return Decimal(int(value)) if value == int(value) else value


def _and_half(text: Text, sign: int, value: Decimal, end: int) -> Numeral:
    """``three and a half``."""
    half = _AND_HALF.first(text.folded, text.skip(end)) if value == int(value) else None
    return (sign * value, end) if half is None else (sign * (value + Decimal("0.5")), half[1])


def _fraction(text: Text, at: int) -> tuple[str, int] | None:
    """What follows "point": "four five" and "forty five" are both 45."""
    point = _POINT.first(text.folded, at)
    if point is None:
        if not text.folded.startswith(".", at):
            return None
        number = digits(text, at + 1)
        return number if number is not None and number[0].isdecimal() else None
    said, end = "", point[1]
    while (more := below_hundred(text, text.skip(end))) is not None:
        said, end = f"{said}{more[0]}", more[1]
    return (said, end) if said else None


def ordinal(text: Text, at: int) -> tuple[int, int] | None:
    """An ordinal up to thirty-ninth, in words or digits ("3rd")."""
    got = _ORDINALS.first(text.folded, at)
    if got is not None:
        return got
    number = digits(text, at)
    if number is None or not number[0].isdecimal() or len(number[0]) > 2:
        return None
    end = number[1]
    if text.folded.startswith(_SUFFIXES, end) and text.word_end(end) == end + 2:
        return int(number[0]), end + 2
    return None
