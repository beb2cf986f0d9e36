"""French telephone numbers and addresses as they are read out."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.fr.numbers import NUMERALS
from daehwa.nlu.languages.worded_spelling import worded_spelling

SPELLING: Final = worded_spelling(
    NUMERALS,
    {
        "arobase|arobas": "@",
        "point": ".",
        "tiret bas|tiret du bas|underscore": "_",
        "tiret|trait d'union": "-",
        "plus": "+",
    },
)
