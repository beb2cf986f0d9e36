"""Which intent a text means that denies something: "don't cancel, change it".

What replaces the denied decides. Where nothing does, and what is denied is what the text would
be taken for, the text means no intent, unless the denial belongs to it: a wish to be left
alone, a fault that is reported. An intent's own samples tell.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from daehwa import lex
from daehwa.nlu.languages.spans import Span
from daehwa.nlu.languages.text import Text
from daehwa.nlu.negation.denials import (
    REFUSING,
    Denial,
    asserted_in,
    content_words,
    denials,
    says_anything,
)

_CLEAR: Final = 0.4
"""A text that scores this much means the intent, as far as the threshold of Lex's own goes."""

_SHARING: Final = 2
"""Words of the denied from which on it may share some with what is asserted."""

_BESIDE_VALUES: Final = 1
"""Words that may stand beside values that only put others right: 3 *nights*."""

_ALWAYS: Final = frozenset(("contrast", "correction", *REFUSING))
"""Denials that are never a part of what an intent says, but where its samples say so."""

_OWNED: Final = frozenset(("contrast", "state", *REFUSING))
"""Denials that may be a part of what an intent says."""

_HABITUAL: Final = 0.3
"""The share of an intent's samples from which on forbidding is its nature."""

_MOST: Final = 4
"""Denials of a text that are looked into; each may take a classification."""

_SPEAKS: Final = 0.15
"""How much likelier a denial has to make an intent to be a part of it."""

_FAINT: Final = 0.1
"""What is left of the scores of a text that only denies."""

Candidates = tuple[lex.Candidate, ...]
Classify = Callable[[str], Candidates]
Fill = Callable[[str], Mapping[str, lex.Slot]]


class _Words(msgspec.Struct):
    """The words of an intent's samples: those that are denied most closely, and those that are not.

    ``forbidding`` of ``samples`` samples forbid something.
    """

    denied: set[str]
    plain: set[str]
    forbidding: int = 0
    samples: int = 0


class Habits:
    """How the samples of a locale's intents deny."""

    def __init__(self, samples: Iterable[tuple[str, str]], locale: str) -> None:
        """Of pairs of an intent's name and a sample."""
        self._samples: dict[str, list[str]] = {}
        for intent, sample in samples:
            self._samples.setdefault(intent, []).append(sample)
        self._locale = locale
        self._read: dict[str, _Words] = {}

    def _words(self, intent: str) -> _Words:
        words = self._read.get(intent)
        if words is None:
            words = self._read[intent] = _Words(denied=set(), plain=set())
            for sample in self._samples.get(intent, ()):
                folded = Text(sample).folded
                some = [d for d in denials(folded, self._locale) if d.kind in _OWNED]
                for denial in some:
                    words.denied.update(content_words(folded, denial.predicate, denial.rules))
                if not some:
                    words.plain.update(folded.split())
                words.forbidding += any(denial.kind == "forbid" for denial in some)
                words.samples += 1
        return words

    def denies(self, intent: str, folded: str, denial: Denial) -> bool:
        """Whether a sample of an intent denies the same, or many forbid as the text does."""
        words = self._words(intent)
        if denial.kind == "forbid" and words.forbidding >= words.samples * _HABITUAL:
            return True
        own = content_words(folded, denial.predicate, denial.rules)
        return _share(own, words.denied, denial.rules.stem)

    def affirms(self, intent: str, folded: str, denial: Denial) -> bool:
        """Whether a sample of an intent says what a denial of a state denies."""
        own = content_words(folded, denial.predicate, denial.rules)
        stem = denial.rules.stem
        return _share(own, {w for w in self._words(intent).plain if len(w) >= stem}, stem)


def _share(own: Iterable[str], others: set[str], stem: int) -> bool:
    """Whether some of the words begin alike, as far as the shorter goes."""
    beginnings = {word[:stem] for word in others}
    return any(word[:size] in beginnings for word in own for size in range(1, stem + 1))


def obeyed(text: str, locale: str, classify: Classify, fill: Fill, habits: Habits) -> Candidates:
    """The intents that a text means, the most likely first, what it denies not among them.

    ``classify`` gives those of a text that denies nothing; ``fill`` the slots of an intent that the
    text fills.
    """
    whole = classify(text)
    spoken = Text(text)
    some = denials(spoken.folded, locale)[:_MOST]
    if not some or not whole:
        return whole
    return _Denying(spoken, some, whole, classify, fill, habits).candidates()


def refused(text: str, locale: str, classify: Classify) -> str | None:
    """The intent that a text refuses and wants nothing instead: "no, don't cancel it"."""
    spoken = Text(text)
    some = [d for d in denials(spoken.folded, locale) if d.kind in REFUSING]
    if not some or says_anything(spoken.folded, asserted_in(spoken.folded, some), some[0].rules):
        return None
    plainly = classify(_plainly(spoken, some[-1]))
    return plainly[0].intent if plainly and plainly[0].score >= _CLEAR else None


class _Denying(NamedTuple):
    """A text that denies, with what it would mean if it did not."""

    text: Text
    some: Sequence[Denial]
    whole: Candidates
    classify: Classify
    fill: Fill
    habits: Habits

    def candidates(self) -> Candidates:
        """What the text means."""
        folded = self.text.folded
        top = self.whole[0].intent
        deny = [d for d in self.some if d.kind in _OWNED]
        if any(self.habits.denies(top, folded, denial) for denial in deny):
            return self.whole
        strong = [d for d in self.some if d.kind in _ALWAYS or self._denies_state(d)]
        if not strong:
            return self.whole
        rest = asserted_in(folded, strong)
        if not says_anything(folded, rest, strong[0].rules):
            return self._refused(strong[-1])
        return self._replaced(strong, rest)

    def _denies_state(self, denial: Denial) -> bool:
        """Whether what is denied is the very state that the text would be taken to report."""
        top = self.whole[0].intent
        if denial.kind != "state" or not self.habits.affirms(top, self.text.folded, denial):
            return False
        plainly = self.classify(_plainly(self.text, denial))
        return bool(plainly) and plainly[0].intent == top and plainly[0].score >= _CLEAR

    def _refused(self, denial: Denial) -> Candidates:
        """What a text means that refuses something and wants nothing instead."""
        top = self.whole[0]
        if denial.thing and self._is_rid_of(denial):
            return self.whole
        if denial.kind == "correction":
            # The words that take it back may be an intent's own: "never mind".
            back = self.classify(self.text.raw[denial.words.start : denial.words.end])
            return back if _score(back) >= _CLEAR else _faint(self.whole)
        plainly = self.classify(_plainly(self.text, denial))
        if not plainly:
            return _faint(self.whole)
        if plainly[0].intent != top.intent:
            return self.whole if denial.thing or plainly[0].score < _CLEAR else _faint(self.whole)
        return _faint(self.whole) if plainly[0].score >= top.score - _SPEAKS else self.whole

    def _is_rid_of(self, denial: Denial) -> bool:
        """Whether a thing is declined that one has: I don't need my room anymore."""
        folded = self.text.folded
        return bool(
            denial.rules.ceasing.search(folded)
            and denial.rules.having.search(folded, *denial.scope)
        )

    def _replaced(self, strong: Sequence[Denial], rest: Sequence[Span]) -> Candidates:
        """What a text means that wants something in place of what it denies."""
        instead = self.classify(_joined(self.text, rest))
        refused = [
            denied[0]
            for denial in strong
            if (denied := self.classify(self._denied(denial))) and denied[0].score >= _CLEAR
        ]
        surest = max((*refused, self.whole[0]), key=lambda each: each.score)
        other = _score(instead) >= _CLEAR and instead[0].intent != surest.intent
        beside = 0 if other else _BESIDE_VALUES
        if surest.score >= _CLEAR and self._puts_value_right(surest.intent, rest, beside):
            return self.whole if surest is self.whole[0] else (surest,)
        names = {each.intent for each in refused}
        if not names and self.whole[0].score >= _CLEAR:
            return max(instead, self.whole, key=_score)
        meant = [instead, *map(self.classify, self._fuller(strong, rest))]
        clear = [
            some
            for some in meant
            if some and some[0].score >= _CLEAR and (some is instead or some[0].intent not in names)
        ]
        if clear:
            return max(clear, key=_score)
        top = self.whole[0].intent
        if top not in names or all(denial.kind == "state" for denial in strong):
            # What is denied is a value, or not all that is said.
            own = instead and instead[0].intent == top and names
            return (
                max(_instead(instead, strong, names), self.whole, key=_score) if own else self.whole
            )
        if instead and instead[0].intent == top:
            return max(instead, self.whole, key=_score)
        return self._both(instead, names) or _instead(instead, strong, names) or _faint(self.whole)

    def _both(self, instead: Candidates, refused: Collection[str]) -> Candidates:
        """The intent that the asserted hints at, and all of the text next to what it refuses."""
        others = [each for each in self.whole if each.intent not in refused]
        if not instead or not others or others[0].intent != instead[0].intent:
            return ()
        doubt = (1 - instead[0].score) * (1 - others[0].score)
        return (msgspec.structs.replace(instead[0], score=round(1 - doubt, 4)), *instead[1:])

    def _puts_value_right(self, intent: str, rest: Sequence[Span], beside: int) -> bool:
        """Whether what is asserted is hardly more than values of an intent's slots.

        ``beside`` other words may stand beside them, none of them among the denied.
        """
        asserted = _joined(self.text, rest)
        values = [slot.value for slot in self.fill(intent).values() if slot.value]
        own = [v for value in values if (v := value.original_value) and v in asserted]
        left = asserted.lower()
        for value in own:
            left = left.replace(value.lower(), " ")
        words = list(content_words(left, Span(0, len(left)), self.some[0].rules))
        denied = " ".join(self.text.folded[d.scope.start : d.scope.end] for d in self.some).split()
        return bool(own) and len([word for word in words if word not in denied]) <= beside

    def _denied(self, denial: Denial) -> str:
        """What is denied, as a text of its own."""
        start, end = denial.scope
        words = self.text.raw[start:end]
        if denial.kind == "state":
            return _plainly(self.text, denial)
        if denial.kind not in REFUSING:
            return words
        return (
            f"{words}{denial.plainly}" if denial.side == "before" else f"{denial.plainly} {words}"
        )

    def _fuller(self, strong: Sequence[Denial], rest: Sequence[Span]) -> Iterable[str]:
        """What is asserted, with words of the denied that it may leave out."""
        asserted = _joined(self.text, rest)
        denial = strong[0]
        words = self.text.raw[denial.scope.start : denial.scope.end].split()
        if len(words) < _SHARING:
            return
        if denial.side == "before":
            yield " ".join([*words[:-1], asserted])
        else:
            yield " ".join([asserted, *words[1:]])


def _instead(instead: Candidates, strong: Sequence[Denial], refused: Collection[str]) -> Candidates:
    """What takes the place of an intent: who takes one back seldom wants none of the others."""
    corrects = any(denial.kind in ("contrast", "correction") for denial in strong)
    if not corrects or not instead or instead[0].intent in refused:
        return ()
    doubt = (1 - instead[0].score) ** 2
    return (msgspec.structs.replace(instead[0], score=round(1 - doubt, 4)), *instead[1:])


def _plainly(text: Text, denial: Denial) -> str:
    """A text with a denial's words said plainly."""
    start, end = denial.cue
    return denial.rules.ceasing.sub("", f"{text.raw[:start]}{denial.plainly}{text.raw[end:]}")


def _score(candidates: Candidates) -> float:
    return candidates[0].score if candidates else 0.0


def _joined(text: Text, parts: Sequence[Span]) -> str:
    """Parts of a text as one."""
    return " ".join(words for start, end in parts if (words := text.raw[start:end].strip(" ,.;…")))


def _faint(candidates: Candidates) -> Candidates:
    """Candidates that hardly are."""
    return tuple(
        msgspec.structs.replace(each, score=round(each.score * _FAINT, 4)) for each in candidates
    )
