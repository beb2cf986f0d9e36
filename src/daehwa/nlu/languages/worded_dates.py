"""Dates in the words of a language: all that the European languages need to say.

``1 de diciembre de 2026``, ``le premier avril``, ``Freitag nächster Woche``, ``fra tre giorni``,
``übermorgen``. A date is never made of a part of the words: where a day of a month cannot be
read, neither is its month, and a year goes with what stands before it or is none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from daehwa.nlu.languages import calendar, digits
from daehwa.nlu.languages.accents import spelt, spelt_all
from daehwa.nlu.languages.cldr import CalendarNames
from daehwa.nlu.languages.lexicon import Lexicon, Vocabulary, stands_before
from daehwa.nlu.languages.numerals import Numerals
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text

Date = Parsed[dt.date]

_LAST_DAY: Final = 31
_MIDDLE: Final = 15
# Words that stand between the first and the last of some days in these languages.
_TO: Final = frozenset(
    (
        *("al", "au", "bis", "a", "à", "tot", "til", "till", "do", "से"),
        *("und", "y", "et", "e", "i", "og", "och", "ja", "en", "oraz", "और"),
        *("oder", "o", "ou", "of", "eller", "lub", "tai", "या"),
    )
)
# Words that stand before a month alone in these languages.
_BEFORE_MONTH: Final = frozenset(
    [
        "in",
        "im",
        "en",
        "em",
        "à",
        "a",
        "ad",
        "i",
        "w",
        "na",
        "op",
        "på",
        "por",
        "para",
        "per",
        "pour",
        "für",
        "de",
    ]
)
_YEARS: Final = range(1900, 2200)
_MOST: Final = 100_000
_WEEK: Final = 7
_MONTHS_AHEAD: Final = 12


def calendar_names(*, months: Sequence[str], weekdays: Sequence[str]) -> CalendarNames:
    """Names that `CALENDAR_NAMES` does not have, in lower case.

    ``months`` are the twelve months and ``weekdays`` the seven days from Monday on, each with its
    other forms after bars (``"march|mar"``).
    """
    return CalendarNames(
        months=tuple(tuple(forms.split("|")) for forms in months),
        short_months=(),
        weekdays=tuple(tuple(forms.split("|")) for forms in weekdays),
    )


class WordedDates:
    """Reads the dates of a language; all words are given in lower case."""

    def __init__(
        self,
        *,
        names: CalendarNames,
        days: Mapping[str, int],
        numerals: Numerals | None = None,
        months: Mapping[str, int] | None = None,
        weekdays: Mapping[str, int] | None = None,
        weeks_on: Mapping[str, int] | None = None,
        joints: Iterable[str] = (),
        articles: tuple[str, ...] = (),
        ordinals: Mapping[str, int] | None = None,
        ordinal_marks: Iterable[str] = (),
        holidays: Mapping[str, tuple[int, int]] | None = None,
        which_before: Mapping[str, int] | None = None,
        which_after: Mapping[str, int] | None = None,
        weeks_after: Mapping[str, int] | None = None,
        periods: Mapping[str, tuple[int, calendar.Unit]] | None = None,
        units: Mapping[str, tuple[int, calendar.Unit]] | None = None,
        within: Mapping[str, int] | None = None,
        later: Mapping[str, int] | None = None,
        edges: Mapping[str, int] | None = None,
        every: Iterable[str] = (),
        not_after: Iterable[str] = (),
        not_before: Iterable[str] = (),
    ) -> None:
        """Take the names of months and weekdays, the numerals, and the words around them.

        Without ``numerals`` numbers are read in digits alone.
        ``days`` are words for days, with how many days from today they lie; ``months`` and
        ``weekdays`` forms that the CLDR does not have. ``joints`` stand between a day, its
        month and its year, ``articles`` before a day. ``which_before`` and ``which_after``
        stand beside a weekday (1: next, 0: this, -1: last), ``weeks_after`` after one;
        ``weeks_on`` count so many weeks on from it (vendredi *en huit*).
        ``periods`` are words for weeks, months and years. ``units`` are counted, after
        ``within`` or before ``later`` (1: on, -1: back). ``edges`` stand before a
        month (1: its first day, -1: its last, 15: its middle). After ``every`` no day is meant.
        A word for a day is none right after one of ``not_after`` (the morning, where it is
        called as tomorrow is) or before one of ``not_before``.
        """
        full = {name: n for n, forms in enumerate(names.months, 1) for name in forms}
        short = {name: n for n, forms in enumerate(names.short_months, 1) for name in forms}
        self._full = Lexicon(spelt({**full, **(months or {})}))
        self._months = Lexicon(spelt({**short, **full, **(months or {})}))
        days_of_week = {name: n for n, forms in enumerate(names.weekdays) for name in forms}
        self._weeks_on = Lexicon(spelt(weeks_on or {}))
        self._weekdays = Lexicon(spelt({**days_of_week, **(weekdays or {})}))
        self._days = Lexicon(spelt(days))
        self._numerals = numerals or Numerals(below_thousand={}, multiples={})
        self._joints = tuple(f"{each} " if each.isalpha() else each for each in spelt_all(joints))
        self._articles = tuple(f"{each} " for each in spelt_all(articles))
        self._ordinals = Lexicon(spelt(ordinals or {}))
        self._marks = frozenset(mark[-1] for mark in ordinal_marks)
        self._ordinal_marks = tuple(sorted(ordinal_marks, key=len, reverse=True))
        self._holidays = Lexicon(spelt(holidays or {}))
        self._which_before = Lexicon(spelt(which_before or {}))
        self._which_after = Lexicon(spelt(which_after or {}))
        self._weeks_after = Lexicon(spelt(weeks_after or {}))
        self._periods = Lexicon(spelt(periods or {}))
        self._units = Lexicon(spelt(units or {}))
        self._within = Lexicon(spelt(within or {}))
        self._later = Lexicon(spelt(later or {}))
        self._edges = Lexicon(spelt(edges or {}))
        self._every = tuple(f"{each} " for each in spelt_all(every))
        self._not_after = tuple(f"{each} " for each in spelt_all(not_after))
        self._not_before = Lexicon(spelt(dict.fromkeys(not_before, 0)))
        self._vocabulary = self._first_words(articles)

    def _first_words(self, articles: Iterable[str]) -> Vocabulary:
        """The words with which a date may begin, besides numbers."""
        vocabulary = Vocabulary()
        for lexicon in (
            *(self._full, self._weekdays, self._days, self._ordinals, self._holidays, self._edges),
            *(self._which_before, self._periods, self._within),
            Lexicon(spelt(dict.fromkeys(articles, 0))),
        ):
            vocabulary.words |= lexicon.first_words
        return vocabulary

    def __call__(self, text: Text, at: int, setting: Setting, *, elicited: bool) -> Date | None:
        """The longest date at ``at``."""
        if not (self._vocabulary.may_begin(text, at) or self._numerals.may_begin(text, at)):
            return None
        readings = [
            self._day_first(text, at, setting),
            self._month_first(text, at, setting, elicited=elicited),
            self._weekday(text, at, setting),
            self._day(text, at, setting),
            self._holiday(text, at, setting),
            self._period(text, at, setting),
            self._offset(text, at, setting),
            self._edge(text, at, setting),
        ]
        dates = [date for date in readings if date is not None]
        if not dates and elicited:
            return self._loose(text, at, setting)
        return max(dates, key=lambda date: date.end, default=None)

    def _onward(self, text: Text, end: int) -> int:
        """The place after marks and a joint."""
        return text.past(text.skip(end, " .,"), *self._joints)

    def _day_number(self, text: Text, at: int) -> Parsed[int] | None:
        """A day of a month: ``1``, ``1er``, ``premier``, ``vingt et un``."""
        number = self._ordinals.first(text.folded, at)
        if number is None:
            number = self._numerals.small(text, at)
        if number is None or not 1 <= number.value <= _LAST_DAY:
            return None
        end = number.end
        if text.folded[at].isdecimal():
            marked = text.past(end, *self._ordinal_marks)
            end = marked if not text.folded[marked : marked + 1].isalpha() else end
        return Parsed(number.value, end)

    def _article(self, text: Text, at: int) -> int:
        return text.past(at, *self._articles)

    def _day_first(self, text: Text, at: int, setting: Setting) -> Date | None:
        """``1 de diciembre de 2026``, ``el 25 de mayo``."""
        if _goes_on_before(text.folded, at):
            return None
        begin = self._article(text, at)
        day = self._day_number(text, begin)
        if day is None or self._ends_range(text, begin):
            return None
        month = self._months.first(text.folded, self._onward(text, day.end))
        return None if month is None else self._dated(text, day.value, month, setting)

    def _ends_range(self, text: Text, at: int) -> bool:
        """Whether a day is the end of some days: *vom 3. bis* 5. Mai."""
        words = text.folded[:at].split()[-3:]
        return any(
            joint in _TO and self._numerals.is_number(number.rstrip("."))
            for number, joint in pairwise(words)
        )

    def _dated(
        self, text: Text, day: int, month: Parsed[int], setting: Setting, end: int | None = None
    ) -> Date | None:
        """A day of a month, with the year after them if one is there."""
        stop = month.end if end is None else end
        year = self._year(text, stop)
        if year is None:
            date = calendar.month_day(setting.today, month.value, day)
            return None if date is None else Parsed(date, stop)
        date = calendar.valid(year.value, month.value, day)
        return None if date is None else Parsed(date, year.end)

    def _month_first(self, text: Text, at: int, setting: Setting, *, elicited: bool) -> Date | None:
        """``diciembre 25``, ``marzo de 2027``; a month alone, its first day, where ``elicited``."""
        month = self._full.first(text.folded, at)
        if month is None or self._is_counted(text, at):
            return None
        onward = text.skip(month.end, " .,")
        day = self._day_number(text, self._article(text, onward)) if onward > month.end else None
        if day is not None and not _is_clock(text, day.end):
            return self._dated(text, day.value, month, setting, day.end)
        year = self._year(text, month.end)
        if year is not None and not text.folded[year.end - 4 : year.end].isdecimal():
            return None  # "Dezember 32" is not a month of 2032
        if year is not None:
            first = calendar.valid(year.value, month.value, 1)
            return None if first is None else Parsed(first, year.end)
        if (
            not elicited
            or not self._begins(text, at)
            or text.folded[onward : onward + 1].isdecimal()
        ):
            return None
        first = calendar.month_day(setting.today.replace(day=1), month.value, 1)
        return None if first is None else Parsed(first, month.end)

    def _begins(self, text: Text, at: int) -> bool:
        """Whether a month begins a reply, or stands after one small word: *en* mayo."""
        words = text.folded[:at].split()
        return len(words) < 3 and all(word in _BEFORE_MONTH for word in words)

    def _edge(self, text: Text, at: int, setting: Setting) -> Date | None:
        """``Ende März``, ``début avril``, ``mediados de mayo``."""
        edge = self._edges.first(text.folded, at)
        if edge is None:
            return None
        month = self._full.first(text.folded, self._onward(text, edge.end))
        if month is None:
            return None
        year = self._year(text, month.end)
        first = calendar.month_day(
            setting.today.replace(day=1), month.value, 1, None if year is None else year.value
        )
        if first is None:
            return None
        if edge.value == _MIDDLE:
            first = first.replace(day=_MIDDLE)
        date = calendar.month_end(first) if edge.value < 0 else first
        return Parsed(date, month.end if year is None else year.end)

    def _is_counted(self, text: Text, at: int) -> bool:
        """Whether a number or an ordinal stands before a month: one that is not a day of it."""
        before = text.folded[:at].rstrip(" .")
        for joint in self._joints:
            if f"{before} ".endswith(f" {joint}") or before.endswith(joint):
                before = before[: len(before) + 1 - len(joint)].rstrip(" .")
        last = before.split()[-1:] or [""]
        return bool(last[0]) and (
            last[0][-1].isdecimal()
            or self._numerals.whole(Text(last[0]), 0) is not None
            or self._ordinals.first(last[0], 0) is not None
        )

    def _year(self, text: Text, end: int) -> Parsed[int] | None:
        """The year after a month: ``de 2027``, ``del 27``, ``'27``, in words."""
        onward = self._onward(text, end)
        is_joined = onward > text.skip(end, " .,")
        short = text.past(onward, "'")
        stop = digits.run_of_digits(text.folded, short)
        written = text.folded[short:stop]
        if _is_clock(text, stop):
            return None
        if len(written) == 4 and int(written) in _YEARS:
            return Parsed(int(written), stop)
        ends = text.skip(stop, " .,!") == len(text)
        if len(written) == 2 and (is_joined or short > onward or ends):
            return Parsed(calendar.full_year(int(written)), stop)
        spoken = None if written else self._numerals.whole(text, onward)
        return spoken if spoken is not None and spoken.value in _YEARS else None

    def _weekday(self, text: Text, at: int, setting: Setting) -> Date | None:
        """``viernes``, ``el próximo viernes``, ``vendredi prochain``, ``Freitag, 3. April``."""
        folded = text.folded
        which = self._which_before.first(folded, at)
        begin = at if which is None else text.skip(which.end)
        day = self._weekdays.first(folded, begin)
        if day is None or stands_before(text.folded, at, self._every):
            return None
        if self._not_before.first(text.folded, text.skip(day.end)) is not None:
            return None
        onward = text.skip(day.end, " ,")
        later = self._weeks_on.first(folded, onward)
        if later is not None:
            date = calendar.weekday(setting.today, day.value, None, later.value)
            return Parsed(date, later.end)
        weeks = self._weeks_after.first(folded, onward)
        if weeks is not None:
            return Parsed(
                calendar.weekday_of_week(setting.today, day.value, weeks.value), weeks.end
            )
        after = self._which_after.first(folded, onward) if which is None else None
        which = which or after
        if which is None or not which.value:
            exact = self._exact(text, day.value, onward, setting)
            if exact is not None:
                return exact
        date = calendar.weekday(setting.today, day.value, None if which is None else which.value)
        return Parsed(date, day.end if after is None else after.end)

    def _exact(self, text: Text, weekday: int, at: int, setting: Setting) -> Date | None:
        """The day of a month after a weekday, which decides; ``viernes 13`` has to be one."""
        date = self._day_first(text, at, setting) or digits.date(text, at, setting, elicited=True)
        if date is not None:
            return date
        day = self._day_number(text, self._article(text, at))
        if day is None or text.skip(day.end, " .,!") < len(text):
            return None
        first = setting.today.replace(day=1)
        for ahead in range(_MONTHS_AHEAD):
            month = calendar.add_months(first, ahead)
            date_of = None if month is None else calendar.valid(month.year, month.month, day.value)
            if date_of is not None and date_of >= setting.today and date_of.weekday() == weekday:
                return Parsed(date_of, day.end)
        return None

    def _is_part(self, text: Text, at: int, end: int) -> bool:
        """Whether a word for a day is part of something else there: the morning, an ordinal."""
        if stands_before(text.folded, at, (*self._not_after, *self._every)):
            return True
        return self._not_before.first(text.folded, text.skip(end)) is not None

    def _day(self, text: Text, at: int, setting: Setting) -> Date | None:
        day = self._days.first(text.folded, at)
        if day is None or self._is_part(text, at, day.end):
            return None
        # "morgen in einer Woche" is neither of the two.
        if day.value and self._offset(text, text.skip(day.end), setting, alone=False):
            return None
        date = calendar.shift(setting.today, day.value, "day")
        return None if date is None else Parsed(date, day.end)

    def _holiday(self, text: Text, at: int, setting: Setting) -> Date | None:
        named = self._holidays.first(text.folded, at)
        if named is None:
            return None
        return self._dated(text, named.value[1], Parsed(named.value[0], named.end), setting)

    def _period(self, text: Text, at: int, setting: Setting) -> Date | None:
        period = self._periods.first(text.folded, at)
        words = text.folded[:at].split()[-3:]
        if period is None or any(self._edges.first(word, 0) for word in words):
            return None
        which, unit = period.value
        onward = text.skip(period.end, " ,")
        day = self._weekdays.first(text.folded, text.past(onward, *self._articles))
        if unit == "week" and day is not None:
            return Parsed(calendar.weekday_of_week(setting.today, day.value, which), day.end)
        date = calendar.period(setting.today, which, unit)
        return None if date is None else Parsed(date, period.end)

    def _offset(self, text: Text, at: int, setting: Setting, *, alone: bool = True) -> Date | None:
        """``dentro de tres días``, ``hace dos semanas``, ``due giorni fa``."""
        before = text.folded[:at].split()[-1:] if alone else []
        day = self._days.first(before[0], 0) if before else None
        if day is not None and day.value and day.end == len(before[0]):
            return None
        within = self._within.first(text.folded, at)
        begin = at if within is None else text.skip(within.end)
        number = self._numerals.amount(text, begin, setting)
        if number is None or number.value != int(number.value) or not 0 < number.value < _MOST:
            return None
        unit = self._units.first(text.folded, text.skip(number.end, " -"))
        if unit is None:
            return None
        later = self._later.first(text.folded, text.skip(unit.end))
        if (within is None and later is None) or self._numerals.half_follows(text, unit.end):
            return None
        side = (1 if within is None else within.value) * (1 if later is None else later.value)
        count, measure = unit.value
        date = calendar.shift(setting.today, side * int(number.value) * count, measure)
        end = unit.end if later is None else later.end
        return None if date is None else Parsed(date, end)

    def _loose(self, text: Text, at: int, setting: Setting) -> Date | None:
        """What is a date only where one is elicited and nothing else is there: ``el 15``."""
        begin = self._article(text, at)
        day = self._day_number(text, begin)
        if day is None or text.skip(day.end, " .,!?") < len(text):
            return None
        marked = text.folded[at].isdecimal() and text.folded[day.end - 1] in self._marks
        if begin == at and not (marked and at == 0):
            return None
        date = calendar.day_of_month(setting.today, day.value)
        return None if date is None else Parsed(date, day.end)


def _goes_on_before(folded: str, at: int) -> bool:
    """Whether a number is but the rest of another: 26 of 32/26 March."""
    return (
        at > 1
        and folded[at - 1] in "/.:-,"
        and (folded[at - 2].isdecimal() or folded[at - 2] == ".")
    )


def _is_clock(text: Text, end: int) -> bool:
    """Whether the digits that end here are hours: ``8:30``, ``8h``."""
    return text.folded[end : end + 1] in (":", "h")
