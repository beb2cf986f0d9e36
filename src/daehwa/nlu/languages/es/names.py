"""Spanish words around names of people and places."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt
from daehwa.nlu.languages.language import Names
from daehwa.nlu.languages.lexicon import phrases

NAMES: Final = Names(
    naming=spelt(
        {
            "me llamo": True,
            "mi nombre es": True,
            "mi apellido es": True,
            "a nombre de": True,
            "soy": False,
            "es": False,
        }
    ),
    last_naming=("apellido es",),
    no_names=frozenset(
        phrases(
            """
yo|tú|él|ella|nosotros|mi|tu|su|el|la|los|las|un|una|y|o|no|nada|nadie|aquí|allí|sí
gracias|favor|hola|adiós|bien|mal|muy|más|solo|también|sé|secreto|anónimo|quizás
"""
        )
    ),
    requests=frozenset(
        phrases(
            """
qué|cuándo|dónde|quién|por|cómo|cuál|puede|puedes|podría|quiero|muéstrame|ayuda|cancelar
para
"""
        )
    ),
)
