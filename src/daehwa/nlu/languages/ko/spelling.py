"""Korean codes, telephone numbers and addresses as they are read out: 에이비 일이, 골뱅이."""

from __future__ import annotations

import re
from typing import Final

from daehwa.nlu.languages.ko.numerals import read_out
from daehwa.nlu.languages.language import Spelling
from daehwa.nlu.languages.lexicon import Lexicon, phrases
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.suffixes import ends_well
from daehwa.nlu.languages.text import Text, is_hangul

_LETTERS: Final = Lexicon(
    {
        "에이": "a", "비": "b", "씨": "c", "시": "c", "디": "d", "이": "e", "에프": "f", "지": "g",
        "에이치": "h", "아이": "i", "제이": "j", "케이": "k", "엘": "l", "엠": "m", "엔": "n",
        "오": "o",
        "피": "p", "큐": "q", "알": "r", "아르": "r", "에스": "s", "티": "t", "유": "u",
        "브이": "v",
        "더블유": "w", "더블류": "w", "뷔": "v", "쥐": "g",
        "엑스": "x", "와이": "y", "제트": "z", "지트": "z",
    }
)  # fmt: skip
# Hosts of addresses as Koreans read them out.
_HOSTS: Final = Lexicon(
    {
        "지메일": "gmail", "쥐메일": "gmail", "구글": "google", "에이씨": "ac", "오알지": "org",
        "네이버": "naver", "다음": "daum", "한메일": "hanmail",
        "카카오": "kakao", "네이트": "nate", "핫메일": "hotmail", "아웃룩": "outlook",
        "닷컴": ".com", "점컴": ".com", "쩜컴": ".com", "컴": "com", "닷넷": ".net",
        "점넷": ".net", "케이알": "kr", "쩜넷": ".net", "쩜 컴": ".com", "닷 컴": ".com",
        "닷 넷": ".net", "점 케이알": ".kr", "점 씨오": ".co", "야후": "yahoo",
        "점 넷": ".net", "점 컴": ".com", "씨오": "co",
        # What hosts are called for short: 다음 *넷*, 네이버 *컴*.
        **{f"{name}{space}넷": f"{host}.net"
           for name, host in (("다음", "daum"), ("한메일", "hanmail")) for space in ("", " ")},
        **{f"{name}{space}컴": f"{host}.com"
           for name, host in (("네이버", "naver"), ("지메일", "gmail"), ("네이트", "nate"))
           for space in ("", " ")},
    }
)  # fmt: skip
_SIGNS: Final = Lexicon(
    {
        "골뱅이": "@", "앳": "@", "점": ".", "닷": ".", "언더바": "_", "밑줄": "_", "하이픈": "-",
        "대시": "-", "다시": "-", "언더스코어": "_", "언더라인": "_", "플러스": "+", "쩜": ".",
        "도트": ".", "에트": "@",
    }
)  # fmt: skip
_BETWEEN: Final = "에"
# Between the groups of a telephone number, which are read out: 공일공 *다시* 일이삼사.
_JOINTS: Final = (", ", "다시 ", "대시 ", "국에 ", "국의 ", "에 ", "의 ", "국에", "의", "에")
_NAMED_DIGITS: Final = dict(zip("영공일이삼사오육륙칠팔구", "001234566789", strict=True))
_NATIVE_DIGITS: Final = Lexicon(
    {word: digit for digit, word in enumerate(phrases("하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉"), 1)}
)
_BOTH: Final = "이오"  # two and five, or E and O
_COPULA: Final = ("요", "에요", "예요", "고", "여", "지", "야")
_MOBILE: Final = "010"
_MOBILE_SIZE: Final = 11


def _piece(text: Text, at: int) -> Parsed[str] | None:
    """``에이비씨``, ``일이삼``, ``큐알삼삼``: some letters or digits of a code."""
    code, place = "", at
    before = behind = _before(text, at)
    while (symbol := _symbol(text, place, before)) is not None:
        code, place, before = code + symbol.value, symbol.end, symbol.value
    if code[-1:] == "2" and place - at > 1 and text.folded.startswith(_COPULA, place):
        code, place = code[:-1], place - 1  # 삼이요: the copula is not a two
    has_letter = any(char.isalpha() for char in code)
    if has_letter and (ends_well(text.folded, place) or not is_hangul(text.folded[place])):
        return Parsed(code, place)
    native = _NATIVE_DIGITS.first(text.folded, at) if behind else None
    if native is not None:
        return Parsed(str(native.value), native.end)  # 에프 *하나 둘*
    return read_out(text, at)


def _before(text: Text, at: int) -> str:
    """What was read out right before a place: ``0`` for a digit, ``a`` for a letter."""
    char = text.folded[:at].rstrip(" ,.-")[-1:]
    if not char:
        return ""
    return "0" if char.isdecimal() or (char in _NAMED_DIGITS and char not in _BOTH) else "a"


def _symbol(text: Text, at: int, before: str) -> Parsed[str] | None:
    """The letter or digit whose name stands at a place, after those that went before."""
    folded = text.folded
    letter = _LETTERS.first(folded, at)
    digit = read_out(text, at) if folded[at : at + 1] in _NAMED_DIGITS else None
    if letter is None or (digit is not None and folded[at] in _BOTH and letter.end == at + 1):
        if digit is None or not is_hangul(folded[at]):
            return None
        alone = at + 1 == text.word_end(at) and before.isalpha()
        if letter is None or not (alone or _is_letter_next(folded, at + 1)):
            return Parsed(_NAMED_DIGITS[folded[at]], at + 1)
    return letter


def _is_letter_next(folded: str, at: int) -> bool:
    """Whether what stands at a place can be nothing but a letter's name."""
    return _LETTERS.first(folded, at) is not None and folded[at] not in _BOTH


def _digits(text: Text, at: int) -> Parsed[str] | None:
    """``공일공에 일이삼사에``, ``공일공 다시 일이삼사``: digits of a telephone number."""
    digits = read_out(text, at, natively=True)
    if digits is None:
        return None
    value, end = digits
    while (onward := text.past(text.skip(end), *_JOINTS)) > text.skip(end):
        group = read_out(text, onward, natively=True)
        if group is None:
            break
        value, end = value + group.value, group.end
    short = value.startswith(_MOBILE) and len(value) == _MOBILE_SIZE - 1
    if short and text.folded.startswith("이", end):
        value, end = f"{value}2", end + 1  # 일일이이요: the last two, not the copula
    mobile = value.startswith(_MOBILE)
    if mobile and len(value) == _MOBILE_SIZE - 2 and text.folded.startswith("이구", end):
        value, end = f"{value}29", end + 2
    if mobile and len(value) > _MOBILE_SIZE:
        cut = _behind_digits(text, at, _MOBILE_SIZE)
        if cut is not None and ends_well(text.folded, cut):
            return Parsed(value[:_MOBILE_SIZE], cut)  # 오육칠팔이죠: the copula is no two
    return Parsed(value, at + len(text.folded[at:end].rstrip(_BETWEEN)))


def _behind_digits(text: Text, at: int, size: int) -> int | None:
    """Where so many digits end that are read out by one syllable each, or typed."""
    for place in range(at, len(text)):
        size -= text.folded[place] in _NAMED_DIGITS or text.folded[place].isdecimal()
        if size == 0:
            return place + 1
    return None


_OPENERS: Final = re.compile(
    "(?:(?:주문|예약|송장|운송장|회원|인증|티켓|접수|고객|승인|쿠폰|상품|계좌|카드|일련|확인|등록"
    r"|차량|증권|보험|관리|항공편|모델|제품)\s?)?(?:번호|코드|사번|학번)(?:는|가|은)?\s"
)

_KINDS: Final = (
    "(?:주문|예약|송장|운송장|회원|인증|티켓|접수|승인|쿠폰|상품|계좌|카드|일련|등록|차량|관리|모델|제품|사건|계약"
    r"|증권|사업자)\s?(?:등록\s?)?(?:번호|코드)(?:는|가|은|:)?\s?$"
)

SPELLING: Final = Spelling(
    joints=("에 ", "의 ", " 대시", " 하이픈", " 다시"),
    pauses=frozenset({"음", "어", "아", "저", "그", "음음", "어어"}),
    kinds_of_codes=_KINDS,
    openers=_OPENERS,
    piece=_piece,
    digits=_digits,
    letters=_LETTERS,
    signs=_SIGNS,
    hosts=_HOSTS,
)
