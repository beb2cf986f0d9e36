"""A value of a built-in type found in a text, and what the grammars need to know."""

from __future__ import annotations

import datetime as dt

import msgspec


class Found(msgspec.Struct, frozen=True, kw_only=True):
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


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """In what light a text is read.

    ``locale`` is the Lex locale id (``ko_KR``); ``now`` the moment of the turn, with its
    time zone.
    """

    locale: str
    now: dt.datetime

    @property
    def korean(self) -> bool:
        """Whether Korean is read (English is read in every locale)."""
        return self.locale.startswith("ko")

    @property
    def today(self) -> dt.date:
        """The day of ``now`` in its own time zone."""
        return self.now.date()
