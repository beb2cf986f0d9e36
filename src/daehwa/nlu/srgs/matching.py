"""Matching a text against a grammar.

At each place every end that a part can reach is looked for once, so that the work is bounded by
the size of the grammar times that of the text, however ambiguous the grammar is.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Final

import msgspec

from daehwa.nlu.srgs.grammar import (
    Choice,
    Garbage,
    Grammar,
    Part,
    Ref,
    Repeat,
    Sequence,
    Tag,
    Word,
    words,
)
from daehwa.nlu.srgs.script import as_text
from daehwa.nlu.srgs.semantics import Called, Step, Tagged, result

_MOST_WORDS: Final = 60
_DEEPEST_RULE: Final = 30
_DIGITS: Final = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]

_Ends = dict[int, tuple[Step, ...]]


class Match(msgspec.Struct, frozen=True):
    """The part of a text that a grammar accepts, and what its tags make of it."""

    start: int
    end: int
    value: str


class _Word(msgspec.Struct, frozen=True):
    """A word of a text, and where it stands."""

    text: str
    start: int
    end: int


def match(grammar: Grammar, text: str) -> Match | None:
    """The whole of a text as the grammar's root rule accepts it; ``None`` when it does not."""
    for spoken in _ways(text):
        if spoken and (steps := _Matcher(grammar, spoken).root(0).get(len(spoken))) is not None:
            return _matched(grammar, text, spoken, steps)
    return None


def find(grammar: Grammar, text: str) -> list[Match]:
    """What of a text the grammar accepts, the longest at each place, left to right."""
    matches: list[Match] = []
    for spoken in _ways(text):
        matcher = _Matcher(grammar, spoken)
        place = 0
        while place < len(spoken):
            ends = matcher.root(place)
            end = max(ends, default=place)
            if end > place:
                matches.append(_matched(grammar, text, spoken[place:end], ends[end]))
            place = max(end, place + 1)
        if matches:
            break
    return matches


def examples(grammar: Grammar, most: int = 12) -> list[str]:
    """Some texts that the grammar accepts."""
    return list(dict.fromkeys(_Phrases(grammar, most).of(Ref(grammar.root))))


def _matched(grammar: Grammar, text: str, spoken: list[_Word], steps: tuple[Step, ...]) -> Match:
    start, end = spoken[0].start, spoken[-1].end
    return Match(start, end, _written(result(grammar, steps, text[start:end]), text[start:end]))


def _written(value: object, words: str) -> str:
    """A result as Lex gives it: a text as it is, an object in JSON, none as the words."""
    if isinstance(value, str):
        return value or words
    if value is None or value == {}:
        return words
    if isinstance(value, float):
        return as_text(value)
    return json.dumps(_whole(value), ensure_ascii=False, separators=(",", ":"))


def _whole(value: object) -> object:
    """A result with whole numbers as such; what is no number in JSON is null."""
    match value:
        case float():
            return int(value) if value.is_integer() else (value if math.isfinite(value) else None)
        case dict():
            return {name: _whole(inner) for name, inner in value.items()}
        case list():
            return [_whole(inner) for inner in value]
    return value


def _ways(text: str) -> Iterator[list[_Word]]:
    """A text's words; with its digits one by one; and with these as words, for what is typed."""
    folded = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    spoken = [_Word(word[0].casefold(), word.start(), word.end()) for word in words(folded)][
        :_MOST_WORDS
    ]
    yield spoken
    if not any(word.text.isdecimal() for word in spoken):
        return
    single = [
        _Word(char, word.start + place, word.start + place + 1) if word.text.isdecimal() else word
        for word in spoken
        for place, char in enumerate(word.text if word.text.isdecimal() else (word.text,))
    ][:_MOST_WORDS]
    yield single
    yield [
        _Word(_DIGITS[int(word.text)], word.start, word.end) if word.text.isdecimal() else word
        for word in single
    ]


class _Matcher:
    """One grammar against one text."""

    def __init__(self, grammar: Grammar, spoken: list[_Word]) -> None:
        self._grammar = grammar
        self._words = spoken
        self._known: dict[tuple[str, int], _Ends] = {}
        self._depth = 0

    def root(self, at: int) -> _Ends:
        """Where the root rule can end that begins at a word."""
        return self._rule(self._grammar.root, at)

    def _rule(self, name: str, at: int) -> _Ends:
        key = (name, at)
        if key in self._known:
            return self._known[key]
        if self._depth >= _DEEPEST_RULE:
            return {}
        # A rule that comes back to itself without a word in between goes nowhere.
        self._known[key] = {}
        self._depth += 1
        ends = self._ends(self._grammar.rules[name], at)
        self._depth -= 1
        self._known[key] = ends
        return ends

    def _ends(self, part: Part, at: int) -> _Ends:  # noqa: PLR0911 - one a kind of part
        match part:
            case Word(text):
                here = at < len(self._words) and self._words[at].text == text
                return {at + 1: ()} if here else {}
            case Tag(code):
                return {at: (Tagged(code),)}
            case Garbage():
                return dict.fromkeys(range(at, len(self._words) + 1), ())
            case Ref(rule):
                return {
                    end: (Called(rule, steps, " ".join(w.text for w in self._words[at:end])),)
                    for end, steps in self._rule(rule, at).items()
                }
            case Sequence(parts):
                return self._one_after_the_other(parts, at)
            case Choice(parts):
                ends: _Ends = {}
                for inner in parts:
                    for end, steps in self._ends(inner, at).items():
                        ends.setdefault(end, steps)
                return ends
            case Repeat(inner, least, most):
                return self._repeated(inner, least, most, at)

    def _one_after_the_other(self, parts: tuple[Part, ...], at: int) -> _Ends:
        ends: _Ends = {at: ()}
        for part in parts:
            onward: _Ends = {}
            for place, before in ends.items():
                for end, steps in self._ends(part, place).items():
                    onward.setdefault(end, before + steps)
            ends = onward
        return ends

    def _repeated(self, part: Part, least: int, most: int, at: int) -> _Ends:
        ends: _Ends = {at: ()} if least == 0 else {}
        reached: _Ends = {at: ()}
        for times in range(1, most + 1):
            onward: _Ends = {}
            for place, before in reached.items():
                for end, steps in self._ends(part, place).items():
                    if end > place or times <= least:
                        onward.setdefault(end, before + steps)
            if times >= least:
                for end, steps in onward.items():
                    ends.setdefault(end, steps)
            if not onward:
                break
            reached = onward
        return ends


class _Phrases:
    """Texts that parts of a grammar accept, a few of each."""

    def __init__(self, grammar: Grammar, most: int) -> None:
        self._grammar = grammar
        self._most = most
        self._known: dict[str, list[str]] = {}

    def of(self, part: Part) -> list[str]:
        """The texts of a part."""
        match part:
            case Word(text):
                return [text]
            case Ref(rule):
                return self._of_rule(rule)
            case Choice(parts):
                return [phrase for inner in parts for phrase in self.of(inner)][: self._most]
            case Sequence(parts):
                made = [""]
                for inner in parts:
                    onward = self.of(inner)
                    made = [f"{a} {b}".strip() for a in made for b in onward][: self._most]
                return made
            case Repeat(inner, least, _) if least:
                return [" ".join([phrase] * least) for phrase in self.of(inner)]
        return [""]

    def _of_rule(self, rule: str) -> list[str]:
        if rule not in self._known:
            # A rule within itself has no examples, so that these have an end.
            self._known[rule] = []
            self._known[rule] = self.of(self._grammar.rules[rule])
        return self._known[rule]
