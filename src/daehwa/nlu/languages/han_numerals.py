"""Numbers in Chinese characters: 二十一, 三万五千, 二〇二六, 3万; as Japanese and Chinese write."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from daehwa.nlu.languages import digits
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.locales import POINT
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text

_ONES: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "兩": 2,
    "俩": 2,
    "壱": 1,
    "弐": 2,
    "参": 3,
    "廿": 20,
    "卅": 30,
}
_TENS: Final = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_MYRIADS: Final = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}
_ALL: Final = frozenset({*_ONES, *_TENS, *_MYRIADS})
_POINTS: Final = "点點.・"
_HALF: Final = Decimal("0.5")


def is_numeral(char: str) -> bool:
    """Whether a character is part of a number in Chinese characters."""
    return char in _ALL


def whole(text: Text, at: int, *, shortened: bool = False) -> Parsed[int] | None:
    """The whole number in characters at ``at``; digits may stand before a myriad (3万).

    Where it is ``shortened``, the last unit may be left out, as in Chinese: 一百二 is 120.
    """
    folded = text.folded
    end = at
    while end < len(folded) and folded[end] in _ALL:
        end += 1
    if end == at:
        return _with_digits(text, at)
    value = _value(folded[at:end], shortened=shortened)
    return None if value is None else Parsed(value, end)


def _with_digits(text: Text, at: int) -> Parsed[int] | None:
    """``3万``, ``2百``, ``1万5000``: digits and a unit."""
    total, end = 0, at
    while True:
        number = digits.written_number(text, end, POINT)
        if number is None:
            return Parsed(total, end) if total else None
        unit = text.folded[number.end : number.end + 1]
        worth = _MYRIADS.get(unit) or _TENS.get(unit)
        if worth is None:
            whole_rest = number.value.isdecimal()
            return Parsed(total + int(number.value), number.end) if total and whole_rest else None
        amount = Decimal(number.value) * worth
        if amount != int(amount):
            return None
        total, end = total + int(amount), number.end + 1


def _by_digits(numeral: str) -> int | None:
    """二〇二六, 一二三: digit by digit; 廿 and 卅 are not digits, but tens."""
    if any(_ONES[char] > 9 for char in numeral):
        return _ONES[numeral[0]] + _ONES[numeral[1]] if len(numeral) == 2 else None
    # 两三 and 五六 are "two or three", "five or six".
    if len(numeral) == 2 and all(_ONES[char] for char in numeral):
        return None
    return int("".join(str(_ONES[char]) for char in numeral))


def _value(numeral: str, *, shortened: bool) -> int | None:
    """The value of a run of characters; ``None`` where they make no number."""
    if len(numeral) > 1 and all(char in _ONES for char in numeral):
        return _by_digits(numeral)
    total = section = 0
    number: int | None = None
    last = 10**16
    unit = 1
    zero = False
    for char in numeral:
        if char in _ONES:
            if number is not None and number:
                if number not in (20, 30):
                    return None
                number += _ONES[char]
            else:
                number = _ONES[char]
            zero = zero or number == 0
        elif char in _TENS:
            if _TENS[char] >= last or number == 0:
                return None
            section += (1 if number is None else number) * _TENS[char]
            last = unit = _TENS[char]
            number, zero = None, False
        else:
            if number is None and not section:
                return None
            total += (section + (number or 0)) * _MYRIADS[char]
            section, number, last, unit, zero = 0, None, 10**16, _MYRIADS[char], False
    if number and shortened and unit >= 100 and not zero and number < 10:
        number *= unit // 10
    return total + section + (number or 0)


def amount(
    text: Text, at: int, setting: Setting, *, halves: Lexicon[int], shortened: bool = False
) -> Parsed[Decimal] | None:
    """A number in characters or digits at ``at``, with its decimals (三点五)."""
    spelt = whole(text, at, shortened=shortened)
    if spelt is None:
        return None if text.folded[at : at + 1].isalpha() else digits.number(text, at, setting)
    folded, end = text.folded, spelt.end
    if folded[end : end + 1] in tuple(_POINTS) and folded[at] in _ALL:
        stop = end + 1
        while stop < len(folded) and folded[stop] in _ONES and _ONES[folded[stop]] < 10:
            stop += 1
        # 三点十分 and 三点二十 are times of day, and so is what has a unit after it.
        is_time = folded[stop : stop + 1] in ("十", "分", "刻", "半", "个", "個", "拾")
        if stop > end + 1 and not is_time:
            decimals = "".join(str(_ONES[char]) for char in folded[end + 1 : stop])
            return Parsed(Decimal(f"{spelt.value}.{decimals}"), stop)
    half = halves.first(folded, end)
    if half is not None:
        return Parsed(Decimal(spelt.value) + _HALF, half.end)
    return Parsed(Decimal(spelt.value), end)


def small(text: Text, at: int) -> Parsed[int] | None:
    """A whole number below a hundred in characters or in one or two digits."""
    end = digits.run_of_digits(text.folded, at)
    if end > at:
        return Parsed(int(text.folded[at:end]), end) if end - at <= 2 else None
    number = whole(text, at)
    return number if number is not None and number.value < 100 else None


def goes_on(text: Text, end: int) -> bool:
    """Whether another number stands right after one: 二、三人 is "two or three"."""
    after = text.folded[end : end + 2]
    return len(after) == 2 and after[0] in ",/:." and (after[1].isdecimal() or after[1] in _ALL)


def goes_on_before(text: Text, at: int, others: Iterable[str] = ()) -> bool:
    """Whether a number, or one of ``others``, stands right before a place."""
    before = text.folded[:at]
    if not before:
        return False
    last = before[-2:-1]
    joined = before[-1] in "./:-," and bool(last) and (last.isdecimal() or last in _ALL)
    return joined or before[-1].isdecimal() or before[-1] in _ALL or before.endswith(tuple(others))
