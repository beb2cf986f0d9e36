"""AMAZON.Number: digits, decimals, negatives, numbers in words, Korean counters."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from daehwa.nlu.builtins import numbers_en, numbers_ko
from daehwa.nlu.builtins.endings import ends_well
from daehwa.nlu.builtins.found import Found, Setting
from daehwa.nlu.builtins.lexicon import Lexicon, phrases
from daehwa.nlu.builtins.text import Text, is_hangul

COUNTERS_KO = Lexicon(
    {
        word: word
        for word in phrases(
            """
명|분|사람|인|개|잔|권|살|마리|병|대|장|켤레|번|회|그루|송이|조각|판|인분|박|층|호|가지|곡|군데
곳|끼|그릇|접시|봉지|상자|박스|통|팩|캔|세트|채|척|벌|쌍|다발|묶음|줄|모금|모|알|정|포기|방울|등
위|점|단계|차례|시간|분간|초|일|주|주일|달|개월|년|세|평|킬로|킬로그램|그램|미터|센티|리터|도
자리|석|좌석|번째|호실|동|반|학년|과|페이지|쪽|원|사이즈|샷|스푼|컵|매|부|건|배|인용|호선|번지
명분
"""
        )
    }
)


_SINO_COUNTERS = Lexicon(
    dict.fromkeys(phrases("원|인분|층|호|개월|년|킬로|킬로그램|도|호선|학년|페이지|퍼센트"), 0)
)


# Written together with 한, 두, 세 or 네 these make other words: 두부, 두통, 세일, 한과.
_NOT_JOINED = frozenset("부통대동석과배인도점일위정초모등원조")


# Words that say how many without being numerals.
_MANY_KO = Lexicon(
    {
        "제로": "0", "혼자": "1", "혼자서": "1", "둘이": "2", "둘이서": "2", "셋이": "3",
        "셋이서": "3", "넷이": "4", "넷이서": "4",
    }
)  # fmt: skip


def plain(value: Decimal) -> str:
    """A number in digits without exponent; a whole number without a point."""
    return format(value, "f")


def find(text: Text, setting: Setting) -> Iterator[Found]:
    """Every number that stands on its own in the text, left to right."""
    beyond = -1
    for start in text.starts:
        if start < beyond:
            continue
        found = at(text, start, setting)
        if found is not None:
            beyond = found.end
            yield found


def at(text: Text, start: int, setting: Setting) -> Found | None:
    """The number that begins at ``start`` (a word's start), its sign included."""
    folded = text.folded
    begin = start
    if start and folded[start - 1] in "-+." and (start == 1 or folded[start - 2] in " ("):
        begin = start - 1
    if setting.korean and (found := _korean(text, begin)):
        return found
    got = numbers_en.cardinal(text, begin)
    if got is None:
        return None
    value, end = got
    if not ends_well(folded, end, onward="") and not _counted(text, end):
        return None
    if folded[end : end + 1].isalpha() and not is_hangul(folded[end]):
        return None
    return _found(text, begin, end, value)


def _found(text: Text, start: int, end: int, value: Decimal) -> Found:
    original = text.raw[start:end]
    said = plain(value)
    if original.isdecimal():
        said = original  # digits may be a code (a PIN), so leading zeros are kept
    return Found(start=start, end=end, original=original, interpreted=said, resolved=(said,))


def _counted(text: Text, end: int) -> int | None:
    """Where the counter after a number ends, when the word ends well behind it."""
    for _, stop in COUNTERS_KO.at(text.folded, text.skip(end)):
        if ends_well(text.folded, stop):
            return stop
    return None


def _korean(text: Text, start: int) -> Found | None:
    """The longest number that ends at a counter, a particle or a word's end."""
    folded = text.folded
    for value, end in numbers_ko.numerals(text, start):
        said = folded[start:end]
        counted = _counted(text, end)
        # "이 사람" is this person: a lone Sino-Korean digit apart from its counter is sure
        # only with the counters that take no native numeral.
        lone = len(said) == 1 and said in numbers_ko.DIGITS and folded[end : end + 1] == " "
        joined = said in numbers_ko.BOUND_FORMS and folded[end : end + 1] in _NOT_JOINED
        if (
            counted is not None
            and not joined
            and (not lone or _SINO_COUNTERS.first(folded, end + 1))
        ):
            return _found(text, start, end, value)
        if not ends_well(folded, end):
            continue
        if said in numbers_ko.BOUND_FORMS or (len(said) == 1 and is_hangul(said)):
            continue
        return _found(text, start, end, value)
    digits = numbers_ko.read_out(text, start)
    if digits is not None and len(digits[0]) > 2 and ends_well(folded, digits[1]):
        return Found(
            start=start,
            end=digits[1],
            original=text.raw[start : digits[1]],
            interpreted=digits[0],
            resolved=(digits[0],),
        )
    return None


def read(text: Text, setting: Setting) -> Found | None:
    """The number of a reply; a lone syllable (삼, 두) counts here."""
    for found in find(text, setting):
        return found
    if setting.korean:
        for start in text.starts:
            for value, end in numbers_ko.numerals(text, start):
                if ends_well(text.folded, end):
                    return _found(text, start, end, value)
            for said, end in _MANY_KO.at(text.folded, start):
                if ends_well(text.folded, end):
                    return _found(text, start, end, Decimal(said))
    return None
