"""French numerals: quatre-vingt-dix-sept, septante, deux cent un, trois virgule cinq."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.cldr import CALENDAR_NAMES
from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.numerals import Numerals

_SMALL: Final = phrases(
    """
zéro|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize
dix-sept|dix-huit|dix-neuf
"""
)
_TENS: Final = {
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    # As in Belgium and Switzerland.
    "septante": 70,
    "huitante": 80,
    "octante": 80,
    "nonante": 90,
}


def _below_hundred() -> dict[str, int]:
    table = {word: value for value, word in enumerate(_SMALL)} | {"une": 1}
    for tens, ten in _TENS.items():
        table[tens] = ten
        table |= {f"{tens}-{one}": ten + value for value, one in enumerate(_SMALL[2:10], 2)}
        for one in ("un", "une"):
            table |= {f"{tens}-et-{one}": ten + 1, f"{tens}-{one}": ten + 1}
    table |= {f"soixante-{one}": 60 + value for value, one in enumerate(_SMALL[10:], 10)}
    table |= {"soixante-et-onze": 71, "quatre-vingts": 80, "quatre-vingt": 80}
    table |= {f"quatre-vingt-{one}": 80 + value for value, one in enumerate(_SMALL[1:], 1)}
    table["quatre-vingt-une"] = 81
    return table


def _below_thousand() -> dict[str, int]:
    small = _below_hundred()
    table = dict(small)
    for hundred in range(1, 10):
        word = "cent" if hundred == 1 else f"{_SMALL[hundred]}-cent"
        table |= {word: 100 * hundred, f"{word}s": 100 * hundred}
        table |= {f"{word}-{one}": 100 * hundred + value for one, value in small.items() if value}
    return table


def _hyphens_left_out(table: dict[str, int]) -> dict[str, int]:
    """Numerals with their hyphens, with spaces, and as before the spelling of 1990."""
    spaced = {word.replace("-", " "): value for word, value in table.items()}
    old = {}
    for word, value in table.items():
        head, cent, rest = word.partition("cent-")
        if cent:
            old[f"{head.replace('-', ' ')}cent {rest}"] = value
        tens, joint, one = word.rpartition("-et-")
        if joint:
            old[f"{tens.replace('cent-', 'cent ')} et {one}"] = value
    return {**spaced, **old, **table}


_MONTHS: Final = tuple(form for forms in CALENDAR_NAMES["fr"].months for form in forms)

NUMERALS: Final = Numerals(
    below_thousand=_hyphens_left_out(_below_thousand()),
    multiples={
        "mille": 1_000,
        "million": 10**6,
        "millions": 10**6,
        "milliard": 10**9,
        "milliards": 10**9,
    },
    articles=("un", "une"),
    joints=("et",),
    points=("virgule",),
    minus=("moins",),
    halves=("et demi", "et demie"),
    dozens={
        "douzaine": 12,
        "douzaines": 12,
        "demi-douzaine": 6,
        "dizaine": 10,
        "vingtaine": 20,
    },
    no_number_before=(
        *_MONTHS,
        *phrases("heures|heure|tiers|quarts|cinquièmes|dixièmes|et quart"),
    ),
    alternatives=phrases("ou|à|et"),
    counted=phrases(
        """
personne|nuit|adulte|enfant|chambre|billet|place|pièce|pizza|tasse|bouteille|seule|seul
"""
    ),
)
NUMBERS: Final = NUMERALS.numbers
