"""English dates: words, weekdays, months, offsets; numeric ones come from every locale's digits."""

from __future__ import annotations

import datetime as dt

from daehwa.nlu.languages import calendar, digits
from daehwa.nlu.languages.en import holidays
from daehwa.nlu.languages.en.numbers import VOCABULARY as NUMBER_WORDS
from daehwa.nlu.languages.en.numbers import below_hundred, cardinal, ordinal, whole_number
from daehwa.nlu.languages.holidays import after, coming, past
from daehwa.nlu.languages.lexicon import Lexicon, Vocabulary, phrases
from daehwa.nlu.languages.locales import POINT
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text

Date = Parsed[dt.date]

VOCABULARY = Vocabulary(NUMBER_WORDS, holidays.VOCABULARY)

_DAYS = VOCABULARY.lexicon(
    {
        "today": 0, "tonight": 0, "now": 0, "right now": 0, "this morning": 0, "this afternoon": 0,
        "this evening": 0, "tomorrow": 1, "tomorow": 1, "tommorow": 1, "tommorrow": 1,
        "tomorrows": 1, "tmrw": 1, "tmr": 1, "tmw": 1, "2moro": 1, "2morrow": 1, "2morow": 1,
        "2mrw": 1,
        "tomoz": 1, "tomorro": 1, "tonite": 0, "2nite": 0, "2day": 0, "2night": 0, "yesterday": -1,
        "last night": -1,
        **{
            f"{the}day after {tomorrow}": 2
            for the in ("", "the ")
            for tomorrow in ("tomorrow", "tomorow", "tommorow", "tommorrow", "tmrw", "tmr", "tmw")
        },
        "overmorrow": 2,
        "day before yesterday": -2, "the day before yesterday": -2,
    }
)  # fmt: skip
_WEEKDAY_NAMES = {
    name: day
    for day, names in enumerate(
        (
            "monday mon mondays",
            "tuesday tue tues tuesdays",
            "wednesday wed weds wednesdays wensday",
            "thursday thu thur thurs thursdays",
            "friday fri fridays",
            "saturday sat saturdays",
            "sunday sun sundays",
        )
    )
    for name in names.split()
}
_WEEKDAYS = VOCABULARY.lexicon(_WEEKDAY_NAMES)
# Short forms that are words of their own stand for a day only beside "next", "on", a comma.
_SHORT_WEEKDAYS = frozenset({"sat", "sun", "wed", "mon"})
_MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb febuary",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTHS = VOCABULARY.lexicon(
    {**_MONTH_NAMES, **{f"{name}.": n for name, n in _MONTH_NAMES.items() if len(name) < 5}}
)
# Month names that are other words as well need a day beside them.
_AMBIGUOUS_MONTHS = frozenset(
    {"may", "march", "mar", "jan", "jun", "dec", "sep", "oct", "nov", "apr"}
)
_WHICH = VOCABULARY.lexicon(
    {
        "next": 1, "the next": 1, "this": 0, "this coming": 0, "coming": 0, "the coming": 0,
        "last": -1, "the last": -1, "past": -1, "the past": -1, "previous": -1, "following": 1,
        "the following": 1, "upcoming": 0, "this past": -1, "current": 0, "the current": 0,
    }
)  # fmt: skip
_PERIODS: Lexicon[calendar.Unit] = VOCABULARY.lexicon(
    {"week": "week", "month": "month", "year": "year", "weekend": "weekend"}
)
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
_WEEKS_ON: Lexicon[int] = Lexicon({"week": 1, "fortnight": 2})
_FORTNIGHT = VOCABULARY.lexicon({"fortnight": 1})
_ON_DAY = ("on ", "this ", "next ")
_DAY_OFFSETS = VOCABULARY.lexicon({"today": 0, "tomorrow": 1, "tmrw": 1, "now": 0})
_LATER = Lexicon(
    {
        "from now": 1, "from today": 1, "later": 1, "ahead": 1, "hence": 1, "after today": 1,
        "ago": -1, "before today": -1, "earlier": -1, "back": -1,
    }
)  # fmt: skip
_MIDDLE = 15
_EDGES = VOCABULARY.lexicon(
    {
        "end of": -1, "the end of": -1, "beginning of": 1, "the beginning of": 1,
        "start of": 1, "the start of": 1, "last day of": -1, "the last day of": -1,
        "first day of": 1, "the first day of": 1, "mid": _MIDDLE, "mid-": _MIDDLE,
        "middle of": _MIDDLE, "the middle of": _MIDDLE,
    }
)  # fmt: skip
_THE = VOCABULARY.lexicon({"the": 0})
_IN = VOCABULARY.lexicon({"in": 0})
_LAST = VOCABULARY.lexicon({"last": -1})
_WEEKEND = VOCABULARY.lexicon({"weekend": 0, "the weekend": 0})
_WEEK_AFTER_NEXT = VOCABULARY.lexicon({"the week after next": 0})
_BESIDE = VOCABULARY.lexicon(
    {"the day after": 1, "day after": 1, "the day before": -1, "day before": -1}
)
_WITHOUT_ANCHOR = frozenset({"after", "before"})
_AFTER_NEXT = Lexicon({"after next": 0})
_FROM_ANCHOR = Lexicon({"from": 1, "after": 1, "before": -1})
_OF = ("of ", "in ")
_ON = ("on ",)
_BEFORE_SHORT_WEEKDAY = ("on ", "by ", "until ", "for ")
# "the first one", "the second room" are not days of the month; "the first at noon" is.
_AFTER_BARE_ORDINAL = frozenset(phrases("at|to|until|till|for|and|please|or|in|through"))
_HALVES_OF_THE_DAY = ("am", "pm", "a.m", "p.m", "o'clock")


def read(text: Text, at: int, setting: Setting, *, elicited: bool) -> Date | None:
    """The date that begins at ``at``; loose forms ("may", "2027") only when ``elicited``."""
    if not VOCABULARY.may_begin(text, at):
        return None
    typed = text.folded[at].isdecimal()
    best: Date | None = digits.date(text, at, setting, elicited=elicited) if typed else None
    for rule in (
        _offset, _edge, _nth_weekday, _weekday, _period, _month_first, _day_first, _fixed,
    ):  # fmt: skip
        date = rule(text, at, setting)
        if date is not None and (best is None or date.end > best.end):
            best = date
    return _loose(text, at, setting) if best is None and elicited else best


def _dated(day: dt.date | None, end: int) -> Date | None:
    """A date where there is such a day."""
    return None if day is None else Parsed(day, end)


def _skipped(text: Text, at: int, words: Lexicon[int]) -> int:
    """The place behind a word and the space after it; ``at`` itself where it does not stand."""
    word = words.first(text.folded, at)
    return at if word is None or text.skip(word.end) == word.end else text.skip(word.end)


def _fixed(text: Text, at: int, setting: Setting) -> Date | None:
    named = _DAYS.first(text.folded, at)
    if named is not None:
        weeks = _weeks_on(text, named.end) if _DAY_OFFSETS.first(text.folded, at) else None
        days = named.value + (7 * weeks.value if weeks else 0)
        return _dated(calendar.shift(setting.today, days, "day"), weeks.end if weeks else named.end)
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
    which = _WHICH.first(folded, at)
    begin = at if which is None else text.skip(which.end)
    named = holidays.names(setting.locale).first(folded, begin)
    if named is None:
        return None
    day = after(named.value, shift) if shift else named.value
    year = _year(text, named.end)
    if year is not None:
        return _dated(day(year.value), year.end)
    before = which is not None and which.value < 0
    return _dated(past(day, today) if before else coming(day, today), named.end)


def _weekday(text: Text, at: int, setting: Setting) -> Date | None:
    folded = text.folded
    which = _WHICH.first(folded, at)
    begin = text.skip(which.end) if which else at
    day = _WEEKDAYS.first(folded, begin)
    if day is None:
        return None
    number, end = day
    short = folded[begin:end] in _SHORT_WEEKDAYS
    if short and which is None and not folded[:at].endswith(_BEFORE_SHORT_WEEKDAY):
        return None
    if which is not None:
        return Parsed(calendar.weekday(setting.today, number, which.value), end)
    onward = text.skip(end, " ,")
    weeks = _WHICH.first(folded, onward)
    unit = _PERIODS.first(folded, text.skip(weeks.end)) if weeks else None
    if weeks is not None and unit is not None and unit.value == "week":
        return Parsed(calendar.weekday_of_week(setting.today, number, weeks.value), unit.end)
    later = _weeks_on(text, end)
    if later is not None:
        return Parsed(calendar.weekday(setting.today, number, None, later.value), later.end)
    if folded[onward:].rstrip(" .,!?") in _WITHOUT_ANCHOR:
        return None
    next_but_one = _AFTER_NEXT.first(folded, onward)
    if next_but_one is not None:
        return Parsed(calendar.weekday(setting.today, number, 1, 1), next_but_one.end)
    # "friday, march 3rd": the day of the month decides.
    the = _skipped(text, onward, _THE)
    for rule in (_month_first, _day_first, _bare_ordinal):
        date = rule(text, the, setting)
        if date is not None:
            return date
    exact = digits.date(text, onward, setting, elicited=False)
    return exact or Parsed(calendar.weekday(setting.today, number, None), end)


def _period(text: Text, at: int, setting: Setting) -> Date | None:
    """``next week``, ``this month``, ``next week on friday``, ``last march``, ``the weekend``."""
    which = _WHICH.first(text.folded, at)
    if which is not None:
        begin = text.skip(which.end)
        unit = _PERIODS.first(text.folded, begin)
        if unit is not None:
            return _named_period(text, which.value, unit, setting)
        month = _MONTHS.first(text.folded, begin)
        if month is not None:
            first = calendar.month_day(setting.today.replace(day=1), month.value, 1)
            if which.value < 0 and first is not None:
                first = calendar.add_months(first, -12)
            if first is not None:
                return Parsed(first, month.end)
    week = _WEEK_AFTER_NEXT.first(text.folded, at)
    if week is not None:
        return Parsed(calendar.weekday_of_week(setting.today, 0, 2), week.end)
    weekend = _WEEKEND.first(text.folded, at)
    if weekend is not None:
        return _dated(calendar.period(setting.today, 0, "weekend"), weekend.end)
    return None


def _named_period(
    text: Text, which: int, unit: Parsed[calendar.Unit], setting: Setting
) -> Date | None:
    if unit.value == "week":
        day = _WEEKDAYS.first(text.folded, text.past(text.skip(unit.end), *_ON))
        if day is not None:
            return Parsed(calendar.weekday_of_week(setting.today, day.value, which), day.end)
    return _dated(calendar.period(setting.today, which, unit.value), unit.end)


def _offset(text: Text, at: int, setting: Setting) -> Date | None:
    """``in two weeks``, ``three days ago``, ``a week from friday``, ``2 days after tomorrow``."""
    folded = text.folded
    begin = _skipped(text, at, _IN)
    within = begin > at
    count = _COUNTS.first(folded, begin)
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
    base = setting.today
    if later is not None:
        amount, end = amount * later.value, later.end
    elif not within:
        day = _counted_from(text, at, Parsed((amount, measure), end), setting)
        if day is not None:
            return day
        joint = _FROM_ANCHOR.first(folded, onward)
        if joint is None or text.skip(joint.end) == joint.end:
            return None
        anchor_at = text.skip(joint.end)
        anchor = _fixed(text, anchor_at, setting) or _weekday(text, anchor_at, setting)
        if anchor is None:
            return None
        base, end = anchor
        amount *= joint.value
    return _dated(calendar.shift(base, amount, measure), end)


def _nth_from_now(text: Text, count: Parsed[int], setting: Setting) -> Date | None:
    """``three sundays from now``: the third that comes."""
    day = _WEEKDAYS.first(text.folded, text.skip(count.end))
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
        return _dated(calendar.shift(setting.today, 7 * amount + day.value, "day"), day.end)
    weekday = _WEEKDAYS.first(text.folded, text.past(onward, *_ON_DAY))
    if weekday is None:
        return None
    return Parsed(calendar.weekday(setting.today, weekday.value, None, amount), weekday.end)


def _edge(text: Text, at: int, setting: Setting) -> Date | None:
    """``the end of the month``, ``the beginning of march``."""
    edge = _EDGES.first(text.folded, at)
    if edge is None:
        return None
    begin = text.skip(edge.end)
    month = _MONTHS.first(text.folded, begin)
    if month is not None:
        year = _year(text, month.end)
        first = calendar.month_day(
            setting.today.replace(day=1), month.value, 1, None if year is None else year.value
        )
        return _dated(
            None if first is None else _on_edge(first, edge.value),
            month.end if year is None else year.end,
        )
    return _edge_of_period(text, edge.value, begin, setting)


def _edge_of_period(text: Text, edge: int, at: int, setting: Setting) -> Date | None:
    which = _WHICH.first(text.folded, at)
    unit_at = _skipped(text, text.skip(which.end) if which else at, _THE)
    unit = _PERIODS.first(text.folded, unit_at)
    if unit is None or unit.value == "weekend" or (edge == _MIDDLE and unit.value != "month"):
        return None
    moved = calendar.shift(setting.today, which.value if which else 0, unit.value)
    if moved is None:
        return None
    if unit.value == "week":
        first = calendar.monday(moved)
        return Parsed(first if edge > 0 else calendar.shift(first, 6, "day") or first, unit.end)
    first = moved.replace(day=1) if unit.value == "month" else moved.replace(month=1, day=1)
    if unit.value == "year" and edge < 0:
        first = first.replace(month=12)
    return Parsed(_on_edge(first, edge), unit.end)


def _on_edge(first: dt.date, edge: int) -> dt.date:
    """The beginning, the middle or the end of a month, given its first day."""
    if edge == _MIDDLE:
        return first.replace(day=_MIDDLE)
    return first if edge > 0 else calendar.month_end(first)


def _nth_weekday(text: Text, at: int, setting: Setting) -> Date | None:
    """``the third friday of march``, ``last monday of next month``, ``first week of may``."""
    folded = text.folded
    begin = _skipped(text, at, _THE)
    nth = _LAST.first(folded, begin) or ordinal(text, begin)
    if nth is None or nth.value > 5:
        return None
    day = _WEEKDAYS.first(folded, text.skip(nth.end))
    week = None if day else _PERIODS.first(folded, text.skip(nth.end))
    if day is not None:
        end = day.end
    elif week is not None and week.value == "week":
        end = week.end
    else:
        return None
    joint = text.skip(end)
    onward = text.past(joint, *_OF)
    if onward == joint:
        return None
    weekday = None if day is None else day.value
    month = _MONTHS.first(folded, onward)
    if month is not None:
        return _nth_of_month(text, nth.value, weekday, month, setting)
    which = _WHICH.first(folded, onward)
    unit_at = text.skip(onward if which is None else which.end)
    unit = _PERIODS.first(folded, unit_at if which else _skipped(text, unit_at, _THE))
    if unit is None or unit.value != "month" or weekday is None:
        return None
    first = calendar.add_months(setting.today.replace(day=1), which.value if which else 0)
    if first is None:
        return None
    return _dated(calendar.nth_weekday(first.year, first.month, nth.value, weekday), unit.end)


def _nth_of_month(
    text: Text, nth: int, weekday: int | None, month: Parsed[int], setting: Setting
) -> Date | None:
    """The nth weekday, or the nth week, of a named month."""
    year = _year(text, month.end)
    for ahead in range(2):
        number = setting.today.year + ahead if year is None else year.value
        day = (
            calendar.week_of_month(number, month.value, nth)
            if weekday is None
            else calendar.nth_weekday(number, month.value, nth, weekday)
        )
        if day is not None and (year is not None or day >= setting.today):
            return Parsed(day, month.end if year is None else year.end)
    return None


def _month_first(text: Text, at: int, setting: Setting) -> Date | None:
    """``march 3rd, 2027``, ``november twenty-fifth``, ``april`` (its first day)."""
    folded = text.folded
    month = _MONTHS.first(folded, at)
    if month is None:
        return None
    begin = _skipped(text, text.skip(month.end, " ,-"), _THE)
    day = ordinal(text, begin) or below_hundred(text, begin)
    if day is not None and 1 <= day.value <= 31 and not _clock_follows(text, day.end):
        # february 30 is no day, and not the first of february either
        return _month_and_day(text, month.value, day.value, day.end, setting)
    year = _year(text, month.end)
    if year is not None:
        return _dated(calendar.valid(year.value, month.value, 1), year.end)
    if folded[at : month.end] in _AMBIGUOUS_MONTHS:
        return None
    if month.value == setting.today.month:
        return Parsed(setting.today.replace(day=1), month.end)
    return _dated(calendar.month_day(setting.today, month.value, 1), month.end)


def _month_and_day(text: Text, month: int, day: int, end: int, setting: Setting) -> Date | None:
    """A day of a month, with the year behind them if one is there."""
    year = _year(text, end)
    if year is None:
        return _dated(calendar.month_day(setting.today, month, day), end)
    return _dated(calendar.month_day(setting.today, month, day, year.value), year.end)


def _clock_follows(text: Text, end: int) -> bool:
    return text.folded.startswith(":", end) or text.folded.startswith(
        _HALVES_OF_THE_DAY, text.skip(end)
    )


def _day_first(text: Text, at: int, setting: Setting) -> Date | None:
    """``the 3rd of march``, ``3 march 2027``, ``the 15th``."""
    folded = text.folded
    begin = _skipped(text, at, _THE)
    nth = ordinal(text, begin)
    day = nth or below_hundred(text, begin)
    if day is None or not 1 <= day.value <= 31:
        return None
    onward = text.past(text.skip(day.end, " -.,"), "of ")
    month = _MONTHS.first(folded, onward)
    if month is not None:
        return _month_and_day(text, month.value, day.value, month.end, setting)
    if nth is None:
        return None
    which = _WHICH.first(folded, onward)
    unit = None if which is None else _PERIODS.first(folded, text.skip(which.end))
    if which is not None and unit is not None and unit.value == "month":
        first = calendar.add_months(setting.today.replace(day=1), which.value)
        return _dated(first and calendar.valid(first.year, first.month, day.value), unit.end)
    return _bare_ordinal(text, begin, setting) if begin > at else None


def _bare_ordinal(text: Text, at: int, setting: Setting) -> Date | None:
    day = ordinal(text, at)
    if day is None or not 1 <= day.value <= 31:
        return None
    onward = text.skip(day.end)
    if onward < len(text) and text.folded[onward].isalpha() and not text.folded[at].isdigit():
        follower = text.folded[onward : text.word_end(onward)]
        if follower not in _AFTER_BARE_ORDINAL:
            return None
    return _dated(calendar.day_of_month(setting.today, day.value), day.end)


def _year(text: Text, at: int) -> Parsed[int] | None:
    """A year after a day or a month: 2027, '27, twenty twenty seven."""
    folded = text.folded
    begin = text.skip(at, " ,-")
    if begin == at and at < len(folded):
        return None
    begin = text.past(text.past(begin, "of "), "in ")
    short = text.past(begin, "'")
    number = digits.written_number(text, short, POINT)
    if short > begin:
        if number is None or len(number.value) != 2:
            return None
        return Parsed(calendar.full_year(int(number.value)), number.end)
    if number is not None:
        is_year = len(number.value) == 4 and number.value.isdecimal() and number.value[0] != "0"
        if not is_year or _clock_follows(text, number.end):
            return None
        return Parsed(int(number.value), number.end)
    words = whole_number(text, begin)
    return words if words is not None and 1900 <= words.value <= 2199 else None


def _loose(text: Text, at: int, setting: Setting) -> Date | None:
    """What is a date only where one is elicited: ``may``, ``sat``, ``2027``, ``3rd``."""
    month = _MONTHS.first(text.folded, at)
    if month is not None:
        if below_hundred(text, text.skip(month.end, " ,-")):
            return None  # february 30
        return _dated(calendar.month_day(setting.today, month.value, 1), month.end)
    day = _WEEKDAYS.first(text.folded, at)
    if day is not None:
        if text.folded[day.end :].strip(" .,!?") in _WITHOUT_ANCHOR:
            return None
        return Parsed(calendar.weekday(setting.today, day.value, None), day.end)
    return _bare_ordinal(text, at, setting) or digits.bare_date(text, at)
