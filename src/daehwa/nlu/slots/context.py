"""What stands around a slot's values: how two slots of one type are told apart."""

from __future__ import annotations

from collections.abc import Iterable

from daehwa.nlu.builtins import Text
from daehwa.nlu.builtins.text import is_hangul
from daehwa.nlu.slots.fields import Field, name_words
from daehwa.nlu.slots.templates import Template

# Words and particles of direction, and the words in slots' names that they point to.
_SOURCE_NAMES = frozenset(
    ["from", "origin", "departure", "depart", "departing", "source", "start", "begin", "pickup", "leaving", "checkin", "since", "out"]
)
_TARGET_NAMES = frozenset(
    ["to", "destination", "dest", "arrival", "arrive", "arriving", "target", "end", "until", "dropoff", "return", "checkout", "till"]
)
_SOURCE_NAMES_KO = ("출발", "부터", "시작", "체크인")
_TARGET_NAMES_KO = ("도착", "목적", "까지", "종료", "끝", "체크아웃")
_SOURCE_CUES = frozenset(["from", "leaving", "departing", "starting", "since", "between"])
_TARGET_CUES = frozenset(["to", "till", "until", "through", "arriving", "and", "ending", "towards"])
_SOURCE_TAILS = ("에서", "부터", "발", "에서부터", "출발")
_TARGET_TAILS = ("으로", "로", "까지", "행", "도착")
_EDGE = 0.9
_CUE = 0.8
_NAME = 0.7
_OWN_WORDS = 4  # letters by which words are compared with a slot's name


class Context:
    """The words before and after each slot in the sample utterances of an intent."""

    def __init__(self, fields: Iterable[Field], templates: Iterable[Template]) -> None:
        self._before: dict[str, set[str]] = {}
        self._after: dict[str, set[str]] = {}
        self._side: dict[str, int] = {}
        self.names: dict[str, frozenset[str]] = {}
        for field in fields:
            self._side[field.path] = _side(field)
            self.names[field.path] = field.words
        for template in templates:
            for index, piece in enumerate(template):
                if piece.slot is None:
                    continue
                before = template[index - 1].text if index and not template[index - 1].slot else ""
                after = (
                    template[index + 1].text
                    if index + 1 < len(template) and not template[index + 1].slot
                    else ""
                )
                if before.strip():
                    words = Text(before).folded.split()
                    self._before.setdefault(piece.slot, set()).add(words[-1])
                if after.strip():
                    text = Text(after)
                    self._after.setdefault(piece.slot, set()).add(text.folded.split()[0])

    def score(self, path: str, text: Text, start: int, end: int) -> float:
        """How well a span's surroundings suit a slot; negative when they speak against it."""
        folded = text.folded
        before = folded[:start].split()
        tail_end = text.word_end(end) if end < len(folded) and is_hangul(folded[end]) else end
        tail = folded[end:tail_end]
        after = folded[tail_end:].split()
        score = 0.0
        if before and before[-1].strip(",.") in self._before.get(path, ()):
            score += _EDGE
        expected = self._after.get(path, ())
        if (tail and tail in expected) or (not tail and after and after[0].strip(",.?!") in expected):
            score += _EDGE
        side = self._side.get(path, 0)
        if side:
            found = _cue(before, tail)
            score += _CUE * side * found
        names = self.names.get(path, frozenset())
        if names:
            near = [w.strip(",.?!") for w in (*before[-2:], *after[:1])]
            if any(_alike(word, name) for word in near for name in names):
                score += _NAME
            if tail and any(tail.startswith(name) for name in names if is_hangul(name[0])):
                score += _NAME
        return score


def _side(field: Field) -> int:
    """Whether a slot's name says source (1) or target (-1)."""
    name = field.path.rpartition(".")[2]
    words = set(name_words(name))
    if (
        words & _SOURCE_NAMES
        or any(k in name for k in _SOURCE_NAMES_KO)
        or {"check", "in"} <= words
    ):
        return 1
    if words & _TARGET_NAMES or any(k in name for k in _TARGET_NAMES_KO):
        return -1
    return 0


def _cue(before: list[str], tail: str) -> int:
    for ending in _SOURCE_TAILS:
        if tail.startswith(ending):
            return 1
    for ending in _TARGET_TAILS:
        if tail.startswith(ending):
            return -1
    if before:
        if before[-1] in _SOURCE_CUES:
            return 1
        if before[-1] in _TARGET_CUES:
            return -1
    return 0


def _alike(word: str, name: str) -> bool:
    """Whether a word of the text is the slot's name in some form: nights and Night."""
    if len(name) < 3 or len(word) < 3:
        return False
    if is_hangul(name[0]):
        return word.startswith(name)
    shared = min(len(name), max(_OWN_WORDS, len(word) - 2))
    return len(word) >= _OWN_WORDS and name[:shared] == word[:shared] and len(name) >= _OWN_WORDS
