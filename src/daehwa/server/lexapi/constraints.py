"""What Lex's service model demands of the members of a request.

Types, required members and enumerations are in the typed values themselves; lengths,
ranges and patterns are here, by value and member. A test compares each of them with
botocore's service model. Messages follow the service's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec
import msgspec.inspect

from daehwa import lex
from daehwa.server.restjson import Rule, null_clause, scalar_faults, size_faults


class HintValue(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A phrase to expect."""

    phrase: str


class HintDetails(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The phrases to expect for a slot, or for the parts of a composite one."""

    runtime_hint_values: tuple[HintValue, ...] | None = None
    sub_slot_hints: dict[str, HintDetails] | None = None


NON_EMPTY = Rule(least=1)
NAME = Rule(least=1, most=100, pattern="^([0-9a-zA-Z][_-]?)+$")
BOT_ID = Rule(required=True, least=10, most=10, pattern="^[0-9a-zA-Z]+$")
ALIAS_ID = Rule(required=True)
LOCALE_ID = Rule(required=True, least=1)
SESSION_ID = Rule(required=True, least=2, most=100, pattern="[0-9a-zA-Z._:-]+")
TEXT = Rule(required=True, least=1, most=1024, sensitive=True)
EVENT_ID = Rule(least=2, most=100, pattern="[0-9a-zA-Z._:-]+")
STRING_MAP = Rule(keys=NON_EMPTY)
MESSAGES = Rule(most=10)

_TITLE = Rule(least=1, most=250)
_BUTTON = Rule(required=True, least=1, most=50)
_SLOTS = Rule(keys=NON_EMPTY)

RULES: Mapping[tuple[type, str], Rule] = {
    (lex.SessionState, "active_contexts"): Rule(least=0, most=20),
    (lex.SessionState, "session_attributes"): STRING_MAP,
    (lex.SessionState, "originating_request_id"): NON_EMPTY,
    (lex.DialogAction, "type"): Rule(required=True),
    (lex.DialogAction, "slot_to_elicit"): NON_EMPTY,
    (lex.SubSlotToElicit, "name"): Rule(required=True, least=1),
    (lex.Intent, "name"): Rule(required=True, least=1),
    (lex.Intent, "slots"): _SLOTS,
    (lex.Slot, "sub_slots"): _SLOTS,
    (lex.SlotValue, "original_value"): NON_EMPTY,
    (lex.SlotValue, "interpreted_value"): Rule(required=True, least=1),
    (lex.SlotValue, "resolved_values"): Rule(items=NON_EMPTY),
    (lex.ActiveContext, "name"): Rule(
        required=True, least=1, most=100, pattern="^([A-Za-z0-9]_?)+$"
    ),
    (lex.ActiveContext, "time_to_live"): Rule(required=True),
    (lex.ActiveContext, "context_attributes"): Rule(
        required=True,
        least=0,
        most=10,
        keys=Rule(least=1, most=100),
        values=Rule(least=1, most=1024, sensitive=True),
    ),
    (lex.TimeToLive, "time_to_live_in_seconds"): Rule(required=True, least=5, most=86400),
    (lex.TimeToLive, "turns_to_live"): Rule(required=True, least=1, most=20),
    (lex.RuntimeHints, "slot_hints"): Rule(keys=NAME, values=Rule(keys=NAME)),
    (HintDetails, "runtime_hint_values"): Rule(least=1, most=100),
    (HintDetails, "sub_slot_hints"): Rule(keys=NAME),
    (HintValue, "phrase"): Rule(required=True, least=1, most=140),
    (lex.Message, "content_type"): Rule(required=True),
    (lex.Message, "content"): Rule(least=1, most=1024, sensitive=True),
    (lex.ImageResponseCard, "title"): Rule(required=True, least=1, most=250),
    (lex.ImageResponseCard, "subtitle"): _TITLE,
    (lex.ImageResponseCard, "image_url"): _TITLE,
    (lex.ImageResponseCard, "buttons"): Rule(least=0, most=5),
    (lex.Button, "text"): _BUTTON,
    (lex.Button, "value"): _BUTTON,
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
    for attribute, wire in _members(kind):
        inner = getattr(value, attribute)
        rule = RULES.get((kind, attribute), _NO_RULE)
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
def _members(kind: type[msgspec.Struct]) -> tuple[tuple[str, str], ...]:
    return tuple(zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True))


_PATH = re.compile(r" - at `(?:key in )?\$\.?(?P<path>[^`]*)`$")
_MISSING = re.compile(r"^Object missing required field `(?P<member>[^`]+)`")
_ENUM = re.compile(r"^Invalid enum value (?P<value>'.*'|\d+)", re.DOTALL)
_TYPE = re.compile(r"^Expected `(?P<wanted>[^`]+)`, got `(?P<got>[^`]+)`")
_WORDS = {"str": "string", "int": "integer", "object": "structure", "array": "list"}


def clause_of(error: msgspec.ValidationError, within: str = "") -> str:
    """What msgspec found wrong with a body, as a clause in the service's words."""
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
    found = {}
    for kind in {kind for kind, _ in RULES} | {lex.Slot, lex.Interpretation}:
        for field in msgspec.inspect.type_info(kind).fields:  # type: ignore[attr-defined]
            options = getattr(field.type, "types", (field.type,))
            for option in options:
                if isinstance(option, msgspec.inspect.LiteralType):
                    found[field.encode_name] = tuple(map(str, option.values))
    return found


def _wire_path(path: str, within: str) -> str:
    numbered = re.sub(r"\[(\d+)\]", lambda found: f".{int(found[1]) + 1}.member", path)
    named = numbered.replace("[...]", ".value")
    return ".".join(part for part in (within, named.lstrip(".")) if part)
