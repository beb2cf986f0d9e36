"""Spanish words that point to a slot: directions, what is counted, what joins a list."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Cues
from daehwa.nlu.languages.lexicon import phrases

CUES: Final = Cues(
    source_names=frozenset(phrases("from|origin|departure|start|pickup|checkin")),
    target_names=frozenset(phrases("to|destination|arrival|end|return|checkout")),
    source_words=frozenset(phrases("de|desde|del")),
    target_words=frozenset(phrases("a|hasta|al|hacia")),
    counted={
        "people": phrases("persona|personas|huésped|huéspedes|adulto|adultos|niño|niños"),
        "nights": phrases("noche|noches"),
        "days": phrases("día|días"),
        "hours": phrases("hora|horas"),
        "rooms": phrases("habitación|habitaciones"),
    },
    how_many=(("cuántos",),),
    joints=frozenset(phrases("y|e|o|u|con|también|un|una|más")),
)
