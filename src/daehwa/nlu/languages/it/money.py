"""Italian money and percentages."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.worded_money import worded_money

MONEY: Final = worded_money(
    {
        "euro,euri": ("EUR", "1"),
        "centesimo,centesimi": ("EUR", "0.01"),
        "dollaro,dollari": ("USD", "1"),
        "sterlina,sterline": ("GBP", "1"),
        "yen": ("JPY", "1"),
        "franchi svizzeri,franchi": ("CHF", "1"),
    },
    percent=phrases("per cento|percento"),
    joints=phrases("e"),
    halves=phrases("e mezzo"),
)
