"""Which intent a text means that denies something: "don't cancel, change it".

What replaces the denied decides. Where nothing does, and what is denied is what the text would
be taken for, the text means no intent, unless the denial belongs to it: a wish to be left
alone, a fault that is reported. An intent's own samples tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

import msgspec

from daehwa import lex
from daehwa.nlu.languages.spans import Span
from daehwa.nlu.languages.text import Text
from daehwa.nlu.negation.denials import (
    Denial,
    asserted_in,
    content_words,
    denials,
    says_anything,
)

_CLEAR: Final = 0.4
"""A text that scores this much means the intent, as far as the threshold of Lex's own goes."""

_SURE: Final = 0.8
"""What is asserted decides alone from this score on."""

_SHARING: Final = 2
"""Words of the denied from which on it may share some with what is asserted."""

_ALWAYS: Final = frozenset(("contrast", "correction", "command"))
"""Denials that are never a part of what an intent says, but where its samples say so."""

_FAINT: Final = 0.1
"""What is left of the scores of a text that only denies."""

Candidates = tuple[lex.Candidate, ...]
Classify = Callable[[str], Candidates]
Fill = Callable[[str], Mapping[str, lex.Slot]]


class Habits:
    """How the samples of a locale's intents deny: by intent, the words of their denials."""

    def __init__(self, samples: Iterable[tuple[str, str]], locale: str) -> None:
        """Of pairs of an intent's name and a sample."""
        self._samples: dict[str, list[str]] = {}
        for intent, sample in samples:
            self._samples.setdefault(intent, []).append(sample)
        self._locale = locale

    @cached_property
    def _words(self) -> dict[str, tuple[set[str], set[str]]]:
        """By intent, the words of its samples that are denied there, and those that are not."""
        words: dict[str, tuple[set[str], set[str]]] = {}
        for intent, samples in self._samples.items():
            denied, plain = words.setdefault(intent, (set(), set()))
            for sample in samples:
                folded = Text(sample).folded
                some = denials(folded, self._locale)
                for denial in some:
                    denied.update(content_words(folded, denial.predicate, denial.rules))
                if not some:
                    plain.update(folded.split())
        return words

    def denies(self, intent: str, folded: str, denial: Denial) -> bool:
        """Whether a sample of an intent denies the same."""
        own = content_words(folded, denial.predicate, denial.rules)
        return _share(own, self._words.get(intent, (set(), set()))[0], denial.rules.stem)

    def affirms(self, intent: str, folded: str, denial: Denial) -> bool:
        """Whether a sample of an intent says what a denial of a state denies."""
        own = content_words(folded, denial.predicate, denial.rules)
        return _share(own, self._words.get(intent, (set(), set()))[1], denial.rules.stem)


def _share(own: Iterable[str], others: set[str], stem: int) -> bool:
    """Whether some of the words are the same, or begin alike."""
    beginnings = {word[:stem] for word in others if len(word) >= stem}
    return any(word in others or word[:stem] in beginnings for word in own if len(word) >= stem)


def obeyed(
    text: str, locale: str, classify: Classify, fill: Fill, habits: Habits
) -> Candidates:
    """The intents that a text means, the most likely first, what it denies not among them.

    ``classify`` gives those of a text that denies nothing; ``fill`` the slots of an intent that the
    text fills.
    """
    whole = classify(text)
    spoken = Text(text)
    some = denials(spoken.folded, locale)
    if not some or not whole:
        return whole
    return _Denying(spoken, some, whole, classify, fill, habits).candidates()


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
        deny = [d for d in self.some if d.kind in ("contrast", "command", "state")]
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
        plainly = self.classify(self._plainly(denial))
        return bool(plainly) and plainly[0].intent == top and plainly[0].score >= _CLEAR

    def _refused(self, denial: Denial) -> Candidates:
        """What a text means that refuses something and wants nothing instead."""
        if denial.thing:
            plainly = self.classify(self._plainly(denial))
            if plainly and plainly[0].intent != self.whole[0].intent:
                return self.whole
        return _faint(self.whole)

    def _replaced(self, strong: Sequence[Denial], rest: Sequence[Span]) -> Candidates:
        """What a text means that wants something in the place of what it denies."""
        instead = self.classify(_joined(self.text, rest))
        if instead and instead[0].score >= _SURE:
            return instead
        refused = [
            denied[0]
            for denial in strong
            if (denied := self.classify(self._denied(denial))) and denied[0].score >= _CLEAR
        ]
        names = {each.intent for each in refused}
        meant = [instead, *map(self.classify, self._fuller(strong, rest))]
        clear = [
            some
            for number, some in enumerate(meant)
            if some
            and some[0].score >= _CLEAR
            and (number == 0 or some[0].intent not in names)
        ]
        if clear:
            return max(clear, key=_score)
        top = self.whole[0].intent
        if top not in names or (instead and instead[0].intent == top):
            # What is denied is a value, and no intent.
            alike = instead and instead[0].intent == top
            return max(instead, self.whole, key=_score) if alike else self.whole
        surest = max((*refused, self.whole[0]), key=lambda each: each.score)
        return (surest,) if self._puts_value_right(surest.intent, rest) else _faint(self.whole)

    def _puts_value_right(self, intent: str, rest: Sequence[Span]) -> bool:
        """Whether a slot of an intent is filled from what is asserted."""
        values = [slot.value for slot in self.fill(intent).values() if slot.value]
        return any(
            value.original_value and value.original_value in self.text.raw[start:end]
            for value in values
            for start, end in rest
        )

    def _plainly(self, denial: Denial) -> str:
        """The text with a denial's words said plainly."""
        start, end = denial.cue
        return f"{self.text.raw[:start]}{denial.plainly}{self.text.raw[end:]}"

    def _denied(self, denial: Denial) -> str:
        """What is denied, as a text of its own."""
        start, end = denial.scope
        words = self.text.raw[start:end]
        if denial.kind == "state":
            return self._plainly(denial)
        if denial.kind != "command":
            return words
        return f"{words}{denial.plainly}" if denial.side == "before" else f"{denial.plainly} {words}"

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


def _score(candidates: Candidates) -> float:
    return candidates[0].score


def _joined(text: Text, parts: Sequence[Span]) -> str:
    """Parts of a text as one."""
    return " ".join(words for start, end in parts if (words := text.raw[start:end].strip(" ,.;…")))


def _faint(candidates: Candidates) -> Candidates:
    """Candidates that hardly are."""
    return tuple(
        msgspec.structs.replace(each, score=round(each.score * _FAINT, 4)) for each in candidates
    )
