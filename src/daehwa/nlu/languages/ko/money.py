"""Korean money and percentages: 만 오천 원, 20달러, 오십 퍼센트, 2할, 절반."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from daehwa.nlu.languages.language import Money, Unit
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.suffixes import ends_well
from daehwa.nlu.languages.text import Text
from daehwa.nlu.languages.units import money_units

_UNITS: Final = money_units(
    {
        "원": ("KRW", "1"), "달러,불,미국 달러": ("USD", "1"), "센트": ("USD", "0.01"),
        "유로": ("EUR", "1"), "파운드": ("GBP", "1"), "엔,엔화": ("JPY", "1"),
        "위안,위안화": ("CNY", "1"), "루피": ("INR", "1"), "호주 달러": ("AUD", "1"),
        "캐나다 달러": ("CAD", "1"), "홍콩 달러": ("HKD", "1"), "프랑": ("CHF", "1"),
    }
)  # fmt: skip
_PERCENT: Final = Lexicon({"퍼센트": 1, "프로": 1, "퍼": 1, "할": 10})
_ONWARD: Final = "일이삼사오육칠팔구십"


def _units(text: Text, at: int) -> Iterator[Parsed[Unit]]:
    for unit in _UNITS.at(text.folded, at):
        if ends_well(text.folded, unit.end, onward=_ONWARD):
            yield unit


def _percent(text: Text, at: int) -> Iterator[Parsed[int]]:
    for share in _PERCENT.at(text.folded, at):
        if ends_well(text.folded, share.end):
            yield share


MONEY: Final = Money(
    units=_units, percent=_percent, shares=Lexicon({"절반": 50, "반": 50, "반반": 50})
)
