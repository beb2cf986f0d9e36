"""French words around names of people and places."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt
from daehwa.nlu.languages.language import Names
from daehwa.nlu.languages.lexicon import phrases

NAMES: Final = Names(
    naming=spelt(
        {
            "je m'appelle": True,
            "mon nom est": True,
            "mon prénom est": True,
            "mon nom de famille est": True,
            "au nom de": True,
            "je suis": False,
            "c'est": False,
        }
    ),
    last_naming=("nom de famille est",),
    no_names=frozenset(
        phrases(
            """
je|tu|il|elle|nous|vous|ils|mon|ma|ton|son|le|la|les|un|une|et|ou|pas|non|rien|personne
ici|là|oui|merci|bonjour|salut|bien|mal|très|plus|aussi|sais|secret|anonyme|peut-être
"""
        )
    ),
    requests=frozenset(
        phrases(
            """
que|quoi|quand|où|qui|pourquoi|comment|quel|quelle|pouvez|peux|pourriez|voudrais|montre
montrez|aide|annuler|arrête
"""
        )
    ),
)
