"""Spanish money and percentages."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.worded_money import worded_money

MONEY: Final = worded_money(
    {
        "euro,euros": ("EUR", "1"),
        "céntimo,céntimos,centimos": ("EUR", "0.01"),
        "dólar,dólares,dolar,dolares": ("USD", "1"),
        "centavo,centavos": ("USD", "0.01"),
        "libra,libras": ("GBP", "1"),
        "yen,yenes": ("JPY", "1"),
        "peso,pesos,pesos mexicanos": ("MXN", "1"),
    },
    percent=phrases("por ciento|por cien|porciento"),
    joints=phrases("y|con"),
    halves=phrases("y medio|y media"),
)
