"""Whether any values can meet a condition.

An expression is true if one of its cases is: each a list of comparisons that all have to hold.
A case is impossible if what it requires of one reference contradicts itself or the slot's type.
A comparison with something that is not set is false, so its negation requires nothing
(``daehwa.dialog``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from daehwa import dialog

_MOST_CASES: Final = 256
_FLIPPED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_NEGATED: Final = {"=": "!=", "!=": "="}


class Domain(msgspec.Struct, frozen=True):
    """What a slot can hold: one of ``values`` (with synonyms of each), or what ``fits``.

    ``what`` names it for a person: "the type Size".
    """

    what: str
    values: Mapping[str, frozenset[str]] | None = None
    fits: Callable[[str], bool] | None = None


class _Literal(msgspec.Struct, frozen=True):
    test: Any
    holds: bool


def impossible(expression: dialog.Expression, domains: Mapping[str, Domain]) -> str | None:
    """Why no values can meet the expression; ``None`` if some may, or it is too complex.

    ``domains`` are those of the intent's slots, by name.
    """
    cases = _cases(expression, holds=True)
    if cases is None:
        return None
    first = None
    for case in cases:
        why = _contradiction(case, domains)
        if why is None:
            return None
        first = first or why
    return first


def _cases(expression: dialog.Expression, *, holds: bool) -> list[list[_Literal]] | None:
    """The cases in which the expression is (or is not) true; ``None`` where they are too many."""
    match expression:
        case dialog.Not(inner):
            return _cases(inner, holds=not holds)
        case dialog.And(parts) | dialog.Or(parts):
            together = isinstance(expression, dialog.And) == holds
            cases: list[list[_Literal]] = [[]] if together else []
            for part in parts:
                more = _cases(part, holds=holds)
                if more is None:
                    return None
                cases = [a + b for a in cases for b in more] if together else cases + more
                if len(cases) > _MOST_CASES:
                    return None
            return cases
        case _:
            return [[_Literal(expression, holds)]]


class _Wanted:
    """What a case requires of one reference, or of one function of it."""

    def __init__(self) -> None:
        self.equal: set[str] = set()
        self.unequal: set[str] = set()
        self.contained: set[str] = set()
        self.compared: set[str] = set()
        self.least, self.most = -math.inf, math.inf
        self.open_least = self.open_most = False
        self.set = self.unset = False


def _contradiction(case: list[_Literal], domains: Mapping[str, Domain]) -> str | None:
    wanted: dict[tuple[str, str, str], _Wanted] = {}
    for literal in case:
        why = _note(literal, wanted)
        if why is not None:
            return why
    for (function, kind, name), one in wanted.items():
        shown = {"slot": f"{{{name}}}", "session": f"[{name}]"}.get(kind, name)
        if function:
            shown = f"fn.{function}({shown})"
        domain = domains.get(name) if kind == "slot" and not function else None
        why = _excluded(one, shown) or (_outside(one, shown, domain) if domain else None)
        if why is not None:
            return why
    return None


def _note(literal: _Literal, wanted: dict[tuple[str, str, str], _Wanted]) -> str | None:
    test = literal.test
    if isinstance(test, dialog.IsSet):
        _note_set(test.argument, wanted, is_set=literal.holds)
        return None
    left, operator, right = test.left, test.operator, test.right
    if isinstance(left, dialog.Constant) and not isinstance(right, dialog.Constant):
        left, operator, right = right, _FLIPPED.get(operator, operator), left
    if not isinstance(right, dialog.Constant):
        return None
    if isinstance(left, dialog.Constant):
        return _constants(left, operator, right, holds=literal.holds)
    if isinstance(left, dialog.Function) and left.name == "IS_SET":
        if operator in _NEGATED and right.text.casefold() in ("true", "false"):
            truth = (right.text.casefold() == "true") == (operator == "=") == literal.holds
            _note_set(left.argument, wanted, is_set=truth)
        return None
    key = _key(left)
    one = wanted.setdefault(key, _Wanted())
    if literal.holds:
        one.set = True
        _narrow(one, operator, right.text)
    elif operator == "=":
        one.unequal.add(right.text.casefold())
    if key[0]:
        one.least = max(one.least, 0.0)
    return None


def _note_set(
    argument: dialog.Reference,
    wanted: dict[tuple[str, str, str], _Wanted],
    *,
    is_set: bool,
) -> None:
    one = wanted.setdefault(("", argument.kind, argument.name), _Wanted())
    one.set |= is_set
    one.unset |= not is_set


def _key(operand: dialog.Reference | dialog.Function) -> tuple[str, str, str]:
    if isinstance(operand, dialog.Function):
        return operand.name, operand.argument.kind, operand.argument.name
    return "", operand.kind, operand.name


def _narrow(one: _Wanted, operator: str, text: str) -> None:
    number = _number(text)
    if operator[0] in "<>":
        one.compared.add(text.casefold())
    match operator:
        case "=":
            one.equal.add(text.casefold())
        case "!=":
            one.unequal.add(text.casefold())
        case "CONTAINS":
            one.contained.add(text.casefold())
        case ">" | ">=" if number is not None and number >= one.least:
            one.open_least = operator == ">" or (one.open_least and number == one.least)
            one.least = number
        case "<" | "<=" if number is not None and number <= one.most:
            one.open_most = operator == "<" or (one.open_most and number == one.most)
            one.most = number


def _constants(
    left: dialog.Constant, operator: str, right: dialog.Constant, *, holds: bool
) -> str | None:
    same = left.text.casefold() == right.text.casefold()
    if operator in _NEGATED and (same == (operator == "=")) != holds:
        return f'it compares "{left.text}" with "{right.text}", which never changes'
    return None


def _excluded(one: _Wanted, shown: str) -> str | None:
    if one.set and one.unset:
        return f"{shown} cannot be set and not set at once"
    distinct = {number if (number := _number(text)) is not None else text for text in one.equal}
    if len(distinct) > 1:
        values = " and ".join(f'"{text}"' for text in sorted(one.equal))
        return f"{shown} cannot be {values} at once"
    if one.equal & one.unequal:
        return f'{shown} cannot be "{min(one.equal & one.unequal)}" and not be it'
    if one.least > one.most or (one.least == one.most and (one.open_least or one.open_most)):
        return f"no number is as large and as small as {shown} would have to be"
    for text in one.equal:
        number = _number(text)
        if number is not None and not (
            (one.least < number or (one.least == number and not one.open_least))
            and (number < one.most or (number == one.most and not one.open_most))
        ):
            return f"{shown} cannot be {text} within the bounds that are wanted"
    return None


def _outside(one: _Wanted, shown: str, domain: Domain) -> str | None:
    """Why the slot can never hold what is required."""
    for text in sorted(one.equal):
        if domain.values is not None and text not in domain.values:
            owner = next((name for name, words in domain.values.items() if text in words), None)
            if owner is not None:
                return f'"{text}" is a synonym: {shown} then holds its value, "{owner}"'
            return f'{domain.what} has no value "{text}"'
        if domain.fits is not None and not domain.fits(text):
            return f'{shown} never holds "{text}": it is of {domain.what}'
    return _unfit(one, shown, domain) or _excluded_values(one, domain)


def _unfit(one: _Wanted, shown: str, domain: Domain) -> str | None:
    for text in sorted(one.compared):
        if domain.fits is not None and not domain.fits(text):
            return f'{shown} cannot be compared with "{text}": it is of {domain.what}'
    return None


def _excluded_values(one: _Wanted, domain: Domain) -> str | None:
    if domain.values is not None:
        for text in sorted(one.contained):
            if not any(text in value for value in domain.values):
                return f'no value of {domain.what} contains "{text}"'
        if one.set and domain.values and set(domain.values) <= one.unequal:
            return f"every value of {domain.what} is excluded"
    return None


def _number(text: str) -> float | None:
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


_NUMBER: Final = re.compile(r"[+-]?[\d,]*\.?\d+")
_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?|-W\d\d(-WE)?)?")
_TIME: Final = re.compile(r"\d\d?:\d\d(:\d\d)?|mo|af|ev|ni|am|pm")
_DURATION: Final = re.compile(r"p[\dymwdths.]+")

BUILT_IN_FORMS: Final[dict[str, Callable[[str], bool]]] = {
    "AMAZON.Number": lambda text: _NUMBER.fullmatch(text) is not None,
    "AMAZON.Date": lambda text: _DATE.fullmatch(text) is not None,
    "AMAZON.Time": lambda text: _TIME.fullmatch(text) is not None,
    "AMAZON.Duration": lambda text: _DURATION.fullmatch(text) is not None,
}
"""Whether a text, in lower case, can be the value of a built-in slot type.

Source: Lex V2 developer guide, "Built-in slot types".
"""
