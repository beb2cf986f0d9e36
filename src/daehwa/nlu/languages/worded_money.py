"""Sums of money and shares in the words of a language: ``veinte euros``, ``zehn Prozent``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from daehwa.nlu.languages.accents import spelt
from daehwa.nlu.languages.language import Money, Unit
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text
from daehwa.nlu.languages.units import money_units


def worded_money(
    units: Mapping[str, tuple[str, str]],
    *,
    percent: Iterable[str],
    joints: Iterable[str] = (),
    halves: Iterable[str] = (),
) -> Money:
    """The part of a `Language`: units as `money_units` takes them, words for per cent and "and"."""
    amounts = money_units(units)
    hundredths = Lexicon(spelt(dict.fromkeys(percent, Decimal(1))))

    def read_units(text: Text, at: int) -> Iterator[Parsed[Unit]]:
        return amounts.at(text.folded, at)

    def read_percent(text: Text, at: int) -> Iterator[Parsed[Decimal]]:
        return hundredths.at(text.folded, at)

    return Money(
        units=read_units,
        percent=read_percent,
        joints=tuple(f"{joint} " for joint in joints),
        halves=Lexicon(spelt(dict.fromkeys(halves, 0))),
    )
