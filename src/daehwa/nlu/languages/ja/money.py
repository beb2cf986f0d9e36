"""Japanese money and percentages."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from daehwa.nlu.languages.language import Money, Unit
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text
from daehwa.nlu.languages.units import money_units

_UNITS: Final = money_units(
    {
        "円": ("JPY", "1"),
        "ドル": ("USD", "1"),
        "ユーロ": ("EUR", "1"),
        "ウォン": ("KRW", "1"),
        "元": ("CNY", "1"),
        "ポンド": ("GBP", "1"),
    }
)
_PERCENT: Final = Lexicon({"パーセント": Decimal(1), "ぱーせんと": Decimal(1), "割": Decimal(10)})


def _units(text: Text, at: int) -> Iterator[Parsed[Unit]]:
    return _UNITS.at(text.folded, at)


def _percent(text: Text, at: int) -> Iterator[Parsed[Decimal]]:
    return _PERCENT.at(text.folded, at)


MONEY: Final = Money(units=_units, percent=_percent)
