"""Words of dates, times and amounts that are one slip of the pen away: *thrusday*, *fourten*."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Final

_SHORTEST: Final = 5
"""Letters of a word from which a slip is forgiven; shorter ones have too many neighbours."""


class Misspelling:
    """The words that misspelt ones may mean.

    A slip is one letter that is missing, added, wrong or swapped with the next. The first letter
    has to be right, and ``others`` are words of the language that are one slip away and mean
    something else (*thirsty*). A word of fewer letters than ``shortest`` is no slip.
    """

    def __init__(
        self, words: Iterable[str], others: Iterable[str] = (), *, shortest: int = _SHORTEST
    ) -> None:
        self._words = frozenset(words)
        self._others = frozenset(others)
        self._shortest = shortest
        self._remembered: dict[str, str | None] = {}

    @cached_property
    def _by_rest(self) -> dict[str, list[str]]:
        """The words by what is left of them without one of their letters, and whole."""
        index: dict[str, list[str]] = {}
        for word in sorted(self._words):
            for rest in _rests(word):
                index.setdefault(rest, []).append(word)
        return index

    def meant(self, word: str) -> str | None:
        """The word that ``word`` (lower case) misspells; ``None`` where it is right or unknown."""
        if len(word) < self._shortest or word in self._words:
            return None
        if word not in self._remembered:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[word] = self._look(word)
        return self._remembered[word]

    def _look(self, word: str) -> str | None:
        if word in self._others or word.removesuffix("s") in self._words:
            return None
        near = {
            other
            for rest in _rests(word)
            for other in self._by_rest.get(rest, ())
            if other[0] == word[0] and _is_one_slip(word, other)
        }
        if len(near) == 2 and (one := min(near, key=len)) + "s" in near:
            return f"{one}s" if word.endswith("s") else one  # minuts
        return near.pop() if len(near) == 1 else None


_MOST_REMEMBERED: Final = 4096


def _rests(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _is_one_slip(word: str, other: str) -> bool:
    """Whether one letter is missing, added or wrong, or two are swapped."""
    start = next(
        (at for at, (one, two) in enumerate(zip(word, other, strict=False)) if one != two),
        min(len(word), len(other)),
    )
    rest, rest_of_other = word[start:], other[start:]
    swapped = rest_of_other[1:2] + rest_of_other[:1] + rest_of_other[2:]
    return (
        rest[1:] == rest_of_other  # added
        or rest == rest_of_other[1:]  # missing
        or rest[1:] == rest_of_other[1:]  # wrong
        or rest == swapped
    )
