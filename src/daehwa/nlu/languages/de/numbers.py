"""German numerals: einundzwanzig, zweitausendvierhundert, anderthalb, drei Komma fünf."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.cldr import CALENDAR_NAMES
from daehwa.nlu.languages.lexicon import phrases
from daehwa.nlu.languages.numerals import Numerals

_ONES: Final = phrases(
    """
null|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|vierzehn|fünfzehn
sechzehn|siebzehn|achtzehn|neunzehn
"""
)
_TENS: Final = phrases("zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig")
_ARTICLES: Final = phrases("ein|eine|einen|einem|einer")


def _below_hundred() -> dict[str, int]:
    table = {word: value for value, word in enumerate(_ONES)}
    table |= {"zwo": 2}
    for ten, tens in enumerate(_TENS, start=2):
        table[tens] = 10 * ten
        ones = {**dict(zip(_ONES[2:10], range(2, 10), strict=True)), "ein": 1, "zwo": 2}
        table |= {f"{one}und{tens}": 10 * ten + value for one, value in ones.items()}
    return table


def _below_thousand() -> dict[str, int]:
    small = _below_hundred()
    table = dict(small)
    hundreds = {"": 1, "ein": 1, **dict(zip(_ONES[2:10], range(2, 10), strict=True))}
    for prefix, hundred in hundreds.items():
        table[f"{prefix}hundert"] = 100 * hundred
        for word, value in small.items():
            if value:
                for joint in ("", "und", " "):
                    table[f"{prefix}hundert{joint}{word}"] = 100 * hundred + value
    return table


_TOGETHER: Final = phrases("zweit|dritt|viert|fünft|sechst|siebt|acht|neunt|zehnt")
_MONTHS: Final = tuple(form for forms in CALENDAR_NAMES["de"].months for form in forms)

NUMERALS: Final = Numerals(
    below_thousand={**_below_thousand(), **dict.fromkeys(_ARTICLES, 1)},
    multiples={
        "hundert": 100,
        "tausend": 1_000,
        "million": 10**6,
        "millionen": 10**6,
        "milliarde": 10**9,
        "milliarden": 10**9,
    },
    articles=_ARTICLES,
    joints=("und",),
    points=("komma",),
    minus=("minus",),
    halves=("einhalb", "ein halb", "und ein halb", "und eine halbe"),
    dozens={"dutzend": 12, "halbes dutzend": 6},
    fixed={
        "anderthalb": "1.5",
        **{f"{teen}hundert": str(100 * n) for n, teen in enumerate(_ONES[11:13], 11)},
        **{f"{one}einhalb": f"{n}.5" for n, one in enumerate(("ein", *_ONES[2:13]), 1)},
        **{f"zu {many}": str(n) for n, many in enumerate(_TOGETHER, 2)},
    },
    no_number_before=(
        *_MONTHS,
        *phrases("uhr|drittel|viertel|fünftel|achtel|zehntel|halbe|halber|halbes|halb"),
    ),
    no_number_after=("halb", "viertel", "dreiviertel"),
    alternatives=phrases("oder|bis|und"),
    counted=phrases(
        """
person|personen|nacht|gast|erwachsener|erwachsene|kind|stück|zimmer|ticket|karte|platz
pizza|tasse|flasche
"""
    ),
    fused=("tausend",),
)
NUMBERS: Final = NUMERALS.numbers
