"""Spanish times of day and spans of time: las ocho y media, mediodía, hora y media."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.es.numbers import NUMERALS
from daehwa.nlu.languages.lexicon import meanings, phrases
from daehwa.nlu.languages.worded_durations import WordedDurations
from daehwa.nlu.languages.worded_times import WordedTimes

TIMES: Final = WordedTimes(
    numerals=NUMERALS,
    leads=phrases(
        """
a eso de las|a eso de la|alrededor de las|a partir de las|a las|a la|las|la|sobre las|hacia las
son las|es la|para las|desde las
"""
    ),
    hours=phrases("horas|hrs|hs|h|en punto|h."),
    fixed=meanings(
        {
            "mediodía|medio día|las doce del mediodía|doce del mediodía": 720,
            "medianoche|media noche|doce de la noche|12 de la noche": 0,
            "12 del mediodía": 720,
        }
    ),
    before={
        "un cuarto para": -15,
        "cuarto para": -15,
        "un cuarto pa": -15,
        "tres cuartos para": -45,
    },
    past={"para": -1, "minutos para": -1},
    minutes=("minutos", "minuto", "min"),
    after={
        **dict.fromkeys(("y media", "y 1/2", "y media en punto"), 30),
        **dict.fromkeys(("y cuarto", "y un cuarto"), 15),
        "y tres cuartos": 45,
        **dict.fromkeys(("menos cuarto", "menos un cuarto"), -15),
    },
    joints=("y", "con"),
    less=("menos",),
    onward=phrases("para|por favor|el|mañana|hoy|con|si|en|y|o|del|gracias|pasado"),
    not_after=phrases("el|día|al|del"),
    spans=phrases("hace|en|dentro de|durante"),
    ranges=phrases("entre"),
    parts=meanings(
        {
            "de la mañana|por la mañana|en la mañana|de la madrugada": "MO",
            "de la tarde|por la tarde|en la tarde|del mediodía": "AF",
            "de la noche|por la noche|en la noche|esta noche": "NI",
            "esta tarde": "AF",
        }
    ),
    parts_before=meanings(
        {
            "esta mañana|por la mañana|en la mañana": "MO",
            "esta tarde|por la tarde|en la tarde": "AF",
            "esta noche|por la noche|en la noche": "NI",
        }
    ),
    now=("ahora", "ahora mismo", "ya mismo"),
    later={"después": 1, "más tarde": 1},
    within={"en": 0, "dentro de": 0},
)

DURATIONS: Final = WordedDurations(
    numerals=NUMERALS,
    units={
        **dict.fromkeys(("año", "años"), "Y"),
        **dict.fromkeys(("mes", "meses"), "M"),
        **dict.fromkeys(("semana", "semanas"), "W"),
        **dict.fromkeys(("día", "días", "noche", "noches"), "D"),
        **dict.fromkeys(("hora", "horas", "h", "hrs"), "H"),
        **dict.fromkeys(("minuto", "minutos", "min"), "m"),
        **dict.fromkeys(("segundo", "segundos", "seg"), "S"),
    },
    halves=("y media", "y medio"),
    half_of=("media", "medio"),
    quarters={"y cuarto": "0.25", "y un cuarto": "0.25", "y tres cuartos": "0.75"},
    fixed={
        "hora y media": ("1.5", "H"),
        "un cuarto de hora": ("15", "m"),
        "tres cuartos de hora": ("45", "m"),
        "cuarto de hora": ("15", "m"),
    },
    joints=("y", "con"),
)
