"""The words around a value in a reply: "my name is ...", "...입니다", "please"."""

from __future__ import annotations

from daehwa.nlu.builtins import carriers_en, carriers_ko
from daehwa.nlu.builtins.endings import stem_ends
from daehwa.nlu.builtins.found import Setting
from daehwa.nlu.builtins.lexicon import Lexicon, phrases
from daehwa.nlu.builtins.text import Text, is_hangul

_BEFORE_EN = Lexicon(dict.fromkeys(carriers_en.BEFORE, 0))
_BEFORE_KO = Lexicon(dict.fromkeys(carriers_ko.BEFORE, 0))
_AFTER_EN = frozenset(carriers_en.AFTER)
_AFTER_KO = tuple(sorted(carriers_ko.AFTER, key=len, reverse=True))


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
    lexicons = (_BEFORE_EN, _BEFORE_KO) if korean else (_BEFORE_EN,)
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
            for closer in _AFTER_KO:
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
    for closer in _AFTER_KO:  # 서울로해주세요
        if word.endswith(closer) and len(closer) > 2 and len(word) > len(closer) + 1:
            word = word[: -len(closer)]
            break
    for naming in carriers_ko.NAMING:
        if word.endswith(naming) and len(word) > len(naming) + 1:
            return begin + len(word) - len(naming)
    return begin + _stem(word)


# Endings that are as often a name's last syllable need a longer word before them.
_SHAKY = frozenset(
    phrases(
        """
이|가|나|도|만|야|지|고|은|인|임|아|로|과|와|의|란|다|대|일|라|네|여
"""
    )
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
