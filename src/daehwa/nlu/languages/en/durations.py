"""English spans of time: two hours, an hour and a half, three quarters of an hour."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from daehwa.nlu.languages import digits
from daehwa.nlu.languages.en.numerals import VOCABULARY as NUMBER_WORDS
from daehwa.nlu.languages.en.numerals import below_hundred, cardinal
from daehwa.nlu.languages.isoduration import IsoDuration
from daehwa.nlu.languages.lexicon import Lexicon, Vocabulary, phrases
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text

_HALF: Final = Decimal("0.5")
_VOCABULARY: Final = Vocabulary(NUMBER_WORDS)
# Each with its unit in ISO 8601 ("m" is minutes, "M" months) and how many of them it is.
_UNITS = Lexicon(
    {
        word: (unit, count)
        for words, unit, count in (
            ("year years yr yrs y", "Y", 1),
            ("decade decades", "Y", 10),
            ("century centuries", "Y", 100),
            ("month months mth mths mo mos", "M", 1),
            ("week weeks wk wks w", "W", 1),
            ("fortnight fortnights", "W", 2),
            ("day days night nights nite nites d", "D", 1),
            ("hour hours hr hrs h", "H", 1),
            ("minute minutes min mins m", "m", 1),
            ("second seconds sec secs s", "S", 1),
        )
        for word in words.split()
    }
)
_COUNTS = _VOCABULARY.lexicon(
    {
        "a": 1,
        "an": 1,
        "a couple of": 2,
        "couple of": 2,
        "a couple": 2,
        "couple": 2,
        "a single": 1,
        "one": 1,
        "another": 1,
        "the whole": 1,
        "a whole": 1,
        "one whole": 1,
        "a full": 1,
        "one full": 1,
        "the entire": 1,
        "an entire": 1,
    }
)
_HALVES = _VOCABULARY.lexicon({"half a": 0, "half an": 0, "a half": 0, "half": 0})
_AND_HALF = Lexicon(dict.fromkeys(("and a half", "and half", "n a half", "& a half"), 0))
_AND_QUARTERS = Lexicon({"and a quarter": 15, "and three quarters": 45})
_QUARTERS_OF_A_YEAR = _VOCABULARY.lexicon(
    {"quarter of a year": 3, "a quarter of a year": 3, "three quarters of a year": 9}
)
_WHOLE = _VOCABULARY.lexicon(
    {"all day": "D", "all week": "W", "all month": "M", "all year": "Y", "all night": "D"}
)
_QUARTERS = _VOCABULARY.lexicon(
    {
        "quarter hour": 15,
        "a quarter hour": 15,
        "quarter of an hour": 15,
        "a quarter of an hour": 15,
        "three quarters of an hour": 45,
    }
)


_HOUR_AND_HALF = _VOCABULARY.lexicon(
    {"hour and a half": 0, "hour and half": 0, "hr and a half": 0, "hr n a half": 0}
)
# Between a number and its unit: two *more* hours.
_QUALIFYING = tuple(
    f"{word} "
    for word in phrases(
        """
whole|full|more|extra|additional|entire|solid|good|straight|consecutive
"""
    )
)
_CLOCK_LIKE = re.compile(r"(\d{1,2}):([0-5]\d) ?(?:hours|hrs|hr|h)\b")
# What may stand after minutes that are not named: 1 hour 30 *please*.
_BEHIND = phrases(
    """
please|thanks|or so|total|in total|works|is fine|i think|i guess|max|tops|long
"""
)


class _Amount(NamedTuple):
    """An amount of a unit of ISO 8601, of which the unit that was named is ``size``."""

    unit: str
    amount: Decimal
    size: int


def read(text: Text, start: int, setting: Setting) -> Parsed[IsoDuration] | None:
    """The span of time that begins at ``start``."""
    if not _VOCABULARY.may_begin(text, start):
        return None
    duration = IsoDuration()
    clock = _CLOCK_LIKE.match(text.folded, start)
    if clock is not None:
        duration.add("H", Decimal(clock[1]))
        duration.add("m", Decimal(clock[2]))
        return Parsed(duration, clock.end())
    whole = _WHOLE.first(text.folded, start)
    if whole is not None:
        duration.add(whole.value, Decimal(1))
        return Parsed(duration, whole.end)
    end: int | None = None
    place = start
    while place < len(text):
        months = _QUARTERS_OF_A_YEAR.first(text.folded, place)
        if months is not None:
            duration.add("M", months.value)
            return Parsed(duration, months.end)
        quarter = _QUARTERS.first(text.folded, place)
        if quarter is not None:
            duration.add("m", quarter.value)
            return Parsed(duration, quarter.end)
        part = _part(text, place, setting)
        if part is None or not duration.add(part.value.unit, part.value.amount):
            break
        end = part.end
        half = _AND_HALF.first(text.folded, text.skip(end))
        if half is not None:
            duration.increase(part.value.unit, _HALF * part.value.size)
            end = half.end
        minutes = _minutes(text, end) if part.value.unit == "H" and half is None else None
        if minutes is not None:
            duration.add("m", minutes.value)
            return Parsed(duration, minutes.end)
        place = text.past(text.skip(end, " ,"), "and ")
        nights = _with_nights(text, part, place, setting)
        if nights is not None:
            return Parsed(duration, nights)
        days = _with_days(text, part, place, setting)
        if days is not None:
            duration.increase("D", days.value)
            return Parsed(duration, days.end)
    return None if end is None else Parsed(duration, end)


def _with_days(
    text: Text, nights: Parsed[_Amount], at: int, setting: Setting
) -> Parsed[Decimal] | None:
    """By how much the days that stand after nights are more: five nights *six days*."""
    if not text.folded[: nights.end].endswith(("night", "nights")):
        return None
    days = _part(text, at, setting)
    if days is None or not text.folded[at : days.end].endswith(("day", "days")):
        return None
    more = days.value.amount - nights.value.amount
    return Parsed(more, days.end) if 0 <= more <= 1 else None


def _with_nights(text: Text, days: Parsed[_Amount], at: int, setting: Setting) -> int | None:
    """Where the nights end that only repeat how many days: three days *two nights*."""
    nights = _part(text, at, setting) if days.value.unit == "D" else None
    if nights is None or not text.folded[at : nights.end].endswith(("night", "nights")):
        return None
    return nights.end if nights.value.amount in (days.value.amount - 1, days.value.amount) else None


def _minutes(text: Text, end: int) -> Parsed[int] | None:
    """Minutes after hours without their unit: 2h30, two hours thirty, an hour and a quarter."""
    quarter = _AND_QUARTERS.first(text.folded, text.skip(end))
    if quarter is not None:
        return quarter
    onward = text.past(text.skip(end), "and ")
    minutes = below_hundred(text, onward)
    if minutes is None or not 1 <= minutes.value < 60:
        return None
    glued = onward == end and minutes.end - end == 2
    rest = text.folded[minutes.end :].strip(" .,!?")
    last = onward > end and minutes.value >= 5 and (not rest or rest in _BEHIND)
    return minutes if glued or last else None


def _part(text: Text, at: int, setting: Setting) -> Parsed[_Amount] | None:
    """One amount with its unit: ``five hours``, ``two and a half days``, ``half an hour``."""
    folded = text.folded
    half = _HALVES.first(folded, at)
    halved = half and _amount(text, _HALF, text.skip(half.end, " -"))
    if halved:
        return halved
    count = _COUNTS.first(folded, at)
    if count is not None:
        counted = _amount(text, Decimal(count.value), text.skip(count.end))
        if counted is not None and (count.value > 1 or counted.value.unit != "S"):
            return counted  # but "a second" is a moment
    hour = _HOUR_AND_HALF.first(folded, at)
    if hour is not None:
        return Parsed(_Amount("H", Decimal("1.5"), 1), hour.end)
    number = digits.fraction(text, at) or cardinal(text, at, setting)
    if number is None or number.value < 0:
        return None
    amount, end = number
    fraction = _AND_HALF.first(folded, text.skip(end))
    if fraction is not None:
        amount, end = amount + _HALF, fraction.end
    return _amount(text, amount, text.skip(end, " -"))


def _is_typed(text: Text, at: int) -> bool:
    """Whether the number before a unit is in digits."""
    return text.folded[:at].rstrip()[-1:].isdecimal()


def _is_letter(text: Text, end: int) -> bool:
    """Whether the unit that ends there is one letter after a space: 5 *s*."""
    return text.word_end(end - 1) == end and not text.folded[end - 2].isalnum()


def _amount(text: Text, amount: Decimal, at: int) -> Parsed[_Amount] | None:
    """An amount of the unit that stands at ``at``."""
    named = _UNITS.first(text.folded, text.past(at, *_QUALIFYING))
    if named is None or (_is_letter(text, named.end) and not _is_typed(text, at)):
        return None
    unit, size = named.value
    return Parsed(_Amount(unit, amount * size, size), named.end)
