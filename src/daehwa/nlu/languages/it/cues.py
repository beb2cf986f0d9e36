"""Italian words that point to a slot: directions, what is counted, what joins a list."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Cues
from daehwa.nlu.languages.lexicon import phrases

CUES: Final = Cues(
    source_names=frozenset(phrases("from|origin|departure|start|pickup|checkin")),
    target_names=frozenset(phrases("to|destination|arrival|end|return|checkout")),
    source_words=frozenset(phrases("da|dal|dalla")),
    target_words=frozenset(phrases("a|fino|per|al|verso")),
    counted={
        "people": phrases("persona|persone|ospite|ospiti|adulto|adulti|bambino|bambini"),
        "nights": phrases("notte|notti"),
        "days": phrases("giorno|giorni"),
        "hours": phrases("ora|ore"),
        "rooms": phrases("camera|camere"),
    },
    how_many=(("quanti",),),
    joints=frozenset(phrases("e|ed|o|con|anche|più|un|una")),
)
