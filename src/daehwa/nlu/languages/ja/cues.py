"""Japanese words that point to a slot: directions, what is counted."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Cues
from daehwa.nlu.languages.lexicon import phrases

CUES: Final = Cues(
    source_tails=phrases("から|より|発"),
    target_tails=phrases("まで|へ|行き|着"),
    counted={
        "people": phrases("人|名|名様"),
        "nights": phrases("泊|晩"),
        "days": phrases("日"),
        "hours": phrases("時間"),
        "rooms": phrases("部屋|室"),
        "pieces": phrases("個|つ|枚"),
    },
)
