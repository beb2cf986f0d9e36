"""English money and percentages: five dollars fifty, twenty bucks, ten percent, half."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from daehwa.nlu.languages.en.numerals import in_words_below_hundred
from daehwa.nlu.languages.language import Money, Unit
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.spans import Parsed, Span
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
        "swiss francs,francs,swiss franc,franc": ("CHF", "1"), "peso,pesos": ("MXN", "1"),
        "baht,bahts": ("THB", "1"), "ringgit": ("MYR", "1"), "dong": ("VND", "1"),
        "real,reals,reais": ("BRL", "1"), "zloty,zlotys,zlotych": ("PLN", "1"),
        "ruble,rubles,rouble,roubles": ("RUB", "1"), "dirham,dirhams": ("AED", "1"),
        "rand,rands": ("ZAR", "1"), "lira,liras": ("TRY", "1"), "forint,forints": ("HUF", "1"),
        "shekel,shekels": ("ILS", "1"), "riyal,riyals": ("SAR", "1"), "koruna": ("CZK", "1"),
        "rupiah": ("IDR", "1"), "pounds sterling,pound sterling,sterling": ("GBP", "1"),
        **{
            ",".join(f"{land} {unit}" for land in lands.split("|") for unit in units.split("|")): (
                code, "1",
            )
            for lands, units, code in (
                ("us|u.s.|american", "dollar|dollars", "USD"),
                ("australian|aussie", "dollar|dollars", "AUD"),
                ("canadian", "dollar|dollars", "CAD"), ("hong kong", "dollar|dollars", "HKD"),
                ("singapore|singaporean", "dollar|dollars", "SGD"),
                ("new zealand|kiwi", "dollar|dollars", "NZD"),
                ("taiwan|taiwanese", "dollar|dollars", "TWD"),
                ("british|english|uk", "pound|pounds", "GBP"),
                ("egyptian", "pound|pounds", "EGP"), ("mexican", "peso|pesos", "MXN"),
                ("philippine|filipino", "peso|pesos", "PHP"), ("chilean", "peso|pesos", "CLP"),
                ("argentine|argentinian", "peso|pesos", "ARS"),
                ("colombian", "peso|pesos", "COP"), ("japanese", "yen", "JPY"),
                ("korean|south korean", "won", "KRW"), ("chinese", "yuan", "CNY"),
                ("indian", "rupee|rupees", "INR"), ("thai", "baht", "THB"),
                ("brazilian", "real|reals|reais", "BRL"), ("polish", "zloty|zlotys", "PLN"),
                ("russian", "ruble|rubles", "RUB"), ("turkish", "lira|liras", "TRY"),
                ("south african", "rand", "ZAR"), ("vietnamese", "dong", "VND"),
                ("danish", "krone|kroner", "DKK"), ("norwegian", "krone|kroner", "NOK"),
                ("swedish", "krona|kronor", "SEK"), ("israeli", "shekel|shekels", "ILS"),
                ("malaysian", "ringgit", "MYR"), ("indonesian", "rupiah", "IDR"),
            )
        },
    }
)  # fmt: skip
_PERCENT: Final = Lexicon(
    dict.fromkeys(("percent", "per cent", "percents", "pct", "percentage point"), Decimal(1))
)


def _units(text: Text, at: int) -> Iterator[Parsed[Unit]]:
    return _UNITS.at(text.folded, at)


def _percent(text: Text, at: int) -> Iterator[Parsed[Decimal]]:
    return _PERCENT.at(text.folded, at)


def _price(text: Text, span: Span) -> Decimal | None:
    """``nineteen ninety nine``, ``four ninety-five``; two fifty may be two hundred and fifty."""
    units = in_words_below_hundred(text, span.start)
    cents = units and in_words_below_hundred(text, text.skip(units.end))
    if not units or not cents or cents.end != span.end or not _LEAST <= cents.value < _CENTS:
        return None
    priced = units.value >= _LEAST or cents.value % 10 == 9 or cents.value == 95
    return Decimal(units.value) + Decimal(cents.value) / _CENTS if priced else None


_LEAST: Final = 10
_CENTS: Final = 100

_BEHIND_SUMS: Final = re.compile(
    r"(?:or (?:so|less|more|under|over)|tops|max|maximum|min|minimum|total|in total|altogether"
    r"|only|even|flat|exactly|ish|at (?:most|least)|i (?:think|guess|believe)|each"
    r"|is (?:my|the|our) (?:budget|limit|max|maximum)|a (?:month|week|day|night|piece))"
)

MONEY: Final = Money(
    behind_sums=_BEHIND_SUMS,
    price=_price,
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
