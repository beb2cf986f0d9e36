"""Phrases and what they stand for, found at a place in a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Generic, TypeVar

from daehwa.nlu.builtins.text import is_hangul

T = TypeVar("T")


def phrases(listing: str) -> tuple[str, ...]:
    """The phrases of a listing, between bars or line ends."""
    return tuple(
        p for line in listing.splitlines() for part in line.split("|") if (p := part.strip())
    )


class Lexicon(Generic[T]):
    """Phrases (lower case) with their meanings.

    A phrase of Latin letters ends only at the end of a word; a Korean one may run on into
    a particle. A space inside a Korean phrase may be missing in the text ("다음 주" is
    "다음주" too).
    """

    __slots__ = ("_buckets",)

    def __init__(self, phrases: Mapping[str, T]) -> None:
        spellings: dict[str, T] = {}
        for phrase, meaning in phrases.items():
            spellings.setdefault(phrase, meaning)
            if " " in phrase and is_hangul(phrase[0]):
                spellings.setdefault(phrase.replace(" ", ""), meaning)
        buckets: dict[str, list[tuple[str, bool, T]]] = {}
        for phrase in sorted(spellings, key=len, reverse=True):
            bounded = phrase[-1].isalnum() and not is_hangul(phrase[-1])
            buckets.setdefault(phrase[0], []).append((phrase, bounded, spellings[phrase]))
        self._buckets = {char: tuple(found) for char, found in buckets.items()}

    @property
    def first_words(self) -> frozenset[str]:
        """The words that phrases begin with, up to what is no letter or digit."""
        return frozenset(
            "".join(takewhile(str.isalnum, phrase))
            for bucket in self._buckets.values()
            for phrase, _, _ in bucket
        )

    def at(self, folded: str, at: int) -> Iterator[tuple[T, int]]:
        """Meanings of the phrases that stand at ``at``, longest first, with their ends."""
        if at >= len(folded):
            return
        for phrase, bounded, meaning in self._buckets.get(folded[at], ()):
            if folded.startswith(phrase, at):
                end = at + len(phrase)
                if bounded and end < len(folded) and _runs_on(folded[end], phrase[-1]):
                    continue
                yield meaning, end

    def first(self, folded: str, at: int) -> tuple[T, int] | None:
        """The longest phrase at ``at``."""
        return next(self.at(folded, at), None)


def _runs_on(after: str, last: str) -> bool:
    """Whether a Latin word goes on: "may" in "maybe", but not in "may에" or "usd300"."""
    if is_hangul(after):
        return False
    return after.isdecimal() if last.isdecimal() else after.isalpha()
