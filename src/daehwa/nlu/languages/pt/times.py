"""Portuguese times of day and spans of time: oito e meia, meio-dia, uma hora e meia."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import meanings, phrases
from daehwa.nlu.languages.pt.numbers import NUMERALS
from daehwa.nlu.languages.worded_durations import WordedDurations
from daehwa.nlu.languages.worded_times import WordedTimes

TIMES: Final = WordedTimes(
    numerals=NUMERALS,
    leads=phrases("às|as|à|pelas|por volta das|para as|até as|até às|são|das|para a"),
    hours=phrases("horas|hora|h|hs|em ponto|horas em ponto"),
    fixed=meanings({"meio-dia|meio dia": 720, "meia-noite|meia noite": 0}),
    before={"um quarto para": -15, "quarto para": -15, "um quarto pras": -15},
    past={"para": -1, "pras": -1},
    minutes=("minutos", "minuto", "min"),
    after=meanings(
        {"e meia|e meio": 30, "e um quarto|e quarto": 15, "menos um quarto|menos quarto": -15}
    ),
    joints=("e",),
    less=("menos",),
    onward=phrases("para|por favor|amanhã|hoje|com|e|ou|no|na|obrigado|obrigada|se"),
    not_after=phrases("dia|o|ao"),
    spans=phrases("há|faz|em|daqui a|dentro de|durante"),
    ranges=phrases("entre"),
    parts=meanings(
        {
            "da manhã|de manhã|pela manhã|da madrugada|esta manhã": "MO",
            "da tarde|à tarde|de tarde|esta tarde": "AF",
            "da noite|à noite|de noite|esta noite": "NI",
        }
    ),
    parts_before=meanings(
        {
            "de manhã|esta manhã|pela manhã": "MO",
            "à tarde|esta tarde|de tarde": "AF",
            "à noite|esta noite|de noite": "NI",
        }
    ),
    now=("agora", "agora mesmo", "já"),
    later={"depois": 1, "mais tarde": 1},
    within={"em": 0, "dentro de": 0, "daqui a": 0},
)

DURATIONS: Final = WordedDurations(
    numerals=NUMERALS,
    units={
        **dict.fromkeys(("ano", "anos"), "Y"),
        **dict.fromkeys(("mês", "meses"), "M"),
        **dict.fromkeys(("semana", "semanas"), "W"),
        **dict.fromkeys(("dia", "dias", "noite", "noites"), "D"),
        **dict.fromkeys(("hora", "horas", "h"), "H"),
        **dict.fromkeys(("minuto", "minutos", "min"), "m"),
        **dict.fromkeys(("segundo", "segundos", "seg"), "S"),
    },
    halves=("e meia", "e meio"),
    half_of=("meia", "meio"),
    quarters={"e um quarto": "0.25", "e três quartos": "0.75"},
    fixed={
        "hora e meia": ("1.5", "H"),
        "um quarto de hora": ("15", "m"),
        "três quartos de hora": ("45", "m"),
    },
    joints=("e",),
)
