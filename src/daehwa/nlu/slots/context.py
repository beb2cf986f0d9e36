"""What stands around a slot's values: what distinguishes two slots of one type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from daehwa.nlu.builtins import Text
from daehwa.nlu.languages.text import is_hangul
from daehwa.nlu.slots.joined_cues import JoinedCues, cues_of
from daehwa.nlu.slots.slot_fields import Field, name_words
from daehwa.nlu.slots.templates import Template

_EDGE = 0.9
_CUE = 0.8
_NAME = 0.7
_NAME_BEFORE = 0.4
_OTHER_COUNT = -0.6
_OWN_WORDS = 4  # letters by which a word is compared with a slot's name
_TIMES = frozenset(("nights", "days", "hours", "minutes", "weeks", "months", "years"))
_MOMENTS = frozenset({"AMAZON.Date", "AMAZON.Time"})
_MARKS = ",.?!:;"


class Context:
    """The words before and after each slot in the sample utterances of an intent."""

    def __init__(
        self, fields: Iterable[Field], templates: Iterable[Template], *, locale: str
    ) -> None:
        self._cues = cues = cues_of(locale)
        self._alone: set[str] = set()
        self._before: dict[str, set[str]] = {}
        self._after: dict[str, set[str]] = {}
        self._side: dict[str, int] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._groups: dict[str, frozenset[str]] = {}
        fields = tuple(fields)
        kinds = Counter(field.kind.name for field in fields)
        for field in fields:
            # The only day or hour of an intent is meant, whether it starts or ends something.
            alone = field.kind.name in _MOMENTS and kinds[field.kind.name] == 1
            if alone:
                self._alone.add(field.path)
            self._side[field.path] = _side(field, cues)
            self._names[field.path] = field.words
            self._groups[field.path] = frozenset(
                cues.counted[word] for word in field.words if word in cues.counted
            )
        for template in templates:
            self._learn(template)

    def _learn(self, template: Template) -> None:
        for index, piece in enumerate(template):
            if piece.slot is None:
                continue
            if index and (before := Text(template[index - 1].text).folded.split()):
                self._before.setdefault(piece.slot, set()).add(before[-1].strip(_MARKS))
            if index + 1 < len(template) and (
                after := Text(template[index + 1].text).folded.split()
            ):
                self._after.setdefault(piece.slot, set()).add(self._alike(after[0]))

    def _alike(self, word: str) -> str:
        """A word, or a tail, as the one that says the same: 에게 for 한테."""
        bare = word.strip(_MARKS)
        return self._cues.alike_tails.get(bare, bare)

    def score(self, path: str, text: Text, start: int, end: int) -> float:
        """How well a span's surroundings suit a slot; negative when they speak against it."""
        folded = text.folded
        before = folded[:start].split()
        tail_end = text.word_end(end) if end < len(folded) and is_hangul(folded[end]) else end
        tail = folded[end:tail_end]
        behind = folded[tail_end:].split(maxsplit=3)[:3]
        after = [word.strip(_MARKS) for word in behind]
        while len(after) > 1 and after[0] in self._cues.passed:
            after = after[1:]
        after = after[:1]
        last = before[-1].strip(_MARKS) if before else ""
        score = 0.0
        if last and last in self._before.get(path, ()):
            score += _EDGE
        if self._alike(tail or "".join(after)) in self._after.get(path, ()):
            score += _EDGE
        if (side := self._side.get(path, 0)) != 0:
            cue = _CUE * side * _cue(last, tail, self._cues)
            score += max(cue, 0.0) if path in self._alone else cue
        return score + self._named(path, last, tail, after)

    def counts_others(self, path: str) -> bool:
        """Whether a slot's name says what it counts: people, nights."""
        return bool(self._groups.get(path))

    def counts_no_time(self, path: str) -> bool:
        """Whether a slot's name or samples count something, and no days, nights or hours."""
        behind = (_group(word, self._cues) for word in self._after.get(path, ()))
        groups = {group for group in behind if group is not None}
        groups |= self._groups.get(path, frozenset())
        return bool(groups) and not groups & _TIMES

    def _named(self, path: str, last: str, tail: str, after: list[str]) -> float:
        """What the words beside a value say of the slot's name: two *nights*, 두 *명*."""
        names = self._names.get(path, frozenset())
        behind = [tail, *after] if tail else after
        if any(_alike(word, name) for word in behind for name in names):
            return _NAME
        groups = self._groups.get(path, frozenset())
        if groups:
            counted = next(
                (g for word in behind if (g := _group(word, self._cues)) is not None), None
            )
            if counted in groups:
                return _NAME
            if any(counted in other for other in self._groups.values()):
                return _OTHER_COUNT
        return _NAME_BEFORE if any(_alike(last, name) for name in names) else 0.0


def _side(field: Field, cues: JoinedCues) -> int:
    """Whether a slot's name says source (1) or target (-1)."""
    name = field.path.rpartition(".")[2]
    words = set(name_words(name))
    if (
        {"check", "out"} <= words
        or words & cues.target_names
        or any(part in name for part in cues.target_parts)
    ):
        return -1
    if (
        {"check", "in"} <= words
        or words & cues.source_names
        or any(part in name for part in cues.source_parts)
    ):
        return 1
    return 0


def _cue(last: str, tail: str, cues: JoinedCues) -> int:
    if tail.startswith(cues.source_tails):
        return 1
    if tail.startswith(cues.target_tails):
        return -1
    return 1 if last in cues.source_words else -1 if last in cues.target_words else 0


def _group(word: str, cues: JoinedCues) -> str | None:
    """What a word or a counter counts; a Korean counter may have its particle on."""
    if not word or not is_hangul(word[0]):
        return cues.counted.get(word)
    stems = (word[:size] for size in range(min(3, len(word)), 0, -1))
    return next((cues.counted[stem] for stem in stems if stem in cues.counted), None)


def _alike(word: str, name: str) -> bool:
    """Whether a word of the text is the slot's name in some form: nights and Night."""
    if not name or not word:
        return False
    if is_hangul(name[0]):
        return len(name) > 1 and word.startswith(name)
    shared = max(_OWN_WORDS, len(word) - 2)
    return len(word) >= _OWN_WORDS and len(name) >= _OWN_WORDS and name[:shared] == word[:shared]
