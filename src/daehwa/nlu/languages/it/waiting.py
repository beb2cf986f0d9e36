"""Italian words by which a person asks for a moment, and comes back."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt_all
from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.speech_acts import Waiting

WAITING: Final = Waiting(
    wait=spelt_all(
        phrases(
            """
aspetta|aspetti|aspetta un attimo|aspetti un attimo|aspetta un momento|un attimo
un attimo per favore|un momento|un momento per favore|un minuto|un secondo|attendi
attenda|attenda in linea|dammi un attimo|mi dia un attimo|dammi un minuto
ho bisogno di un momento
"""
        )
    ),
    go_on=spelt_all(
        phrases(
            """
continua|continui|continuiamo|continuare|avanti|vai avanti|vada avanti|prosegui|prosegua
sono tornato|sono tornata|eccomi|pronto|pronta|sono pronto|sono pronta|fatto
"""
        )
    ),
)
