"""Italian words around a value in a reply."""

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
mi chiamo|il mio nome è|il mio cognome è|sono|è|vorrei|voglio|prendo|preferisco|abito a
vivo a|vengo da|a|da|in|per|sì|allora|solo|soltanto|circa|il mio numero è|il numero è
il mio indirizzo è|la mia email è|un|una|uno
"""
                ),
                0,
            )
        )
    ),
    after=spelt_all(
        phrases(
            """
per favore|grazie|grazie mille|se possibile|va bene|andrebbe bene|per piacere
"""
        )
    ),
)
