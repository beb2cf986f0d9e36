"""German yes and no."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.accents import spelt_all
from daehwa.nlu.languages.language import Confirmation
from daehwa.nlu.languages.lexicon import phrases, spread

_YES: Final = (
    *phrases(
        """
das nehme ich|das nehm ich|das nehmen wir|das mache ich|das machen wir|dann machen wir das
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
ich denke schon|ich denke ja|denke schon|ich glaube schon|ich glaube ja|glaub schon
ich glaube ja schon|ich meine schon|ich finde schon|das wäre toll|das klingt gut|klingt gut
hört sich gut an|so machen wir das|so machen wir es|so passt das|das geht|das geht so
geht so in ordnung|bin dabei|ich bin dabei|ja doch|ja unbedingt|na sicher|na gerne|logisch|logo
jep genau|ja genau|ja passt|ja bitte gerne|richtig so|alles richtig|alles korrekt
das ist alles richtig|alles bestens|läuft
"""
    ),
    *spread(
        """
(ja |)(das|alles) (ist|wäre|klingt) (so |)(richtig|korrekt|gut|okay|ok)
(ja |)(das|alles) (ist|wäre|klingt) (so |)(prima|super|toll|perfekt|in ordnung)
(ja |)(machen wir|mach ich|mache ich|nehm ich|nehme ich)( so| gern| gerne|)
(ja |)(nehmen wir|passt mir|passt uns|will ich|möchte ich)( so| gern| gerne|)
ich (möchte|will|nehme|mache) (das|es)( gern| gerne| so|)
"""
    ),
)
_NO: Final = (
    *phrases(
        """
nein|nee|na danke|ne|nö|nein danke|nö danke|nicht|nein nicht|auf keinen fall|keinesfalls|keineswegs
niemals|lieber nicht|besser nicht|eher nicht|falsch|das ist falsch|nicht richtig
das ist nicht richtig|stimmt nicht|das stimmt nicht|das passt nicht|passt nicht
nicht korrekt|das ist nicht korrekt
abbrechen|stopp|stop|ablehnen|ich lehne ab|bloß nicht|natürlich nicht|sicher nicht|danke nein
kein interesse|will ich nicht|ich will nicht|ich möchte nicht|möchte ich nicht|nicht nötig
kein bedarf|jetzt nicht|noch nicht|nicht wirklich|überhaupt nicht|gar nicht|nope|no
absolut nicht|auf gar keinen fall|bitte nein
kommt nicht in frage|bloß nicht|auf gar keinen fall|niemals|lass mal|nein lieber nicht
ich glaube nicht|glaub ich nicht|glaube nicht|das glaube ich nicht|ich denke nicht|denke nicht
ich denke nein|ich glaube nein|eigentlich nicht|leider nicht|leider nein|das möchte ich nicht
das will ich nicht|möchte nicht|will nicht|nicht so|so nicht|nicht ganz|das war falsch
das ist verkehrt|da stimmt was nicht|auf keinsten|nie im leben|nie und nimmer|mitnichten
nein auf keinen fall|nein bitte nicht|bitte nicht|muss nicht sein|das muss nicht sein
nicht mehr|nicht mit mir|kann ich nicht|geht nicht|das geht nicht|vergiss es|vergessen sie es
abgelehnt|negativ|nein das ist falsch|nein das stimmt nicht
"""
    ),
    *spread(
        """
(nein |)(das|es) (ist|war|wäre) (so |)(nicht|nicht ganz|leider nicht) (richtig|korrekt|gut|okay)
(nein |)(das|es) (ist|war|wäre) (so |)(nicht|nicht ganz) (ok|möglich|nötig|in ordnung)
(nein |)(das|es) (ist|war|wäre) (so |)(leider nicht) (ok|möglich|nötig|in ordnung)
(nein |)(will|möchte|brauche|nehme|mag) ich (leider |lieber |)nicht
(nein |)(das|es) (will|möchte|brauche|nehme) (ich |mir |)(so |leider |lieber |)nicht
(nein |)(das|es) (mag|gefällt|passt|stimmt) (ich |mir |)(so |leider |lieber |)nicht
(nein |)ich (will|möchte|brauche|nehme|mag) (das|es) (so |leider |lieber |)nicht
"""
    ),
)
_MAYBE: Final = phrases(
    "vielleicht|eventuell|möglicherweise|kann sein|mal sehen|kommt darauf an|kommt drauf an|evtl"
)
_DO_NOT_KNOW: Final = (
    *phrases(
        """
weiß nicht|ich weiß nicht|weiß ich nicht|das weiß ich nicht|keine ahnung|ich habe keine ahnung
ich bin nicht sicher|nicht sicher|ich bin mir nicht sicher|unsicher|schwer zu sagen
ich weiß es nicht|das weiß ich noch nicht|weiß ich noch nicht|weiß nicht genau
kann ich nicht sagen|das kann ich nicht sagen|da bin ich überfragt|bin mir unsicher
ich bin unsicher|noch unsicher|mal überlegen|muss ich überlegen|keinen schimmer|keinen plan
kein plan|k.a.
"""
    ),
    *spread(
        """
(ich bin |bin |)(mir |da |)(da |noch |)(unsicher|nicht sicher|nicht ganz sicher|noch nicht sicher)
(das |)(weiß|wüsste) ich (jetzt |leider |gerade |noch |)nicht( genau|)
"""
    ),
)

CONFIRMATION: Final = Confirmation(
    answers={
        "Yes": spelt_all(_YES),
        "No": spelt_all(_NO),
        "Maybe": spelt_all(_MAYBE),
        "Don't know": spelt_all(_DO_NOT_KNOW),
    },
    politely=("passt so", "passt schon", "alles gut"),
    fillers=frozenset(
        phrases(
            "hm|hmm|öh|tja|naja|puh|auf|bitte|danke|also|ähm|äh|hm|na|ach|oh|dann|schön|sehr|vielen|dank"
        )
    ),
)
