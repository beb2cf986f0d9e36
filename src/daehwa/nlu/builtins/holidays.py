"""Days that have a name: fixed ones, those of a weekday, Easter's, and Korea's lunar ones.

The lunar calendar is that of the Korea Astronomy and Space Science Institute, up to 2050.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Final, TypeAlias

from korean_lunar_calendar import KoreanLunarCalendar

from daehwa.nlu.builtins import calendar
from daehwa.nlu.builtins.lexicon import Lexicon

Day: TypeAlias = Callable[[int], dt.date | None]
"""Gives a named day's date in a year; ``None`` where that is not known."""

_MONDAY, _THURSDAY, _SUNDAY = 0, 3, 6


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


def _easter(year: int) -> dt.date | None:
    """Easter Sunday of the Gregorian calendar (J. Meeus, "Astronomical Algorithms", ch. 8)."""
    golden, century, rest = year % 19, year // 100, year % 100
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - correction + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return calendar.valid(year, month, day + 1)


def after(day: Day, days: int) -> Day:
    """So many days after (below zero: before) another named day."""
    return partial(_after, day, days)


def _after(day: Day, days: int, year: int) -> dt.date | None:
    found = day(year)
    return None if found is None else calendar.shift(found, days, "day")


def coming(day: Day, today: dt.date) -> dt.date | None:
    """The next such day, today included."""
    # Lunar and shifted days may lie in another year than their own.
    dates = (day(today.year + ahead) for ahead in (-1, 0, 1, 2))
    return next((date for date in dates if date is not None and date >= today), None)


def past(day: Day, today: dt.date) -> dt.date | None:
    """The last such day before today."""
    dates = (day(today.year - behind) for behind in (0, 1, 2))
    return next((date for date in dates if date is not None and date < today), None)


_NEW_YEAR: Final = lunar(1, 1)
_CHUSEOK: Final = lunar(8, 15)
_BUDDHA: Final = lunar(4, 8)
_CHRISTMAS: Final = fixed(12, 25)
_THANKSGIVING: Final = weekday(11, 4, _THURSDAY)

KOREAN: Final = Lexicon(
    {
        "설날": _NEW_YEAR, "구정": _NEW_YEAR, "음력설": _NEW_YEAR, "음력 설날": _NEW_YEAR,
        "추석": _CHUSEOK, "한가위": _CHUSEOK, "추석날": _CHUSEOK, "중추절": _CHUSEOK,
        "석가탄신일": _BUDDHA, "부처님 오신 날": _BUDDHA, "초파일": _BUDDHA,
        "사월 초파일": _BUDDHA, "석탄일": _BUDDHA, "정월 대보름": lunar(1, 15),
        "대보름": lunar(1, 15), "단오": lunar(5, 5), "단옷날": lunar(5, 5),
        "칠월 칠석": lunar(7, 7), "칠석": lunar(7, 7), "섣달 그믐": after(_NEW_YEAR, -1),
        "크리스마스": _CHRISTMAS, "성탄절": _CHRISTMAS, "크리스마스 이브": fixed(12, 24),
        "신정": fixed(1, 1), "새해 첫날": fixed(1, 1), "삼일절": fixed(3, 1),
        "3.1절": fixed(3, 1), "3·1절": fixed(3, 1), "식목일": fixed(4, 5), "노동절": fixed(5, 1),
        "근로자의 날": fixed(5, 1), "어린이날": fixed(5, 5), "어버이날": fixed(5, 8),
        "스승의 날": fixed(5, 15), "현충일": fixed(6, 6), "제헌절": fixed(7, 17),
        "광복절": fixed(8, 15), "국군의 날": fixed(10, 1), "개천절": fixed(10, 3),
        "한글날": fixed(10, 9), "발렌타인데이": fixed(2, 14), "밸런타인데이": fixed(2, 14),
        "화이트데이": fixed(3, 14), "만우절": fixed(4, 1), "빼빼로데이": fixed(11, 11),
        "할로윈": fixed(10, 31), "핼러윈": fixed(10, 31), "부활절": _easter,
        "블랙프라이데이": after(_THANKSGIVING, 1), "연말": fixed(12, 31),
        "새해": fixed(1, 1), "연초": fixed(1, 1),
    }
)  # fmt: skip
KOREAN_SHORT: Final = Lexicon({"설": _NEW_YEAR})
"""Names that are other words as well: they need a day or a year beside them."""

_NEW_YEARS_EVE: Final = fixed(12, 31)
_ENGLISH: Final[dict[str, Day]] = {
    "christmas": _CHRISTMAS, "christmas day": _CHRISTMAS, "xmas": _CHRISTMAS,
    "x-mas": _CHRISTMAS, "christmas eve": fixed(12, 24), "xmas eve": fixed(12, 24),
    "boxing day": fixed(12, 26), "new year's eve": _NEW_YEARS_EVE,
    "new years eve": _NEW_YEARS_EVE, "new year eve": _NEW_YEARS_EVE,
    "new year's day": fixed(1, 1), "new years day": fixed(1, 1), "new year's": fixed(1, 1),
    "new years": fixed(1, 1), "new year day": fixed(1, 1), "halloween": fixed(10, 31),
    "valentine's day": fixed(2, 14), "valentines day": fixed(2, 14),
    "valentine's": fixed(2, 14), "april fools": fixed(4, 1), "april fool's day": fixed(4, 1),
    "april fools' day": fixed(4, 1), "april fools day": fixed(4, 1),
    "st patrick's day": fixed(3, 17), "st. patrick's day": fixed(3, 17),
    "saint patrick's day": fixed(3, 17), "st patricks day": fixed(3, 17),
    "independence day": fixed(7, 4), "juneteenth": fixed(6, 19), "veterans day": fixed(11, 11),
    "veteran's day": fixed(11, 11), "cinco de mayo": fixed(5, 5), "earth day": fixed(4, 22),
    "martin luther king day": weekday(1, 3, _MONDAY), "mlk day": weekday(1, 3, _MONDAY),
    "martin luther king jr day": weekday(1, 3, _MONDAY),
    "presidents day": weekday(2, 3, _MONDAY), "president's day": weekday(2, 3, _MONDAY),
    "presidents' day": weekday(2, 3, _MONDAY), "mother's day": weekday(5, 2, _SUNDAY),
    "mothers day": weekday(5, 2, _SUNDAY), "memorial day": weekday(5, -1, _MONDAY),
    "father's day": weekday(6, 3, _SUNDAY), "fathers day": weekday(6, 3, _SUNDAY),
    "labor day": weekday(9, 1, _MONDAY), "columbus day": weekday(10, 2, _MONDAY),
    "indigenous peoples' day": weekday(10, 2, _MONDAY), "thanksgiving": _THANKSGIVING,
    "thanksgiving day": _THANKSGIVING, "black friday": after(_THANKSGIVING, 1),
    "cyber monday": after(_THANKSGIVING, 4), "easter": _easter, "easter sunday": _easter,
    "easter monday": after(_easter, 1), "good friday": after(_easter, -2),
    "palm sunday": after(_easter, -7), "ash wednesday": after(_easter, -46),
    "chuseok": _CHUSEOK, "seollal": _NEW_YEAR, "lunar new year": _NEW_YEAR,
    "buddha's birthday": _BUDDHA,
}  # fmt: skip
# Where countries differ: the United Kingdom's and Australia's days.
_BRITISH_MOTHERS_DAY: Final = after(_easter, -21)
_BRITISH: Final = {
    "mother's day": _BRITISH_MOTHERS_DAY, "mothers day": _BRITISH_MOTHERS_DAY,
    "mothering sunday": _BRITISH_MOTHERS_DAY,
}  # fmt: skip
_AUSTRALIAN: Final = {
    "father's day": weekday(9, 1, _SUNDAY), "fathers day": weekday(9, 1, _SUNDAY),
    "australia day": fixed(1, 26), "anzac day": fixed(4, 25),
}  # fmt: skip
_ANYWHERE: Final = Lexicon(_ENGLISH)
_ABROAD: Final = {
    "en_GB": Lexicon(_ENGLISH | _BRITISH),
    "en_AU": Lexicon(_ENGLISH | _AUSTRALIAN),
}


def english(locale: str) -> Lexicon[Day]:
    """The English names; where countries differ, the locale's own, else the United States'."""
    return _ABROAD.get(locale, _ANYWHERE)


ENGLISH_FIRST_WORDS: Final = frozenset().union(
    *(names.first_words for names in (_ANYWHERE, *_ABROAD.values()))
)
