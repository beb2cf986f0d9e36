"""Portuguese telephone numbers and addresses as they are read out."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.pt.numbers import NUMERALS
from daehwa.nlu.languages.worded_spelling import worded_spelling

SPELLING: Final = worded_spelling(
    NUMERALS,
    {
        "arroba": "@",
        "ponto": ".",
        "traço baixo|underline|sublinhado|underscore": "_",
        "hífen|traço|tracinho|menos": "-",
        "mais": "+",
    },
)
