"""Korean questions to the bot, and the words by which a value is only offered.

Endings, not words, make a Korean question: 나요, 까요, ㅂ니까, ㄴ가요. A word like 어디 asks only
before a polite or a familiar ending, because titles and names hold such words too.
"""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import VALUE, Questions
from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.patterns import ways

_END: Final = r"[\s.!~…ㅋㅎㅠㅜ^?]*$"
_SIDES: Final = r"[\s,.~!?…ㅋㅎㅠㅜ^]+"
_WORDS: Final = ways(
    r"""
몇|얼마|언제|어디|어딘|어딜|누구|누가|어떻게|어떡|어떤|어느|무슨|무엇|뭔가요|뭐가|뭘|뭔[데지가]
뭐[가를예에야죠지니냐라로]|(?:^|\s)뭐\s|(?:^|\s)왜(?=\s|$|[요냐죠?])
"""
)
_INDEFINITE: Final = (
    ways("언제|어디|누구|뭐|뭘|무엇|어떤|어느|몇")
    + r"(?:\S*(?:든|든지|라도)|나\s*(?:요|다|괜찮|좋|돼|상관|$))"
)
_ENDINGS: Final = ways(
    r"""
(?<![만떠끝어타])나요|까요|[될할볼줄갈올살쓸탈울칠]까|건가|던가요|려나
[는은인한된던운른간난란만반산잔찬큰싼쉰픈쁜쎈센쓴]\s?가요|는지요|[은는한인된]지요
[습입합됩랍십갑옵봅납립릅듭줍쉽렵깝겠답]니까
(?:되|있|없|맞|받|열|팔|걸리|나오|했|였|었|겠|가능하|필요하)나|(?:있|없|되|하|이|인|는)냐|(?:있|없|되)니
"""
)
_PREDICATES: Final = ways(
    """
있|없|되|돼|하|해|받|열|닫|팔|파는|걸려|걸리|나와|나오|들어|써|맞|좋아|싸|비싸|커|넓|멀|가까워|많|필요
가능|포함|무료|유료|공짜|별도|제공|괜찮|남아|드나|타나|오나|가나|였|았|었|겠|한가|인가|된가|먹|봐
사도|와도|가도|가져가
"""
)
# What makes such a predicate a question only with a mark behind it; a name may end like the plain.
_MARKED: Final = r"(?:어|아|나|니|냐|지|죠|음|임|함|됨|한|하|는|여)?(?:데)?"
_FORMAL: Final = r"(?:요|예요|이에요|죠)\s*\?"
_MARKED_ENDINGS: Final = ways(
    """
가요|와요|줘요|써요|커요|열어요|닫아요|려요|세요|해주나요|하셔요|않아요|않나요|거예요|거에요|거죠|거야|건지|텐데요
"""
)
# Behind a topic: 값이 달라요?
_STATED: Final = ways("[라아러려]요")
_PLAIN: Final = ways("어|아|야|해|지|대|래|나|데|됨|여|워|와|려|쳐|져|줘")
_POLITE: Final = ways("요|죠|지|야|니|냐|까|나|데|대|해|어|아|여|셈")
_REQUESTS: Final = ways(
    r"""
(?:알려|말해|말씀해|설명해|가르쳐|확인해|추천해|안내해)\s?(?:줘|주세요|주실|줄래|줄 수|주시|달라)
궁금(?:한|해|합|하|했)|알고\s?싶|물어\s?(?:볼|봐도|보고)|여쭤|여쭙
질문\s?(?:이|있|하나|드려|좀|해도)|문의\s?(?:좀|드려|드릴|할)
"""
)
# A sentence of a value, of what may be written onto one, and of these words alone offers the value.
_TAILS: Final = ways(
    """
요|이요|이에요|예요|으로|로|은|는|이|가|을|를|에|도|쯤|정도|까지|부터|께|경|엔|에는|날|이면|면|인데|만|나|이나
명|분|개|박|밤|시|권|잔|인|살|번|일|호|원|장|대|마리|사람|인분|그릇|병|켤레|세트|이서|서|죠|이죠|룸|방
"""
)
_BESIDES: Final = ways(
    """
일단|우선|먼저|지금|해|(?:달|개월|년|주|명|개|박|번|살)(?:만|도|은|이|으로|정도)?|이거|이게|이걸로|요거|그거|그걸로|그럼|그러면|그냥|혹시|아|음|흠|저기|저희|제가|저는|우리|바로|한|더|좀|또는|아니면|다시|안|꼭|아마|정도(?:면|로|만|라면)?|쯤|사람
오전|오후|아침|점심|저녁|낮|밤|새벽|중|중에|중으로|사이|사이에|이후|늦게|일찍|빨리|안에|내로|오늘|내일|모레|글피
이번|다음|주|주말|주말에|평일|평일에|[월화수목금토일]요일(?:에|날)?|\\d+월|\\d+일(?:에|날)?|\\d+시(?:에|쯤)?|\\d+명(?:이|이서)?
예약이?|예약은|방|방이|방은|룸|객실|테이블|남는|빈|방문|방문도|자리|자리가|시간|시간이|날짜|주문|배송|변경|수
으로|로|것도|걸로|쪽|쪽으로|같은|당장|전에|후에|이후에?|이전에?|맛|맛도|맛은|색|색도|색은|너무|명|명이|명은|명도|분|밤|박
"""
)
_PROPOSALS: Final = ways(
    r"""
(?:되|돼|될|됩|된|됐)\S*|가능\S*|괜찮\S*|좋(?:을|겠|은|아)\S*|어때\S*|어떨\S*|어떤가\S*|어떻습\S*|어떠\S*
있(?:나|을|어|는|으|죠|니|습)\S*|남(?:았|아|는|나)\S*|비(?:었|어|나)\S*|할(?:까|게|래|수|건|거)\S*|할|하(?:면|려|는데|는)\S*
해도|했으면\S*|넘어도|넘어서|지나도|지나서|늦(?:나|을까|은가|어요|죠)\S*|이른가\S*|이를까\S*|빠르(?:나|죠)\S*|갈(?:까|게|래|건|거|수)\S*|갈|가(?:도|면|려|요)\S*|올|올까\S*|와도|오(?:면|려)\S*|볼까\S*|보면\S*|잡\S*
바(?:꿔도|꾸면|꿀)|주(?:실|시|세|면)\S*|줄래\S*|부탁\S*|드려\S*|맞\S*|인가요|인데\S*|일까\S*|이죠|싶\S*|생각\S*|같\S*|은데요
"""
)
_BREAKS: Final = ways(
    r"""
잠깐|잠시|근데|그런데|그\s?전에|참[,\s]|아참|질문|궁금|혹시 |하나만 물
"""
)
_ABOUT_REPLY: Final = ways(
    r"""
(?:뭐라고|뭘|무엇을|무슨 말을|어떻게|어떤 걸|어디까지)\s*(?:써야|적어야|쓰면|적으면|말해야|쓰나)
(?:뭐라고|뭘|무엇을|어떻게)\s*(?:적나|입력해야|답해야|입력하면)|무슨\s?(?:뜻|말|소리)
왜\s*(?:필요|물어|알려|묻|적어야|써야)|안\s?(?:써도|적어도)\s*(?:되|돼|괜찮)|꼭\s.*(?:써야|적어야|해야)
"""
)
_TERMS: Final = ways(
    r"""
얼마(?!나\s?(?:남|걸렸|왔))|수수료|위약금|벌금|비용|요금|가격|언제까지|며칠\s?(?:전|안|이내)|몇\s?(?:시|일)까지|기한|규정|정책|조건
돌려\s?(?:받|주)|어떻게\s?(?:되|돼)|보증|무료|공짜|할인|나중에|다음에|(?:하|되)면\s
(?:비|눈|바람|태풍)\S?\s(?:오|내리|불|많)\S*면|(?:늦|못\s?가|못\s?오|아프)\S{0,2}면\s
(?:영업|운영|근무|진료)\s?시간|몇\s?시(?:에|까지|부터)?\s(?:문\s?)?(?:여|열|닫)|문\S?\s(?:몇\s?시|언제)
"""
)

# What is asked after, not offered: 오늘 *날씨* 어때요.
_STATES: Final = ways("날씨|기분|분위기|컨디션|상태|기온|미세먼지|교통|환율|하루")
_BUSINESS: Final = ways("영업|운영|장사|배달|진료|근무|오픈|마감|휴무|휴업|휴진|쉬|여|닫으")
# Good wishes and greetings that hold the words of a day or of a part of it.
_WISHES: Final = (
    r"(?:오늘(?:도|\s하루도)?\s)?(?:좋은|즐거운|행복한|편안한|멋진|뜻깊은|따뜻한|기분\s좋은)\s?"
    r"(?:하루|아침|저녁|밤|오후|주말|연말|연휴|한\s?주|한\s?해|시간|명절|추석|설날?|휴일|새해|크리스마스)"
    r"\s?(?:되|보내|맞이|입니다|이에요|이네요|이야|예요|네요)[가-힣]*"
    r"|(?:오늘도|오늘\s하루도)\s(?:수고|고생|화이팅|파이팅|힘내)[가-힣]*"
    r"|(?:새해|설날?|명절)\s?(?:에\s)?복\s?(?:많이\s?)?받[가-힣]*|메리\s?크리스마스|해피\s?(?:뉴\s?이어|추석|할로윈)"
)

QUESTIONS: Final = Questions(
    clear=(
        rf"{_ENDINGS}{_END}|{_REQUESTS}|{_WORDS}.*{_POLITE}{_END}|{_WORDS}.*\?"
        rf"|{_STATES}\S*\s*(?:어때|어떤가|어떻|좋은가|괜찮은가)\S*{_END}"
        rf"|혹시\s.*(?<![주으해])세요{_END}|{_BUSINESS}\s?(?:하|이|중이|하고\s?계|으)?(?:세요|십니까){_END}"
        rf"|{_PREDICATES}{_MARKED}{_FORMAL}|(?:\s|\S{{3}}){_PREDICATES}{_MARKED}\s*\?"
        rf"|{_MARKED_ENDINGS}\s*\?|[은는인한된던]가\s*\?|\S\s+\S+{_STATED}\s*\?"
        # A topic and no more (체크인 시간은?), or a plain ending. A name of two words is shorter.
        rf"|^(?=.{{7}}).*\S\s+\S+(?:[은는까니냐]|{_PLAIN})\s*\?"
    ),
    likely=rf"{_WORDS}|\?",
    never=(
        rf"{_INDEFINITE}|상관\s?없|아무\s?(?:때|데|거|것)|왜냐|^\s*(?:뭐|글쎄|네|예|음|응)\s*\?*$"
        r"|뭐랄까|어디\s?보자"
    ),
    offers=(
        # Behind 해야 하나 is no number.
        rf"^(?!.*야 {VALUE})"
        rf"(?:(?:{VALUE}{_TAILS}{{0,4}}|{VALUE}{_PROPOSALS}|{_BESIDES}|{_PROPOSALS})"
        rf"(?:{_SIDES}|$)){{1,16}}$|^(?!.*{_STATES}){VALUE}.*(?:은|는)?\s*(?:어때|어떨까|어떤가)\S*{_END}"
    ),
    breaking_off=rf"^\s*(?:아|어|음|저기요?|저)?[\s,]*{_BREAKS}",
    about_reply=_ABOUT_REPLY,
    terms=_TERMS,
    further=r"[가-힣]도\s",
    wishes=_WISHES,
    wish_hints=phrases("좋은|즐거운|행복한|편안한|멋진|뜻깊은|따뜻한|오늘도|하루도|복|메리|해피"),
)
