"""Korean money and percentages: 만 오천 원, 20달러, 오십 퍼센트, 2할, 절반."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from daehwa.nlu.languages.language import Money, Unit
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.suffixes import ends_well
from daehwa.nlu.languages.text import Text
from daehwa.nlu.languages.units import money_units

_UNITS: Final = money_units(
    {
        "원": ("KRW", "1"), "달러,불,미국 달러": ("USD", "1"), "센트": ("USD", "0.01"),
        "유로": ("EUR", "1"), "파운드": ("GBP", "1"), "엔,엔화": ("JPY", "1"),
        "위안,위안화": ("CNY", "1"), "루피": ("INR", "1"), "호주 달러": ("AUD", "1"),
        "캐나다 달러": ("CAD", "1"), "홍콩 달러": ("HKD", "1"), "프랑": ("CHF", "1"),
        "스위스 프랑": ("CHF", "1"),
        "싱가포르 달러,싱가폴 달러": ("SGD", "1"), "뉴질랜드 달러": ("NZD", "1"),
        "미불": ("USD", "1"),
        "대만 달러": ("TWD", "1"), "바트,밧": ("THB", "1"), "베트남 동": ("VND", "1"),
        "루블": ("RUB", "1"),
        "동": ("VND", "1"), "링깃": ("MYR", "1"), "루피아": ("IDR", "1"),
        "필리핀 페소": ("PHP", "1"),
        "멕시코 페소": ("MXN", "1"), "리라": ("TRY", "1"), "즈워티": ("PLN", "1"),
        "헤알": ("BRL", "1"),
        "디르함": ("AED", "1"), "크로네": ("DKK", "1"), "포린트": ("HUF", "1"),
        "코루나": ("CZK", "1"),
    }
)  # fmt: skip
_PERCENT: Final = Lexicon(
    {
        **dict.fromkeys(("퍼센트", "프로", "퍼", "푼"), Decimal(1)),
        "할": Decimal(10),
        "리": Decimal("0.1"),
    }
)
_ONWARD: Final = "일이삼사오육칠팔구십"


def _units(text: Text, at: int) -> Iterator[Parsed[Unit]]:
    for unit in _UNITS.at(text.folded, at):
        if ends_well(text.folded, unit.end, onward=_ONWARD):
            yield unit


def _percent(text: Text, at: int) -> Iterator[Parsed[Decimal]]:
    for share in _PERCENT.at(text.folded, at):
        if ends_well(text.folded, share.end, onward=_ONWARD):
            yield share


MONEY: Final = Money(
    units=_units,
    percent=_percent,
    apiece=("짜리로 ", "짜리 ", "씩 "),
    shares=Lexicon({"반의 반": 25, "절반의 반": 25, "절반": 50, "반": 50, "반반": 50}),
)
