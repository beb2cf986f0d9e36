"""What a language model may know of the bot that it helps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BotProfile:
    """What a model may know of the bot that it helps.

    ``abilities`` are what the bot does, one line each; ``date`` is today's, as people read it.
    """

    name: str
    abilities: tuple[str, ...] = ()
    date: str = ""
