"""Korean times of day: 오후 세 시 반, 열두 시 십오 분, 저녁 7시, 정오, 새벽."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from daehwa.nlu.languages import digits
from daehwa.nlu.languages.clock import Clock, ClockTime
from daehwa.nlu.languages.ko.numerals import native, numerals, read_out, sino
from daehwa.nlu.languages.language import Times
from daehwa.nlu.languages.lexicon import Lexicon, phrases
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.suffixes import ends_well
from daehwa.nlu.languages.text import Text

# Parts of the day with Amazon's code; 새벽 and 아침 are both its morning.
_CODES: Final = {
    "오전": "AM", "오후": "PM", "아침": "MO", "새벽": "MO", "점심": "AF", "낮": "AF",
    "대낮": "AF",
    "한낮": "AF", "저녁": "EV", "밤": "NI", "한밤": "NI", "한밤중": "NI", "심야": "NI",
    "오늘밤": "NI",
    "오전 중": "AM", "오후 중": "PM", "점심때": "AF", "저녁때": "EV", "아침나절": "MO",
    "초저녁": "EV",
    "늦은 밤": "NI", "밤늦게": "NI", "밤 늦게": "NI", "저녁 늦게": "EV", "오후 늦게": "PM",
    "아침 일찍": "MO", "늦은 저녁": "EV", "이른 저녁": "EV", "이른 오후": "PM", "이른 새벽": "MO",
    "이른 아침": "MO", "늦은 오후": "PM", "점심 시간": "AF", "저녁 시간": "EV",
    "아침 시간": "MO", "밤중": "NI", "해질녘": "EV", "해 질 녘": "EV", "동틀 녘": "MO",
}  # fmt: skip
_PARTS = Lexicon(_CODES)
# With the English halves of the day, as Koreans mix them in: pm 3시.
_HALVES_OF_DAY: Final = {
    "am": "AM", "a.m.": "AM", "a.m": "AM", "a m": "AM", "pm": "PM", "p.m.": "PM", "p.m": "PM",
    "p m": "PM",
}  # fmt: skip
# Said after the hour as well: 일곱 시 *저녁*에요, 3시 *pm*.
_PARTS_BEHIND_HOURS = Lexicon(
    {
        **{part: _CODES[part] for part in ("오전", "오후", "아침", "저녁", "밤", "새벽", "낮")},
        **_HALVES_OF_DAY,
    }
)
_PARTS_BEFORE_HOURS = Lexicon({**_CODES, **_HALVES_OF_DAY})
_FIXED = Lexicon({"정오": 720, "자정": 0})
_HALF = Lexicon({"반": 30, "정각": 0})
_BEFORE = Lexicon({"전": -1})
_HOUR = Lexicon({"시": 1, "시간": 0, "시즌": 0, "시리즈": 0})
_MINUTE = Lexicon({"분": 1})
# What may stand between a part of the day and its hour: 저녁 먹고 8시.
_BETWEEN = tuple(
    f"{joint} "
    for joint in sorted(
        phrases(
            """
에|때|때쯤|시간|시간에|쯤|쯤에|지나서|지나고|넘어서|넘어|같이|먹고|먹고 나서|먹고나서|먹은 뒤
먹은 뒤에|먹은 다음
먹은 다음에|먹은 후|먹은 후에|식사 후|식사 후에|일찍|늦게|즈음|무렵
"""
        ),
        key=len,
        reverse=True,
    )
)
_ZERO: Final = ("공", "영")
_FORENOON = (10 * 60, 12 * 60)  # 점심 11시 is before noon


def _read(text: Text, at: int, setting: Setting, *, elicited: bool) -> ClockTime | None:
    """The longest clock time at ``at`` that ends well, a part of the day before it or not."""
    del elicited
    best: ClockTime | None = None
    for clock, part in _clocks(text, at, setting):
        if (best is None or clock.end > best.end) and ends_well(text.folded, clock.end):
            words = text.raw[at : clock.end]
            best = ClockTime.of(clock, part, start=at, end=clock.end, original=words)
    return best


def _clocks(text: Text, at: int, setting: Setting) -> Iterator[tuple[Clock, str | None]]:
    """Clock times at ``at`` with the code of the part of the day that stands before them."""
    folded = text.folded
    for minutes, end in _FIXED.at(folded, at):
        yield Clock(minutes=minutes, exact=True, end=end), None
        hour = text.past(text.skip(end), *_BETWEEN)
        if hour > text.skip(end):  # 정오 지나서 한 시
            clocks = _clock(text, text.skip(hour), setting)
            yield from ((clock, "PM" if minutes else "AM") for clock in clocks)
    for part, end in _PARTS_BEFORE_HOURS.at(folded, at):
        for clock in _clock(text, _behind_between(text, end), setting):
            yield clock, _part_of(clock, part)
    for clock in _clock(text, at, setting):
        yield clock, None
        half = _PARTS_BEHIND_HOURS.first(folded, text.skip(clock.end))
        if half is not None and not _is_hour(text, text.skip(half.end), setting):
            behind = Clock(minutes=clock.minutes, exact=clock.exact, end=half.end)
            yield behind, half.value


def _behind_between(text: Text, end: int) -> int:
    """Where an hour may begin after a part of the day and what joins the two."""
    onward = text.skip(end)
    behind = text.past(onward, *_BETWEEN)
    return text.skip(behind)


def _part_of(clock: Clock, part: str) -> str:
    """The half of the day that a part of it and an hour say: 점심 11시, 저녁 12시."""
    early = clock.minutes % (12 * 60)
    if part == "AF" and _FORENOON[0] <= clock.minutes < _FORENOON[1]:
        return "AM"
    return "NI" if part == "EV" and early < 60 else part


def _clock(text: Text, at: int, setting: Setting) -> Iterator[Clock]:
    for hour, end in _hours(text, at, setting):
        for offset, stop in _minutes(text, end, setting):
            minutes = (hour % 24 * 60 + offset) % 1440
            exact = hour > 12 or hour == 0 or text.folded.startswith(_ZERO, at)
            yield Clock(minutes=minutes, exact=exact, end=stop)
    if text.folded[at : at + 1].isdecimal():
        written = digits.clock(text, at, setting, elicited=False)
        if written is not None:
            yield written


def _is_hour(text: Text, at: int, setting: Setting) -> bool:
    """Whether an hour of its own begins there: 세 시 오후 *네 시*."""
    return at < len(text) and next(_hours(text, at, setting), None) is not None


def _hours(text: Text, at: int, setting: Setting) -> Iterator[Parsed[int]]:
    for value, end in (*numerals(text, at, setting), *_two_digits(text, at)):
        if value == int(value) and 0 <= value <= 24:
            unit = _HOUR.first(text.folded, text.skip(end))
            if unit is not None and unit.value:
                yield Parsed(int(value), unit.end)


def _two_digits(text: Text, at: int) -> Iterator[Parsed[Decimal]]:
    """``공육``: an hour that is read out from its zero on."""
    spoken = read_out(text, at) if text.folded.startswith(_ZERO, at) else None
    if spoken is not None and len(spoken.value) == 2:
        yield Parsed(Decimal(spoken.value), spoken.end)


def _minutes(text: Text, at: int, setting: Setting) -> Iterator[Parsed[int]]:
    """Minutes after the hour, as an offset from it: 십오 분, 반, 10분 전."""
    folded = text.folded
    place = text.skip(at)
    for value, end in sino(text, place, setting):
        unit = _MINUTE.first(folded, text.skip(end))
        if value != int(value) or not 0 <= value < 60 or unit is None:
            continue
        before = _BEFORE.first(folded, text.skip(unit.end))
        if before is not None:
            yield Parsed(-int(value), before.end)
        yield Parsed(int(value), unit.end)
    if any(value >= 60 and _MINUTE.first(folded, end) for value, end in sino(text, place, setting)):
        return  # 8시 70분 is not a time, and not eight o'clock either
    yield from _HALF.at(folded, place)
    yield Parsed(0, at)


def _part(text: Text, at: int) -> Parsed[str] | None:
    """A part of the day that stands alone: 아침에, 저녁이요."""
    part = next((p for p in _PARTS.at(text.folded, at) if ends_well(text.folded, p.end)), None)
    return None if part is None or _is_no_hour(text, _behind_between(text, part.end)) else part


def _is_no_hour(text: Text, at: int) -> bool:
    """Whether a part of the day has an hour after it that no day has: 오후 *스물다섯 시*."""
    digits_end = digits.run_of_digits(text.folded, at)
    ends = (*(count.end for count in native(text, at)), *((digits_end,) if digits_end > at else ()))
    return any(_HOUR.first(text.folded, text.skip(end)) for end in ends)


TIMES: Final = Times(
    clock=_read,
    part=_part,
    counting=("부터 ", "으로부터 "),
    now=Lexicon({"지금": 0, "지금 당장": 0, "당장": 0, "현재": 0}),
    later=Lexicon({"후": 1, "뒤": 1, "이후": 1, "있다가": 1, "이따가": 1, "있다": 1, "전": -1}),
)
