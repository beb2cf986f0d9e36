"""What is written in digits, and so read in every locale: numbers, dates, times of day.

How they are written is the locale's custom (`daehwa.nlu.languages.locales`).
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Final

from daehwa.nlu.languages import calendar
from daehwa.nlu.languages.clock import Clock
from daehwa.nlu.languages.locales import Marks
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text

_GROUP: Final = 3
_SHARE: Final = Decimal("0.0001")
_LAKH_GROUP: Final = 2
_RANGED: Final = re.compile(
    " ?(?:(?!please|thanks|works|is|if|at|in|for|then|or)[a-z]|[일박시개명주])"
)
_DATE_MARKS: Final = ("-", "/", ".")


def run_of_digits(folded: str, at: int) -> int:
    """Where the digits that begin at ``at`` end; ``at`` itself if there are none."""
    while at < len(folded) and folded[at].isdecimal():
        at += 1
    return at


def written_number(text: Text, at: int, marks: Marks) -> Parsed[str] | None:
    """A number at ``at`` in plain digits: "1,234.5" gives "1234.5", so does "1.234,5" in German.

    Groups are of three digits, in India above the thousand of two. A point before any other
    count of digits is a decimal one everywhere, since prices are so often written.
    """
    folded = text.folded
    end = run_of_digits(folded, at)
    if end == at:
        return None
    whole = Parsed(folded[at:end], end)
    if len(whole.value) <= _GROUP:
        whole = _grouped(folded, whole, marks)
    end = whole.end
    mark = folded[end : end + 1]
    stop = run_of_digits(folded, end + 1)
    if stop == end + 1 or not (mark == marks.decimal or (mark == "." and stop - end - 1 != _GROUP)):
        return whole
    if folded[stop : stop + 1] == mark and folded[stop + 1 : stop + 2].isdecimal():
        return whole  # 1.2.3 is not a number
    return Parsed(f"{whole.value}.{folded[end + 1 : stop]}", stop)


def _grouped(folded: str, whole: Parsed[str], marks: Marks) -> Parsed[str]:
    """The number with the groups of digits that follow it, all after the same mark."""
    sizes = (_GROUP, _LAKH_GROUP) if marks.lakh else (_GROUP,)
    value, end = whole
    mark = folded[end : end + 1]
    closed = whole
    while mark and mark in marks.groups and folded.startswith(mark, end):
        stop = run_of_digits(folded, end + 1)
        size = stop - end - 1
        if size not in sizes:
            break
        value, end = value + folded[end + 1 : stop], stop
        if size == _GROUP:
            closed = Parsed(value, end)
    return closed


def share(count: int, parts: int) -> Decimal:
    """So many of the equal parts of one, in four places: two thirds is 0.6667."""
    exact = Decimal(count) / parts
    rounded = exact.quantize(_SHARE).normalize()
    return Decimal(int(rounded)) if rounded == int(rounded) else rounded


_FRACTION: Final = re.compile(
    r"(?:(\d{1,3}) (?:and )?)?(\d{1,2})/(\d{1,2})(?![\d/.,])|(\d{1,3})? ?([½¼¾⅓⅔])"
)
_GLYPHS: Final = {"½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3)}


def fraction(text: Text, at: int) -> Parsed[Decimal] | None:
    """``1/2``, ``1 1/2``, ``2½``: what is a fraction where a number is elicited, else a date."""
    written = _FRACTION.match(text.folded, at)
    if written is None:
        return None
    whole, count, parts, lone, glyph = written.groups()
    upper, lower = _GLYPHS[glyph] if glyph else (int(count), int(parts))
    if not 0 < upper < lower:
        return None
    return Parsed(int(whole or lone or 0) + share(upper, lower), written.end())


def number(text: Text, at: int, setting: Setting) -> Parsed[Decimal] | None:
    """A number in digits at ``at``, with its sign."""
    signed = text.past(at, "-", "+")
    digits = written_number(text, signed, setting.customs.marks)
    if digits is None:
        return None
    sign = -1 if text.folded[at] == "-" else 1
    return Parsed(sign * Decimal(digits.value), digits.end)


def date(text: Text, at: int, setting: Setting, *, elicited: bool) -> Parsed[dt.date] | None:
    """``2027-03-15``, ``3/15``, ``3/15/27``, ``15.03.2027``, by the locale's order.

    Two numbers joined as the locale joins a day and its month only where a date is ``elicited``
    for (15.3. in Germany) are a date only there.
    """
    if _goes_on_before(text.folded, at):
        return None
    folded = text.folded
    parts: list[str] = []
    mark = ""
    place = stop = at
    while len(parts) < 3:
        end = run_of_digits(folded, place)
        if end == place or end - place > 4:
            break
        parts.append(folded[place:end])
        stop = end
        after = folded[end : end + 1]
        if after not in _DATE_MARKS or after != (mark or after):
            break
        # "15. 3. 2027" has spaces, "5 - 3" is not a date.
        place = end + 1 if "-" in (mark, after) else text.skip(end + 1)
        mark = after
    if (
        len(parts) < 2
        or folded[stop : stop + 1] in (*"-/:",)
        or folded[stop : stop + 1].isdecimal()
    ):
        return None
    if folded[stop : stop + 1] == "." and folded[stop + 1 : stop + 2].isdecimal():
        return None
    if "a" <= folded[stop : stop + 1] <= "z":
        return None  # 7.5kg
    if mark == "-" and len(parts) == 2 and _RANGED.match(folded, stop):
        return None  # 3-5 days
    day = _ordered(parts, mark, setting, elicited=elicited)
    return None if day is None else Parsed(day, stop)


def _goes_on_before(folded: str, at: int) -> bool:
    """Whether the digits are but the rest of others: 2026 of 32/1/2026."""
    return at > 1 and folded[at - 1] in "/." and folded[at - 2].isdecimal()


def _ordered(parts: list[str], mark: str, setting: Setting, *, elicited: bool) -> dt.date | None:
    """The date of two or three numbers, in the order that their sizes and the locale say."""
    customs = setting.customs
    numbers = [int(part) for part in parts]
    sizes = [len(part) for part in parts]
    if sizes[0] == 4:
        return calendar.valid(numbers[0], numbers[1], numbers[2] if len(parts) > 2 else 1)
    if sizes[0] > 2 or sizes[1] > 2:
        return None
    if len(parts) == 2:
        joints = customs.joints + customs.joints_elicited if elicited else customs.joints
        return _next(numbers, mark, setting) if mark in joints else None
    if sizes[0] == 2 and numbers[0] > 12 and mark in customs.year_first and sizes[2] < 3:
        return calendar.valid(calendar.full_year(numbers[0]), numbers[1], numbers[2])
    if sizes[2] not in (2, 4):
        return None
    if sizes[2] == 2 and mark in customs.year_first:
        return calendar.valid(calendar.full_year(numbers[0]), numbers[1], numbers[2])
    return _next(numbers, mark, setting, calendar.full_year(numbers[2]))


def _next(
    numbers: list[int], mark: str, setting: Setting, year: int | None = None
) -> dt.date | None:
    """A day and a month in the locale's order, or in the other where that is not a date."""
    # Dots are set by those who write the day first, but where all write the year first.
    customs = setting.customs
    day_first = customs.order == "day first" or (mark == "." and mark not in customs.year_first)
    for first in (day_first, not day_first):
        month, day = (numbers[1], numbers[0]) if first else (numbers[0], numbers[1])
        if 1 <= month <= 12 and 1 <= day <= 31:
            date = calendar.month_day(setting.today, month, day, year)
            if date is not None:
                return date
    return None


def bare_date(text: Text, at: int, *, year_first: bool = False) -> Parsed[dt.date] | None:
    """What is a date only where one is elicited: ``20270315``, ``2027`` (its first day).

    With ``year_first`` ``860412``, too: a birthday as Koreans write it on forms.
    """
    if _goes_on_before(text.folded, at):
        return None
    end = run_of_digits(text.folded, at)
    written = text.folded[at:end]
    if len(written) == 8:
        year, month_and_day = divmod(int(written), 10_000)
        day = calendar.valid(year, *divmod(month_and_day, 100))
        return None if day is None else Parsed(day, end)
    if len(written) == 6 and year_first:
        year, month_and_day = divmod(int(written), 10_000)
        day = calendar.valid(calendar.full_year(year), *divmod(month_and_day, 100))
        return None if day is None else Parsed(day, end)
    if len(written) == 4 and 1900 <= int(written) <= 2199:
        return Parsed(dt.date(int(written), 1, 1), end)
    return None


def clock(text: Text, at: int, setting: Setting, *, elicited: bool) -> Clock | None:
    """``17:05``, ``8:30``, ``17:05:00``; ``17.05`` where the locale writes so, ``elicited``."""
    folded = text.folded
    if at > 1 and folded[at - 1] in ":." and folded[at - 2].isdecimal():
        return None  # what is left of 25:00 and 10.5
    end = run_of_digits(folded, at)
    stop = run_of_digits(folded, end + 1)
    marks = setting.customs.clock if elicited else ":"
    if not 0 < end - at <= 2 or stop - end - 1 != 2 or folded[end] not in marks:
        return None
    hour, minute = int(folded[at:end]), int(folded[end + 1 : stop])
    if hour > 24 or minute > 59:
        return None
    seconds = run_of_digits(folded, stop + 1)
    if folded[stop : stop + 1] == folded[end] and seconds - stop - 1 == 2:
        stop = seconds
    exact = hour > 12 or hour == 0 or folded[at] == "0"
    return Clock(minutes=hour % 24 * 60 + minute, exact=exact, end=stop)
