"""Forms of Korean words that qualify: 따뜻한, 따뜻하게, 차가운, 차갑게."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.text import is_hangul

_FIRST: Final = ord("가")
_FINALS: Final = 28
_NIEUN, _RIEUL, _BIEUP = 4, 8, 17
# Nouns that stand for the thing that is qualified: 큰 거, 매운 것.
_THINGS: Final = frozenset(phrases("거|것|걸|놈|편|쪽"))
# The forms of each colour: 빨강, 빨간 거, 빨간색.
_COLOURS: Final = tuple(
    frozenset(phrases(line))
    for line in (
        "빨강|빨강색|빨간색|빨간",
        "파랑|파랑색|파란색|파란",
        "노랑|노랑색|노란색|노란",
        "하양|하양색|하얀색|하얀|흰색|흰",
        "검정|검정색|검은색|검은|까만색|까만|까망",
        *(f"{colour}|{colour}색" for colour in ("초록", "분홍", "보라", "주황", "연두", "하늘")),
    )
)
# Sizes by one syllable, and what is written onto them: 대자, 중짜리, 소 사이즈.
_SIZES: Final = frozenset(phrases("대|중|소|특대|특"))
_SIZED: Final = phrases("자|짜|짜리|사이즈|형|자리")
_ENDINGS: Final = ("게", "고", "면", "지만")
# What a clause is of, and how much it is so: 무릎*이 좀* 아파요.
_TOPICS: Final = ("이", "가", "은", "는", "도")
_DEGREES: Final = phrases("좀|조금|너무|많이|자꾸|계속|정말|진짜")
_TASTE: Final = "맛"
# Infinitives by their last syllable, and the stem's: 아파, 아프; what is written onto both.
_STEMS: Final = dict(zip("파해려져여나가빠꺼써커", "프하리지이나가쁘끄쓰크", strict=True))
_ON_INFINITIVES: Final = ("", "서", "가지고", "갖고", "도")
_ON_STEMS: Final = phrases("고|는데|네요|면|지만|거든요|니까|다")
_OF_HADA: Final = ("하길", "했으면", "해야", "함", "해요")
_OF_BIEUP: Final = ("우면", "웠으면", "워야", "워요")


def inflections(phrase: str) -> tuple[str, ...]:
    """Other forms of a phrase that qualifies; none of one that does not."""
    words = phrase.split()
    core = words[-2] if len(words) > 1 and words[-1] in _THINGS else words[-1] if words else ""
    if not core or not is_hangul(core[-1]):
        return ()
    lead = phrase[: phrase.rindex(core)]
    if core.endswith(_TASTE) and len(core) > 1 and _final(core[-2]) == _NIEUN:
        core = core[: -len(_TASTE)]  # 매운맛
        return tuple(lead + form for form in (core, *_of_adnominal(core)) if len(lead + form) > 1)
    if phrase in _SIZES:
        return tuple(phrase + thing for thing in _SIZED)
    forms = [*_of_adverb(core), *_of_adnominal(core), *_of_colour(core)]
    if len(words) > 1 and len(words[-2]) > 1 and words[-2].endswith(_TOPICS):
        clauses = _of_predicate(core)
        forms += clauses
        forms += (f"{degree} {form}" for degree in _DEGREES for form in (core, *clauses))
    if core != words[-1]:
        forms.append(core)
    return tuple(lead + form for form in forms if len(lead + form) > 1)


def _of_adnominal(word: str) -> list[str]:
    """Forms of 따뜻한, 차가운, 작은, 맛있는, 큰."""
    last, body = word[-1], word[:-1]
    if last == "한" and body:
        return [body + ending for ending in (*(f"하{end}" for end in _ENDINGS), *_OF_HADA)]
    if last == "운" and body and not _final(body[-1]):
        stem = body[:-1] + _with_final(body[-1], _BIEUP)
        return [*(stem + ending for ending in _ENDINGS), *(body + end for end in _OF_BIEUP)]
    if last in ("은", "는") and body and _final(body[-1]):
        return [body + ending for ending in (*_ENDINGS, "으면")]
    if _final(last) == _NIEUN:
        return [f"{body}{_with_final(last, final)}게" for final in (0, _RIEUL)]
    return []


def _of_predicate(word: str) -> list[str]:
    """Forms of what a clause says, whether with 요 or without: (머리가) 아파, (열이) 나요."""
    infinitive = word.removesuffix("요")
    forms = [infinitive + ending for ending in _ON_INFINITIVES]
    stem = _STEMS.get(infinitive[-1:])
    if stem is not None:
        body = infinitive[:-1] + stem
        forms += [body + ending for ending in _ON_STEMS]
        forms += [
            body[:-1] + _with_final(body[-1], _NIEUN) + "데",
            body[:-1] + _with_final(body[-1], _BIEUP) + "니다",
        ]
    return forms


def _of_colour(word: str) -> list[str]:
    """The other forms of a colour."""
    group: frozenset[str] = next((each for each in _COLOURS if word in each), frozenset())
    return sorted(group - {word})


def _of_adverb(word: str) -> list[str]:
    """Forms of 따뜻하게, 차갑게, 작게."""
    stem = word.removesuffix("게")
    if stem == word or not stem or not is_hangul(stem[-1]):
        return []
    last, body = stem[-1], stem[:-1]
    final = _final(last)
    if final == _BIEUP:
        return [f"{body}{_with_final(last, 0)}운"]
    return [f"{stem}은"] if final else [body + _with_final(last, _NIEUN)]


def _final(syllable: str) -> int:
    """The number of a syllable's last consonant, 0 for none."""
    return (ord(syllable) - _FIRST) % _FINALS if "가" <= syllable <= "힣" else 0


def _with_final(syllable: str, final: int) -> str:
    return chr(ord(syllable) - _final(syllable) + final)
