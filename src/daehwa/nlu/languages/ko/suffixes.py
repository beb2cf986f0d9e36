"""What is written onto a Korean noun: particles, counters, the copula, and polite endings.

A value in a Korean text is followed by these without a space ("서울로", "두 명이요",
"김민수라고 해요").
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from daehwa.nlu.languages.ko.adjectives import inflections
from daehwa.nlu.languages.ko.pieces import JOINTS, PIECES
from daehwa.nlu.languages.language import Suffixes
from daehwa.nlu.languages.lexicon import Lexicon, phrases
from daehwa.nlu.languages.text import is_hangul

_CASE = phrases(
    """
이|가|은|는|을|를|의|에|에서|에게|에게서|한테|한테서|께|께서|로|으로|와|과|랑|이랑|하고|도|만
부터|까지|마다|보다|처럼|쯤|정도|경|께|씩|이나|나|이며|며|이든|이든지|든지|라도|이라도|밖에|대로
만큼|조차|마저|뿐|짜리|동안|날|짜|째|님|씨|간|내|내로|이내|전|후|뒤|중|행|발|편
"""
)
_LATER = phrases(
    """
에|에서|에는|에도|에만|에서는|은|는|도|만|까지|부터|로|으로|의|이|가|을|를|과|와|하고
"""
)
_COPULA = phrases(
    """
이요|요|이에요|예요|에요|이예요|입니다|이여요|여요|이네요|네요|이야|야|이지|지|이지요|이죠|죠|다
이다|이고|고|이고요|고요|인데|인데요|인가|인가요|이라고|라고|이라|라|이라고요|라고요|이라서|라서
이라구요|라구요|입니다만|이었어요|였어요|일까요|임|여|로요|으로요|에요|까지요|부터요|만요|도요
에서요|쯤이요|쯤요|정도요|씩이요|한테요|하고요|랑요|인|일|이거든요|거든요|이에용|에용|이용|용|욤|욥|이욥
이염|염|이랍니다|랍니다|이라네|이란|이라는|라는|란|으로해주세요|로해주세요|로부탁해요|이라고해요
라고해요|라고합니다|이라고합니다|입니당|이당|임다|임니다|이여|이욤|이구|이구요|이예용|예용
이에여|예여|에여|이예여
입니다요|이나요|나요|이더라고요|더라고요|입니더|이라예|라예|이라카이|라카이|이랑께|랑께|이라니까|라니까
이라니까요|라니까요|이구요|구요|일걸요|일걸|이유|여유|이여유|이제요
"""
)

_BEFORE_LATER = phrases("쯤|정도|경|날|씩|만|까지|부터|에서|에게|한테|짜리|동안|간|내|이내|님|씨")
_BEFORE_COPULA = phrases(
    "쯤|정도|경|날|씩|만|까지|부터|에|동안|님|씨|짜리|간|내|이내|후|뒤|전|이상|이하|미만|안팎|내외"
)

_ENDINGS = frozenset(
    (
        *_CASE,
        *_COPULA,
        *(first + second for first in _BEFORE_LATER for second in _LATER),
        *(first + second for first in _BEFORE_COPULA for second in _COPULA),
    )
)
# What follows a value in a sentence, and as often ends a word of its own (물냉면): it shows
# where a value that is known ends, and is never taken off one that is not.
_ONWARD = phrases(
    """
면|이면|으면|이라면|라면|니까|이니까|였으면|이었으면|였는데|이었는데|이서|이서요|이라서요|라서요|루|으루|인데여
주세요|주실래요|주실래여|주세여|주문할게요|주문이요|부탁해요|부탁드려요|부탁드립니다|할게요|할래요|할게|할래|해주세요|해줘|해줘요
해주실래요|줘|줘요|으로할게요|로할게요|로할래요|로주세요|으로주세요|으로할래요|있나요|있어요|있을까요|되나요|될까요|가능한가요|가능해요
에는|에도|엔|에만|에는요|에도요|엔요|에나|에라도|에야|쯤엔|쯤에는요|께쯤|로는요|은요|는요|든|이자|이면요|면요
이면돼요|면돼요|이면됩니다|면됩니다|이면될까요|면될까요|이면좋겠어요|면좋겠어요|이면좋아요|면좋아요
이후로|이후에|이후에요|이후요|이전에|이전에요|이전까지|안에|안에요|안으로
까진|부턴|에선|한텐|에겐|께서는|로는|으로는|로도|으로도|로만|으로만|에서만|한테만|에게만|이랑은|랑은|하고는|만큼만
이라도요|라도요|쯤에|쯤으로|쯤에요|정도로|정도만|이었던|였던|짜리로|짜리면|짜리는|짜리요|씩만|이고여|고여|이랑요
구요|구|있다가|이따가|있다가요|이따가요|있다|이따|간쯤|간쯤이요|간만|이상|이하|미만|쯤이면|쯤이라면|정도면|정도라면|께면|경이면
입니더|이라예|라예|이예|예|이지예|지예|인데예|이고예|고예|이라카이|라카이|이유|유|이에유|예유|이구만유|이구먼유
일걸|일걸요|일껄요|일거예요|일거에요|일겁니다|인거같아요|인것같아요|여유|이여유|제|라니깐요|이라니깐요
구만유|구먼유|이랑께|랑께|이랑께요|랑께요|이지라|지라|이당께|당께|이구먼|이구만|이제|이라니까|라니까|이라니까요
라니까요|이래요|래요|이라더라고요|임니더
이믄|믄|이믄요|믄요|이여도|생이여|생|생이요|생이에요|생입니다|생인데요|생이고요|생으로|자로|한테로|에게로|께요|님께|님한테|님에게|씨한테|씨에게|님으로|씨로|님이요|님이에요|님입니다|씨요|씨예요|씨입니다
"""
)
_MAY_FOLLOW = _ENDINGS | frozenset(_ONWARD)
_LONGEST = max(map(len, _ENDINGS))
_LAUGHTER: Final = "".join(map(chr, range(ord("ㄱ"), ord("ㅣ") + 1)))
_FINAL_CONSONANTS = 28


def ends_in_consonant(char: str) -> bool:
    """Whether a Hangul syllable ends in a consonant (받침)."""
    return "가" <= char <= "힣" and (ord(char) - 0xAC00) % _FINAL_CONSONANTS != 0


# Forms of one particle or copula: after a consonant, after a vowel.
_FORMS = (
    ("으로", "로"), ("이에요", "예요"), ("이라고", "라고"), ("이랑", "랑"), ("이나", "나"),
    ("이요", "요"), ("이야", "야"), ("을", "를"), ("은", "는"), ("과", "와"), ("이", "가"),
)  # fmt: skip
_AFTER_FINAL = frozenset(first for first, _ in _FORMS)
_AFTER_VOWEL = frozenset(second for _, second in _FORMS) - {"요"}
_RIEUL = 8


def _agrees(stem: str, tail: str) -> bool:
    """Whether ``tail`` takes the form that the last sound of ``stem`` asks for (을 or 를)."""
    if not stem or not is_hangul(stem[-1]):
        return True
    final = ends_in_consonant(stem[-1])
    rieul = (ord(stem[-1]) - 0xAC00) % _FINAL_CONSONANTS == _RIEUL
    if tail.startswith(("으로", "로")):
        return (final and not rieul) == tail.startswith("으로")
    if tail in _AFTER_FINAL or tail.startswith("이라"):
        return final
    return not final if tail in _AFTER_VOWEL else True


def _other_form(words: str) -> str | None:
    """Words that begin with a particle, with its other form: 으로 가는 is 로 가는."""
    for forms in _FORMS:
        for one, other in (forms, forms[::-1]):
            # A single syllable is a particle only when its word ends there (가 is no 가는).
            if words.startswith(one) and (len(one) > 1 or not is_hangul(words[1:2] or " ")):
                return other + words[len(one) :]
    return None


def _agreeing(stem: str, words: str) -> str:
    """Words that follow ``stem``, their particle in the form that its last sound asks for."""
    size = 0
    while size < len(words) and is_hangul(words[size]):
        size += 1
    if not size or _agrees(stem, words[:size]):
        return words
    return _other_form(words) or words


@lru_cache(maxsize=4096)
def stem_ends(word: str) -> tuple[int, ...]:
    """Lengths at which a noun may end in ``word``, the whole word first, then shorter ones.

    ``서울에서는`` gives 5, 2: the whole, and what is left without its particles.
    """
    ends = [len(word)]
    for size in range(1, min(_LONGEST, len(word) - 1) + 1):
        stem, tail = word[:-size], word[-size:]
        if tail in _ENDINGS and is_hangul(tail[0]) and _agrees(stem, tail):
            ends.append(len(stem))
    return tuple(ends)


_COUNTERS: Final = Lexicon(
    {
        word: word
        for word in phrases(
            """
인가족|인 가족
명|분|사람|인|개|잔|권|살|마리|병|대|장|켤레|번|회|그루|송이|조각|판|인분|박|층|호|가지|곡|군데
곳|끼|그릇|접시|봉지|상자|박스|통|팩|캔|세트|채|척|벌|쌍|다발|묶음|줄|모금|모|알|정|포기|방울|등
위|점|단계|차례|시간|분간|초|일|주|주일|달|개월|년|세|평|킬로|킬로그램|키로|키로그램|킬로미터|키로미터|그램|근|되|인치|미터|센티|리터|도
자리|석|좌석|방|바퀴|숟갈|숟가락|테이블|편|칸|개국|달치|개월치|년치|일치|주치|인분치|자루|국자|캐럿|톨|첩|코스|차선|건물|번째|호실|동
반|학년|과|페이지|쪽|원|사이즈|샷|스푼|컵|매|부|건|배|인용|호선|번지|냥|포인트|마일|걸음|칼로리
명분
"""
        )
    }
)


def _may_follow(letters: str) -> bool:
    """Whether letters may follow a noun; those of laughter (ㅋㅋ, ㅠㅠ) may follow any."""
    return not (word := letters.rstrip(_LAUGHTER)) or word in _MAY_FOLLOW


SUFFIXES: Final = Suffixes(
    run=re.compile("[가-힣ㄱ-ㅣ]+"),
    may_follow=_may_follow,
    stem_ends=stem_ends,
    agrees=_agrees,
    other_form=_other_form,
    agreeing=_agreeing,
    counters=_COUNTERS,
    inflections=inflections,
    pieces=PIECES,
    joints=JOINTS,
    verb_stems=frozenset("하되싶있없"),
)
