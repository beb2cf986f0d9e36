"""Korean codes, telephone numbers and addresses as they are read out: 에이비 일이, 골뱅이."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.ko.numbers import read_out
from daehwa.nlu.languages.language import Spelling
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.spans import Parsed
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
        "지메일": "gmail", "네이버": "naver", "다음": "daum", "한메일": "hanmail",
        "카카오": "kakao", "네이트": "nate", "핫메일": "hotmail", "아웃룩": "outlook",
        "닷컴": ".com", "점컴": ".com", "쩜컴": ".com", "컴": "com", "닷넷": ".net",
        "점넷": ".net", "케이알": "kr", "쩜넷": ".net", "쩜 컴": ".com", "닷 컴": ".com",
        "닷 넷": ".net", "점 케이알": ".kr", "점 씨오": ".co", "야후": "yahoo",
        "점 넷": ".net", "점 컴": ".com", "씨오": "co",
    }
)  # fmt: skip
_SIGNS: Final = Lexicon(
    {
        "골뱅이": "@", "앳": "@", "점": ".", "닷": ".", "언더바": "_", "밑줄": "_", "하이픈": "-",
        "대시": "-",
    }
)  # fmt: skip
_BETWEEN: Final = "에"


def _piece(text: Text, at: int) -> Parsed[str] | None:
    """``에이비씨``, ``일이삼``: some letters or digits of a code."""
    letters, place = "", at
    while (letter := _LETTERS.first(text.folded, place)) is not None:
        letters += letter.value
        place = letter.end
    if place > at and (place >= len(text) or not is_hangul(text.folded[place])):
        return Parsed(letters, place)
    return read_out(text, at)


def _digits(text: Text, at: int) -> Parsed[str] | None:
    """``공일공에 일이삼사에``: digits of a telephone number."""
    digits = read_out(text, at)
    if digits is None:
        return None
    return Parsed(digits.value, at + len(text.folded[at : digits.end].rstrip(_BETWEEN)))


SPELLING: Final = Spelling(
    piece=_piece, digits=_digits, letters=_LETTERS, signs=_SIGNS, hosts=_HOSTS
)
