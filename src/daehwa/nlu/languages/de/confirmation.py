"""German yes and no."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt_all
from daehwa.nlu.languages.language import Confirmation
from daehwa.nlu.languages.lexicon import phrases

_YES: Final = phrases(
    """
ja|jo|jap|jep|jup|joa|jawohl|ja bitte|bitte ja|ja gern|ja gerne|gern|gerne|sehr gern|sehr gerne
klar|na klar|klaro|alles klar|sicher|aber sicher|sicherlich|natürlich|ja natürlich
selbstverständlich
selbstredend|genau|ganz genau|richtig|das ist richtig|korrekt|das ist korrekt|stimmt|das stimmt
ja das stimmt|ja stimmt|passt|passt so|das passt|in ordnung|geht in ordnung|okay|ok|oki|okey
einverstanden|ich bin einverstanden|auf jeden fall|unbedingt|absolut|freilich|doch|von mir aus
so ist es|genau so|mach das|machen sie das|bitte machen|bestätigt|ich bestätige|bestätigen
jawoll|eindeutig|definitiv|das wäre gut|das wäre schön|perfekt|super|wunderbar|yes
stimmt so|das ist richtig so|machen wir so|ja das möchte ich|das möchte ich|klar doch|ja klar
jaja|aber klar|na gut|mach mal|okidoki|nur zu
geht klar|geht in ordnung|kein problem|ja klar|gerne doch|passt mir|warum nicht|von mir aus
meinetwegen|abgemacht
"""
)
_NO: Final = phrases(
    """
nein|nee|ne|nö|nein danke|nö danke|nicht|nein nicht|auf keinen fall|keinesfalls|keineswegs|niemals
lieber nicht|besser nicht|eher nicht|falsch|das ist falsch|nicht richtig|das ist nicht richtig
stimmt nicht|das stimmt nicht|das passt nicht|passt nicht|nicht korrekt|das ist nicht korrekt
abbrechen|stopp|stop|ablehnen|ich lehne ab|bloß nicht|natürlich nicht|sicher nicht|danke nein
kein interesse|will ich nicht|ich will nicht|ich möchte nicht|möchte ich nicht|nicht nötig
kein bedarf|jetzt nicht|noch nicht|nicht wirklich|überhaupt nicht|gar nicht|nope|no
absolut nicht|auf gar keinen fall|bitte nein
kommt nicht in frage|bloß nicht|auf gar keinen fall|niemals|lass mal|nein lieber nicht
"""
)
_MAYBE: Final = phrases(
    "vielleicht|eventuell|möglicherweise|kann sein|mal sehen|kommt darauf an|kommt drauf an|evtl"
)
_DO_NOT_KNOW: Final = phrases(
    """
weiß nicht|ich weiß nicht|weiß ich nicht|das weiß ich nicht|keine ahnung|ich habe keine ahnung
ich bin nicht sicher|nicht sicher|ich bin mir nicht sicher|unsicher|schwer zu sagen
"""
)

CONFIRMATION: Final = Confirmation(
    answers={
        "Yes": spelt_all(_YES),
        "No": spelt_all(_NO),
        "Maybe": spelt_all(_MAYBE),
        "Don't know": spelt_all(_DO_NOT_KNOW),
    },
    politely=("passt so", "passt schon", "alles gut"),
    fillers=frozenset(phrases("bitte|danke|also|ähm|äh|hm|na|ach|oh|dann|schön|sehr|vielen|dank")),
)
