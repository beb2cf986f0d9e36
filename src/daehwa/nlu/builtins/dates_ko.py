"""Korean dates: 내일 모레, 다음 주 금요일, 3월 셋째 주, 삼월 십오일, 열흘 후, 보름 뒤."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from daehwa.nlu.builtins import calendar, holidays, numbers_ko
from daehwa.nlu.builtins.found import Setting
from daehwa.nlu.builtins.lexicon import Lexicon
from daehwa.nlu.builtins.text import Text

Dated = tuple[dt.date, int]

DAYS = Lexicon(
    {
        "오늘": 0, "금일": 0, "지금": 0, "당일": 0, "오늘밤": 0, "내일": 1, "낼": 1, "명일": 1,
        "익일": 1,
        "모레": 2, "낼모레": 2, "낼 모레": 2, "내일 모레": 2, "모래": 2, "내일 모래": 2, "글피": 3,
        "그글피": 4, "어제": -1, "어저께": -1, "작일": -1, "엊그제": -2, "그제": -2, "그저께": -2,
        "그끄저께": -3, "그끄제": -3, "다음 날": 1, "내일 밤": 1, "어젯밤": -1,
    }
)  # fmt: skip
# Native names of spans of days; with 후, 뒤 or 전 they name a day.
DAY_SPANS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8,
    "아흐레": 9, "열흘": 10, "열하루": 11, "열이틀": 12, "보름": 15, "스무날": 20, "그믐": 30,
}  # fmt: skip
_SPANS = Lexicon(DAY_SPANS)
_WEEKDAYS = Lexicon(
    {
        f"{char}{tail}": day
        for day, char in enumerate("월화수목금토일")
        for tail in ("요일", "욜", "요일날")
    }
)
_SHORT_WEEKDAYS = Lexicon({char: day for day, char in enumerate("월화수목금토일")})
_WHICH = Lexicon(
    {
        "이번": 0, "요번": 0, "금": 0, "이": 0, "다음": 1, "담": 1, "돌아오는": 0, "오는": 0,
        "다가오는": 0,
        "내": 1, "차": 1, "다다음": 2, "다담": 2, "지난": -1, "저번": -1, "지지난": -2,
        "저저번": -2,
        "작": -1, "전": -1,
    }
)  # fmt: skip
_PERIODS: Lexicon[calendar.Unit] = Lexicon(
    {"주말": "weekend", "주": "week", "달": "month", "월": "month", "해": "year", "년": "year"}
)
_NAMED_PERIODS: Lexicon[tuple[int, calendar.Unit]] = Lexicon(
    {
        "내년": (1, "year"), "올해": (0, "year"), "금년": (0, "year"), "작년": (-1, "year"),
        "지난해": (-1, "year"), "재작년": (-2, "year"), "내후년": (2, "year"), "이달": (0, "month"),
        "내달": (1, "month"), "금주": (0, "week"), "차주": (1, "week"), "주말": (0, "weekend"),
        "이번 달": (0, "month"), "다음 달": (1, "month"), "지난 달": (-1, "month"),
        "저번 달": (-1, "month"), "다다음 달": (2, "month"), "이번 주": (0, "week"),
        "다음 주": (1, "week"), "다다음 주": (2, "week"), "지난 주": (-1, "week"),
        "저번 주": (-1, "week"), "지지난 주": (-2, "week"), "담주": (1, "week"),
        "다담주": (2, "week"), "다음 해": (1, "year"), "이번 주말": (0, "weekend"),
        "다음 주말": (1, "weekend"), "지난 주말": (-1, "weekend"), "돌아오는 주말": (0, "weekend"),
        "다음 주 주말": (1, "weekend"), "이번 주 주말": (0, "weekend"), "담달": (1, "month"),
        "전주": (-1, "week"), "전월": (-1, "month"), "익월": (1, "month"), "올 해": (0, "year"),
    }
)  # fmt: skip
_UNITS: Lexicon[calendar.Unit] = Lexicon(
    {
        "일": "day", "날": "day", "주일": "week", "주": "week", "주간": "week", "달": "month",
        "개월": "month", "년": "year", "해": "year",
    }
)  # fmt: skip
_LATER = Lexicon(
    {
        "후": 1, "뒤": 1, "이후": 1, "있다가": 1, "이따가": 1, "지나서": 1, "전": -1, "이전": -1,
    }
)  # fmt: skip
_NTH = Lexicon(
    {
        "첫": 1, "첫째": 1, "첫 번째": 1, "첫번째": 1, "둘째": 2, "두 번째": 2, "셋째": 3,
        "세째": 3,
        "세 번째": 3, "넷째": 4, "네째": 4, "네 번째": 4, "다섯째": 5, "다섯 번째": 5, "마지막": -1,
        "1째": 1, "2째": 2, "3째": 3, "4째": 4,
    }
)  # fmt: skip
_EDGES = Lexicon(
    {"말": -1, "초": 1, "말일": -1, "마지막 날": -1, "첫날": 1, "중순": 15, "하순": 21}
)
# Days beside a named one; its holidays begin the day before it.
_BESIDE = Lexicon(
    {"다음 날": 1, "담날": 1, "이튿날": 1, "다다음 날": 2, "전날": -1, "전전날": -2, "당일": 0}
)
_BREAK = Lexicon({"연휴": None})
# Months whose numeral changes its sound: 유월, 시월.
_SPOKEN_MONTHS = Lexicon(
    {"유월": 6, "시월": 10, "십이월": 12, "십일월": 11, "동짓달": 11, "섣달": 12}
)


def at(text: Text, start: int, setting: Setting) -> Iterator[Dated]:
    """The dates that begin at ``start``; the first that ends well is meant."""
    for rule in (
        _holiday, _year_first, _month_first, _week_first, _named, _day_only, _offset,
    ):  # fmt: skip
        yield from rule(text, start, setting)


def _numbers(text: Text, at: int) -> Iterator[tuple[int, int]]:
    for value, end in numbers_ko.sino(text, at):
        if value == int(value) and 0 < value < 10_000:
            yield int(value), end


def _unit(text: Text, at: int, unit: str) -> int | None:
    place = text.skip(at)
    return place + len(unit) if text.folded.startswith(unit, place) else None


def _day(text: Text, at: int) -> Iterator[tuple[int, int]]:
    """``십오일``, ``15 일``: days of the month."""
    for value, end in _numbers(text, at):
        stop = _unit(text, end, "일")
        if stop is not None and value <= 31:
            yield value, stop


def _weekday_tail(text: Text, at: int) -> int:
    """Where a weekday that only repeats the date ends: 3월 3일 금요일, 3월 3일(금)."""
    place = text.skip(at)
    day = _WEEKDAYS.first(text.folded, place)
    if day is not None:
        return day[1]
    if text.folded.startswith("(", place) and (close := text.folded.find(")", place)) > 0:
        inner = text.folded[place + 1 : close]
        if inner and inner[0] in "월화수목금토일" and len(inner) <= 3:
            return close + 1
    return at


def _year_first(text: Text, at: int, setting: Setting) -> Iterator[Dated]:
    """``2027년 3월 15일``, ``내년 3월``, ``이천이십칠년``."""
    folded = text.folded
    years: list[tuple[int, int]] = []
    for value, end in _numbers(text, at):
        stop = _unit(text, end, "년")
        if stop is not None and (value >= 1000 or (10 <= value <= 99)):
            years.append((calendar.full_year(value), stop))
    if not years:
        read = numbers_ko.read_out(text, at)
        if (
            read is not None
            and len(read[0]) == 4
            and read[0][0] != "0"
            and (stop := _unit(text, read[1], "년"))
        ):
            years.append((int(read[0]), stop))
    for (which, unit), end in _NAMED_PERIODS.at(folded, at):
        if unit == "year":
            years.append((setting.today.year + which, end))
    for year, end in years:
        onward = text.skip(end + 1 if folded.startswith("도", end) else end)
        yield from _months(text, onward, setting, year)
        found = calendar.valid(year, 1, 1)
        if found is not None and folded[at].isdecimal() and year >= 1900:
            yield found, end


def _month_first(text: Text, at: int, setting: Setting) -> Iterator[Dated]:
    yield from _months(text, at, setting, None)
    for (which, unit), end in _NAMED_PERIODS.at(text.folded, at):
        if unit != "month":
            continue
        first = calendar.add_months(setting.today.replace(day=1), which)
        if first is None:
            continue
        yield from _in_month(text, end, setting, first.year, first.month)


def _months(text: Text, at: int, setting: Setting, year: int | None) -> Iterator[Dated]:
    folded = text.folded
    months = list(_SPOKEN_MONTHS.at(folded, at))
    for value, end in _numbers(text, at):
        stop = _unit(text, end, "월")
        if stop is not None and value <= 12:
            months.append((value, stop))
    for month, end in months:
        for day, stop in _day(text, text.skip(end)):
            found = calendar.month_day(setting.today, month, day, year)
            if found is not None:
                yield found, _weekday_tail(text, stop)
        # "3월 15": the day without its 일, in digits only.
        place = text.skip(end)
        bare = place
        while bare < len(folded) and folded[bare].isdecimal():
            bare += 1
        if (
            bare > place
            and bare - place < 3
            and not folded.startswith(("시", "분", ":"), text.skip(bare))
        ):
            found = calendar.month_day(setting.today, month, int(folded[place:bare]), year)
            if found is not None:
                yield found, bare
        yield from _in_month(text, end, setting, year, month)
        found = calendar.month_day(setting.today.replace(day=1), month, 1, year)
        if found is not None:
            yield found, end


def _in_month(
    text: Text, at: int, setting: Setting, year: int | None, month: int
) -> Iterator[Dated]:
    """What follows a month: a day, an nth week or weekday, its beginning or end."""
    folded = text.folded
    years = (setting.today.year, setting.today.year + 1) if year is None else (year,)
    place = text.skip(at)
    if year is not None:
        for day, stop in _day(text, place):
            found = calendar.valid(year, month, day)
            if found is not None:
                yield found, _weekday_tail(text, stop)
    for nth, end in (*_NTH.at(folded, place), *_counted_week(text, place)):
        onward = text.skip(end)
        if folded.startswith("주", onward):
            weekday = _WEEKDAYS.first(folded, text.skip(onward + 1))
            stop = weekday[1] if weekday else onward + 1
        else:
            weekday = _WEEKDAYS.first(folded, onward)
            if weekday is None:
                continue
            stop = weekday[1]
        for number in years:
            found = (
                calendar.nth_weekday(number, month, nth, weekday[0])
                if weekday
                else _nth_week(number, month, nth)
            )
            if found is not None and (year is not None or found >= setting.today):
                yield found, stop
                break
    for edge, end in _EDGES.at(folded, place):
        for number in years:
            first = dt.date(number, month, 1)
            found = calendar.month_end(first) if edge < 0 else first.replace(day=edge)
            if year is not None or calendar.month_end(first) >= setting.today:
                yield found, end
                break


def _counted_week(text: Text, at: int) -> Iterator[tuple[int, int]]:
    """``3주차``: the week's number without 째."""
    for value, end in _numbers(text, at):
        if value <= 5 and text.folded.startswith("주차", end):
            yield value, end


def _nth_week(year: int, month: int, nth: int) -> dt.date | None:
    if nth > 0:
        return calendar.week_of_month(year, month, nth)
    return calendar.week_of_month(year, month, 5) or calendar.week_of_month(year, month, 4)


def _week_first(text: Text, at: int, setting: Setting) -> Iterator[Dated]:
    """``다음 주 금요일``, ``이번 금요일``, ``금요일``, ``다음 주 금``."""
    folded = text.folded
    for (which, unit), end in _NAMED_PERIODS.at(folded, at):
        if unit != "week":
            continue
        place = text.skip(end)
        if folded.startswith("의 ", place):
            place += 2
        day = _WEEKDAYS.first(folded, place) or _alone(text, place)
        if day is not None:
            yield calendar.weekday_of_week(setting.today, day[0], which), day[1]
    for which, end in _WHICH.at(folded, at):
        day = _WEEKDAYS.first(folded, text.skip(end))
        if day is not None and (text.folded[end : end + 1] == " " or end - at > 1):
            if which > 1:
                yield calendar.weekday(setting.today, day[0], 1, which - 1), day[1]
            else:
                yield calendar.weekday(setting.today, day[0], which), day[1]
    day = _WEEKDAYS.first(folded, at)
    if day is not None:
        yield calendar.weekday(setting.today, day[0], None), day[1]


def _alone(text: Text, at: int) -> tuple[int, int] | None:
    """A weekday's first syllable on its own: 다음 주 금."""
    day = _SHORT_WEEKDAYS.first(text.folded, at)
    return day if day and text.word_end(at) == day[1] else None


def _named(text: Text, at: int, setting: Setting) -> Iterator[Dated]:
    folded = text.folded
    for days, end in DAYS.at(folded, at):
        found = calendar.shift(setting.today, days, "day")
        if found is not None:
            yield found, end
    for (which, unit), end in _NAMED_PERIODS.at(folded, at):
        for edge, stop in _EDGES.at(folded, text.skip(end)):
            if unit in ("week", "weekend") or edge > 1:
                continue
            moved = calendar.shift(setting.today, which, unit)
            if moved is None:
                continue
            first = moved.replace(day=1) if unit == "month" else moved.replace(month=1, day=1)
            if edge < 0:
                first = calendar.month_end(first if unit == "month" else first.replace(month=12))
            yield first, stop
        period = calendar.period(setting.today, which, unit)
        if period is not None:
            yield period, end


def _holiday(text: Text, at: int, setting: Setting) -> Iterator[Dated]:
    """``추석``, ``내년 설날``, ``지난 추석``, ``설날 다음 날``, ``추석 연휴``."""
    today = setting.today
    for year, begin in _anchors(text, at, setting):
        named = [*holidays.KOREAN.at(text.folded, begin), *_lunar_day(text, begin)]
        if begin > at or _beside(text, begin + 1):
            named += holidays.KOREAN_SHORT.at(text.folded, begin)
        for day, end in named:
            for shift, stop in (*_beside(text, end), (0, end)):
                moved = holidays.after(day, shift) if shift else day
                found = year(moved, today) if callable(year) else moved(year)
                if found is not None:
                    yield found, stop


def _anchors(
    text: Text, at: int, setting: Setting
) -> Iterator[tuple[int | Callable[[holidays.Day, dt.date], dt.date | None], int]]:
    """Which of a named day is meant: a year's, the coming or the last, with where it is named."""
    folded = text.folded
    yield holidays.coming, at
    for (which, unit), end in _NAMED_PERIODS.at(folded, at):
        if unit == "year":
            yield setting.today.year + which, text.skip(end)
    for value, end in _numbers(text, at):
        stop = _unit(text, end, "년")
        if stop is not None and value >= 1000:
            yield value, text.skip(stop)
    for which, end in _WHICH.at(folded, at):
        yield holidays.past if which < 0 else holidays.coming, text.skip(end)


def _beside(text: Text, at: int) -> list[tuple[int, int]]:
    """``다음 날``, ``이틀 뒤``, ``연휴`` after a day: how many days later is meant."""
    folded, onward = text.folded, text.skip(at)
    found = [*_BESIDE.at(folded, onward), *((-1, end) for _, end in _BREAK.at(folded, onward))]
    for count, unit, end in _spans(text, onward):
        later = _LATER.first(folded, text.skip(end))
        if later is not None and unit in ("day", "week") and count < 1000:
            found.append((count * (7 if unit == "week" else 1) * later[0], later[1]))
    return found


def _lunar_day(text: Text, at: int) -> Iterator[tuple[holidays.Day, int]]:
    """``음력 8월 15일``."""
    if not text.folded.startswith("음력", at):
        return
    months = list(_SPOKEN_MONTHS.at(text.folded, begin := text.skip(at + 2)))
    for value, end in _numbers(text, begin):
        stop = _unit(text, end, "월")
        if stop is not None and value <= 12:
            months.append((value, stop))
    for month, end in months:
        for day, stop in _day(text, text.skip(end)):
            if day <= 30:
                yield holidays.lunar(month, day), stop


def _day_only(text: Text, at: int, setting: Setting) -> Iterator[Dated]:
    """``15일``, ``이십오일``, ``말일``: the next such day of a month."""
    folded = text.folded
    if folded.startswith(("말일", "월말"), at):
        yield calendar.month_end(setting.today), at + 2
    for day, stop in _day(text, at):
        later = _LATER.first(folded, text.skip(stop))
        if later is not None or folded.startswith(("간", "동안"), text.skip(stop)):
            continue
        if len(folded[at:stop].replace(" ", "")) < 3 and not folded[at].isdecimal():
            continue  # 이일, 사일: too short to be sure
        found = calendar.day_of_month(setting.today, day)
        if found is not None:
            yield found, _weekday_tail(text, stop)


def _offset(text: Text, at: int, setting: Setting) -> Iterator[Dated]:
    """``3일 뒤``, ``이 주 후``, ``한 달 전``, ``보름 뒤``, ``3주 뒤 금요일``."""
    for count, unit, end in _spans(text, at):
        later = _LATER.first(text.folded, text.skip(end))
        if later is not None and abs(count) < 100_000:
            found = calendar.shift(setting.today, count * later[0], unit)
            day = _WEEKDAYS.first(text.folded, text.skip(later[1])) if unit == "week" else None
            if day is not None and count < 1000:
                yield calendar.weekday_of_week(setting.today, day[0], count * later[0]), day[1]
            if found is not None:
                yield found, later[1]


def _spans(text: Text, at: int) -> list[tuple[int, calendar.Unit, int]]:
    """``3일``, ``이 주``, ``한 달``, ``보름``: an amount, its unit, its end."""
    folded = text.folded
    spans: list[tuple[int, calendar.Unit, int]] = [
        (days, "day", end) for days, end in _SPANS.at(folded, at)
    ]
    counts = [(int(v), e) for v, e in numbers_ko.numerals(text, at) if v == int(v)]
    for count, end in counts:
        for unit, stop in _UNITS.at(folded, text.skip(end)):
            spans.append((count, unit, stop))
    if folded.startswith("일주일", at):
        spans.append((1, "week", at + 3))
    return spans
