"""What counts in Korean texts: numerals that are no other words, about so many, words for some."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from daehwa.nlu.languages.ko.numerals import (
    AND_HALF,
    NATIVE_ONES,
    PARTS_OF,
    SINO_DIGITS,
    SINO_UNITS,
    numerals,
    read_out,
)
from daehwa.nlu.languages.language import Numbers
from daehwa.nlu.languages.lexicon import Lexicon, phrases
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.suffixes import counted, ends_well
from daehwa.nlu.languages.text import Text, is_hangul

# Forms that stand before a counter only; alone they are other words (네 is yes).
_BOUND_FORMS = frozenset({"한", "두", "세", "석", "네", "넉", "스무"})
_DOES = ("하나요", "하나 ")  # one, or does one
_BEFORE_DOING = ("야", "게")
_SINO_COUNTERS = Lexicon(
    dict.fromkeys(
        phrases(
            """
원|인분|층|호|개월|년|년간|킬로|킬로그램|키로|키로그램|그램|미터|킬로미터|키로미터|센티|리터|호선|학년
페이지|쪽|퍼센트|프로|박|달러|초|평|번지|호실
"""
        ),
        0,
    )
)
_GREATEST = frozenset("억조")
_NOT_EVEN = tuple(
    f"도{gap}{no}" for gap in ("", " ") for no in ("없", "안", "못", "않", "모르", "몰")
)
_WITHIN = frozenset({"이내", "이후", "이전", "이상", "이하", "이외"})
_NOT_ONE = ("도 없", "도없")
# Who comes along with the speaker: 나랑 친구 둘.
_WITH_ME = re.compile(
    r"(?:나|저|본인|제가|내가)(?:랑|하고|와|이랑)?\s?(?:친구|동생|언니|오빠|형|누나|애들?|아이|조카|동료|손주|손님|일행|후배|선배)\s?"
)
_FREE = frozenset({"둘", "셋", "넷"})
_OF_THEM = ("다", "중", "사이")
# A numeral of one syllable and a counter that together are another word.
_OTHER_WORDS = frozenset(
    phrases(
        """
두세|만두|만두요|이쪽|천장|만석|만개|백조|만사|천사|이번|사과|구매|사회|일반|이동|사장|일정|구분|이병|사병|사도|사위|육회|공원
공장|공개|공부|칠판|천만|이달|이대|사정|이등|이자|이상|이사|공동|공군|공통|이통|일단|일대|일부|이주|구도|구조
"""
    )
)
# Written together with 한, 두, 세 or 네 these make other words: 두부, 두통, 세일, 한과.
_NOT_JOINED = frozenset("부통대동석과배인도점일위정초모등원조")
_BEHIND_HALF = frozenset(phrases("이요|요|쯤|정도|짜리|만|씩|이에요|입니다|정도요|만요|쯤이요"))
# Two numbers next to each other say about how many; the lower is taken.
_ABOUT = Lexicon(
    {
        "한두": 1, "두세": 2, "서너": 3, "너댓": 4, "네댓": 4, "대여섯": 5, "예닐곱": 6,
        "두서너": 2, "서넛": 3, "두서넛": 2, "너덧": 4, "네다섯": 4, "너다섯": 4, "다섯여섯": 5,
        "일고여덟": 7, "여덟아홉": 8,
        "여남은": 10,
    }
)  # fmt: skip
# Words that say how many without being numerals.
_MANY = Lexicon(
    {
        "제로": "0", "혼자": "1", "혼자서": "1", "홀로": "1",
        "첫 번째": "1", "맨 처음": "1", "반 다스": "6",
        "둘 다": "2", "셋 다": "3", "넷 다": "4",
        "첫째": "1", "둘째": "2", "셋째": "3", "넷째": "4", "다섯째": "5", "여섯째": "6",
        "일곱째": "7", "여덟째": "8", "아홉째": "9", "열째": "10",
        **{
            f"{word}{tail}": str(value)
            for word, value in NATIVE_ONES.items()
            if value > 1 and word not in ("두", "세", "석", "네", "넉")
            for tail in ("이", "이서")
        },
    }
)  # fmt: skip
_NO_HALVES: Final = ("시간", "년", "달", "나절", "평생", "일", "말", "장", "반")
_BEHIND_DIGIT: Final = phrases(
    "정도|쯤|이요|요|으로|로|부탁|주|할게|예약|개|명|인|말고|아니|또는|이나|분의|점|에서|까지|대"
)
_AGAIN: Final = phrases("말씀|말해|얘기|알려|보여|설명|확인|봐|볼게|들를")
# What follows a lone 하나 that counts: 하나 주세요, 하나만 더 보내 주세요.
_COUNTING_TAILS: Final = frozenset(phrases("요|이요|만|만요|씩|랑|이랑|하고|로|여|용|만여"))
_COUNTING: Final = phrases(
    """
주|줘|부탁|추가|시킬|시켜|주문|할게|할래|하려|포장|먹|마실|예약|보내|살게|사려|사고|구매|원해|필요|이랑|그리고|와|과
담아|갖다|가져|달라|있으면|있나요|될까|되나|면|이면|해|드릴
"""
)
_BEFORE_VERB: Final = phrases(
    "야|게|지|까|면|도|서|씩|에|을|를|은|는|뭘|뭐|고|떡|왜|언제|어디|누가"
)
_TOTALS: Final = phrases(
    "빠져서|빼서|늘어서|줄어서|추가해서|추가돼서|더해서|해서|합쳐서|합해서|합치면|합하면|총|모두|전부|포함해서"
    "|그러니까|그니까|즉|도합|총합|합계|합이|합이요|결국|이제는|지금은|모자라니까|모자라서|부족하니까|부족해서"
)


def _standing(text: Text, start: int, setting: Setting) -> Parsed[str] | None:
    """The longest number that ends at a counter, a particle or a word's end."""
    folded = text.folded
    about = _with_me(text, start, setting) or _about(text, start)
    if about is not None:
        return about
    if _roughly(text, start, setting) or _counts_years(folded, start):
        return None
    if folded.startswith(_DOES, start) and folded[:start].rstrip().endswith(_BEFORE_DOING):
        return None  # 가입부터 해야 하나요
    for value, end in numerals(text, start, setting):
        spelt = folded[start:end]
        if PARTS_OF.first(folded, text.skip(end)) or folded.startswith(_NOT_EVEN, end):
            return None  # what is left of a fraction; 하나도 없어요
        bound = spelt[-1] in _BOUND_FORMS or spelt.endswith("스무")
        # "이 사람" is this person: a lone Sino-Korean digit apart from its counter is sure
        # only with the counters that take no native numeral.
        lone = spelt in SINO_DIGITS
        joined = bound and folded[end : end + 1] in _NOT_JOINED
        if not joined and (not lone or _SINO_COUNTERS.first(folded, text.skip(end))):
            behind = counted(text, end)
            if _counts_none(text, spelt, behind):
                return None
            if behind is not None and not _is_other_word(text, start, behind):
                return _with_half(text, Parsed(value, end), behind)
        if _is_other_word(text, start, end):
            continue
        short = len(spelt) == 1 and is_hangul(spelt) and not _is_free(text, start, end)
        if ends_well(folded, end) and not bound and not short:
            return Parsed(f"{value:f}", end)
    digits = read_out(text, start)
    if digits is not None and folded[start : digits.end] == "일일이":
        return None  # one by one
    if digits is not None and len(digits.value) > 2 and ends_well(folded, digits.end):
        return digits
    return None


def _with_me(text: Text, start: int, setting: Setting) -> Parsed[str] | None:
    """The people of whom one is the speaker: 나랑 친구 둘."""
    lead = _WITH_ME.match(text.folded, start)
    others = lead and next(numerals(text, lead.end(), setting), None)
    if not others or others.value != int(others.value):
        return None
    end = counted(text, others.end) or others.end
    return Parsed(f"{int(others.value) + 1}", end) if ends_well(text.folded, end) else None


def _roughly(text: Text, start: int, setting: Setting) -> bool:
    """Whether 한 says about how many, before the number that does: *한* 세 장."""
    onward = text.past(start, "한 ")
    return onward > start and next(numerals(text, onward, setting), None) is not None


def _counts_years(folded: str, start: int) -> bool:
    """Whether 세 is not a three but the years after a number: 30*세*."""
    before = folded[:start].rstrip()[-1:]
    return folded[start] == "세" and (
        before.isdecimal() or before in SINO_UNITS or before in SINO_DIGITS
    )


def _counts_none(text: Text, numeral: str, counter_end: int | None) -> bool:
    """Whether not even one is counted: 한 명*도 없어요*."""
    return (
        counter_end is not None
        and numeral == "한"
        and text.folded.startswith(_NOT_EVEN, counter_end)
    )


def _is_free(text: Text, start: int, end: int) -> bool:
    """Whether a numeral of one syllable counts on its own: 둘, 셋, 넷, but not in *둘 다*."""
    if text.folded[start:end] not in _FREE:
        return False
    behind = text.skip(end)
    return text.past(behind, *_OF_THEM) == behind


def _is_other_word(text: Text, start: int, end: int) -> bool:
    """Whether a numeral and its counter make a word of another meaning: 천장, 이쪽."""
    word = text.folded[start:end]
    if word in _OTHER_WORDS:
        return True
    if word[0] in _GREATEST:
        return not word.endswith("원")
    if word == "두 번" and text.folded[end:].lstrip().startswith("다시"):
        return True  # 두 번 다시 안 가요
    if word == "한 번" and _asks_again(text.folded[text.word_end(end) :]):
        return True
    # 한번 볼게요: a try, not a count.
    return word == "한번" and bool(text.folded[text.word_end(end) :].strip(" .,!?~"))


def _about(text: Text, start: int) -> Parsed[str] | None:
    """About so many, as two numbers beside each other: 서너 명, 오륙 명. The lower is taken."""
    about = _ABOUT.first(text.folded, start)
    if about is not None and counted(text, about.end) is not None:
        return Parsed(str(about.value), about.end)
    first, second = (SINO_DIGITS.get(char, 0) for char in text.folded[start : start + 2].ljust(2))
    pair = first > 1 and second == first + 1  # 일이 is "work" with its particle
    return Parsed(str(first), start + 2) if pair and counted(text, start + 2) is not None else None


def _with_half(text: Text, number: Parsed[Decimal], counter_end: int) -> Parsed[str]:
    """The number, and a half that follows its counter: 삼 킬로 반."""
    onward = text.past(counter_end, "하고도 ", "하고 ", "에다 ", "에 ")
    half = AND_HALF.first(text.folded, text.skip(onward))
    if half is not None and number.value == int(number.value):
        behind = text.folded[half.end : text.word_end(half.end)]
        ends = ends_well(text.folded, half.end) and not behind.startswith("대")
        if behind in _BEHIND_HALF or not behind or ends:
            return Parsed(f"{number.value + Decimal('0.5'):f}", half.end)
    return Parsed(f"{number.value:f}", number.end)


def _alone(text: Text, start: int, setting: Setting) -> Parsed[str] | None:
    """What is a number only as a whole reply: 삼, 두, 혼자, 둘이서, 반 개."""
    half = _half_of_one(text, start)
    if half is not None:
        return half
    if _roughly(text, start, setting):
        return None  # 한 삼 정도
    for number in numerals(text, start, setting):
        if (none := _not_one(text, start, number)) is not None:
            return none
        if _belongs(text, start, number.end):
            return None
        if _counts_none(text, text.folded[start : number.end], counted(text, number.end)):
            return None
        if _means_otherwise(text, start, number.end):
            continue
        if ends_well(text.folded, number.end):
            return Parsed(f"{number.value:f}", number.end)
        counter = counted(text, number.end) if start == text.skip(0) else None
        if counter is not None and not _is_other_word(text, start, counter):
            return Parsed(f"{number.value:f}", number.end)
    return next((m for m in _MANY.at(text.folded, start) if _is_many(text, start, m.end)), None)


def _is_many(text: Text, start: int, end: int) -> bool:
    """Whether a word that says how many ends well; *둘 다* only if nothing is said of both."""
    if not ends_well(text.folded, end):
        return False
    of_all = text.folded.endswith(" 다", start, end)
    return not (of_all and text.folded[text.word_end(end) :].strip(" .,!?~"))


def _half_of_one(text: Text, start: int) -> Parsed[str] | None:
    """Half a thing, as the whole of a reply: 반 개, 반 판이요."""
    half = AND_HALF.first(text.folded, start) if start == text.skip(0) else None
    counter = None if half is None else counted(text, half.end)
    if half is None or counter is None or text.folded.startswith(_NO_HALVES, text.skip(half.end)):
        return None
    return Parsed("0.5", half.end)


def _means_otherwise(text: Text, start: int, end: int) -> bool:
    """Whether a numeral in a reply is not one: *둘 다* 별로, 어떻게 *하나요*, *일이* 많아서."""
    word = text.folded[start:end]
    if word in _FREE:
        return not _is_free(text, start, end)
    if word == "하나":
        return text.folded[:start].rstrip().endswith(_BEFORE_VERB)
    if len(word) > 1 or not is_hangul(word):
        return word in ("일일이", "만두") or (word == "일일" and text.folded.startswith("이 ", end))
    stop = text.word_end(end)
    if word == "네" and end == stop:
        return True  # a yes: 네, 삼이요
    if (
        word in SINO_DIGITS
        and text.folded[:start].strip()
        and text.folded[end:stop] in ("이", "을", "은", "에요", "예요")
        and (word == "이" or not text.folded[end:stop].endswith("요"))
    ):
        return True  # 세상에 이런 일이; 보는 중 이에요
    if text.folded[start:stop] in _WITHIN:
        return True  # 삼 이내
    counter = counted(text, end) if word in _BOUND_FORMS else None
    if counter is not None and _is_other_word(text, start, counter):
        return True  # 두 번 다시 안 가요
    if word in _BOUND_FORMS and text.folded[end : end + 1] == "일":
        return True  # 세일
    rest = text.folded[stop:].strip(" .,!?~")
    if word == "한" and text.folded[end:stop].strip() in ("", "번") and _asks_again(rest):
        return True  # 한 번 더 말씀해 주세요
    # 이 근처, 일이 많아서, 구경만 하고: a lone syllable counts where little follows it.
    if word == "이" and rest.startswith("정도"):
        return True  # 이 정도면 돼요
    return word in SINO_DIGITS and bool(rest) and not _may_follow_digit(text, end, rest)


def _may_follow_digit(text: Text, end: int, rest: str) -> bool:
    """Whether what follows a numeral of one syllable lets it count: 삼 정도요, 오 명 주세요."""
    if _SINO_COUNTERS.first(text.folded, text.skip(end)) is not None:
        return True
    begins = text.folded[text.skip(end) :]
    return (
        begins.startswith(_BEHIND_DIGIT)
        or (text.folded[end : end + 1] in (" ", "") and counted(text, end) is not None)
        or rest.startswith(_BEHIND_DIGIT)
    )


def _asks_again(rest: str) -> bool:
    """Whether the words after 한 번 ask that something be done again."""
    return any(verb in rest for verb in _AGAIN)


def _counted_before(before: str) -> bool:
    """Whether something else was counted in the same breath: 라떼 두 잔이랑 녹차 하나요."""
    return any(f"{numeral} " in before for numeral in ("한", "두", "세", "네"))


def _counts(text: Text, end: int) -> bool:
    """Whether a lone 하나 counts, by what follows it."""
    if not text.folded[:end].endswith("하나"):
        return False
    before = text.folded[: end - len("하나")].rstrip()
    if before.endswith(_BEFORE_VERB):
        return False  # 어떻게 하나, 가야 하나요: the verb 하다
    stop = text.word_end(end)
    tail, rest = text.folded[end:stop], text.folded[stop:].lstrip(" ,.!?~")
    if tail in ("면", "이면"):
        return True
    if tail in ("요", "여", "용"):
        return not before or "하나" in before or _counted_before(before)
    if tail and tail not in _COUNTING_TAILS:
        return tail.startswith(_COUNTING) and len(tail) > 1
    rest = rest.removeprefix("더").lstrip(" 요여")
    if not rest:
        return not text.folded.rstrip(" .!~").endswith("?")  # 몇 번씩 하나?
    return rest.startswith(_COUNTING)


def _belongs(text: Text, start: int, end: int) -> bool:
    """Whether a number is what is left of a fraction, or none at all: n분의 *1*, *1*도 없음."""
    return text.folded.startswith(_NOT_EVEN, end) or (
        start > 0 and text.folded[:start].rstrip().endswith("분의")
    )


def _not_one(text: Text, start: int, number: Parsed[Decimal]) -> Parsed[str] | None:
    """No number, where a whole reply is that not even one is there: 하나도 없어요, 1도 없음."""
    counter = counted(text, number.end) if text.folded[start : number.end] == "한" else None
    end = counter or number.end
    none = number.value == 1 and text.folded.startswith(_NOT_ONE, end)
    return Parsed("0", end + 1) if none and not text.folded[:start].strip() else None


NUMBERS: Final = Numbers(
    belongs=_belongs,
    totals=tuple(f"{each} " for each in _TOTALS),
    counts=_counts,
    numerals=numerals,
    standing=_standing,
    alone=_alone,
    seldom=frozenset({"하나", "영", "공"}),
)
