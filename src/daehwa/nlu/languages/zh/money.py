"""Chinese money and percentages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from daehwa.nlu.languages import han_numerals
from daehwa.nlu.languages.language import Money, Unit
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text
from daehwa.nlu.languages.units import money_units

_UNITS: Final = money_units(
    {
        "元": ("CNY", "1"),
        "块": ("CNY", "1"),
        "块钱": ("CNY", "1"),
        "人民币": ("CNY", "1"),
        "港币": ("HKD", "1"),
        "港幣": ("HKD", "1"),
        "港元": ("HKD", "1"),
        "蚊": ("HKD", "1"),
        "美元": ("USD", "1"),
        "美金": ("USD", "1"),
        "欧元": ("EUR", "1"),
        "歐元": ("EUR", "1"),
        "日元": ("JPY", "1"),
        "日圓": ("JPY", "1"),
        "英镑": ("GBP", "1"),
        "英鎊": ("GBP", "1"),
        "韩元": ("KRW", "1"),
    }
)
_PERCENT: Final = Lexicon({"个百分点": 1})


def _units(text: Text, at: int) -> Iterator[Parsed[Unit]]:
    # 五块五 is five and a half: what goes on is not read in part.
    for unit in _UNITS.at(text.folded, at):
        after = text.folded[unit.end : unit.end + 1]
        if not (after.isdecimal() or han_numerals.is_numeral(after)):
            yield unit


def _percent(text: Text, at: int) -> Iterator[Parsed[int]]:
    return _PERCENT.at(text.folded, at)


MONEY: Final = Money(units=_units, percent=_percent)
