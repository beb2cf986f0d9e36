"""An open question of Lex's documents, and how this program decided it."""

from __future__ import annotations

import msgspec


class Decision(msgspec.Struct, frozen=True):
    """A question, what is done, and on what evidence.

    ``number`` is the one by which rules and comments cite the question, where they do.
    """

    name: str
    number: int | None
    question: str
    answer: str
    why: str

    @property
    def heading(self) -> str:
        """The heading of its section in ``docs/differences.md``."""
        return self.question if self.number is None else f"{self.number}. {self.question}"
