"""Evaluating conditions, with Lex's rules of types (section 4.5).

A comparison of something that is not set is invalid and never true; that makes its own
comparison false, not the whole expression. Text compares without regard to case. Number
slots compare as numbers, dates, times and durations by their place in time; an attribute
is text, and compares as a number with a constant written as one.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import TypeAlias

from daehwa.dialog.condition import (
    And,
    Comparison,
    Constant,
    Expression,
    Function,
    IsSet,
    Not,
    Operand,
    Or,
)
from daehwa.dialog.scope import Reference, Scope
from daehwa.dialog.slots import slot_texts

Types: TypeAlias = Mapping[str, str | None]
"""The slot type, ``AMAZON.*`` or a custom one's parent, of each slot of an intent."""

Ordered: TypeAlias = float | str

_COMPARE: dict[str, Callable[[Ordered, Ordered], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_DURATION = re.compile(
    r"P(?=.)(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)
# A month counts as 30 days and a year as 365: enough to put durations in order.
_SECONDS = (365 * 86_400, 30 * 86_400, 7 * 86_400, 86_400, 3_600, 60, 1)
_PERIODS = {
    "MO": "06:00",
    "AM": "00:00",
    "AF": "12:00",
    "PM": "12:00",
    "EV": "17:00",
    "NI": "20:00",
}


def holds(expression: Expression, scope: Scope, types: Types) -> bool:
    """Whether an expression is true of the turn as it stands."""
    match expression:
        case And(parts):
            return all(holds(part, scope, types) for part in parts)
        case Or(parts):
            return any(holds(part, scope, types) for part in parts)
        case Not(inner):
            return not holds(inner, scope, types)
        case IsSet(argument):
            return scope.text(argument) is not None
        case Comparison():
            return _compare(expression, scope, types)


def _compare(comparison: Comparison, scope: Scope, types: Types) -> bool:
    left, right = _value(comparison.left, scope), _value(comparison.right, scope)
    if left is None or right is None:
        return False
    if comparison.operator == "CONTAINS":
        return _contains(comparison.left, left, right, scope)
    numeric = _is_number(comparison.left) or _is_number(comparison.right)
    kind = _type(comparison.left, types) or _type(comparison.right, types)
    pair = _comparable(left, right, kind, numeric=numeric)
    if pair is None:
        return comparison.operator == "!="
    return _COMPARE[comparison.operator](*pair)


def expression_with_values(expression: Expression, scope: Scope) -> str:
    """Write an expression with values in place of its references (``null``: not set)."""
    match expression:
        case And(parts):
            return " AND ".join(_part_with_values(part, scope) for part in parts)
        case Or(parts):
            return " OR ".join(_part_with_values(part, scope) for part in parts)
        case Not(inner):
            return f"NOT {_part_with_values(inner, scope)}"
        case IsSet(argument):
            return "false" if scope.text(argument) is None else "true"
        case Comparison(left, compare, right):
            return f"{_operand_text(left, scope)} {compare} {_operand_text(right, scope)}"


def _part_with_values(expression: Expression, scope: Scope) -> str:
    text = expression_with_values(expression, scope)
    return text if isinstance(expression, IsSet) else f"({text})"


def _operand_text(operand: Operand, scope: Scope) -> str:
    value = _value(operand, scope)
    if value is None:
        return "null"
    return value if _is_number(operand) else f'"{value}"'


def _contains(operand: Operand, left: str, right: str, scope: Scope) -> bool:
    wanted = right.casefold()
    if isinstance(operand, Reference) and operand.kind == "slot":
        slot = scope.slot(operand.name)
        if slot is not None and slot.values:
            return any(text.casefold() == wanted for text in slot_texts(slot))
    return wanted in left.casefold()


def _value(operand: Operand, scope: Scope) -> str | None:
    match operand:
        case Constant(text):
            return text
        case Reference(kind, name):
            if kind != "slot":
                return scope.text(operand)
            slot = scope.slot(name)
            return None if slot is None else ", ".join(slot_texts(slot)) or None
        case Function(name, argument):
            return _function(name, argument, scope)


def _function(name: str, argument: Reference, scope: Scope) -> str | None:
    if name == "IS_SET":
        return "true" if scope.text(argument) is not None else "false"
    slot = scope.slot(argument.name) if argument.kind == "slot" else None
    if name == "COUNT":
        return None if slot is None else str(len(slot_texts(slot)))
    if slot is not None and (slot.values or slot.sub_slots):
        return None  # lists and composites have no length
    text = scope.text(argument)
    return None if text is None else str(len(text))


def _is_number(operand: Operand) -> bool:
    if isinstance(operand, Constant):
        return operand.number
    return isinstance(operand, Function) and operand.name != "IS_SET"


def _type(operand: Operand, types: Types) -> str | None:
    if isinstance(operand, Reference) and operand.kind == "slot":
        return types.get(operand.name)
    return None


def _comparable(
    left: str, right: str, kind: str | None, *, numeric: bool
) -> tuple[Ordered, Ordered] | None:
    """Give both sides as values that compare; ``None`` when their types do not meet."""
    read = _READERS.get(kind or "")
    if read is not None:
        typed = (read(left), read(right))
        if typed[0] is not None and typed[1] is not None:
            return typed[0], typed[1]
    if numeric:
        a, b = _number(left), _number(right)
        return None if a is None or b is None else (a, b)
    if (a := _duration(right)) is not None and (b := _duration(left)) is not None:
        return b, a
    return left.casefold(), right.casefold()


def _number(text: str) -> float | None:
    text = text.strip().replace(",", "")
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def _duration(text: str) -> float | None:
    match = _DURATION.fullmatch(text.strip().upper())
    if match is None or not any(match.groups()):
        return None
    return sum(float(n) * s for n, s in zip(match.groups(), _SECONDS, strict=True) if n)


def _moment(text: str) -> float | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    naive = moment.replace(tzinfo=None)
    return date.toordinal(naive.date()) * 86_400.0 + _seconds(naive.time())


def _clock(text: str) -> float | None:
    text = _PERIODS.get(text.strip().upper(), text.strip())
    try:
        return _seconds(time.fromisoformat(text.zfill(5)))
    except ValueError:
        return None


def _seconds(at: time) -> float:
    return at.hour * 3_600.0 + at.minute * 60 + at.second


def _amount(text: str) -> float | None:
    return _number(re.sub(r"[^\d.+-]", "", text))


_READERS: dict[str, Callable[[str], float | None]] = {
    "AMAZON.Number": _number,
    "AMAZON.Percentage": _amount,
    "AMAZON.Currency": _amount,
    "AMAZON.Date": _moment,
    "AMAZON.Time": _clock,
    "AMAZON.Duration": _duration,
}
