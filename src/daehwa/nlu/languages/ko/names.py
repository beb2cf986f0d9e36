"""Korean around names of people and places; whether a reply can be somebody's name."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.ko import gazetteer
from daehwa.nlu.languages.ko.suffixes import SUFFIXES, ends_in_consonant
from daehwa.nlu.languages.language import Names
from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import is_hangul

_COMMON_SURNAMES: Final = gazetteer.SURNAMES[:40]
_SURNAMES: Final = frozenset(gazetteer.SURNAMES)
_FULL_NAMES: Final = tuple(
    f"{family}{given}" for family in _COMMON_SURNAMES for given in gazetteer.GIVEN_NAMES
)
# Words that introduce a name; with True whatever follows is one.
_NAMING: Final = {
        "이름은": True, "이름이": True, "성함은": True, "제 이름은": True, "내 이름은": True,
        "저는": False, "나는": False, "난": False, "전": False, "예약자는": True,
        "예약자명은": True, "예약자 이름은": True, "예약자가": True, "성명은": True,
        "수령인은": True, "수령자는": True, "받는 사람은": True, "받는 분은": True,
        "받으실 분은": True, "보내는 사람은": True, "보내는 분은": True, "주문자는": True,
        "주문자명은": True, "신청자는": True, "신청인은": True, "입금자는": True,
        "입금자명은": True, "환자는": True, "환자 이름은": True, "환자분은": True,
        "고객명은": True, "방문자는": True, "대표자는": True, "이름": True, "성함": True,
        "예약자": True, "예약자명": True, "수령인": True, "입금자명": True,
        **{f"{lead}외자{end}": True  # a given name of one syllable: 이름이 외자예요, 준이요
           for lead in ("", "이름이 ", "이름은 ", "제 이름은 ", "제가 ", "저는 ")
           for end in phrases("예요|에요|인데|인데요|라|라서|라서요|고|고요|입니다|거든요")},
}  # fmt: skip
# Ends of words that show a reply to be a sentence about something else.
_ENDINGS: Final = phrases(
    """
까|나요|어요|아요|세요|해줘|습니다|는데|데요|할래|래요|은데|니|려고|려면|면서|냐
"""
)
# Words that names are not made of: questions, pronouns, everyday adverbs and predicates.
_NO_NAMES: Final = frozenset(
    phrases(
        """
왜|뭐|뭘|뭔|뭐야|뭐예요|뭐지|뭐라고|무슨|무엇|누구|누가|누굴|어디|어딜|언제|어떻게|어떤|어느|몇|얼마
얼마나|그게|이게|저게|이거|그거|저거|이건|그건|저건|너|넌|네가|니가|너의|당신|당신은|우리|여기
거기|저기
이름|이름은|이름이|이름을|성함|안|못|잘|좀|더|또|다시|그냥|너무|정말|진짜|아주|빨리|지금|오늘
내일|어제
아까|나중에|없어|없다|있어|있다|없음|몰라|모름|싫어|싫다|좋아|알아|글쎄|아니|아뇨|그만|취소
괜찮아|배고파|심심해
안녕|안녕하세요|고마워|고맙습니다|감사합니다|미안|미안해|죄송합니다|비밀|하고|하는|하지|해도
되나|왜요|뭐니|뭐냐|뭐죠|누구세요|누구니
"""
    )
)
# Words that songs and things are called by, but hardly a person or a place.
_IN_SENTENCES: Final = frozenset(
    phrases(
        """
반가워|반가워요|별로|별로예요|둘|설마|아무튼|어쨌든|에이|거짓말|비싸|비싸요|이상하네요|사랑해
십년감수했네|엉망|엉망이에요|세상에|이런|저런|그런
"""
    )
)
# Endings of predicates, and of nouns in the middle of a sentence.
_PREDICATES: Final = tuple(
    phrases(
        """
어|워|해|줘|자|다|니|냐|까|지|래|게|네|군|죠|걸|고|요|나|려|대|거든|는데|은데|인데|던데|라고
으면|려면|면서
"""
    )
)
_PLAIN_PREDICATES: Final = tuple(
    phrases(
        """
싫어|없어|있어|몰라|고파|까요|나요|어요|아요|해요|세요|지요|니까|습니다|할래|줄래|갈래|볼래|래요
거야
거든|는데|은데|한다|는다|싶다|싶어|프다|하다|없다|있다|줘|려고|려면|으면|면서|하자|가자
"""
    )
)
_WITHIN: Final = tuple(
    phrases(
        """
의|을|를|은|는|에서|에게|한테|으로|까지|부터|처럼
"""
    )
)
_COPULAS: Final = tuple(
    phrases(
        """
이에요|예요|에요|입니다|이요|이야|이다|라고요|이라고요|라고해|라고해요|라고합니다|라고해주세요
라고불러주세요|라고불러줘
"""
    )
)
# Who is in the middle of something: 둘러보는 *중이에요*.
_IN_THE_MIDDLE: Final = frozenset(("중", *(f"중{copula}" for copula in _COPULAS)))
# Words by which a reply names nobody and no place.
_UNDECIDED: Final = frozenset(
    phrases(
        """
아무|아무데나|아무데|아무거나|어디든|어디든지|어디나|어디든요|누구든|누구나|미정|아직|상관없이
데|데요|곳|곳으로
잠시|잠시만|잠시만요|잠깐|잠깐만|잠깐만요|헐|대박|헉|반가워요|반갑습니다|농담|농담이에요|품절|품절인가요
"""
    )
)
_LONGEST_GIVEN: Final = 3
_SHORT: Final = 3


def _is_sentence(words: list[str]) -> bool:
    """Whether the words of a reply can hardly be a name: 배가 고파요, 왜 물어봐."""
    last = words[-1]
    if len(words) > 1 and words[-2].endswith("는") and last in _IN_THE_MIDDLE:
        return True
    if not is_hangul(last[-1]) or "".join(words).endswith(_COPULAS):
        return False
    if len(words) == 1:
        return len(last) > _SHORT and last.endswith(_PLAIN_PREDICATES)
    if words[0] in _SURNAMES and len(words) == 2 and len(last) <= _LONGEST_GIVEN:
        return False  # 김 선자
    if any(len(word) >= _SHORT and word.endswith(_WITHIN) for word in words[:-1]):
        return True
    return last.endswith(_PREDICATES)


# Who somebody is to the speaker, before the name: 동생 민수.
_RELATIONS: Final = frozenset(
    phrases(
        """
동생|남동생|여동생|누나|누님|형|형님|오빠|언니|엄마|아빠|어머니|아버지|어머님|아버님|할머니
할아버지|이모|고모|삼촌
이모부|고모부|숙모|사촌|조카|아들|딸|손자|손녀|남편|아내|와이프|신랑|신부|여자친구|남자친구|여친
남친|친구|동료|선배|후배
팀장|과장|부장|대리|사장|원장|선생|사위|며느리|장인|장모|시어머니|시아버지|처남|처제|형부|매형
올케|저희|우리|제|내|울
"""
    )
)

# What is written onto a name of a person, and seldom onto a thing.
_PERSONAL: Final = phrases(
    """
에게|한테|께|에게서|한테서|에게로|한테로|님|씨|님께|님에게|님한테|씨에게|씨한테|님으로|씨로|님이
씨가|님은|씨는
에게요|한테요|께요|님이요|씨요|에게만|한테만|에게는|한테는|께는
"""
)
_BEHIND_NAMES: Final = (" 씨", " 님", " 앞으로", " 이름으로", " 명의로")
# Words of three syllables that begin like a family name.
_NO_PERSONS: Final = frozenset(
    phrases(
        """
여자애|남자애|여자분|남자분|주인님|손님들|고객들|우리팀|우리집|이아이|나자신|고양이|강아지
상담원|상담사|고객님|선생님|원장님|사장님|기사님|남동생|여동생|손자들|이친구|우리형|임산부
안내원|우체국|구청장
이웃집|이모님|고모님|주인집|주인장|경비실|경비원|조카딸|장인어|장모님|부모님|어르신|신입생
유치원|은행원|공무원|배달원|배송원
기사분|직원분|담당자|관리자|전문가|선배님|후배들|친구들|동료들|가족들|아이들|여자친|남자친
이사람|저사람|그사람|하느님|하나님
한사람|두사람|어머니|아버지|할머니|노약자|이용자|사용자|소비자|판매자|구매자|신청자|수신자
송신자|발신자|전임자|후임자|주치의
간호사|변호사|정치인|연예인|외국인|한국인|미국인|중국인|일본인|지인들|여러분
"""
    )
)
_GIVEN: Final = frozenset(gazetteer.GIVEN_NAMES)
_KNOWN_FULL, _KNOWN_GIVEN, _UNKNOWN_GIVEN = 0.95, 0.9, 0.75


def _addressed(folded: str, at: int) -> Parsed[float] | None:
    """``김민지로``, ``철수한테``, ``박가람님께``: a person's name by its form and its particle."""
    if folded[at] not in _BEGIN:
        return None
    stop = at
    while stop < len(folded) and is_hangul(folded[stop]):
        stop += 1
    word = folded[at:stop]
    for size in (4, 3, 2) if len(word) > 1 else ():
        name, tail = word[:size], word[size:]
        if len(name) < size or name in _NO_PERSONS or name in _NO_NAMES or name in _RELATIONS:
            continue
        family = next((name[:n] for n in (2, 1) if name[:n] in _SURNAMES), "")
        given = name.removeprefix(family)
        personal = tail in _PERSONAL or (not tail and folded.startswith(_BEHIND_NAMES, stop))
        if personal and name[-1] == "이" and name[:-1] in _GIVEN and ends_in_consonant(name[-2]):
            return Parsed(_KNOWN_GIVEN, at + size - 1)  # 유진이한테: 이 goes with a given name
        if _is_full_name(family, given, personal=personal) and SUFFIXES.may_follow(tail or "이"):
            return Parsed(_KNOWN_FULL if tail or personal else _UNKNOWN_GIVEN, at + size)
        if personal and size == 2 and name in _GIVEN:
            return Parsed(_KNOWN_GIVEN, at + size)
        if personal and family in _COMMON_SURNAMES and size == len(family) + 2:
            return Parsed(_UNKNOWN_GIVEN, at + size)
    return None


def _is_full_name(family: str, given: str, *, personal: bool) -> bool:
    """Whether a family name and a given one are a name: 고정은 may be a noun with its particle."""
    if not family or given not in _GIVEN or len(given) < _GIVEN_SIZE:
        return False
    return personal or (family in _COMMON_SURNAMES and given[-1] not in _LIKE_PARTICLES)


_GIVEN_SIZE: Final = 2
_LIKE_PARTICLES: Final = frozenset("은이가도만로라나")
_BEGIN: Final = frozenset(name[0] for name in (*gazetteer.SURNAMES, *gazetteer.GIVEN_NAMES))

_GIVEN_STARTS: Final = 2


def _may_be_person(folded: str, start: int, end: int) -> bool:
    """Whether Korean words in a sentence may name a person: 집안 is none, 김바다 may be one."""
    name = folded[start:end]
    if not all(is_hangul(char) for char in name):
        return not is_hangul(name[:1] or " ")
    if name in _NO_PERSONS or name in _NO_NAMES:
        return False
    stop = end
    while stop < len(folded) and is_hangul(folded[stop]):
        stop += 1
    if folded[end:stop] in _PERSONAL or folded.startswith(_BEHIND_NAMES, stop):
        return True
    family = next((name[:n] for n in (2, 1) if name[:n] in _SURNAMES), "")
    given = name.removeprefix(family)
    return name in _GIVEN or (bool(family) and len(given) == _GIVEN_STARTS)


# Names that are everyday words too, and that such in the middle of a sentence.
_EVERYDAY: Final = frozenset(
    phrases(
        "하나|하늘|유리|보람|사랑|이슬|나라|바다|아름|가을|소리|미소|한결|우리|기쁨|슬기|여름|단비"
    )
)

_TITLES: Final = tuple(
    title_of
    for title in phrases("디자이너|트레이너|강사|실장|원장|교수|팀장|점장|매니저|기사")
    for title_of in (f" {title}님", f"{title}님", f" {title}")
)

NAMES: Final = Names(
    addressed=_addressed,
    may_be_person=_may_be_person,
    relations=_RELATIONS | _NO_PERSONS,
    quoting=("이라고 ", "라고 ", "이라구 ", "라구 "),
    titles=(" 씨", " 님", " 고객님", " 선생님", "선생님", "코치님", "쌤", *_TITLES),
    known={
        "City": gazetteer.CITIES,
        "Country": gazetteer.COUNTRIES,
        "State": gazetteer.STATES,
        "FirstName": (*gazetteer.GIVEN_NAMES, *_FULL_NAMES),
        "LastName": _COMMON_SURNAMES,
    },
    naming=_NAMING,
    family_tails=("가", "씨 성", "씨"),
    street_tails=("로", "길", "대로", "번길"),
    no_names=_NO_NAMES | _NO_PERSONS,
    in_sentences=_IN_SENTENCES,
    requests=_UNDECIDED,
    endings=_ENDINGS,
    everyday=_EVERYDAY,
    is_sentence=_is_sentence,
)
