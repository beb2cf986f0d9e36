"""AMAZON.Time: a time as ``HH:MM``, or a part of the day (``MO AF EV NI``, ``AM``, ``PM``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from daehwa.nlu.builtins import durations, times_en, times_ko
from daehwa.nlu.builtins.clock import Clock, both, settle, text_of
from daehwa.nlu.builtins.endings import ends_well
from daehwa.nlu.builtins.found import Found, Setting
from daehwa.nlu.builtins.lexicon import Lexicon
from daehwa.nlu.builtins.text import Text

_NOW = Lexicon({"now": 0, "right now": 0, "지금": 0, "당장": 0, "현재": 0})
_LATER = Lexicon({"from now": 1, "later": 1, "ago": -1, "후": 1, "뒤": 1, "이후": 1, "전": -1})


def find(text: Text, setting: Setting) -> Iterator[Found]:
    """Every time of the text, left to right."""
    yield from _scan(text, setting, asked=False)


def read(text: Text, setting: Setting) -> Found | None:
    """The time of a reply: one with an hour before a mere part of the day."""
    found = list(_scan(text, setting, asked=True))
    return max(found, key=lambda f: (":" in f.resolved[0], f.end - f.start), default=None)


def _scan(text: Text, setting: Setting, *, asked: bool) -> Iterator[Found]:
    beyond = -1
    parts: list[Found] = []
    clocks: list[Found] = []
    for start in text.starts:
        if start < beyond:
            continue
        found = _clock(text, start, setting, asked=asked) or _relative(text, start, setting)
        if found is not None:
            clocks.append(found)
            beyond = found.end
            continue
        part = _part(text, start, setting)
        if part is not None:
            parts.append(part)
            beyond = part.end
    # A part of the day that a clock time took in is not a time of its own.
    for part in parts:
        if not any(c.start <= part.start < c.end for c in clocks):
            clocks.append(part)
    clocks.sort(key=lambda f: f.start)
    yield from clocks


def _clock(text: Text, start: int, setting: Setting, *, asked: bool) -> Found | None:
    if setting.korean:
        best: tuple[Clock, str | None, int] | None = None
        for clock, code, begin in times_ko.at(text, start):
            if (best is None or clock.end > best[0].end) and ends_well(text.folded, clock.end):
                best = clock, code, begin
        if best is not None:
            clock, code, begin = best
            return _settled(clock, code, start, clock.end, text.raw[start : clock.end])
    english = times_en.at(text, start, asked=asked)
    if english is None:
        return None
    if english.bare and not ends_well(text.folded, english.end):
        return None
    return _english(text, start, english)


def _english(text: Text, start: int, clock: Clock) -> Found:
    """Add am, pm or the part of the day around an English clock time."""
    raw = text.raw
    after = times_en.part_after(text, clock.end)
    if after is not None:
        code, kind, begin, end = after
        # Amazon's own example: "5 in the evening" has the original value "5 evening".
        near = raw[start:end] if kind == "half" else f"{raw[start : clock.end]} {raw[begin:end]}"
        return _settled(clock, code, start, end, near)
    before = times_en.part_before(text, start)
    if before is not None and not clock.exact:
        code, begin, stop = before
        near = f"{raw[begin:stop]} {raw[start : clock.end]}"
        return _settled(clock, code, begin, clock.end, near)
    return _settled(clock, None, start, clock.end, raw[start : clock.end])


def _settled(clock: Clock, code: str | None, start: int, end: int, original: str) -> Found:
    if code is None and not clock.exact:
        return Found(
            start=start,
            end=end,
            original=original,
            interpreted=None,
            resolved=both(clock.minutes),
        )
    minutes = clock.minutes if code is None or clock.exact else settle(clock.minutes, code)
    said = text_of(minutes)
    return Found(start=start, end=end, original=original, interpreted=said, resolved=(said,))


def _part(text: Text, start: int, setting: Setting) -> Found | None:
    folded = text.folded
    got: tuple[str, int] | None = None
    if setting.korean:
        got = next(
            ((c, e) for c, e in times_ko.PARTS.at(folded, start) if ends_well(folded, e)), None
        )
    got = got or times_en.PARTS.first(folded, start) or times_en.HALVES.first(folded, start)
    if got is None or folded[start : got[1]] in ("am", "a m", "p m"):  # "I am"
        return None
    code, end = got
    if folded[start:end] == "night":
        before = folded[:start].split()
        if not before or before[-1] not in ("at", "the", "late", "friday", "saturday", "tomorrow"):
            return None  # one night, a night, per night: a stay
    return Found(
        start=start, end=end, original=text.raw[start:end], interpreted=code, resolved=(code,)
    )


def _relative(text: Text, start: int, setting: Setting) -> Found | None:
    """``now``, ``in half an hour``, ``30분 뒤``: from the moment of the turn."""
    folded = text.folded
    now = next(((v, e) for v, e in _NOW.at(folded, start) if ends_well(folded, e)), None)
    if now is not None:
        said = text_of(setting.now.hour * 60 + setting.now.minute)
        return Found(
            start=start,
            end=now[1],
            original=text.raw[start : now[1]],
            interpreted=said,
            resolved=(said,),
        )
    within = folded.startswith("in ", start)
    span = durations.at(text, start + 3 if within else start, setting)
    if span is None or span.interpreted is None or not span.interpreted.startswith("PT"):
        return None
    later = _LATER.first(folded, text.skip(span.end))
    if later is None and not within:
        return None
    end = later[1] if later else span.end
    moved = setting.now + (later[0] if later else 1) * _delta(span.interpreted)
    said = text_of(moved.hour * 60 + moved.minute)
    return Found(
        start=start, end=end, original=text.raw[start:end], interpreted=said, resolved=(said,)
    )


def _delta(iso: str) -> dt.timedelta:
    """The time part of an ISO duration of hours, minutes and seconds."""
    amounts = {"H": 0.0, "M": 0.0, "S": 0.0}
    number = ""
    for char in iso[2:]:
        if char in amounts:
            amounts[char] = min(float(number or 0), 1e6)
            number = ""
        else:
            number += char
    return dt.timedelta(hours=amounts["H"], minutes=amounts["M"], seconds=amounts["S"])
