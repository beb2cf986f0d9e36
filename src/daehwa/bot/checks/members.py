"""Checking the members of files: misspelt ones are passed over in silence otherwise."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from typing import Any, Final

import msgspec

from daehwa.bot.checks.enum_words import NAMED_BY_AUTHORS
from daehwa.bot.fields import fields, other_spellings
from daehwa.bot.problems import Problem, warning
from daehwa.bot.tree import walk
from daehwa.bot.wire_members import WIRE_MEMBERS

_NEAR: Final = 0.75
# Members of exports that neither the API nor the values have.
_OF_EXPORTS: Final = frozenset(
    {
        "resourceType", "schemaVersion", "fileFormat", "metaData", "botAliasLocaleSettings",
        "intentDisplayName", "Initial", "Retry1", "Retry2", "Retry3", "Retry4", "Retry5",
        "sampleValueElicitingUtterances", "engine", "voiceId", "intentsInScope",
        "displayName",
    }
)  # fmt: skip


def member_problems(value: msgspec.Struct, file: str) -> Iterator[Problem]:
    """Members in a file's value that nothing reads, with the one that was probably meant.

    Lex's exports write every member, null where nothing is set; a null that nothing reads is one
    that came to Lex later.
    """
    for path, inner in walk(value):
        kind: type[msgspec.Struct] = type(inner)
        own = fields(kind)
        names = {*own, *other_spellings(kind)}
        for name, given in inner.extra.items():
            canonical = other_spellings(kind).get(name, name)
            if canonical in own:
                yield warning(
                    "member-twice",
                    file,
                    f"{path}.{name}",
                    f'"{name}" is another spelling of "{canonical}", which is there, too: '
                    "only that one counts.",
                    "Remove one of the two.",
                )
            elif name not in WIRE_MEMBERS and name not in _OF_EXPORTS:
                problem = _unknown(name, names, file, f"{path}.{name}")
                if given is not None or problem.code == "misspelt-member":
                    yield problem
        for field in own.values():
            raw = getattr(inner, field.attribute)
            if isinstance(raw, dict) and field.attribute not in NAMED_BY_AUTHORS:
                yield from _raw(raw, file, f"{path}.{field.name}")


def _raw(value: Any, file: str, path: str) -> Iterator[Problem]:
    """Members of a part that is kept as it stands."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in WIRE_MEMBERS and name not in _OF_EXPORTS:
                near = [each for each in (*WIRE_MEMBERS, *_OF_EXPORTS) if each[:1] == name[:1]]
                if difflib.get_close_matches(name, near, n=1, cutoff=0.85):
                    yield _unknown(name, near, file, f"{path}.{name}")
            yield from _raw(inner, file, f"{path}.{name}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _raw(inner, file, f"{path}[{index}]")


def _unknown(name: str, known: Collection[str], file: str, field: str) -> Problem:
    folded = {each.casefold(): each for each in known}
    close = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=_NEAR)
    if close:
        return warning(
            "misspelt-member",
            file,
            field,
            f'nothing reads "{name}".',
            f'Write "{folded[close[0]]}" if that is meant, or remove it.',
        )
    return warning(
        "unknown-member",
        file,
        field,
        f'nothing reads "{name}": neither Lex nor this program knows it here.',
        "Check its place and spelling, or remove it.",
    )
