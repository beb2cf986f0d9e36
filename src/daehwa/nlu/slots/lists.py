"""Slots that take several values: splitting them apart, and finding which belong together."""

from __future__ import annotations

from collections.abc import Sequence

from daehwa.nlu.builtins import Found, Text
from daehwa.nlu.builtins.endings import agrees
from daehwa.nlu.builtins.lexicon import phrases
from daehwa.nlu.builtins.text import is_hangul

_JOINTS = frozenset(
    phrases(
        """
and|or|plus|with|also|&|+|그리고|및|또|하고|와|과|랑|이랑|또는|플러스|an|a|the|some
"""
    )
)
_TAILS = ("이랑", "하고", "와", "과", "랑", "을", "를", "도", "에다")
_FAR = 3  # words between two values of one list


def connected(values: Sequence[Found], text: Text) -> list[Found]:
    """The values that belong to one list: those with little but joints between them."""
    kept = [values[0]]
    for value in values[1:]:
        between = text.folded[kept[-1].end : value.start].replace(",", " ").split()
        if len([w for w in between if w not in _JOINTS and w not in _TAILS]) < _FAR:
            kept.append(value)
    return kept


def split(text: Text, start: int, end: int) -> list[tuple[int, int]]:
    """A phrase cut at commas and joints: and, 와, 과, 랑, 하고, 그리고."""
    parts: list[tuple[int, int]] = []
    folded = text.folded
    begin: int | None = None
    last = start
    for word_start, word_end in _words(folded, start, end):
        word = folded[word_start:word_end].strip(",;")
        if word in _JOINTS or not word:
            if begin is not None:
                parts.append((begin, last))
                begin = None
            continue
        if begin is None:
            begin = word_start
        last = word_start + len(folded[word_start:word_end].rstrip(",;"))
        tail = next(
            (
                t
                for t in _TAILS[:5]
                if word.endswith(t)
                and len(word) > len(t)
                and is_hangul(word[0])
                and agrees(word[: -len(t)], t)
            ),
            None,
        )
        if tail is not None and word_end < end:
            parts.append((begin, last - len(tail)))
            begin = None
        elif folded[word_end - 1] in ",;":
            parts.append((begin, last))
            begin = None
    if begin is not None:
        parts.append((begin, last))
    return [(s, e) for s, e in parts if e > s]


def _words(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    words: list[tuple[int, int]] = []
    at = start
    while at < end:
        if folded[at] == " ":
            at += 1
            continue
        stop = at
        while stop < end and folded[stop] != " ":
            stop += 1
            if folded[stop - 1] in ",;":
                break
        words.append((at, stop))
        at = stop
    return words
