"""Korean dates: 내일 모레, 다음 주 금요일, 3월 셋째 주, 삼월 십오일, 열흘 후, 보름 뒤."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import NamedTuple

from daehwa.nlu.languages import calendar, digits, holidays
from daehwa.nlu.languages.ko.holidays import NAMES, SHORT_NAMES
from daehwa.nlu.languages.ko.numbers import numerals, read_out, sino
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.suffixes import ends_well
from daehwa.nlu.languages.text import Text

Date = Parsed[dt.date]
_Anchor = int | Callable[[holidays.Day, dt.date], dt.date | None]


class _SpanOfTime(NamedTuple):
    """So many of a unit of the calendar."""

    amount: int
    unit: calendar.Unit


_DAYS = Lexicon(
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
_HALF_YEAR = Lexicon({"반년": 6})
_SAME_DAY = Lexicon({"이맘때": 0, "이맘때쯤": 0, "오늘": 0, "이날": 0})
_FROM = Lexicon({"부터": 0, "로부터": 0, "으로부터": 0, "에서": 0, "기준": 0, "기준으로": 0})
_ONE_WEEK = Lexicon({"일주일": 0})
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
        "내": 1, "차": 1, "다다음": 2, "다음다음": 2, "다담": 2, "지난": -1, "저번": -1,
        "지지난": -2,
        "저저번": -2,
        "작": -1, "전": -1,
    }
)  # fmt: skip
_NAMED_PERIODS: Lexicon[tuple[int, calendar.Unit]] = Lexicon(
    {
        "내년": (1, "year"), "올해": (0, "year"), "금년": (0, "year"), "작년": (-1, "year"),
        "지난해": (-1, "year"), "재작년": (-2, "year"), "내후년": (2, "year"), "이달": (0, "month"),
        "내달": (1, "month"), "금주": (0, "week"), "차주": (1, "week"), "주말": (0, "weekend"),
        "이번 달": (0, "month"), "다음 달": (1, "month"), "지난 달": (-1, "month"),
        "저번 달": (-1, "month"), "다다음 달": (2, "month"), "이번 주": (0, "week"),
        "다음 주": (1, "week"), "다다음 주": (2, "week"), "다음다음 주": (2, "week"),
        "다음 다음 주": (2, "week"), "다음다음 달": (2, "month"), "다음 다음 달": (2, "month"),
        "다음다음 날": (2, "day"), "지지난 달": (-2, "month"), "저저번 주": (-2, "week"),
        "지난 주": (-1, "week"),
        "저번 주": (-1, "week"), "지지난 주": (-2, "week"), "담주": (1, "week"),
        "다담주": (2, "week"), "다음 해": (1, "year"), "이번 주말": (0, "weekend"),
        "다음 주말": (1, "weekend"), "다다음 주말": (2, "weekend"), "담 주말": (1, "weekend"),
        "저번 주말": (-1, "weekend"), "지지난 주말": (-2, "weekend"), "지난 주말": (-1, "weekend"),
        "돌아오는 주말": (0, "weekend"),
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
_BREAK = Lexicon({"연휴": -1})
# Months whose numeral changes its sound: 유월, 시월.
_SPOKEN_MONTHS = Lexicon(
    {"유월": 6, "시월": 10, "십이월": 12, "십일월": 11, "동짓달": 11, "섣달": 12}
)


_WEEK = Lexicon({"주": 0})
_COUNTED_WEEK = Lexicon({"주차": 0})
_OF = "의 "
_ALSO = "도"
_LUNAR = Lexicon({"음력": 0})
_MONTH_END = Lexicon({"말일": 0, "월말": 0})
# Behind a day's number these make a span of it: 15일간.
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
    for (count, unit), end in _spans(text, begin, setting):
        later = _LATER.first(text.folded, text.skip(end))
        if later is not None and unit in ("day", "week") and count < 1000:
            shifts.append(Parsed(count * (7 if unit == "week" else 1) * later.value, later.end))
    furthest = max(shifts, key=lambda shift: shift.end, default=None)
    moved = furthest and calendar.shift(date.value, furthest.value, "day")
    return Parsed(moved, furthest.end) if furthest and moved else date


def _dated(day: dt.date | None, end: int) -> Iterator[Date]:
    """A date where there is such a day."""
    if day is not None:
        yield Parsed(day, end)


def _numbers(text: Text, at: int, setting: Setting) -> Iterator[Parsed[int]]:
    for value, end in sino(text, at, setting):
        if value == int(value) and 0 < value < 10_000:
            yield Parsed(int(value), end)


def _unit(text: Text, at: int, unit: str) -> int | None:
    """Where a unit that stands at ``at``, a space before it or not, ends."""
    place = text.skip(at)
    end = text.past(place, unit)
    return None if end == place else end


def _day(text: Text, at: int, setting: Setting) -> Iterator[Parsed[int]]:
    """``십오일``, ``15 일``: days of the month."""
    for value, end in _numbers(text, at, setting):
        stop = _unit(text, end, "일")
        if stop is not None and value <= 31:
            yield Parsed(value, stop)


def _month(text: Text, at: int, setting: Setting) -> Iterator[Parsed[int]]:
    """``삼월``, ``12 월``, ``유월``."""
    yield from _SPOKEN_MONTHS.at(text.folded, at)
    for value, end in _numbers(text, at, setting):
        stop = _unit(text, end, "월")
        if stop is not None and value <= 12:
            yield Parsed(value, stop)


def _weekday_tail(text: Text, at: int) -> int:
    """Where a weekday that only repeats the date ends: 3월 3일 금요일, 3월 3일(금)."""
    folded = text.folded
    place = text.skip(at)
    day = _WEEKDAYS.first(folded, place)
    if day is not None:
        return day.end
    inner = text.past(place, "(")
    close = folded.find(")", inner)
    if inner == place or close < 0:
        return at
    day = _SHORT_WEEKDAYS.first(folded, inner)
    return close + 1 if day is not None and close - inner <= len("금요일") else at


def _years(text: Text, at: int, setting: Setting) -> list[Parsed[int]]:
    """``2027년``, ``26년``, ``이천이십칠년``, ``이공이칠년``, ``내년``."""
    years: list[Parsed[int]] = []
    for value, end in _numbers(text, at, setting):
        stop = _unit(text, end, "년")
        if stop is not None and (value >= 1000 or 10 <= value <= 99):
            years.append(Parsed(calendar.full_year(value), stop))
    if not years:
        spoken = read_out(text, at)
        stop = None if spoken is None else _unit(text, spoken.end, "년")
        if spoken and stop and len(spoken.value) == 4 and not spoken.value.startswith("0"):
            years.append(Parsed(int(spoken.value), stop))
    for (which, unit), end in _NAMED_PERIODS.at(text.folded, at):
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
        if text.folded[at].isdecimal() and year >= 1900:
            yield from _dated(calendar.valid(year, 1, 1), end)


def _month_first(text: Text, at: int, setting: Setting) -> Iterator[Date]:
    yield from _months(text, at, setting, None)
    for (which, unit), end in _NAMED_PERIODS.at(text.folded, at):
        if unit == "month":
            first = calendar.add_months(setting.today.replace(day=1), which)
            if first is not None:
                yield from _in_month(text, end, setting, first.year, first.month)


def _months(text: Text, at: int, setting: Setting, year: int | None) -> Iterator[Date]:
    folded, today = text.folded, setting.today
    for month, end in list(_month(text, at, setting)):
        for day, stop in _day(text, text.skip(end), setting):
            date = calendar.month_day(today, month, day, year)
            if date is not None:
                yield Parsed(date, _weekday_tail(text, stop))
        if next(iter(_day(text, text.skip(end), setting)), None) is not None:
            continue  # 2월 30일 is no day, and not the first of February either
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
    place = text.skip(at)
    if year is not None:
        for day, stop in _day(text, place, setting):
            date = calendar.valid(year, month, day)
            if date is not None:
                yield Parsed(date, _weekday_tail(text, stop))
    for nth, end in (*_NTH.at(folded, place), *_counted_week(text, place, setting)):
        onward = text.skip(end)
        week = _WEEK.first(folded, onward)
        weekday = _WEEKDAYS.first(folded, onward if week is None else text.skip(week.end))
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
    for value, end in _numbers(text, at, setting):
        if value <= 5 and _COUNTED_WEEK.first(text.folded, end):
            yield Parsed(value, end)


def _nth_week(year: int, month: int, nth: int) -> dt.date | None:
    if nth > 0:
        return calendar.week_of_month(year, month, nth)
    return calendar.week_of_month(year, month, 5) or calendar.week_of_month(year, month, 4)


def _week_first(text: Text, at: int, setting: Setting) -> Iterator[Date]:
    """``다음 주 금요일``, ``이번 금요일``, ``금요일``, ``다음 주 금``."""
    folded, today = text.folded, setting.today
    for (which, unit), end in _NAMED_PERIODS.at(folded, at):
        if unit == "week":
            place = text.past(text.skip(end), _OF)
            day = _WEEKDAYS.first(folded, place) or _alone(text, place)
            if day is not None:
                yield Parsed(calendar.weekday_of_week(today, day.value, which), day.end)
    for which, end in _WHICH.at(folded, at):
        day = _WEEKDAYS.first(folded, text.skip(end))
        if day is not None and (folded[end : end + 1] == " " or end - at > 1):
            date = (
                calendar.weekday(today, day.value, 1, which - 1)
                if which > 1
                else calendar.weekday(today, day.value, which)
            )
            yield Parsed(date, day.end)
    day = _WEEKDAYS.first(folded, at)
    if day is not None:
        yield Parsed(calendar.weekday(today, day.value, None), day.end)


def _alone(text: Text, at: int) -> Parsed[int] | None:
    """A weekday's first syllable on its own: 다음 주 금."""
    day = _SHORT_WEEKDAYS.first(text.folded, at)
    return day if day and text.word_end(at) == day.end else None


def _named(text: Text, at: int, setting: Setting) -> Iterator[Date]:
    """``내일``, ``다음 달``, ``올해 말``."""
    folded, today = text.folded, setting.today
    for days, end in _DAYS.at(folded, at):
        yield from _dated(calendar.shift(today, days, "day"), end)
    for (which, unit), end in _NAMED_PERIODS.at(folded, at):
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
        yield from _dated(calendar.period(today, which, unit), end)


def _holiday(text: Text, at: int, setting: Setting) -> Iterator[Date]:
    """``추석``, ``내년 설날``, ``지난 추석``, ``설날 다음 날``, ``추석 연휴``."""
    today = setting.today
    for year, begin in _anchors(text, at, setting):
        named = [*NAMES.at(text.folded, begin), *_lunar_day(text, begin, setting)]
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
    for (which, unit), end in _NAMED_PERIODS.at(folded, at):
        if unit == "year":
            yield Parsed(setting.today.year + which, text.skip(end))
    for value, end in _numbers(text, at, setting):
        stop = _unit(text, end, "년")
        if stop is not None and value >= 1000:
            yield Parsed(value, text.skip(stop))
    for which, end in _WHICH.at(folded, at):
        yield Parsed(holidays.past if which < 0 else holidays.coming, text.skip(end))


def _beside(text: Text, at: int, setting: Setting) -> list[Parsed[int]]:
    """``다음 날``, ``이틀 뒤``, ``연휴`` after a day: how many days later is meant."""
    folded, onward = text.folded, text.skip(at)
    shifts = [*_BESIDE.at(folded, onward), *_BREAK.at(folded, onward)]
    for (count, unit), end in _spans(text, onward, setting):
        later = _LATER.first(folded, text.skip(end))
        if later is not None and unit in ("day", "week") and count < 1000:
            shifts.append(Parsed(count * (7 if unit == "week" else 1) * later.value, later.end))
    return shifts


def _lunar_day(text: Text, at: int, setting: Setting) -> Iterator[Parsed[holidays.Day]]:
    """``음력 8월 15일``."""
    lunar = _LUNAR.first(text.folded, at)
    if lunar is None:
        return
    for month, end in _month(text, text.skip(lunar.end), setting):
        for day, stop in _day(text, text.skip(end), setting):
            if day <= 30:
                yield Parsed(holidays.lunar(month, day), stop)


def _day_only(text: Text, at: int, setting: Setting) -> Iterator[Date]:
    """``15일``, ``이십오일``, ``말일``: the next such day of a month."""
    folded = text.folded
    last = _MONTH_END.first(folded, at)
    if last is not None:
        yield Parsed(calendar.month_end(setting.today), last.end)
    for day, stop in _day(text, at, setting):
        onward = text.skip(stop)
        if _LATER.first(folded, onward) is not None or folded.startswith(_LASTING, onward):
            continue
        if folded[:at].rstrip().endswith("월"):
            continue  # what is left of 2월 30일
        if len(folded[at:stop].replace(" ", "")) < 3 and not folded[at].isdecimal():
            continue  # 이일, 사일: too short to be sure
        date = calendar.day_of_month(setting.today, day)
        if date is not None:
            yield Parsed(date, _weekday_tail(text, stop))


def _offset(text: Text, at: int, setting: Setting) -> Iterator[Date]:
    """``3일 뒤``, ``이 주 후``, ``한 달 전``, ``보름 뒤``, ``3주 뒤 금요일``."""
    today = setting.today
    for (count, unit), end in _spans(text, at, setting):
        later = _LATER.first(text.folded, text.skip(end))
        if later is None or abs(count) >= 100_000:
            continue
        moved = count * later.value
        day = _WEEKDAYS.first(text.folded, text.skip(later.end)) if unit == "week" else None
        if day is not None and count < 1000:
            yield Parsed(calendar.weekday_of_week(today, day.value, moved), day.end)
        yield from _dated(calendar.shift(today, moved, unit), later.end)


def _spans(text: Text, at: int, setting: Setting) -> list[Parsed[_SpanOfTime]]:
    """``3일``, ``이 주``, ``한 달``, ``보름``: an amount of a unit."""
    folded = text.folded
    spans = [Parsed(_SpanOfTime(days, "day"), end) for days, end in _SPANS.at(folded, at)]
    for value, end in numerals(text, at, setting):
        if value == int(value):
            spans.extend(
                Parsed(_SpanOfTime(int(value), unit), stop)
                for unit, stop in _UNITS.at(folded, text.skip(end))
            )
    spans.extend(
        Parsed(_SpanOfTime(months, "month"), end) for months, end in _HALF_YEAR.at(folded, at)
    )
    spans.extend(Parsed(_SpanOfTime(1, "week"), end) for _, end in _ONE_WEEK.at(folded, at))
    return spans
