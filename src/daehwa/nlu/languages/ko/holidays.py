"""Days that Koreans name: 설날, 추석, 어린이날."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.holidays import (
    BUDDHAS_BIRTHDAY,
    CHRISTMAS,
    CHUSEOK,
    NEW_YEAR,
    THANKSGIVING,
    after,
    easter,
    fixed,
    lunar,
    solar_term,
)
from daehwa.nlu.languages.lexicon import Lexicon

NAMES: Final = Lexicon(
    {
        "설날": NEW_YEAR, "구정": NEW_YEAR, "음력설": NEW_YEAR, "음력 설날": NEW_YEAR,
        "추석": CHUSEOK, "한가위": CHUSEOK, "추석날": CHUSEOK, "중추절": CHUSEOK,
        "석가탄신일": BUDDHAS_BIRTHDAY, "부처님 오신 날": BUDDHAS_BIRTHDAY,
        "초파일": BUDDHAS_BIRTHDAY,
        "사월 초파일": BUDDHAS_BIRTHDAY, "석탄일": BUDDHAS_BIRTHDAY, "정월 대보름": lunar(1, 15),
        "대보름": lunar(1, 15), "단오": lunar(5, 5), "단옷날": lunar(5, 5),
        "칠월 칠석": lunar(7, 7), "칠석": lunar(7, 7), "섣달 그믐": after(NEW_YEAR, -1),
        "크리스마스": CHRISTMAS, "성탄절": CHRISTMAS, "크리스마스 이브": fixed(12, 24),
        "신정": fixed(1, 1), "새해 첫날": fixed(1, 1), "삼일절": fixed(3, 1),
        "3.1절": fixed(3, 1), "3·1절": fixed(3, 1), "식목일": fixed(4, 5), "노동절": fixed(5, 1),
        "근로자의 날": fixed(5, 1), "어린이날": fixed(5, 5), "어버이날": fixed(5, 8),
        "스승의 날": fixed(5, 15), "현충일": fixed(6, 6), "제헌절": fixed(7, 17),
        "광복절": fixed(8, 15), "국군의 날": fixed(10, 1), "개천절": fixed(10, 3),
        "한글날": fixed(10, 9), "발렌타인데이": fixed(2, 14), "밸런타인데이": fixed(2, 14),
        "화이트데이": fixed(3, 14), "만우절": fixed(4, 1), "빼빼로데이": fixed(11, 11),
        "할로윈": fixed(10, 31), "핼러윈": fixed(10, 31), "부활절": easter,
        "블랙프라이데이": after(THANKSGIVING, 1), "연말": fixed(12, 31),
        **dict.fromkeys(("동지", "동짓날"), solar_term(12, 21.94)),
        "입춘": solar_term(2, 3.87), "춘분": solar_term(3, 20.646), "하지": solar_term(6, 21.37),
        "추분": solar_term(9, 23.042), "입추": solar_term(8, 7.5), "입동": solar_term(11, 7.438),
        "새해": fixed(1, 1), "연초": fixed(1, 1),
    }
)  # fmt: skip
SHORT_NAMES: Final = Lexicon({"설": NEW_YEAR})
"""Names that are other words as well: they need a day or a year beside them."""
