"""How Korean denies, and takes back what was said."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.speech_acts import Cue, ExchangeWords, Negation

_RIEUL_FINALS: Final = "".join(chr(base + 8) for base in range(0xAC00, 0xD7A4, 28))
"""The syllables that end in ㄹ: 할, 갈, 먹을."""

_FAILING: Final = (
    "되|돼|됐|됩|될|된|오|와|왔|올|온|옵|나오|나와|나왔|나옵|나온|나올|열|켜|켤|꺼|보이|보여|보입|들리|들려"
    "|뜨|떠|떴|뜹|울|터지|터져|잡히|잡혀|연결|작동|충전|맞|들어|받|있|계|읽|빠지|빠져|풀|도착|움직|먹히"
    "|먹혀|나가|나타|좋|빨라|시원|따뜻|알|이해|기억|생각|끝나|오르|올라|내려|닫|잠기|잠겨|돌아|지워"
    "|저장|설치|실행|반응|인식|충분|정확|보내지|눌|멈"
)
"""Beginnings of verbs whose denial reports a fault, and takes nothing back."""

_HARMS: Final = (
    "파손",
    "훼손",
    "손상",
    "고장",
    "침수",
    "분실",
    "도난",
    "연체",
    "누락",
    "변질",
    "오염",
)
_OF_HARM: Final = "|".join(
    f"(?<={harm}{particle})" for harm in _HARMS for particle in ("", *"이가은는도")
)
"""Behind a word for harm, with a particle or without: where it did not come about, all is well."""

_END: Final = "(?![가-힣])"
_FORBIDDING: Final = (
    rf"\s?(?:를\s|는\s|도\s)?(?:좀\s)?(?:마(?:세요|셔요|시구요|시고요|십시오|라|요)?{_END}"
    rf"|맙시다{_END}|말(?:라(?:고|구|니까)(?:요)?|고요?|구요?|아\s?(?:주세요|줘요?|주십시오|주실래요|주시겠어요|요|라)?|자|도록){_END})"
)
_DECLINED: Final = (
    rf"(?!되|돼|될|됩|됐|좋|맞|나을)[가-힣]*(?:[{_RIEUL_FINALS}]\s?(?:래|게(?!\s?왜)|거|겁|꺼|께|건데|라고)[가-힣]*"
    r"|고\s?싶[가-힣]*|겠[가-힣]*|려고[가-힣]*|려구[가-힣]*|도\s?(?:돼|되|됩|괜찮)[가-힣]*)"
    rf"|(?:해요?|합니다|가요|갑니다|사요|써요|씁니다|먹어요|마셔요|시켜요|바꿔요|필요해요?|원해요?|원합니다"
    rf"|보내요|옮겨요){_END}"
)
_UNSUITABLE: Final = (
    r"(?:제가\s|저는\s)?(?:안\s?(?:되|돼|됩|될|된)[가-힣]*|못\s?(?:가|와|해|하|갈|갑|먹)[가-힣]*|싫[가-힣]*"
    r"|안\s?(?:좋아|먹|맞)[가-힣]*|어려[가-힣]*|어렵[가-힣]*|힘들[가-힣]*|곤란[가-힣]*|불가[가-힣]*"
    r"|바빠[가-힣]*|별로[가-힣]*|너무\s?(?:많|적|비싸|늦|일찍|이르|길|짧|멀|작|커|크)[가-힣]*"
    r"|(?:좀\s|조금\s)?(?:늦고|늦어서|늦은데|이르고|일러서|이른데|빠르고|멀고|비싸고|비싸서|짧고|짧아서|길고|길어서|모자라고|부족하고|많고|많아서|적고|적어서|그렇고|그래서|그런데|애매하고|애매해서|촉박하고)(?![가-힣])|시간(?:이)?\s?(?:안|없)[가-힣\s]*)"
)
_TAKING_BACK: Final = (
    r"(?:(?:(?:아니|아|음)[\s,.]*(?:그냥\s)?|그냥\s)(?:됐어요?|됐습니다|놔두세요|둘게요|두세요)"
    r"|아니(?:다|야|요|지|지요|죠|아니|에요)?|아뇨|아냐|(?:아|어|앗|음)[\s,.]*잠깐만?요?|잠깐만요?"
    r"|잠시만요?|정정(?:할게요|합니다|요)?|실수(?:예요|했어요|했네요|요)?|잘못\s?(?:말|얘기|적)했?[가-힣]*"
    r"|그게\s?아니(?:라|고요?|구요?)|그거\s?(?:말고요?|아니고요?|아니라)|그건\s?(?:말고요?|아니고요?)|(?:아|앗)\s?참)"
)
_APART: Final = r"[\s,.!?…~]"
# From the beginning of a run of marks on, and never back into it: linear in the text's length.
_CORRECTION: Final = (
    rf"(?<!지)(?<!{_APART}){_APART}++"
    rf"(?:(?:아|어|앗|음|참|저기|죄송(?:해요|합니다)|미안(?:해요)?){_APART}++)*{_TAKING_BACK}"
    rf"(?={_APART}|$)(?:{_APART}++(?:{_TAKING_BACK}|죄송(?:해요|합니다))(?={_APART}|$))*{_APART}*+"
)

_VALUE_ENDS: Final = "늘제시분반명개장원일월욜날레글피번호로요인잔판달주년간"
_OH_HINTS: Final = (" 아 ", " 앗 ", " 어 ", " 아차 ", " 아, ", " 앗, ")
# Oh, between a value and another: 다섯 개 *아* 여섯 개, 7시, *아 미안* 8시.
_OH: Final = (
    rf"(?<=[{_VALUE_ENDS}])[\s,.]+(?:아|앗|아차|어)(?:[\s,.]+(?:미안(?:해요?)?|죄송(?:해요|합니다)?|참))?[\s,.]+"
    r"(?=\S{0,4}\s?(?:시|명|개|장|일|요일|욜|원|분|달|주|시간|잔|판)(?![가-힣]*\s?수)|\d|내일|모레|글피|낼)"
)

CUES: Final = (
    Cue(pattern=rf"하(?:지|진){_FORBIDDING}", kind="forbid", side="before", plainly="해 주세요"),
    Cue(pattern=rf"(?:지|진){_FORBIDDING}", kind="forbid", side="before", plainly="세요"),
    Cue(
        pattern=rf"(?:은|는)\s?절대(?:로)?\s?(?:안\s?(?:돼요?|되요|됩니다|된다고요)|하지\s?마[가-힣]*){_END}",
        kind="forbid",
        side="before",
        plainly="해 주세요",
    ),
    Cue(
        pattern=r"하지\s?않(?:도록|게)(?:\s?(?:해|합|하|부탁)[가-힣]*)?",
        kind="forbid",
        side="before",
        plainly="해 주세요",
    ),
    Cue(
        pattern=r"지\s?않(?:도록|게)\s?(?:해|합|하|부탁)[가-힣]*",
        kind="forbid",
        side="before",
        plainly="세요",
    ),
    Cue(
        pattern=r"고\s?싶(?:지(?:는|도|가)?|진)\s?않[가-힣]*",
        kind="decline",
        side="before",
        plainly="고 싶어요",
    ),
    Cue(
        pattern=r"하(?:지(?:는|도)?|진)\s?않(?:을|겠|으셔도|아도|았으면|으려|기로|고)[가-힣]*(?:\s?(?:거|겁|생각)[가-힣]*)?",
        kind="decline",
        side="before",
        plainly="할게요",
    ),
    Cue(
        pattern=r"(?:지(?:는|도)?|진)\s?않(?:을|겠|으셔도|아도|았으면|으려|기로)[가-힣]*(?:\s?(?:거|겁|생각|돼|되)[가-힣]*)?",
        kind="decline",
        side="before",
        plainly="을게요",
    ),
    Cue(
        pattern=r"기(?:는|가|도)?\s?싫[가-힣]*", kind="decline", side="before", plainly="고 싶어요"
    ),
    Cue(
        pattern=rf"(?<=[{_RIEUL_FINALS}])\s?(?:생각|마음|필요|계획|예정|의향|일|이유)(?:은|는|이|가|도|까지)?"
        r"\s?(?:전혀\s|아예\s|아직\s|딱히\s)?없[가-힣]*",
        kind="decline",
        side="before",
        plainly="게요",
    ),
    Cue(
        pattern=r"\s?필요\s?(?:는\s|가\s|도\s)?(?:없[가-힣]*|하지\s?않[가-힣]*)",
        kind="decline",
        side="before",
        plainly=" 필요해요",
        thing=True,
    ),
    Cue(
        pattern=rf"(?:면|서는|선)\s?(?:절대(?:로)?\s)?안\s?(?:돼요?|되요|됩니다|되는데요?|되죠|되거든요|된다(?:고|니까)?(?:요)?){_END}",
        kind="forbid",
        side="before",
        plainly="면 돼요",
    ),
    Cue(
        pattern=r"\s?(?:게|것이|것은|것도|건|거|거는)\s?(?:절대\s)?아니(?:라(?!서|면|도)|고요?|구요?|지만)(?![가-힣])",
        kind="contrast",
        side="before",
    ),
    Cue(
        pattern=r"\s?(?:게|것이|것은|것도|건|거|거는)\s?(?:절대\s)?(?:아니(?:에요|예요|야|거든요|라고요)|아닙니다|아녜요|아냐|아닌데요?)",
        kind="decline",
        side="before",
        plainly=" 거예요",
    ),
    Cue(
        pattern=r"\s?(?:는|단|다는|ㄴ다는|자는|라는|냐는)\s?(?:말|얘기|이야기|뜻|소리)(?:은|이|도)?\s?(?:절대\s)?"
        r"(?:아니(?:에요|예요|야|거든요|라고요|고요?|라)|아닙니다|아녜요|아냐|아닌데요?)",
        kind="decline",
        side="before",
        plainly="어요",
    ),
    Cue(
        pattern=r"(?<=[한한은간온본된산쓴낸운준친탄])\s?(?:적|일|기억)(?:은|는|이|도)?\s?(?:전혀\s|아예\s|한\s?번도\s)?없[가-힣]*",
        kind="decline",
        side="before",
        plainly=" 했어요",
    ),
    Cue(
        pattern=rf"(?<![가-힣])안\s(?P<verb>{_DECLINED})"
        r"|(?<![가-힣])안(?P<joined>(?:할|갈|살|먹을|마실|쓸|볼|보낼|시킬|바꿀)\s?(?:래|게|거|께|꺼)[가-힣]*"
        r"|(?:하겠|해도|하고\s?싶|하려)[가-힣]*(?:\s?(?:돼|되|됩)[가-힣]*)?)",
        kind="decline",
        side="before",
        plainly=" \\g<verb>\\g<joined>",
    ),
    Cue(
        # 예약은 됐어요: no thanks; 결제는 됐어요: it is done.
        pattern=rf"(?<![제금인전결속입치료송착리]은)(?<![제금인전결속입치료송착리]는)(?<=[은는])\s(?:이제\s|그냥\s)?"
        rf"(?:됐(?:어요?|습니다|거든요)(?=[\s.!~]*$)|됐(?:고요?|구요?){_END})",
        kind="decline",
        side="before",
        plainly=" 할게요",
        thing=True,
    ),
    Cue(pattern=_CORRECTION, kind="correction", side="before"),
    Cue(pattern=_OH, kind="correction", side="before"),
    Cue(pattern=r"(?<=\w)(?:\.{2,}|…+)\s?(?:아|앗|어|음)[\s,]", kind="correction", side="before"),
    Cue(
        # 내일*말고*모레, 3시*말고*4시: written together with what takes its place.
        pattern=rf"\s?말(?:고|구)(?:는|요)?(?![가-힣])|(?<=[{_VALUE_ENDS}])말(?:고|구)(?=[가-힣]{{2}})",
        kind="contrast",
        side="before",
        phrase=True,
    ),
    Cue(
        pattern=r"(?<=[가-힣a-z0-9)%\"'℃°])\s?아니(?:라(?!서|면|도)|고요?|구요?)(?![가-힣])",
        kind="contrast",
        side="before",
        phrase=True,
    ),
    Cue(
        # 아니고 in Gyeongsang; oh dear elsewhere, which takes back what stands before it as well.
        pattern=r"(?<=[가-힣])[\s,]+아이(?:고|라)[\s,]+(?=\S)",
        kind="contrast",
        side="before",
        phrase=True,
    ),
    Cue(
        pattern=r"(?<=\S)\s?대신(?:에|으로)?(?=[\s,]|$)",
        kind="contrast",
        side="before",
        phrase=True,
    ),
    Cue(
        pattern=r"(?<=\S)\s?(?:만\s?)?(?:빼고요?|제외하고요?|제외)(?=[\s,]|$)",
        kind="unfit",
        side="before",
        phrase=True,
    ),
    Cue(
        pattern=r"만\s?(?:아니면|빼면|피하면)(?:\s?(?:돼|되|좋|괜찮|다)[가-힣\s]*)?",
        kind="unfit",
        side="before",
        phrase=True,
    ),
    Cue(
        pattern=rf"(?<=[은는이가엔에도])\s?{_UNSUITABLE}|\s(?:안\s?(?:되|돼|됩)[가-힣]*|싫[가-힣]*)",
        kind="unfit",
        side="before",
        phrase=True,
    ),
    Cue(
        pattern=r"(?<=[가-힣a-z0-9)%\"'℃°])\s?(?:아니(?:에요|예요|야|거든요)|아닙니다|아녜요|아냐|아닌데요?)",
        kind="state",
        side="before",
        phrase=True,
        plainly="이에요",
    ),
    Cue(
        pattern=rf"(?:{_OF_HARM})\s?안\s?((?:됐|되었|돼\s?있|되어\s?있|났|당했)[가-힣]*)",
        kind="state",
        side="before",
        plainly=" \\g<1>",
    ),
    Cue(
        pattern=r"(?<![가-힣])안\s(?P<verb>[가-힣]+)|(?<![가-힣])안(?P<joined>(?:했|났|잃|깨|당)[가-힣]+)",
        kind="state",
        side="before",
        plainly=" \\g<verb>\\g<joined>",
    ),
    Cue(pattern=r"지(?:는|가|도)?\s?않[가-힣]*", kind="state", side="before", plainly="어요"),
)

_AFFIRMING: Final = (
    r"말고도|뿐\s?만?\s?(?:이\s?)?아니라|(?<!만)(?<!만 )아니면"
    r"|다름(?:이)?\s?아니라|아닌(?:가|지|감)[가-힣]*"
    r"|(?:잊지|놓치지|망설이지|걱정(?:하지)?)\s?(?:말|마)[가-힣]*"
    r"|(?:틀림|상관|문제)\s?없|어쩔\s?수\s?없|수(?:가|는|도)?\s?없[가-힣]*"
    r"|지\s?않으면|안\s?[가-힣]+면|할\s?말|한\s?말|(?:양|주|연|월|거짓)말"
)
_BREAKS: Final = (
    r"[,;:!?…~]|\.(?![a-z0-9])|(?:는데|지만|니까|거든)(?:요)?\s"
    r"|(?<=[가-힣])(?<!필)(?<!중)(?<!수)(?:요|니다|죠)\s"
)
_QUESTIONS: Final = (
    r"\?|왜|안\s?(?:될까|되나|되겠)"
    r"|(?:나요|(?<!니)까요?|[은는던인한]가요?|냐)[\s.~…ㅠㅜㅋㅎ]*$"
)
_FILLERS: Final = (
    r"저|저는|전|제|제가|저희|우리|그|그거|그건|그게|그걸|이거|이건|이걸|저기|저기요|안녕하세요"
    r"|네|예|아니|아니요|아뇨|아|어|음|참|요|ㅠ+|ㅜ+|ㅋ+|ㅎ+|죄송합니다|죄송해요|감사합니다"
    r"|그냥|좀|제발|일단|절대|절대로|꼭|지금|아직|이제|혹시|정말|진짜|전혀|아예|딱히|굳이|따로"
    r"|당분간|계속|자꾸|더|이상|잠깐|잠깐만요|부탁해요|부탁드려요|주세요|해주세요|해|해요|합니다"
    r"|해도|하|하지|하고|하는건|하면|하려고요?|하겠[가-힣]*|할(?:래|게|거|꺼|께)요?|할거예요"
    r"|했[가-힣]*|났[가-힣]*|당했[가-힣]*"
)

_BETWEEN_TWO: Final = (
    r"(?:죄송(?:해요|합니다|한데요?)?|미안(?:해요?|한데)?|아차차?|앗|아\s?참|ㄴㄴ+|노+노|취소(?:하고|요)?"
    r"|아니+(?:다|야|요|고요?|에요)?|아뇨|정정|잘못\s?말했[가-힣]*|실수(?:요|예요)?)"
)
_EXCHANGES: Final = (
    ExchangeWords(
        words=phrases("죄송|미안|아차|앗|아참|아 참|ㄴㄴ|노노|노 노|취소|아니|아뇨|정정|잘못|실수"),
        pattern=rf"(?:까지|부터)?{_APART}+(?:(?:아|어|음|저기){_APART}+)*{_BETWEEN_TWO}"
        rf"(?:{_APART}+(?:{_BETWEEN_TWO}|아|어|음|잠깐만?요?|그냥))*{_APART}+",
    ),
    ExchangeWords(words=("보다",), pattern=r"보다(?:는|도)?\s+(?:차라리\s+|그냥\s+)?"),
    ExchangeWords(words=("라고 ",), pattern=r"(?:이)?라고\s(?:말?했|말씀드렸|적었|썼)[가-힣]*\s+"),
    ExchangeWords(
        words=("에서 ", "에서,"),
        pattern=r"에서[\s,]+(?=.*(?:바꿔|바꾸|바꿀|변경|수정|옮겨|옮길))",
    ),
    ExchangeWords(
        words=("말고", "말구", "빼고"),
        pattern=r"^(?P<new_old>(?:[^,.!?…]|\.(?=\S))+?)\s?(?:말[고구]|빼고)(?:요|는)?[\s.,!?~]*$",
    ),
    ExchangeWords(
        words=phrases("말고|말구|아니라|아니고|대신|빼고|안 되고|안되고|별로고|싫고"),
        pattern=r"\s?(?:이|가)?\s?(?:말[고구]|아니라|아니[고구]|대신에?|빼고)(?:요|는)?[\s,]+"
        r"|(?:은|는|이|가)\s?(?:안\s?되고|별로고|싫고)(?:요)?[\s,]+",
    ),
)

NEGATION: Final = Negation(
    exchanges=_EXCHANGES,
    hints=(
        *_OH_HINTS,
        *phrases(
            """
지 마|지마|진 마|아이고|아이라|지는 마|지도 마|지 좀 마|말고|말구|말아|말자|말도록|말라|맙시다|아니
아닙|아닌|아냐|아녜
아뇨|않|안|싫|없|대신|빼고|제외|잠깐|잠시만|정정|됐|놔두|둘게|두세요|실수|잘못|아 참|앗 참
..|…|못|어려|어렵|힘들|곤란|불가|바빠|별로|너무|늦고|늦어서|늦은데|이르고|일러서|이른데|빠르고|멀고|비싸고
비싸서|짧고|짧아|길고|길어|모자|부족|많고|많아서|적고|적어서|그렇고|좀 그래서|좀 그런데|애매|촉박
"""
        ),
    ),
    cues=CUES,
    affirming=_AFFIRMING,
    breaks=_BREAKS,
    edges=r"(?<=[가-힣])(?:을|를|은|는|에서|에게|한테|께|까지|부터|으로|고|서|며)\s",
    questions=_QUESTIONS,
    fillers=_FILLERS,
    failing=_FAILING,
    ceasing=r"더\s?이상\s?|이제(?:는)?\s",
    having=r"(?:^|\s)(?:제|내|우리|저희|이|그)\s",
    # 안 맵게, 안 매운 거, 안 뜨거운; but 집 안 청소.
    directly=r"(?:(?<=^안 )|(?<=[\s,.]안 ))[가-힣\s]*(?:게|고|운|은|는|한|워|해|서|거|것|걸|맛)",
    slight=r"[가-힣]{0,3}\s?|\s[가-힣](?:이|은|는|을|를)?\s?",
    stem=2,
)
