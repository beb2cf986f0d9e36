"""English dates: words, weekdays, months, offsets; numeric ones come from every locale's digits."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from daehwa.nlu.languages import calendar, digits
from daehwa.nlu.languages.en import days_of_months, holidays
from daehwa.nlu.languages.en.days_of_months import (
    MONTHS,
    PERIODS,
    WEEKDAYS,
    WHICH,
    Date,
    bare_ordinal,
    dated,
    day_first,
    edge,
    follows_day,
    month_first,
    nth_weekday,
    skipped_the,
    year_behind,
)
from daehwa.nlu.languages.en.numerals import below_hundred, cardinal, ordinal
from daehwa.nlu.languages.holidays import after, coming, past
from daehwa.nlu.languages.lexicon import Lexicon, Vocabulary, phrases
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text

VOCABULARY = Vocabulary(days_of_months.VOCABULARY, holidays.VOCABULARY)

_DAYS = VOCABULARY.lexicon(
    {
        "today": 0, "tonight": 0, "now": 0, "right now": 0, "this morning": 0, "this afternoon": 0,
        "this evening": 0, "tomorrow": 1, "tomorow": 1, "tommorow": 1, "tommorrow": 1,
        "tomorrows": 1, "tmrw": 1, "tmr": 1, "tmw": 1, "2moro": 1, "2morrow": 1, "2morow": 1,
        "2mrw": 1,
        "tomoz": 1, "tomorro": 1,
        "tomoro": 1, "tmro": 1, "tmoro": 1, "tmrow": 1, "tomo": 1,
        "tonite": 0, "2nite": 0, "2day": 0, "2night": 0, "yesterday": -1,
        "last night": -1, "the next day": 1, "next day": 1, "the following day": 1,
        **{
            f"{the}day after {tomorrow}": 2
            for the in ("", "the ")
            for tomorrow in ("tomorrow", "tomorow", "tommorow", "tommorrow", "tmrw", "tmr", "tmw")
        },
        "overmorrow": 2,
        "day before yesterday": -2, "the day before yesterday": -2,
    }
)  # fmt: skip
# Short forms that are words of their own stand for a day only beside "next", "on", a comma.
_SHORT_WEEKDAYS = frozenset({"sat", "sun", "wed", "mon"})
_UNIT_NAMES: dict[str, calendar.Unit] = {
        "day": "day", "days": "day", "week": "week", "weeks": "week", "wk": "week", "wks": "week",
        "month": "month", "months": "month", "year": "year", "years": "year", "yr": "year",
        "yrs": "year", "weekend": "weekend", "weekends": "weekend",
    }  # fmt: skip
_UNITS: Lexicon[tuple[int, calendar.Unit]] = Lexicon(
    {word: (1, unit) for word, unit in _UNIT_NAMES.items()} | {"fortnight": (2, "week")}
)
_COUNTS = VOCABULARY.lexicon(
    {"a": 1, "an": 1, "one": 1, "a couple of": 2, "a couple": 2, "couple of": 2}
)
# British for so many weeks after a day: tuesday *week*, a week *on* friday, *today* week.
_WEEKS_ON: Lexicon[int] = Lexicon(
    {
        f"{come}{weeks}": count
        for come in ("", "come ", "come a ")
        for weeks, count in (("week", 1), ("wk", 1), ("fortnight", 2))
    }
)
_FORTNIGHT = VOCABULARY.lexicon({"fortnight": 1})
_ON_DAY = ("on ", "this ", "next ", "come ")
_DAY_OFFSETS = VOCABULARY.lexicon({"today": 0, "tomorrow": 1, "tmrw": 1, "now": 0})
_LATER = Lexicon(
    {
        "from now": 1, "from today": 1, "later": 1, "ahead": 1, "hence": 1, "after today": 1,
        "ago": -1, "from today onwards": 1, "before today": -1, "earlier": -1, "back": -1,
    }
)  # fmt: skip
_IN = VOCABULARY.lexicon({"in": 0})
_WEEKEND = VOCABULARY.lexicon({"weekend": 0, "the weekend": 0})
_SAME_TIME = VOCABULARY.lexicon(
    dict.fromkeys(("this time", "same time", "the same time", "same day", "the same day"), 0)
)
_WEEKEND_AFTER = VOCABULARY.lexicon(
    {"the weekend after next": 2, "the weekend after this one": 1, "the weekend after this": 1}
)
_WEEK_AFTER_NEXT = VOCABULARY.lexicon({"the week after next": 0, "week after next": 0})
_BESIDE = VOCABULARY.lexicon(
    {
        "the day after": 1, "day after": 1, "the day before": -1, "day before": -1,
        "the week after": 7, "week after": 7, "the week before": -7, "week before": -7,
    }
)  # fmt: skip
_ONE_AFTER = VOCABULARY.lexicon({"the one after": 0, "one after": 0})
_WITHOUT_ANCHOR = frozenset({"after", "before"})
_AFTER_NEXT = Lexicon({"after next": 0})
_BEFORE_LAST = Lexicon({"before last": 0})
# A week ago *today*, two weeks from now *today*.
_TODAY = (" today", " tonight")
_FROM_ANCHOR = Lexicon({"from": 1, "after": 1, "before": -1})
_BESIDE_DAY = Lexicon({"after": 1, "right after": 1, "before": -1, "right before": -1})
_ON = ("on ",)
_LONGEST_MONTH = 31
# A week of which any day will do names none: next week, *any time*.
_ANY_DAY: Final = re.compile(r"\b(?:any|some) ?(?:time|day)\b|\bwhenever\b|\bwhichever day\b")
_NO_MONTHS = frozenset(
    (*(("may", word) for word in phrases("i|we|you|be|have|not|it|they|as")), ("march", "on"))
)
_BEFORE_SHORT_WEEKDAY = ("on ", "by ", "until ", "for ")


def read(text: Text, at: int, setting: Setting, *, elicited: bool) -> Date | None:
    """The date that begins at ``at``; loose forms ("may", "2027") only when ``elicited``."""
    if not VOCABULARY.may_begin(text, at):
        return None
    typed = text.folded[at].isdecimal()
    best: Date | None = digits.date(text, at, setting, elicited=elicited) if typed else None
    for rule in (
        _offset, _one_after, edge, nth_weekday, _weekday, _period, month_first, day_first, _fixed,
    ):  # fmt: skip
        date = rule(text, at, setting)
        if date is not None and (best is None or date.end > best.end):
            best = date
    return _loose(text, at, setting) if best is None and elicited else best


def _fixed(text: Text, at: int, setting: Setting) -> Date | None:
    named = _DAYS.first(text.folded, at)
    if named is not None:
        weeks = _weeks_on(text, named.end) if _DAY_OFFSETS.first(text.folded, at) else None
        days = named.value + (7 * weeks.value if weeks else 0)
        return dated(calendar.shift(setting.today, days, "day"), weeks.end if weeks else named.end)
    return _holiday(text, at, setting)


def _weeks_on(text: Text, end: int) -> Parsed[int] | None:
    """The weeks that are counted from a day before them: friday *week*, monday *fortnight*."""
    onward = text.skip(end)
    return _WEEKS_ON.first(text.folded, onward) if onward > end else None


def _holiday(text: Text, at: int, setting: Setting, shift: int = 0) -> Date | None:
    """``next christmas``, ``thanksgiving 2027``, ``the day after easter``."""
    folded, today = text.folded, setting.today
    beside = None if shift else _BESIDE.first(folded, at)
    if beside is not None:
        return _holiday(text, text.skip(beside.end), setting, beside.value)
    which = WHICH.first(folded, at)
    begin = at if which is None else text.skip(which.end)
    named = holidays.names(setting.locale).first(folded, begin)
    if named is None:
        return None
    day = after(named.value, shift) if shift else named.value
    year = year_behind(text, named.end, setting)
    if year is not None:
        return dated(day(year.value), year.end)
    before = which is not None and which.value < 0
    return dated(past(day, today) if before else coming(day, today), named.end)


def _weekday(text: Text, at: int, setting: Setting) -> Date | None:
    folded = text.folded
    which = WHICH.first(folded, at)
    begin = text.skip(which.end) if which else at
    day = WEEKDAYS.first(folded, begin)
    if day is None:
        return None
    number, end = day
    later = _weeks_on(text, end) if which is None else None
    if later is not None:
        return Parsed(calendar.weekday(setting.today, number, None, later.value), later.end)
    short = folded[begin:end] in _SHORT_WEEKDAYS
    if short and which is None and not folded[:at].endswith(_BEFORE_SHORT_WEEKDAY):
        onward = skipped_the(text, text.skip(end, " ,."))
        return month_first(text, onward, setting) or day_first(text, onward, setting)
    if which is not None:
        # Nobody calls tomorrow next saturday.
        tomorrow = which.value > 0 and number == (setting.today.weekday() + 1) % 7
        return Parsed(calendar.weekday(setting.today, number, which.value, int(tomorrow)), end)
    onward = text.skip(end, " ,")
    weeks = WHICH.first(folded, text.past(onward, "of ", "in "))
    unit = PERIODS.first(folded, text.skip(weeks.end)) if weeks else None
    if weeks is not None and unit is not None and unit.value == "week":
        return Parsed(calendar.weekday_of_week(setting.today, number, weeks.value), unit.end)
    if folded[onward:].rstrip(" .,!?") in _WITHOUT_ANCHOR:
        return None
    anchored = _weekday_beside(text, number, onward, setting)
    if anchored is not None:
        return anchored
    last_but_one = _BEFORE_LAST.first(folded, onward)
    if last_but_one is not None:
        return Parsed(calendar.weekday(setting.today, number, -1, -1), last_but_one.end)
    next_but_one = _AFTER_NEXT.first(folded, onward)
    if next_but_one is not None:
        return Parsed(calendar.weekday(setting.today, number, 1, 1), next_but_one.end)
    # "friday, march 3rd": the day of the month decides.
    the = skipped_the(text, onward)
    for rule in (month_first, day_first, bare_ordinal):
        date = rule(text, the, setting)
        if date is not None:
            return date
    exact = digits.date(text, onward, setting, elicited=False)
    return exact or Parsed(calendar.weekday(setting.today, number, None), end)


def _one_after(text: Text, at: int, setting: Setting) -> Date | None:
    """The weekday of the week after one: (not this saturday,) the one *after this saturday*."""
    lead = _ONE_AFTER.first(text.folded, at)
    day = _weekday(text, text.skip(lead.end), setting) if lead else None
    return dated(calendar.shift(day.value, 7, "day"), day.end) if day else None


def _weekday_beside(text: Text, weekday: int, at: int, setting: Setting) -> Date | None:
    """A weekday before or after a day that is named: the friday *before christmas*."""
    joint = _BESIDE_DAY.first(text.folded, at)
    if joint is None:
        return None
    onward = text.skip(joint.end)
    rules = (_fixed, month_first, day_first)
    day = next((day for rule in rules if (day := rule(text, onward, setting))), None)
    if day is None:
        return None
    apart = (
        (weekday - day.value.weekday() - 1) % 7 + 1
        if joint.value > 0
        else (-((day.value.weekday() - weekday - 1) % 7 + 1))
    )
    return dated(calendar.shift(day.value, apart, "day"), day.end)


def _period(text: Text, at: int, setting: Setting) -> Date | None:
    """``next week``, ``this month``, ``next week on friday``, ``last march``, ``the weekend``."""
    which = WHICH.first(text.folded, at)
    if which is not None:
        begin = text.skip(which.end)
        unit = PERIODS.first(text.folded, begin)
        if unit is not None:
            return _named_period(text, which.value, unit, setting)
        month = MONTHS.first(text.folded, begin)
        day = month_first(text, begin, setting) if month and which.value >= 0 else None
        if month is not None and day is not None and day.end > month.end:
            return day
        if month is not None:
            first = calendar.month_day(setting.today.replace(day=1), month.value, 1)
            if which.value < 0 and first is not None:
                first = calendar.add_months(first, -12)
            if first is not None:
                return Parsed(first, month.end)
    same = _SAME_TIME.first(text.folded, at)
    if same is not None:
        return _same_time(text, same.end, setting)
    weekend = _WEEKEND_AFTER.first(text.folded, at)
    if weekend is not None:
        return dated(calendar.period(setting.today, weekend.value, "weekend"), weekend.end)
    week = _WEEK_AFTER_NEXT.first(text.folded, at)
    if week is not None:
        onward = text.past(text.skip(week.end), *_ON)
        weekday = WEEKDAYS.first(text.folded, onward)
        number, end = weekday or (0, week.end)
        return Parsed(calendar.weekday_of_week(setting.today, number, 2), end)
    weekend = _WEEKEND.first(text.folded, at)
    if weekend is not None:
        return dated(calendar.period(setting.today, 0, "weekend"), weekend.end)
    return None


def _same_time(text: Text, end: int, setting: Setting) -> Date | None:
    """The day of ``this time next week``: the same day of another week, month or year."""
    which = WHICH.first(text.folded, text.skip(end))
    unit = which and PERIODS.first(text.folded, text.skip(which.end))
    if which is None or unit is None:
        return None
    return dated(calendar.shift(setting.today, which.value, unit.value), unit.end)


def _named_period(
    text: Text, which: int, unit: Parsed[calendar.Unit], setting: Setting
) -> Date | None:
    if unit.value == "month":
        nth = ordinal(text, text.past(text.skip(unit.end), "on the ", "the ", "on "))
        first = calendar.add_months(setting.today.replace(day=1), which) if nth else None
        if nth is not None and first is not None and nth.value <= _LONGEST_MONTH:
            return dated(calendar.valid(first.year, first.month, nth.value), nth.end)
    if unit.value == "week":
        day = WEEKDAYS.first(text.folded, text.past(text.skip(unit.end), *_ON))
        if day is not None:
            return Parsed(calendar.weekday_of_week(setting.today, day.value, which), day.end)
    if unit.value != "weekend" and _ANY_DAY.search(text.folded):
        return None
    return dated(calendar.period(setting.today, which, unit.value), unit.end)


def _offset(text: Text, at: int, setting: Setting) -> Date | None:
    """``in two weeks``, ``three days ago``, ``a week from friday``, ``2 days after tomorrow``."""
    folded = text.folded
    within = _IN.first(folded, at)
    begin = at if within is None else text.skip(within.end)
    count = _COUNTS.first(folded, begin)
    if count is not None and _UNITS.first(folded, text.skip(count.end)) is None:
        count = None  # one hundred days
    if count is None and _FORTNIGHT.first(folded, begin):
        count = Parsed(1, begin)  # fortnight today
    if count is None:
        number = cardinal(text, begin, setting)
        if number is None or number.value != int(number.value):
            return None
        count = Parsed(int(number.value), number.end)
    sunday = _nth_from_now(text, count, setting)
    if sunday is not None:
        return sunday
    unit = _UNITS.first(folded, text.skip(count.end, " -"))
    if unit is None or abs(count.value) > 100_000:
        return None
    times, measure = unit.value
    amount, end = count.value * times, unit.end
    onward = text.skip(end)
    later = _LATER.first(folded, onward)
    base: dt.date = setting.today
    if later is not None:
        amount, end = amount * later.value, text.past(later.end, *_TODAY)
        yesterday = text.past(end, " yesterday")
        if yesterday > end:
            base, end = calendar.shift(base, -1, "day") or base, yesterday
    elif within is None:
        day = _counted_from(text, at, Parsed((amount, measure), end), setting)
        if day is not None:
            return day
        joint = _FROM_ANCHOR.first(folded, onward)
        if joint is None or text.skip(joint.end) == joint.end:
            return None
        anchor_at = text.skip(joint.end)
        anchor = (
            _fixed(text, anchor_at, setting)
            or _weekday(text, anchor_at, setting)
            or edge(text, anchor_at, setting)
        )
        if anchor is None:
            return None
        base, end = anchor
        amount *= joint.value
    return dated(calendar.shift(base, amount, measure), end)


def _nth_from_now(text: Text, count: Parsed[int], setting: Setting) -> Date | None:
    """``three sundays from now``: the third that comes."""
    day = WEEKDAYS.first(text.folded, text.skip(count.end))
    later = day and _LATER.first(text.folded, text.skip(day.end))
    if day is None or later is None or later.value < 0 or not 1 <= count.value <= 100:
        return None
    return Parsed(calendar.weekday(setting.today, day.value, 1, count.value - 1), later.end)


def _counted_from(
    text: Text, at: int, span: Parsed[tuple[int, calendar.Unit]], setting: Setting
) -> Date | None:
    """Weeks after a day that follows them: a week *on friday*, two weeks *tomorrow*."""
    (amount, measure), end = span
    if measure != "week" or text.folded[:at].endswith("for "):
        return None  # a room for a week on friday
    onward = text.skip(end)
    day = _DAY_OFFSETS.first(text.folded, onward)
    if day is not None:
        return dated(calendar.shift(setting.today, 7 * amount + day.value, "day"), day.end)
    weekday = WEEKDAYS.first(text.folded, text.past(onward, *_ON_DAY))
    if weekday is None:
        return None
    return Parsed(calendar.weekday(setting.today, weekday.value, None, amount), weekday.end)


def _loose(text: Text, at: int, setting: Setting) -> Date | None:
    """What is a date only where one is elicited: ``may``, ``sat``, ``2027``, ``3rd``."""
    month = MONTHS.first(text.folded, at)
    if month is not None:
        if below_hundred(text, text.skip(month.end, " ,-")) or follows_day(text, at):
            return None  # february 30
        onward = text.folded[month.end :].split()[:1]
        if onward and (text.folded[at : month.end], onward[0]) in _NO_MONTHS:
            return None  # may i ask
        return dated(calendar.month_day(setting.today, month.value, 1), month.end)
    day = WEEKDAYS.first(text.folded, at)
    if day is not None:
        if text.folded[day.end :].strip(" .,!?") in _WITHOUT_ANCHOR:
            return None
        return Parsed(calendar.weekday(setting.today, day.value, None), day.end)
    return bare_ordinal(text, at, setting) or digits.bare_date(text, at)
