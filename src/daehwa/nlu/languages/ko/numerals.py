"""Korean numerals: Sino-Korean (이십삼만 오천), native (스물두), with digits (3만 5천).

Korean is ambiguous where numerals meet units ("십일" is eleven or the tenth), so
``numerals`` gives every reading, the longest first, and the grammars choose.
What counts in a text: ``numbers``.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from daehwa.nlu.languages.digits import share, written_number
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.suffixes import ends_well
from daehwa.nlu.languages.text import Text

SINO_DIGITS: Final = {
    "영": 0, "공": 0, "일": 1, "이": 2, "삼": 3, "사": 4,
    "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9,
}  # fmt: skip
SINO_UNITS: Final = {"십": 10, "백": 100, "천": 1000}
_MYRIADS = {"만": 10**4, "억": 10**8, "조": 10**12}
NATIVE_ONES: Final = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4,
    "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "여덜": 8, "아홉": 9, "아흡": 9, "다섰": 5,
}  # fmt: skip
_NATIVE_TENS = {
    "열": 10, "스물": 20, "스무": 20, "스믈": 20, "서른": 30, "설흔": 30, "마흔": 40, "쉰": 50,
    "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_ONES = Lexicon(NATIVE_ONES)
_ONE_BY_ONE = Lexicon({word: one for word, one in NATIVE_ONES.items() if len(word) > 1 or one < 5})
_TENS = Lexicon(_NATIVE_TENS)
_MINUS = Lexicon({"마이너스": -1, "영하": -1})
_POINT = Lexicon({"점": ".", "쩜": "."})
_ROUND = "백천만억조"
_COPULA_BEHIND_FINAL = ("에요", "야")  # 십이에요 is ten: after twelve it is 예요
_COPULA = (*_COPULA_BEHIND_FINAL, "요", "예요", "고", "여", "용", "지", "죠", "네", "라", "며")
_BEHIND_COPULA = ("요", "에요", "고", "여", "지", "야")
_MYRIAD: Final = 10**4
_HUNDRED_MILLION: Final = 10**8
_GREATEST_JOINED = 10**8  # nobody counts natively beyond
PARTS_OF: Final = Lexicon({"분의": 0})
_DOZEN = Lexicon({"다스": 12})
_GOING_ON = frozenset("분점쩜다")  # how 분의, 점 and 다스 begin
AND_HALF: Final = Lexicon({"반": 0})
# The letters that a numeral may begin with.
_BEGIN = frozenset(
    (
        *SINO_DIGITS,
        *SINO_UNITS,
        *_MYRIADS,
        *(word[0] for word in (*NATIVE_ONES, *_NATIVE_TENS)),
        *"마영-",
    )
)


def native(text: Text, at: int) -> Iterator[Parsed[int]]:
    """Native numerals at ``at``, longest first: 스물두 is 22, then 20."""
    folded = text.folded
    for tens in _TENS.at(folded, at):
        for ones in _ONES.at(folded, text.skip(tens.end)):
            yield Parsed(tens.value + ones.value, ones.end)
        yield tens
    yield from _ONES.at(folded, at)


def sino(text: Text, at: int, setting: Setting) -> list[Parsed[Decimal]]:
    """Sino-Korean numerals at ``at``, longest first, digits allowed among them."""
    key = ("sino", at, setting.customs.marks)
    numerals: list[Parsed[Decimal]] | None = text.remembered.get(key)
    if numerals is None:
        numerals = text.remembered[key] = _sino(text, at, setting)
    return numerals


def _sino(text: Text, at: int, setting: Setting) -> list[Parsed[Decimal]]:
    folded = text.folded
    size = len(folded)
    numerals: list[Parsed[Decimal]] = []
    total = Decimal(0)  # what 만, 억 and 조 have closed
    section = Decimal(0)  # below ten thousand
    pending: Decimal | None = None  # a digit or a number that waits for its unit
    unit_limit = myriad_limit = 10**16
    place = at
    while place < size:
        spaced = place > at and folded[place] == " "
        char_at = place + 1 if spaced else place
        char = folded[char_at : char_at + 1]
        if char.isdecimal():
            number = written_number(text, char_at, setting.customs.marks)
            if number is None or pending is not None:
                break
            pending, end = Decimal(number.value), number.end
            if section and pending >= unit_limit:
                break
        elif char in SINO_DIGITS:
            if pending is not None:
                break
            pending, end = Decimal(SINO_DIGITS[char]), char_at + 1
        elif char in SINO_UNITS:
            unit = SINO_UNITS[char]
            if unit >= unit_limit:
                break
            section += (1 if pending is None else pending) * unit
            pending, end, unit_limit = None, char_at + 1, unit
        elif char in _MYRIADS:
            myriad = _MYRIADS[char]
            group = section + (pending or 0)
            if myriad >= myriad_limit or (spaced and not group) or group >= _MYRIAD:
                break  # 250,000만요: the particle
            total += (group or 1) * myriad
            section, pending, end = Decimal(0), None, char_at + 1
            unit_limit, myriad_limit = 10**16, myriad
        else:
            break
        # 3억 5천: said without its 만.
        myriads = _MYRIAD if myriad_limit == _HUNDRED_MILLION and char in "천백" else 1
        numerals.append(Parsed(total + (section + (pending or 0)) * myriads, end))
        place = end
    numerals.reverse()
    return [n for n in numerals if not _ends_in_copula(folded, at, n.end)]


def _ends_in_copula(folded: str, at: int, end: int) -> bool:
    """Whether the last 이 of a round number is not a two but the copula: 천이요, 만 이에요."""
    if folded[end - 1] != "이" or end - at < 2:
        return False
    unit = folded[at : end - 1].rstrip()[-1]
    if unit in _ROUND:
        return folded.startswith(_COPULA, end)
    return unit == "십" and folded.startswith(_COPULA_BEHIND_FINAL, end)


def read_out(text: Text, at: int, *, natively: bool = False) -> Parsed[str] | None:
    """Digits read out one by one: "공일공 일이삼사" is 0101234.

    With ``natively`` those after the first may be native numerals: 공일공 *하나둘셋넷*.
    """
    folded = text.folded
    digits = ""
    end = place = at
    while place < len(folded):
        char = folded[place]
        if natively and digits and (one := _ONE_BY_ONE.first(folded, place)):
            digits += str(one.value)
            end = place = one.end
            continue
        if char in SINO_DIGITS:
            digits += str(SINO_DIGITS[char])
        elif char.isdecimal():
            digits += char
        elif char in " -에" and digits:
            place += 1
            continue
        else:
            break
        place += 1
        end = place
    if len(digits) > 2 and folded.startswith("이구요", end - 2):
        return Parsed(digits[:-2], end - 2)  # 삼이구요
    if len(digits) > 1 and folded[end - 1] == "이" and folded.startswith(_BEHIND_COPULA, end):
        return Parsed(digits[:-1], end - 1)  # the copula, not a two: 팔이요
    return Parsed(digits, end) if digits else None


def numerals(text: Text, at: int, setting: Setting) -> Iterator[Parsed[Decimal]]:
    """Every number that begins at ``at``, the longest first, with sign and decimals."""
    folded = text.folded
    if at >= len(folded) or not (folded[at] in _BEGIN or folded[at].isdecimal()):
        return
    minus = _MINUS.first(folded, at)
    if minus is not None or (folded[at] == "-" and folded[at + 1 : at + 2].isdecimal()):
        for number in numerals(text, at + 1 if minus is None else text.skip(minus.end), setting):
            yield Parsed(-number.value, number.end)
        return
    plain = sino(text, at, setting)
    counts = [*_joined_native(text, plain), *plain]
    counts += (Parsed(Decimal(count.value), count.end) for count in native(text, at))
    for number in counts:
        onward = text.skip(number.end)
        if folded[onward : onward + 1] not in _GOING_ON:
            continue
        yield from _parts(text, number, setting)
        yield from _decimals(text, number)
        dozen = _DOZEN.first(folded, onward)
        if dozen is not None:
            half = AND_HALF.first(folded, text.skip(dozen.end))
            if half is not None and ends_well(folded, half.end):
                yield Parsed(number.value * dozen.value + dozen.value // 2, half.end)
            yield Parsed(number.value * dozen.value, dozen.end)
    yield from counts


def _decimals(text: Text, number: Parsed[Decimal]) -> Iterator[Parsed[Decimal]]:
    """The number with what follows its point: 이십삼 점 오."""
    point = _POINT.first(text.folded, text.skip(number.end))
    fraction = None if point is None else _fraction(text, text.skip(point.end))
    if fraction is not None and number.value == int(number.value):
        yield Parsed(Decimal(f"{number.value}.{fraction.value}"), fraction.end)


def _joined_native(text: Text, hundreds: list[Parsed[Decimal]]) -> Iterator[Parsed[Decimal]]:
    """Native numerals after Sino-Korean hundreds: 백스물셋."""
    for hundred in hundreds:
        if not 100 <= hundred.value < _GREATEST_JOINED or hundred.value % 100:
            continue
        if hundred.end < len(text) and text.folded[hundred.end] == " ":
            tens = _TENS.first(text.folded, hundred.end + 1)
            rests = native(text, hundred.end + 1) if tens and hundred.value < 10_000 else ()
        else:
            rests = native(text, hundred.end)
        for rest in rests:
            yield Parsed(hundred.value + rest.value, rest.end)


def _parts(text: Text, parts: Parsed[Decimal], setting: Setting) -> Iterator[Parsed[Decimal]]:
    """So many equal parts of one: 삼분의 이."""
    of = PARTS_OF.first(text.folded, text.skip(parts.end))
    if of is None or parts.value < 2 or parts.value != int(parts.value):
        return
    for count in sino(text, text.skip(of.end), setting):
        if count.value == int(count.value):
            yield Parsed(share(int(count.value), int(parts.value)), count.end)


def _fraction(text: Text, at: int) -> Parsed[str] | None:
    """Digits after the point, spoken or written."""
    folded = text.folded
    digits = ""
    end = at
    while end < len(folded) and (folded[end] in SINO_DIGITS or folded[end].isdecimal()):
        digits += folded[end] if folded[end].isdecimal() else str(SINO_DIGITS[folded[end]])
        end += 1
    return Parsed(digits, end) if digits else None
