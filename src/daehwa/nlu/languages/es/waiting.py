"""Spanish words by which a person asks for a moment, and comes back."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt_all
from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.speech_acts import Waiting

WAITING: Final = Waiting(
    wait=spelt_all(
        phrases(
            """
espera|espere|espera un momento|espere un momento|espera un minuto|un momento
un momento por favor|un momentito|momento|un segundo|un minuto|dame un momento
deme un momento|dame un minuto|deme un minuto|aguarda|aguarde|aguanta|ya vuelvo
necesito un momento|necesito tiempo
"""
        )
    ),
    go_on=spelt_all(
        phrases(
            """
continúa|continúe|continuar|continua|continue|sigue|siga|adelante|sigamos|ya estoy
ya volví|ya he vuelto|he vuelto|listo|lista|estoy listo|estoy lista|ya
"""
        )
    ),
)
