"""French money and percentages."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.worded_money import worded_money

MONEY: Final = worded_money(
    {
        "euro,euros": ("EUR", "1"),
        "centime,centimes": ("EUR", "0.01"),
        "dollar,dollars": ("USD", "1"),
        "dollars canadiens": ("CAD", "1"),
        "livre,livres,livres sterling": ("GBP", "1"),
        "yen,yens": ("JPY", "1"),
        "franc suisse,francs suisses": ("CHF", "1"),
    },
    percent=phrases("pour cent|pourcent|pour-cent"),
    joints=phrases("et"),
    halves=phrases("et demi"),
)
