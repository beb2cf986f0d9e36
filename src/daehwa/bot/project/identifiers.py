"""The ids that Lex gave, as a project keeps them: by locale, kind and name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from daehwa.bot.project.nodes import Node, ProjectFault, shown

_KINDS: Final = ("slot_types", "intents", "slots")


def read_identifiers(node: Node) -> dict[str, Any]:
    """The ids of each locale; what is none is reported, and left to an id of the name."""
    return {locale: _locale(one) for locale, one in _entries(node, "locales")}


def _locale(node: Node) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for kind, one in _entries(node, "slot_types, intents and slots"):
        if kind == "slots":
            made[kind] = {intent: _ids(slots) for intent, slots in _entries(one, "intents")}
        elif kind in _KINDS:
            made[kind] = _ids(one)
        else:
            _report(one, f'there are no ids of "{kind}".', f"Write one of {', '.join(_KINDS)}.")
    return made


def _ids(node: Node) -> dict[str, str | None]:
    made = {}
    for name, one in _entries(node, "names with their ids"):
        value = one.json()
        if value is None or isinstance(value, str):
            made[name] = value
        else:
            _report(
                one, f"{shown(one.value)} is not an id.", "Put it in quotes, or remove the line."
            )
    return made


def _entries(node: Node, what: str) -> list[tuple[str, Node]]:
    if node.value in (None, ""):
        return []
    if not isinstance(node.value, Mapping):
        problem = f"this is {shown(node.value)}, but has to be {what}."
        _report(
            node, problem, "Remove it: a part without an id here gets one derived from its name."
        )
        return []
    return [(str(name), node.child(name)) for name in node.value]


def _report(node: Node, problem: str, cure: str) -> None:
    node.source.faults.append(ProjectFault(node.path, problem, cure, loses=False))
