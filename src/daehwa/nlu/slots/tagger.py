"""The tagger: a conditional random field that finds a slot's values by what surrounds them.

One for each intent, learned from its sample utterances, each refilled with values of its slot
types. In part of the refilled texts what only one value or sample says is hidden, so that the
tagger learns to know a value it has never seen by its surroundings and by the words that it
shares with others, and that a word it has never seen need not be a value.
"""

from __future__ import annotations

import random
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from daehwa.nlu.builtins import Text
from daehwa.nlu.languages.spans import Span
from daehwa.nlu.languages.suffixes import stem_ends
from daehwa.nlu.languages.text import is_hangul
from daehwa.nlu.slots.features import Shared, Spans, affixes_of, features, flags
from daehwa.nlu.slots.templates import Filled, Template, fill, slots_of, without
from daehwa.nlu.slots.tokens import Token, tokenise

_MOST_REFILLS = 20
_LEAST_REFILLS = 8
_SAMPLES_ENOUGH = 4
_SEQUENCES = 160
_UNSAID_SHARE = 0.25
_HIDDEN_SHARE = 0.5
_ENTIRELY_SHARE = 0.3
_LITERALS_SHARE = 0.3
_STRANGE_SHARE = 0.03
_HIDDEN = "?"
_FEW_SAMPLES = 20
_WORTH_LOST = 0.008
_LEAST_LISTED_WORTH = 0.6
_OUTSIDE = "O"
_ITERATIONS = 80


class TaggedSpan(NamedTuple):
    """A part of a text that looks like the value of a path, and how likely it is one (0 to 1)."""

    path: str
    span: Span
    probability: float


Choices = Mapping[str, Sequence[Sequence[tuple[str, str]]]]


class _Hiding(NamedTuple):
    """What a copy of a sample keeps from the tagger: words as it will meet them unheard-of."""

    values: bool  # what only one value says, and that the value is known
    entirely: bool  # all that the value says
    literals: bool  # what only one sample says

    @classmethod
    def drawn(cls, chooser: random.Random) -> _Hiding:
        """What chance hides."""
        return cls(
            values=chooser.random() < _HIDDEN_SHARE,
            entirely=chooser.random() < _ENTIRELY_SHARE,
            literals=chooser.random() < _LITERALS_SHARE,
        )

    def hides(self, path: str, sources: int, hideable: frozenset[str]) -> bool:
        """Whether a word is hidden; ``path`` is that of its value, empty where it has none.

        ``sources`` is how many of the values and samples say the word.
        """
        if not path:
            return self.literals and sources <= 1
        return self.values and path in hideable and (self.entirely or sources <= 1)


class Tagger:
    """A learned tagger. Safe to share among threads."""

    def __init__(
        self, model: bytes, *, words: frozenset[str], shared: Shared, samples: int
    ) -> None:
        """Take what was learned: the field itself, the words it saw, and what they share.

        ``samples`` is the number of sample utterances it was learned from.
        """
        self._words = words
        self._shared = shared
        more = max(0, samples - _FEW_SAMPLES)
        # From many samples the tagger knows better than a list where a value stands.
        self.listed_worth = max(_LEAST_LISTED_WORTH, 1 - more * _WORTH_LOST)
        self._model = model  # the tagger reads from these bytes as long as it lives
        self._crf = pycrfsuite.Tagger()
        self._crf.open_inmemory(model)
        self._lock = threading.Lock()
        self.paths = frozenset(_path(label) for label in self._crf.labels() if label != _OUTSIDE)

    @classmethod
    def learn(
        cls,
        templates: Sequence[Template],
        choices: Choices,
        known: Callable[[Text], Spans],
        *,
        hideable: frozenset[str],
        strange: Sequence[str] = (),
        seed: int = 0,
    ) -> Tagger:
        """Learn from templates.

        ``choices`` gives for each slot the ways to fill its placeholder: each a sequence of
        (path, value), more than one for a composite slot. ``known`` finds the known values
        of a text by type; ``hideable`` names the paths whose values may be unheard-of;
        ``strange`` are sentences that say no value.
        """
        chooser = random.Random(seed)  # noqa: S311  values, not secrets
        trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
        trainer.set_params({"c1": 0.05, "c2": 0.1, "max_iterations": _ITERATIONS})
        sources = _sources(templates, choices)
        shared = _shared(choices, sources)
        seen: set[str] = set()
        copies = 0
        for text, spans in _copies(templates, choices, chooser):
            tokens = tokenise(text)
            labels = _labels(tokens, spans)
            places = known(text)
            hiding = _Hiding.drawn(chooser)
            if hiding.values:
                places = _without(places, [s for s in spans if s.slot in hideable])
            words = [
                _HIDDEN if hiding.hides(_path(label), sources[token.word], hideable) else token.word
                for token, label in zip(tokens, labels, strict=True)
            ]
            trainer.append(features(text, tokens, flags(tokens, places), words, shared), labels)
            seen.update(words)
            copies += 1
        for text in _drawn(strange, round(_STRANGE_SHARE * copies), chooser):
            tokens = tokenise(text)
            words = [t.word if t.word in seen else _HIDDEN for t in tokens]
            rows = features(text, tokens, flags(tokens, known(text)), words, shared)
            trainer.append(rows, [_OUTSIDE] * len(tokens))
        with tempfile.NamedTemporaryFile(suffix=".crf") as file:
            trainer.train(file.name)
            model = Path(file.name).read_bytes()
        return cls(model, words=frozenset(seen), shared=shared, samples=len(templates))

    def tag(self, text: Text, known: Spans) -> list[TaggedSpan]:
        """The spans that look like values."""
        tokens = tokenise(text)
        if not tokens:
            return []
        words = [t.word if t.word in self._words else _HIDDEN for t in tokens]
        rows = features(text, tokens, flags(tokens, known), words, self._shared)
        with self._lock:
            self._crf.set(rows)
            labels = self._crf.tag()
            if all(label == _OUTSIDE for label in labels):
                return []
            runs = _runs(labels)
            return [
                TaggedSpan(
                    run.path,
                    _snapped(text, Span(tokens[run.first].start, tokens[run.last].end)),
                    min(self._crf.marginal(labels[i], i) for i in range(run.first, run.last + 1)),
                )
                for run in runs
            ]


def _sources(templates: Sequence[Template], choices: Choices) -> Counter[str]:
    """In how many of the samples and values each word stands."""
    values = {value for ways in choices.values() for _, value in chain.from_iterable(ways)}
    counts = Counter(word for value in values for word in {t.word for t in tokenise(Text(value))})
    for template in templates:
        counts.update({t.word for piece in template for t in tokenise(Text(piece.text))})
    return counts


def _copies(
    templates: Sequence[Template], choices: Choices, chooser: random.Random
) -> Iterator[tuple[Text, list[Filled]]]:
    """The templates, each refilled so often as it takes to learn from it, with their spans."""
    rounds = min(_MOST_REFILLS, max(_LEAST_REFILLS, _SEQUENCES // max(len(templates), 1)))
    samples = Counter(name for template in templates for name in set(slots_of(template)))
    for template in templates:
        rarest = min((samples[name] for name in slots_of(template)), default=0)
        # What few samples show is shown more often.
        often = max(1.0, _SAMPLES_ENOUGH / rarest) if rarest else 1 / rounds
        for _ in range(round(rounds * often)):
            text, spans = _refilled(_varied(template, chooser), choices, chooser)
            if text.starts:
                yield text, spans


def _drawn(sentences: Sequence[str], most: int, chooser: random.Random) -> Iterator[Text]:
    return map(Text, chooser.sample(sentences, min(most, len(sentences))))


def _shared(choices: Choices, words: Iterable[str]) -> Shared:
    """What the words of a bot have in common: parts of values (*Grill*, *Hits*), affixes."""
    affixes = Counter(affix for word in words for affix in affixes_of(word))
    return Shared(
        parts=_shared_words(choices),
        affixes=frozenset(affix for affix, count in affixes.items() if count > 1),
    )


def _shared_words(choices: Choices) -> dict[str, tuple[str, ...]]:
    """Words that several values of a slot have in common, with the slots."""
    values: dict[str, dict[str, set[str]]] = {}
    for ways in choices.values():
        for path, value in chain.from_iterable(ways):
            for token in tokenise(Text(value)):
                values.setdefault(token.word, {}).setdefault(path, set()).add(value)
    return {
        word: tuple(path for path, holders in paths.items() if len(holders) > 1)
        for word, paths in values.items()
        if any(len(holders) > 1 for holders in paths.values())
    }


def _refilled(
    template: Template,
    choices: Choices,
    chooser: random.Random,
) -> tuple[Text, list[Filled]]:
    """A template with values in it, and where each value's path lies in the text."""
    picked = {name: chooser.choice(choices[name]) for name in slots_of(template)}
    refilled, whole = fill(
        template, {name: " ".join(value for _, value in parts) for name, parts in picked.items()}
    )
    spans: list[Filled] = []
    for filled in whole:
        at = filled.start
        for path, value in picked[filled.slot]:
            spans.append(Filled(at, at + len(value), path))
            at += len(value) + 1
    lead = len(refilled) - len(refilled.lstrip())
    return Text(refilled), [Filled(start - lead, end - lead, path) for start, end, path in spans]


def _varied(template: Template, chooser: random.Random) -> Template:
    """A template, now and then with one of its slots unsaid, so that none leans on another."""
    places = [index for index, piece in enumerate(template) if piece.slot]
    if len(places) > 1 and chooser.random() < _UNSAID_SHARE:
        return without(template, chooser.choice(places))
    return template


def _labels(tokens: Sequence[Token], spans: Sequence[Filled]) -> list[str]:
    labels: list[str] = []
    for token in tokens:
        label = _OUTSIDE
        for start, end, path in spans:
            if token.start < end and token.end > start:
                label = f"{'B' if token.start <= start else 'I'}-{path}"
                break
        labels.append(label)
    return labels


def _without(known: Spans, hidden: Sequence[Filled]) -> Spans:
    """Known values but for those inside hidden spans."""
    return {
        name: [
            place
            for place in places
            if not any(place.overlaps(Span(value.start, value.end)) for value in hidden)
        ]
        for name, places in known.items()
    }


def _snapped(text: Text, span: Span) -> Span:
    """A span with its ends where a Korean noun may end: 강남 of 강남역으로 is 강남역."""
    folded = text.folded
    start, end = span
    while start and is_hangul(folded[start]) and is_hangul(folded[start - 1]):
        start -= 1
    if not is_hangul(folded[end - 1]):
        return Span(start, end)
    begin = end
    while begin > start and is_hangul(folded[begin - 1]):
        begin -= 1
    word = folded[begin : text.word_end(end - 1)]
    sizes = sorted(size for size in stem_ends(word) if begin + size >= end)
    return Span(start, begin + sizes[0] if sizes else end)


def _path(label: str) -> str:
    """The path of a label (``B-City``), empty outside values."""
    return label.partition("-")[2]


class _Run(NamedTuple):
    """The tokens from ``first`` to ``last`` that are labelled as the value of a path."""

    path: str
    first: int
    last: int


def _runs(labels: Sequence[str]) -> list[_Run]:
    """The runs of labels, left to right."""
    runs: list[_Run] = []
    for index, label in enumerate(labels):
        if label == _OUTSIDE:
            continue
        path = _path(label)
        goes_on = (
            label.startswith("I-") and runs and runs[-1].path == path and runs[-1].last == index - 1
        )
        if goes_on:
            runs[-1] = _Run(path, runs[-1].first, index)
        else:
            runs.append(_Run(path, index, index))
    return runs
