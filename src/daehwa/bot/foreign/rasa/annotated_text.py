"""Examples with entities marked in them, as ``to [Rome](city)`` or ``[NYC]{"entity": "city"}``.

Source: the Rasa documentation, "Training Data Format: Entities".
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

import msgspec

_ANNOTATION: Final = re.compile(
    r"\[(?P<text>[^\]]+?)\]"
    r"(?:\((?P<entity>[^:)]+?)(?::(?P<value>[^)]+))?\)"
    r"|\{(?P<object>[^}]+?)\}"
    r"|\[(?P<several>\{.*?\})\])"
)


class MarkedEntity(msgspec.Struct, frozen=True):
    """An entity in an example: its words, and what they mean."""

    text: str
    name: str
    value: str
    role: str | None = None
    group: str | None = None

    @property
    def key(self) -> tuple[str, str | None, str | None]:
        """What tells it apart: its name, role and group."""
        return self.name, self.role, self.group


class TrainingExample(msgspec.Struct, frozen=True):
    """An example of what users say: text and entities in their order, and its place."""

    parts: tuple[str | MarkedEntity, ...]
    place: str

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    @property
    def entities(self) -> tuple[MarkedEntity, ...]:
        """The entities in it."""
        return tuple(part for part in self.parts if isinstance(part, MarkedEntity))


def annotated(text: str, place: str) -> TrainingExample:
    """The example that a text with annotations is; what is not an annotation stays text."""
    parts: list[str | MarkedEntity] = []
    end = 0
    for match in _ANNOTATION.finditer(text):
        entity = _entity(match)
        if entity is None:
            continue
        if match.start() > end:
            parts.append(text[end : match.start()])
        parts.append(entity)
        end = match.end()
    if end < len(text):
        parts.append(text[end:])
    return TrainingExample(tuple(parts), place)


def of_offsets(text: str, entities: Any, place: str) -> TrainingExample:
    """The example of Rasa 1's JSON, whose entities have ``start`` and ``end``."""
    parts: list[str | MarkedEntity] = []
    end = 0
    for raw in sorted(entities or (), key=lambda each: int(each.get("start", 0))):
        start, stop = int(raw.get("start", 0)), int(raw.get("end", 0))
        if start < end or stop <= start or not raw.get("entity"):
            continue
        if start > end:
            parts.append(text[end:start])
        words = text[start:stop]
        parts.append(
            MarkedEntity(words, str(raw["entity"]), str(raw.get("value") or words), raw.get("role"))
        )
        end = stop
    if end < len(text):
        parts.append(text[end:])
    return TrainingExample(tuple(parts), place)


def _entity(match: re.Match[str]) -> MarkedEntity | None:
    text = match["text"]
    if match["entity"]:
        return MarkedEntity(text, match["entity"].strip(), (match["value"] or text).strip())
    try:
        several = match["several"]
        raw = json.loads(f"[{several}]")[0] if several else json.loads(f"{{{match['object']}}}")
    except ValueError:
        return None
    if not isinstance(raw, dict) or not raw.get("entity"):
        return None
    return MarkedEntity(
        text,
        str(raw["entity"]),
        str(raw.get("value", text)),
        _text(raw.get("role")),
        _text(raw.get("group")),
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
