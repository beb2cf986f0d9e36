"""Matching a text against a grammar.

At each place every end that a part can reach is looked for once, so that the work is bounded by
the size of the grammar times that of the text, however ambiguous the grammar is.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from itertools import islice
from typing import Final

import msgspec

from daehwa.nlu.languages.suffixes import stem_ends
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
from daehwa.nlu.srgs.semantics import Called, PassedTag, Step, result

_MOST_WORDS: Final = 60
# Parts within parts, and rules within rules.
_DEEPEST: Final = 120
_LONGEST: Final = 1_000
_MOST_MOVES: Final = 300_000
_DIGITS: Final = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


class _Way(msgspec.Struct, frozen=True):
    """What is passed on the way to an end: what came before, then one more."""

    before: _Way | None
    last: PassedTag | _Call | _Way


class _Call(msgspec.Struct, frozen=True):
    """A rule that is referred to, the way through it, and its words' places."""

    rule: str
    way: _Way | None
    start: int
    end: int


_Ends = dict[int, _Way | None]


class GrammarMatch(msgspec.Struct, frozen=True):
    """The part of a text that a grammar accepts, and what its tags make of it."""

    start: int
    end: int
    value: str


class _Word(msgspec.Struct, frozen=True):
    """A word of a text, and where it stands."""

    text: str
    start: int
    end: int


def match(grammar: Grammar, text: str) -> GrammarMatch | None:
    """The whole of a text as the grammar's root rule accepts it; ``None`` when it does not."""
    for spoken in _ways(text):
        ends = _Matcher(grammar, spoken).root(0) if spoken else {}
        if len(spoken) in ends:
            return _matched(grammar, text, spoken, range(len(spoken)), ends[len(spoken)])
    return None


def find(grammar: Grammar, text: str) -> list[GrammarMatch]:
    """What of a text the grammar accepts, the longest at each place, left to right."""
    matches: list[GrammarMatch] = []
    for spoken in (_without_endings(way, grammar) for way in _ways(text)):
        matcher = _Matcher(grammar, spoken)
        place = 0
        while place < len(spoken):
            ends = matcher.root(place)
            end = max(ends, default=place)
            if end > place:
                matches.append(_matched(grammar, text, spoken, range(place, end), ends[end]))
            place = max(end, place + 1)
        if matches:
            break
    return matches


def examples(grammar: Grammar, most: int = 12) -> list[str]:
    """Some texts that the grammar accepts."""
    return list(dict.fromkeys(_Phrases(grammar, most).of(Ref(grammar.root))))


def _matched(
    grammar: Grammar, text: str, spoken: list[_Word], places: range, way: _Way | None
) -> GrammarMatch:
    """The match of the words at these places."""
    start, end = spoken[places[0]].start, spoken[places[-1]].end
    meaning = result(grammar, _steps(way, spoken), text[start:end])
    return GrammarMatch(start, end, _written(meaning, text[start:end]))


def _steps(way: _Way | None, spoken: list[_Word]) -> tuple[Step, ...]:
    """What is passed on a way, in order."""
    steps: list[Step] = []
    ahead: list[_Way | PassedTag | _Call | None] = [way]
    while ahead:
        match ahead.pop():
            case _Way(before, last):
                ahead += (last, before)
            case _Call(rule, inner, start, end):
                words = " ".join(word.text for word in spoken[start:end])
                steps.append(Called(rule, _steps(inner, spoken), words))
            case PassedTag() as tag:
                steps.append(tag)
    return tuple(steps)


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
    """A result with whole numbers as such; what is not a number in JSON is null."""
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


def _without_endings(spoken: list[_Word], grammar: Grammar) -> list[_Word]:
    """The words, those that only their endings hide from a grammar without these: 삼층*에*."""
    if all(len(stem_ends(word.text)) == 1 for word in spoken):
        return spoken
    known = _vocabulary(grammar)
    return [
        word
        if word.text in known
        else next(
            (
                _Word(word.text[:size], word.start, word.start + size)
                for size in stem_ends(word.text)[1:]
                if word.text[:size] in known
            ),
            word,
        )
        for word in spoken
    ]


def _vocabulary(grammar: Grammar) -> frozenset[str]:
    """The words of a grammar's rules."""
    known: set[str] = set()
    parts: list[Part] = list(grammar.rules.values())
    while parts:
        match parts.pop():
            case Word(text):
                known.add(text)
            case Sequence(inner) | Choice(inner):
                parts += inner
            case Repeat(part):
                parts.append(part)
    return frozenset(known)


class _Matcher:
    """One grammar against one text.

    Each part is tried once at each place, and the ends it reaches there are kept, each with the
    way that led to it first. A repetition goes through a place once for each time it still
    counts, and once after that. ``_MOST_MOVES`` bounds what is left: a grammar made to be slow.
    """

    def __init__(self, grammar: Grammar, words: list[_Word]) -> None:
        self._grammar = grammar
        self._words = words
        self._rules: dict[tuple[str, int], _Ends] = {}
        self._parts: dict[tuple[int, int], _Ends] = {}
        self._begun: set[tuple[str, int]] = set()
        self._returns = 0
        self._depth = 0
        self._moves = 0

    def root(self, at: int) -> _Ends:
        """Where the root rule can end that begins at a word."""
        return self._rule(self._grammar.root, at)

    def _rule(self, name: str, at: int) -> _Ends:
        key = (name, at)
        if key in self._begun:
            # A rule that comes back to itself without a word in between goes nowhere.
            self._returns += 1
            return {}
        if key not in self._rules:
            self._begun.add(key)
            self._rules[key] = self._ends(self._grammar.rules[name], at)
            self._begun.remove(key)
        return self._rules[key]

    def _ends(self, part: Part, at: int) -> _Ends:
        key = (id(part), at)
        if key in self._parts:
            return self._parts[key]
        if self._depth >= _DEEPEST:
            return {}
        returns = self._returns
        self._depth += 1
        ends = self._reach(part, at)
        self._depth -= 1
        if self._returns == returns:
            # Else it is not all that the part can reach, once that rule is through.
            self._parts[key] = ends
        return ends

    def _reach(self, part: Part, at: int) -> _Ends:  # noqa: PLR0911 - one a kind of part
        match part:
            case Word(text):
                here = at < len(self._words) and self._words[at].text == text
                return {at + 1: None} if here else {}
            case Tag(code):
                return {at: _Way(None, PassedTag(code))}
            case Garbage():
                return dict.fromkeys(range(at, len(self._words) + 1))
            case Ref(rule):
                ways = self._rule(rule, at)
                return {end: _Way(None, _Call(rule, way, at, end)) for end, way in ways.items()}
            case Sequence(parts):
                ends: _Ends = {at: None}
                for inner in parts:
                    ends = self._onward(inner, ends)
                return ends
            case Choice(parts):
                return self._chosen(parts, at)
            case Repeat():
                return self._repeated(part, at)

    def _onward(self, part: Part, places: _Ends, *, only_forward: bool = False) -> _Ends:
        """Where a part ends that begins at one of these places."""
        onward: _Ends = {}
        for place, before in places.items():
            ends = self._ends(part, place)
            self._moves += len(ends) + 1
            if self._moves > _MOST_MOVES:
                return {}
            for end, way in ends.items():
                if end not in onward and (end > place or not only_forward):
                    onward[end] = before if way is None else _Way(before, way)
        return onward

    def _chosen(self, parts: tuple[Part, ...], at: int) -> _Ends:
        ends: _Ends = {}
        for part in parts:
            for end, way in self._ends(part, at).items():
                ends.setdefault(end, way)
        return ends

    def _repeated(self, repeat: Repeat, at: int) -> _Ends:
        reached: _Ends = {at: None}
        for _ in range(repeat.least):
            reached = self._onward(repeat.part, reached)
            if not reached:
                return {}
        ends = dict(reached)
        for _ in range(repeat.most - repeat.least):
            onward = self._onward(repeat.part, reached, only_forward=True)
            # What was reached with fewer times is gone on from already.
            reached = {end: way for end, way in onward.items() if end not in ends}
            if not reached:
                break
            ends |= reached
        return ends


class _Phrases:
    """Texts that parts of a grammar accept, a few of each, none longer than what is matched."""

    def __init__(self, grammar: Grammar, most: int) -> None:
        self._grammar = grammar
        self._most = most
        self._known: dict[str, list[str]] = {}
        self._depth = 0

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
                    longer = (f"{a} {b}".strip() for a in made for b in onward)
                    made = list(islice(filter(_short_enough, longer), self._most))
                return made
            case Repeat(inner, least, _) if least:
                once = (phrase for phrase in self.of(inner) if len(phrase) * least <= _LONGEST)
                often = (" ".join([phrase] * least).strip() for phrase in once)
                return list(filter(_short_enough, often))
        return [""]

    def _of_rule(self, rule: str) -> list[str]:
        if rule not in self._known and self._depth < _DEEPEST:
            # A rule within itself has no examples, so that these have an end.
            self._known[rule] = []
            self._depth += 1
            self._known[rule] = self.of(self._grammar.rules[rule])
            self._depth -= 1
        return self._known.get(rule, [])


def _short_enough(phrase: str) -> bool:
    return len(phrase) <= _LONGEST and len(phrase.split()) <= _MOST_WORDS
