"""Korean dates: 내일 모레, 다음 주 금요일, 3월 셋째 주, 삼월 십오일, 열흘 후, 보름 뒤."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Final

from daehwa.nlu.languages import calendar, digits, holidays
from daehwa.nlu.languages.ko.date_words import (
    DAYS,
    LATER,
    NAMED_PERIODS,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    WHICH,
    day_of_month,
    end_of_unit,
    month_number,
    small_numbers,
    spans_of_time,
    weekday_tail,
)
from daehwa.nlu.languages.ko.holidays import NAMES, SHORT_NAMES
from daehwa.nlu.languages.ko.numerals import read_out
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.suffixes import ends_well
from daehwa.nlu.languages.text import Text

Date = Parsed[dt.date]
_Anchor = int | Callable[[holidays.Day, dt.date], dt.date | None]


_SAME_DAY = Lexicon(
    {"이맘때": 0, "이맘때쯤": 0, "오늘": 0, "이날": 0, "이 시간": 0, "이 시간쯤": 0, "이 시각": 0}
)
_FROM = Lexicon({"부터": 0, "로부터": 0, "으로부터": 0, "에서": 0, "기준": 0, "기준으로": 0})
_NTH = Lexicon(
    {
        "첫": 1, "첫째": 1, "첫 번째": 1, "첫번째": 1, "둘째": 2, "두 번째": 2, "셋째": 3,
        "세째": 3,
        "세 번째": 3, "넷째": 4, "네째": 4, "네 번째": 4, "다섯째": 5, "다섯 번째": 5, "마지막": -1,
        "1째": 1, "2째": 2, "3째": 3, "4째": 4,
    }
)  # fmt: skip
_EDGES = Lexicon(
    {
        "말": -1,
        "초": 1,
        "말일": -1,
        "마지막 날": -1,
        "첫날": 1,
        "첫째 날": 1,
        "첫 번째 날": 1,
        "둘째 날": 2,
        "셋째 날": 3,
        "초하루": 1,
        "초하룻날": 1,
        "초순": 1,
        "상순": 1,
        "중순": 15,
        "하순": 21,
    }
)
# Days beside a named one; its holidays begin the day before it.
_BESIDE = Lexicon(
    {"다음 날": 1, "담날": 1, "이튿날": 1, "다다음 날": 2, "전날": -1, "전전날": -2, "당일": 0}
)
_BREAK = Lexicon({"연휴": -1})


_WEEK = Lexicon({"주": 0})
_COUNTED_WEEK = Lexicon({"주차": 0})
# 다음 주*의* 금요일, 다음 주 *중에* 금요일.
_OF = ("의 ", "중에 ", "중에서 ", "중 ", "에 ", "에는 ")
_ALSO = "도"
_LUNAR = Lexicon({"음력": 0})
_MONTH_END = Lexicon({"말일": 0, "월말": 0})
# A week of which any day will do names none: 다음 주 *아무 때나*.
_ANY_DAY: Final = re.compile(
    r"(?:주|달|해)\s?중(?:에|으로)?(?:[요이.\s]|$)|아무\s?(?:때|날)|언제든|언제라도|(?:편한|편하신|되는|가능한)\s?(?:때|날)"
)
# After a day's number these make a span of it: 15일간.
_LASTING = ("간", "동안")
_CLOCK = ("시", "분", ":")
# A time of day may follow a date without a space: 내일오후, 오늘3시.
_ONWARD = "오아저새밤낮점정일이삼사육칠팔구십열한두세네다여첫"


def read(text: Text, at: int, setting: Setting, *, elicited: bool) -> Date | None:
    """The longest date at ``at`` that ends well; of equal ones the first rule's is meant."""
    del elicited
    best: Date | None = None
    for rule in (
        _holiday, _year_first, _month_first, _week_first, _named, _day_only, _offset,
    ):  # fmt: skip
        for read_date in rule(text, at, setting):
            date = _moved(text, read_date, setting)
            if (best is None or date.end > best.end) and ends_well(
                text.folded, date.end, onward=_ONWARD
            ):
                best = date
    return best


def _moved(text: Text, date: Date, setting: Setting) -> Date:
    """A date with what is counted from it: 금요일 *다음 날*, 내일부터 *사흘 뒤*."""
    onward = text.skip(date.end)
    since = _FROM.first(text.folded, onward)
    shifts = [] if since else list(_BESIDE.at(text.folded, onward))
    begin = text.skip(since.end) if since else onward
    counted = LATER.may_stand_in(text.folded[begin:])
    for (count, unit), end in spans_of_time(text, begin, setting) if counted else ():
        later = LATER.first(text.folded, text.skip(end))
        if later is not None and unit in ("day", "week") and count < 1000:
            shifts.append(Parsed(count * (7 if unit == "week" else 1) * later.value, later.end))
    furthest = max(shifts, key=lambda shift: shift.end, default=None)
    moved = furthest and calendar.shift(date.value, furthest.value, "day")
    return Parsed(moved, furthest.end) if furthest and moved else date


def _dated(day: dt.date | None, end: int) -> Iterator[Date]:
    """A date where there is such a day."""
    if day is not None:
        yield Parsed(day, end)


_MONTH = "월"


def _years(text: Text, at: int, setting: Setting) -> list[Parsed[int]]:
    """``2027년``, ``26년``, ``이천이십칠년``, ``이공이칠년``, ``내년``."""
    years: list[Parsed[int]] = []
    for value, end in small_numbers(text, at, setting):
        stop = end_of_unit(text, end, "년")
        if stop is not None and (value >= 1000 or 10 <= value <= 99):
            years.append(Parsed(calendar.full_year(value), stop))
    if not years:
        spoken = read_out(text, at)
        stop = None if spoken is None else end_of_unit(text, spoken.end, "년")
        if spoken and stop and len(spoken.value) == 4 and not spoken.value.startswith("0"):
            years.append(Parsed(int(spoken.value), stop))
        elif spoken and stop and len(spoken.value) == 2 and _MONTH in text.folded[stop : stop + 5]:
            years.append(Parsed(calendar.full_year(int(spoken.value)), stop))  # 구구년 팔월
    for (which, unit), end in NAMED_PERIODS.at(text.folded, at):
        if unit == "year":
            years.append(Parsed(setting.today.year + which, end))
    return years


def _year_first(text: Text, at: int, setting: Setting) -> Iterator[Date]:
    """``2027년 3월 15일``, ``내년 3월``, ``이천이십칠년``."""
    for year, end in _years(text, at, setting):
        same = _SAME_DAY.first(text.folded, text.skip(end))
        if same is not None:
            today = setting.today
            yield from _dated(calendar.valid(year, today.month, today.day), same.end)
        yield from _months(text, text.skip(text.past(end, _ALSO)), setting, year)
        month = next(month_number(text, text.skip(end), setting), None)
        if text.folded[at].isdecimal() and year >= 1900 and month is None:
            yield from _dated(calendar.valid(year, 1, 1), end)


def _month_first(text: Text, at: int, setting: Setting) -> Iterator[Date]:
    yield from _months(text, at, setting, None)
    for (which, unit), end in NAMED_PERIODS.at(text.folded, at):
        if unit == "month":
            first = calendar.add_months(setting.today.replace(day=1), which)
            if first is not None:
                yield from _in_month(text, end, setting, first.year, first.month)


def _months(text: Text, at: int, setting: Setting, year: int | None) -> Iterator[Date]:
    folded, today = text.folded, setting.today
    for month, end in list(month_number(text, at, setting)):
        for day, stop in day_of_month(text, text.skip(end), setting):
            date = calendar.month_day(today, month, day, year)
            if date is not None:
                yield Parsed(date, weekday_tail(text, stop))
        if next(iter(day_of_month(text, text.skip(end), setting)), None) is not None:
            continue  # 2월 30일 is not a day, and not the first of February either
        # "3월 15": the day without its 일, in digits only.
        place = text.skip(end)
        bare = digits.run_of_digits(folded, place)
        if 0 < bare - place < 3 and not folded.startswith(_CLOCK, text.skip(bare)):
            yield from _dated(calendar.month_day(today, month, int(folded[place:bare]), year), bare)
        yield from _in_month(text, end, setting, year, month)
        yield from _dated(calendar.month_day(today.replace(day=1), month, 1, year), end)


def _in_month(
    text: Text, at: int, setting: Setting, year: int | None, month: int
) -> Iterator[Date]:
    """What follows a month: a day, an nth week or weekday, its beginning or end."""
    folded, today = text.folded, setting.today
    years = (today.year, today.year + 1) if year is None else (year,)
    place = text.skip(text.past(at, *_OF[:1]))  # 12월의 첫 번째 금요일
    if year is not None:
        for day, stop in day_of_month(text, place, setting):
            date = calendar.valid(year, month, day)
            if date is not None:
                yield Parsed(date, weekday_tail(text, stop))
    for nth, end in (*_NTH.at(folded, place), *_counted_week(text, place, setting)):
        onward = text.skip(end)
        week = _WEEK.first(folded, onward)
        weekday = WEEKDAYS.first(folded, onward if week is None else text.skip(week.end))
        ending = weekday or week
        if ending is None:
            continue
        for number in years:
            date = (
                calendar.nth_weekday(number, month, nth, weekday.value)
                if weekday
                else _nth_week(number, month, nth)
            )
            if date is not None and (year is not None or date >= today):
                yield Parsed(date, ending.end)
                break
    for edge, end in _EDGES.at(folded, place):
        for number in years:
            first = dt.date(number, month, 1)
            last = calendar.month_end(first)
            if year is not None or last >= today:
                yield Parsed(last if edge < 0 else first.replace(day=edge), end)
                break


def _counted_week(text: Text, at: int, setting: Setting) -> Iterator[Parsed[int]]:
    """``3주차``: the week's number without 째; the 주 is left to be read."""
    for value, end in small_numbers(text, at, setting):
        if value <= 5 and _COUNTED_WEEK.first(text.folded, end):
            yield Parsed(value, end)


def _nth_week(year: int, month: int, nth: int) -> dt.date | None:
    if nth > 0:
        return calendar.week_of_month(year, month, nth)
    return calendar.week_of_month(year, month, 5) or calendar.week_of_month(year, month, 4)


def _week_first(text: Text, at: int, setting: Setting) -> Iterator[Date]:
    """``다음 주 금요일``, ``이번 금요일``, ``금요일``, ``다음 주 금``."""
    folded, today = text.folded, setting.today
    for (which, unit), end in NAMED_PERIODS.at(folded, at):
        if unit == "week":
            place = text.skip(text.past(text.skip(end), *_OF))
            day = WEEKDAYS.first(folded, place) or _alone(text, place)
            if day is not None:
                yield Parsed(calendar.weekday_of_week(today, day.value, which), day.end)
    for which, end in WHICH.at(folded, at):
        day = WEEKDAYS.first(folded, text.skip(end))
        if day is not None and (folded[end : end + 1] == " " or end - at > 1):
            date = (
                calendar.weekday(today, day.value, 1, which - 1)
                if which > 1
                else calendar.weekday(today, day.value, which)
            )
            yield Parsed(date, day.end)
    day = WEEKDAYS.first(folded, at)
    if day is not None:
        yield Parsed(calendar.weekday(today, day.value, None), day.end)


def _alone(text: Text, at: int) -> Parsed[int] | None:
    """A weekday's first syllable on its own: 다음 주 금."""
    day = SHORT_WEEKDAYS.first(text.folded, at)
    return day if day and text.word_end(at) == day.end else None


def _named(text: Text, at: int, setting: Setting) -> Iterator[Date]:
    """``내일``, ``다음 달``, ``올해 말``."""
    folded, today = text.folded, setting.today
    for days, end in DAYS.at(folded, at):
        if folded[at:end].startswith("다음") and folded[:at].rstrip().endswith("그"):
            continue  # 그 다음 날: the day after one that was named
        yield from _dated(calendar.shift(today, days, "day"), end)
    for (which, unit), end in NAMED_PERIODS.at(folded, at):
        for edge, stop in _EDGES.at(folded, text.skip(end)):
            if unit in ("week", "weekend") or edge > 1:
                continue
            moved = calendar.shift(today, which, unit)
            if moved is None:
                continue
            first = moved.replace(day=1) if unit == "month" else moved.replace(month=1, day=1)
            if edge < 0:
                first = calendar.month_end(first if unit == "month" else first.replace(month=12))
            yield Parsed(first, stop)
        same = _SAME_DAY.first(folded, text.skip(end))
        if same is not None and unit in ("week", "month"):
            yield from _dated(calendar.shift(today, which, unit), same.end)
        if unit == "weekend" or not _ANY_DAY.search(folded):
            yield from _dated(calendar.period(today, which, unit), end)


def _holiday(text: Text, at: int, setting: Setting) -> Iterator[Date]:
    """``추석``, ``내년 설날``, ``지난 추석``, ``설날 다음 날``, ``추석 연휴``."""
    today = setting.today
    for year, begin in _anchors(text, at, setting):
        named = [*NAMES.at(text.folded, begin), *_lunar_day(text, begin, setting)]
        named += _by_the_moon(text, begin)
        named += (
            short
            for short in SHORT_NAMES.at(text.folded, begin)
            if begin > at or _beside(text, short.end, setting)
        )
        for day, end in named:
            for shift, stop in (*_beside(text, end, setting), Parsed(0, end)):
                moved = holidays.after(day, shift) if shift else day
                yield from _dated(year(moved, today) if callable(year) else moved(year), stop)


def _anchors(text: Text, at: int, setting: Setting) -> Iterator[Parsed[_Anchor]]:
    """Which of a named day is meant (a year's, the next, the last), and where its name begins."""
    folded = text.folded
    yield Parsed(holidays.coming, at)
    for (which, unit), end in NAMED_PERIODS.at(folded, at):
        if unit == "year":
            yield Parsed(setting.today.year + which, text.skip(end))
    for value, end in small_numbers(text, at, setting):
        stop = end_of_unit(text, end, "년")
        if stop is not None and value >= 1000:
            yield Parsed(value, text.skip(stop))
    for which, end in WHICH.at(folded, at):
        yield Parsed(holidays.past if which < 0 else holidays.coming, text.skip(end))


def _beside(text: Text, at: int, setting: Setting) -> list[Parsed[int]]:
    """``다음 날``, ``이틀 뒤``, ``연휴`` after a day: how many days later is meant."""
    folded, onward = text.folded, text.skip(at)
    shifts = [*_BESIDE.at(folded, onward), *_BREAK.at(folded, onward)]
    for (count, unit), end in spans_of_time(text, onward, setting):
        later = LATER.first(folded, text.skip(end))
        if later is not None and unit in ("day", "week") and count < 1000:
            shifts.append(Parsed(count * (7 if unit == "week" else 1) * later.value, later.end))
    return shifts


def _by_the_moon(text: Text, at: int) -> Iterator[Parsed[holidays.Day]]:
    """``음력 설``, ``음력 보름``'s like: a day whose calendar goes without saying."""
    lunar = _LUNAR.first(text.folded, at)
    if lunar is not None:
        onward = text.skip(lunar.end)
        yield from (*NAMES.at(text.folded, onward), *SHORT_NAMES.at(text.folded, onward))


def _lunar_day(text: Text, at: int, setting: Setting) -> Iterator[Parsed[holidays.Day]]:
    """``음력 8월 15일``."""
    lunar = _LUNAR.first(text.folded, at)
    if lunar is None:
        return
    for month, end in month_number(text, text.skip(lunar.end), setting):
        for day, stop in day_of_month(text, text.skip(end), setting):
            if day <= 30:
                yield Parsed(holidays.lunar(month, day), stop)


def _day_only(text: Text, at: int, setting: Setting) -> Iterator[Date]:
    """``15일``, ``이십오일``, ``말일``: the next such day of a month."""
    folded = text.folded
    last = _MONTH_END.first(folded, at)
    if last is not None:
        yield Parsed(calendar.month_end(setting.today), last.end)
    for day, stop in day_of_month(text, at, setting):
        onward = text.skip(stop)
        if LATER.first(folded, onward) is not None or folded.startswith(_LASTING, onward):
            continue
        if folded[:at].rstrip().endswith("월"):
            continue  # what is left of 2월 30일
        if len(folded[at:stop].replace(" ", "")) < 3 and not folded[at].isdecimal():
            continue  # 이일, 사일: too short to be sure
        date = calendar.day_of_month(setting.today, day)
        if date is not None:
            yield Parsed(date, weekday_tail(text, stop))


def _offset(text: Text, at: int, setting: Setting) -> Iterator[Date]:
    """``3일 뒤``, ``이 주 후``, ``한 달 전``, ``보름 뒤``, ``3주 뒤 금요일``."""
    if not LATER.may_stand_in(text.folded):
        return
    today = setting.today
    for (count, unit), end in spans_of_time(text, at, setting):
        later = LATER.first(text.folded, text.skip(end))
        if later is None or abs(count) >= 100_000:
            continue
        moved = count * later.value
        day = WEEKDAYS.first(text.folded, text.skip(later.end)) if unit == "week" else None
        if day is not None and count < 1000:
            yield Parsed(calendar.weekday_of_week(today, day.value, moved), day.end)
        if unit == "month" and (first := calendar.add_months(today.replace(day=1), moved)):
            yield from _in_month(text, later.end, setting, first.year, first.month)
        same = _SAME_DAY.first(text.folded, text.skip(later.end)) if unit != "day" else None
        yield from _dated(calendar.shift(today, moved, unit), same.end if same else later.end)
