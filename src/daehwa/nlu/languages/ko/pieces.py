"""What stands together in Korean that is written without spaces: dates, times, counts, names.

The patterns only show where such a piece ends; the grammars read it.
"""

from __future__ import annotations

import re
from typing import Final

from daehwa.nlu.languages.ko import gazetteer
from daehwa.nlu.languages.lexicon import phrases

_ONES: Final = "하나|한|둘|두|셋|세|석|넷|네|넉|다섯|여섯|일곱|여덟|아홉"
_NATIVE: Final = (
    f"(?:열|스물|서른|마흔|쉰|예순|일흔|여든|아흔)(?:{_ONES})?|스무|{_ONES}"  # 스물두, 스무, 두
)
_SINO: Final = "[0-9]+(?:[.][0-9]+)?[십백천만억]*|[영일이삼사오육칠팔구십백천만억]+"
_NUMBER: Final = f"(?:{_NATIVE}|{_SINO})"
_WEEKDAY: Final = "[월화수목금토일](?:요일|욜)"
_PART: Final = "오전|오후|아침|점심|저녁|새벽|낮|밤"
_DATE: Final = re.compile(
    "오늘|내일모레|내일|모레|글피|어제|그제|그저께"
    f"|(?:이번|다음|담|다다음|지난|저번)(?:주말|주|달)?{_WEEKDAY}|{_WEEKDAY}"
    f"|(?:이번|다음|담|다다음|지난|저번)(?:주말|주|달)(?:{_SINO}일)?"
    f"|(?:(?:{_SINO})년)?(?:{_SINO}|유|시)월(?:{_SINO})일|(?:{_SINO})일"
)
_TIME: Final = re.compile(f"(?:{_PART})?{_NUMBER}시(?:반|(?:{_SINO})분)?(?!간)|정오|자정")
_COUNT: Final = re.compile(
    f"{_NUMBER}(?:사람|명|분|잔|개|인분|박스|상자|장|권|병|마리|그릇|판|세트|봉지|박|시간|킬로그램|킬로"
    "|키로|그램|리터|달러|유로|위안|원|엔|퍼센트|프로|호|층|번|대|켤레|벌|줄|조각|통|팩|캔|컵|석|자리|살)"
)
_FAMILIES: Final = "|".join(gazetteer.SURNAMES[:48])
_NAME: Final = re.compile(
    f"(?:{_FAMILIES})[가-힣]{{2}}(?:씨|님)?(?=한테|에게|께|님|씨|이름으로)"
    f"|(?:{_FAMILIES})(?:{'|'.join(gazetteer.GIVEN_NAMES)})(?=으로|로|이름)"
)

PIECES: Final = (_DATE, _TIME, _COUNT, _NAME)
JOINTS: Final = phrases(
    "에서|에게|에는|에만|에도|에|한테|께|으로|로|부터|까지|이랑|랑|하고|와|과|을|를|은|는|이|가|도|만|짜리|쯤|정도|씩|의"
)
