"""French words around a value in a reply."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt, spelt_all
from daehwa.nlu.languages.language import Carriers
from daehwa.nlu.languages.lexicon import Lexicon, phrases

CARRIERS: Final = Carriers(
    before=Lexicon(
        spelt(
            dict.fromkeys(
                phrases(
                    """
je m'appelle|mon nom est|mon prénom est|mon nom de famille est|je suis|c'est|ce sera
je voudrais|j'aimerais|je veux|je prends|je prendrai|j'habite à|je viens de|à|de|en|pour
au|s'il vous plaît|oui|alors|seulement|environ|juste|mon numéro est|le numéro est
mon adresse est|mon e-mail est|un|une
"""
                ),
                0,
            )
        )
    ),
    after=spelt_all(
        phrases(
            """
s'il vous plaît|s'il te plaît|merci|merci beaucoup|svp|si possible|ce serait bien|ça ira
c'est bien
"""
        )
    ),
)
