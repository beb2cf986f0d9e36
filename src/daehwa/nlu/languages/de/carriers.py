"""German words around a value in a reply."""

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
ich heiße|mein name ist|mein vorname ist|mein nachname ist|ich bin|das ist|es ist
ich möchte|ich hätte gern|ich hätte gerne|ich nehme|ich will|ich wohne in|ich komme aus
in|aus|nach|bitte|ja|also|nur|ungefähr|etwa|circa|für|die nummer ist|meine nummer ist
meine adresse ist|meine e-mail ist|meine e-mail-adresse ist|ein|eine
einen
"""
                ),
                0,
            )
        )
    ),
    after=spelt_all(
        phrases(
            """
bitte|danke|bitte schön|danke schön|wäre gut|wäre schön|wäre super|passt|geht
"""
        )
    ),
)
