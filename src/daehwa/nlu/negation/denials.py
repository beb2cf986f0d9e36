"""What of a text is denied: the cues that its languages have for it, and how far each reaches.

A denial reaches over a phrase or a clause on one side of its cue ("**three** *말고* four",
"*don't* **cancel my booking**, change it"); a correction over all that went before ("**at
three**, *no wait*, at four"). What is left of the text is asserted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Final, Literal, NamedTuple

import msgspec

from daehwa.nlu.languages import reading
from daehwa.nlu.languages.spans import Span
from daehwa.nlu.languages.speech_acts import Cue, Denying, Negation
from daehwa.nlu.languages.text import Text

REFUSING: Final = frozenset(("forbid", "decline"))
"""Denials by which something is not to be done."""

BLANK: Final = "…"
"""Stands in the place of each character that is denied: no letter, so that nothing reads on."""

_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


class Rules(NamedTuple):
    """A language's `Negation`, its patterns compiled; ``cues`` in the order of precedence."""

    cues: tuple[tuple[re.Pattern[str], Cue], ...]
    affirming: re.Pattern[str]
    breaks: re.Pattern[str]
    edges: re.Pattern[str]
    questions: re.Pattern[str]
    fillers: re.Pattern[str]
    failing: re.Pattern[str]
    ceasing: re.Pattern[str]
    having: re.Pattern[str]
    links: re.Pattern[str]
    slight: re.Pattern[str]
    directly: re.Pattern[str]
    stem: int


class Denial(msgspec.Struct, frozen=True, kw_only=True):
    """Words that are denied (``scope``), and those that deny them (``cue``).

    ``words`` is the cue without spaces and marks at its ends, ``predicate`` what is denied most
    closely; ``plainly`` says without the denial what the cue says with it. With ``phrase`` no
    more than a noun phrase is denied. Who declines a ``thing`` may want to be rid of it.
    """

    kind: Denying
    cue: Span
    words: Span
    scope: Span
    predicate: Span
    side: Literal["before", "behind"]
    plainly: str
    phrase: bool
    thing: bool
    rules: Rules

    @property
    def whole(self) -> Span:
        """From the first of its words to the last."""
        return Span(min(self.cue.start, self.scope.start), max(self.cue.end, self.scope.end))

    def touches(self, folded: str, span: Span) -> bool:
        """Whether a part of the scope is denied first: next to the cue, but for slight words."""
        if not self.scope.overlaps(span):
            return False
        between = (
            folded[span.end : self.cue.start]
            if self.side == "before"
            else folded[self.cue.end : span.start]
        )
        return self.rules.slight.fullmatch(between) is not None


@cache
def _negations(locale: str) -> tuple[Negation, ...]:
    return tuple(part for each in reading(locale) if (part := each.negation) is not None)


@cache
def _rules(locale: str, place: int) -> Rules:
    """The rules of one of a locale's negations: compiled when a text has one of its hints."""
    part = _negations(locale)[place]
    return Rules(
        cues=tuple((re.compile(cue.pattern), cue) for cue in part.cues),
        affirming=re.compile(part.affirming),
        breaks=re.compile(part.breaks),
        edges=re.compile(part.edges),
        questions=re.compile(part.questions),
        fillers=re.compile(part.fillers),
        failing=re.compile(part.failing),
        ceasing=re.compile(part.ceasing),
        having=re.compile(part.having),
        links=re.compile(part.links),
        slight=re.compile(part.slight),
        directly=re.compile(part.directly),
        stem=part.stem,
    )


@lru_cache(4096)
def denials(folded: str, locale: str) -> tuple[Denial, ...]:
    """The denials of a folded text, left to right; none over another."""
    read: list[Denial] = []
    for place, part in enumerate(_negations(locale)):
        if any(hint in folded for hint in part.hints):
            read += _read(folded, _rules(locale, place))
    if not read:
        return ()
    first: list[Denial] = []
    for denial in sorted(read, key=lambda each: (each.cue.start, -each.cue.end)):
        if not any(denial.cue.overlaps(other.cue) for other in first):
            first.append(denial)
    return tuple(first)


def denied_directly(folded: str, value: Span, locale: str) -> bool:
    """Whether the word before a value turns it into its opposite: 안 *맵게*."""
    return any(
        _rules(locale, place).directly.fullmatch(folded, *value) is not None
        for place, part in enumerate(_negations(locale))
        if any(hint in folded for hint in part.hints)
    )


def _read(folded: str, rules: Rules) -> Iterator[Denial]:
    """The denials by one language's cues."""
    affirmed = [Span(*each.span()) for each in rules.affirming.finditer(folded)]
    matches: list[tuple[re.Match[str], Cue]] = []
    for pattern, cue in rules.cues:
        for match in pattern.finditer(folded):
            span = Span(*match.span())
            taken = (Span(*other.span()) for other, _ in matches)
            if not any(span.overlaps(each) for each in (*affirmed, *taken)):
                matches.append((match, cue))
    matches.sort(key=lambda each: each[0].start())
    for place, (match, cue) in enumerate(matches):
        since = matches[place - 1][0].end() if place else 0
        until = matches[place + 1][0].start() if place + 1 < len(matches) else len(folded)
        denial = _denial(folded, match, cue, Span(since, until), rules)
        if denial is not None:
            yield denial


def _denial(
    folded: str, match: re.Match[str], cue: Cue, limits: Span, rules: Rules
) -> Denial | None:
    """The denial by a cue that may reach as far as ``limits``, if it denies anything."""
    span = Span(*match.span())
    before, behind = Span(limits.start, span.start), Span(span.end, limits.end)
    if cue.kind == "correction":
        scope = Span(0, span.start)
    elif cue.side == "before":
        scope = _clause_before(folded, before, rules, phrase=cue.phrase)
    else:
        scope = _clause_behind(folded, behind, rules, phrase=cue.phrase)
    if cue.kind == "state" and cue.side == "behind" and not cue.phrase:
        # With what it is of: "**my card** was *not* **stolen**".
        scope = Span(_clause_before(folded, before, rules, phrase=False).start, scope.end)
    if cue.kind in REFUSING and not _content(folded, scope, rules):
        # "..., no, don't": it is of all that went before.
        scope = _trimmed(folded, Span(0, span.start))
    if not _WORD.search(folded, scope.start, scope.end):
        return None
    if not _content(folded, scope, rules) and cue.kind not in ("correction", "unfit"):
        return None
    left_out = cue.kind == "unfit" and cue.side == "behind"  # can i get one without onions?
    asks = not left_out and cue.kind not in ("contrast", "correction")
    if asks and _is_question(folded, span, scope, rules):
        return None
    near = Span(span.end, scope.end) if scope.holds(span) else scope
    predicate = _predicate(folded, match, cue, near, rules)
    if cue.kind == "state" and rules.failing.match(folded, predicate.start):
        return None
    return Denial(
        kind=cue.kind,
        cue=span,
        words=_lettered(folded, span),
        scope=scope,
        predicate=predicate,
        side="behind" if scope.end > span.end else "before",
        plainly=match.expand(cue.plainly) if "\\g" in cue.plainly else cue.plainly,
        phrase=cue.phrase,
        thing=cue.thing,
        rules=rules,
    )


def _clause_before(folded: str, limits: Span, rules: Rules, *, phrase: bool) -> Span:
    """The clause, or the noun phrase, that ends where ``limits`` end."""
    start = limits.start
    patterns = (rules.breaks, rules.edges) if phrase else (rules.breaks,)
    for pattern in patterns:
        for match in pattern.finditer(folded, limits.start, limits.end):
            if match.end() > start and _content(folded, Span(match.end(), limits.end), rules):
                start = match.end()
    return _trimmed(folded, Span(start, limits.end))


def _clause_behind(folded: str, limits: Span, rules: Rules, *, phrase: bool) -> Span:
    """The clause, or the noun phrase, that begins where ``limits`` begin."""
    end = limits.end
    patterns = (rules.breaks, rules.edges) if phrase else (rules.breaks,)
    for pattern in patterns:
        for match in pattern.finditer(folded, limits.start, limits.end):
            if match.start() < end and _content(folded, Span(limits.start, match.start()), rules):
                end = match.start()
    return _trimmed(folded, Span(limits.start, end))


def _trimmed(folded: str, span: Span) -> Span:
    start, end = span
    while start < end and not folded[start].isalnum():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _lettered(folded: str, span: Span) -> Span:
    start, end = span
    while start < end and not folded[start].isalnum():
        start += 1
    while end > start and not folded[end - 1].isalnum():
        end -= 1
    return Span(start, end)


def _is_question(folded: str, cue: Span, scope: Span, rules: Rules) -> bool:
    """Whether the clause of a denial asks, up to its mark."""
    last = max(cue.end, scope.end)
    stop = rules.breaks.search(folded, last)
    first = 0
    for match in rules.breaks.finditer(folded, 0, min(cue.start, scope.start)):
        first = match.end()
    clause = folded[first : stop.end() if stop else len(folded)].strip()
    return rules.questions.search(clause) is not None


def _predicate(folded: str, match: re.Match[str], cue: Cue, scope: Span, rules: Rules) -> Span:
    """The words that are denied most closely: of the cue's groups, else the nearest one."""
    for name in match.groupdict():
        if match[name] is not None and not rules.fillers.fullmatch(match[name]):
            return Span(*match.span(name))
    words = [
        Span(*word.span())
        for word in _WORD.finditer(folded, scope.start, scope.end)
        if not rules.fillers.fullmatch(word[0])
    ]
    if not words:
        return _trimmed(folded, scope)
    return words[-1] if cue.side == "before" else words[0]


def _content(folded: str, span: Span, rules: Rules) -> bool:
    """Whether a part of a text says anything, fillers aside."""
    return any(content_words(folded, span, rules))


def content_words(folded: str, span: Span, rules: Rules) -> Iterator[str]:
    """The words of a part of a text that are not fillers."""
    for word in _WORD.finditer(folded, span.start, span.end):
        if not rules.fillers.fullmatch(word[0]):
            yield word[0]


def asserted_in(folded: str, some: Iterable[Denial]) -> tuple[Span, ...]:
    """The parts of a text outside the denials, in order.

    Where nothing stands after a correction, its last word is all that is left.
    """
    size = len(folded)
    gone = sorted(Span(denial.whole.start, _end(folded, denial)) for denial in some)
    parts, start = [], 0
    for span in gone:
        if span.start > start:
            parts.append(Span(start, span.start))
        start = max(start, span.end)
    if start < size:
        parts.append(Span(start, size))
    return tuple(parts)


def _end(folded: str, denial: Denial) -> int:
    """Where the words end that are gone with a denial."""
    if denial.kind != "correction":
        link = denial.rules.links.match(folded, denial.whole.end)
        return link.end() if link else denial.whole.end
    if folded[denial.cue.end :].strip():
        return denial.whole.end
    return [word.start() for word in _WORD.finditer(folded, *denial.cue)][-1]


def blanked(raw: str, parts: Sequence[Span]) -> str:
    """A text of the same length with only ``parts`` of it left."""
    shown = [BLANK] * len(raw)
    for start, end in parts:
        shown[start:end] = raw[start:end]
    return "".join(shown)


def says_anything(folded: str, parts: Collection[Span], rules: Rules) -> bool:
    """Whether some parts of a text say anything, fillers aside."""
    return any(_content(folded, part, rules) for part in parts)


def denies(text: str, locale: str) -> bool:
    """Whether a text denies anything."""
    return bool(denials(Text(text).folded, locale))


def denied_in(pieces: Iterable[str], text: str, locale: str) -> bool:
    """Whether words by which a text denies something stand in pieces of it."""
    folded = Text(text).folded
    words = [folded[denial.words.start : denial.words.end] for denial in denials(folded, locale)]
    return bool(words) and any(each in Text(piece).folded for piece in pieces for each in words)
