"""A value of a slot type in a text."""

from __future__ import annotations

import msgspec

from daehwa.nlu.languages.spans import Span
from daehwa.nlu.languages.text import Text


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A value and the part of the text that says it.

    ``start`` and ``end`` bound the part; ``original`` is its relevant words as typed, which
    may leave some out ("5 in the evening" is "5 evening"). ``interpreted`` is ``None`` when
    the text is ambiguous. ``sure`` (0 to 1) says how surely the words are such a value: 1.0
    for what a grammar parses or a list knows, less for words that an open type merely takes.
    """

    start: int
    end: int
    original: str
    interpreted: str | None
    resolved: tuple[str, ...]
    sure: float = 1.0

    @classmethod
    def of(
        cls, text: Text, start: int, end: int, value: str | None = None, *, sure: float = 1.0
    ) -> Mention:
        """The words from ``start`` to ``end``, which mean ``value``, or just what they are."""
        original = text.raw[start:end]
        meant = original if value is None else value
        return cls(
            start=start, end=end, original=original, interpreted=meant, resolved=(meant,), sure=sure
        )

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)

    @property
    def size(self) -> int:
        """How many characters of the text it takes."""
        return self.end - self.start

    def overlaps(self, other: Mention) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end
