"""AMAZON.Date: a day as ``YYYY-MM-DD``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Final

from daehwa.nlu.builtins import carriers
from daehwa.nlu.builtins.mention import Mention
from daehwa.nlu.builtins.scanning import agreed, longest, scan
from daehwa.nlu.languages import digits
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.suffixes import ends_well
from daehwa.nlu.languages.text import Text

_SIZES_OF_BIRTHDAYS: Final = (6, 8)
_BETWEEN: Final = " ,.()·/"
_HAN_UNITS: Final = frozenset("月号號")


def find(text: Text, setting: Setting) -> Iterator[Mention]:
    """Every date of the text, left to right."""
    return scan(text, setting, partial(_at, elicited=False))


def read(text: Text, setting: Setting) -> Mention | None:
    """The date of a reply: in the longest words, of equals the first."""
    dates = list(scan(text, setting, partial(_at, elicited=True)))
    if len(dates) > 1:
        dates = _without_weekdays(text, dates)
    date = longest(agreed(dates))
    return None if date is None or carriers.is_aside(text, date.span, setting) else date


def _without_weekdays(text: Text, dates: Sequence[Mention]) -> list[Mention]:
    """The dates of a reply without the weekdays that stand beside the day they are of.

    5 december, *zaterdag*; 12月5号*星期六*.
    """
    beside = set()
    for one, other in pairwise(dates):
        if text.folded[one.end : other.start].strip(_BETWEEN):
            continue
        exact, weekday = (one, other) if _has_day(one) else (other, one)
        if _has_day(exact) and not _has_day(weekday) and _weekday(exact) == _weekday(weekday):
            beside.add(weekday.start)
    return [date for date in dates if date.start not in beside]


def _has_day(date: Mention) -> bool:
    """Whether the words of a date name a day of a month."""
    return any(char.isdecimal() or char in _HAN_UNITS for char in date.original)


def _weekday(date: Mention) -> int:
    return dt.date.fromisoformat(date.resolved[0]).weekday()


def _at(text: Text, start: int, setting: Setting, *, elicited: bool) -> Mention | None:
    date = _date(text, start, setting, elicited=elicited)
    return None if date is None else Mention.of(text, start, date.end, date.value.isoformat())


def _date(text: Text, start: int, setting: Setting, *, elicited: bool) -> Parsed[dt.date] | None:
    """The date that begins at ``start``: a language's, else one in digits."""
    date = next(_readings(text, start, setting, elicited=elicited), None)
    if date is None or not text.folded[start : date.end].isdecimal():
        return date
    # Eight digits or a year are a date where they are the whole of a reply: 2030 people are none.
    return date if carriers.bare(text, setting) == (start, date.end) else None


def _readings(
    text: Text, start: int, setting: Setting, *, elicited: bool
) -> Iterator[Parsed[dt.date]]:
    for language in setting.languages:
        if language.dates is not None:
            date = language.dates(text, start, setting, elicited=elicited)
            if date is not None:
                yield date
    if elicited and "." in setting.customs.year_first and not text.folded[start].isdecimal():
        yield from _birthday_read_out(text, start, setting)
    if text.folded[start].isdecimal():
        date = digits.date(text, start, setting, elicited=elicited)
        if date is None and elicited:
            year_first = "." in setting.customs.year_first
            date = digits.bare_date(text, start, year_first=year_first)
        if date is not None:
            yield date


def _birthday_read_out(text: Text, start: int, setting: Setting) -> Iterator[Parsed[dt.date]]:
    """A birthday in six or eight digits that are read out: 육팔공사일일."""
    for language in setting.languages:
        spoken = language.spelling.digits(text, start) if language.spelling else None
        if spoken is None or len(spoken.value) not in _SIZES_OF_BIRTHDAYS:
            continue
        date = digits.bare_date(Text(spoken.value), 0, year_first=True)
        if date is not None and ends_well(text.folded, spoken.end):
            yield Parsed(date.value, spoken.end)
