"""Portuguese dates: depois de amanhã, sexta que vem, 1º de dezembro, daqui a três dias."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.cldr import CALENDAR_NAMES
from daehwa.nlu.languages.lexicon import meanings, phrases
from daehwa.nlu.languages.pt.numbers import NUMERALS
from daehwa.nlu.languages.worded_dates import WordedDates

_WEEKDAYS: Final = phrases("segunda|terça|quarta|quinta|sexta")

DATES: Final = WordedDates(
    names=CALENDAR_NAMES["pt"],
    numerals=NUMERALS,
    weekdays={
        **{name: number for number, name in enumerate(_WEEKDAYS)},
        **{f"{name} feira": number for number, name in enumerate(_WEEKDAYS)},
        # 2ª feira is the second day of the week.
        **{f"{number + 2}ª feira": number for number in range(5)},
        **{f"{number + 2}ª-feira": number for number in range(5)},
    },
    days=meanings(
        {
            "hoje|hoje mesmo|hoje à tarde|hoje à noite|esta noite": 0,
            "amanhã|amanhã de manhã|amanhã à tarde|amanhã à noite": 1,
            "depois de amanhã|depois d'amanhã": 2,
            "ontem": -1,
            "ontem à noite": -1,
            "anteontem": -2,
            "antes de ontem": -2,
        }
    ),
    joints=("de", "do"),
    articles=("o dia", "dia", "no dia", "ao dia", "para o dia"),
    ordinals={"primeiro": 1, "primeiro dia": 1},
    ordinal_marks=("º", "°", "o"),
    holidays={
        "natal": (12, 25),
        "no natal": (12, 25),
        "o dia de natal": (12, 25),
        "véspera de natal": (12, 24),
        "réveillon": (12, 31),
        "véspera de ano novo": (12, 31),
        "ano novo": (1, 1),
        "dia dos namorados": (6, 12),
    },
    which_before=meanings(
        {
            "próxima|a próxima|na próxima|próximo|o próximo|no próximo": 1,
            "esta|nesta|essa|nessa|este|neste|na|no|à|ao": 0,
            "a última|última|o último|na última|no último": -1,
        }
    ),
    which_after=meanings({"que vem|próxima|próximo|seguinte": 1, "passada|passado|anterior": -1}),
    weeks_after=meanings(
        {"da semana que vem|da próxima semana|da semana próxima": 1, "desta semana|dessa semana": 0}
    ),
    periods=meanings(
        {
            "semana que vem|a semana que vem|na semana que vem": (1, "week"),
            "próxima semana|a próxima semana|na próxima semana": (1, "week"),
            "mês que vem|o mês que vem|no mês que vem": (1, "month"),
            "próximo mês|o próximo mês|no próximo mês": (1, "month"),
            "ano que vem|o ano que vem|no ano que vem|próximo ano": (1, "year"),
            "o próximo ano|no próximo ano": (1, "year"),
            "esta semana|nesta semana|essa semana": (0, "week"),
            "este mês|neste mês|esse mês": (0, "month"),
            "este ano|neste ano|esse ano": (0, "year"),
            "semana passada": (-1, "week"),
            "mês passado": (-1, "month"),
            "ano passado": (-1, "year"),
            "fim de semana|este fim de semana|no fim de semana|neste fim de semana": (0, "weekend"),
            "o próximo fim de semana|no próximo fim de semana|fim de semana que vem": (
                1,
                "weekend",
            ),
        }
    ),
    units={
        **dict.fromkeys(("dia", "dias"), (1, "day")),
        **dict.fromkeys(("semana", "semanas"), (1, "week")),
        **dict.fromkeys(("mês", "meses"), (1, "month")),
        **dict.fromkeys(("ano", "anos"), (1, "year")),
    },
    within=meanings({"daqui a|em|dentro de|daqui": 1, "há|faz": -1}),
    later={"depois": 1, "mais tarde": 1, "atrás": -1},
    not_after=phrases("às|uma|um"),
    edges={"início": 1, "começo": 1, "meados": 15, "fim": -1, "final": -1},
    every=phrases("cada|toda|todas as|todo|todos os"),
    # "terça parte", "quinta vez" are not days.
    not_before=phrases("parte|vez|feiras|andar|santa"),
)
