"""Slots that take several values: splitting them apart, and finding which belong together."""

from __future__ import annotations

from collections.abc import Sequence

from daehwa.nlu.builtins import Mention, Text
from daehwa.nlu.languages.spans import Span
from daehwa.nlu.languages.suffixes import agrees
from daehwa.nlu.languages.text import is_hangul
from daehwa.nlu.slots.joined_cues import JoinedCues, cues_of

_FAR = 3  # words between two values of one list


def connected(values: Sequence[Mention], text: Text, locale: str) -> list[Mention]:
    """The values that belong to one list: those with little but joints between them."""
    cues = cues_of(locale)
    between_values = cues.joints.union(cues.joining_tails, cues.loose_tails)
    kept = [values[0]]
    for value in values[1:]:
        between = text.folded[kept[-1].end : value.start].replace(",", " ").split()
        if len([word for word in between if word not in between_values]) < _FAR:
            kept.append(value)
    return kept


def split(text: Text, phrase: Span, locale: str) -> list[Span]:
    """A phrase cut at commas and joints: and, 와, 과, 랑, 하고, 그리고."""
    cues = cues_of(locale)
    parts: list[Span] = []
    folded = text.folded
    begin: int | None = None
    last = phrase.start
    for word in _words(folded, phrase):
        spelt = folded[word.start : word.end].strip(",;")
        if spelt in cues.joints or not spelt:
            if begin is not None:
                parts.append(Span(begin, last))
                begin = None
            continue
        begin = word.start if begin is None else begin
        last = word.start + len(folded[word.start : word.end].rstrip(",;"))
        tail = _joining_tail(spelt, cues) if word.end < phrase.end else None
        if tail is not None:
            parts.append(Span(begin, last - len(tail)))
            begin = None
        elif folded[word.end - 1] in ",;":
            parts.append(Span(begin, last))
            begin = None
    if begin is not None:
        parts.append(Span(begin, last))
    return [part for part in parts if part.size > 0]


def _joining_tail(word: str, cues: JoinedCues) -> str | None:
    """The particle on a word that joins it to the next: 와 of 커피와."""
    if not is_hangul(word[0]):
        return None
    tails = (tail for tail in cues.joining_tails if word.endswith(tail) and len(word) > len(tail))
    return next((tail for tail in tails if agrees(word.removesuffix(tail), tail)), None)


def _words(folded: str, phrase: Span) -> list[Span]:
    words: list[Span] = []
    at, end = phrase
    while at < end:
        if folded[at] == " ":
            at += 1
            continue
        stop = at
        while stop < end and folded[stop] != " ":
            stop += 1
            if folded[stop - 1] in ",;":
                break
        words.append(Span(at, stop))
        at = stop
    return words
