"""Replies to a confirmation that say another value: *no, for five people*, *yes, but south*.

A value is taken where the text, read as a whole, fills the slot with one that its type lists, or
where the text plainly is the same value, read as the reply to that slot's own prompt.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final, Literal, TypeAlias

from daehwa import lex

YesNo: TypeAlias = Literal["Yes", "No"]

_LONGEST_HEAD: Final = 4
_PLAIN: Final = 0.9
_MARKS: Final = ",.!;:—-…、，。 "


def without_answer(text: str, yes_no: Callable[[str], YesNo | None]) -> tuple[YesNo | None, str]:
    """The yes or no that a text begins with, the longest, and what follows it."""
    for head, rest in reversed(list(_heads(text))):
        answer = yes_no(head)
        if answer is not None:
            return answer, rest
    return None, text


def _heads(text: str) -> Iterator[tuple[str, str]]:
    """The first words of a text, one more each time, and the rest."""
    words = text.split()
    for count in range(1, min(len(words), _LONGEST_HEAD + 1)):
        head = " ".join(words[:count]).rstrip(_MARKS)
        rest = " ".join(words[count:]).lstrip(_MARKS)
        if head and rest:
            yield head, rest


def corrections(
    words: str,
    filled: dict[str, lex.Slot],
    read: Callable[[str, str], lex.Reading | None],
    counts: Callable[[str, Collection[str]], bool],
) -> dict[str, lex.Slot]:
    """Of the slots that ``words`` fill those that ``read`` (slot, words) sees in them as well.

    A bare number is taken where ``counts`` (words, values) says that it stands for itself: in
    *call 911* it does not.
    """
    if words.rstrip().endswith(("?", "？")):
        return {}
    plain = {
        name: slot
        for name, slot in filled.items()
        if _is_listed(slot) or _same(read(name, words), slot)
    }
    if any(_is_number(slot) for slot in plain.values()):
        values = [text for slot in plain.values() if (text := _original(slot))]
        if not counts(words, values):
            return {name: slot for name, slot in plain.items() if not _is_number(slot)}
    return plain


def _is_number(slot: lex.Slot) -> bool:
    value = slot.interpretation()
    return isinstance(value, str) and value.isdecimal()


def _original(slot: lex.Slot) -> str | None:
    return slot.value.original_value if slot.value is not None else None


def _is_listed(slot: lex.Slot) -> bool:
    return slot.value is not None and bool(slot.value.resolved_values)


def _same(reading: lex.Reading | None, slot: lex.Slot) -> bool:
    if reading is None or reading.score < _PLAIN:
        return False
    return reading.slot.interpretation() == slot.interpretation() is not None
