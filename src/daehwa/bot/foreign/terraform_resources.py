"""The resources of Terraform's JSON output, and which belongs to which.

In a state the resources name each other by identifiers. In a plan those are not known yet: what
the configuration refers to says it instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

_PREFIX: Final = "aws_lexv2models_"
_INDEX: Final = re.compile(r"\[[^\]]*\]")


class Resource(msgspec.Struct, frozen=True):
    """One of the resources that make a bot.

    ``kind`` is its type without the provider's prefix, ``values`` what is known of its arguments,
    ``references`` by argument the addresses that its configuration names, with and without index.
    """

    address: str
    kind: str
    name: str
    index: str | int | None
    values: dict[str, Any]
    references: dict[str, tuple[str, ...]]

    @property
    def called(self) -> str:
        """The name in Lex."""
        return str(self.values.get("name") or self.name)


def resources_in(document: Any) -> Resources | None:
    """The resources of a plan or a state; ``None`` if the document is neither."""
    if not isinstance(document, dict):
        return None
    values = document.get("planned_values") or document.get("values")
    root = values.get("root_module") if isinstance(values, dict) else None
    if not isinstance(root, dict):
        return None
    configuration = _mapping(_mapping(document.get("configuration")).get("root_module"))
    resources = list(_walk(root, configuration, ""))
    return Resources(resources) if any(one.kind == "bot" for one in resources) else None


def _walk(module: dict[str, Any], configuration: dict[str, Any], home: str) -> Iterator[Resource]:
    """The resources of a module and of those in it; ``home`` is its address with a point."""
    arguments = {
        each.get("address"): _mapping(each.get("expressions"))
        for each in configuration.get("resources") or ()
    }
    for each in module.get("resources") or ():
        kind, name = str(each.get("type") or ""), str(each.get("name") or "")
        if kind.startswith(_PREFIX) and each.get("mode", "managed") == "managed":
            yield Resource(
                address=str(each.get("address") or f"{home}{kind}.{name}"),
                kind=kind.removeprefix(_PREFIX),
                name=name,
                index=each.get("index"),
                values=_mapping(each.get("values")),
                references={
                    argument: tuple(home + one for one in _references(expression))
                    for argument, expression in arguments.get(f"{kind}.{name}", {}).items()
                },
            )
    calls = _mapping(configuration.get("module_calls"))
    for child in module.get("child_modules") or ():
        address = str(child.get("address") or "")
        call = _INDEX.sub("", address).rpartition("module.")[2]
        inner = _mapping(_mapping(calls.get(call)).get("module"))
        yield from _walk(child, inner, f"{_INDEX.sub('', address)}.")


def _references(expression: Any) -> Iterator[str]:
    """What an expression refers to, at any depth."""
    if isinstance(expression, dict):
        for name, value in expression.items():
            if name == "references" and isinstance(value, list):
                yield from (form for one in value for form in (str(one), _INDEX.sub("", str(one))))
            else:
                yield from _references(value)
    elif isinstance(expression, list):
        for value in expression:
            yield from _references(value)


class Resources:
    """The resources of one plan or state."""

    def __init__(self, resources: list[Resource]) -> None:
        self._all = resources

    def __iter__(self) -> Iterator[Resource]:
        return iter(self._all)

    def of(self, kind: str) -> list[Resource]:
        """Those of a kind."""
        return [one for one in self._all if one.kind == kind]

    def is_part(self, part: Resource, bot: Resource) -> bool:
        """Whether a resource is a part of the bot: of the only one, if it does not say of which."""
        if part.kind == "bot":
            return False
        meant = self._meant(part, "bot_id", "bot")
        if meant is None:
            # Its locale, or what else it refers to, says it.
            near = (one for one in self._all if one is not part and _refers(part, one))
            meant = next((m for one in near if (m := self._meant(one, "bot_id", "bot"))), None)
        return meant is bot or (meant is None and len(self.of("bot")) == 1)

    def holds(self, intent: Resource, slot: Resource) -> bool:
        """Whether a slot is the intent's: by its reference, else by a sample that has it."""
        meant = self._meant(slot, "intent_id", "intent")
        if meant is not None:
            return meant is intent
        if slot.values.get("intent_id") or slot.values.get("locale_id") != intent.values.get(
            "locale_id"
        ):
            return False
        return f"{{{slot.called}}}" in str(intent.values.get("sample_utterance"))

    def slot_type_of(self, slot: Resource) -> str | None:
        """The name of a slot's type."""
        meant = self._meant(slot, "slot_type_id", "slot_type")
        return meant.called if meant else slot.values.get("slot_type_id")

    def priorities(self, intent: Resource, slots: list[Resource]) -> list[str]:
        """The names of the slots that the intent gives a priority, in their order."""
        given = [_mapping(one) for one in intent.values.get("slot_priority") or ()]
        by_identifier = {one.values.get("slot_id"): one.called for one in slots}
        by_identifier |= {one.called: one.called for one in slots}
        given.sort(key=lambda one: one.get("priority") or 0)
        return [
            by_identifier[one["slot_id"]] for one in given if one.get("slot_id") in by_identifier
        ]

    def _meant(self, one: Resource, argument: str, kind: str) -> Resource | None:
        """The resource that an argument names: by identifier, else by reference and index."""
        identifier = one.values.get(argument)
        candidates = self.of(kind)
        for other in candidates:
            if identifier and identifier in (
                other.values.get("id"), other.values.get(f"{kind}_id")
            ):  # fmt: skip
                return other
        if identifier:
            return None
        named = one.references.get(argument, ())
        referred = [other for other in candidates if other.address in named] or [
            other for other in candidates if _INDEX.sub("", other.address) in named
        ]
        same = [other for other in referred if other.index == one.index]
        return referred[0] if len(referred) == 1 else same[0] if len(same) == 1 else None


def _refers(part: Resource, other: Resource) -> bool:
    address = _INDEX.sub("", other.address)
    return any(address in named for named in part.references.values())


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
