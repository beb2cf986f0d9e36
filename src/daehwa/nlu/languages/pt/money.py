"""Portuguese money and percentages."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.worded_money import worded_money

MONEY: Final = worded_money(
    {
        "real,reais": ("BRL", "1"),
        "centavo,centavos": ("BRL", "0.01"),
        "euro,euros": ("EUR", "1"),
        "cêntimo,cêntimos,centimos": ("EUR", "0.01"),
        "dólar,dólares,dolar,dolares": ("USD", "1"),
        "libra,libras": ("GBP", "1"),
        "iene,ienes": ("JPY", "1"),
    },
    percent=phrases("por cento|porcento"),
    joints=phrases("e"),
    halves=phrases("e meio"),
)
