"""French dates: après-demain, vendredi prochain, le 1er mai, dans trois jours, il y a un an."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.cldr import CALENDAR_NAMES
from daehwa.nlu.languages.fr.numbers import NUMERALS
from daehwa.nlu.languages.lexicon import meanings, phrases
from daehwa.nlu.languages.worded_dates import WordedDates

DATES: Final = WordedDates(
    names=CALENDAR_NAMES["fr"],
    numerals=NUMERALS,
    days=meanings(
        {
            "aujourd'hui|ce jour|ce matin|cet après-midi|ce soir": 0,
            "demain|demain matin|demain soir|demain après-midi": 1,
            "après-demain|après demain": 2,
            "hier": -1,
            "hier soir": -1,
            "avant-hier": -2,
            "avant hier": -2,
        }
    ),
    joints=("de", "d'", "du mois de", "du mois d'"),
    articles=("le", "au"),
    weeks_on={"en huit": 1, "en quinze": 2},
    ordinals={"premier": 1, "première": 1},
    ordinal_marks=("er", "ère", "ème", "e", "eme"),
    holidays={
        "noël": (12, 25),
        "le jour de noël": (12, 25),
        "la veille de noël": (12, 24),
        "le réveillon de noël": (12, 24),
        "la saint-sylvestre": (12, 31),
        "le réveillon du nouvel an": (12, 31),
        "le jour de l'an": (1, 1),
        "jour de l'an": (1, 1),
        "nouvel an": (1, 1),
        "la toussaint": (11, 1),
        "l'armistice": (11, 11),
        "la saint-valentin": (2, 14),
    },
    which_before=meanings({"ce|le|les": 0, "le prochain|prochain": 1, "le dernier": -1}),
    which_after=meanings(
        {"prochain|qui vient|suivant|prochaine": 1, "dernier|passé|précédent": -1}
    ),
    weeks_after={
        "de la semaine prochaine": 1,
        "de la semaine qui vient": 1,
        "en huit": 1,
        "de cette semaine": 0,
    },
    periods=meanings(
        {
            "la semaine prochaine|semaine prochaine": (1, "week"),
            "le mois prochain|mois prochain": (1, "month"),
            "l'année prochaine|année prochaine|l'an prochain": (1, "year"),
            "cette semaine": (0, "week"),
            "ce mois-ci": (0, "month"),
            "cette année": (0, "year"),
            "ce mois": (0, "month"),
            "la semaine dernière": (-1, "week"),
            "le mois dernier": (-1, "month"),
            "l'année dernière": (-1, "year"),
            "ce week-end|ce weekend|le week-end|le weekend|week-end|weekend": (0, "weekend"),
            "le week-end prochain|le weekend prochain": (1, "weekend"),
        }
    ),
    units={
        **dict.fromkeys(("jour", "jours"), (1, "day")),
        **dict.fromkeys(("semaine", "semaines"), (1, "week")),
        "mois": (1, "month"),
        **dict.fromkeys(("an", "ans", "année", "années"), (1, "year")),
    },
    within={"dans": 1, "d'ici": 1, "il y a": -1},
    later={"plus tard": 1, "plus tôt": -1},
    edges={"début": 1, "mi": 15, "mi-": 15, "fin": -1, "fin du mois de": -1},
    every=phrases("chaque|tous les"),
    not_before=phrases("en quinze|saint"),
)
