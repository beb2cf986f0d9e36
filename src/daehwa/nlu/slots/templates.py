"""Sample utterances with ``{Slot}`` placeholders, taken apart and filled again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from daehwa.nlu.builtins.endings import agreeing


class Piece(msgspec.Struct, frozen=True):
    """A part of a template: literal words, or the slot whose value stands there."""

    text: str
    slot: str | None = None


Template = tuple[Piece, ...]


def parse(utterance: str, slots: Iterable[str]) -> Template:
    """A sample utterance as its pieces; braces around no slot's name are literal words."""
    names = frozenset(slots)
    pieces: list[Piece] = []
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
                pieces.append(Piece(literal))
                literal = ""
            pieces.append(Piece(text="", slot=name.strip()))
            rest = tail
        else:
            literal += brace
            rest = after
    if literal:
        pieces.append(Piece(literal))
    return tuple(pieces)


def has_slots(template: Template) -> bool:
    """Whether any value stands in the template."""
    return any(piece.slot for piece in template)


def fill(template: Template, values: Mapping[str, str]) -> tuple[str, list[tuple[int, int, str]]]:
    """The template as a text, with the spans of its values: ``[(start, end, slot)]``.

    Korean particles take the form that the value before them asks for.
    """
    said = ""
    spans: list[tuple[int, int, str]] = []
    for piece in template:
        if piece.slot is None:
            said += agreeing(said, piece.text) if spans else piece.text
            continue
        value = values[piece.slot]
        spans.append((len(said), len(said) + len(value), piece.slot))
        said += value
    return said, spans


def slots_of(template: Template) -> Sequence[str]:
    """The slots of a template, left to right."""
    return [piece.slot for piece in template if piece.slot]
