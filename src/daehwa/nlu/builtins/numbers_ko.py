"""Korean numerals: Sino-Korean (이십삼만 오천), native (스물두), with digits (3만 5천).

Korean is ambiguous where numerals meet units ("십일" is eleven or the tenth), so
``numerals`` gives every reading, the longest first, and the grammars choose.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from daehwa.nlu.builtins.lexicon import Lexicon
from daehwa.nlu.builtins.numbers_en import digits
from daehwa.nlu.builtins.text import Text, is_hangul

Numeral = tuple[Decimal, int]

DIGITS = {
    "영": 0, "공": 0, "일": 1, "이": 2, "삼": 3, "사": 4,
    "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9,
}  # fmt: skip
_UNITS = {"십": 10, "백": 100, "천": 1000}
_MYRIADS = {"만": 10**4, "억": 10**8, "조": 10**12}
_NATIVE_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4,
    "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "여덜": 8, "아홉": 9,
}  # fmt: skip
_NATIVE_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50,
    "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_ONES = Lexicon(_NATIVE_ONES)
_TENS = Lexicon(_NATIVE_TENS)
_MINUS = Lexicon({"마이너스": -1, "영하": -1})
_POINT = Lexicon({"점": ".", "쩜": "."})
# Forms that stand before a counter only; alone they are other words (네 is yes).
BOUND_FORMS = frozenset({"한", "두", "세", "석", "네", "넉", "스무"})


def native(text: Text, at: int) -> Iterator[tuple[int, int]]:
    """Native numerals at ``at``, longest first: 스물두 is 22, then 20."""
    folded = text.folded
    for tens, end in _TENS.at(folded, at):
        for ones, stop in _ONES.at(folded, text.skip(end)):
            yield tens + ones, stop
        yield tens, end
    yield from _ONES.at(folded, at)


def sino(text: Text, at: int) -> list[Numeral]:
    """Sino-Korean numerals at ``at``, longest first, digits allowed among them."""
    folded = text.folded
    size = len(folded)
    found: list[Numeral] = []
    total = Decimal(0)  # what 만, 억 and 조 have closed
    section = Decimal(0)  # below ten thousand
    pending: Decimal | None = None  # a digit or a number that waits for its unit
    unit_limit = myriad_limit = 10**16
    place = at
    while place < size:
        spaced = place > at and folded[place] == " "
        char_at = place + 1 if spaced else place
        if char_at >= size:
            break
        char = folded[char_at]
        if char.isdecimal():
            number = digits(text, char_at)
            if number is None or pending is not None:
                break
            pending, end = Decimal(number[0]), number[1]
            if section and pending >= unit_limit:
                break
        elif char in DIGITS:
            if pending is not None:
                break
            pending, end = Decimal(DIGITS[char]), char_at + 1
        elif char in _UNITS:
            unit = _UNITS[char]
            if unit >= unit_limit:
                break
            section += (1 if pending is None else pending) * unit
            pending, end, unit_limit = None, char_at + 1, unit
        elif char in _MYRIADS:
            myriad = _MYRIADS[char]
            group = section + (pending or 0)
            if myriad >= myriad_limit or (spaced and not group):
                break
            total += (group or 1) * myriad
            section, pending, end = Decimal(0), None, char_at + 1
            unit_limit, myriad_limit = 10**16, myriad
        else:
            break
        found.append((total + section + (pending or 0), end))
        place = end
    found.reverse()
    return found


def read_out(text: Text, at: int) -> tuple[str, int] | None:
    """Digits read out one by one: "공일공 일이삼사" is 0101234."""
    folded = text.folded
    said = ""
    end = place = at
    while place < len(folded):
        char = folded[place]
        if char in DIGITS:
            said += str(DIGITS[char])
        elif char.isdecimal():
            said += char
        elif char in " -에" and said:
            place += 1
            continue
        else:
            break
        place += 1
        end = place
    if len(said) > 1 and folded[end - 1] == "이" and folded.startswith(("요", "에요", "고"), end):
        return said[:-1], end - 1  # the copula, not a two: 팔이요
    return (said, end) if said else None


def numerals(text: Text, at: int) -> Iterator[Numeral]:
    """Every number that begins at ``at``, the longest first, with sign and decimals."""
    folded = text.folded
    if at >= len(folded):
        return
    minus = _MINUS.first(folded, at)
    if minus is not None:
        for value, end in numerals(text, text.skip(minus[1])):
            yield -value, end
        return
    if folded[at] == "-" and at + 1 < len(folded) and folded[at + 1].isdecimal():
        for value, end in numerals(text, at + 1):
            yield -value, end
        return
    if not (folded[at].isdecimal() or is_hangul(folded[at])):
        return
    plain = sino(text, at)
    for value, end in plain:
        point = _POINT.first(folded, text.skip(end))
        if point is not None:
            fraction = _read_fraction(text, text.skip(point[1]))
            if fraction is not None:
                yield Decimal(f"{value}.{fraction[0]}"), fraction[1]
    yield from plain
    for count, end in native(text, at):
        yield Decimal(count), end


def _read_fraction(text: Text, at: int) -> tuple[str, int] | None:
    folded = text.folded
    said = ""
    end = at
    while end < len(folded) and (folded[end] in DIGITS or folded[end].isdecimal()):
        said += folded[end] if folded[end].isdecimal() else str(DIGITS[folded[end]])
        end += 1
    return (said, end) if said else None
