"""Calendar arithmetic as AMAZON.Date resolves it.

The rules are those of Amazon's table for the type (section 6): a day with no
year is the next one on or after today; "next week" is the Sunday that ends the current week;
"this" and "last" name the first day of their period, "next month" and "next year" the last.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Literal

Unit = Literal["day", "week", "month", "year", "weekend"]

_DAY = dt.timedelta(days=1)
_WEEK = dt.timedelta(days=7)
_SATURDAY = 5
_FARTHEST_AHEAD = 40


def add_months(day: dt.date, months: int) -> dt.date | None:
    """The same day of another month, or that month's last day; ``None`` beyond year 9999."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def shift(day: dt.date, amount: int, unit: Unit) -> dt.date | None:
    """``day`` moved by an amount of units; ``None`` outside the calendar."""
    try:
        if unit == "day":
            return day + amount * _DAY
        if unit in ("week", "weekend"):
            return day + amount * _WEEK
        return add_months(day, amount if unit == "month" else 12 * amount)
    except OverflowError:
        return None


def monday(day: dt.date) -> dt.date:
    """The Monday of the week that ``day`` is in."""
    return day - day.weekday() * _DAY


def period(today: dt.date, which: int, unit: Unit) -> dt.date | None:
    """One date for this (0), last (-1) or next (1) week, month, year or weekend."""
    if unit == "day":
        return shift(today, which, "day")
    if unit == "weekend":
        saturday = shift(monday(today) + _SATURDAY * _DAY, which, "week")
        return today if which == 0 and saturday is not None and saturday < today else saturday
    if unit == "week":
        first = monday(today)
        # Amazon's own table: 2020-11-25 "next week" is 2020-11-29, the Sunday before it.
        return first - _DAY + which * _WEEK if which > 0 else shift(first, which, "week")
    if unit == "month":
        first_day = add_months(today.replace(day=1), which)
        return month_end(first_day) if which > 0 and first_day else first_day
    year = today.year + which
    if not 1 <= year <= 9999:
        return None
    return dt.date(year, 12, 31) if which > 0 else dt.date(year, 1, 1)


def month_end(day: dt.date) -> dt.date:
    """The last day of the month of ``day``."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def weekday(today: dt.date, day: int, which: int | None, weeks: int = 0) -> dt.date:
    """A weekday (Monday 0): plain or this: on or after today; next: after today; last: before.

    ``weeks`` moves the result on by whole weeks.
    """
    ahead = (day - today.weekday()) % 7
    if which is not None and which > 0 and ahead == 0:
        ahead = 7
    if which is not None and which < 0:
        ahead = ahead - 7
    return today + (ahead + 7 * weeks) * _DAY


def weekday_of_week(today: dt.date, day: int, weeks: int) -> dt.date:
    """A weekday of the week that lies ``weeks`` ahead (Korean 다음 주 금요일)."""
    return monday(today) + (7 * weeks + day) * _DAY


def month_day(today: dt.date, month: int, day: int, year: int | None = None) -> dt.date | None:
    """A day of a month; without a year the next one on or after today."""
    if year is not None:
        return valid(year, month, day)
    for ahead in range(9):  # 29 February comes within eight years
        date = valid(today.year + ahead, month, day)
        if date is not None and date >= today:
            return date
    return None


def day_of_month(today: dt.date, day: int) -> dt.date | None:
    """The next "15th" on or after today."""
    for ahead in range(3):
        month = add_months(today.replace(day=1), ahead)
        date = valid(month.year, month.month, day) if month else None
        if date is not None and date >= today:
            return date
    return None


def nth_weekday(year: int, month: int, nth: int, day: int) -> dt.date | None:
    """The nth (1 to 5, -1: last) weekday of a month."""
    if nth < 0:
        last = dt.date(year, month, calendar.monthrange(year, month)[1])
        return last - ((last.weekday() - day) % 7) * _DAY
    first = dt.date(year, month, 1)
    date = first + ((day - first.weekday()) % 7 + 7 * (nth - 1)) * _DAY
    return date if date.month == month else None


def week_of_month(year: int, month: int, nth: int) -> dt.date | None:
    """The Monday of a month's nth week; a week belongs to the month of its Thursday (ISO 8601)."""
    thursday = nth_weekday(year, month, nth, 3)
    return None if thursday is None else thursday - 3 * _DAY


def full_year(year: int) -> int:
    """A year as written: 26 is 2026, 68 is 1968: few dates are so far ahead."""
    if year >= 100:
        return year
    return 2000 + year if year < _FARTHEST_AHEAD else 1900 + year


def valid(year: int, month: int, day: int) -> dt.date | None:
    """The date, or ``None`` when there is no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
