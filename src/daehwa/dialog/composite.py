"""Composite slots: which sub-slots make one complete, and which to elicit next.

A slot's ``expression`` joins the names of its sub-slots with AND, OR and parentheses
("(a OR b) AND c"); without one, all of them are needed.
"""

from __future__ import annotations

import re
from typing import TypeAlias

import msgspec

from daehwa import lex
from daehwa.dialog.errors import ConditionError
from daehwa.dialog.slots import is_filled

MAX_DEPTH = 32

_WORD = re.compile(r"\s*([()]|[^\s()]+)")


class All(msgspec.Struct, frozen=True):
    """Every part is needed."""

    parts: tuple[Need, ...]


class Any(msgspec.Struct, frozen=True):
    """One part is enough."""

    parts: tuple[Need, ...]


Need: TypeAlias = str | All | Any


def parse_need(expression: str) -> Need:
    """Parse a sub-slot expression.

    Raises:
        ConditionError: it does not parse; the error has the position.
    """
    words = [(m[1], m.start(1)) for m in _WORD.finditer(expression.rstrip())]
    reader = _Reader(expression, words)
    need = reader.disjunction(0)
    if reader.index < len(words):
        raise reader.wrong("The expression should end here")
    return need


class _Reader:
    """The grammar of sub-slot expressions, a method a rule."""

    def __init__(self, expression: str, words: list[tuple[str, int]]) -> None:
        self.expression = expression
        self.words = words
        self.index = 0

    def word(self) -> str:
        return self.words[self.index][0] if self.index < len(self.words) else ""

    def wrong(self, message: str) -> ConditionError:
        at_end = self.index >= len(self.words)
        position = len(self.expression) if at_end else self.words[self.index][1]
        return ConditionError(message, expression=self.expression, position=position)

    def disjunction(self, depth: int) -> Need:
        parts = [self.conjunction(depth)]
        while self.word().upper() == "OR":
            self.index += 1
            parts.append(self.conjunction(depth))
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def conjunction(self, depth: int) -> Need:
        parts = [self.primary(depth)]
        while self.word().upper() == "AND":
            self.index += 1
            parts.append(self.primary(depth))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def primary(self, depth: int) -> Need:
        word = self.word()
        if word == "(" and depth < MAX_DEPTH:
            self.index += 1
            need = self.disjunction(depth + 1)
            if self.word() != ")":
                raise self.wrong("A closing parenthesis is missing")
            self.index += 1
            return need
        if word in ("", "(", ")") or word.upper() in ("AND", "OR"):
            raise self.wrong("A sub-slot's name should stand here")
        self.index += 1
        return word


def next_missing(need: Need, slot: lex.Slot | None) -> str | None:
    """Return the sub-slot to elicit next; ``None`` when the slot is complete.

    Of alternatives none of which is there, it is the first.
    """
    match need:
        case str(name):
            value = ((slot.sub_slots or {}) if slot else {}).get(name)
            return None if is_filled(value) else name
        case All(parts):
            return next((m for part in parts if (m := next_missing(part, slot)) is not None), None)
        case Any(parts):
            lacks = [next_missing(part, slot) for part in parts]
            return None if None in lacks else lacks[0]


def merge_reply(
    slot: lex.Slot | None, reply: lex.Slot, *, sub_slot: str | None, names: tuple[str, ...]
) -> lex.Slot:
    """Add what a reply gave to a composite slot: one sub-slot's value, or several at once."""
    sub_slots: dict[str, lex.Slot | None] = dict.fromkeys(names)
    if slot is not None:
        sub_slots |= slot.sub_slots or {}
    if reply.sub_slots is not None:
        sub_slots |= {n: s for n, s in reply.sub_slots.items() if s is not None}
    elif sub_slot is not None:
        sub_slots[sub_slot] = reply
    elif names:
        sub_slots[names[0]] = reply
    return lex.Slot(shape="Composite", sub_slots=sub_slots)
