"""Italian telephone numbers and addresses as they are read out."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.it.numbers import NUMERALS
from daehwa.nlu.languages.worded_spelling import worded_spelling

SPELLING: Final = worded_spelling(
    NUMERALS,
    {
        "chiocciola|chiocciolina": "@",
        "punto": ".",
        "trattino basso|underscore": "_",
        "trattino|meno": "-",
        "più": "+",
    },
)
