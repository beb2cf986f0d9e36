"""Times of day in the words of a language: all that the European languages need to say.

``a las ocho y media``, ``halb drei``, ``huit heures moins le quart``, ``le 15:30``. Where the
half of the day is open, a time is two; `daehwa.nlu.languages.clock`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from daehwa.nlu.languages import digits
from daehwa.nlu.languages.accents import spelt, spelt_all
from daehwa.nlu.languages.clock import Clock, ClockTime
from daehwa.nlu.languages.language import Times
from daehwa.nlu.languages.lexicon import Lexicon, Vocabulary, stands_before
from daehwa.nlu.languages.numerals import Numerals
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text

_DAY: Final = 24 * 60
_NOON: Final = 12
_HOUR: Final = 60
_MARKS: Final = (":", "h", ".")
HALVES: Final = {
    "am": "AM", "a.m.": "AM", "a.m": "AM", "a. m.": "AM",
    "pm": "PM", "p.m.": "PM", "p.m": "PM", "p. m.": "PM",
}  # fmt: skip
"""The signs of the two halves of the day, read in every language of these."""


class WordedTimes:
    """Reads the times of a language; all words are given in lower case."""

    def __init__(
        self,
        *,
        numerals: Numerals,
        leads: Iterable[str] = (),
        hours: Iterable[str] = (),
        named_hours: Mapping[str, int] | None = None,
        fixed: Mapping[str, int],
        before: Mapping[str, int] | None = None,
        past: Mapping[str, int] | None = None,
        minutes: Iterable[str] = (),
        after: Mapping[str, int] | None = None,
        joints: Iterable[str] = (),
        less: Iterable[str] = (),
        onward: Iterable[str] = (),
        not_after: Iterable[str] = (),
        ranges: Iterable[str] = (),
        spans: Iterable[str] = (),
        parts: Mapping[str, str],
        parts_before: Mapping[str, str] | None = None,
        part_leads: Iterable[str] = (),
        no_parts_after: Iterable[str] = (),
        now: Iterable[str] = (),
        later: Mapping[str, int] | None = None,
        within: Mapping[str, int] | None = None,
    ) -> None:
        """Take the words.

        ``leads`` stand before an hour and show that it is one (``a las``), ``hours`` after it;
        ``named_hours`` are hours that are called otherwise than numbers.
        ``fixed`` are noon and its like, in minutes. ``before`` are fractions before an hour, in
        minutes to add to it (``halb``: -30); ``past`` what stands between some minutes and
        an hour (1: past, -1: to), with one of ``minutes`` or without. ``after`` are fractions
        after an hour (``y media``: 30), ``joints`` and ``less`` what stands before its
        minutes. An hour alone ends a reply, or is followed by one of the words ``onward``; it is
        none after one of ``not_after`` (a day of the month), nor where ``ranges`` (*between*) go
        before; after one of ``spans`` (*in*) hours are a span of time.

        ``parts`` are parts of the day after an hour, with Lex's codes, or alone;
        ``parts_before`` before one. A part is none after one of ``no_parts_after``.
        """
        self._numerals = numerals
        self._leads = tuple(f"{each} " if each[-1] != "'" else each for each in spelt_all(leads))
        self._hours = Lexicon(spelt(dict.fromkeys(hours, 0)))
        self._named_hours = Lexicon(spelt(named_hours or {}))
        self._fixed = Lexicon(spelt(fixed))
        self._before = Lexicon(spelt(before or {}))
        self._past = Lexicon(spelt(past or {}))
        self._minutes = Lexicon(spelt(dict.fromkeys(minutes, 0)))
        self._after = Lexicon(spelt(after or {}))
        self._joints = tuple(f"{each} " for each in spelt_all(joints))
        self._onward = Lexicon(spelt(dict.fromkeys(onward, 0)))
        self._not_after = tuple(f"{each} " for each in spelt_all(not_after))
        self._spans = tuple(f"{each} " for each in spelt_all(spans))
        self._ranges = tuple(f"{each} " for each in ranges)
        self._less = tuple(f"{each} " for each in spelt_all(less))
        self._parts = Lexicon({**spelt(parts), **HALVES})
        self._alone = Lexicon({**spelt(parts), **spelt(parts_before or {})})
        self._parts_before = spelt(parts_before or parts)
        self._part_leads = tuple(f"{each} " for each in spelt_all(part_leads))
        self._no_parts_after = tuple(f"{each} " for each in spelt_all(no_parts_after))
        self._vocabulary = Vocabulary()
        for lexicon in (self._named_hours, self._fixed, self._before):
            self._vocabulary.words |= lexicon.first_words
        self._now = now
        self._later = later
        self._within = within

    @property
    def times(self) -> Times:
        """The part of a `Language`."""
        return Times(
            clock=self._clock,
            part=self._part,
            now=Lexicon(spelt(dict.fromkeys(self._now, 0))),
            later=Lexicon(spelt(self._later or {})),
            within=Lexicon(spelt(self._within or {})),
        )

    def _part(self, text: Text, at: int) -> Parsed[str] | None:
        part = self._alone.first(text.folded, at)
        before = text.folded[:at].rstrip()
        if part is None or stands_before(text.folded, at, self._no_parts_after):
            return None
        # After an hour that cannot be read it is none alone.
        unread = before[-1:].isdecimal() or self._numerals.goes_on_before(text, at)
        return None if unread else part

    def _clock(self, text: Text, at: int, setting: Setting, *, elicited: bool) -> ClockTime | None:
        """The time at ``at``, with the part of the day around it."""
        clock = self._read(text, at, setting, elicited=elicited)
        if clock is None:
            return None
        part = self._parts.first(text.folded, self._to_part(text, clock.end))
        if part is not None:
            original = text.raw[at : part.end]
            return ClockTime.of(clock, part.value, start=at, end=part.end, original=original)
        before = self._part_before(text, at)
        begin = at if before is None else before.end
        return ClockTime.of(
            clock,
            None if before is None else before.value,
            start=begin,
            end=clock.end,
            original=text.raw[begin : clock.end],
        )

    def _hour_number(self, text: Text, at: int) -> Parsed[int] | None:
        named = self._named_hours.first(text.folded, at)
        return self._numerals.small(text, at) if named is None else named

    def _to_part(self, text: Text, end: int) -> int:
        return text.past(text.skip(end, " ,"), *self._part_leads)

    def _part_before(self, text: Text, at: int) -> Parsed[str] | None:
        """A part of the day before a time; its ``end`` is where it starts."""
        before = text.folded[:at].rstrip(" ,")
        lead = next((each for each in self._leads if f"{before} ".endswith(f" {each}")), "")
        before = before[: len(before) + 1 - len(lead)].rstrip(" ,") if lead else before
        for phrase, code in self._parts_before.items():
            if before.endswith(phrase) and not before[: -len(phrase)][-1:].isalpha():
                return Parsed(code, len(before) - len(phrase))
        return None

    def _read(self, text: Text, at: int, setting: Setting, *, elicited: bool) -> Clock | None:
        folded = text.folded
        if not (self._vocabulary.may_begin(text, at) or self._numerals.may_begin(text, at)):
            return None
        if at > 1 and folded[at - 1] in ":.,/-" and folded[at - 2].isdecimal():
            return None
        fixed = self._fixed.first(folded, at)
        if fixed is not None:
            more = self._after_hour(text, fixed.end)
            if more is None:
                return Clock(minutes=fixed.value, exact=True, end=fixed.end)
            return Clock(minutes=(fixed.value + more.value) % _DAY, exact=True, end=more.end)
        return (
            self._before_hour(text, at)
            or self._past_hour(text, at)
            or self._hour(text, at, setting, elicited=elicited)
        )

    def _before_hour(self, text: Text, at: int) -> Clock | None:
        """``halb drei``, ``Viertel nach acht``, ``kvart i fem``."""
        fraction = self._before.first(text.folded, at)
        if fraction is None:
            return None
        return self._moved(text, text.skip(fraction.end), fraction.value)

    def _past_hour(self, text: Text, at: int) -> Clock | None:
        """``zehn nach acht``, ``fünf Minuten vor halb drei``, ``dez para as três``."""
        if text.folded[:at].rstrip().endswith(_MARKS) or self._numerals.goes_on_before(text, at):
            return None
        some = self._numerals.small(text, at)
        if some is None or not 0 < some.value < _HOUR:
            return None
        place = text.skip(some.end)
        unit = self._minutes.first(text.folded, place)
        side = self._past.first(text.folded, place if unit is None else text.skip(unit.end))
        # "two to six people" is not a time: bare numbers need whole fives.
        onward = 0 if side is None else text.skip(side.end)
        has_lead = text.past(onward, *self._leads) > onward
        if side is None or (unit is None and some.value % 5 and not has_lead):
            return None
        half = self._before.first(text.folded, onward)
        if half is not None:
            return self._moved(text, text.skip(half.end), half.value + side.value * some.value)
        return self._moved(text, onward, side.value * some.value)

    def _moved(self, text: Text, at: int, by: int) -> Clock | None:
        """The hour at ``at``, moved by some minutes."""
        begin = text.past(at, *self._leads)
        fixed = self._fixed.first(text.folded, begin)
        if fixed is not None:
            return Clock(minutes=(fixed.value + by) % _DAY, exact=True, end=fixed.end)
        hour = self._hour_number(text, begin)
        if hour is None or not 1 <= hour.value <= 24 or _runs_on(text, hour.end):
            return None
        named = self._hours.first(text.folded, text.skip(hour.end)) or hour
        minutes = (hour.value * _HOUR + by) % _DAY
        return Clock(minutes=minutes, exact=hour.value > _NOON, end=named.end)

    def _hour(self, text: Text, at: int, setting: Setting, *, elicited: bool) -> Clock | None:
        """``15 Uhr 30``, ``a las ocho y veinte``, ``17h05``, ``8:30``."""
        folded = text.folded
        hour = self._hour_number(text, at)
        if hour is None or hour.value > 24 or self._is_rest(text, at):
            return None
        written = digits.clock(text, at, setting, elicited=elicited)
        if written is not None:
            named = self._hours.first(folded, text.skip(written.end))
            end = written.end if named is None else named.end
            return Clock(minutes=written.minutes, exact=written.exact, end=end)
        named = self._hours.first(folded, text.skip(hour.end))
        has_lead = bool(stands_before(folded, at, self._leads))
        end = hour.end if named is None else named.end
        exact = hour.value > _NOON or hour.value == 0
        minutes = self._after_hour(text, end, is_named=named is not None)
        if minutes is None:
            minutes = self._pointed(text, hour.end)
        stop = end if minutes is None else minutes.end
        if minutes is None and self._is_number(text, end, named):
            return None
        has_part = self._parts.first(folded, self._to_part(text, stop)) is not None
        if minutes is not None:
            joined = named is not None or has_lead or elicited or has_part
            joined = joined or folded[hour.end : hour.end + 1] == "h"
            if not joined:
                return None
            total = (hour.value * _HOUR + minutes.value) % _DAY
            return Clock(minutes=total, exact=exact, end=minutes.end)
        if named is None and not has_part:
            is_hour = has_lead or (elicited and _opens(text, at, setting))
            if not is_hour or not self._ends(text, end):
                return None
            if stands_before(folded, at, self._not_after):
                return None
        return Clock(minutes=hour.value % 24 * _HOUR, exact=exact, end=end)

    def _is_rest(self, text: Text, at: int) -> bool:
        """Whether an hour is the rest of something: of a number, of *zehn vor* fünf, of a range."""
        before = text.folded[:at]
        if stands_before(text.folded, at, self._spans) or any(
            each in f" {before}" for each in self._ranges
        ):
            return True
        lead = stands_before(text.folded, at, self._leads)
        return any(self._numerals.goes_on_before(text, place) for place in (at, at - len(lead)))

    def _ends(self, text: Text, end: int) -> bool:
        """Whether an hour ends a reply: what follows it might be what it counts."""
        onward = text.skip(end)
        marked = text.skip(onward, " .")
        if marked == len(text) or text.folded[marked] in ",!?;)":
            return True  # "1. Mai" goes on, and so does "un'ora"
        return self._onward.first(text.folded, onward) is not None

    def _is_number(self, text: Text, end: int, named: Parsed[int] | None) -> bool:
        """Whether the digits of an hour are part of a number, a date or a sum."""
        folded = text.folded
        if named is not None:
            return False
        after = folded[end : end + 1]
        if after in (*"/-.,:%",) and folded[end + 1 : end + 2].isdecimal():
            return True
        return _runs_on(text, end) and self._parts.first(folded, end) is None

    def _pointed(self, text: Text, end: int) -> Parsed[int] | None:
        """``18.30 Uhr``: minutes after a point, where a word for the hour follows."""
        stop = digits.run_of_digits(text.folded, end + 1)
        if text.folded[end : end + 1] != "." or stop - end != len(".30"):
            return None
        named = self._hours.first(text.folded, text.skip(stop))
        minutes = int(text.folded[end + 1 : stop])
        return None if named is None or minutes >= _HOUR else Parsed(minutes, named.end)

    def _after_hour(self, text: Text, end: int, *, is_named: bool = False) -> Parsed[int] | None:
        """Minutes after an hour: ``y media``, ``moins dix``, ``20``, ``h30``."""
        folded = text.folded
        onward = text.skip(end)
        fraction = self._after.first(folded, onward)
        if fraction is not None:
            return fraction
        if folded[end : end + 1] == "h" or (is_named and folded[end - 1] == "h"):
            begin = end if folded[end - 1] == "h" else end + 1
            stop = digits.run_of_digits(folded, begin)
            if stop - begin == 2 and int(folded[begin:stop]) < _HOUR:
                return Parsed(int(folded[begin:stop]), stop)
        less = text.past(onward, *self._less)
        joined = text.past(onward, *self._joints)
        place = max(less, joined)
        # "ocho veinte" has both in words.
        typed = folded[end - 1].isdecimal() or folded[onward : onward + 1].isdecimal()
        if place == onward and not is_named and (onward == end or typed):
            return None
        some = self._numerals.small(text, place)
        if some is None or not 0 <= some.value < _HOUR or _runs_on(text, some.end):
            return None
        unit = self._minutes.first(folded, text.skip(some.end))
        stop = some.end if unit is None else unit.end
        if place == onward and not is_named and some.value < 10:
            return None
        # "a las ocho y dos personas": what follows minutes is a part of the day, or nothing.
        follows = text.skip(stop)
        runs_on = unit is None and follows > stop and folded[follows : follows + 1].isalpha()
        has_part = self._parts.first(folded, self._to_part(text, stop)) is not None
        if runs_on and not has_part and some.value % 5:
            return None
        return Parsed(-some.value if less > onward else some.value, stop)


def _opens(text: Text, at: int, setting: Setting) -> bool:
    """Whether a reply begins at a place, but for words that carry a value (*sí, mejor* ocho)."""
    place = 0
    carriers = setting.languages[0].carriers
    while carriers is not None and place < at:
        opener = carriers.before.first(text.folded, place)
        if opener is None:
            break
        place = text.skip(opener.end, " ,.")
    return place == at


def _runs_on(text: Text, end: int) -> bool:
    """Whether a word runs on from the digits that end here."""
    return text.folded[end : end + 1].isalpha()
