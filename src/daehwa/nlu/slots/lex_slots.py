"""Values in a text as Lex's slots: scalars, lists and composites."""

from __future__ import annotations

from collections.abc import Sequence

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
