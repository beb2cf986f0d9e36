"""References to what a conversation knows: ``{slot}``, ``[attribute]``, ``((request))``, ``$.x``.

Messages, conditions, next steps and default values all refer to the same things; a
``Scope`` is where they are looked up. What is not there is ``None``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from daehwa import lex
from daehwa.dialog.slots import SlotMap, slot_text

ReferenceKind = Literal["slot", "session", "request", "path"]

_WHOLE = re.compile(
    r"""\s*(?:
        \{\s*(?P<slot>[^{}\[\]()"]+?)\s*\}
      | \[\s*(?P<session>[^{}\[\]()"]+?)\s*\]
      | \(\(\s*(?P<request>[^{}\[\]()"]+?)\s*\)\)
      | (?P<path>\$\.[\w.\[\]-]+)
    )\s*""",
    re.VERBOSE,
)
_PATH_STEP = re.compile(r"([\w-]+)|\[(\d{1,4})\]")


class Reference(msgspec.Struct, frozen=True):
    """A reference: what kind of thing, and its name (or path, for ``$.x``)."""

    kind: ReferenceKind
    name: str


class Scope(msgspec.Struct, kw_only=True):
    """Where references are looked up: the turn as it stands."""

    intent: str | None = None
    slots: SlotMap = msgspec.field(default_factory=dict)
    session_attributes: Mapping[str, str] = msgspec.field(default_factory=dict)
    request_attributes: Mapping[str, str] = msgspec.field(default_factory=dict)
    transcript: str = ""
    input_mode: str = "Text"
    resolved_slots: Mapping[str, lex.Slot] = msgspec.field(default_factory=dict)

    def slot(self, name: str) -> lex.Slot | None:
        """Return ``{slot}``, ``{Intent.slot}`` of the present intent, or ``{composite.sub}``."""
        slot = self.slots.get(name)
        if slot is not None or "." not in name:
            return slot
        first, rest = name.split(".", 1)
        if first == self.intent:
            return self.slot(rest)
        composite = self.slots.get(first)
        return (composite.sub_slots or {}).get(rest) if composite else None

    def text(self, reference: Reference) -> str | None:
        """Return the text that a reference stands for; ``None`` when there is none."""
        match reference.kind:
            case "slot":
                slot = self.slot(reference.name)
                return slot_text(slot) if slot else None
            case "session":
                return self.session_attributes.get(reference.name)
            case "request":
                return self.request_attributes.get(reference.name)
            case "path":
                return self._path(reference.name)

    def _path(self, path: str) -> str | None:
        names = [word or int(index) for word, index in _PATH_STEP.findall(path[2:])]
        match names:
            case ["inputTranscript"]:
                return self.transcript
            case ["inputMode"]:
                return self.input_mode
            case ["transcriptions", 0, *rest]:
                return self._transcription(rest)
            case _:
                return None

    def _transcription(self, rest: Sequence[str | int]) -> str | None:
        match rest:
            case ["transcription"]:
                return self.transcript
            case ["transcriptionConfidence"]:
                return "1"
            case ["resolvedContext", "intent"]:
                return self.intent
            case ["resolvedSlots", str(name), *_]:
                slot = self.resolved_slots.get(name)
                return slot_text(slot) if slot else None
            case _:
                return None


def parse_reference(text: str) -> Reference | None:
    """Read a text that is a reference and nothing else; ``None`` when it is a constant."""
    match = _WHOLE.fullmatch(text)
    if match is None:
        return None
    for kind in ("slot", "session", "request", "path"):
        name = match[kind]
        if name is not None:
            return Reference(kind, name)
    return None


def resolve(text: str | None, scope: Scope) -> str | None:
    """Return a constant as it is and a reference's value; ``None`` when it has none."""
    if text is None:
        return None
    parsed = parse_reference(text)
    return text if parsed is None else scope.text(parsed)
