"""English dates: words, weekdays, months, offsets, numeric forms."""

from __future__ import annotations

import datetime as dt

from daehwa.nlu.builtins import calendar, holidays, numbers_en
from daehwa.nlu.builtins.found import Setting
from daehwa.nlu.builtins.lexicon import Lexicon
from daehwa.nlu.builtins.text import Text

Dated = tuple[dt.date, int]

DAYS = Lexicon(
    {
        "today": 0, "tonight": 0, "now": 0, "right now": 0, "this morning": 0, "this afternoon": 0,
        "this evening": 0, "tomorrow": 1, "tomorow": 1, "tommorow": 1, "tommorrow": 1,
        "tomorrows": 1, "tmrw": 1, "tmr": 1, "tmw": 1, "yesterday": -1, "last night": -1,
        **{
            f"{the}day after {tomorrow}": 2
            for the in ("", "the ")
            for tomorrow in ("tomorrow", "tomorow", "tommorow", "tommorrow", "tmrw", "tmr", "tmw")
        },
        "overmorrow": 2,
        "day before yesterday": -2, "the day before yesterday": -2,
    }
)  # fmt: skip
_WEEKDAYS = {
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
WEEKDAYS = Lexicon(_WEEKDAYS)
# Short forms that are words of their own stand for a day only beside "next", "on", a comma.
_LOOSE_WEEKDAYS = frozenset({"sat", "sun", "wed", "mon"})
_MONTHS = {
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
MONTHS = Lexicon({**_MONTHS, **{f"{name}.": n for name, n in _MONTHS.items() if len(name) < 5}})
# Month names that are other words as well need a day beside them.
_LOOSE_MONTHS = frozenset({"may", "march", "mar", "jan", "jun", "dec", "sep", "oct", "nov", "apr"})
_WHICH = Lexicon(
    {
        "next": 1, "the next": 1, "this": 0, "this coming": 0, "coming": 0, "the coming": 0,
        "last": -1, "the last": -1, "past": -1, "the past": -1, "previous": -1, "following": 1,
        "the following": 1, "upcoming": 0, "this past": -1, "current": 0, "the current": 0,
    }
)  # fmt: skip
_PERIODS: Lexicon[calendar.Unit] = Lexicon(
    {"week": "week", "month": "month", "year": "year", "weekend": "weekend"}
)
_UNITS: Lexicon[calendar.Unit] = Lexicon(
    {
        "day": "day", "days": "day", "week": "week", "weeks": "week", "wk": "week", "wks": "week",
        "month": "month", "months": "month", "year": "year", "years": "year", "yr": "year",
        "yrs": "year", "fortnight": "week", "weekend": "weekend", "weekends": "weekend",
    }
)  # fmt: skip
_COUNTS = Lexicon({"a": 1, "an": 1, "one": 1, "a couple of": 2, "a couple": 2, "couple of": 2})
_LATER = Lexicon(
    {
        "from now": 1, "from today": 1, "later": 1, "ahead": 1, "hence": 1, "after today": 1,
        "ago": -1, "before today": -1, "earlier": -1, "back": -1,
    }
)  # fmt: skip
_MIDDLE = 15
_EDGES = Lexicon(
    {
        "end of": -1, "the end of": -1, "beginning of": 1, "the beginning of": 1,
        "start of": 1, "the start of": 1, "last day of": -1, "the last day of": -1,
        "first day of": 1, "the first day of": 1, "mid": _MIDDLE, "mid-": _MIDDLE,
        "middle of": _MIDDLE, "the middle of": _MIDDLE,
    }
)  # fmt: skip
_DAY_FIRST = ("en_GB", "en_AU", "en_IN", "en_ZA", "es", "fr", "de", "it", "pt", "nl", "pl")


_FIRST_WORDS = numbers_en.FIRST_WORDS.union(
    {"the", "in", "weekend", "last", "day"},
    holidays.ENGLISH_FIRST_WORDS,
    *(lexicon.first_words for lexicon in (DAYS, WEEKDAYS, MONTHS, _WHICH, _COUNTS, _EDGES)),
)


def at(text: Text, start: int, setting: Setting, *, asked: bool) -> Dated | None:
    """The date that begins at ``start``; loose forms ("may", "2027") only when ``asked``."""
    folded = text.folded
    if folded[start].isalpha() and folded[start : text.run_end(start)] not in _FIRST_WORDS:
        return None
    rules = (_offset, _edge, _nth_weekday, _weekday, _period, _month_first, _day_first, _fixed)
    best: Dated | None = numeric(text, start, setting)
    for rule in rules:
        found = rule(text, start, setting)
        if found is not None and (best is None or found[1] > best[1]):
            best = found
    if best is None:
        return _loose(text, start, setting) if asked else None
    return best


def _fixed(text: Text, at: int, setting: Setting) -> Dated | None:
    folded = text.folded
    named = DAYS.first(folded, at)
    if named is not None:
        day = calendar.shift(setting.today, named[0], "day")
        return None if day is None else (day, named[1])
    return _holiday(text, at, setting)


_BESIDE = Lexicon({"the day after": 1, "day after": 1, "the day before": -1, "day before": -1})


def _holiday(text: Text, at: int, setting: Setting, shift: int = 0) -> Dated | None:
    """``next christmas``, ``thanksgiving 2027``, ``the day after easter``."""
    folded, today = text.folded, setting.today
    beside = None if shift else _BESIDE.first(folded, at)
    if beside is not None:
        return _holiday(text, text.skip(beside[1]), setting, beside[0])
    which = _WHICH.first(folded, at)
    named = holidays.english(setting.locale).first(folded, text.skip(which[1]) if which else at)
    if named is None:
        return None
    day, end = holidays.after(named[0], shift) if shift else named[0], named[1]
    year = _year(text, end)
    if year is not None:
        found, end = day(year[0]), year[1]
    elif which is not None and which[0] < 0:
        found = holidays.past(day, today)
    else:
        found = holidays.coming(day, today)
    return None if found is None else (found, end)


def _weekday(text: Text, at: int, setting: Setting) -> Dated | None:
    folded = text.folded
    which = _WHICH.first(folded, at)
    begin = text.skip(which[1]) if which else at
    day = WEEKDAYS.first(folded, begin)
    if day is None:
        return None
    number, end = day
    loose = folded[begin:end] in _LOOSE_WEEKDAYS
    if loose and which is None and not folded[:at].endswith(("on ", "by ", "until ", "for ")):
        return None
    base = calendar.weekday(setting.today, number, which[0] if which else None)
    onward = text.skip(end, " ,")
    if which is None:
        weeks = _WHICH.first(folded, onward)
        unit = _PERIODS.first(folded, text.skip(weeks[1])) if weeks else None
        if weeks is not None and unit is not None and unit[0] == "week":
            return calendar.weekday_of_week(setting.today, number, weeks[0]), unit[1]
        if folded.startswith("after next", onward):
            return calendar.weekday(setting.today, number, 1, 1), onward + 10
    # "friday, march 3rd": the day of the month decides.
    if which is None:
        the = onward + 4 if folded.startswith("the ", onward) else onward
        for rule in (_month_first, _day_first, _bare_ordinal):
            dated = rule(text, the, setting)
            if dated is not None:
                return dated
        exact = numeric(text, onward, setting)
        if exact is not None:
            return exact
    return base, end


def _period(text: Text, at: int, setting: Setting) -> Dated | None:
    folded = text.folded
    which = _WHICH.first(folded, at)
    if which is not None:
        begin = text.skip(which[1])
        unit = _PERIODS.first(folded, begin)
        if unit is not None:
            if unit[0] == "week":
                onward = text.skip(unit[1])
                on = onward + 3 if folded.startswith("on ", onward) else onward
                day = WEEKDAYS.first(folded, on)
                if day is not None:
                    return (
                        calendar.weekday_of_week(setting.today, day[0], which[0]),
                        day[1],
                    )
            found = calendar.period(setting.today, which[0], unit[0])
            return None if found is None else (found, unit[1])
        month = MONTHS.first(folded, begin)
        if month is not None:
            first = calendar.month_day(setting.today.replace(day=1), month[0], 1)
            if which[0] < 0 and first is not None:
                first = calendar.add_months(first, -12)
            if first is not None:
                return first, month[1]
    if folded.startswith("the week after next", at):
        after = calendar.weekday_of_week(setting.today, 0, 2)
        return after, at + len("the week after next")
    if folded.startswith(("the weekend", "weekend"), at):
        weekend = calendar.period(setting.today, 0, "weekend")
        end = at + (11 if folded[at] == "t" else 7)
        return None if weekend is None or folded[end : end + 1].isalpha() else (weekend, end)
    return None


def _offset(text: Text, at: int, setting: Setting) -> Dated | None:
    """``in two weeks``, ``three days ago``, ``a week from friday``, ``2 days after tomorrow``."""
    folded = text.folded
    within = folded.startswith("in ", at)
    begin = at + 3 if within else at
    count = _COUNTS.first(folded, begin)
    if count is None:
        number = numbers_en.cardinal(text, begin)
        if number is None or number[0] != int(number[0]):
            return None
        count = int(number[0]), number[1]
    unit = _UNITS.first(folded, text.skip(count[1], " -"))
    if unit is None or abs(count[0]) > 100_000:
        return None
    amount = count[0] * (2 if folded[: unit[1]].endswith("fortnight") else 1)
    end = unit[1]
    onward = text.skip(end)
    later = _LATER.first(folded, onward)
    base = setting.today
    if later is not None:
        amount, end = amount * later[0], later[1]
    elif not within:
        joint = next(
            (j for j in ("from ", "after ", "before ") if folded.startswith(j, onward)), None
        )
        if joint is None:
            return None
        anchor = _fixed(text, onward + len(joint), setting) or _weekday(
            text, onward + len(joint), setting
        )
        if anchor is None:
            return None
        base, end = anchor
        amount = -amount if joint == "before " else amount
    moved = calendar.shift(base, amount, unit[0])
    return None if moved is None else (moved, end)


def _edge(text: Text, at: int, setting: Setting) -> Dated | None:
    """``the end of the month``, ``the beginning of march``."""
    folded = text.folded
    edge = _EDGES.first(folded, at)
    if edge is None:
        return None
    begin = text.skip(edge[1])
    month = MONTHS.first(folded, begin)
    if month is not None:
        year = _year(text, month[1])
        first = calendar.month_day(
            setting.today.replace(day=1), month[0], 1, year[0] if year else None
        )
        end = year[1] if year else month[1]
    else:
        which = _WHICH.first(folded, begin)
        unit_at = text.skip(which[1]) if which else begin
        if folded.startswith("the ", unit_at):
            unit_at += 4
        unit = _PERIODS.first(folded, unit_at)
        if unit is None or unit[0] == "weekend" or (edge[0] == _MIDDLE and unit[0] != "month"):
            return None
        moved = calendar.shift(setting.today, which[0] if which else 0, unit[0])
        if moved is None:
            return None
        end = unit[1]
        if unit[0] == "week":
            first = calendar.monday(moved)
            return (first if edge[0] > 0 else calendar.shift(first, 6, "day") or first), end
        first = moved.replace(day=1) if unit[0] == "month" else moved.replace(month=1, day=1)
        if unit[0] == "year" and edge[0] < 0:
            first = first.replace(month=12)
    if first is None:
        return None
    if edge[0] == _MIDDLE:
        return first.replace(day=_MIDDLE), end
    return (first if edge[0] > 0 else calendar.month_end(first)), end


def _nth_weekday(text: Text, at: int, setting: Setting) -> Dated | None:
    """``the third friday of march``, ``last monday of next month``."""
    folded = text.folded
    begin = at + 4 if folded.startswith("the ", at) else at
    nth = (-1, begin + 4) if folded.startswith("last", begin) else numbers_en.ordinal(text, begin)
    if nth is None or nth[0] > 5:
        return None
    day = WEEKDAYS.first(folded, text.skip(nth[1]))
    week = None if day else _PERIODS.first(folded, text.skip(nth[1]))
    if day is None and (week is None or week[0] != "week"):
        return None
    onward = text.skip((day or week)[1])  # type: ignore[index]
    joint = next((j for j in ("of ", "in ") if folded.startswith(j, onward)), None)
    if joint is None:
        return None
    onward += len(joint)
    month = MONTHS.first(folded, onward)
    if month is not None:
        year = _year(text, month[1])
        end = year[1] if year else month[1]
        for ahead in range(2):
            number = year[0] if year else setting.today.year + ahead
            found = (
                calendar.nth_weekday(number, month[0], nth[0], day[0])
                if day
                else calendar.week_of_month(number, month[0], nth[0])
            )
            if found is not None and (year or found >= setting.today):
                return found, end
        return None
    which = _WHICH.first(folded, onward)
    unit_at = text.skip(which[1]) if which else text.skip(onward)
    if which is None and folded.startswith("the ", unit_at):
        unit_at += 4
    unit = _PERIODS.first(folded, unit_at)
    if unit is None or unit[0] != "month" or day is None:
        return None
    month_start = calendar.add_months(setting.today.replace(day=1), which[0] if which else 0)
    if month_start is None:
        return None
    found = calendar.nth_weekday(month_start.year, month_start.month, nth[0], day[0])
    return None if found is None else (found, unit[1])


def _month_first(text: Text, at: int, setting: Setting) -> Dated | None:
    """``march 3rd, 2027``, ``november twenty-fifth``, ``april`` (its first day)."""
    folded = text.folded
    month = MONTHS.first(folded, at)
    if month is None:
        return None
    begin = text.skip(month[1], " ,-")
    if folded.startswith("the ", begin):
        begin += 4
    day = numbers_en.ordinal(text, begin) or numbers_en.below_hundred(text, begin)
    if day is not None and 1 <= day[0] <= 31 and not _clock_follows(text, day[1]):
        year = _year(text, day[1])
        found = calendar.month_day(setting.today, month[0], day[0], year and year[0])
        if found is not None:
            return found, year[1] if year else day[1]
    year = _year(text, month[1])
    if year is not None:
        found = calendar.valid(year[0], month[0], 1)
        return None if found is None else (found, year[1])
    if folded[at : month[1]] in _LOOSE_MONTHS:
        return None
    found = calendar.month_day(setting.today, month[0], 1)
    if found is not None and month[0] == setting.today.month:
        found = setting.today.replace(day=1)
    return None if found is None else (found, month[1])


def _clock_follows(text: Text, end: int) -> bool:
    folded = text.folded
    after = folded[end : end + 1]
    if after == ":":
        return True
    onward = text.skip(end)
    return folded.startswith(("am", "pm", "a.m", "p.m", "o'clock"), onward)


def _day_first(text: Text, at: int, setting: Setting) -> Dated | None:
    """``the 3rd of march``, ``3 march 2027``, ``the 15th``."""
    folded = text.folded
    the = folded.startswith("the ", at)
    begin = at + 4 if the else at
    day = numbers_en.ordinal(text, begin)
    plain = day is None
    day = day or numbers_en.below_hundred(text, begin)
    if day is None or not 1 <= day[0] <= 31:
        return None
    onward = text.skip(day[1], " -.,")
    if folded.startswith("of ", onward):
        onward += 3
    month = MONTHS.first(folded, onward)
    if month is not None:
        year = _year(text, month[1])
        found = calendar.month_day(setting.today, month[0], day[0], year and year[0])
        return None if found is None else (found, year[1] if year else month[1])
    which = _WHICH.first(folded, onward)
    if which is not None and not plain:
        unit = _PERIODS.first(folded, text.skip(which[1]))
        if unit is not None and unit[0] == "month":
            first = calendar.add_months(setting.today.replace(day=1), which[0])
            found = first and calendar.valid(first.year, first.month, day[0])
            return (found, unit[1]) if found else None
    if the and not plain:
        return _bare_ordinal(text, begin, setting)
    return None


def _bare_ordinal(text: Text, at: int, setting: Setting) -> Dated | None:
    day = numbers_en.ordinal(text, at)
    if day is None or not 1 <= day[0] <= 31:
        return None
    found = calendar.day_of_month(setting.today, day[0])
    after = text.skip(day[1])
    # "the first one", "the second room" are not days of the month.
    if after < len(text) and text.folded[after].isalpha() and not text.folded[at].isdigit():
        follower = text.folded[after : text.word_end(after)]
        if follower not in (
            "at",
            "to",
            "until",
            "till",
            "for",
            "and",
            "please",
            "or",
            "in",
            "through",
        ):
            return None
    return None if found is None else (found, day[1])


def _year(text: Text, at: int) -> tuple[int, int] | None:
    """A year after a day or a month: 2027, '27, twenty twenty seven."""
    folded = text.folded
    begin = text.skip(at, " ,-")
    if begin == at and at < len(folded):
        return None
    for joint in ("of ", "in "):
        if folded.startswith(joint, begin):
            begin += len(joint)
    if folded.startswith("'", begin):
        number = numbers_en.digits(text, begin + 1)
        return (
            (calendar.full_year(int(number[0])), number[1])
            if number and len(number[0]) == 2
            else None
        )
    number = numbers_en.digits(text, begin)
    if number is not None:
        said, end = number
        if (
            len(said) == 4
            and said.isdecimal()
            and int(said) >= 1000
            and not _clock_follows(text, end)
        ):
            return int(said), end
        return None
    words = numbers_en.cardinal(text, begin)
    if words is not None and 1900 <= words[0] <= 2199:
        return int(words[0]), words[1]
    return None


def numeric(text: Text, at: int, setting: Setting) -> Dated | None:
    """``2027-03-15``, ``3/15``, ``3/15/27``, ``15.03.2027``, by the locale's order."""
    folded = text.folded
    parts: list[str] = []
    marks = ""
    place = at
    while len(parts) < 3:
        end = place
        while end < len(folded) and folded[end].isdecimal():
            end += 1
        if end == place or end - place > 4:
            break
        parts.append(folded[place:end])
        stop = end
        onward = (
            text.skip(end + 1) if marks != "-" and folded[end : end + 1] in (".", "/") else end + 1
        )
        if folded[end : end + 1] in ("-", "/", ".") and folded[end] in (marks or folded[end]):
            marks = folded[end]
            place = onward
        else:
            break
    if len(parts) < 2 or (
        stop < len(folded) and (folded[stop].isdecimal() or folded[stop] in "-/:")
    ):
        return None
    if folded[stop : stop + 1] == "." and folded[stop + 1 : stop + 2].isdecimal():
        return None
    return _ordered(parts, marks, stop, setting)


def _ordered(parts: list[str], marks: str, stop: int, setting: Setting) -> Dated | None:
    numbers = [int(part) for part in parts]
    today = setting.today
    if len(parts[0]) == 4:
        day = numbers[2] if len(parts) > 2 else 1
        found = calendar.valid(numbers[0], numbers[1], day)
        return None if found is None else (found, stop)
    if len(parts[0]) > 2 or len(parts[1]) > 2:
        return None
    if len(parts) == 2 and marks != "/" and not (setting.korean and marks == "."):
        return None
    if len(parts) == 3 and len(parts[2]) not in (2, 4):
        return None
    if setting.korean and len(parts) == 3 and len(parts[2]) == 2:
        found = calendar.valid(calendar.full_year(numbers[0]), numbers[1], numbers[2])
        return None if found is None else (found, stop)
    year = calendar.full_year(numbers[2]) if len(parts) > 2 else None
    day_first = setting.locale.startswith(_DAY_FIRST) or (marks == "." and not setting.korean)
    for swapped in (day_first, not day_first):
        month, day = (numbers[1], numbers[0]) if swapped else (numbers[0], numbers[1])
        if 1 <= month <= 12 and 1 <= day <= 31:
            found = calendar.month_day(today, month, day, year)
            if found is not None:
                return found, stop
    return None


def _loose(text: Text, at: int, setting: Setting) -> Dated | None:
    """What is a date only where one was asked for: ``may``, ``sat``, ``2027``, ``3rd``."""
    folded = text.folded
    month = MONTHS.first(folded, at)
    if month is not None:
        found = calendar.month_day(setting.today, month[0], 1)
        return None if found is None else (found, month[1])
    day = WEEKDAYS.first(folded, at)
    if day is not None:
        return calendar.weekday(setting.today, day[0], None), day[1]
    bare = _bare_ordinal(text, at, setting)
    if bare is not None:
        return bare
    number = numbers_en.digits(text, at)
    if number is not None and number[0].isdecimal():
        said, end = number
        if len(said) == 8 and (
            exact := calendar.valid(int(said[:4]), int(said[4:6]), int(said[6:]))
        ):
            return exact, end
        if len(said) == 4 and 1900 <= int(said) <= 2199:
            return dt.date(int(said), 1, 1), end
    return None
