"""Korean words that point to a slot: directions, what is counted, what joins a list."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Cues
from daehwa.nlu.languages.lexicon import meanings, phrases

CUES: Final = Cues(
    source_parts=("출발", "부터", "시작", "체크인"),
    target_parts=("도착", "목적", "까지", "종료", "체크아웃"),
    source_tails=("에서", "부터", "발", "출발"),
    target_tails=("으로", "로", "까지", "행", "도착"),
    counted={
        "people": phrases("명|분|인|인분|사람|인원|손님|좌석|자리|석"),
        "nights": phrases("박|숙박"),
        "days": phrases("일|날|날짜"),
        "hours": phrases("시간"),
        "minutes": phrases("분간"),
        "weeks": phrases("주|주일"),
        "months": phrases("개월|달"),
        "years": phrases("년|살|세|나이"),
        "rooms": phrases("방|객실|호실"),
        "cups": phrases("잔|컵"),
        "bottles": phrases("병"),
        "books": phrases("권|책"),
        "pieces": phrases("개|송이|마리|켤레|벌|판|상자|박스|조각|장|부|매|대|통"),
    },
    how_many=(("몇",),),
    joints=frozenset(phrases("그리고|및|또|하고|와|과|랑|이랑|또는|플러스")),
    joining_tails=("이랑", "하고", "와", "과", "랑"),
    alike_tails=meanings(
        {
            "한테|께|에게로|한테로|님께|님에게|님한테|씨에게|씨한테": "에게",
            "에게요|한테요|께요|에게만|한테만": "에게",
            "로|루|으루|로요|으로요|님으로|씨로|로만|으로만": "으로",
        }
    ),
    passed=frozenset(phrases("더|추가로|정도|쯤")),
    loose_tails=("을", "를", "도", "에다"),
)
