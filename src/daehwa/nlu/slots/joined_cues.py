"""Words that point to a slot, in all languages of a locale."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from daehwa.nlu.languages import reading


class JoinedCues(NamedTuple):
    """What the `daehwa.nlu.languages.language.Cues` of some languages have together.

    ``counted`` says of each word what it counts.
    """

    source_names: frozenset[str]
    target_names: frozenset[str]
    source_parts: tuple[str, ...]
    target_parts: tuple[str, ...]
    source_words: frozenset[str]
    target_words: frozenset[str]
    source_tails: tuple[str, ...]
    target_tails: tuple[str, ...]
    counted: dict[str, str]
    how_many: tuple[tuple[str, ...], ...]
    joints: frozenset[str]
    joining_tails: tuple[str, ...]
    loose_tails: tuple[str, ...]
    alike_tails: dict[str, str]
    passed: frozenset[str]


@cache
def cues_of(locale: str) -> JoinedCues:
    """The cues of the languages that are read in a locale."""
    parts = [cues for language in reading(locale) if (cues := language.cues) is not None]
    return JoinedCues(
        source_names=frozenset().union(*(part.source_names for part in parts)),
        target_names=frozenset().union(*(part.target_names for part in parts)),
        source_parts=tuple(name for part in parts for name in part.source_parts),
        target_parts=tuple(name for part in parts for name in part.target_parts),
        source_words=frozenset().union(*(part.source_words for part in parts)),
        target_words=frozenset().union(*(part.target_words for part in parts)),
        source_tails=tuple(tail for part in parts for tail in part.source_tails),
        target_tails=tuple(tail for part in parts for tail in part.target_tails),
        counted={
            word: thing for part in parts for thing, words in part.counted.items() for word in words
        },
        how_many=tuple(words for part in parts for words in part.how_many),
        joints=frozenset().union(*(part.joints for part in parts)),
        joining_tails=tuple(tail for part in parts for tail in part.joining_tails),
        loose_tails=tuple(tail for part in parts for tail in part.loose_tails),
        alike_tails={tail: same for part in parts for tail, same in part.alike_tails.items()},
        passed=frozenset().union(*(part.passed for part in parts)),
    )
