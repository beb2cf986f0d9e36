"""Slot values: whether they count as filled, their text, and where they come from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from daehwa import lex

SlotMap: TypeAlias = dict[str, lex.Slot | None]
"""Every slot of an intent by name; ``None`` is unfilled."""


def is_filled(slot: lex.Slot | None) -> bool:
    """Whether a scalar or list slot has a value to work with.

    A value that is ambiguous ("10 o'clock") has ``resolvedValues`` and no
    ``interpretedValue``; it does not fill the slot. Composite slots are judged by
    ``SlotPlan.is_complete``.
    """
    if slot is None:
        return False
    if slot.value is not None and slot.value.interpreted_value is not None:
        return True
    if slot.values:
        return any(is_filled(s) for s in slot.values)
    return bool(slot.sub_slots) and any(is_filled(s) for s in (slot.sub_slots or {}).values())


def slot_text(slot: lex.Slot) -> str | None:
    """Return a slot's interpreted value; a list's own one, or its values joined by commas."""
    if slot.value is not None and slot.value.interpreted_value is not None:
        return slot.value.interpreted_value
    parts: Iterable[lex.Slot | None] = ()
    if slot.values:
        parts = slot.values
    elif slot.sub_slots:
        parts = slot.sub_slots.values()
    texts = [text for part in parts if part is not None and (text := slot_text(part)) is not None]
    return ", ".join(texts) if texts else None


def slot_texts(slot: lex.Slot) -> tuple[str, ...]:
    """Give the values of a list slot one by one, of another slot its only one."""
    if slot.values:
        return tuple(t for s in slot.values if (t := slot_text(s)) is not None)
    text = slot_text(slot)
    return () if text is None else (text,)


def constant_slot(text: str) -> lex.Slot:
    """Make the slot value of a default or a next step."""
    return lex.Slot(
        shape="Scalar",
        value=lex.SlotValue(original_value=text, interpreted_value=text, resolved_values=(text,)),
    )


def original_words(slot: lex.Slot) -> set[str]:
    """Return the words of the text that a slot's values came from, case folded."""
    words = set()
    if slot.value is not None and slot.value.original_value:
        words.add(slot.value.original_value.casefold())
    for part in slot.values or ():
        words |= original_words(part)
    for sub_slot in (slot.sub_slots or {}).values():
        if sub_slot is not None:
            words |= original_words(sub_slot)
    return words
