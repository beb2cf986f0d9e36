"""English times of day: eight pm, half past three, quarter to five, 17:05, noon, morning."""

from __future__ import annotations

from daehwa.nlu.builtins import numbers_en
from daehwa.nlu.builtins.clock import Clock
from daehwa.nlu.builtins.lexicon import Lexicon, phrases
from daehwa.nlu.builtins.text import Text

HALVES = Lexicon(
    {
        "am": "AM", "a.m.": "AM", "a.m": "AM", "a m": "AM", "pm": "PM", "p.m.": "PM",
        "p.m": "PM", "p m": "PM",
    }
)  # fmt: skip
PARTS = Lexicon(
    {
        "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "tonight": "NI",
        "tonite": "NI", "mornings": "MO", "afternoons": "AF", "evenings": "EV",
        "lunchtime": "AF", "lunch time": "AF", "dinnertime": "EV", "dinner time": "EV",
        "breakfast time": "MO", "bedtime": "NI",
    }
)  # fmt: skip
_FIXED = Lexicon(
    {
        "noon": 720, "midday": 720, "mid-day": 720, "noontime": 720, "midnight": 0,
        "12 noon": 720, "twelve noon": 720, "12 midnight": 0, "twelve midnight": 0,
    }
)  # fmt: skip
_O_CLOCK = Lexicon({"o'clock": 0, "oclock": 0, "o clock": 0})
_PAST = Lexicon({"past": 1, "after": 1, "to": -1, "till": -1, "til": -1, "before": -1, "of": -1})
_FRACTIONS = Lexicon({"half": 30, "quarter": 15, "a quarter": 15})
_MINUTES = Lexicon({"minutes": 0, "minute": 0, "mins": 0, "min": 0})
_LEADS = ("in the ", "this ", "at ", "in ", "on the ", "tomorrow ", "yesterday ", "during the ")


_FIRST_WORDS = numbers_en.FIRST_WORDS | _FIXED.first_words | _FRACTIONS.first_words


def part_after(text: Text, end: int) -> tuple[str, str, int, int] | None:
    """A half or part of the day behind a clock time: its code, kind, start and end."""
    folded = text.folded
    half = HALVES.first(folded, text.skip(end))
    if half is not None:
        return half[0], "half", text.skip(end), half[1]
    first = place = text.skip(end, " ,")
    while True:
        lead = next((lead for lead in _LEADS if folded.startswith(lead, place)), None)
        if lead is None:
            break
        place += len(lead)
    part = PARTS.first(folded, place)
    # "5 tonight" and "5 in the evening" are times, "two night" is a stay.
    if part is not None and place == first and not folded.startswith("toni", place):
        return None
    return (part[0], "part", place, part[1]) if part is not None else None


def part_before(text: Text, start: int) -> tuple[str, int, int] | None:
    """A part of the day before a clock time: ``tonight at eight``, ``in the evening at 5``."""
    folded = text.folded
    end = start
    while end and folded[end - 1] in " ,":
        end -= 1
    for joint in (" at", " around", " about", " by"):
        if folded[:end].endswith(joint):
            end -= len(joint)
            break
    while end and folded[end - 1] in " ,":
        end -= 1
    begin = end
    while begin and folded[begin - 1].isalpha():
        begin -= 1
    part = PARTS.first(folded, begin)
    return (part[0], begin, end) if part is not None and part[1] == end else None


def at(text: Text, start: int, *, asked: bool) -> Clock | None:
    """The time that begins at ``start``; a bare hour only when ``asked`` or after "at"."""
    folded = text.folded
    if folded[start].isalpha() and folded[start : text.run_end(start)] not in _FIRST_WORDS:
        return None
    fixed = _FIXED.first(folded, start)
    if fixed is not None:
        return Clock(minutes=fixed[0], exact=True, end=fixed[1])
    relative = _relative(text, start)
    if relative is not None:
        return relative
    if start > 1 and folded[start - 1] in ":." and folded[start - 2].isdecimal():
        return None  # what is left of 25:00 and 10.5
    hour = numbers_en.below_hundred(text, start)
    if hour is None or hour[0] > 24:
        return _compact(text, start, asked=asked)
    value, end = hour
    minutes = _minutes(text, end)
    if minutes is not None:
        spelt = folded[start:end]
        return Clock(
            minutes=(value % 24) * 60 + minutes[0],
            exact=value > 12 or value == 0 or (spelt.startswith("0") and folded[end] == ":"),
            end=minutes[1],
        )
    oclock = _O_CLOCK.first(folded, text.skip(end))
    if oclock is not None:
        return Clock(minutes=(value % 24) * 60, exact=value > 12 or value == 0, end=oclock[1])
    sure = (
        asked
        or part_after(text, end) is not None
        or folded[:start].endswith(
            ("at ", "around ", "by ", "until ", "till ", "before ", "after ")
        )
    )
    onward = text.skip(end)
    if not sure or (
        onward == end and end < len(folded) and folded[end].isalpha() and not part_after(text, end)
    ):
        return None
    if (
        folded[end : end + 1] in ("/", "-", ".", ",", "%", ":")
        and folded[end + 1 : end + 2].isdecimal()
    ):
        return None
    bare = not asked and part_after(text, end) is None
    if bare and onward < len(folded) and folded[onward].isalpha():
        follower = folded[onward : text.word_end(onward)]
        # "at 5 main street" is no time; "at 5 on friday" and "at 5 for two" are.
        if follower not in _MAY_FOLLOW:
            return None
    return Clock(minutes=(value % 24) * 60, exact=value > 12 or value == 0, end=end, bare=True)


_MAY_FOLLOW = frozenset(
    phrases(
        """
on|for|and|please|to|in|tomorrow|today|tonight|this|next|with|or|until|till|if|monday|tuesday
wednesday|thursday|friday|saturday|sunday|at|from|sharp|then|by|instead
"""
    )
)


def _minutes(text: Text, end: int) -> tuple[int, int] | None:
    """Minutes behind an hour: ``:05``, ``h30``, ``thirty``, ``oh five``, ``.30``."""
    folded = text.folded
    mark = folded[end : end + 1]
    if mark in (":", ".", "h") and len(mark) == 1:
        stop = end + 3
        said = folded[end + 1 : stop]
        if len(said) == 2 and said.isdecimal() and int(said) < 60:
            if mark == "." and not part_after(text, stop):
                return None  # 3.15 is a number or a date
            if stop < len(folded) and folded[stop].isdecimal():
                return None
            if folded[stop : stop + 1] == ":" and folded[stop + 1 : stop + 3].isdecimal():
                stop += 3  # seconds
            return int(said), stop
        return None
    place = text.skip(end)
    if place == end or folded[place : place + 1].isdecimal() or folded[end - 1].isdecimal():
        return None
    for zero in ("oh ", "o ", "zero "):
        if folded.startswith(zero, place):
            few = numbers_en.below_hundred(text, place + len(zero))
            if few is not None and 1 <= few[0] <= 9:
                return few
    some = numbers_en.below_hundred(text, place)
    return some if some is not None and 10 <= some[0] < 60 else None


def _relative(text: Text, start: int) -> Clock | None:
    """``half past three``, ``a quarter to five``, ``ten past six``."""
    folded = text.folded
    amount = _FRACTIONS.first(folded, start)
    exact = amount is not None
    amount = amount or numbers_en.below_hundred(text, start)
    if amount is None or not 0 < amount[0] < 60:
        return None
    place = text.skip(amount[1])
    unit = _MINUTES.first(folded, place)
    if unit is not None:
        place = text.skip(unit[1])
    side = _PAST.first(folded, place)
    if side is None and amount[0] == 30 and exact:
        hour = numbers_en.below_hundred(text, place)  # British "half three"
        if hour is not None and 1 <= hour[0] <= 12 and place > amount[1]:
            return Clock(minutes=hour[0] % 24 * 60 + 30, exact=False, end=hour[1])
        return None
    if side is None:
        return None
    # "five to six people", "two of ten" are no times: bare numbers need whole fives.
    if not exact and unit is None and (amount[0] % 5 or folded.startswith("of", place)):
        return None
    place = text.skip(side[1])
    fixed = _FIXED.first(folded, place)
    hour = numbers_en.below_hundred(text, place) if fixed is None else None
    if fixed is not None:
        return Clock(minutes=(fixed[0] + side[0] * amount[0]) % 1440, exact=True, end=fixed[1])
    if hour is None or not 1 <= hour[0] <= 23:
        return None
    oclock = _O_CLOCK.first(folded, text.skip(hour[1]))
    minutes = (hour[0] * 60 + side[0] * amount[0]) % 1440
    return Clock(minutes=minutes, exact=hour[0] > 12, end=oclock[1] if oclock else hour[1])


def _compact(text: Text, start: int, *, asked: bool) -> Clock | None:
    """``1730`` with "hours", ``530pm``, ``5.30pm``; ``0530`` alone when ``asked``."""
    folded = text.folded
    number = numbers_en.digits(text, start)
    if number is None:
        return None
    said, end = number
    whole, point, rest = said.partition(".")
    if point and len(whole) <= 2 and len(rest) == 2:
        said = whole + rest
    if not said.isdecimal() or len(said) not in (3, 4):
        return None
    hour, minute = int(said[:-2]), int(said[-2:])
    if hour > 23 or minute > 59:
        return None
    half = HALVES.first(folded, text.skip(end))
    if asked and (point or len(said) == 4) and half is None and (start, end) == (0, len(text)):
        return Clock(minutes=hour * 60 + minute, exact=hour > 12 or said[0] == "0", end=end)
    if half is None and (point or not folded.startswith(("hours", "hrs"), text.skip(end))):
        return None
    if half is None:
        place = text.skip(end)
        return Clock(minutes=hour * 60 + minute, exact=True, end=text.word_end(place))
    return Clock(minutes=hour * 60 + minute, exact=hour > 12, end=end)
