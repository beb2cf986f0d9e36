"""Spanish phrases of Lex's built-in intents, in our own words.

Source of the intents: Lex V2 developer guide, "Built-in intents".
"""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases

INTENTS: Final = {
    "AMAZON.HelpIntent": phrases(
        """
ayuda|ayúdame|ayúdeme|me puedes ayudar|me puede ayudar|necesito ayuda|qué puedes hacer
qué puedo decir
"""
    ),
    "AMAZON.CancelIntent": phrases(
        """
cancelar|cancela|olvídalo|déjalo|he cambiado de opinión|cambié de idea|ya no
"""
    ),
    "AMAZON.StopIntent": phrases("para|detente|alto|basta|cállate|silencio|salir"),
    "AMAZON.RepeatIntent": phrases(
        """
repite|repítelo|repita por favor|puedes repetir|qué has dicho|qué dijiste|otra vez
"""
    ),
    "AMAZON.ResumeIntent": phrases("continuar|continúa|sigue|reanudar"),
    "AMAZON.PauseIntent": phrases("pausa|espera|pausar|espera un momento"),
    "AMAZON.StartOverIntent": phrases(
        """
empezar de nuevo|volver a empezar|empezar otra vez|desde el principio|reiniciar
"""
    ),
}
