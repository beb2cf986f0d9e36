"""Italian numerals: ventuno, centoventitré, duemila, tre virgola cinque, quattro e mezzo."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.cldr import CALENDAR_NAMES
from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.numerals import Numerals

_SMALL: Final = phrases(
    """
zero|uno|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici|quattordici
quindici|sedici|diciassette|diciotto|diciannove
"""
)
_TENS: Final = phrases("venti|trenta|quaranta|cinquanta|sessanta|settanta|ottanta|novanta")


def _below_hundred() -> dict[str, int]:
    table = {word: value for value, word in enumerate(_SMALL)} | {"un": 1, "una": 1}
    for ten, tens in enumerate(_TENS, start=2):
        table[tens] = 10 * ten
        for value, one in enumerate(_SMALL[1:10], 1):
            # The vowel goes before uno and otto: ventuno, ventotto.
            stem = tens[:-1] if one[0] in "uo" else tens
            table[stem + one] = 10 * ten + value
        table |= {f"{tens}tré": 10 * ten + 3, f"{tens[:-1]}un": 10 * ten + 1}
    return table


def _below_thousand() -> dict[str, int]:
    small = _below_hundred()
    table = dict(small)
    for hundred in range(1, 10):
        word = "cento" if hundred == 1 else f"{_SMALL[hundred]}cento"
        table[word] = 100 * hundred
        for one, value in small.items():
            if value:
                table[f"{word}{one}"] = table[f"{word} {one}"] = 100 * hundred + value
                if one[0] == "o":
                    table[f"{word[:-1]}{one}"] = 100 * hundred + value
        table[f"{word}tré"] = 100 * hundred + 3
    return table


_MONTHS: Final = tuple(form for forms in CALENDAR_NAMES["it"].months for form in forms)

NUMERALS: Final = Numerals(
    below_thousand=_below_thousand(),
    multiples={
        "mille": 1_000,
        "mila": 1_000,
        "milione": 10**6,
        "milioni": 10**6,
        "milioni di": 10**6,
        "miliardo": 10**9,
        "miliardi": 10**9,
    },
    articles=("un", "una"),
    joints=("e",),
    points=("virgola",),
    minus=("meno",),
    halves=("e mezzo", "e mezza"),
    dozens={"dozzina": 12, "dozzine": 12, "mezza dozzina": 6, "decina": 10, "ventina": 20},
    no_number_before=(*_MONTHS, *phrases("terzi|quarti|quinti|decimi|e un quarto|ore")),
    alternatives=phrases("o|a|e"),
    counted=phrases(
        """
persona|notte|adulto|bambino|ospite|camera|biglietto|posto|pezzo|pizza|tazza|bottiglia
sola|solo
"""
    ),
    fused=("mila", "mille"),
)
NUMBERS: Final = NUMERALS.numbers
