"""Chinese numbers, in both scripts: 二十一, 两个, 一百二, 三万五, 3万, 三点五."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from daehwa.nlu.languages import han_numerals
from daehwa.nlu.languages.language import Numbers
from daehwa.nlu.languages.lexicon import Lexicon, phrases
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text

COUNTERS: Final = phrases(
    """
个人|個人|个|個|位|名|人|本|张|張|件|杯|瓶|间|間|晚|次|份|口|台|臺|辆|輛|条|條|只|隻|把|双|雙|套|盒|包
箱|碗|盘|盤|片|块|塊|颗|顆|朵|首|部|层|層|楼|樓|岁|歲|斤|公斤|千克|克|米|公里|公分|升|页|頁|桌|排|座
票|枝|支|根|袋|罐|对|對|群|家|门|門|种|種|样|樣|成人|大人|小孩|儿童|兒童|房|单|單|kg|g|m|cm|km
"""
)
_COUNTER: Final = Lexicon(dict.fromkeys(COUNTERS, 0))
# What may stand after a number that nothing counts: the end, a mark, a particle.
_TAIL: Final = Lexicon(
    dict.fromkeys(phrases("吧|了|啊|呀|啦|就行|就好|就可以|可以|行|好|好了|的|嘅|喇|左右"), 0)
)
_PART_OF_MORE: Final = (
    *(
        "负",
        "負",
        "零下",
        "到",
        "至",
        "第",
        "星期",
        "周",
        "週",
        "礼拜",
        "禮拜",
        "月",
        "年",
        "上午",
        "下午",
        "早上",
        "晚上",
        "百分之",
    ),
    *("初", "分之", "半", "块", "塊", "毛"),
)
_HALVES: Final[Lexicon[int]] = Lexicon({})
# What makes an ordinal, a fraction, a time of day or a date of a number.
_NO_NUMBER: Final = ("分之", "点", "點", "时", "時", "月", "号", "號", "日", "年", "半", "刻")


def amount(text: Text, at: int, setting: Setting) -> Parsed[Decimal] | None:
    """A number at ``at`` in characters or digits."""
    return han_numerals.amount(text, at, setting, halves=_HALVES, shortened=True)


def _numerals(text: Text, at: int, setting: Setting) -> Iterator[Parsed[Decimal]]:
    number = amount(text, at, setting)
    if number is not None:
        yield number


def _standing(text: Text, at: int, setting: Setting) -> Parsed[str] | None:
    number = amount(text, at, setting)
    if number is None or _belongs(text, at, number.end):
        return None
    return Parsed(f"{number.value:f}", number.end)


def _belongs(text: Text, at: int, end: int) -> bool:
    """Whether a number is part of something else: neither counted nor on its own."""
    folded = text.folded
    if han_numerals.goes_on_before(text, at, _PART_OF_MORE):
        return True
    onward = text.skip(end)
    after = folded[end : end + 1]
    if han_numerals.goes_on(text, end):
        return True
    counter = _COUNTER.first(folded, onward)
    if counter is not None:
        # 两个半小时 is a span, 两个月 another, and 五块五 is more than five.
        if folded.startswith(("以上", "以下", "以内"), counter.end):
            return True
        if han_numerals.is_numeral(folded[counter.end : counter.end + 1]):
            return True
        return folded.startswith(("半", "月", "星期", "礼拜", "禮拜", "小时", "小時"), counter.end)
    if folded.startswith(_NO_NUMBER, onward):
        return True
    if not after or not after.isalnum():
        return False
    return _TAIL.first(folded, end) is None


NUMBERS: Final = Numbers(numerals=_numerals, standing=_standing, belongs=_belongs)
