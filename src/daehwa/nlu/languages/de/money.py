"""German money and percentages."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.worded_money import worded_money

MONEY: Final = worded_money(
    {
        "euro,euros": ("EUR", "1"),
        "cent,cents": ("EUR", "0.01"),
        "dollar,dollars": ("USD", "1"),
        "pfund": ("GBP", "1"),
        "franken,schweizer franken": ("CHF", "1"),
        "yen": ("JPY", "1"),
        "won": ("KRW", "1"),
    },
    percent=phrases("prozent|vom hundert"),
    joints=phrases("und"),
    halves=phrases("einhalb"),
)
