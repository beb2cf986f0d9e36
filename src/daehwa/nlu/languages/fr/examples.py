"""Values of the built-in types in French, for refilling sample utterances."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases

EXAMPLES: Final = {
    "Confirmation": phrases("oui|non|bien sûr|peut-être"),
    "Currency": phrases("20 euros|50 €|dix euros|100 dollars"),
    "Date": phrases(
        """
demain|aujourd'hui|vendredi prochain|3 mars|lundi|15 mai|après-demain
la semaine prochaine|25 décembre|dans deux semaines
"""
    ),
    "Duration": phrases(
        """
deux heures|30 minutes|trois jours|une semaine|une heure et demie
"""
    ),
    "Number": phrases("2|trois|5|dix|vingt-cinq|100|quatre|12"),
    "Percentage": phrases("50%|20 pour cent|dix pour cent"),
    "Time": phrases(
        """
8 heures|10 h|midi|17h30|deux heures et demie|sept heures du soir|18 heures
"""
    ),
}
