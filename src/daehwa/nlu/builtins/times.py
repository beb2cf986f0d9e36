"""AMAZON.Time: a time as ``HH:MM``, or a part of the day (``MO AF EV NI``, ``AM``, ``PM``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

import msgspec

from daehwa.nlu.builtins import durations
from daehwa.nlu.builtins.carriers import is_aside
from daehwa.nlu.builtins.mention import Mention
from daehwa.nlu.builtins.scanning import agreed, longest
from daehwa.nlu.languages import digits
from daehwa.nlu.languages.clock import ClockTime, written
from daehwa.nlu.languages.language import Times
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.suffixes import ends_well
from daehwa.nlu.languages.text import Text, is_hangul

_HOURS_OF: Final[dict[str, range]] = {
    "AM": range(12), "MO": range(3, 12), "PM": range(12, 24), "AF": range(12, 18),
    "EV": range(16, 24), "NI": range(18, 24),
}  # fmt: skip
"""The hours of each part of the day, where it tells one of two times apart."""


def find(text: Text, setting: Setting) -> Iterator[Mention]:
    """Every time of the text, left to right."""
    return iter(_scan(text, setting, elicited=False))


def read(text: Text, setting: Setting) -> Mention | None:
    """The time of a reply: one with an hour before a mere part of the day."""
    times = _scan(text, setting, elicited=True)
    clocks = [time for time in times if ":" in time.resolved[0]]
    parts = {time.resolved[0] for time in times if ":" not in time.resolved[0]}
    if len(parts) == 1 and clocks:
        clocks = [_of_part(clock, *parts) for clock in clocks]
    # A table for two at 7 pm: what may be a bare hour gives way to a whole time.
    bare = [time for time in clocks if time.interpreted is None and _is_bare(time)]
    whole = [time for time in clocks if time not in bare] or clocks
    time = longest(agreed(whole) if whole else times)
    return None if time is None or is_aside(text, time.span, setting) else time


def _is_bare(clock: Mention) -> bool:
    """Whether a time is an hour without any word that makes it one."""
    return not (is_hangul(clock.original[-1]) or ":" in clock.original)


def _of_part(clock: Mention, part: str) -> Mention:
    """A time that may be two as the one of a part of the day: 3시 반쯤 *오후에요*."""
    if clock.interpreted is not None:
        return clock
    hours = _HOURS_OF[part]
    inside = [time for time in clock.resolved if int(time[:2]) in hours]
    if len(inside) != 1:
        return clock
    return msgspec.structs.replace(clock, interpreted=inside[0], resolved=tuple(inside))


def _scan(text: Text, setting: Setting, *, elicited: bool) -> list[Mention]:
    beyond = -1
    parts: list[Mention] = []
    clocks: list[Mention] = []
    readers = [language.times for language in setting.languages if language.times is not None]
    counted_on = any(times.later.may_stand_in(text.folded) for times in readers)
    for start in text.places:
        if start < beyond:
            continue
        clock = _clock(text, start, setting, readers, elicited=elicited)
        if clock is None or elicited:  # a bare hour may be the beginning of "three quarters of ..."
            span = _relative(text, start, setting, readers, counted_on=counted_on)
            clock = longest(each for each in (clock, span) if each is not None)
        if clock is not None:
            clocks.append(clock)
            beyond = clock.end
            continue
        part = next((p for times in readers if (p := times.part(text, start))), None)
        if part is not None:
            parts.append(Mention.of(text, start, part.end, part.value))
            beyond = part.end
    # A part of the day that a clock time took in is not a time of its own.
    alone = [p for p in parts if not any(c.start <= p.start < c.end for c in clocks)]
    return sorted([*clocks, *alone], key=lambda time: time.start)


def _clock(
    text: Text, start: int, setting: Setting, readers: list[Times], *, elicited: bool
) -> Mention | None:
    """The clock time at ``start``: a language's, else one in digits."""
    for times in readers:
        time = times.clock(text, start, setting, elicited=elicited)
        if time is not None:
            return _mention(time)
    if not text.folded[start].isdecimal():
        return None
    clock = digits.clock(text, start, setting, elicited=elicited)
    if clock is None:
        return None
    original = text.raw[start : clock.end]
    return _mention(ClockTime.of(clock, None, start=start, end=clock.end, original=original))


def _mention(time: ClockTime) -> Mention:
    """A time as a value; where it may be two, it is ambiguous."""
    return Mention(
        start=time.start,
        end=time.end,
        original=time.original,
        interpreted=time.times[0] if len(time.times) == 1 else None,
        resolved=time.times,
    )


def _relative(
    text: Text, start: int, setting: Setting, readers: list[Times], *, counted_on: bool
) -> Mention | None:
    """``now``, ``in half an hour``, ``30분 뒤``: from the moment of the turn.

    ``counted_on`` says whether the text may have words that count a span from now.
    """
    folded = text.folded
    for times in readers:
        now = times.now.first(folded, start)
        counted = now is not None and counted_on and folded.startswith(times.counting, now.end)
        if now is not None and not counted and ends_well(folded, now.end):
            return Mention.of(text, start, now.end, _text_of(setting.now))
    within = next((w for times in readers if (w := times.within.first(folded, start))), None)
    if within is None and not counted_on:
        return None
    span = durations.at(text, start if within is None else text.skip(within.end), setting)
    if span is None or span.interpreted is None or not span.interpreted.startswith("PT"):
        return None
    onward = text.skip(span.end)
    later = next((w for times in readers if (w := times.later.first(folded, onward))), None)
    if later is None and within is None:
        return None
    moved = setting.now + (later.value if later else 1) * _delta(span.interpreted)
    return Mention.of(text, start, later.end if later else span.end, _text_of(moved))


def _text_of(moment: dt.datetime) -> str:
    return written(moment.hour * 60 + moment.minute)


def _delta(iso: str) -> dt.timedelta:
    """The time part of an ISO duration of hours, minutes and seconds."""
    amounts = {"H": 0.0, "M": 0.0, "S": 0.0}
    number = ""
    for char in iso.removeprefix("PT"):
        if char in amounts:
            amounts[char] = min(float(number or 0), 1e6)
            number = ""
        else:
            number += char
    return dt.timedelta(hours=amounts["H"], minutes=amounts["M"], seconds=amounts["S"])
