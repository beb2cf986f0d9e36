"""Dates by the names of days and months: all that a small language needs to say.

``3 mars 2027``, ``mars 3``, ``fredag``, ``i morgon``: a reader made of three lists, for languages
that have no grammar of their own yet. Dates in digits need no reader at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from daehwa.nlu.languages import calendar, digits
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.locales import POINT
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.suffixes import ends_well
from daehwa.nlu.languages.text import Text

_BETWEEN: Final = " .,"
_LAST_DAY: Final = 31
_YEAR_DIGITS: Final = 4


class NamedDates:
    """Reads dates by their names."""

    def __init__(
        self,
        *,
        months: Sequence[str],
        weekdays: Sequence[str],
        days: Mapping[str, int],
        joints: Sequence[str] = (),
    ) -> None:
        """Take the names, in lower case, each with its other forms behind bars (``"march|mar"``).

        ``months`` are the twelve months and ``weekdays`` the seven days from Monday on; ``days``
        are words for days, with how many days from today they lie (``{"tomorrow": 1}``);
        ``joints`` are words between a day, its month and the year (``of``, ``de``).
        """
        self._months = Lexicon(_numbered(months, first=1))
        self._weekdays = Lexicon(_numbered(weekdays, first=0))
        self._days = Lexicon(days)
        self._joints = tuple(f"{joint} " for joint in joints)

    def __call__(
        self, text: Text, at: int, setting: Setting, *, elicited: bool
    ) -> Parsed[dt.date] | None:
        """The date that begins at ``at``."""
        del elicited
        return (
            self._day_and_month(text, at, setting)
            or self._weekday(text, at, setting)
            or self._day(text, at, setting)
        )

    def _day_and_month(self, text: Text, at: int, setting: Setting) -> Parsed[dt.date] | None:
        """``3 mars``, ``mars 3``, either with a year behind it."""
        day = _day_of_month(text, at)
        month = self._months.first(text.folded, at if day is None else self._skip(text, day.end))
        if month is None:
            return None
        end = month.end
        if day is None:
            day = _day_of_month(text, self._skip(text, end))
            if day is None:
                return None
            end = day.end
        year = _year(text, self._skip(text, end))
        if year is None:
            date = calendar.month_day(setting.today, month.value, day.value)
        else:
            date, end = calendar.valid(year.value, month.value, day.value), year.end
        return None if date is None else Parsed(date, end)

    def _weekday(self, text: Text, at: int, setting: Setting) -> Parsed[dt.date] | None:
        """``fredag``: the next one; in ``fredag 3 mars`` the day of the month decides."""
        weekday = self._weekdays.first(text.folded, at)
        if weekday is None or not ends_well(text.folded, weekday.end):
            return None
        exact = self._day_and_month(text, self._skip(text, weekday.end), setting)
        date = calendar.weekday(setting.today, weekday.value, None)
        return exact or Parsed(date, weekday.end)

    def _day(self, text: Text, at: int, setting: Setting) -> Parsed[dt.date] | None:
        """``i morgon``: a word for a day."""
        day = self._days.first(text.folded, at)
        if day is None or not ends_well(text.folded, day.end):
            return None
        date = calendar.shift(setting.today, day.value, "day")
        return None if date is None else Parsed(date, day.end)

    def _skip(self, text: Text, at: int) -> int:
        """The place behind marks and a joint."""
        return text.past(text.skip(at, _BETWEEN), *self._joints)


def _numbered(names: Sequence[str], *, first: int) -> dict[str, int]:
    return {
        name.strip(): number
        for number, forms in enumerate(names, start=first)
        for name in forms.split("|")
    }


def _day_of_month(text: Text, at: int) -> Parsed[int] | None:
    """A day of a month in digits, if it is no part of a number or of a time of day."""
    number = digits.written_number(text, at, POINT)
    if number is None or not number.value.isdecimal() or text.folded.startswith(":", number.end):
        return None
    day = int(number.value)
    return Parsed(day, number.end) if 1 <= day <= _LAST_DAY else None


def _year(text: Text, at: int) -> Parsed[int] | None:
    """A year of four digits."""
    end = digits.run_of_digits(text.folded, at)
    return Parsed(int(text.folded[at:end]), end) if end - at == _YEAR_DIGITS else None
