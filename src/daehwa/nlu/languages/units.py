"""Units of money as a language names them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from daehwa.nlu.languages.language import Unit
from daehwa.nlu.languages.lexicon import Lexicon


def money_units(table: Mapping[str, tuple[str, str]]) -> Lexicon[Unit]:
    """A lexicon of units: names apart by commas, with the ISO 4217 code and the worth of one."""
    return Lexicon(
        {
            name: Unit(code, Decimal(worth))
            for names, (code, worth) in table.items()
            for name in names.split(",")
        }
    )
