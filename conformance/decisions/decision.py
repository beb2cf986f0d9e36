"""An open question of Lex's documents, and how this program decided it."""

from __future__ import annotations

import hashlib

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
        return heading(self.number, self.question)

    @property
    def digest(self) -> str:
        """Eight digits that change when a word of it does."""
        words = f"{self.question}\n{self.answer}\n{self.why}"
        return hashlib.sha256(words.encode()).hexdigest()[:8]


def heading(number: int | None, question: str) -> str:
    """A question with its number before it, where it has one."""
    return question if number is None else f"{number}. {question}"
