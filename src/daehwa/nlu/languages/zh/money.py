"""Chinese money and percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
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
        "毛": ("CNY", "0.1"),
        "角": ("CNY", "0.1"),
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
_DIGITS: Final = {
    **{str(n): n for n in range(1, 10)},
    **{han: n for n, han in enumerate("一二三四五六七八九", 1)},
}
_CHANGE: Final = re.compile(
    "([1-9一二三四五六七八九])(?:[毛角](?:([1-9一二三四五六七八九])分?)?)?(?![0-9零〇一二三四五六七八九十百])"
)
_PERCENT: Final = Lexicon({"个百分点": Decimal(1)})


def _units(text: Text, at: int) -> Iterator[Parsed[Unit]]:
    # What goes on is not read in part, but for the change of 五块五.
    for unit in _UNITS.at(text.folded, at):
        after = text.folded[unit.end : unit.end + 1]
        goes_on = after.isdecimal() or han_numerals.is_numeral(after)
        if not goes_on or (unit.value.worth == 1 and _change(text, unit.end) is not None):
            yield unit


def _change(text: Text, at: int) -> Parsed[Decimal] | None:
    """Digits after a sum, which count tenths and hundredths of it: 三块*五*, 三块*二毛五*."""
    change = _CHANGE.match(text.folded, at)
    if change is None:
        return None
    tenths, hundredths = (_DIGITS.get(digit or "", 0) for digit in change.groups())
    return Parsed(Decimal(10 * tenths + hundredths) / 100, change.end())


def _percent(text: Text, at: int) -> Iterator[Parsed[Decimal]]:
    return _PERCENT.at(text.folded, at)


MONEY: Final = Money(units=_units, percent=_percent, change=_change, hundredths_of=("百分之",))
