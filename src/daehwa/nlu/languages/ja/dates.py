"""Japanese dates: 明後日, 来週の金曜日, 12月25日, 令和8年4月1日, 3日後, 来月5日."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from daehwa.nlu.languages import calendar, digits, han_numerals
from daehwa.nlu.languages.lexicon import Lexicon, meanings
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text

Date = Parsed[dt.date]

_DAYS: Final = Lexicon(
    meanings(
        {
            "今日|きょう|本日|ほんじつ|今晩|今夜|今朝|今夕|今すぐ": 0,
            "明日|あした|あす|明朝|明晩|みょうにち": 1,
            "明後日|あさって|明後日の朝": 2,
            "明々後日|明明後日|しあさって": 3,
            "昨日|きのう|昨夜|昨晩|ゆうべ": -1,
            "一昨日|おととい|おとつい": -2,
        }
    )
)
_WEEKDAY_NAMES: Final = {name: number for number, name in enumerate("月火水木金土日")}
_WEEKDAYS: Final = Lexicon(
    {
        f"{name}{tail}": number
        for name, number in _WEEKDAY_NAMES.items()
        for tail in ("曜日", "曜", "よう")
    }
    | {
        f"{name}{tail}": number
        for number, name in enumerate(("げつ", "か", "すい", "もく", "きん", "ど", "にち"))
        for tail in ("ようび",)
    }
)
_WEEKS: Final = Lexicon({"今週": 0, "来週": 1, "再来週": 2, "さ来週": 2, "先週": -1, "翌週": 1})
_WHICH: Final = Lexicon({"次の": 1, "今度の": 1, "つぎの": 1, "こんどの": 1, "この": 0, "前の": -1})
_MONTHS_AHEAD: Final = Lexicon({"今月": 0, "来月": 1, "再来月": 2, "先月": -1})
_YEARS_AHEAD: Final = Lexicon({"今年": 0, "来年": 1, "再来年": 2, "去年": -1, "昨年": -1})
_ERAS: Final = Lexicon({"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911})
_HOLIDAYS: Final = Lexicon(
    {
        "クリスマスイブ": (12, 24),
        "クリスマスイヴ": (12, 24),
        "クリスマス": (12, 25),
        "元日": (1, 1),
        "元旦": (1, 1),
        "大晦日": (12, 31),
        "大みそか": (12, 31),
        "バレンタインデー": (2, 14),
        "ホワイトデー": (3, 14),
        "こどもの日": (5, 5),
        "文化の日": (11, 3),
        "七夕": (7, 7),
    }
)
_UNITS: Final[Lexicon[calendar.Unit]] = Lexicon(
    {
        **dict.fromkeys(("日", "日間"), "day"),
        **dict.fromkeys(("週間", "週"), "week"),
        **dict.fromkeys(
            ("か月", "ヶ月", "カ月", "ヵ月", "ケ月", "箇月", "か月間", "ヶ月間"), "month"
        ),
        **dict.fromkeys(("年", "年間"), "year"),
    }
)
# Which weekday of a month, in order: 第二*火曜日*, 最終*金曜日*.
_NTH: Final = re.compile("第([一二三四五1-5])|最終|最後の")
_NTH_BEFORE: Final = re.compile("(?:第[一二三四五1-5]|最終|最後の)$")
_LATER: Final = Lexicon({"後": 1, "ご": 1, "先": 1, "前": -1, "まえ": -1})
# Days of the month that are read in a way of their own.
_READ: Final = Lexicon(
    {
        word: day
        for day, words in {
            1: "ついたち|一日",
            2: "ふつか",
            3: "みっか",
            4: "よっか",
            5: "いつか",
            6: "むいか",
            7: "なのか",
            8: "ようか",
            9: "ここのか",
            10: "とおか",
            14: "じゅうよっか",
            20: "はつか",
            24: "にじゅうよっか",
        }.items()
        for word in words.split("|")
    }
)
_PERIODS: Final[Lexicon[tuple[int, calendar.Unit]]] = Lexicon(
    {
        "再来週": (2, "week"),
        "さ来週": (2, "week"),
        "先々週": (-2, "week"),
        "再来月": (2, "month"),
        "再来年": (2, "year"),
        "先々月": (-2, "month"),
        "今週末": (0, "weekend"),
        "週末": (0, "weekend"),
        "来週末": (1, "weekend"),
        "今週": (0, "week"),
        "来週": (1, "week"),
        "先週": (-1, "week"),
        "今月": (0, "month"),
        "来月": (1, "month"),
        "先月": (-1, "month"),
        "今年": (0, "year"),
        "来年": (1, "year"),
        "去年": (-1, "year"),
        "昨年": (-1, "year"),
    }
)
# After a day: what makes a span, a moment or an ordinal of it.
_NO_DAY: Final = ("間", "目", "分", "後", "前", "ごろ前", "連続", "泊")


def read(text: Text, at: int, setting: Setting, *, elicited: bool) -> Date | None:
    """The longest date at ``at``; a day alone (5日) only where one is ``elicited``."""
    readings = (
        _dated(text, at, setting),
        _weekday(text, at, setting),
        _nth_weekday(text, at, setting),
        _offset(text, at, setting),
        _fixed(text, at, setting),
        _period(text, at, setting),
    )
    dates = [date for date in readings if date is not None]
    if dates:
        return max(dates, key=lambda date: date.end)
    return _day_alone(text, at, setting) if elicited else None


def _past(text: Text, at: int) -> int:
    """The place after a particle: 来週の金曜日."""
    return text.past(text.skip(at, " ,"), "の", "は")


def _unit(text: Text, at: int, name: str) -> Parsed[int] | None:
    """A number with its unit after it: 12月."""
    number = han_numerals.small(text, at)
    if number is None or not text.folded.startswith(name, text.skip(number.end)):
        return None
    return Parsed(number.value, text.skip(number.end) + len(name))


def _year(text: Text, at: int, setting: Setting) -> Parsed[int] | None:
    """``2026年``, ``二〇二六年``, ``令和8年``, ``令和元年``, ``来年``."""
    folded = text.folded
    era = _ERAS.first(folded, at)
    if era is not None:
        onward = text.skip(era.end)
        first = text.past(onward, "元年")
        number = Parsed(1, first) if first > onward else _unit(text, onward, "年")
        return None if number is None else Parsed(era.value + number.value, number.end)
    ahead = _YEARS_AHEAD.first(folded, at)
    if ahead is not None:
        return Parsed(setting.today.year + ahead.value, _past(text, ahead.end))
    stop = digits.run_of_digits(folded, at)
    written = folded[at:stop]
    number = Parsed(int(written), stop) if len(written) == 4 else han_numerals.whole(text, at)
    if number is None or not 1900 <= number.value <= 2199:
        return None
    end = text.past(text.skip(number.end), "年")
    return Parsed(number.value, end) if end > text.skip(number.end) else None


def _month(text: Text, at: int, setting: Setting) -> tuple[Parsed[int], int] | None:
    """A month with how many years it lies ahead where it is relative (来月), else 0."""
    ahead = _MONTHS_AHEAD.first(text.folded, at)
    if ahead is None:
        number = _unit(text, at, "月")
        return None if number is None or not 1 <= number.value <= 12 else (number, 0)
    first = calendar.add_months(setting.today.replace(day=1), ahead.value)
    return None if first is None else (Parsed(first.month, ahead.end), first.year)


def _day(text: Text, at: int) -> Parsed[int] | None:
    day = _unit(text, at, "日")
    return day if day is not None else _READ.first(text.folded, at)


def _dated(text: Text, at: int, setting: Setting) -> Date | None:
    """``12月25日``, ``2026年12月1日``, ``来月の5日``, ``12月`` with a year."""
    if han_numerals.goes_on_before(text, at):
        return None
    year = _year(text, at, setting)
    begin = at if year is None else _past(text, year.end)
    month = _month(text, begin, setting)
    if month is None:
        return None
    number, own_year = month
    day = _day(text, _past(text, number.end))
    if day is None or text.folded.startswith(_NO_DAY, day.end):
        if year is None or own_year or text.folded[number.end : number.end + 1].isdecimal():
            return None
        first = calendar.valid(year.value, number.value, 1)
        return None if first is None else Parsed(first, number.end)
    exact = year.value if year is not None else own_year or None
    date = calendar.month_day(setting.today, number.value, day.value, exact)
    return None if date is None else Parsed(date, _behind_weekday(text, day.end, date))


def _behind_weekday(text: Text, end: int, date: dt.date) -> int:
    """The place after the weekday of a date: 3月13日(金), 3月13日の金曜日."""
    folded = text.folded
    day = _WEEKDAYS.first(folded, text.past(text.skip(end, " ,"), "の"))
    if day is not None and day.value == date.weekday():
        return day.end
    if folded[end : end + 1] == "(" and folded[end + 1 : end + 2] in _WEEKDAY_NAMES:
        return folded.find(")", end) + 1 or end
    return end


def _weekday(text: Text, at: int, setting: Setting) -> Date | None:
    """``金曜日``, ``来週の金曜``, ``次の月曜日``."""
    folded, today = text.folded, setting.today
    weeks = _WEEKS.first(folded, at)
    which = _WHICH.first(folded, at) if weeks is None else None
    begin = at if weeks is None else _past(text, weeks.end)
    begin = begin if which is None else which.end
    day = _WEEKDAYS.first(folded, begin)
    if day is None or folded[:at].endswith(("毎週", "毎週の", "毎")):
        return None
    if begin == at and _NTH_BEFORE.search(folded, 0, at):
        return None  # 第一月曜日, of a month
    if weeks is not None:
        return Parsed(calendar.weekday_of_week(today, day.value, weeks.value), day.end)
    date = calendar.weekday(today, day.value, None if which is None else which.value)
    return Parsed(date, day.end)


def _nth_weekday(text: Text, at: int, setting: Setting) -> Date | None:
    """``十二月の第一月曜日``, ``来月の最終金曜日``."""
    month = _month(text, at, setting)
    nth = month and _NTH.match(text.folded, _past(text, month[0].end))
    day = nth and _WEEKDAYS.first(text.folded, nth.end())
    if month is None or nth is None or day is None:
        return None
    (number, _), own_year = month
    count = -1 if nth[1] is None else "一二三四五".find(nth[1]) + 1 or int(nth[1])
    for year in (own_year,) if own_year else (setting.today.year, setting.today.year + 1):
        date = calendar.nth_weekday(year, number, count, day.value)
        if date is not None and (own_year or date >= setting.today):
            return Parsed(date, day.end)
    return None


def _offset(text: Text, at: int, setting: Setting) -> Date | None:
    """``3日後``, ``二週間後``, ``1か月前``."""
    if han_numerals.goes_on_before(text, at):
        return None
    number = han_numerals.small(text, at)
    if number is None or not number.value:
        return None
    for unit in _UNITS.at(text.folded, text.skip(number.end)):
        later = _LATER.first(text.folded, text.past(unit.end, "の"))
        if later is not None:
            moved = calendar.shift(setting.today, later.value * number.value, unit.value)
            return None if moved is None else Parsed(moved, later.end)
    return None


def _fixed(text: Text, at: int, setting: Setting) -> Date | None:
    day = _DAYS.first(text.folded, at)
    if day is not None:
        date = calendar.shift(setting.today, day.value, "day")
        return None if date is None else Parsed(date, day.end)
    holiday = _HOLIDAYS.first(text.folded, at)
    if holiday is None:
        return None
    date = calendar.month_day(setting.today, *holiday.value)
    return None if date is None else Parsed(date, holiday.end)


def _period(text: Text, at: int, setting: Setting) -> Date | None:
    period = _PERIODS.first(text.folded, at)
    if period is None:
        return None
    last = text.past(period.end, "末日", "末", "の終わり", "の最終日", "の末")
    if last > period.end and period.value[1] == "month":
        first = calendar.add_months(setting.today.replace(day=1), period.value[0])
        return None if first is None else Parsed(calendar.month_end(first), last)
    # The end or the middle of it is another day.
    if text.folded[period.end : period.end + 1] in tuple("末初中半上旬底"):
        return None
    date = calendar.period(setting.today, *period.value)
    onward = _past(text, period.end)
    # What a number makes more exact is read with it or not at all: 来年32月.
    if onward < len(text) and (
        text.folded[onward].isdecimal() or han_numerals.is_numeral(text.folded[onward])
    ):
        return None
    return None if date is None else Parsed(date, period.end)


def _day_alone(text: Text, at: int, setting: Setting) -> Date | None:
    """``25日``: the next one; 3日間 is a span and none. ``12月``: its first day."""
    if han_numerals.goes_on_before(text, at, ("月", "年", "月の", "第", "あと", "約", "残り")):
        return None
    month = _unit(text, at, "月")
    if month is not None:
        onward = text.folded[month.end : month.end + 1]
        if onward.isdecimal() or onward in tuple("の上中下末頃") or han_numerals.is_numeral(onward):
            return None
        first = calendar.month_day(setting.today.replace(day=1), month.value, 1)
        return None if first is None else Parsed(first, month.end)
    day = _unit(text, at, "日")
    if day is None or text.folded.startswith(_NO_DAY, day.end):
        return None
    date = calendar.day_of_month(setting.today, day.value)
    return None if date is None else Parsed(date, day.end)
