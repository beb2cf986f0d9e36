"""French times of day and spans of time: huit heures et demie, midi moins le quart, 14h30."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.fr.numbers import NUMERALS
from daehwa.nlu.languages.lexicon import meanings, phrases
from daehwa.nlu.languages.worded_durations import WordedDurations
from daehwa.nlu.languages.worded_times import WordedTimes

TIMES: Final = WordedTimes(
    numerals=NUMERALS,
    leads=phrases("à|vers|vers les|dès|jusqu'à|avant|après|il est"),
    hours=phrases("heures|heure|h|heures pile|heure pile|heures précises"),
    fixed={"midi": 720, "minuit": 0},
    minutes=("minutes", "minute", "min"),
    after=meanings(
        {
            "et demie|et demi|et demie pile": 30,
            "et quart|et un quart|un quart": 15,
            "moins le quart|moins quart|moins un quart": -15,
            "trois quarts": 45,
        }
    ),
    joints=("et",),
    less=("moins",),
    onward=phrases(
        "s'il vous plaît|s'il te plaît|svp|demain|aujourd'hui|avec|et|ou|le|si|jusqu'à|merci"
    ),
    not_after=phrases("le|au|du"),
    spans=phrases("il y a|dans|d'ici|pendant"),
    ranges=phrases("entre"),
    parts=meanings(
        {
            "du matin|le matin|dans la matinée|au matin|ce matin": "MO",
            "de l'après-midi|l'après-midi|cet après-midi": "AF",
            "de l'après midi|dans l'après-midi|après-midi": "AF",
            "du soir|le soir|dans la soirée|ce soir|en soirée": "EV",
            "de la nuit|la nuit|cette nuit|dans la nuit": "NI",
        }
    ),
    parts_before=meanings(
        {
            "ce matin|demain matin|le matin|matin": "MO",
            "cet après-midi|demain après-midi|l'après-midi": "AF",
            "ce soir|demain soir|le soir|soir": "EV",
            "cette nuit|la nuit": "NI",
        }
    ),
    no_parts_after=("bon",),
    now=("maintenant", "tout de suite", "immédiatement"),
    later={"plus tard": 1},
    within={"dans": 0},
)

DURATIONS: Final = WordedDurations(
    numerals=NUMERALS,
    units={
        **dict.fromkeys(("an", "ans", "année", "années"), "Y"),
        "mois": "M",
        **dict.fromkeys(("semaine", "semaines"), "W"),
        **dict.fromkeys(("jour", "jours", "nuit", "nuits"), "D"),
        **dict.fromkeys(("heure", "heures", "h"), "H"),
        **dict.fromkeys(("minute", "minutes", "min", "mn"), "m"),
        **dict.fromkeys(("seconde", "secondes", "sec"), "S"),
    },
    halves=("et demie", "et demi"),
    half_of=("une demi", "une demie", "demi"),
    quarters={"et quart": "0.25", "et un quart": "0.25", "et trois quarts": "0.75"},
    fixed={
        "une demi-heure": ("30", "m"),
        "demi-heure": ("30", "m"),
        "un quart d'heure": ("15", "m"),
        "trois quarts d'heure": ("45", "m"),
        "quinzaine de jours": ("15", "D"),
        "une quinzaine": ("15", "D"),
    },
    joints=("et",),
)
