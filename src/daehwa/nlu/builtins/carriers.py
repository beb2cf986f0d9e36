"""The words around a value in a reply: "my name is ...", "...입니다", "please"."""

from __future__ import annotations

from daehwa.nlu.builtins.endings import stem_ends
from daehwa.nlu.builtins.found import Setting
from daehwa.nlu.builtins.lexicon import Lexicon
from daehwa.nlu.builtins.text import Text, is_hangul

_NOUNS_EN = [
    "name",
    "first name",
    "last name",
    "surname",
    "full name",
    "family name",
    "middle name",
    "city",
    "hometown",
    "country",
    "state",
    "address",
    "street",
    "email",
    "email address",
    "number",
    "phone number",
    "code",
    "answer",
    "choice",
    "destination",
    "order",
    "zip code",
    "postcode",
    "account number",
    "id",
]
_BEFORE_EN = Lexicon(
    dict.fromkeys((*(f"{whose} {noun} {link}" for whose in ("my", "the", "our", "his", "her", "your") for noun in _NOUNS_EN for link in ("is", "would be", "will be", "was", "should be")), *(f"{whose} {noun}'s" for whose in ("my", "the") for noun in _NOUNS_EN), *(f"{noun} is" for noun in _NOUNS_EN), *["it's", "its", "it is", "it would be", "it was", "that's", "that is", "that would be", "that'd be", "i am", "i'm", "im", "this is", "they call me", "people call me", "call me", "you can call me", "just call me", "i go by", "i live in", "i'm in", "i am in", "i'm from", "i am from", "i come from", "we live in", "from", "in", "to", "at", "i'd like", "i would like", "i want", "i'll have", "i will have", "i'll take", "i will take", "give me", "can i have", "can i get", "could i have", "could i get", "may i have", "let me have", "let's do", "let's go with", "i'd like to have", "i'd like to order", "i would like to have", "i would like to order", "i want to order", "i want to have", "i'd love", "i'd prefer", "i would prefer", "i prefer", "i choose", "i'll go with", "i will go with", "go with", "make it", "make that", "how about", "what about", "maybe", "probably", "i think", "i think it's", "i guess", "i said", "i mean", "i meant", "put", "just", "a", "an", "the", "some", "i'd like the", "i'd like a", "i'd like to go to", "i want to go to", "going to", "i'm going to", "i need", "we need", "we want", "we'd like", "get me", "please", "yes", "yeah", "yep", "sure", "ok", "okay", "well", "um", "uh", "hmm", "oh", "so", "hi", "hello", "hey", "set it to", "change it to", "for", "with", "of", "under", "on", "the name is", "my friends call me", "let's say", "it should be", "please make it", "i'd go for", "i'll try", "only"]), 0)
)  # fmt: skip
_AFTER_EN = frozenset(
    [
        "please",
        "thanks",
        "thank you",
        "thank you very much",
        "thank you so much",
        "pls",
        "plz",
        "sir",
        "madam",
        "ma'am",
        "then",
        "for me",
        "if possible",
        "if you can",
        "i think",
        "i guess",
        "would be great",
        "would be good",
        "would be nice",
        "would be fine",
        "would be perfect",
        "is fine",
        "is good",
        "is great",
        "sounds good",
        "works",
        "works for me",
        "will do",
        "it is",
        "is my name",
        "is my first name",
        "is my last name",
        "is my city",
        "is what i want",
        "would be lovely",
        "thx",
        "cheers",
        "actually",
        "maybe",
    ]
)
_OPENERS_KO = Lexicon(
    dict.fromkeys(
        [
            "제 이름은",
            "내 이름은",
            "저의 이름은",
            "제이름은",
            "내이름은",
            "이름은",
            "성함은",
            "성은",
            "제 성은",
            "이름이",
            "저는",
            "나는",
            "난",
            "전",
            "저 는",
            "제가",
            "내가",
            "저희는",
            "우리는",
            "여기는",
            "거기는",
            "도시는",
            "지역은",
            "나라는",
            "국가는",
            "주소는",
            "제 주소는",
            "번호는",
            "제 번호는",
            "전화번호는",
            "제 전화번호는",
            "연락처는",
            "이메일은",
            "제 이메일은",
            "메일은",
            "메일 주소는",
            "이메일 주소는",
            "코드는",
            "음",
            "어",
            "아",
            "네",
            "예",
            "응",
            "넵",
            "그냥",
            "그럼",
            "그러면",
            "일단",
            "저",
            "그",
            "아마",
            "아마도",
            "혹시",
            "출발지는",
            "도착지는",
            "목적지는",
            "출신은",
            "고향은",
            "안녕하세요",
            "안녕",
            "주문은",
            "메뉴는",
            "종류는",
            "그게",
            "그건",
            "이건",
            "좀",
        ],
        0,
    )
)
# Polite requests behind a value: one word each, or with what stands before them.
_CLOSERS_KO = [
    "해주세요",
    "해 주세요",
    "해줘",
    "해 줘",
    "해줘요",
    "해 줘요",
    "해주실래요",
    "해 주실래요",
    "해주시겠어요",
    "해 주시겠어요",
    "주세요",
    "주라",
    "줘",
    "줘요",
    "주실래요",
    "주시겠어요",
    "부탁해",
    "부탁해요",
    "부탁드려요",
    "부탁드립니다",
    "부탁합니다",
    "부탁드릴게요",
    "할게요",
    "할게",
    "하겠습니다",
    "할래요",
    "할래",
    "하고 싶어요",
    "하고 싶어",
    "하고 싶습니다",
    "하고싶어요",
    "하고싶어",
    "원해요",
    "원합니다",
    "원해",
    "좋아요",
    "좋겠어요",
    "좋겠습니다",
    "좋을 것 같아요",
    "갈게요",
    "갈게",
    "갈래요",
    "갈래",
    "가고 싶어요",
    "가고싶어요",
    "갑니다",
    "가요",
    "가려고요",
    "가려고 해요",
    "살아요",
    "삽니다",
    "살고 있어요",
    "살고있어요",
    "해요",
    "합니다",
    "해",
    "라고 해요",
    "라고 합니다",
    "라고 불러주세요",
    "라고 불러 주세요",
    "라고 불러줘",
    "불러주세요",
    "불러 주세요",
    "불러줘",
    "말이에요",
    "정도요",
    "정도",
    "왔어요",
    "왔습니다",
    "출신이에요",
    "출신입니다",
    "있어요",
    "있습니다",
    "예약해주세요",
    "예약해 주세요",
    "예약할게요",
    "주문할게요",
    "주문해주세요",
    "주문해 주세요",
    "시킬게요",
    "먹을게요",
    "마실게요",
    "선택할게요",
    "고를게요",
    "바꿔주세요",
    "바꿔 주세요",
    "변경해주세요",
    "변경해 주세요",
    "알려주세요",
    "알려 주세요",
    "보내주세요",
    "보내 주세요",
    "써주세요",
    "적어주세요",
    "등록해주세요",
    "되나요",
    "될까요",
    "가능할까요",
    "가능한가요",
    "하나요",
    "할까요",
    "드릴게요",
    "입니다",
    "이에요",
    "예요",
    "이요",
    "요",
    "이야",
    "야",
    "네요",
    "감사합니다",
    "고마워요",
    "살고 싶어요",
    "여행가요",
    "출발해요",
    "출발할게요",
    "출발합니다",
    "도착해요",
    "떠나요",
    "부르시면 돼요",
    "부르면 돼",
    "불러",
]
_CLOSERS_SORTED = tuple(sorted(_CLOSERS_KO, key=len, reverse=True))
_NAMING = ("이라고", "라고", "이라구", "라구", "이란", "란")


def bare(text: Text, setting: Setting) -> tuple[int, int]:
    """The part of a reply that is the value itself, without carriers and endings."""
    folded = text.folded
    start, end = _trim(folded, 0, len(folded))
    start = _openers(folded, start, end, korean=setting.korean)
    end = _closers(folded, start, end, korean=setting.korean)
    if setting.korean and end > start:
        end = _endings(folded, start, end)
    return _trim(folded, start, end)


_MARKS = " .,!?~;:\"'…"


def _trim(folded: str, start: int, end: int) -> tuple[int, int]:
    while start < end and folded[start] in _MARKS:
        start += 1
    while end > start and folded[end - 1] in _MARKS:
        end -= 1
    return start, end


def _openers(folded: str, start: int, end: int, *, korean: bool) -> int:
    lexicons = (_BEFORE_EN, _OPENERS_KO) if korean else (_BEFORE_EN,)
    moved = True
    while moved:
        moved = False
        for lexicon in lexicons:
            for _, stop in lexicon.at(folded, start):
                onward = stop
                while onward < end and folded[onward] in _MARKS:
                    onward += 1
                if onward > stop and onward < end:
                    start, moved = onward, True
                    break
    return start


def _closers(folded: str, start: int, end: int, *, korean: bool) -> int:
    moved = True
    while moved:
        moved = False
        begin = folded.rfind(" ", start, end)
        while begin > start and end - begin < 24:
            if folded[begin + 1 : end] in _AFTER_EN:
                _, end = _trim(folded, start, begin)
                moved = True
                break
            begin = folded.rfind(" ", start, begin)
        if korean and not moved:
            for closer in _CLOSERS_SORTED:
                if folded.endswith(f" {closer}", start, end) and end - len(closer) - 1 > start:
                    _, end = _trim(folded, start, end - len(closer) - 1)
                    moved = True
                    break
    return end


def _endings(folded: str, start: int, end: int) -> int:
    """Leave the particles and the copula off the last word."""
    begin = end
    while begin > start and is_hangul(folded[begin - 1]):
        begin -= 1
    word = folded[begin:end]
    if not word:
        return end
    for closer in _CLOSERS_SORTED:  # 서울로해주세요
        if word.endswith(closer) and len(closer) > 2 and len(word) > len(closer) + 1:
            word = word[: -len(closer)]
            break
    for naming in _NAMING:
        if word.endswith(naming) and len(word) > len(naming) + 1:
            return begin + len(word) - len(naming)
    return begin + _stem(word)


# Endings that are as often a name's last syllable need a longer word before them.
_SHAKY = frozenset(
    [
        "이",
        "가",
        "나",
        "도",
        "만",
        "야",
        "지",
        "고",
        "은",
        "인",
        "임",
        "아",
        "로",
        "과",
        "와",
        "의",
        "란",
        "다",
        "대",
        "일",
        "라",
        "네",
        "여",
    ]
)
_PLAIN_SIZE = 3


def _stem(word: str) -> int:
    ends = stem_ends(word)
    for stop in reversed(ends[1:]):  # the longest ending first
        tail = word[stop:]
        if tail in _SHAKY and stop < _PLAIN_SIZE and not (tail == "로" and stop > 1):
            continue
        if stop >= 2 or (stop == 1 and len(tail) > 1):
            return stop
    return len(word)
