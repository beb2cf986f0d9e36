"""Days that have a name: fixed ones, those of a weekday, Easter's, and Korea's lunar ones.

Each language names the days that its speakers know.

The lunar calendar is that of the Korea Astronomy and Space Science Institute, up to 2050.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Final, TypeAlias

from korean_lunar_calendar import KoreanLunarCalendar

from daehwa.nlu.languages import calendar

Day: TypeAlias = Callable[[int], dt.date | None]
"""Gives a named day's date in a year; ``None`` where that is not known."""

MONDAY, THURSDAY, SUNDAY = 0, 3, 6


def fixed(month: int, day: int) -> Day:
    """A day of the calendar, as Christmas."""
    return partial(_fixed, month, day)


def _fixed(month: int, day: int, year: int) -> dt.date | None:
    return calendar.valid(year, month, day)


def weekday(month: int, nth: int, day: int) -> Day:
    """The nth (-1: the last) weekday of a month, as Thanksgiving."""
    return partial(_weekday, month, nth, day)


def _weekday(month: int, nth: int, day: int, year: int) -> dt.date | None:
    return calendar.nth_weekday(year, month, nth, day)


def lunar(month: int, day: int) -> Day:
    """A day of Korea's lunar calendar, as 추석; its year is the lunar one."""
    return partial(_lunar, month, day)


@lru_cache(maxsize=256)
def _lunar(month: int, day: int, year: int) -> dt.date | None:
    converter = KoreanLunarCalendar()
    leap = False
    if year <= 1000 or not converter.setLunarDate(year, month, day, leap):
        return None
    return calendar.valid(converter.solarYear, converter.solarMonth, converter.solarDay)


def easter(year: int) -> dt.date | None:
    """Easter Sunday of the Gregorian calendar (J. Meeus, "Astronomical Algorithms", ch. 8)."""
    golden, century, rest = year % 19, year // 100, year % 100
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - correction + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return calendar.valid(year, month, day + 1)


def solar_term(month: int, term: float) -> Day:
    """One of the 24 days by the sun's place, as 동지, from 2001 to 2099.

    ``term`` is the constant of the usual formula for this century: the day of the month is
    ``⌊.2422 y + term⌋ - ⌊y / 4⌋`` for a year that ends in ``y``.
    """
    return partial(_solar_term, month, term)


def _solar_term(month: int, term: float, year: int) -> dt.date | None:
    if not 2001 <= year <= 2099:
        return None
    short = year % 100
    before_leap_day = short - 1 if month < 3 else short
    return calendar.valid(year, month, int(short * 0.2422 + term) - before_leap_day // 4)


def after(day: Day, days: int) -> Day:
    """So many days after (below zero: before) another named day."""
    return partial(_after, day, days)


def _after(day: Day, days: int, year: int) -> dt.date | None:
    date = day(year)
    return None if date is None else calendar.shift(date, days, "day")


def coming(day: Day, today: dt.date) -> dt.date | None:
    """The next such day, today included."""
    # Lunar and shifted days may lie in another year than their own.
    dates = (day(today.year + ahead) for ahead in (-1, 0, 1, 2))
    return next((date for date in dates if date is not None and date >= today), None)


def past(day: Day, today: dt.date) -> dt.date | None:
    """The last such day before today."""
    dates = (day(today.year - behind) for behind in (0, 1, 2))
    return next((date for date in dates if date is not None and date < today), None)


NEW_YEAR: Final = lunar(1, 1)
CHUSEOK: Final = lunar(8, 15)
BUDDHAS_BIRTHDAY: Final = lunar(4, 8)
CHRISTMAS: Final = fixed(12, 25)
THANKSGIVING: Final = weekday(11, 4, THURSDAY)
