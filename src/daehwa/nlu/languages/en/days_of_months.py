"""English days of months: the 3rd of march, the third friday of may, the end of the month."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from daehwa.nlu.languages import calendar, digits
from daehwa.nlu.languages.en.numerals import DIGITS, below_hundred, ordinal, whole_number
from daehwa.nlu.languages.en.numerals import VOCABULARY as NUMBER_WORDS
from daehwa.nlu.languages.lexicon import Lexicon, Vocabulary, phrases
from daehwa.nlu.languages.locales import POINT
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text

VOCABULARY: Final = Vocabulary(NUMBER_WORDS)
Date = Parsed[dt.date]
_WEEKDAY_NAMES = {
    name: day
    for day, names in enumerate(
        (
            "monday mon mondays",
            "tuesday tue tues tuesdays",
            "wednesday wed weds wednesdays wensday",
            "thursday thu thur thurs thursdays",
            "friday fri fridays",
            "saturday sat saturdays",
            "sunday sun sundays",
        )
    )
    for name in names.split()
}
WEEKDAYS = VOCABULARY.lexicon(_WEEKDAY_NAMES)
_MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb febuary",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
MONTHS = VOCABULARY.lexicon(
    {**_MONTH_NAMES, **{f"{name}.": n for name, n in _MONTH_NAMES.items() if len(name) < 5}}
)
# Month names that are other words as well need a day beside them.
_AMBIGUOUS_MONTHS = frozenset(
    {"may", "march", "mar", "jan", "jun", "dec", "sep", "oct", "nov", "apr"}
)
WHICH = VOCABULARY.lexicon(
    {
        "next": 1, "the next": 1, "this": 0, "this coming": 0, "coming": 0, "the coming": 0,
        "last": -1, "the last": -1, "past": -1, "the past": -1, "previous": -1, "following": 1,
        "the following": 1, "upcoming": 0, "this past": -1, "current": 0, "the current": 0,
    }
)  # fmt: skip
PERIODS: Lexicon[calendar.Unit] = VOCABULARY.lexicon(
    {"week": "week", "month": "month", "year": "year", "weekend": "weekend"}
)
_MIDDLE = 15
_EDGES = VOCABULARY.lexicon(
    {
        "end of": -1, "the end of": -1, "beginning of": 1, "the beginning of": 1,
        "start of": 1, "the start of": 1, "last day of": -1, "the last day of": -1,
        "first day of": 1, "the first day of": 1, "mid": _MIDDLE, "mid-": _MIDDLE,
        "late": -1, "late in": -1, "early": 1, "early in": 1,
        "middle of": _MIDDLE, "the middle of": _MIDDLE, "half way through": _MIDDLE,
        "halfway through": _MIDDLE, "midway through": _MIDDLE, "halfway into": _MIDDLE,
    }
)  # fmt: skip
_THE = VOCABULARY.lexicon({"the": 0})
_LAST = VOCABULARY.lexicon({"last": -1})
_OF = ("of ", "in ")
# "the first one", "the second room" are not days of the month; "the first at noon" is.
_AFTER_BARE_ORDINAL = frozenset(
    phrases(
        """
at|to|until|till|for|and|please|or|in|through|thanks|thx|pls|works|would|is|then|if
"""
    )
)
_DIGIT = "|".join(DIGITS)
# Two digits that can be no day.
_PAST_DAYS: Final = re.compile("3[2-9]|[4-9][0-9]")
_TWO_DIGITS: Final = re.compile(rf"(oh|o|zero|one|two|three) ({_DIGIT})\b")
_READ_OUT_YEAR: Final = re.compile(rf"(one|two) ({_DIGIT}) ({_DIGIT}) ({_DIGIT})\b")
_HALVES_OF_THE_DAY = ("am", "pm", "a.m", "p.m", "o'clock")


_AFTER_NEXT: Final = Lexicon({"after next": 0})


def dated(day: dt.date | None, end: int) -> Date | None:
    """A date where there is such a day."""
    return None if day is None else Parsed(day, end)


def skipped_the(text: Text, at: int) -> int:
    """The place after an article and the space after it; ``at`` itself where none stands."""
    word = _THE.first(text.folded, at)
    return at if word is None or text.skip(word.end) == word.end else text.skip(word.end)


def edge(text: Text, at: int, setting: Setting) -> Date | None:
    """``the end of the month``, ``the beginning of march``."""
    which = _EDGES.first(text.folded, at)
    if which is None:
        return None
    begin = text.skip(which.end)
    month = MONTHS.first(text.folded, begin)
    if month is not None:
        year = year_behind(text, month.end, setting)
        first = calendar.month_day(
            setting.today.replace(day=1), month.value, 1, None if year is None else year.value
        )
        return dated(
            None if first is None else _on_edge(first, which.value),
            month.end if year is None else year.end,
        )
    return _edge_of_period(text, which.value, begin, setting)


def _after_next(
    text: Text, which: Parsed[int] | None, unit: Parsed[calendar.Unit]
) -> tuple[int, int]:
    """How far ahead a week, month or year lies, and where its words end: the month *after next*."""
    behind = None if which else _AFTER_NEXT.first(text.folded, text.skip(unit.end))
    return (2, behind.end) if behind else (which.value if which else 0, unit.end)


def _edge_of_period(text: Text, edge: int, at: int, setting: Setting) -> Date | None:
    which = WHICH.first(text.folded, at)
    unit_at = skipped_the(text, text.skip(which.end) if which else at)
    unit = PERIODS.first(text.folded, unit_at)
    if unit is None or unit.value == "weekend" or (edge == _MIDDLE and unit.value != "month"):
        return None
    ahead, end = _after_next(text, which, unit)
    moved = calendar.shift(setting.today, ahead, unit.value)
    if moved is None:
        return None
    if unit.value == "week":
        first = calendar.monday(moved)
        return Parsed(first if edge > 0 else calendar.shift(first, 6, "day") or first, end)
    first = moved.replace(day=1) if unit.value == "month" else moved.replace(month=1, day=1)
    if unit.value == "year" and edge < 0:
        first = first.replace(month=12)
    return Parsed(_on_edge(first, edge), end)


def _on_edge(first: dt.date, edge: int) -> dt.date:
    """The beginning, the middle or the end of a month, given its first day."""
    if edge == _MIDDLE:
        return first.replace(day=_MIDDLE)
    return first if edge > 0 else calendar.month_end(first)


def nth_weekday(text: Text, at: int, setting: Setting) -> Date | None:
    """``the third friday of march``, ``last monday of next month``, ``first week of may``."""
    folded = text.folded
    begin = skipped_the(text, at)
    nth = _LAST.first(folded, begin) or ordinal(text, begin)
    if nth is None or nth.value > 5:
        return None
    day = WEEKDAYS.first(folded, text.skip(nth.end))
    week = None if day else PERIODS.first(folded, text.skip(nth.end))
    if day is not None:
        end = day.end
    elif week is not None and week.value == "week":
        end = week.end
    else:
        return None
    joint = text.skip(end)
    onward = text.past(joint, *_OF)
    if onward == joint:
        return None
    weekday = None if day is None else day.value
    month = MONTHS.first(folded, onward)
    if month is not None:
        return _nth_of_month(text, nth.value, weekday, month, setting)
    which = WHICH.first(folded, onward)
    unit_at = text.skip(onward if which is None else which.end)
    unit = PERIODS.first(folded, unit_at if which else skipped_the(text, unit_at))
    if unit is None or unit.value != "month" or weekday is None:
        return None
    ahead, end = _after_next(text, which, unit)
    first = calendar.add_months(setting.today.replace(day=1), ahead)
    if first is None:
        return None
    return dated(calendar.nth_weekday(first.year, first.month, nth.value, weekday), end)


def _nth_of_month(
    text: Text, nth: int, weekday: int | None, month: Parsed[int], setting: Setting
) -> Date | None:
    """The nth weekday, or the nth week, of a named month."""
    year = year_behind(text, month.end, setting)
    for ahead in range(2):
        number = setting.today.year + ahead if year is None else year.value
        day = (
            calendar.week_of_month(number, month.value, nth)
            if weekday is None
            else calendar.nth_weekday(number, month.value, nth, weekday)
        )
        if day is not None and (year is not None or day >= setting.today):
            return Parsed(day, month.end if year is None else year.end)
    return None


def month_first(text: Text, at: int, setting: Setting) -> Date | None:
    """``march 3rd, 2027``, ``november twenty-fifth``, ``april`` (its first day)."""
    folded = text.folded
    month = MONTHS.first(folded, at)
    if month is None:
        return None
    begin = skipped_the(text, text.skip(month.end, " ,-"))
    day = ordinal(text, begin) or below_hundred(text, begin)
    if day is not None and 1 <= day.value <= 31 and not _clock_follows(text, day.end):
        # february 30 is not a day, and not the first of february either
        date = _month_and_day(text, month.value, day.value, day.end, setting)
        year = year_behind(text, month.end, setting)
        if year is None or (date is not None and date.end >= year.end):
            return date
        return dated(calendar.valid(year.value, month.value, 1), year.end)
    if follows_day(text, at):
        return None
    year = year_behind(text, month.end, setting)
    if year is not None:
        return dated(calendar.valid(year.value, month.value, 1), year.end)
    if folded[at : month.end] in _AMBIGUOUS_MONTHS:
        return None
    if month.value == setting.today.month:
        return Parsed(setting.today.replace(day=1), month.end)
    return dated(calendar.month_day(setting.today, month.value, 1), month.end)


def _month_and_day(text: Text, month: int, day: int, end: int, setting: Setting) -> Date | None:
    """A day of a month, with the year after them if one is there."""
    year = year_behind(text, end, setting)
    if year is None:
        return dated(calendar.month_day(setting.today, month, day), end)
    return dated(calendar.month_day(setting.today, month, day, year.value), year.end)


def _clock_follows(text: Text, end: int) -> bool:
    return text.folded.startswith(":", end) or text.folded.startswith(
        _HALVES_OF_THE_DAY, text.skip(end)
    )


def day_first(text: Text, at: int, setting: Setting) -> Date | None:
    """``the 3rd of march``, ``3 march 2027``, ``the 15th``."""
    folded = text.folded
    begin = skipped_the(text, at)
    nth = ordinal(text, begin)
    day = nth or _read_out_day(text, begin) or below_hundred(text, begin)
    if day is None or not 1 <= day.value <= 31:
        return None
    onward = text.past(text.skip(day.end, " -.,"), "of ")
    month = MONTHS.first(folded, onward) or (_counted_month(text, onward, setting) if nth else None)
    if month is not None:
        return _month_and_day(text, month.value, day.value, month.end, setting)
    if nth is None:
        return None
    this = text.past(onward, "the month")
    after_next = _AFTER_NEXT.first(folded, text.skip(this)) if this > onward else None
    if after_next is not None:
        first = calendar.add_months(setting.today.replace(day=1), 2)
        return dated(first and calendar.valid(first.year, first.month, day.value), after_next.end)
    if this > onward and text.word_end(this) == this:
        return dated(calendar.day_of_month(setting.today, day.value), this)
    which = WHICH.first(folded, onward)
    unit = None if which is None else PERIODS.first(folded, text.skip(which.end))
    if which is not None and unit is not None and unit.value == "month":
        first = calendar.add_months(setting.today.replace(day=1), which.value)
        return dated(first and calendar.valid(first.year, first.month, day.value), unit.end)
    return bare_ordinal(text, begin, setting) if begin > at else None


def _read_out_day(text: Text, at: int) -> Parsed[int] | None:
    """``two seven december``: a day whose two digits are read out."""
    pair = _TWO_DIGITS.match(text.folded, at)
    if pair is None or MONTHS.first(text.folded, text.past(text.skip(pair.end()), "of ")) is None:
        return None
    return Parsed(10 * DIGITS[pair[1]] + DIGITS[pair[2]], pair.end())


def _counted_month(text: Text, at: int, setting: Setting) -> Parsed[int] | None:
    """The month of ``the seventh of the twelfth``: nothing but a year or little words follow."""
    month = ordinal(text, text.past(at, "the "))
    if month is None or not 1 <= month.value <= 12 or not text.folded.startswith("the ", at):
        return None
    onward = text.skip(month.end, " ,.")
    follower = text.folded[onward : text.word_end(onward)]
    little = not follower.isalpha() or follower in _AFTER_BARE_ORDINAL
    return month if little or year_behind(text, month.end, setting) else None


_LAST_ADVERB: Final = 3
_BEFORE_DAYS: Final = frozenset(
    phrases("the|on|for|by|is|until|till|it's|be|say|or|and|from|to|of|before|after|since|day|not")
)


def bare_ordinal(text: Text, at: int, setting: Setting) -> Date | None:
    """``3rd``, ``the fifteenth``: the next such day of a month, where no month is named."""
    day = ordinal(text, at)
    if day is None or not 1 <= day.value <= 31 or _of_month(text, at, day.end):
        return None
    onward = text.skip(day.end)
    spelt = not text.folded[at].isdigit()
    if spelt and onward < len(text) and text.folded[onward].isalpha():
        follower = text.folded[onward : text.word_end(onward)]
        if follower not in _AFTER_BARE_ORDINAL:
            return None
    if spelt and (
        text.folded.startswith("to none", onward)
        or any(text.folded.startswith(f"{thing} ") for thing in ("first things", "first come"))
    ):
        return None
    if spelt and day.value <= _LAST_ADVERB and _is_adverb(text.folded[:at]):
        return None
    return dated(calendar.day_of_month(setting.today, day.value), day.end)


def _is_adverb(before: str) -> bool:
    """Whether an ordinal after these words says in what order: ask my husband *first*."""
    words = before.split()
    return len(words) > 1 and words[-1].strip(",") not in _BEFORE_DAYS


def follows_day(text: Text, at: int) -> bool:
    """Whether a day's number stands before a month: 31 june names no day, nor june's first."""
    before = text.folded[:at].rstrip(" .,-").removesuffix(" of")
    word = before[before.rfind(" ") + 1 :]
    return word.isdecimal() or (word != "" and ordinal(Text(word), 0) is not None)


def _of_month(text: Text, start: int, end: int) -> bool:
    """Whether a month stands beside a number: what is left of february 30th names no day."""
    if MONTHS.first(text.folded, text.past(text.skip(end, " -.,"), "of ")) is not None:
        return True
    before = text.folded[:start].removesuffix("the ").rstrip(" ,-.")
    return before[before.rfind(" ") + 1 :] in _MONTH_NAMES


def year_behind(text: Text, at: int, setting: Setting) -> Parsed[int] | None:
    """A year after a day or a month: 2027, '27, twenty twenty seven, next year."""
    folded = text.folded
    begin = text.skip(at, " ,-")
    if begin == at and at < len(folded):
        return None
    begin = text.past(text.past(begin, "of "), "in ")
    which = WHICH.first(folded, begin)
    unit = PERIODS.first(folded, text.skip(which.end)) if which else None
    if which is not None and unit is not None and unit.value == "year":
        return Parsed(setting.today.year + which.value, unit.end)
    short = text.past(begin, "'")
    hyphened = folded.startswith("-", at)  # 15-jan-27
    number = digits.written_number(text, short, POINT)
    if short > begin or (hyphened and number is not None and len(number.value) == 2):
        if number is None or len(number.value) != 2:
            return None
        return Parsed(calendar.full_year(int(number.value)), number.end)
    if number is not None:
        if _PAST_DAYS.fullmatch(number.value) and not text.folded[number.end :].strip(" .,!?"):
            return Parsed(calendar.full_year(int(number.value)), number.end)  # 7 may 55
        is_year = len(number.value) == 4 and number.value.isdecimal() and number.value[0] != "0"
        if not is_year or _clock_follows(text, number.end):
            return None
        return Parsed(int(number.value), number.end)
    spoken = _READ_OUT_YEAR.match(folded, begin)
    if spoken is not None:
        return Parsed(int("".join(str(DIGITS[word]) for word in spoken.groups())), spoken.end())
    behind_oh = text.past(begin, "oh ")
    words = whole_number(text, behind_oh)
    if words is not None and behind_oh > begin and 0 < words.value <= 9:
        return Parsed(2000 + words.value, words.end)  # august ninth oh five
    return words if words is not None and 1900 <= words.value <= 2199 else None
