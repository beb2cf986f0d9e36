"""Where in a text a value stands, and what a grammar reads at a place of it."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Span(NamedTuple):
    """A part of a text, from ``start`` up to ``end``, in characters."""

    start: int
    end: int

    @property
    def size(self) -> int:
        """How many characters it has."""
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether all of ``other`` lies inside."""
        return self.start <= other.start and other.end <= self.end


class Parsed(NamedTuple, Generic[T]):
    """What a grammar reads at a given place: the ``value``, and where its words ``end``."""

    value: T
    end: int
