"""What the tagger sees of a text: words, their neighbours, shapes, and known values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from daehwa.nlu.builtins import Text
from daehwa.nlu.languages.spans import Span
from daehwa.nlu.languages.suffixes import other_form, stem_ends
from daehwa.nlu.languages.text import is_hangul
from daehwa.nlu.slots.tokens import Token

Spans = Mapping[str, Sequence[Span]]
_NONE = "-"
_AFFIX = 3
_LONGEST_REST = 4


class Shared(NamedTuple):
    """What words and values have in common, by which a new one is like those known.

    ``parts`` has the slots in several of whose values a word stands; ``affixes`` are those of
    several words, since that of a single one is but another name for it.
    """

    parts: Mapping[str, Sequence[str]]
    affixes: frozenset[str]


def shape(raw: str) -> str:
    """A token's shape: X a capital, x small, d digits, 가 Hangul, . others."""
    first = raw[0]
    if first.isdecimal():
        return f"d{min(len(raw), 4)}"
    if is_hangul(first):
        return "가"
    if not first.isalpha():
        return "."
    if len(raw) > 1 and raw.isupper():
        return "XX"
    return "Xx" if first.isupper() else "x"


def flags(tokens: Sequence[Token], spans: Spans) -> list[list[str]]:
    """The types of known values at each token: B where one begins, I inside."""
    flagged: list[list[str]] = [[] for _ in tokens]
    for name, places in spans.items():
        for start, end in places:
            for index, token in enumerate(tokens):
                if token.start >= end:
                    break
                if token.end > start:
                    flagged[index].append(f"{'B' if token.start <= start else 'I'}{name}")
    return flagged


def affixes_of(word: str) -> Sequence[str]:
    """How a word that is longer than an affix begins and ends; of Hangul nothing."""
    if len(word) <= _AFFIX or is_hangul(word):
        return ()
    return (f"a={word[:_AFFIX]}", f"z={word[-_AFFIX:]}")


def _korean_words(text: Text, tokens: Sequence[Token]) -> list[tuple[str, ...]]:
    """For each syllable its word's ending and the words beside it.

    All syllables of a value see the particle that follows it, however long the value is.
    """
    seen: list[tuple[str, ...]] = [()] * len(tokens)
    folded = text.folded
    index = 0
    while index < len(tokens):
        first = index
        begin = tokens[first].start
        if not is_hangul(folded[begin]):
            index += 1
            continue
        end = text.word_end(begin)
        while index < len(tokens) and tokens[index].start < end:
            index += 1
        word = folded[begin:end]
        tail = word[stem_ends(word)[-1] :]
        tail = min(tail, other_form(tail) or tail, key=len)
        before = folded[:begin].rstrip()[-2:]
        after = folded[end:].lstrip()[:2]
        for place in range(first, index):
            rest = folded[tokens[place].end : end]
            seen[place] = (
                f"e={tail}",
                f"en={tail}|{after}",
                f"ep={before}|{tail}",
                f"t={rest if len(rest) < _LONGEST_REST else len(rest)}",
            )
    return seen


def features(
    text: Text,
    tokens: Sequence[Token],
    known: Sequence[Sequence[str]],
    words: Sequence[str],
    shared: Shared,
) -> list[list[str]]:
    """The features of each token.

    ``known`` has the flags of :func:`flags`; ``words`` the tokens as the tagger may see
    them, "?" where it never saw them or where learning hides them.
    """
    size = len(tokens)
    raw = text.raw
    shapes = [shape(raw[t.start : t.end]) for t in tokens]
    around = _korean_words(text, tokens)
    rows: list[list[str]] = []
    for index, token in enumerate(tokens):
        word = words[index]
        before = words[index - 1] if index else "^"
        after = words[index + 1] if index + 1 < size else "$"
        earlier = words[index - 2] if index > 1 else "^"
        later = words[index + 2] if index + 2 < size else "$"
        row = [
            "b",
            f"w={word}",
            f"p={before}",
            f"n={after}",
            f"pp={earlier}|{before}",
            f"nn={after}|{later}",
            f"q={earlier}",
            f"r={later}",
            f"pw={before}|{word}",
            f"wn={word}|{after}",
            f"s={shapes[index]}",
            f"ps={shapes[index - 1] if index else _NONE}|{shapes[index]}",
            f"ns={shapes[index]}|{shapes[index + 1] if index + 1 < size else _NONE}",
            f"g={int(token.begins)}",
        ]
        if is_hangul(token.word):
            row.append(f"gn={int(tokens[index + 1].begins) if index + 1 < size else 2}")
            third = words[index + 3] if index + 3 < size else "$"
            row.append(f"n3={after}{later}{third}")
            row.append(f"gw={int(token.begins)}{word}")
            row.extend(around[index])
        else:
            row.extend(affix for affix in affixes_of(token.word) if affix in shared.affixes)
        row.extend(f"v={path}" for path in shared.parts.get(token.word, ()))
        for flag in known[index]:
            row.append(f"k={flag}")
            row.append(f"kp={flag}|{before}")
        if index:
            row.extend(f"k-={flag}" for flag in known[index - 1])
            row.extend(f"v-={path}" for path in shared.parts.get(tokens[index - 1].word, ()))
        if index + 1 < size:
            row.extend(f"k+={flag}" for flag in known[index + 1])
            row.extend(f"v+={path}" for path in shared.parts.get(tokens[index + 1].word, ()))
        rows.append(row)
    return rows
