"""Values in a text as Lex's slots: scalars, lists and composites."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from daehwa import lex
from daehwa.nlu.builtins import Mention, Text


def scalar(value: Mention) -> lex.Slot:
    """One value as a slot."""
    return lex.Slot(
        shape="Scalar",
        value=lex.SlotValue(
            original_value=value.original,
            interpreted_value=value.interpreted,
            resolved_values=value.resolved,
        ),
    )


def many(values: Sequence[Mention], text: Text) -> lex.Slot:
    """Several values as a slot of shape List; its own value is the phrase that says them."""
    phrase = text.raw[values[0].start : values[-1].end]
    if len(values) == 1:
        return lex.Slot(shape="List", value=scalar(values[0]).value, values=(scalar(values[0]),))
    return lex.Slot(
        shape="List",
        value=lex.SlotValue(
            original_value=phrase, interpreted_value=phrase, resolved_values=(phrase,)
        ),
        values=tuple(scalar(value) for value in values),
    )


def composite(parts: dict[str, Mention]) -> lex.Slot:
    """Named values as a slot of shape Composite.

    Its own value joins the parts in the order of the type's sub-slots, as Amazon's example
    does ("2021 White Toyota Camry" is "White Toyota Camry 2021").
    """
    sub_slots: dict[str, lex.Slot | None] = {name: scalar(part) for name, part in parts.items()}
    original = " ".join(part.original for part in parts.values())
    interpreted = " ".join(p.interpreted for p in parts.values() if p.interpreted is not None)
    resolved = " ".join(p.resolved[0] if p.resolved else p.original for p in parts.values())
    return lex.Slot(
        shape="Composite",
        value=lex.SlotValue(
            original_value=original,
            interpreted_value=interpreted or None,
            resolved_values=(resolved,),
        ),
        sub_slots=sub_slots,
    )


def as_typed(slot: lex.Slot, text: Text) -> lex.Slot:
    """A slot that was read from ``text`` with spaces put in, its words as they were typed."""
    value = slot.value
    if value is not None and (original := value.original_value) is not None:
        typed = _without_spaces(original, text)
        if typed != original:
            kept = value.interpreted_value != original
            value = msgspec.structs.replace(
                value,
                original_value=typed,
                interpreted_value=value.interpreted_value if kept else typed,
            )
    return msgspec.structs.replace(
        slot,
        value=value,
        values=None if slot.values is None else tuple(as_typed(s, text) for s in slot.values),
        sub_slots=slot.sub_slots
        and {name: part and as_typed(part, text) for name, part in slot.sub_slots.items()},
    )


def _without_spaces(words: str, text: Text) -> str:
    """The words as the text has them, without some of their spaces."""
    if words in text.raw:
        return words
    letters = "".join(words.split())
    start = text.raw.find(letters)
    if start >= 0:
        return letters
    places = [at for at, char in enumerate(text.raw) if char != " "]
    at = "".join(text.raw.split()).find(letters)
    return words if at < 0 else text.raw[places[at] : places[at + len(letters) - 1] + 1]
