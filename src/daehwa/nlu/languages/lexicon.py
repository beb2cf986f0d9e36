"""Phrases and what they stand for, looked up at a place in a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product, takewhile
from typing import Final, Generic, TypeVar

from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text, is_hangul, is_mark, is_unspaced

T = TypeVar("T")

_CHOICE: Final = re.compile(r"[()]")
_MOST_GAPS: Final = 4
"""Spaces of a phrase of which each may be missing; a longer one stands with all or none."""


def phrases(listing: str) -> tuple[str, ...]:
    """The phrases of a listing, between bars or line ends."""
    return tuple(
        p for line in listing.splitlines() for part in line.split("|") if (p := part.strip())
    )


def spread(patterns: str) -> tuple[str, ...]:
    """The phrases that patterns stand for, one pattern a line: *das ist( so|) (gut|richtig)*."""
    written: list[str] = []
    for pattern in filter(None, map(str.strip, patterns.splitlines())):
        pieces = [piece.split("|") for piece in _CHOICE.split(pattern)]
        written += (" ".join("".join(chosen).split()) for chosen in product(*pieces))
    return tuple(written)


def meanings(groups: Mapping[str, T]) -> dict[str, T]:
    """Each phrase of the listings (as `phrases` reads them) with the meaning of its listing."""
    return {phrase: meaning for listing, meaning in groups.items() for phrase in phrases(listing)}


class Lexicon(Generic[T]):
    """Phrases (lower case) with their meanings.

    A phrase of Latin letters ends only at the end of a word; a Korean one may run on into
    a particle, one of a script without spaces (Han, kana, Thai) into anything. Spaces inside
    a Korean phrase may be missing in the text ("다음 주 주말" is "다음주 주말" too).
    """

    __slots__ = ("_lengths", "_meanings")

    def __init__(self, phrases: Mapping[str, T]) -> None:
        self._meanings: dict[str, T] = {}
        for phrase, meaning in phrases.items():
            self._meanings.setdefault(phrase, meaning)
            if " " in phrase and is_hangul(phrase[0]):
                for spelling in _with_gaps(phrase.split(" ")):
                    self._meanings.setdefault(spelling, meaning)
        lengths: dict[str, set[int]] = {}
        for phrase in self._meanings:
            lengths.setdefault(phrase[0], set()).add(len(phrase))
        self._lengths = {char: tuple(sorted(some, reverse=True)) for char, some in lengths.items()}

    @property
    def first_words(self) -> frozenset[str]:
        """The words that phrases begin with, up to what is not a letter or digit."""
        return frozenset("".join(takewhile(_is_letter, phrase)) for phrase in self._meanings)

    @property
    def phrases(self) -> Collection[str]:
        """All phrases."""
        return self._meanings.keys()

    def may_stand_in(self, folded: str) -> bool:
        """Whether the letters of a phrase are anywhere in a text, its bounds aside."""
        return any(phrase in folded for phrase in self._meanings)

    def at(self, folded: str, at: int) -> Iterator[Parsed[T]]:
        """Meanings of the phrases that stand at ``at``, longest first, with their ends."""
        for length in self._lengths.get(folded[at : at + 1], ()):
            phrase = folded[at : at + length]
            if phrase not in self._meanings or at + length > len(folded):
                continue
            if not (_BOUNDED[phrase[-1]] and _runs_on(folded, at + length)):
                yield Parsed(self._meanings[phrase], at + length)

    def first(self, folded: str, at: int) -> Parsed[T] | None:
        """The longest phrase at ``at``."""
        lengths = self._lengths.get(folded[at : at + 1])
        if lengths is None:
            return None
        for length in lengths:
            phrase = folded[at : at + length]
            if phrase not in self._meanings or at + length > len(folded):
                continue
            if not (_BOUNDED[phrase[-1]] and _runs_on(folded, at + length)):
                return Parsed(self._meanings[phrase], at + length)
        return None


def _with_gaps(words: Sequence[str]) -> Iterator[str]:
    """The spellings of a phrase with some of its spaces, or none."""
    if len(words) - 1 > _MOST_GAPS:
        yield "".join(words)
        return
    first, *rest = words
    for gaps in product((" ", ""), repeat=len(rest)):
        yield first + "".join(gap + word for gap, word in zip(gaps, rest, strict=True))


def stands_before(folded: str, at: int, phrases: tuple[str, ...]) -> str:
    """The longest of some phrases that stands right before a place, as whole words; else ``""``.

    The phrases have what is between them and the place, a space or an apostrophe.
    """
    before = folded[:at]
    if not before.endswith(phrases):
        return ""
    standing = (
        each
        for each in phrases
        if before.endswith(each) and not _is_letter(before[: -len(each)][-1:] or " ")
    )
    return max(standing, key=len, default="")


class _Bounded(dict[str, bool]):
    """Whether a phrase with a last character ends only where its word does."""

    def __missing__(self, last: str) -> bool:
        bounded = _is_letter(last) and not is_hangul(last) and not is_unspaced(last)
        self[last] = bounded
        return bounded


_BOUNDED: Final = _Bounded()


class Vocabulary:
    """The words that the phrases of a grammar begin with.

    Most words of a text can begin no phrase of a grammar, and one look here turns them away.
    A grammar makes all its lexicons with :meth:`lexicon`, so that a new phrase is known here
    too; ``others`` are the vocabularies of grammars that it uses. For languages that set
    spaces between words.
    """

    def __init__(self, *others: Vocabulary) -> None:
        self.words: set[str] = set().union(*(other.words for other in others))

    def lexicon(self, phrases: Mapping[str, T]) -> Lexicon[T]:
        """A lexicon whose phrases may begin what the grammar reads."""
        made = Lexicon(phrases)
        self.words |= made.first_words
        return made

    def may_begin(self, text: Text, at: int) -> bool:
        """Whether a phrase of the grammar, or a number in digits, may begin at ``at``."""
        run = text.run(at)
        return run in self.words or not run[:1].isalpha()


def _is_letter(char: str) -> bool:
    return char.isalnum() or is_mark(char)


def _runs_on(folded: str, end: int) -> bool:
    """Whether a Latin word goes on: "may" in "maybe", but not in "may에" or "usd300"."""
    after = folded[end : end + 1]
    if not after or is_hangul(after) or is_unspaced(after):
        return False
    return after.isdecimal() if folded[end - 1].isdecimal() else after.isalpha() or is_mark(after)
