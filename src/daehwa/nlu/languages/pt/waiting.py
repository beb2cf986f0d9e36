"""Portuguese words by which a person asks for a moment, and comes back."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt_all
from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.speech_acts import Waiting

WAITING: Final = Waiting(
    wait=spelt_all(
        phrases(
            """
espera|espere|espera aí|espere um pouco|espera um momento|espere um momento|um momento
um momento por favor|um minuto|um minutinho|um segundo|um instante|só um momento
só um minuto|só um instante|aguarde|aguarda|peraí|calma|me dê um momento
dá-me um momento|preciso de um momento|preciso de tempo
"""
        )
    ),
    go_on=spelt_all(
        phrases(
            """
continua|continue|continuar|pode continuar|vamos continuar|siga|prossiga|voltei
já voltei|estou de volta|pronto|pronta|estou pronto|estou pronta|já|terminei
"""
        )
    ),
)
