"""Korean times of day: 오후 세 시 반, 열두 시 십오 분, 저녁 7시, 정오, 새벽."""

from __future__ import annotations

from collections.abc import Iterator

from daehwa.nlu.builtins import numbers_ko, times_en
from daehwa.nlu.builtins.clock import Clock
from daehwa.nlu.builtins.lexicon import Lexicon
from daehwa.nlu.builtins.text import Text

# Parts of the day with Amazon's code; 새벽 and 아침 are both its morning.
PARTS = Lexicon(
    {
        "오전": "AM", "오후": "PM", "아침": "MO", "새벽": "MO", "점심": "AF", "낮": "AF",
        "대낮": "AF",
        "한낮": "AF", "저녁": "EV", "밤": "NI", "한밤": "NI", "한밤중": "NI", "심야": "NI",
        "오늘밤": "NI",
        "오전 중": "AM", "오후 중": "PM", "점심때": "AF", "저녁때": "EV", "아침나절": "MO",
        "초저녁": "EV",
        "늦은 밤": "NI", "이른 아침": "MO", "늦은 오후": "PM", "점심 시간": "AF", "저녁 시간": "EV",
        "아침 시간": "MO", "밤중": "NI",
    }
)  # fmt: skip
_FIXED = Lexicon({"정오": 720, "자정": 0})
_HALF = Lexicon({"반": 30, "정각": 0})
_BEFORE = Lexicon({"전": -1})


def at(text: Text, start: int) -> Iterator[tuple[Clock, str | None, int]]:
    """Clock times at ``start`` with the part of the day that stands before them.

    Gives the time, the code of its part or ``None``, and where the clock itself begins.
    """
    folded = text.folded
    for minutes, end in _FIXED.at(folded, start):
        yield Clock(minutes=minutes, exact=True, end=end), None, start
    for code, end in (*PARTS.at(folded, start), *times_en.HALVES.at(folded, start)):
        place = text.skip(end)
        if folded.startswith("에 ", place):
            place += 2
        for clock in _clock(text, place):
            yield clock, code, place
    for clock in _clock(text, start):
        yield clock, None, start


def _clock(text: Text, at: int) -> Iterator[Clock]:
    folded = text.folded
    for hour, end in _hours(text, at):
        for base, stop in _minutes(text, end):
            minutes = (hour % 24 * 60 + base) % 1440
            yield Clock(minutes=minutes, exact=hour > 12 or hour == 0, end=stop)
    # 3:30, 15:30 with a Korean part before them.
    end = at
    while end < len(folded) and folded[end].isdecimal():
        end += 1
    said = folded[end + 1 : end + 3]
    if 0 < end - at <= 2 and folded[end : end + 1] == ":" and said.isdecimal() and len(said) == 2:
        hour, minute = int(folded[at:end]), int(said)
        if hour <= 24 and minute < 60:
            exact = hour > 12 or folded[at] == "0"
            yield Clock(minutes=hour % 24 * 60 + minute, exact=exact, end=end + 3)


def _hours(text: Text, at: int) -> Iterator[tuple[int, int]]:
    folded = text.folded
    for value, end in numbers_ko.numerals(text, at):
        place = text.skip(end)
        if value != int(value) or not 0 <= value <= 24 or not folded.startswith("시", place):
            continue
        if folded.startswith(("시간", "시즌", "시리즈"), place):
            continue
        yield int(value), place + 1


def _minutes(text: Text, at: int) -> Iterator[tuple[int, int]]:
    """Minutes behind the hour, as an offset from it: 십오 분, 반, 10분 전."""
    folded = text.folded
    place = text.skip(at)
    for value, end in numbers_ko.sino(text, place):
        stop = text.skip(end)
        if value != int(value) or not 0 <= value < 60 or not folded.startswith("분", stop):
            continue
        before = _BEFORE.first(folded, text.skip(stop + 1))
        if before is not None:
            yield -int(value), before[1]
        yield int(value), stop + 1
    yield from _HALF.at(folded, place)
    yield 0, at
