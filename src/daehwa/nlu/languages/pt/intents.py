"""Portuguese phrases of Lex's built-in intents, in our own words.

Source of the intents: Lex V2 developer guide, "Built-in intents".
"""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases

INTENTS: Final = {
    "AMAZON.HelpIntent": phrases(
        """
ajuda|me ajuda|ajude-me|pode me ajudar|pode ajudar-me|preciso de ajuda
o que você pode fazer|o que posso dizer
"""
    ),
    "AMAZON.CancelIntent": phrases(
        """
cancelar|cancela|esquece|esqueça|deixa pra lá|deixa estar|mudei de ideia
"""
    ),
    "AMAZON.StopIntent": phrases("pare|para|chega|silêncio|cala a boca|sair|basta"),
    "AMAZON.RepeatIntent": phrases(
        """
repita|repete|pode repetir|repita por favor|o que você disse|o que disse|de novo
"""
    ),
    "AMAZON.ResumeIntent": phrases("continuar|continue|continua|retomar"),
    "AMAZON.PauseIntent": phrases("pausa|pausar|espera um momento"),
    "AMAZON.StartOverIntent": phrases(
        """
começar de novo|recomeçar|do início|do começo|começar outra vez
"""
    ),
}
