"""Chinese dates, in both scripts and of Cantonese: 后天, 下周三, 十二月二十五号, 三天后, 聽日."""

from __future__ import annotations

import datetime as dt
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
            "今天|今日|今晚|今早|今夜|今朝|今晩|今儿": 0,
            "明天|明日|明早|明晚|明儿|聽日|听日|聽晚|聽朝": 1,
            "后天|後天|後日|后日": 2,
            "大后天|大後天|大後日": 3,
            "昨天|昨日|昨晚|尋日|琴日|噚日|尋晚|琴晚": -1,
            "前天|前日": -2,
            "大前天": -3,
        }
    )
)
_NAMES: Final = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_WEEKDAYS: Final = Lexicon(
    {
        f"{week}{name}": number
        for week in ("星期", "礼拜", "禮拜", "周", "週", "拜")
        for name, number in _NAMES.items()
        if not (week in ("周", "週", "拜") and name == "天")
    }
    | {f"{week}{number + 1}": number for week in ("星期", "周", "週") for number in range(6)}
)
_WEEKS: Final = Lexicon(
    meanings(
        {
            "这个|這個|这|這|本|今个|今個|呢個|今": 0,
            "下个|下個|下": 1,
            "下下个|下下個|下下": 2,
            "上个|上個|上": -1,
        }
    )
)
_MONTHS_AHEAD: Final = Lexicon(
    meanings(
        {
            "这个月|這個月|本月|今个月|今個月|呢個月": 0,
            "下个月|下個月|下月": 1,
            "上个月|上個月|上月": -1,
        }
    )
)
_YEARS_AHEAD: Final = Lexicon(
    {"今年": 0, "明年": 1, "后年": 2, "後年": 2, "去年": -1, "前年": -2, "出年": 1, "舊年": -1}
)
_HOLIDAYS: Final = Lexicon(
    {
        "圣诞节": (12, 25),
        "聖誕節": (12, 25),
        "圣诞": (12, 25),
        "聖誕": (12, 25),
        "平安夜": (12, 24),
        "元旦": (1, 1),
        "国庆节": (10, 1),
        "國慶": (10, 1),
        "国庆": (10, 1),
        "劳动节": (5, 1),
        "勞動節": (5, 1),
        "情人节": (2, 14),
        "情人節": (2, 14),
    }
)
_UNITS: Final[Lexicon[calendar.Unit]] = Lexicon(
    {
        **dict.fromkeys(("天", "日"), "day"),
        **dict.fromkeys(
            ("周", "週", "个星期", "個星期", "星期", "个礼拜", "個禮拜", "礼拜", "禮拜"), "week"
        ),
        **dict.fromkeys(("个月", "個月"), "month"),
        **dict.fromkeys(("年",), "year"),
    }
)
_LATER: Final = Lexicon(meanings({"以后|以後|之后|之後|后|後": 1, "以前|之前|前": -1}))
_PERIODS: Final[Lexicon[tuple[int, calendar.Unit]]] = Lexicon(
    meanings(
        {
            "下下周|下下週|下下个星期|下下個星期|下下星期": (2, "week"),
            "下下个月": (2, "month"),
            "下下個月": (2, "month"),
            "这周|這週|本周|本週|这个星期|這個星期|今个星期|今個星期|呢個星期|这星期": (0, "week"),
            "下周|下週|下个星期|下個星期|下星期|下个礼拜|下個禮拜": (1, "week"),
            "上周|上週|上个星期|上個星期|上星期": (-1, "week"),
            "这个月|這個月|本月|今個月|呢個月": (0, "month"),
            "下个月|下個月|下月": (1, "month"),
            "上个月|上個月|上月": (-1, "month"),
            "今年": (0, "year"),
            "明年": (1, "year"),
            "去年": (-1, "year"),
            "出年": (1, "year"),
            "周末|週末|这个周末|這個週末|本周末|呢個週末": (0, "weekend"),
            "下周末|下週末|下个周末|下個週末": (1, "weekend"),
        }
    )
)
_DAY_NAMES: Final = ("号", "號", "日")
# After a day: what makes a span, a room or a bus of it.
_NO_DAY: Final = ("线", "線", "楼", "樓", "房", "店", "桌", "车", "車", "後", "后", "前", "以")


def read(text: Text, at: int, setting: Setting, *, elicited: bool) -> Date | None:
    """The longest date at ``at``; a day alone (25号) only where one is ``elicited``."""
    readings = (
        _dated(text, at, setting),
        _weekday(text, at, setting),
        _offset(text, at, setting),
        _fixed(text, at, setting),
        _period(text, at, setting),
    )
    dates = [date for date in readings if date is not None]
    if dates:
        return max(dates, key=lambda date: date.end)
    return _alone(text, at, setting) if elicited else None


def _is_number(text: Text, at: int) -> bool:
    char = text.folded[at : at + 1]
    return bool(char) and (char.isdecimal() or han_numerals.is_numeral(char))


def _unit(text: Text, at: int, *names: str) -> Parsed[int] | None:
    number = han_numerals.small(text, at)
    if number is None:
        return None
    end = text.past(text.skip(number.end), *names)
    return Parsed(number.value, end) if end > text.skip(number.end) else None


def _year(text: Text, at: int, setting: Setting) -> Parsed[int] | None:
    """``2026年``, ``二〇二六年``, ``明年``."""
    ahead = _YEARS_AHEAD.first(text.folded, at)
    if ahead is not None:
        return Parsed(setting.today.year + ahead.value, text.past(text.skip(ahead.end), "的"))
    stop = digits.run_of_digits(text.folded, at)
    written = text.folded[at:stop]
    number = Parsed(int(written), stop) if len(written) == 4 else han_numerals.whole(text, at)
    if number is None or not 1900 <= number.value <= 2199:
        return None
    onward = text.skip(number.end)
    end = text.past(onward, "年")
    return Parsed(number.value, text.skip(end)) if end > onward else None


def _day(text: Text, at: int) -> Parsed[int] | None:
    """``25号``, ``二十五日``; the unit may be missing after a month, at the end (12月25)."""
    day = _unit(text, at, *_DAY_NAMES)
    if day is not None:
        return None if text.folded.startswith(_NO_DAY, day.end) else day
    number = han_numerals.small(text, at)
    if number is None:
        return None
    after = text.folded[number.end : number.end + 1]
    return None if after.isalnum() or (after in (":", ".", "/") and after) else number


def _dated(text: Text, at: int, setting: Setting) -> Date | None:
    """``12月25号``, ``2026年12月1日``, ``下个月五号``."""
    if han_numerals.goes_on_before(text, at):
        return None
    year = _year(text, at, setting)
    begin = at if year is None else year.end
    ahead = _MONTHS_AHEAD.first(text.folded, begin)
    exact = None if year is None else year.value
    if ahead is not None:
        first = calendar.add_months(setting.today.replace(day=1), ahead.value)
        if first is None:
            return None
        month, exact = Parsed(first.month, ahead.end), first.year
    else:
        number = _unit(text, begin, "月份", "月")
        if number is None or not 1 <= number.value <= 12:
            return None
        month = number
    onward = text.past(text.skip(month.end), "的")
    day = _day(text, onward)
    if day is None:
        if year is None or ahead is not None or _is_number(text, onward):
            return None
        first_day = calendar.valid(year.value, month.value, 1)
        return None if first_day is None else Parsed(first_day, month.end)
    date = calendar.month_day(setting.today, month.value, day.value, exact)
    return None if date is None else Parsed(date, day.end)


def _weekday(text: Text, at: int, setting: Setting) -> Date | None:
    """``周五``, ``下周三``, ``这个星期天``."""
    folded = text.folded
    if folded[:at].endswith(("每", "每个", "每個", "逢")):
        return None
    for weeks in (*_WEEKS.at(folded, at), None):
        begin = at if weeks is None else weeks.end
        day = _WEEKDAYS.first(folded, begin)
        if day is None or _is_number(text, day.end):
            continue
        if weeks is not None:
            date = calendar.weekday_of_week(setting.today, day.value, weeks.value)
            return Parsed(date, day.end)
        return Parsed(calendar.weekday(setting.today, day.value, None), day.end)
    return None


def _offset(text: Text, at: int, setting: Setting) -> Date | None:
    """``三天后``, ``两个星期之后``, ``一年前``."""
    if han_numerals.goes_on_before(text, at):
        return None
    number = han_numerals.small(text, at)
    if number is None or not number.value:
        return None
    for unit in _UNITS.at(text.folded, text.skip(number.end)):
        later = _LATER.first(text.folded, unit.end)
        if later is not None:
            moved = calendar.shift(setting.today, later.value * number.value, unit.value)
            return None if moved is None else Parsed(moved, later.end)
    return None


def _fixed(text: Text, at: int, setting: Setting) -> Date | None:
    if text.folded[:at].endswith("大"):
        return None
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
    if (
        period is None
        or text.folded[:at].endswith(("上", "下"))
        or _is_number(text, text.skip(period.end))
    ):
        return None
    last = text.past(period.end, "底", "末", "最后一天", "最後一天")
    if last > period.end and period.value[1] == "month":
        first = calendar.add_months(setting.today.replace(day=1), period.value[0])
        return None if first is None else Parsed(calendar.month_end(first), last)
    # The end or the middle of it is another day.
    if text.folded[period.end : period.end + 1] in tuple("末初中半上旬底"):
        return None
    date = calendar.period(setting.today, *period.value)
    return None if date is None else Parsed(date, period.end)


def _alone(text: Text, at: int, setting: Setting) -> Date | None:
    """``25号``: the next one. ``十二月``: its first day."""
    if han_numerals.goes_on_before(text, at, ("月", "年", "第", "月的")):
        return None
    month = _unit(text, at, "月份", "月")
    if month is not None:
        if _is_number(text, month.end):
            return None
        first = calendar.month_day(setting.today.replace(day=1), month.value, 1)
        return None if first is None else Parsed(first, month.end)
    day = _unit(text, at, *_DAY_NAMES)
    if day is None or text.folded.startswith(_NO_DAY, day.end):
        return None
    date = calendar.day_of_month(setting.today, day.value)
    return None if date is None else Parsed(date, day.end)
