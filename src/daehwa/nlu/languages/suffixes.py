"""What is written onto a value without a space, and so shows where the value ends.

Korean sets particles, counters and the copula after a noun ("서울로", "두 명이요"). Which
language's rules count is known by the letter, whatever the locale: Korean words in an English
bot end as Korean words do. A letter that no language here has rules for ends any value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from daehwa.nlu import languages
from daehwa.nlu.languages import installed, load
from daehwa.nlu.languages.language import Suffixes
from daehwa.nlu.languages.spans import Parsed
from daehwa.nlu.languages.text import Text

_FIRST_WITH_SUFFIXES = "\u0900"
"""Scripts before Devanagari (Latin, Greek, Cyrillic, Hebrew, Arabic) set suffixes on no value."""


@cache
def _with_suffixes() -> tuple[str, ...]:
    """The languages that have rules, by their module of that name: the others stay unloaded."""
    folders = [Path(place) for place in languages.__path__]
    return tuple(
        code for code in installed() if any((f / code / "suffixes.py").is_file() for f in folders)
    )


@lru_cache(maxsize=4096)
def written_in(letter: str) -> str | None:
    """The code of the language that has rules for what is written onto words of ``letter``."""
    if letter < _FIRST_WITH_SUFFIXES:
        return None
    rules = ((code, load(code).suffixes) for code in _with_suffixes())
    return next((code for code, each in rules if each is not None and each.run.match(letter)), None)


@lru_cache(maxsize=4096)
def suffixes_of(letter: str) -> Suffixes | None:
    """The rules of the language that writes with ``letter``."""
    code = written_in(letter)
    return None if code is None else load(code).suffixes


def ends_well(folded: str, end: int, *, onward: str = "") -> bool:
    """Whether a value may end at ``end``: at a word's end, or before what is set onto nouns.

    ``onward`` lists the characters that may begin another value right there.
    """
    if end >= len(folded):
        return True
    letter = folded[end]
    if letter < _FIRST_WITH_SUFFIXES or letter in onward:
        return True
    rules = suffixes_of(letter)
    run = None if rules is None else rules.run.match(folded, end)
    return rules is None or run is None or rules.may_follow(run[0])


def stem_ends(word: str) -> tuple[int, ...]:
    """Lengths at which a noun may end in ``word``, the whole word first, then shorter ones.

    ``서울에서는`` gives 5, 2: the whole, and what is left without its particles.
    """
    rules = suffixes_of(word[-1]) if word else None
    return (len(word),) if rules is None else rules.stem_ends(word)


def agrees(stem: str, tail: str) -> bool:
    """Whether ``tail`` takes the form that the last sound of ``stem`` asks for (을 or 를)."""
    rules = suffixes_of(tail[0]) if tail else None
    return rules is None or rules.agrees(stem, tail)


def other_form(words: str) -> str | None:
    """Words that begin with a particle, with its other form: 으로 가는 is 로 가는."""
    rules = suffixes_of(words[0]) if words else None
    return None if rules is None else rules.other_form(words)


def agreeing(stem: str, words: str) -> str:
    """Words that follow ``stem``, their particle in the form that its last sound asks for."""
    rules = suffixes_of(words[0]) if words else None
    return words if rules is None else rules.agreeing(stem, words)


def counters(text: Text, at: int) -> Iterator[Parsed[str]]:
    """The counters that stand at ``at``, longest first: 명 in 두 명이요."""
    rules = suffixes_of(text.folded[at]) if at < len(text) else None
    return iter(()) if rules is None else rules.counters.at(text.folded, at)


def counted(text: Text, end: int) -> int | None:
    """Where the counter after a number ends, when the word ends well after it."""
    for counter in counters(text, text.skip(end)):
        if ends_well(text.folded, counter.end):
            return counter.end
    return None


def without_ending(endings: Sequence[str]) -> Callable[[str, int, int], int]:
    """Where a value ends in ``folded[start:end]`` without the first of ``endings`` after it."""

    def end_of(folded: str, start: int, end: int) -> int:
        for ending in endings:
            if folded.endswith(ending, start, end) and end - len(ending) > start:
                return end - len(ending)
        return end

    return end_of
