"""Korean spans of time: 두 시간, 사흘, 한 시간 반, 2박 3일, 일주일."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from daehwa.nlu.languages.isoduration import IsoDuration
from daehwa.nlu.languages.ko.date_words import DAY_SPANS, LATER, counts_no_days
from daehwa.nlu.languages.ko.numerals import numerals
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.suffixes import ends_well
from daehwa.nlu.languages.text import Text

_HALF: Final = Decimal("0.5")
_NIGHTS: Final = "nights"
# Units of ISO 8601 ("m" is minutes, "M" months); nights are days where no days follow them.
_UNITS = Lexicon(
    {
        "년": "Y", "년간": "Y", "해": "Y", "개월": "M", "개월간": "M", "달": "M", "달간": "M",
        "주": "W",
        "주일": "W", "주간": "W", "주일간": "W", "일": "D", "일간": "D", "날": "D", "시간": "H",
        "분": "m",
        "분간": "m", "초": "S", "초간": "S", "박": _NIGHTS,
    }
)  # fmt: skip
_SPANS = Lexicon(
    {
        **{word: ("D", days) for word, days in DAY_SPANS.items()},
        "일주일": ("W", 1), "반년": ("M", 6), "반 시간": ("m", 30), "반시간": ("m", 30),
        "반나절": ("H", 6), "한나절": ("H", 6), "반달": ("D", 15), "보름간": ("D", 15),
        "하루 종일": ("D", 1), "하룻밤": ("D", 1), "하루밤": ("D", 1),
    }
)  # fmt: skip
_AND_A_HALF = Lexicon({"반": 0})
_AND = "하고 "
_FREE = ("하나", "둘", "셋", "넷", "스물")  # 하나 해 주세요: no numerals before a unit
_ONWARD = "일이삼사오육칠팔구십반한두세네후뒤전있치"
_WORTH_OF = "치"  # 3개월치


class _Amount(NamedTuple):
    unit: str
    amount: Decimal


def read(text: Text, start: int, setting: Setting) -> Parsed[IsoDuration] | None:
    """The span of time that begins at ``start``, if it ends well."""
    folded = text.folded
    part = _part(text, start, setting, ends=True)
    if part is None:
        return None
    duration = IsoDuration()
    end: int | None = None
    while part is not None:
        (unit, amount), stop = _nights(text, part, setting) if part.value.unit == _NIGHTS else part
        if not duration.add(unit, amount):
            break
        end = stop
        half = _AND_A_HALF.first(folded, text.skip(end))
        if half is not None and ends_well(folded, half.end):
            duration.increase(unit, _HALF)
            end = half.end
            break
        part = _part(text, text.past(text.skip(end), _AND), setting, ends=False)
    if end is None:
        return None
    worth = text.past(end, _WORTH_OF)
    if not (ends_well(folded, worth) or ends_well(folded, end) or LATER.first(folded, end)):
        return None
    return Parsed(duration, end)


def _nights(text: Text, nights: Parsed[_Amount], setting: Setting) -> Parsed[_Amount]:
    """``2박 3일``: three days; ``2박`` alone: two."""
    days = _part(text, text.skip(nights.end), setting, ends=True)
    if days is not None and days.value.unit == "D":
        return days
    return Parsed(_Amount("D", nights.value.amount), nights.end)


def _part(text: Text, at: int, setting: Setting, *, ends: bool) -> Parsed[_Amount] | None:
    """One amount of a unit: 사흘, 두 시간; the words have to end well where ``ends``."""
    folded = text.folded
    for (unit, count), end in _SPANS.at(folded, at):
        if ends_well(folded, text.past(end, _WORTH_OF)):
            return Parsed(_Amount(unit, Decimal(count)), end)
    best: Parsed[_Amount] | None = None
    for value, end in numerals(text, at, setting):
        if value < 0 or folded.endswith(_FREE, at, end):
            continue
        for unit, stop in _UNITS.at(folded, text.skip(end)):
            if counts_no_days(folded, end, stop):
                continue
            if (best is None or stop > best.end) and (
                not ends or ends_well(folded, stop, onward=_ONWARD)
            ):
                best = Parsed(_Amount(unit, value), stop)
    return best
