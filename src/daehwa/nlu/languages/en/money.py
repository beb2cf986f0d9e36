"""English money and percentages: five dollars fifty, twenty bucks, ten percent, half."""

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
        "dollar,dollars,us dollars,us dollar,bucks,buck": ("USD", "1"),
        "cent,cents,c,penny,pennies": ("USD", "0.01"),
        "dime,dimes": ("USD", "0.10"), "nickel,nickels": ("USD", "0.05"),
        "quarter,quarters": ("USD", "0.25"), "grand": ("USD", "1000"),
        "euro,euros": ("EUR", "1"), "pound,pounds,quid": ("GBP", "1"),
        "pence,p": ("GBP", "0.01"), "yen": ("JPY", "1"), "won": ("KRW", "1"),
        "yuan,rmb,renminbi": ("CNY", "1"), "rupee,rupees": ("INR", "1"),
        "australian dollars": ("AUD", "1"), "canadian dollars": ("CAD", "1"),
        "swiss francs,francs": ("CHF", "1"), "peso,pesos": ("MXN", "1"),
    }
)  # fmt: skip
_PERCENT: Final = Lexicon(
    dict.fromkeys(("percent", "per cent", "percents", "pct", "percentage point"), Decimal(1))
)


def _units(text: Text, at: int) -> Iterator[Parsed[Unit]]:
    return _UNITS.at(text.folded, at)


def _percent(text: Text, at: int) -> Iterator[Parsed[Decimal]]:
    return _PERCENT.at(text.folded, at)


MONEY: Final = Money(
    units=_units,
    halves=Lexicon({"and a half": 0, "and half": 0}),
    joints=("and ",),
    percent=_percent,
    shares=Lexicon(
        {
            "half": 50,
            "a half": 50,
            "a quarter": 25,
            "three quarters": 75,
            "one half": 50,
            "quarter": 25,
            "one quarter": 25,
            "a third": 33,
            "a tenth": 10,
            "one tenth": 10,
        }
    ),
    parts_of=("of a ", "of one ", "of an ", "of ", "a "),
)
