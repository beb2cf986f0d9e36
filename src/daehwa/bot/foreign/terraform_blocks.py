"""Terraform's blocks as the members of an export, by the types of the bot's definition."""

from __future__ import annotations

import types
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

import msgspec

from daehwa.bot.definition import Definition
from daehwa.bot.wire_members import WIRE_MEMBERS

_KEY: Final = "map_block_key"
# Arguments and attributes of the resources that are not part of a bot's definition, or that its
# files give in another way.
_ELSEWHERE: Final = frozenset(
    {
        "id",
        "arn",
        "region",
        "timeouts",
        "tags",
        "tags_all",
        "test_bot_alias_tags",
        "role_arn",
        "type",
        "members",
        "bot_id",
        "bot_version",
        "locale_id",
        "intent_id",
        "slot_id",
        "slot_type_id",
        "slot_priority",
        "creation_date_time",
        "last_updated_date_time",
        "n_lu_intent_confidence_threshold",
    }
)
_OTHER_NAMES: Final = {
    "active": "is_active",
    "closing_setting": "intent_closing_setting",
    "confirmation_setting": "intent_confirmation_setting",
}
_STRATEGIES: Final = {
    "OriginalValue": "ORIGINAL_VALUE",
    "TopResolution": "TOP_RESOLUTION",
    "Concatenation": "CONCATENATION",
}
_BY_LETTERS: Final = {member.casefold(): member for member in WIRE_MEMBERS}


class Blocks:
    """Converts blocks; ``unknown`` collects the members that a bot does not have."""

    def __init__(self) -> None:
        self.unknown: set[str] = set()

    def of_resource(self, values: dict[str, Any], kind: type) -> dict[str, Any]:
        """What a resource knows of its arguments, as the members of an export's ``kind``."""
        own = {name: value for name, value in values.items() if name not in _ELSEWHERE}
        return self._members(own, kind)

    def _members(self, block: dict[str, Any], kind: type) -> dict[str, Any]:
        members: dict[str, Any] = {}
        for name, value in block.items():
            if value is None or value == []:
                continue
            field = _field(kind, name)
            if field is None:
                self.unknown.add(name)
                continue
            wire, member = field
            converted = self._value(value, member)
            if converted is not None:
                members[wire] = converted
        return members

    def _value(self, value: Any, kind: Any) -> Any:
        kind = _without_none(kind)
        origin = get_origin(kind)
        if origin is tuple:
            items = value if isinstance(value, list) else [value]
            return [self._value(item, get_args(kind)[0]) for item in items]
        if origin is dict:
            return self._mapping(value, get_args(kind)[1])
        if isinstance(kind, type) and issubclass(kind, Definition):
            block = value[0] if isinstance(value, list) and value else value
            return self._members(block, kind) if isinstance(block, dict) else None
        return _STRATEGIES.get(value, value) if isinstance(value, str) else value

    def _mapping(self, value: Any, kind: Any) -> dict[str, Any]:
        """A map, which in blocks is a list of them with their keys."""
        if isinstance(value, dict):
            return {key: self._member(member, kind) for key, member in value.items()}
        if value and _KEY in value[0]:
            return {
                item[_KEY]: self._member({k: v for k, v in item.items() if k != _KEY}, kind)
                for item in value
            }
        return _free(value[0]) if value else {}

    def _member(self, value: Any, kind: Any) -> Any:
        return _free(value) if kind is Any else self._value(value, kind)


def _free(value: Any) -> Any:
    """Blocks of which no type is known: a list of one block is the block."""
    if isinstance(value, list):
        blocks = [_free(item) for item in value]
        return blocks[0] if len(blocks) == 1 and isinstance(blocks[0], dict) else blocks
    if isinstance(value, dict):
        return {
            _BY_LETTERS.get(name.replace("_", ""), _camel(name)): _free(member)
            for name, member in value.items()
            if member is not None and member != []
        }
    return value


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


def _without_none(kind: Any) -> Any:
    """The type of what may be left out."""
    if get_origin(kind) in (Union, types.UnionType):
        [kind] = [one for one in get_args(kind) if one is not type(None)]
    return kind


@cache
def _fields(kind: type) -> dict[str, tuple[str, Any]]:
    """The members of a type by their names in Terraform, a list's in the singular and plural."""
    hints = get_type_hints(kind)
    names: dict[str, tuple[str, Any]] = {}
    for field in msgspec.structs.fields(kind):
        for name in _spellings(field.name):
            names.setdefault(name, (field.encode_name, hints[field.name]))
    return names


def _spellings(name: str) -> Iterator[str]:
    yield name
    listed = name.removesuffix("_list")
    yield listed
    for plural, singular in (("ies", "y"), ("ches", "ch"), ("s", "")):
        if listed.endswith(plural):
            yield listed.removesuffix(plural) + singular


def _field(kind: type, name: str) -> tuple[str, Any] | None:
    fields = _fields(kind)
    return fields.get(name) or fields.get(_OTHER_NAMES.get(name, ""))
