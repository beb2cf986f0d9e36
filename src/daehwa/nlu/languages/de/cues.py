"""German words that point to a slot: directions, what is counted, what joins a list."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Cues
from daehwa.nlu.languages.lexicon import phrases

CUES: Final = Cues(
    source_names=frozenset(phrases("from|origin|departure|start|pickup|checkin")),
    target_names=frozenset(phrases("to|destination|arrival|end|return|checkout")),
    source_words=frozenset(phrases("von|ab|aus")),
    target_words=frozenset(phrases("nach|bis|zum|zur")),
    counted={
        "people": phrases("person|personen|gast|gäste|erwachsene|kinder|kind|leute"),
        "nights": phrases("nacht|nächte"),
        "days": phrases("tag|tage"),
        "hours": phrases("stunde|stunden"),
        "rooms": phrases("zimmer"),
    },
    how_many=(("wie", "viele"),),
    joints=frozenset(phrases("und|oder|sowie|mit|auch|ein|eine")),
)
