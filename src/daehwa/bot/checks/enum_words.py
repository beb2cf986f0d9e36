"""Checking the words of parts that are kept as they stand: Lex takes none but its own.

What the values of a bot know themselves is refused as it is read (``daehwa.bot.decoding``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

import msgspec

from daehwa.bot.checks.texts import shown
from daehwa.bot.fields import fields
from daehwa.bot.nearest_word import nearest_cure
from daehwa.bot.problems import Problem, error
from daehwa.bot.tree import walk
from daehwa.bot.wire_members import WIRE_MEMBERS, WIRE_WORDS

NAMED_BY_AUTHORS: Final = frozenset(
    {"slots", "session_attributes", "slot_specifications", "locales", "intents", "slot_types"}
)
"""The attributes whose members are names of the author's own."""
# Of values that are always read; elsewhere these names may mean anything.
_READ: Final = frozenset({"type", "shape"})


def choice_problems(value: msgspec.Struct, file: str) -> Iterator[Problem]:
    """Words, and keys of maps, that Lex does not take, with the nearest one that it does."""
    for path, inner in walk(value):
        for name, given in inner.extra.items():
            if name in WIRE_MEMBERS:
                yield from _member(name, given, file, f"{path}.{name}")
        kind: type[msgspec.Struct] = type(inner)
        for field in fields(kind).values():
            raw = getattr(inner, field.attribute)
            if isinstance(raw, dict) and field.attribute not in NAMED_BY_AUTHORS:
                yield from _member(field.name, raw, file, f"{path}.{field.name}")


def _member(name: str, value: Any, file: str, path: str) -> Iterator[Problem]:
    words = () if name in _READ else WIRE_WORDS.get(name, ())
    if isinstance(value, dict):
        for key, inner in value.items():
            if words and key not in words:
                yield _refused(key, words, file, f"{path}.{key}")
            yield from _member(key, inner, file, f"{path}.{key}")
    elif isinstance(value, list) and not words:
        for index, inner in enumerate(value):
            yield from _member("", inner, file, f"{path}[{index}]")
    elif words and value is not None and value not in words:
        yield _refused(value, words, file, path)


def _refused(word: Any, words: Collection[str], file: str, path: str) -> Problem:
    quoted = f'"{shown(word)}"' if isinstance(word, str) else "this"
    problem = f"{quoted} is not a choice here."
    return error("wrong-word", file, path, problem, nearest_cure(word, words))
