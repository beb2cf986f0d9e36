"""Sample utterances with ``{Slot}`` placeholders, taken apart and filled again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from daehwa.nlu.languages.suffixes import agreeing
from daehwa.nlu.languages.text import is_hangul


class TemplatePart(msgspec.Struct, frozen=True):
    """A part of a template: literal words, or the slot whose value stands there."""

    text: str
    slot: str | None = None


Template = tuple[TemplatePart, ...]


class Filled(NamedTuple):
    """Where in a filled template the value of a slot stands; of a sub-slot, by its path."""

    start: int
    end: int
    slot: str


def parse(utterance: str, slots: Iterable[str]) -> Template:
    """A sample utterance as its pieces; braces around no slot's name are literal words."""
    names = frozenset(slots)
    pieces: list[TemplatePart] = []
    literal = ""
    rest = utterance
    while rest:
        before, brace, after = rest.partition("{")
        literal += before
        if not brace:
            break
        name, closing, tail = after.partition("}")
        if closing and name.strip() in names:
            if literal:
                pieces.append(TemplatePart(literal))
                literal = ""
            pieces.append(TemplatePart(text="", slot=name.strip()))
            rest = tail
        else:
            literal += brace
            rest = after
    if literal:
        pieces.append(TemplatePart(literal))
    return tuple(pieces)


def has_slots(template: Template) -> bool:
    """Whether any value stands in the template."""
    return any(piece.slot for piece in template)


def without(template: Template, index: int) -> Template:
    """A template with one of its slots left unsaid, and the word or particle that marks it.

    "from {From} to {To}" without From is "to {To}"; "{From}에서 {To}까지" is "{To}까지".
    """
    before, after = template[:index], template[index + 1 :]
    if after and after[0].slot is None and is_hangul(after[0].text[:1] or " "):
        rest = after[0].text.partition(" ")[2] if " " in after[0].text else ""
        after = (TemplatePart(rest), *after[1:]) if rest else after[1:]
    elif before and before[-1].slot is None:
        kept = before[-1].text.rstrip().rpartition(" ")[0]
        before = (*before[:-1], TemplatePart(kept)) if kept else before[:-1]
    return (*before, *after)


def fill(template: Template, values: Mapping[str, str]) -> tuple[str, list[Filled]]:
    """The template as a text, and where its values stand.

    Korean particles take the form that the value before them asks for.
    """
    text = ""
    spans: list[Filled] = []
    for piece in template:
        if piece.slot is None:
            text += agreeing(text, piece.text) if spans else piece.text
            continue
        value = values[piece.slot]
        spans.append(Filled(len(text), len(text) + len(value), piece.slot))
        text += value
    return text, spans


def slots_of(template: Template) -> Sequence[str]:
    """The slots of a template, left to right."""
    return [piece.slot for piece in template if piece.slot]
