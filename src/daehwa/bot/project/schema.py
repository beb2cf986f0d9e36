"""The JSON Schema of a project's files, for completion and checks in editors.

It is made of ``vocabulary``, which the reader goes by, too.
"""

from __future__ import annotations

from typing import Any, Final

from daehwa.bot.project.vocabulary import KINDS, NO_STEP, STEPS, ProjectMember
from daehwa.bot.signatures import BUILT_IN_SLOT_TYPES

SCHEMAS: Final = ("bot", "locale")
"""The files that have a schema: ``bot.yaml``, and the file of a locale."""

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
# A scalar without quotes is text here, whatever it looks like to an editor.
_TEXT: Final = {"type": ["string", "number", "boolean", "null"]}
_STEP: Final = {
    "anyOf": [
        {"enum": [*STEPS, NO_STEP]},
        {"type": "string", "pattern": "^(elicit|start) .+"},
        {"type": "object", "required": ["lex"]},
    ]
}


def schema(file: str) -> dict[str, Any]:
    """The schema of ``bot`` or ``locale``."""
    return {
        "$schema": _DIALECT,
        "title": f"Daehwa: the file of a {file}",
        "$ref": f"#/$defs/{file}",
        "$defs": {_id(name): value for name, value in _definitions().items()},
    }


def _definitions() -> dict[str, Any]:
    return {name: _part(name) for name in KINDS} | _SHARED


def _id(name: str) -> str:
    """A name as it may stand in an address."""
    return name.replace(" ", "_")


def _part(name: str) -> dict[str, Any]:
    return {
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {member: _member(one) for member, one in KINDS[name].items()},
    }


def _member(member: ProjectMember) -> dict[str, Any]:
    return {"description": member.purpose} | _value(member)


def _value(member: ProjectMember) -> dict[str, Any]:
    kind = member.kind
    if kind.startswith(("word: ", "words: ")):
        return _words(kind)
    if kind.endswith(" by name"):
        below = {"texts": _TEXT}.get(kind.removesuffix(" by name"))
        return _mapping(below or _of(kind.removesuffix(" by name")))
    if kind.startswith("list of "):
        item = _of(kind.removeprefix("list of "))
        return {"anyOf": [{"type": "array", "items": item}, item]}
    return _of(kind)


def _words(kind: str) -> dict[str, Any]:
    words = {"enum": kind.partition(": ")[2].split(", ")}
    if kind.startswith("word: "):
        return words
    return {"anyOf": [words, {"type": "array", "items": words}]}


def _mapping(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": ["object", "null"], "additionalProperties": value}


def _of(kind: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{_id(_NAMED.get(kind, kind))}"}


# Parts that have a shorter form, too.
_NAMED: Final = {
    "intent": "intent", "slot": "a slot", "slot type": "a slot type", "outcome": "an outcome",
    "initial": "an initial outcome", "prompt": "a prompt", "confirm": "a confirmation",
    "context": "a context", "message": "a message", "branch": "a branch", "hook": "a hook",
}  # fmt: skip


def _either(*kinds: str) -> dict[str, Any]:
    return {"anyOf": [{"$ref": f"#/$defs/{_id(kind)}"} for kind in kinds]}


_PAIRS: Final = {"anyOf": [
    {"type": "array", "items": {"anyOf": [_TEXT, _mapping({})]}}, _mapping({}),
]}  # fmt: skip
_SHARED: Final[dict[str, Any]] = {
    "text": _TEXT,
    "texts": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]},
    "flag": {"enum": [True, False, "yes", "no"]},
    "flag or text": _TEXT,
    "number": {"type": "number"},
    "duration": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^\d+[smh]?$"}]},
    "lex": {},
    "step": _STEP,
    "buttons": _PAIRS,
    "values": _PAIRS,
    "messages": {"anyOf": [
        _TEXT, {"$ref": "#/$defs/message"},
        {"type": "array", "items": {"$ref": "#/$defs/a_message"}},
    ]},
    "a message": _either("text", "message"),
    "a context": _either("text", "context"),
    "a branch": _either("branch"),
    "a hook": {"anyOf": [{"const": NO_STEP}, {"$ref": "#/$defs/hook"}]},
    "an outcome": _either("messages", "outcome"),
    "an initial outcome": _either("messages", "initial"),
    "a prompt": _either("messages", "prompt"),
    "a confirmation": _either("messages", "confirm"),
    "a slot": {"anyOf": [
        {"enum": sorted(BUILT_IN_SLOT_TYPES)}, {"type": "string"}, {"$ref": "#/$defs/slot"},
    ]},
    "a slot type": _either("values", "slot type"),
}  # fmt: skip
