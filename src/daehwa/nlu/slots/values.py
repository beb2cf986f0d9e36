"""From what was found to Lex's slots: scalars, lists and composites."""

from __future__ import annotations

from collections.abc import Sequence

from daehwa import lex
from daehwa.nlu.builtins import Found, Text


def scalar(found: Found) -> lex.Slot:
    """One value as a slot."""
    return lex.Slot(
        shape="Scalar",
        value=lex.SlotValue(
            original_value=found.original,
            interpreted_value=found.interpreted,
            resolved_values=found.resolved,
        ),
    )


def many(values: Sequence[Found], text: Text) -> lex.Slot:
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


def composite(parts: dict[str, Found]) -> lex.Slot:
    """Named values as a slot of shape Composite.

    Its own value joins the parts in the order of the type's sub-slots, as Amazon's example
    does ("2021 White Toyota Camry" is "White Toyota Camry 2021").
    """
    sub_slots: dict[str, lex.Slot | None] = {name: scalar(found) for name, found in parts.items()}
    original = " ".join(found.original for found in parts.values())
    interpreted = " ".join(f.interpreted for f in parts.values() if f.interpreted is not None)
    resolved = " ".join(f.resolved[0] if f.resolved else f.original for f in parts.values())
    return lex.Slot(
        shape="Composite",
        value=lex.SlotValue(
            original_value=original,
            interpreted_value=interpreted or None,
            resolved_values=(resolved,),
        ),
        sub_slots=sub_slots,
    )
