"""Whether a request keeps the constraints that its shape declares, member by member.

Types, required members, choices and bounds are read from the annotations of the shapes, so that
every breach is reported at once and in the service's words. Those of a ``Structure`` stand in the
shape of its part; what only a bot's definition as a whole can break is checked where that is read.
"""

from __future__ import annotations

import typing
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

import msgspec
from msgspec import inspect

from daehwa import workshop
from daehwa.server.restjson import Rule, null_clause, scalar_faults, size_faults

_WORDS: Final = {
    inspect.StrType: "string",
    inspect.LiteralType: "string",
    inspect.IntType: "integer",
    inspect.FloatType: "double",
    inspect.BoolType: "boolean",
    inspect.ListType: "list",
    inspect.DictType: "structure",
    inspect.StructType: "structure",
}
_KINDS: Final[dict[str, tuple[type, ...]]] = {
    "string": (str,),
    "integer": (int,),
    "double": (int, float),
    "boolean": (bool,),
    "list": (list,),
    "structure": (dict,),
}


class Member(msgspec.Struct, frozen=True):
    """A member of a shape: its type as msgspec sees it, its bounds, its choices in order."""

    required: bool
    type: inspect.Type
    rule: Rule
    choices: tuple[str, ...]


def faults(
    shape: type[msgspec.Struct], values: Mapping[str, Any], first: Iterable[str] = ()
) -> Iterator[str]:
    """What is wrong with the members of a request, one clause each.

    Args:
        shape: the request's shape.
        values: its members by their names on the wire, as JSON has them.
        first: the members to report before the others.
    """
    members = members_of(shape)
    for name in dict.fromkeys((*first, *members)):
        yield from _member_faults(members[name], values.get(name), name)


def _member_faults(member: Member, value: Any, path: str) -> Iterator[str]:
    if value is None:
        if member.required:
            yield null_clause(path)
    elif member.choices and isinstance(value, str):
        if value not in member.choices:
            choices = ", ".join(member.choices)
            yield (
                f"Value '{value}' at '{path}' failed to satisfy constraint: Member must satisfy "
                f"enum value set: [{choices}]"
            )
    else:
        yield from _faults(member.type, member.rule, value, path)


def _faults(kind: inspect.Type, rule: Rule, value: Any, path: str) -> Iterator[str]:
    word = _word(kind)
    if not _is(word, value):
        yield f"Value at '{path}' failed to satisfy constraint: Member must be of type {word}"
    elif isinstance(kind, inspect.StructType) or rule.part:
        shape = kind.cls if isinstance(kind, inspect.StructType) else workshop.part_shape(rule.part)
        for name, member in members_of(shape).items():
            yield from _member_faults(member, value.get(name), f"{path}.{name}")
    elif isinstance(kind, inspect.ListType | inspect.DictType):
        yield from _container_faults(kind, rule, value, path)
    elif word != "boolean":
        yield from scalar_faults(value, path, rule)


def _container_faults(
    kind: inspect.ListType | inspect.DictType, rule: Rule, value: Any, path: str
) -> Iterator[str]:
    if isinstance(kind, inspect.DictType):
        inner, inner_rule = unwrapped(kind.value_type)
        held = {f"{path}.{key}": one for key, one in value.items()}
    else:
        inner, inner_rule = unwrapped(kind.item_type)
        held = {f"{path}.{index}.member": one for index, one in enumerate(value, start=1)}
    word = _word(inner)
    if word and not all(_is(word, one) for one in held.values()):
        yield f"Value at '{path}' failed to satisfy constraint: Member must hold {word}s"
        return
    yield from size_faults(value, path, rule)
    if isinstance(kind, inspect.DictType):
        key_kind, key_rule = unwrapped(kind.key_type)
        for key in value:
            yield from scalar_faults(key, f"{path}.key", key_rule)
        choices: list[str] = []
        if isinstance(key_kind, inspect.LiteralType):
            choices = [str(one) for one in key_kind.values]
        if choices and not set(choices).issuperset(value):
            yield (
                f"Value at '{path}' failed to satisfy constraint: Map keys must satisfy "
                f"constraint: [Member must satisfy enum value set: [{', '.join(choices)}]]"
            )
    for place, one in held.items() if word else ():
        yield from _faults(inner, inner_rule, one, place)


def _word(kind: inspect.Type) -> str:
    """The service's word for a type; none for what may be anything."""
    return _WORDS.get(type(kind), "")


def _is(word: str, value: Any) -> bool:
    return isinstance(value, _KINDS[word]) and (word == "boolean" or not isinstance(value, bool))


@cache
def members_of(shape: type) -> dict[str, Member]:
    """The members of a shape, by their names on the wire."""
    info = inspect.type_info(shape)
    assert isinstance(info, inspect.StructType)  # noqa: S101 - every shape is one
    # msgspec sorts the choices; the service lists them as its model does.
    hints = typing.get_type_hints(shape)
    members = {}
    for field in info.fields:
        bare, rule = unwrapped(field.type)
        choices = _choices(hints[field.name]) if isinstance(bare, inspect.LiteralType) else ()
        members[field.encode_name] = Member(field.required, bare, rule, choices)
    return members


def _choices(hint: Any) -> tuple[str, ...]:
    """The choices of a ``Literal``, or of the one in ``Literal | None``."""
    if typing.get_origin(hint) is typing.Literal:
        return typing.get_args(hint)
    return next(_choices(one) for one in typing.get_args(hint) if one is not type(None))


def unwrapped(kind: inspect.Type) -> tuple[inspect.Type, Rule]:
    """A type without ``None`` and without its annotations, and its bounds."""
    noted: dict[str, Any] = {}
    while isinstance(kind, inspect.UnionType | inspect.Metadata):
        if isinstance(kind, inspect.Metadata):
            noted |= kind.extra or {}
            kind = kind.type
        else:
            kind = next(one for one in kind.types if not isinstance(one, inspect.NoneType))
    numeric = isinstance(kind, inspect.IntType | inspect.FloatType)
    least, most = ("ge", "le") if numeric else ("min_length", "max_length")
    rule = Rule(
        least=getattr(kind, least, None),
        most=getattr(kind, most, None),
        pattern=getattr(kind, "pattern", None),
        sensitive=noted.get("sensitive", False),
        part=noted.get("part"),
    )
    return kind, rule
