"""Korean words by which a person asks for a moment, and comes back."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Waiting
from daehwa.nlu.languages.lexicon import phrases

_MOMENT = (
    r"(?:(?:잠깐|잠시|조금|쫌|좀|한 ?번|금방|조금 더|좀 더|조금만 더|좀만 더)(?:만|요|만요|만 더)?"
    r"|(?:일|이|삼|오|십|[1-9]\d?) ?[분초](?:만|만요|만 더))"
)
_SPAN = r"(?:일|이|삼|오|십|[1-9]\d?) ?[분초](?: ?정도)?(?:만)?"  # on its own it may be a value
_PLEASE = r"(?:주세요|줘|줘요|주실래요|주시겠어요|주십시오|주시면|주시면 안 될까요|봐|봐요|보세요)?"
_WAIT_FORM = (
    r"(?:(?:아|어|음|네|예|저기|저|아니|죄송한데|죄송하지만|미안한데|혹시|그럼) )*"
    rf"(?:{_SPAN} ?(?:기다려 ?(?:주세요|줘|줘요)|시간 ?주세요)"
    rf"|(?:{_MOMENT} ?)+(?:기다려 ?{_PLEASE}|기다리세요|있어 ?{_PLEASE}|계세요|대기"
    rf"|대기해 ?{_PLEASE}|시간 ?(?:좀 ?)?(?:주세요|줘|줘요))?(?:요|만|만요)?"
    rf"|(?:{_MOMENT} ?)?(?:생각|확인|찾아|알아|물어) ?(?:좀 |해 ?)?"
    r"(?:볼게요|볼게|보고요|보고|보겠습니다)"
    rf"(?: {_MOMENT})?|(?:{_MOMENT} ?)?생각할 시간(?:을|이)? ?(?:좀 ?)?(?:주세요|줘|필요해요)"
    r"|아직(?:요|이요|이에요)?|아직 준비 ?(?:안 ?됐어요?|가 안 ?됐어요?))"
)

WAITING: Final = Waiting(
    wait_form=_WAIT_FORM,
    wait=phrases(
        """
잠깐|잠깐만|잠깐만요|잠시만|잠시만요|잠시만 기다려 주세요|잠깐만 기다려 주세요|잠깐 기다려
잠깐 기다려 줘|잠시 기다려 주세요|잠깐만 기다려|기다려|기다려 줘|기다려 주세요
조금만 기다려 주세요|잠시만 시간 주세요|시간 좀 주세요|좀 기다려 주세요
"""
    ),
    go_on=phrases(
        """
계속|계속해|계속해요|계속해 줘|계속해 주세요|계속할게요|이제 됐어|이제 됐어요|다시 왔어요
돌아왔어요|준비됐어|준비됐어요|준비되었습니다|진행해 주세요
"""
    ),
)
