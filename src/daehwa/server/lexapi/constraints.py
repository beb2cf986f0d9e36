"""What Lex's service model demands of the members of a request.

Types, required members and enumerations are in the typed values themselves; lengths,
ranges and patterns are in ``rules``, by structure and member. Messages follow the service's
own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec
import msgspec.inspect

from daehwa import lex
from daehwa.server.lexapi.rules import RULES
from daehwa.server.restjson import Rule, null_clause, scalar_faults, size_faults


class HintValue(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A phrase to expect."""

    phrase: str


class HintDetails(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The phrases to expect for a slot, or for the parts of a composite one."""

    runtime_hint_values: tuple[HintValue, ...] | None = None
    sub_slot_hints: dict[str, HintDetails] | None = None


# The structures of the model that go by another name here.
_STRUCTURES: Mapping[type, str] = {
    lex.SubSlotToElicit: "ElicitSubSlot",
    lex.SlotValue: "Value",
    lex.TimeToLive: "ActiveContextTimeToLive",
    HintDetails: "RuntimeHintDetails",
    HintValue: "RuntimeHintValue",
}

_NO_RULE = Rule()


def faults(value: Any, path: str, rule: Rule = _NO_RULE) -> Iterator[str]:
    """What is wrong with ``value`` and all inside it, one clause each.

    ``path`` names the member as the service does: ``sessionState.intent.name``,
    ``messages.1.member.content``.
    """
    if value is None:
        if rule.required:
            yield null_clause(path)
        return
    if isinstance(value, str | int | float):
        yield from scalar_faults(value, path, rule)
    elif isinstance(value, Mapping):
        yield from _map_faults(value, path, rule)
    elif isinstance(value, tuple | list):
        yield from size_faults(value, path, rule)
        for index, item in enumerate(value, start=1):
            yield from faults(item, f"{path}.{index}.member", rule.items or _NO_RULE)
    else:
        yield from _struct_faults(value, path)


def _struct_faults(value: msgspec.Struct, path: str) -> Iterator[str]:
    kind = type(value)
    for attribute, wire, rule in members_of(kind):
        inner = getattr(value, attribute)
        below = f"{path}.{wire}" if path else wire
        if kind is lex.RuntimeHints and inner is not None:
            yield from _hint_faults(inner, below, rule)
        else:
            yield from faults(inner, below, rule)


def _hint_faults(hints: Mapping[str, Mapping[str, Any]], path: str, rule: Rule) -> Iterator[str]:
    try:
        typed = msgspec.convert(hints, dict[str, dict[str, HintDetails]])
    except msgspec.ValidationError as error:
        yield clause_of(error, path)
    else:
        yield from _map_faults(typed, path, rule)


def _map_faults(value: Mapping[str, Any], path: str, rule: Rule) -> Iterator[str]:
    yield from size_faults(value, path, rule)
    for key, inner in value.items():
        if rule.keys is not None:
            yield from faults(key, f"{path}.key", rule.keys)
        yield from faults(inner, f"{path}.{key}", rule.values or _NO_RULE)


@cache
def members_of(kind: type[msgspec.Struct]) -> tuple[tuple[str, str, Rule], ...]:
    """The members of a value: each attribute, its name on the wire, its rule."""
    rules = RULES.get(_STRUCTURES.get(kind, kind.__name__), {})
    return tuple(
        (attribute, wire, rules.get(wire, _NO_RULE))
        for attribute, wire in zip(
            kind.__struct_fields__, kind.__struct_encode_fields__, strict=True
        )
    )


_PATH = re.compile(r" - at `(?:key in )?\$\.?(?P<path>[^`]*)`$")
_MISSING = re.compile(r"^Object missing required field `(?P<member>[^`]+)`")
_ENUM = re.compile(r"^Invalid enum value (?P<value>'.*'|\d+)", re.DOTALL)
_TYPE = re.compile(r"^Expected `(?P<wanted>[^`]+)`, got `(?P<got>[^`]+)`")
_WORDS = {"str": "string", "int": "integer", "object": "structure", "array": "list"}


def clause_of(error: msgspec.ValidationError, within: str = "") -> str:
    """What msgspec reports wrong in a body, as a clause in the service's words."""
    message = str(error)
    place = _PATH.search(message)
    path = _wire_path(place["path"] if place else "", within)
    if missing := _MISSING.match(message):
        full = f"{path}.{missing['member']}" if path else missing["member"]
        return null_clause(full)
    if enum := _ENUM.match(message):
        values = ", ".join(_enumerations().get(path.rpartition(".")[2], ()))
        return (
            f"Value {enum['value']} at '{path}' failed to satisfy constraint: "
            f"Member must satisfy enum value set: [{values}]"
        )
    if kind := _TYPE.match(message):
        if kind["got"] == "null":
            return null_clause(path)
        wanted = kind["wanted"].removesuffix(" | null")
        return (
            f"Value at '{path or 'body'}' failed to satisfy constraint: Member must be of type "
            f"{_WORDS.get(wanted, wanted)}, not {_WORDS.get(kind['got'], kind['got'])}"
        )
    return f"Value at '{path or 'body'}' failed to satisfy constraint: {message}"


@cache
def _enumerations() -> dict[str, tuple[str, ...]]:
    """The values of each enumerated member, by its name on the wire."""
    choices = {}
    for kind in (lex.DialogAction, lex.Intent, lex.Slot, lex.Message, lex.Interpretation):
        for field in msgspec.inspect.type_info(kind).fields:  # type: ignore[attr-defined]
            options = getattr(field.type, "types", (field.type,))
            for option in options:
                if isinstance(option, msgspec.inspect.LiteralType):
                    choices[field.encode_name] = tuple(map(str, option.values))
    return choices


def _wire_path(path: str, within: str) -> str:
    numbered = re.sub(r"\[(\d+)\]", lambda index: f".{int(index[1]) + 1}.member", path)
    named = numbered.replace("[...]", ".value")
    return ".".join(part for part in (within, named.lstrip(".")) if part)
