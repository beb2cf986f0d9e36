"""Spanish telephone numbers and addresses as they are read out."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.es.numbers import NUMERALS
from daehwa.nlu.languages.worded_spelling import worded_spelling

SPELLING: Final = worded_spelling(
    NUMERALS,
    {
        "arroba": "@",
        "punto": ".",
        "guion bajo|guión bajo": "_",
        "guion|guión|menos": "-",
        "más|signo más": "+",
    },
)
