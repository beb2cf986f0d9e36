"""The words of Korean dates: days, weekdays, months, units and spans of time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from daehwa.nlu.languages import calendar
from daehwa.nlu.languages.ko.numerals import numerals, sino
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text


class SpanOfTime(NamedTuple):
    """So many of a unit of the calendar."""

    amount: int
    unit: calendar.Unit


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
    "아흐레": 9, "열흘": 10, "열하루": 11, "열이틀": 12, "열사흘": 13, "열나흘": 14,
    "열닷새": 15, "열엿새": 16, "열이레": 17, "열여드레": 18, "열아흐레": 19, "보름": 15,
    "스무날": 20, "그믐": 30,
}  # fmt: skip
DAY_SPANS |= {f"스무{name}": 20 + day for name, day in list(DAY_SPANS.items())[:9]}
# What they are called as days of a month: 열하룻날, 스무이튿날.
_DAY_NAMES = {
    "하루": "하룻날", "이틀": "이튿날", "사흘": "사흗날", "나흘": "나흗날", "닷새": "닷샛날",
    "엿새": "엿샛날", "이레": "이렛날", "여드레": "여드렛날", "아흐레": "아흐렛날",
}  # fmt: skip
_SPANS = Lexicon(DAY_SPANS)
_NATIVE_ENDS = "한두세네석넉섯곱덟홉열물"
_HALF_YEAR = Lexicon({"반년": 6})
_ONE_WEEK = Lexicon({"일주일": 0})
WEEKDAYS = Lexicon(
    {
        f"{char}{tail}": day
        for day, char in enumerate("월화수목금토일")
        for tail in ("요일", "욜", "요일날")
    }
)
SHORT_WEEKDAYS = Lexicon({char: day for day, char in enumerate("월화수목금토일")})
WHICH = Lexicon(
    {
        "이번": 0, "요번": 0, "금": 0, "이": 0, "다음": 1, "담": 1, "돌아오는": 0, "오는": 0,
        "다가오는": 0,
        "내": 1, "차": 1, "다다음": 2, "다음다음": 2, "다담": 2, "지난": -1, "저번": -1,
        "지지난": -2,
        "저저번": -2,
        "작": -1, "전": -1,
    }
)  # fmt: skip
NAMED_PERIODS: Lexicon[tuple[int, calendar.Unit]] = Lexicon(
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
        "담주 주말": (1, "weekend"), "다담주 주말": (2, "weekend"), "차주 주말": (1, "weekend"),
        "다다음 주 주말": (2, "weekend"), "지난 주 주말": (-1, "weekend"),
        "저번 주 주말": (-1, "weekend"), "금주 주말": (0, "weekend"),
        "저번 주": (-1, "week"), "지지난 주": (-2, "week"), "담주": (1, "week"),
        "다담주": (2, "week"), "다음 해": (1, "year"), "이번 주말": (0, "weekend"),
        "다음 주말": (1, "weekend"), "다다음 주말": (2, "weekend"), "담 주말": (1, "weekend"),
        "저번 주말": (-1, "weekend"), "지지난 주말": (-2, "weekend"), "지난 주말": (-1, "weekend"),
        "돌아오는 주말": (0, "weekend"), "요번 주": (0, "week"), "요번 달": (0, "month"),
        "요번 주말": (0, "weekend"), "저저번 달": (-2, "month"), "지지난해": (-2, "year"),
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
LATER = Lexicon(
    {
        "후": 1, "뒤": 1, "이후": 1, "있다가": 1, "이따가": 1, "이따": 1, "지나서": 1, "전": -1,
        "이전": -1,
    }
)  # fmt: skip
# Months whose numeral changes its sound: 유월, 시월.
_SPOKEN_MONTHS = Lexicon(
    {
        "유월": 6, "시월": 10, "유 월": 6, "시 월": 10, "십이월": 12, "십일월": 11, "동짓달": 11,
        "섣달": 12, "정월": 1,
    }
)  # fmt: skip


def small_numbers(text: Text, at: int, setting: Setting) -> Iterator[Parsed[int]]:
    """Sino-Korean numerals and digits up to 9999."""
    for value, end in sino(text, at, setting):
        if value == int(value) and 0 < value < 10_000:
            yield Parsed(int(value), end)


# Days of a month by their native names: 초이틀, 열사흗날's short form 열사흘, 보름, 스무날.
_NATIVE_DAYS = Lexicon(
    {
        **{f"초{name}": day for name, day in DAY_SPANS.items() if day <= 10},
        **{name: day for name, day in DAY_SPANS.items() if day >= 10 and name != "그믐"},
        **{
            f"{tens}{name}": before + DAY_SPANS[span]
            for tens, before in (("초", 0), ("열", 10), ("스무", 20))
            for span, name in _DAY_NAMES.items()
        },
        "보름날": 15,
    }
)  # fmt: skip


def end_of_unit(text: Text, at: int, unit: str) -> int | None:
    """Where a unit that stands at ``at``, a space before it or not, ends."""
    place = text.skip(at)
    end = text.past(place, unit)
    return None if end == place else end


def day_of_month(text: Text, at: int, setting: Setting) -> Iterator[Parsed[int]]:
    """``십오일``, ``15 일``, ``초이틀``, ``보름``: days of the month."""
    yield from _NATIVE_DAYS.at(text.folded, at)
    for value, end in small_numbers(text, at, setting):
        stop = end_of_unit(text, end, "일")
        if stop is not None and value <= 31:
            yield Parsed(value, stop)


def month_number(text: Text, at: int, setting: Setting) -> Iterator[Parsed[int]]:
    """``삼월``, ``12 월``, ``유월``."""
    yield from _SPOKEN_MONTHS.at(text.folded, at)
    for value, end in small_numbers(text, at, setting):
        stop = end_of_unit(text, end, "월")
        if stop is not None and value <= 12:
            yield Parsed(value, stop)


def weekday_tail(text: Text, at: int) -> int:
    """Where a weekday that only repeats the date ends: 3월 3일 금요일, 3월 3일(금)."""
    folded = text.folded
    place = text.skip(at)
    day = WEEKDAYS.first(folded, place)
    if day is not None:
        return day.end
    inner = text.past(place, "(")
    close = folded.find(")", inner)
    if inner == place or close < 0:
        return at
    day = SHORT_WEEKDAYS.first(folded, inner)
    return close + 1 if day is not None and close - inner <= len("금요일") else at


def counts_no_days(folded: str, end: int, stop: int) -> bool:
    """Whether 일 after a native numeral is not a unit but another word: 세일, 네일, 한일."""
    return folded[end:stop].strip() in ("일", "일간") and folded[end - 1] in _NATIVE_ENDS


def spans_of_time(text: Text, at: int, setting: Setting) -> list[Parsed[SpanOfTime]]:
    """``3일``, ``이 주``, ``한 달``, ``보름``: an amount of a unit."""
    folded = text.folded
    spans = [Parsed(SpanOfTime(days, "day"), end) for days, end in _SPANS.at(folded, at)]
    for value, end in numerals(text, at, setting):
        if value == int(value):
            spans.extend(
                Parsed(SpanOfTime(int(value), unit), stop)
                for unit, stop in _UNITS.at(folded, text.skip(end))
                if not counts_no_days(folded, end, stop)
            )
    spans.extend(
        Parsed(SpanOfTime(months, "month"), end) for months, end in _HALF_YEAR.at(folded, at)
    )
    spans.extend(Parsed(SpanOfTime(1, "week"), end) for _, end in _ONE_WEEK.at(folded, at))
    return spans
