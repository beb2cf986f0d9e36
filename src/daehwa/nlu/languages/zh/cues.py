"""Chinese words that point to a slot: directions, what is counted."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Cues
from daehwa.nlu.languages.lexicon import phrases

CUES: Final = Cues(
    source_tails=(),
    target_tails=(),
    counted={
        "people": phrases("人|位|个人|個人|成人|大人"),
        "nights": phrases("晚|夜"),
        "days": phrases("天|日"),
        "hours": phrases("小时|小時"),
        "rooms": phrases("间|間|房"),
        "pieces": phrases("个|個|件|份"),
    },
)
