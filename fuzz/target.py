"""What is fuzzed: cases that are drawn, and a check that any of them has to pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import msgspec
from hypothesis.strategies import SearchStrategy


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Something that stands any case.

    ``cases`` draws the arguments of ``check`` by name. ``check`` raises where something does
    not hold, and returns how many turns (or texts, or requests) the case was. ``each`` is the
    number of cases in a round, so that a round of every target takes about as long.
    """

    name: str
    cases: SearchStrategy[dict[str, Any]]
    check: Callable[..., int]
    each: int = 50


class Part(Protocol):
    """A module of targets."""

    def targets(self) -> tuple[Target, ...]:
        """Its targets, each made when it is first wanted."""
