"""French words by which a person asks for a moment, and comes back."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt_all
from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.speech_acts import Waiting

WAITING: Final = Waiting(
    wait=spelt_all(
        phrases(
            """
attends|attendez|attendez un moment|attends un peu|un moment|un moment s'il vous plaît
un instant|un instant s'il vous plaît|une minute|une seconde|deux secondes|deux minutes
patientez|patiente|donnez-moi un moment|donne-moi un moment|donnez-moi une minute
j'ai besoin d'un moment|ne quittez pas
"""
        )
    ),
    go_on=spelt_all(
        phrases(
            """
continue|continuez|continuer|vas-y|allez-y|on continue|je suis de retour|me revoilà
c'est bon|prêt|prête|je suis prêt|je suis prête|reprenons|j'ai fini
"""
        )
    ),
)
