"""Spanish dates: pasado mañana, el próximo viernes, 1 de diciembre de 2026, dentro de tres días."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.cldr import CALENDAR_NAMES
from daehwa.nlu.languages.es.numbers import NUMERALS
from daehwa.nlu.languages.lexicon import meanings, phrases
from daehwa.nlu.languages.worded_dates import WordedDates

DATES: Final = WordedDates(
    names=CALENDAR_NAMES["es"],
    numerals=NUMERALS,
    months={"setiembre": 9},
    days=meanings(
        {
            "hoy|hoy mismo|esta tarde|esta noche|esta mañana": 0,
            "mañana|mañana mismo|el día de mañana": 1,
            "pasado mañana": 2,
            "ayer": -1,
            "anoche": -1,
            "anteayer": -2,
            "antes de ayer": -2,
            "antier": -2,
        }
    ),
    joints=("de", "del"),
    articles=("el día", "el", "día", "al"),
    ordinals={"primero": 1, "primer": 1, "uno": 1},
    ordinal_marks=("º", "o", "ro", "er", "°"),
    holidays={
        "navidad": (12, 25),
        "el día de navidad": (12, 25),
        "nochebuena": (12, 24),
        "nochevieja": (12, 31),
        "fin de año": (12, 31),
        "año nuevo": (1, 1),
        "reyes": (1, 6),
        "día de reyes": (1, 6),
    },
    which_before=meanings(
        {"próximo|el próximo|este próximo": 1, "este|el|los": 0, "pasado|el pasado": -1}
    ),
    which_after=meanings({"que viene|próximo|siguiente|que entra": 1, "pasado|anterior": -1}),
    weeks_after=meanings(
        {
            "de la semana que viene|de la próxima semana": 1,
            "de la semana próxima": 1,
            "de esta semana": 0,
        }
    ),
    periods=meanings(
        {
            "la próxima semana|próxima semana|la semana que viene": (1, "week"),
            "la semana próxima|semana que viene": (1, "week"),
            "el próximo mes|próximo mes|el mes que viene": (1, "month"),
            "el próximo año|próximo año|el año que viene": (1, "year"),
            "esta semana": (0, "week"),
            "este mes": (0, "month"),
            "este año": (0, "year"),
            "la semana pasada": (-1, "week"),
            "el mes pasado": (-1, "month"),
            "el año pasado": (-1, "year"),
            "el fin de semana|este fin de semana|fin de semana|este finde|el finde": (0, "weekend"),
            "el próximo fin de semana|el fin de semana que viene": (1, "weekend"),
        }
    ),
    units={
        **dict.fromkeys(("día", "días"), (1, "day")),
        **dict.fromkeys(("semana", "semanas"), (1, "week")),
        **dict.fromkeys(("mes", "meses"), (1, "month")),
        **dict.fromkeys(("año", "años"), (1, "year")),
        "quincena": (15, "day"),
    },
    within={"dentro de": 1, "en": 1, "de aquí a": 1, "hace": -1},
    later={"después": 1, "más tarde": 1, "atrás": -1},
    # "por la mañana" is the morning.
    not_after=phrases("la|por|buenas|las"),
    edges={"principios": 1, "mediados": 15, "finales": -1, "fines": -1},
    every=phrases("cada|todas las|todos los"),
    not_before=phrases("por hoy|en ocho|santo|o pasado"),
)
