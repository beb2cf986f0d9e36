"""Korean commands of which one excludes the other."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.speech_acts import Command

_DOING: Final = (
    r"(?:을|를|도)?\s?(?:좀\s?)?(?:해\s?(?:줘|주|라|요|봐|$)|하고\s?싶|할게|할래|하려|할라|할\s?건|하자"
    r"|부탁|할\s?수|되나|될까|돼요|가능|이?요$|시켜|바라|바랍|원해|원합)"
)
"""What makes a command of an action's noun: 예약 좀 해 줘, 취소할게요; not 취소하면, 예약했는데."""

_ASKING: Final = r"(?=\s?(?:줘|주|라|요|봐|놔|달라|줄|$))"

_NO_QUESTION: Final = r"^(?!.*(?:^|\s)(?:언제|몇\s?(?:시|분|월|일|층)|어디|누가|누구|왜|얼마))"
"""Who asks when something closes (오늘 몇 시에 닫아요) does not have it closed."""


def _actions(nouns: str, verbs: str = "", besides: str = "") -> Command:
    """Commands by an action's noun, or by a verb in the form before 줘 or 주세요 (켜, 닫아)."""
    each = [f"(?:{'|'.join(phrases(nouns))}){_DOING}"] if nouns else []
    if verbs:
        each.append(f"(?:^|\\s|[을를])(?:{'|'.join(phrases(verbs))}){_ASKING}")
    if besides:
        each.append(f"(?:^|\\s)(?:{besides})")
    return Command(
        # What stands before a space that may be missing (정지\\s?해제).
        words=tuple(
            each.split("\\")[0] for part in (nouns, verbs, besides) for each in phrases(part)
        ),
        pattern=f"{_NO_QUESTION}.*?(?:{'|'.join(each)})",
    )


CONTRASTS: Final = (
    (
        _actions("예약|예매|주문|신청|접수|등록|가입", "", "예약\\s?잡아"),
        _actions("취소|철회|해지|해약|탈퇴"),
        _actions("변경|수정|연기", "바꿔|미뤄|옮겨"),
    ),
    (
        _actions("", "열어", "열고\\s?싶|열게|열래"),
        _actions("", "닫아|잠가|잠궈", "닫고\\s?싶|닫을게|닫자|잠그고"),
    ),
    (
        _actions("", "켜|틀어|켜놔", "켜고\\s?싶|켤게|켜자|틀자"),
        _actions("", "꺼|꺼놔", "끄고\\s?싶|끌게|끄자|끌래"),
    ),
    (_actions("시작|재개", "시작해"), _actions("종료|중지|중단|정지|일시정지", "멈춰|그만해")),
    (_actions("", "올려|높여|키워|늘려"), _actions("", "내려|낮춰|줄여")),
    (_actions("추가", "넣어|더해"), _actions("삭제|제거", "빼|지워")),
    (_actions("체크인|입실"), _actions("체크아웃|퇴실")),
    (_actions("정지|차단", "막아"), _actions("해제|정지\\s?해제|차단\\s?해제", "풀어")),
    (_actions("입금|충전"), _actions("출금|인출|환불", "빼")),
    (
        _actions("구매|구입", "", "사고\\s?싶|살게|살래|사려"),
        _actions("판매", "", "팔고\\s?싶|팔게|팔래|팔려"),
        _actions("반품|교환|환불|반납"),
        _actions("수리", "고쳐"),
        _actions("대여|렌트|대출", "빌려"),
    ),
    (_actions("업로드"), _actions("다운로드")),
    (_actions("", "보여"), _actions("", "숨겨|가려")),
)
"""In each group a text commands one thing or another: booking, cancelling, changing."""
