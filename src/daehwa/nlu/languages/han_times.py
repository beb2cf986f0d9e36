"""Times of day and spans of time as Japanese and Chinese write them: 午後3時半, 下午两点一刻."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from daehwa.nlu.languages import digits, han_numerals
from daehwa.nlu.languages.clock import Clock, ClockTime
from daehwa.nlu.languages.isoduration import IsoDuration
from daehwa.nlu.languages.language import Times
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text

_DAY: Final = 24 * 60
_NOON: Final = 12
_HOUR: Final = 60
_HALF: Final = Decimal("0.5")
_MOST_YEARS: Final = 200
# After these a day is one of a month, and minutes are those of an hour.
_NO_SPAN_AFTER: Final = tuple("月年時时点點第差欠")
_HALVES_OF_DAY: Final = Lexicon({"am": "AM", "a.m.": "AM", "pm": "PM", "p.m.": "PM"})


class HanTimes:
    """Reads times of day."""

    def __init__(
        self,
        *,
        parts: Mapping[str, str],
        hours: tuple[str, ...],
        fixed: Mapping[str, int],
        fractions: Mapping[str, int],
        not_behind_hour: tuple[str, ...],
        before: tuple[str, ...],
        to: tuple[str, ...] = (),
        fives: tuple[str, ...] = (),
        joints: tuple[str, ...] = (),
        now: tuple[str, ...] = (),
        later: Mapping[str, int],
        noon: tuple[str, ...] = (),
        doubtful: tuple[str, ...] = (),
    ) -> None:
        """Take the words.

        ``parts`` are parts of the day with Lex's codes; ``noon`` are those by which twelve is
        noon. ``hours`` stand after an hour; one that is followed by ``not_behind_hour`` is a
        span. ``fractions`` stand after the hour, in minutes; ``before`` after minutes that
        are still to go (3時15分前), ``to`` before them (差五分三点), ``fives`` after fives of
        minutes. ``joints`` stand between the part of the day and the hour.
        ``doubtful`` hours mean something else as well (一点, a little) and are read where a time
        is elicited, or with a part of the day.
        """
        self._parts = Lexicon(parts)
        self._parts_by_size = sorted(parts.items(), key=lambda item: -len(item[0]))
        self._hours = hours
        self._fixed = Lexicon(fixed)
        self._fractions = Lexicon(fractions)
        self._not_behind_hour = not_behind_hour
        self._before = before
        self._to = to
        self._fives = fives
        self._joints = joints
        self._now = now
        self._later = later
        self._noon = noon
        self._doubtful = doubtful

    @property
    def times(self) -> Times:
        """The part of a `Language`."""
        return Times(
            clock=self._clock,
            part=self._part,
            now=Lexicon(dict.fromkeys(self._now, 0)),
            later=Lexicon(self._later),
        )

    def _part(self, text: Text, at: int) -> Parsed[str] | None:
        part = self._parts.first(text.folded, at)
        onward = "" if part is None else text.folded[part.end : part.end + 1]
        # 早上好 is a greeting; a part with an hour after it that cannot be read is none alone.
        if part is None or onward in ("好", "安"):
            return None
        behind = text.folded[text.past(text.skip(part.end), *self._joints) :][:1]
        return None if behind.isdecimal() or han_numerals.is_numeral(behind or " ") else part

    def _clock(self, text: Text, at: int, setting: Setting, *, elicited: bool) -> ClockTime | None:
        if han_numerals.goes_on_before(text, at):
            return None
        part = self._parts.first(text.folded, at)
        begin = at if part is None else text.past(text.skip(part.end, " ,"), *self._joints)
        clock = self._read(text, begin, setting, elicited=elicited)
        if clock is None:
            return None
        code = None if part is None else part.value
        named = "" if part is None else text.folded[at : part.end]
        if part is None:
            code, named, at = self._behind(text, at)
        alone = elicited and at == 0
        if not alone and not named and text.folded[at : clock.end] in self._doubtful:
            return None
        if clock.minutes // _HOUR == _NOON and named in self._noon:
            clock = Clock(minutes=clock.minutes, exact=True, end=clock.end)
        original = text.raw[at : clock.end]
        return ClockTime.of(clock, code, start=at, end=clock.end, original=original)

    def _behind(self, text: Text, at: int) -> tuple[str | None, str, int]:
        """The part of the day right before a time, with a date or nothing between them."""
        before = text.folded[:at].rstrip(" ,")
        for joint in self._joints:
            before = before.removesuffix(joint)
        for name, code in self._parts_by_size:
            if before.endswith(name):
                return code, name, len(before) - len(name)
        return None, "", at

    def _read(self, text: Text, at: int, setting: Setting, *, elicited: bool) -> Clock | None:
        folded = text.folded
        fixed = self._fixed.first(folded, at)
        if fixed is not None:
            return Clock(minutes=fixed.value, exact=True, end=fixed.end)
        onward = text.past(at, *self._to)
        if onward > at:
            return self._minutes_to(text, onward, setting)
        written = digits.clock(text, at, setting, elicited=elicited) if at < len(text) else None
        if written is not None:
            return written
        hour = self._hour(text, at)
        if hour is None:
            return self._with_sign(text, at)
        minutes = self._minutes(text, hour.end)
        if minutes is None:
            return None
        total, end = hour.value * _HOUR + minutes.value, minutes.end
        exact = hour.value > _NOON or hour.value == 0
        if end > hour.end:
            back = text.past(end, *self._before)
            if back > end:
                total, end = hour.value * _HOUR - minutes.value, back
        return Clock(minutes=total % _DAY, exact=exact, end=end)

    def _with_sign(self, text: Text, at: int) -> Clock | None:
        """``3pm``, as it is mixed in."""
        end = digits.run_of_digits(text.folded, at)
        half = _HALVES_OF_DAY.first(text.folded, text.skip(end)) if 0 < end - at <= 2 else None
        if half is None or not 1 <= int(text.folded[at:end]) <= _NOON:
            return None
        hour = int(text.folded[at:end]) % _NOON + (_NOON if half.value == "PM" else 0)
        return Clock(minutes=hour * _HOUR, exact=True, end=half.end)

    def _hour(self, text: Text, at: int) -> Parsed[int] | None:
        """``3時``, ``十点``."""
        hour = han_numerals.small(text, at)
        if hour is None or hour.value > 24:
            return None
        onward = text.skip(hour.end)
        end = text.past(onward, *self._hours)
        if end == onward or text.folded.startswith(self._not_behind_hour, end):
            return None
        return Parsed(hour.value, end)

    def _minutes(self, text: Text, end: int) -> Parsed[int] | None:
        """Minutes after an hour: 0 if there are none, ``None`` where they are not minutes."""
        onward = text.skip(end)
        fraction = self._fractions.first(text.folded, onward)
        if fraction is not None:
            return fraction
        to = text.past(onward, *self._to)
        some = han_numerals.small(text, to)
        if some is None:
            return Parsed(0, end)
        if some.value >= _HOUR:
            return None
        fives = text.past(some.end, *self._fives)
        if fives > some.end:
            return Parsed(5 * some.value, fives) if some.value < _NOON else None
        stop = text.past(text.skip(some.end), "分钟", "分鐘", "分")
        has_unit = stop > text.skip(some.end)
        value = -some.value if to > onward else some.value
        if has_unit:
            return Parsed(value, stop)
        # 三点二十: without a unit they end there; 三点两个人 are two people.
        after = text.folded[some.end : some.end + 1]
        plain = not after or not after.isalnum()
        if plain:
            # 三點九 is a quarter to four in Cantonese: nine fives.
            return Parsed(value, some.end) if some.value >= 10 else None
        return Parsed(0, end)

    def _minutes_to(self, text: Text, at: int, setting: Setting) -> Clock | None:
        """``差五分三点``, ``差一刻八点``."""
        del setting
        quarter = self._fractions.first(text.folded, at)
        some = quarter or han_numerals.small(text, at)
        if some is None:
            return None
        end = some.end if quarter else text.past(some.end, "分钟", "分鐘", "分")
        hour = self._hour(text, text.skip(end))
        if hour is None:
            return None
        minutes = (hour.value * _HOUR - some.value) % _DAY
        return Clock(minutes=minutes, exact=hour.value > _NOON, end=hour.end)


class HanDurations:
    """Reads spans of time; ``halves`` add a half after the unit, or before it (两个半小时)."""

    def __init__(
        self,
        *,
        units: Mapping[str, str],
        fixed: Mapping[str, tuple[str, str]],
        halves: tuple[str, ...],
        halves_before: tuple[str, ...] = (),
        amount: Callable[[Text, int, Setting], Parsed[Decimal] | None],
        not_behind: tuple[str, ...] = (),
    ) -> None:
        """Take the words; what is followed by one of ``not_behind`` is not a span."""
        self._units = Lexicon(units)
        self._fixed = Lexicon(fixed)
        self._halves = halves
        self._halves_before = halves_before
        self._amount = amount
        self._not_behind = not_behind

    def __call__(self, text: Text, at: int, setting: Setting) -> Parsed[IsoDuration] | None:
        """The span of time that begins at ``at``."""
        if han_numerals.goes_on_before(text, at, _NO_SPAN_AFTER):
            return None
        duration = IsoDuration()
        fixed = self._fixed.first(text.folded, at)
        if fixed is not None:
            duration.add(fixed.value[1], Decimal(fixed.value[0]))
            return Parsed(duration, fixed.end)
        end: int | None = None
        place = at
        while place < len(text):
            number = self._amount(text, place, setting)
            if number is None:
                break
            onward = text.skip(number.end)
            half = text.past(onward, *self._halves_before)
            unit = self._units.first(text.folded, half)
            if unit is None or text.folded.startswith(self._not_behind, unit.end):
                break
            if unit.value == "Y" and number.value > _MOST_YEARS:
                break
            amount = number.value + (_HALF if half > onward else 0)
            if not duration.add(unit.value, amount):
                break
            end = unit.end
            behind = text.past(end, *self._halves)
            if behind > end:
                duration.increase(unit.value, _HALF)
                end = behind
            place = text.skip(end, " ,")
        return None if end is None else Parsed(duration, end)
