"""French phrases of Lex's built-in intents, in our own words.

Source of the intents: Lex V2 developer guide, "Built-in intents".
"""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases

INTENTS: Final = {
    "AMAZON.HelpIntent": phrases(
        """
aide|aide-moi|aidez-moi|pouvez-vous m'aider|peux-tu m'aider|j'ai besoin d'aide
que peux-tu faire|qu'est-ce que je peux dire
"""
    ),
    "AMAZON.CancelIntent": phrases(
        """
annuler|annule|laisse tomber|oublie|oubliez ça|j'ai changé d'avis|tant pis
"""
    ),
    "AMAZON.StopIntent": phrases("arrête|arrêtez|stop|tais-toi|silence|quitter|ça suffit"),
    "AMAZON.RepeatIntent": phrases(
        """
répète|répétez|répète s'il te plaît|pouvez-vous répéter|qu'as-tu dit|pardon
encore une fois
"""
    ),
    "AMAZON.ResumeIntent": phrases("continue|continuer|reprendre|reprends"),
    "AMAZON.PauseIntent": phrases("pause|mets en pause|attends un instant"),
    "AMAZON.StartOverIntent": phrases(
        """
recommencer|recommence|depuis le début|repartir à zéro|reprendre au début
"""
    ),
}
