"""Italian words around names of people and places."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt
from daehwa.nlu.languages.language import Names
from daehwa.nlu.languages.lexicon import phrases

NAMES: Final = Names(
    naming=spelt(
        {
            "mi chiamo": True,
            "il mio nome è": True,
            "il mio cognome è": True,
            "a nome di": True,
            "sono": False,
            "è": False,
        }
    ),
    last_naming=("cognome è",),
    no_names=frozenset(
        phrases(
            """
io|tu|lui|lei|noi|voi|mio|mia|tuo|suo|il|la|lo|gli|un|una|e|o|non|niente|nessuno|qui|lì
sì|no|grazie|ciao|bene|male|molto|anche|solo|so|segreto|anonimo|forse
"""
        )
    ),
    requests=frozenset(
        phrases(
            """
che|cosa|quando|dove|chi|perché|come|quale|puoi|può|potrebbe|vorrei|mostrami|aiuto
annulla|basta
"""
        )
    ),
)
