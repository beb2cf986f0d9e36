"""German phrases of Lex's built-in intents, in our own words.

Source of the intents: Lex V2 developer guide, "Built-in intents".
"""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases

INTENTS: Final = {
    "AMAZON.HelpIntent": phrases(
        """
hilfe|hilf mir|helfen sie mir|können sie mir helfen|kannst du mir helfen
ich brauche hilfe|was kannst du|was kann ich sagen
"""
    ),
    "AMAZON.CancelIntent": phrases(
        """
abbrechen|vergiss es|vergessen sie es|ich habe es mir anders überlegt|brich das ab
doch nicht
"""
    ),
    "AMAZON.StopIntent": phrases("stopp|aufhören|hör auf|hören sie auf|sei still|ruhe|schluss"),
    "AMAZON.RepeatIntent": phrases(
        """
wiederholen|wiederhole das|noch einmal bitte|nochmal|was hast du gesagt|wie bitte
können sie das wiederholen
"""
    ),
    "AMAZON.ResumeIntent": phrases("weiter|fortsetzen|mach weiter|weitermachen"),
    "AMAZON.PauseIntent": phrases("pause|pausieren|warte kurz|einen moment"),
    "AMAZON.StartOverIntent": phrases(
        """
von vorne|neu anfangen|noch mal von vorne|von vorn beginnen|neustart
"""
    ),
}
