"""What a language model may know of the bot that it helps."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

_WEEKDAYS = "월화수목금토일"


class BotProfile(NamedTuple):
    """What a model may know of the bot that it helps.

    ``abilities`` are what the bot does, one line each; ``date`` is today's, as people read it.
    """

    name: str
    abilities: tuple[str, ...] = ()
    date: str = ""


def written_date(now: datetime, locale: str) -> str:
    """A date as people of the locale read it: ``2026-11-27 (Friday)``."""
    weekday = f"{_WEEKDAYS[now.weekday()]}요일" if locale.startswith("ko") else f"{now:%A}"
    return f"{now:%Y-%m-%d} ({weekday})"
