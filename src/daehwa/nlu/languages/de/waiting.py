"""German words by which a person asks for a moment, and comes back."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt_all
from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.speech_acts import Waiting

WAITING: Final = Waiting(
    wait=spelt_all(
        phrases(
            """
warte|warten sie|warte mal|warten sie bitte|bitte warten|moment|moment bitte
einen moment|einen moment bitte|moment mal|augenblick|einen augenblick
einen augenblick bitte|sekunde|eine sekunde|eine minute|eine minute bitte|kurz warten
ich brauche einen moment|ich brauche kurz zeit|gib mir einen moment
geben sie mir einen moment
"""
        )
    ),
    go_on=spelt_all(
        phrases(
            """
weiter|weitermachen|mach weiter|machen sie weiter|fortfahren|ich bin wieder da
bin wieder da|wieder da|ich bin zurück|fertig|ich bin fertig|bereit|ich bin bereit
wir können weitermachen
"""
        )
    ),
)
