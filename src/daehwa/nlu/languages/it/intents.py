"""Italian phrases of Lex's built-in intents, in our own words.

Source of the intents: Lex V2 developer guide, "Built-in intents".
"""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases

INTENTS: Final = {
    "AMAZON.HelpIntent": phrases(
        """
aiuto|aiutami|mi aiuti|puoi aiutarmi|può aiutarmi|ho bisogno di aiuto|cosa sai fare
cosa posso dire
"""
    ),
    "AMAZON.CancelIntent": phrases(
        """
annulla|annullare|lascia perdere|lascia stare|ho cambiato idea|non importa
"""
    ),
    "AMAZON.StopIntent": phrases("fermati|basta|stop|smettila|silenzio|zitto|esci"),
    "AMAZON.RepeatIntent": phrases(
        """
ripeti|ripeta per favore|puoi ripetere|può ripetere|cosa hai detto|come scusa
ancora una volta
"""
    ),
    "AMAZON.ResumeIntent": phrases("continua|riprendi|vai avanti|prosegui"),
    "AMAZON.PauseIntent": phrases("pausa|metti in pausa|aspetta un attimo"),
    "AMAZON.StartOverIntent": phrases(
        """
ricomincia|ricominciamo|da capo|dall'inizio|ricominciare da capo
"""
    ),
}
