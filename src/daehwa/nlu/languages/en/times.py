"""English times of day: eight pm, half past three, quarter to five, 17:05, noon, morning."""

from __future__ import annotations

import re
from typing import Final

from daehwa.nlu.languages import digits
from daehwa.nlu.languages.clock import Clock, ClockTime
from daehwa.nlu.languages.en.numbers import is_pronoun
from daehwa.nlu.languages.en.numerals import DIGITS, HOURS, below_hundred
from daehwa.nlu.languages.en.numerals import VOCABULARY as NUMBER_WORDS
from daehwa.nlu.languages.language import Times
from daehwa.nlu.languages.lexicon import Lexicon, Vocabulary, phrases
from daehwa.nlu.languages.locales import POINT
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed, Span
from daehwa.nlu.languages.suffixes import ends_well
from daehwa.nlu.languages.text import Text

_VOCABULARY: Final = Vocabulary(NUMBER_WORDS)

_HALVES = Lexicon(
    {
        "am": "AM", "a.m.": "AM", "a.m": "AM", "a m": "AM", "pm": "PM", "p.m.": "PM",
        "p.m": "PM", "p m": "PM",
    }
)  # fmt: skip
_SHORT_HALF: Final = re.compile(r"(?<=\d)[ap](?![a-z0-9'])")  # 6:45p
_PARTS = Lexicon(
    {
        "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "tonight": "NI",
        "tonite": "NI", "arvo": "AF", "mornings": "MO", "afternoons": "AF", "evenings": "EV",
        "lunchtime": "AF", "lunch time": "AF", "dinnertime": "EV", "dinner time": "EV",
        "breakfast time": "MO", "bedtime": "NI",
    }
)  # fmt: skip
_FIXED = _VOCABULARY.lexicon(
    {
        "noon": 720, "noonish": 720, "midday": 720, "mid-day": 720, "noontime": 720, "midnight": 0,
        "12 noon": 720, "twelve noon": 720, "12 midnight": 0, "twelve midnight": 0,
    }
)  # fmt: skip
# About an hour: sevenish, 8ish.
_ABOUT = _VOCABULARY.lexicon(
    {f"{word}{joint}ish": hour for hour, word in enumerate(HOURS, 1) for joint in ("", "-")}
)
_ISH = ("ish", "-ish")
_WITHOUT_HOUR = frozenset(phrases("past|to|after|before|till|til"))
_O_CLOCK = Lexicon({"o'clock": 0, "oclock": 0, "o clock": 0})
_PAST = Lexicon({"past": 1, "after": 1, "to": -1, "till": -1, "til": -1, "before": -1, "of": -1})
_FRACTIONS = _VOCABULARY.lexicon({"half": 30, "quarter": 15, "a quarter": 15})
_MINUTES = Lexicon({"minutes": 0, "minute": 0, "mins": 0, "min": 0})
_LEADS = ("in the ", "this ", "at ", "in ", "on the ", "tomorrow ", "yesterday ", "during the ")


_ZEROS = ("oh ", "o ", "zero ")
_HOURS = ("hours", "hrs")
_LAST_HOUR, _MINUTES_OF_HOUR = 23, 60
_DIGIT = f"({'|'.join(DIGITS)})"
_DIGITS_OF_HOURS: Final = re.compile(
    rf"{_DIGIT} {_DIGIT} (?:hundred|{_DIGIT} {_DIGIT})\b(?P<hours> (?:hours|hrs)\b)?"
)
_BEFORE_HOUR = ("at ", "around ", "by ", "until ", "till ", "before ", "after ")
_BEFORE_PART = (" at", " around", " about", " by")
# After a time they belong to it as they are ("5 tonight"); "two night" is a stay.
_OWN_PARTS = frozenset({"tonight", "tonite"})
# "one night", "a night", "per night" are stays.
_BEFORE_NIGHT = frozenset({"at", "the", "late", "friday", "saturday", "tomorrow"})
# "I am", and letters on their own.
_NO_PARTS = frozenset({"am", "a m", "p m"})


def _read(text: Text, at: int, setting: Setting, *, elicited: bool) -> ClockTime | None:
    del setting
    clock = _clock(text, at, elicited=elicited)
    if clock is None or (clock.bare and not ends_well(text.folded, clock.end)):
        return None
    return _with_part(text, at, clock)


def _with_part(text: Text, start: int, clock: Clock) -> ClockTime:
    """A clock time with am, pm or the part of the day around it."""
    raw = text.raw
    hour = raw[start : clock.end]
    half = _half_after(text, clock.end)
    if half is not None:
        near = raw[start : half.end]
        return ClockTime.of(clock, half.value, start=start, end=half.end, original=near)
    after = _part_after(text, clock.end)
    if after is not None:
        # Amazon's own example: "5 in the evening" has the original value "5 evening".
        code, words = after
        near = f"{hour} {raw[words.start : words.end]}"
        return ClockTime.of(clock, code, start=start, end=words.end, original=near)
    before = None if clock.exact else _part_before(text, start)
    if before is not None:
        code, words = before
        near = f"{raw[words.start : words.end]} {hour}"
        return ClockTime.of(clock, code, start=words.start, end=clock.end, original=near)
    return ClockTime.of(clock, None, start=start, end=clock.end, original=hour)


def _half_after(text: Text, end: int) -> Parsed[str] | None:
    short = _SHORT_HALF.match(text.folded, end)
    if short is not None:
        return Parsed(f"{short[0].upper()}M", short.end())
    return _HALVES.first(text.folded, text.skip(end))


def _part_after(text: Text, end: int) -> tuple[str, Span] | None:
    """A part of the day after a clock time, with where it stands: ``in the evening``."""
    first = begin = text.skip(end, " ,")
    while (onward := text.past(begin, *_LEADS)) > begin:
        begin = onward
    part = _PARTS.first(text.folded, begin)
    if part is None or (begin == first and text.folded[begin : part.end] not in _OWN_PARTS):
        return None
    return part.value, Span(begin, part.end)


def _part_before(text: Text, start: int) -> tuple[str, Span] | None:
    """A part of the day before a clock time: ``tonight at eight``, ``in the evening at 5``."""
    before = text.folded[:start].rstrip(" ,")
    joint = next((joint for joint in _BEFORE_PART if before.endswith(joint)), "")
    end = len(before.removesuffix(joint).rstrip(" ,"))
    begin = end
    while begin and text.folded[begin - 1].isalpha():
        begin -= 1
    part = _PARTS.first(text.folded, begin)
    return (part.value, Span(begin, end)) if part is not None and part.end == end else None


def _has_part(text: Text, end: int) -> bool:
    return _half_after(text, end) is not None or _part_after(text, end) is not None


def _clock(text: Text, start: int, *, elicited: bool) -> Clock | None:
    """The time that begins at ``start``; a bare hour only when ``elicited`` or after "at"."""
    if not _VOCABULARY.may_begin(text, start):
        return None
    fixed = _FIXED.first(text.folded, start)
    if fixed is not None:
        some = _minutes(text, fixed.end)
        minutes, end = (some.value, some.end) if some else (0, fixed.end)
        return Clock(minutes=fixed.value + minutes, exact=True, end=end)
    relative = _relative(text, start)
    if relative is not None:
        return relative
    apart = _digits_apart(text, start) if elicited and not _has_part(text, start) else None
    if apart is not None:
        return apart
    if start > 1 and text.folded[start - 1] in ":." and text.folded[start - 2].isdecimal():
        return None  # what is left of 25:00 and 10.5
    about = _about(text, start)
    if about is not None:
        return about
    spoken = _read_out(text, start, elicited=elicited)
    if spoken is not None:
        return spoken
    zero = text.past(start, *_ZEROS)
    hour = below_hundred(text, zero)
    if zero > start and hour is not None and 1 <= hour.value <= 9:
        return _military(text, hour)
    hour = below_hundred(text, start)
    if hour is None or hour.value > 24:
        return _compact(text, start, elicited=elicited)
    return _with_minutes(text, start, hour) or _full_hour(text, start, hour, elicited=elicited)


def _read_out(text: Text, start: int, *, elicited: bool) -> Clock | None:
    """``zero six four five hours``, ``one seven hundred hours``: digit by digit."""
    match = _DIGITS_OF_HOURS.match(text.folded, start)
    if match is None or not (match["hours"] or (elicited and _ends_time(text, match.end()))):
        return None
    first, second, *behind = (0 if digit is None else DIGITS[digit] for digit in match.groups()[:4])
    hour, minutes = 10 * first + second, 10 * behind[0] + behind[1]
    if hour > _LAST_HOUR or minutes >= _MINUTES_OF_HOUR:
        return None
    return Clock(minutes=hour * 60 + minutes, exact=True, end=match.end())


def _military(text: Text, hour: Parsed[int]) -> Clock | None:
    """``oh nine hundred``, ``zero six thirty``: what is after the zero."""
    minutes = _minutes(text, hour.end) or Parsed(0, text.past(hour.end, " hundred"))
    if minutes.end == hour.end:
        return None
    end = text.past(minutes.end, *(f" {hours}" for hours in _HOURS))
    return Clock(minutes=hour.value * 60 + minutes.value, exact=True, end=end)


def _about(text: Text, start: int) -> Clock | None:
    """``8ish``, ``sevenish``."""
    about = _ABOUT.first(text.folded, start)
    if about is None and text.folded[start].isdecimal():
        hour = below_hundred(text, start)
        end = start if hour is None else text.past(hour.end, *_ISH)
        if hour is not None and end > hour.end and 1 <= hour.value <= 12:
            about = Parsed(hour.value, end)
    if about is None or text.word_end(about.end) != about.end:
        return None
    return Clock(minutes=about.value % 24 * 60, exact=False, end=about.end)


def _with_minutes(text: Text, start: int, hour: Parsed[int]) -> Clock | None:
    """``17:05``, ``5.30 pm``, ``five thirty``, ``seven o'clock``."""
    folded = text.folded
    exact = hour.value > 12 or hour.value == 0
    minutes = _minutes(text, hour.end)
    if minutes is not None:
        written = folded[start] == "0" and folded[hour.end] == ":"
        return Clock(
            minutes=hour.value % 24 * 60 + minutes.value,
            exact=exact or written,
            end=text.past(minutes.end, *_ISH),
        )
    hundred = text.past(hour.end, " hundred")
    if text.past(hundred, *(f" {hours}" for hours in _HOURS)) > hundred > hour.end:
        return Clock(minutes=hour.value % 24 * 60, exact=True, end=text.word_end(hundred + 1))
    full = _O_CLOCK.first(folded, text.skip(hour.end))
    return None if full is None else Clock(minutes=hour.value % 24 * 60, exact=exact, end=full.end)


def _full_hour(text: Text, start: int, hour: Parsed[int], *, elicited: bool) -> Clock | None:
    """An hour alone, where something says that it is one: ``at 5``, ``5 in the evening``."""
    folded, end = text.folded, hour.end
    if folded[end:].strip(" .,!?") in _WITHOUT_HOUR:
        return None  # ten past
    has_part = _has_part(text, end)
    if not has_part and is_pronoun(text, start, end):
        return None  # no one, one moment
    if not (elicited or has_part or folded[:start].endswith(_BEFORE_HOUR)):
        return None
    onward = text.skip(end)
    if onward == end and folded[end : end + 1].isalpha() and not has_part:
        return None
    if folded[end : end + 1] in (*"/-.,%:",) and folded[end + 1 : end + 2].isdecimal():
        return None
    if not has_part and folded[onward : text.word_end(onward)] in _COUNTED:
        return None  # for three people
    bare = not elicited and not has_part
    # Of words an hour alone is one where little follows: two faced people.
    follower = folded[onward : text.word_end(onward)]
    worded = elicited and not has_part and onward > end and not folded[start].isdecimal()
    if worded and follower.isalpha() and follower not in _BEHIND_HOURS:
        return None
    # "at 5 main street" is not a time; "at 5 on friday" and "at 5 for two" are.
    runs_on = bare and folded[onward : onward + 1].isalpha()
    if runs_on and folded[onward : text.word_end(onward)] not in _MAY_FOLLOW:
        return None
    exact = hour.value > 12 or hour.value == 0
    return Clock(minutes=hour.value % 24 * 60, exact=exact, end=end, bare=True)


_MAY_FOLLOW = frozenset(
    phrases(
        """
on|for|and|please|to|in|tomorrow|today|tonight|this|next|with|or|until|till|if|monday|tuesday
wednesday|thursday|friday|saturday|sunday|at|from|sharp|then|by|instead
"""
    )
)


_BEHIND_TIMES = _MAY_FOLLOW | frozenset(
    phrases(
        """
works|would|is|thanks|okay|ok|sounds|should|will|latest|thx|pls|i|maybe|or
"""
    )
)
_BEHIND_HOURS = _BEHIND_TIMES | frozenset(
    phrases(
        "hundred|ish|around|about|max|earliest|great|good|fine|perfect|my|the|o|can|could|pls|plz|not|no|if"
    )
)
_COUNTED = frozenset(
    phrases(
        """
people|persons|person|guests|adults|kids|tickets|rooms|nights|hours|hour|hrs|minutes|mins|days
weeks|months|years
times|items|of
"""
    )
)
_APART: Final = re.compile(r"(1[0-2]|[1-9]) ([0-5]\d)(?![\d:/.,-]|[a-z])")


def _minutes(text: Text, end: int) -> Parsed[int] | None:
    """Minutes after an hour: ``:05``, ``h30``, ``thirty``, ``oh five``, ``.30``."""
    folded = text.folded
    mark = folded[end : end + 1]
    if mark in (":", ".", "h", "-") and folded[end + 1 : end + 2].isdecimal():
        stop = digits.run_of_digits(folded, end + 1)
        written = folded[end + 1 : stop]
        if len(written) != 2 or int(written) > 59:
            return None
        if mark in ".-" and not _has_part(text, stop):
            return None  # 3.15 is a number or a date, 7-30 too
        seconds = digits.run_of_digits(folded, stop + 1)
        if folded[stop : stop + 1] == ":" and seconds > stop + 1:
            return Parsed(int(written), seconds)
        return Parsed(int(written), stop)
    hyphened = mark == "-" and folded[end - 1].isalpha()
    place = end + 1 if hyphened else text.skip(end)
    if place == end:
        return None
    if folded[place : place + 1].isdecimal() or folded[end - 1].isdecimal():
        return _minutes_before_part(text, place)
    few_at = text.past(place, *_ZEROS)
    few = below_hundred(text, few_at) if few_at > place else None
    if few is not None and 1 <= few.value <= 9:
        return few
    some = below_hundred(text, place)
    return some if some is not None and 10 <= some.value < 60 else None


def _minutes_before_part(text: Text, place: int) -> Parsed[int] | None:
    """Minutes of which one side is in digits, where am or pm shows what they are: 6 thirty am."""
    some = below_hundred(text, place)
    if some is None or not 0 <= some.value < 60 or not _has_part(text, some.end):
        return None
    return some if some.value >= 10 or some.end - place == len("05") else None


def _digits_apart(text: Text, start: int) -> Clock | None:
    """``9 50``, where a time is elicited: an hour and its minutes with a space between."""
    apart = _APART.match(text.folded, start)
    if apart is None or not _ends_time(text, apart.end()):
        return None
    minutes = int(apart[1]) * 60 + int(apart[2])
    return Clock(minutes=minutes, exact=apart[1] == "0", end=apart.end())


def _ends_time(text: Text, end: int) -> bool:
    """Whether nothing that a number counts stands after it."""
    onward = text.skip(end, " .,!?")
    follower = text.folded[onward : text.word_end(onward)]
    return onward >= len(text) or (onward > end and follower in _BEHIND_TIMES)


def _is_timed(text: Text, end: int) -> bool:
    """Whether a number with am or pm stands there: five of *six pm*."""
    hour = below_hundred(text, text.skip(end))
    return hour is not None and _HALVES.first(text.folded, text.skip(hour.end)) is not None


def _relative(text: Text, start: int) -> Clock | None:
    """``half past three``, ``a quarter to five``, ``ten past six``."""
    folded = text.folded
    fraction = _FRACTIONS.first(folded, start)
    amount = fraction or below_hundred(text, start)
    if amount is None or not 0 < amount.value < 60:
        return None
    place = text.skip(amount.end)
    unit = _MINUTES.first(folded, place)
    if unit is not None:
        place = text.skip(unit.end)
    side = _PAST.first(folded, place)
    if side is None:
        return _british_half(text, fraction, place)
    # "five to six people", "two of ten" are not times: bare numbers need whole fives.
    of = folded[place : side.end] == "of"
    if (
        fraction is None
        and unit is None
        and (amount.value % 5 or (of and not _is_timed(text, side.end)))
    ):
        return None
    place = text.skip(side.end)
    fixed = _FIXED.first(folded, place)
    if fixed is not None:
        minutes = (fixed.value + side.value * amount.value) % 1440
        return Clock(minutes=minutes, exact=True, end=fixed.end)
    hour = below_hundred(text, place)
    if hour is None or not 1 <= hour.value <= 23:
        return None
    full = _O_CLOCK.first(folded, text.skip(hour.end)) or hour
    minutes = (hour.value * 60 + side.value * amount.value) % 1440
    return Clock(minutes=minutes, exact=hour.value > 12, end=full.end)


def _british_half(text: Text, fraction: Parsed[int] | None, place: int) -> Clock | None:
    """``half three`` is half past three."""
    if fraction is None or fraction.value != 30 or place == fraction.end:
        return None
    hour = below_hundred(text, place)
    if hour is None or not 1 <= hour.value <= 12:
        return None
    return Clock(minutes=hour.value * 60 + 30, exact=False, end=hour.end)


def _compact(text: Text, start: int, *, elicited: bool) -> Clock | None:
    """``1730`` with "hours", ``530pm``, ``5.30pm``; ``0530`` alone when ``elicited``."""
    number = digits.written_number(text, start, POINT)
    if number is None:
        return None
    whole, point, rest = number.value.partition(".")
    if point and (len(whole) > 2 or len(rest) != 2):
        return None
    written = whole + rest
    hour, minute = divmod(int(written), 100)
    if len(written) not in (3, 4) or hour > 23 or minute > 59:
        return None
    minutes, end, onward = hour * 60 + minute, number.end, text.skip(number.end)
    if _HALVES.first(text.folded, onward) is not None:
        return Clock(minutes=minutes, exact=hour > 12, end=end)
    if elicited and (point or len(written) == 4) and _ends_time(text, end):
        return Clock(minutes=minutes, exact=hour > 12 or written.startswith("0"), end=end)
    if point or text.past(onward, *_HOURS) == onward:
        return None
    return Clock(minutes=minutes, exact=True, end=text.word_end(onward))


def _part(text: Text, start: int) -> Parsed[str] | None:
    """A part of the day that stands alone: ``in the morning``, ``tonight``."""
    folded = text.folded
    part = _PARTS.first(folded, start) or _HALVES.first(folded, start)
    if part is None or folded[start : part.end] in _NO_PARTS:
        return None
    if folded[start : part.end] == "night" and folded.strip(" .,!?") != "night":
        before = folded[:start].split()
        if not before or before[-1] not in _BEFORE_NIGHT:
            return None
    return part


TIMES: Final = Times(
    clock=_read,
    part=_part,
    now=Lexicon(
        dict.fromkeys(phrases("now|right now|immediately|right away|straight away|at once"), 0)
    ),
    later=Lexicon({"from now": 1, "later": 1, "ago": -1}),
    within=Lexicon({"in": 0}),
)
