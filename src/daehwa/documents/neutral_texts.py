"""Neutral texts: what people say to no bot in particular, as vectors of the bundled encoder.

They are the texts that understanding learns every bot against (``daehwa.nlu.background``). A
question that is near to one of them is less likely the documents' business, however well a
passage happens to fit. ``bench/search/neutral.py`` writes the files.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

from daehwa.documents.encoding import Vectors, restored

WIDTH: Final = 512
"""Numbers a text."""

LANGUAGES: Final = ("ko", "en")
"""The languages that have such texts; a question in another one is compared with the last's."""


def file_name(language: str) -> str:
    """The name of a language's file: a byte a number, text after text."""
    return f"neutral_{language}.i1"


@cache
def neutral_vectors(language: str) -> Vectors:
    """Unit vectors of the neutral texts of a language, shape (texts, 512)."""
    code = language if language in LANGUAGES else LANGUAGES[-1]
    return restored(resources.files(__package__).joinpath(file_name(code)).read_bytes(), WIDTH)
