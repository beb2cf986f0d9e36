"""Where a text may put one value in another's place: by words that correct only between two.

"three *no* four", "*change* monday *to* tuesday", "셋 *ㄴㄴ* 넷". Whether such a place is an
exchange is for the reader of the two values to judge (`daehwa.nlu.negation.values`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from daehwa.nlu.languages import reading
from daehwa.nlu.languages.spans import Span

_MARKS: Final = " ,.;:!?…~-"
_SIDE_BY_SIDE: Final = ("old_new", "new_old")


class ValueExchange(NamedTuple):
    """What may go (``old``), and what may come in its place (``new``).

    ``both`` is where they stand with nothing between them: two values, or one.
    """

    old: Span
    new: Span
    both: Span | None = None


@cache
def _rules(locale: str) -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    parts = (part for each in reading(locale) if (part := each.negation) is not None)
    return tuple((each.words, re.compile(each.pattern)) for p in parts for each in p.exchanges)


def exchanges(folded: str, locale: str) -> Iterator[ValueExchange]:
    """The places of a folded text where one value may take another's, left to right by rule."""
    for words, pattern in _rules(locale):
        if not any(word in folded for word in words):
            continue
        for match in pattern.finditer(folded):
            yield from _of(match, folded)


def _of(match: re.Match[str], folded: str) -> Iterator[ValueExchange]:
    groups = match.groupdict()
    for name in _SIDE_BY_SIDE:
        if groups.get(name):
            yield from _splits(folded, Span(*match.span(name)), newer_first=name == "new_old")
            return
    before, behind = Span(0, match.start()), Span(match.end(), len(folded))
    if not groups.get("old"):
        old, new = before, behind
    else:
        old = Span(*match.span("old"))
        new = behind if folded[behind.start :].strip(_MARKS) else before
    if folded[old.start : old.end].strip(_MARKS) and folded[new.start : new.end].strip(_MARKS):
        yield ValueExchange(old, new)


def _splits(folded: str, both: Span, *, newer_first: bool) -> Iterator[ValueExchange]:
    for space in re.finditer(r"\s+", folded[both.start : both.end]):
        first = Span(both.start, both.start + space.start())
        second = Span(both.start + space.end(), both.end)
        yield (
            ValueExchange(second, first, both)
            if newer_first
            else ValueExchange(first, second, both)
        )
