"""French words that point to a slot: directions, what is counted, what joins a list."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Cues
from daehwa.nlu.languages.lexicon import phrases

CUES: Final = Cues(
    source_names=frozenset(phrases("from|origin|departure|start|pickup|checkin")),
    target_names=frozenset(phrases("to|destination|arrival|end|return|checkout")),
    source_words=frozenset(phrases("de|depuis|du|dès")),
    target_words=frozenset(phrases("à|vers|jusqu'à|pour|au")),
    counted={
        "people": phrases("personne|personnes|adulte|adultes|enfant|enfants|invités"),
        "nights": phrases("nuit|nuits"),
        "days": phrases("jour|jours"),
        "hours": phrases("heure|heures"),
        "rooms": phrases("chambre|chambres"),
    },
    how_many=(("combien", "de"),),
    joints=frozenset(phrases("et|ou|avec|aussi|plus|un|une|des")),
)
