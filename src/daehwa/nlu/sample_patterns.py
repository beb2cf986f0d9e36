"""Sample utterances with placeholders, matched word for word around the slots' values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import Final

import msgspec

_PLACEHOLDER: Final = re.compile(r"\{\s*([^{}\s]+)\s*\}")
_EDGE_MARKS: Final = " \t\r\n.,!?~。！？…"
_SPACES: Final = re.compile(r"\s+")


def placeholders(utterance: str, slots: Collection[str]) -> tuple[str, ...]:
    """The slots that a sample utterance names, in order; other words in braces are words."""
    return tuple(name for name in _PLACEHOLDER.findall(utterance) if name in slots)


def slot_alone(utterance: str, slots: Collection[str]) -> str | None:
    """The slot that a sample utterance consists of (``{Dish}``), if it is one alone."""
    whole = _PLACEHOLDER.fullmatch(_plain(utterance))
    return whole[1] if whole is not None and whole[1] in slots else None


class SampleMatch(msgspec.Struct, frozen=True):
    """A template that a text equals, with the piece of the text in each slot's place."""

    intent: str
    pieces: dict[str, str]


class _Template(msgspec.Struct, frozen=True):
    intent: str
    slots: tuple[str, ...]
    clue: str
    pattern: re.Pattern[str]


class Templates:
    """The templates of a bot."""

    def __init__(self, utterances: Iterable[tuple[str, str]]) -> None:
        """Compile pairs of an intent's name and a sample with placeholders."""
        self._templates = tuple(
            template
            for intent, utterance in utterances
            if (template := _compile(intent, utterance)) is not None
        )

    def match(self, text: str) -> Iterator[SampleMatch]:
        """Every template that ``text`` equals, in the order of the bot's definition.

        Capitals, the width of spaces and marks at the ends do not count.
        """
        plain = _plain(text)
        folded = plain.casefold()
        for template in self._templates:
            if template.clue in folded and (whole := template.pattern.fullmatch(plain)):
                yield SampleMatch(
                    template.intent, dict(zip(template.slots, whole.groups(), strict=True))
                )


def _plain(text: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip(_EDGE_MARKS)


def _compile(intent: str, utterance: str) -> _Template | None:
    parts = _PLACEHOLDER.split(_plain(utterance))
    slots = tuple(parts[1::2])
    literals = parts[::2]
    if not slots or len(set(slots)) < len(slots) or not any(part.strip() for part in literals):
        return None
    pattern = "(.+?)".join(re.escape(literal) for literal in literals)
    return _Template(
        intent=intent,
        slots=slots,
        clue=max(literals, key=len).strip().casefold(),
        pattern=re.compile(pattern, re.IGNORECASE),
    )
