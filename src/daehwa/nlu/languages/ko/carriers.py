"""Korean words around a value in a reply."""

from __future__ import annotations

import re
from typing import Final

from daehwa.nlu.languages.ko.conjugation import Verb, forms, past_forms
from daehwa.nlu.languages.ko.suffixes import SUFFIXES, stem_ends
from daehwa.nlu.languages.language import Carriers
from daehwa.nlu.languages.lexicon import Lexicon, phrases
from daehwa.nlu.languages.text import is_hangul

_BEFORE: Final = phrases(
    """
제 이름은|내 이름은|저의 이름은|제이름은|내이름은|이름은|성함은|성은|제 성은|이름이|저는|나는|난
성이|제 성이|성씨는
전|저 는|제가|내가|저희는|우리는|여기는|거기는|도시는|지역은|나라는|국가는|주소는|제 주소는
번호는|제 번호는|전화번호는|제 전화번호는|연락처는|이메일은|제 이메일은|메일은|메일 주소는
이메일 주소는|코드는|음|어|아|네|예|응|넵|그냥|그럼|그러면|일단|저|그|아마|아마도|혹시|출발지는
주문번호는|주문 번호는|예약번호는|예약 번호는|송장번호는|송장 번호는|운송장 번호는|운송장번호는
운송장은|회원번호는|회원 번호는
인증번호는|인증 번호는|티켓 번호는|접수번호는|접수 번호는|고객번호는|고객 번호는|계좌번호는
계좌 번호는|카드번호는|카드 번호는
승인번호는|비밀번호는|핀번호는|일련번호는|시리얼 번호는|확인번호는|쿠폰 번호는|쿠폰번호는
도착지는|목적지는|출신은|고향은|안녕하세요|안녕|주문은|메뉴는|종류는|그게|그건|이건|좀
딱|나|그러니까|그니까|아 맞다|맞다|죄송한데|죄송한데요|죄송해요|죄송합니다|미안한데|미안해요|답은
정답은|정확히|정확히는|대략|대충|저기요|음음|저희|우리|자|그래서|잠깐만요|잠시만요
"""
)
# Polite requests: one word each, or with what stands before them.
_AFTER: Final = phrases(
    """
해주세요|해 주세요|해줘|해 줘|해줘요|해 줘요|해주실래요|해 주실래요|해주시겠어요|해 주시겠어요
주세요|주라|줘|줘요|주실래요|주시겠어요|부탁해|부탁해요|부탁드려요|부탁드립니다|부탁합니다
부탁드릴게요|할게요|할게|하겠습니다|할래요|할래|하고 싶어요|하고 싶어|하고 싶습니다|하고싶어요
하고싶어|원해요|원합니다|원해|좋아요|좋겠어요|좋겠습니다|좋을 것 같아요|갈게요|갈게|갈래요|갈래
가고 싶어요|가고싶어요|갑니다|가요|가려고요|가려고 해요|살아요|삽니다|살고 있어요|살고있어요|해요
합니다|해|라고 해요|라고 합니다|라고 불러주세요|라고 불러 주세요|라고 불러줘|불러주세요
불러 주세요|불러줘|말이에요|정도요|정도|왔어요|왔습니다|출신이에요|출신입니다|있어요|있습니다
예약해주세요|예약해 주세요|예약할게요|주문할게요|주문해주세요|주문해 주세요|시킬게요|먹을게요
마실게요|선택할게요|고를게요|바꿔주세요|바꿔 주세요|변경해주세요|변경해 주세요|알려주세요
알려 주세요|보내주세요|보내 주세요|써주세요|적어주세요|등록해주세요|되나요|될까요|가능할까요
가능한가요|하나요|할까요|드릴게요|입니다|이에요|예요|이요|요|이야|야|네요|감사합니다|고마워요
가 주세요|가주세요|가 줘|가줘|가 줘요|가줘요|살고 싶어요|여행가요
쪽|쪽이요|쪽으로요|쪽이에요|여행이요|여행요|여행|가려구요|가려구|쪽으로 갈게요
놀러|출장|유학|관광|휴가|이민|구경|잠깐|자주|갔다
출발이에요|출발이요|출발|도착이에요|도착이요|도착
부탁|부탁요|맞아요|맞습니다|어때요|어떨까요|돼
출발해요|출발할게요|출발합니다|도착해요|떠나요|부르시면 돼요|부르면 돼|불러
"""
)
# Endings that mark what goes before them as a name: 민수라고 해요.
_NAMING: Final = ("이라고", "라고", "이라구", "라구", "이란", "란")
# What is done with a value: 파리*에 가려고요*, 두 시*로 예약하고 싶은데요*.
_DOING: Final = (
    Verb("가", "가", acts=True), Verb("좋", "좋아"), Verb("살", "살아"),
    Verb("보내", "보내", acts=True),
    Verb("있", "있어"), Verb("바꾸", "바꿔", acts=True), Verb("알려", "알려"),
    Verb("맡기", "맡겨", acts=True),
    Verb("잡", "잡아", acts=True), Verb("오", "와", acts=True), Verb("다녀오", "다녀와", acts=True),
    Verb("나오", "나와"), Verb("떠나", "떠나", acts=True), Verb("지내", "지내", acts=True),
    Verb("올라가", "올라가", acts=True), Verb("내려가", "내려가", acts=True),
    Verb("들르", "들러", acts=True), Verb("갔었", "갔었어"), Verb("왔었", "왔었어"),
    Verb("머물", "머물러", acts=True), Verb("묵", "묵어", acts=True),
    Verb("태어나", "태어나"), Verb("자라", "자라"),
    *(
        Verb(f"{noun}하", f"{noun}해", acts=True)
        for noun in ("", *phrases(
            "예약|주문|변경|선택|출발|도착|부탁|여행|설정|방문|이사|배송|거주|근무|체류|귀국|관광|유학|발송"
        ))
    ),
)  # fmt: skip
# What stands beside a place: 서초대로 *사거리요*, 가평 *근처예요*.
_NEARBY: Final = tuple(
    word + ending
    for word in phrases("근처|부근|쪽|방면|방향|옆|앞|입구|일대|사거리|삼거리|네거리")
    for ending in (
        *phrases("에|에요|이에요|예요|입니다|이요|요|으로|로|에서|으로요|로요|에서요"),
        "",
    )
)
_DONE: Final = tuple(form for verb in _DOING for form in (*forms(verb), *past_forms(verb)))
_CLOSING: Final = (*_AFTER, *_NEARBY, *_DONE)
_REQUESTS: Final = frozenset(_AFTER)
_LONGEST_REQUEST: Final = max(map(len, _AFTER))
# Endings that are as often a name's last syllable need a longer word before them.
_SHAKY: Final = frozenset(
    phrases(
        """
이|가|나|도|만|유|이유|여유|야|지|고|은|인|임|아|로|과|와|의|란|다|대|일|라|네|여
"""
    )
)
# Particles of one letter that end no code: 12가 is one.
_ON_CODES: Final = frozenset(phrases("요|로|에|도|만|를|을"))
_PLAIN_SIZE: Final = 3
# An ending that only what stands behind it shows: 부산*이면* 좋겠어요.
_WOULD_BE: Final = ("이면", "면")
_WELL: Final = ("좋", "돼", "되", "됩", "될", "괜찮", "충분")
_GUESSED: Final = re.compile(
    r"(?:일|인)\s?(?:거예요|거에요|겁니다|걸요|[거것]\s?같(?:아요?|은데요?|습니다))$"
)
"""What is written behind a value that is not sure: 하늘*일 거예요*."""


def _attached(folded: str, start: int, end: int) -> int:
    """Where the value ends without the request, the particles and the copula on its last word."""
    guess = _GUESSED.search(folded, start, end)
    if guess is not None and guess.start() > start:
        return guess.start()
    begin = end
    while begin > start and is_hangul(folded[begin - 1]):
        begin -= 1
    word = folded[begin:end]
    if not word:
        return end
    behind_code = begin > start and folded[begin - 1].isalnum()
    if behind_code and (len(word) > 1 or word in _ON_CODES) and SUFFIXES.may_follow(word):
        return begin  # A12이에요
    if behind_code and (tail := _on_unit(word)):
        return end - len(tail)  # 12길에
    wished = next((e for e in _WOULD_BE if word.endswith(e) and len(word) > len(e)), None)
    if wished is not None and folded[end:].lstrip().startswith(_WELL):
        return end - len(wished)
    word = word[: _request_start(word)]
    naming = next((n for n in _NAMING if _is_on(word, n)), None)
    stem = len(word.removesuffix(naming)) if naming else _stem_end(word)
    return begin + stem


def _request_start(word: str) -> int:
    """Where the request that is written onto a word begins: 서울로해주세요; the longest one."""
    for start in range(max(2, len(word) - _LONGEST_REQUEST), len(word) - 2):
        if word[start:] in _REQUESTS:
            return start
    return len(word)


def _on_unit(word: str) -> str:
    """What is written onto the unit of a number: 에 of 12*길에*."""
    tails = (word[size:] for size in range(1, len(word)))
    return next((t for t in tails if t in _ON_CODES or (len(t) > 1 and SUFFIXES.may_follow(t))), "")


def _is_on(word: str, ending: str) -> bool:
    """Whether the ending is written onto a word of more than one syllable."""
    return word.endswith(ending) and len(word) > len(ending) + 1


def _stem_end(word: str) -> int:
    for stop in reversed(stem_ends(word)[1:]):  # the longest ending first
        tail = word[stop:]
        if tail in _SHAKY and stop < _PLAIN_SIZE and not (tail == "로" and stop > 1):
            continue
        if stop >= 2 or (stop == 1 and len(tail) > 1):
            return stop
    return len(word)


_ENDS_OF_REQUESTS: Final = phrases(
    """
줘|줘요|주세요|주라|줄래|줄래요|주실래요|주시겠어요|주십시오|줄 수 있어|줄 수 있어요
주실 수 있나요|주면 좋겠어|봐|봐줘|보자|줘봐
"""
)

_COUNTING: Final = phrases(
    """
총|모두|다|다해서|다 해서|전부|합쳐서|합해서|인원|인원은|인원이|인원수|인원수는|사람|사람은|이번에는
저희|우리|같이|변경|변경이요|변경요|변경으로|수정|수정이요|정정|정정이요|바꿔|고쳐|말고|아니고|아니|아뇨
아니요|정확히|대략|약|한|개수는|수량은|수량|개수|로|으로|이에요|예요|늘려|줄여
늘려 주세요|줄여 주세요|늘려주세요|줄여주세요
고쳐 주세요|고쳐주세요|수정해 주세요|정정해 주세요|수정할게요|정정할게요
"""
)

CARRIERS: Final = Carriers(
    before=Lexicon(dict.fromkeys(_BEFORE, 0)),
    after=_CLOSING,
    attached=_attached,
    counting=_COUNTING,
    asking=phrases("저기|음|어|자|그럼|혹시|이제|야|안녕|저|좀"),
    requests=_ENDS_OF_REQUESTS,
)
