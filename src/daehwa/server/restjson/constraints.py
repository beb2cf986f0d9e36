"""The bounds that a service model sets for members, and what the service says of a breach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from daehwa import lex


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds of one member: of a string's or list's length, of a number, a map's entries.

    ``keys``, ``values`` and ``items`` are the rules inside a map and a list. The value of a
    ``sensitive`` member is not repeated in the message. ``part`` names the structure that a member
    is, where its shape does not say so.
    """

    required: bool = False
    least: int | None = None
    most: int | None = None
    pattern: str | None = None
    sensitive: bool = False
    part: str | None = None
    keys: Rule | None = None
    values: Rule | None = None
    items: Rule | None = None


def refuse(clauses: list[str]) -> None:
    """Refuse a request in the service's words, if anything is wrong with it.

    Raises:
        lex.ValidationException: there is at least one clause.
    """
    if clauses:
        plural = "error" if len(clauses) == 1 else "errors"
        raise lex.ValidationException(
            f"{len(clauses)} validation {plural} detected: {'; '.join(clauses)}"
        )


def null_clause(path: str) -> str:
    """The clause for a required member that is not there."""
    return f"Value null at '{path}' failed to satisfy constraint: Member must not be null"


def size_faults(value: Any, path: str, rule: Rule) -> Iterator[str]:
    """Where the length of a string, a list or a map breaks its rule."""
    for kind, bound, bad in (
        ("greater", rule.least, rule.least is not None and len(value) < rule.least),
        ("less", rule.most, rule.most is not None and len(value) > rule.most),
    ):
        if bad:
            constraint = f"Member must have length {kind} than or equal to {bound}"
            yield _clause(value, path, rule, constraint)


def scalar_faults(value: str | float, path: str, rule: Rule) -> Iterator[str]:
    """Where a string or a number breaks its rule."""
    if isinstance(value, str):
        yield from size_faults(value, path, rule)
        if rule.pattern is not None and not _compiled(rule.pattern).fullmatch(value):
            yield _clause(
                value,
                path,
                rule,
                f"Member must satisfy regular expression pattern: {rule.pattern}",
            )
        return
    if rule.least is not None and value < rule.least:
        yield _clause(
            value, path, rule, f"Member must have value greater than or equal to {rule.least}"
        )
    if rule.most is not None and value > rule.most:
        yield _clause(
            value, path, rule, f"Member must have value less than or equal to {rule.most}"
        )


def _clause(value: Any, path: str, rule: Rule, constraint: str) -> str:
    shown = f"Value '{value}'" if isinstance(value, str | int) and not rule.sensitive else "Value"
    return f"{shown} at '{path}' failed to satisfy constraint: {constraint}"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
