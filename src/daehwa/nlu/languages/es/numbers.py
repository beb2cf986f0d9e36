"""Spanish numerals: veintiuno, ciento treinta y dos, dos mil, tres coma cinco, cuatro y medio."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.cldr import CALENDAR_NAMES
from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.numerals import Numerals

_SMALL: Final = phrases(
    """
cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince
dieciséis|diecisiete|dieciocho|diecinueve|veinte|veintiuno|veintidós|veintitrés|veinticuatro
veinticinco|veintiséis|veintisiete|veintiocho|veintinueve
"""
)
_TENS: Final = phrases("treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa")
_HUNDREDS: Final = phrases(
    """
doscientos|trescientos|cuatrocientos|quinientos|seiscientos|setecientos|ochocientos|novecientos
"""
)
_ARTICLES: Final = ("un", "una")


def _below_hundred() -> dict[str, int]:
    table = {word: value for value, word in enumerate(_SMALL)}
    table |= {"un": 1, "una": 1, "veintiún": 21, "veintiuna": 21}
    table |= {f"veinte y {one}": 20 + value for value, one in enumerate(_SMALL[1:10], 1)}
    table |= {f"diez y {one}": 10 + value for value, one in enumerate(_SMALL[6:10], 6)}
    ones = {**{one: value for value, one in enumerate(_SMALL[1:10], 1)}, "un": 1, "una": 1}
    for ten, tens in enumerate(_TENS, start=3):
        table[tens] = 10 * ten
        table |= {f"{tens} y {one}": 10 * ten + value for one, value in ones.items()}
        table |= {f"{tens}i{one}": 10 * ten + value for one, value in ones.items()}
    return table


def _below_thousand() -> dict[str, int]:
    small = _below_hundred()
    table = {**small, "cien": 100, "ciento": 100}
    hundreds = [("ciento", 1), *((word, value) for value, word in enumerate(_HUNDREDS, 2))]
    for word, hundred in hundreds:
        for form in (word, f"{word[:-2]}as") if hundred > 1 else (word,):
            table[form] = 100 * hundred
            table |= {
                f"{form} {one}": 100 * hundred + value for one, value in small.items() if value
            }
    return table


_MONTHS: Final = tuple(form for forms in CALENDAR_NAMES["es"].months for form in forms)

NUMERALS: Final = Numerals(
    below_thousand=_below_thousand(),
    multiples={
        "mil": 1_000,
        "cientos": 100,
        "cientas": 100,
        "millón": 10**6,
        "millones": 10**6,
        "millón de": 10**6,
        "mil millones": 10**9,
    },
    articles=_ARTICLES,
    points=("coma", "punto"),
    minus=("menos",),
    halves=("y medio", "y media"),
    dozens={"docena": 12, "docenas": 12, "media docena": 6, "par de": 2},
    no_number_before=(
        *_MONTHS,
        *(f"de {month}" for month in _MONTHS),
        *phrases(
            "tercios|tercio|cuartos|quintos|décimos|y cuarto|y media hora|y tantos|y tantas|y pico"
        ),
    ),
    alternatives=phrases("o|u|a|con|y"),
    counted=phrases(
        """
persona|noche|adulto|adulta|niño|niña|huésped|habitación|entrada|boleto|billete|pieza
pizza|taza|botella|sola
"""
    ),
)
NUMBERS: Final = NUMERALS.numbers
