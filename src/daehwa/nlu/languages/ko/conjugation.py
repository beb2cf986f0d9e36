"""Forms of Korean verbs and adjectives as they end a sentence: 맞아요, 맞습니다, 맞는 것 같아요.

A verb is given by its stem and its infinitive (하, 해), as dictionaries of learners do; what is
regular follows from these.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from daehwa.nlu.languages.lexicon import phrases

_FIRST: Final = 0xAC00
_FINALS: Final = 28
_N, _L, _M, _B, _SS = 4, 8, 16, 17, 20  # ㄴ, ㄹ, ㅁ, ㅂ, ㅆ among the finals

# Endings on the stem, and on the infinitive.
_ON_STEM: Final = phrases(
    """
다|네|네요|지|지요|죠|고요|구요|고말고|고말고요|는데|는데요|은데|은데요|거든|거든요|겠어|겠어요
겠습니다|겠네요
는 것 같아|는 것 같아요|는 것 같네요|는 것 같습니다|는 거 같아요|는 것 같은데요|는 거 같은데요
은 것 같아|은 것 같아요|은 거 같아요|는 듯|는 듯요|는 듯해요|은 듯해요
는데용|네용|다니까|다니까요|다고요|더라고요|는군요|군요|구나
"""
)
_ON_INFINITIVE: Final = phrases(
    """
요|용|욤|서요|야죠|야지요|야 해요|야 합니다|도 돼|도 돼요|도 됩니다
"""
)
# What only one who acts says: after the infinitive, the stem, and the stem with ㄹ or ㅂ.
_REQUESTS: Final = phrases(
    """
줘|줘요|줘라|주라|주세요|주셔요|주십시오|주십쇼|주실래요|주시겠어요|주시면 돼요|주시면 됩니다
주시면 좋겠어요|주시면 감사하겠습니다
주세용|주세여|주셈|줘용|줘봐|보세요|보죠|봐|봐요|볼게요
"""
)
_DOING: Final = phrases(
    """
자|자고요|세요|셔요|십시오|시죠|시지요|시면 돼요|시면 됩니다|고 싶어|고 싶어요|고 싶습니다
고 싶은데요|려고요|려고 해요
려구요|는 걸로 해요|는 걸로 해주세요|는 걸로 할게요|는 걸로요|기로 해요|기로 할게요|기로 했어요
도록 할게요|도록 하세요|도록 해요|도록 해 주세요|도록 합시다|도록 해줘|도록 하겠습니다
도록 하죠|면 돼요|면 됩니다|면 좋겠어요|고 있어요
"""
)
_MEANING: Final = phrases(
    """
게|게요|게용|게여|래|래요|래용|거예요|거에요|겁니다|거야|것 같아요|거 같아요|생각이에요
"""
)
_SEEMING: Final = phrases(
    """
것 같아|것 같아요|것 같네요|것 같습니다|것 같은데요|거 같아요|거 같습니다|듯해요|듯합니다
듯하네요
"""
)
_NOT: Final = phrases(
    """
아|아요|습니다|네요|은데|은데요|죠|지요|다|고요|구요|은 것 같아요|은 거 같아요|은 것 같은데요
은 듯해요|을게요|을래|을래요
겠습니다|겠어요|을 거예요|을 겁니다|으려고요|았으면 해요|았으면 좋겠어요|기로 했어요|기로 할게요
는 걸로 할게요
"""
)
_STOP: Final = phrases(
    """
마|마라|마요|마세요|마셔요|마십시오|마시죠|말아|말아요|말아줘|말아 주세요|말아주세요|말죠|말자
말지요|맙시다|말아주실래요
말아 주실래요|말아 주시겠어요|말기로 해요|말아야죠
"""
)

_UNWILLING: Final = ("어", "어요", "습니다", "은데요", "네요")

_PAST: Final = phrases(
    """
어|어요|어용|습니다|는데|는데요|거든요|네요|었어요|었습니다|다가 왔어요|다 왔어요|지요|죠|고요
"""
)


class Verb(NamedTuple):
    """A verb or an adjective: its stem, its infinitive, and whether one does it on purpose."""

    stem: str
    infinitive: str
    acts: bool = False


def with_final(stem: str, final: int) -> str:
    """A stem with ㄴ, ㄹ, ㅁ or ㅂ written under its last syllable: 할, 맞을, 힘듭."""
    bare = (ord(stem[-1]) - _FIRST) % _FINALS
    if bare == 0:
        return stem[:-1] + chr(ord(stem[-1]) + final)
    if bare == _L:
        return stem if final == _L else stem[:-1] + chr(ord(stem[-1]) - _L + final)
    return stem + {_N: "은", _L: "을", _M: "음", _B: "습"}[final]


def forms(verb: Verb) -> Iterator[str]:
    """What somebody says who says so: 진행해요, 진행합니다, 진행해 주세요, 진행할게요."""
    stem, infinitive, acts = verb
    yield from (stem + ending for ending in _ON_STEM)
    yield from (infinitive + ending for ending in ("", *_ON_INFINITIVE))
    yield f"{with_final(stem, _B)}니다"
    yield f"{with_final(stem, _B)}니당"
    yield with_final(stem, _M)
    yield from (f"{with_final(stem, _L)} {ending}" for ending in _SEEMING)
    if acts:
        yield from (f"{infinitive} {ending}" for ending in _REQUESTS)
        yield from (stem + ending for ending in _DOING)
        yield f"{with_final(stem, _B)}시다"
        meaning = with_final(stem, _L)
        yield from (f"{meaning} {e}" if e[0] in "거것겁생" else meaning + e for e in _MEANING)


def past_forms(verb: Verb) -> Iterator[str]:
    """What somebody says who did so: 다녀왔어요, 살았습니다."""
    infinitive = verb.infinitive
    past = infinitive[:-1] + chr(ord(infinitive[-1]) + _SS)
    yield from (past + ending for ending in _PAST)


def denied_forms(verb: Verb) -> Iterator[str]:
    """What somebody says who denies or refuses it: 안 맞아요, 맞지 않아요, 진행하지 마세요."""
    yield from (f"안 {form}" for form in forms(verb))
    yield from (f"{verb.stem}지{mark} 않{ending}" for mark in ("", "는") for ending in _NOT)
    if verb.acts:
        yield from (f"{verb.stem}지{mark} {ending}" for mark in ("", "는") for ending in _STOP)
        yield from (f"{verb.stem}고 싶지 않{ending}" for ending in _NOT)
        yield from (f"{verb.stem}기 싫{ending}" for ending in _UNWILLING)
        yield from (f"못 {form}" for form in forms(verb))
