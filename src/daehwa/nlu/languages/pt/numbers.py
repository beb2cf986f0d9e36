"""Portuguese numerals, of Brazil and Portugal: cento e vinte e três, dezasseis, duas mil."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.cldr import CALENDAR_NAMES
from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.numerals import Numerals

_SMALL: Final = phrases(
    """
zero|um|dois|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|treze|catorze|quinze|dezesseis
dezessete|dezoito|dezenove
"""
)
# As in Portugal, and in the feminine; "meia" is six where digits are read out.
_OTHERS: Final = {
    "uma": 1,
    "duas": 2,
    "quatorze": 14,
    "dezasseis": 16,
    "dezassete": 17,
    "dezanove": 19,
}
_TENS: Final = phrases("vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa")
_HUNDREDS: Final = phrases(
    """
duzentos|trezentos|quatrocentos|quinhentos|seiscentos|setecentos|oitocentos|novecentos
"""
)


def _below_hundred() -> dict[str, int]:
    table = {word: value for value, word in enumerate(_SMALL)} | _OTHERS
    ones = {word: value for word, value in table.items() if 1 <= value <= 9}
    for ten, tens in enumerate(_TENS, start=2):
        table[tens] = 10 * ten
        table |= {f"{tens} e {one}": 10 * ten + value for one, value in ones.items()}
    return table


def _below_thousand() -> dict[str, int]:
    small = _below_hundred()
    table = {**small, "cem": 100, "cento": 100}
    hundreds = [("cento", 1), *((word, value) for value, word in enumerate(_HUNDREDS, 2))]
    for word, hundred in hundreds:
        for form in (word, f"{word[:-2]}as") if hundred > 1 else (word,):
            table[form] = 100 * hundred
            table |= {
                f"{form} e {one}": 100 * hundred + value for one, value in small.items() if value
            }
    return table


_MONTHS: Final = tuple(form for forms in CALENDAR_NAMES["pt"].months for form in forms)

NUMERALS: Final = Numerals(
    below_thousand=_below_thousand(),
    multiples={
        "mil": 1_000,
        "milhão": 10**6,
        "milhões": 10**6,
        "milhões de": 10**6,
        "bilhão": 10**9,
        "bilhões": 10**9,
    },
    articles=("um", "uma"),
    joints=("e",),
    points=("vírgula", "ponto"),
    minus=("menos",),
    halves=("e meio", "e meia"),
    dozens={"dúzia": 12, "dúzias": 12, "meia dúzia": 6},
    no_number_before=(
        *_MONTHS,
        *(f"de {month}" for month in _MONTHS),
        *phrases("terços|quartos|quintos|décimos|e um quarto"),
    ),
    alternatives=phrases("ou|a|e"),
    counted=phrases(
        """
pessoa|noite|adulto|adulta|criança|hóspede|quarto|bilhete|ingresso|passagem|lugar|peça
pizza|xícara|chávena|garrafa|só
"""
    ),
)
NUMBERS: Final = NUMERALS.numbers
