"""German telephone numbers and addresses as they are read out."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.de.numbers import NUMERALS
from daehwa.nlu.languages.worded_spelling import worded_spelling

SPELLING: Final = worded_spelling(
    NUMERALS,
    {
        "ät|at|klammeraffe": "@",
        "punkt": ".",
        "unterstrich": "_",
        "bindestrich|minus|strich": "-",
        "plus": "+",
    },
)
