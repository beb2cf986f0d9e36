"""Texts as people type them in a hurry, written out: *can u cancel pls*, 취소되나여ㅠㅠ.

Samples are written with care, and so is most of what the sentence encoders have read. Before a text
is compared with the samples its short forms, worn endings and signs of mood become what they
stand for. Values are read in the text as it was typed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from daehwa.nlu.languages import reading
from daehwa.nlu.languages.patterns import compiled

_WORD: Final = re.compile(r"[a-z0-9']+(?![\w'’]|\.\w)", re.IGNORECASE)


def written_out(text: str, locale: str) -> str:
    """``text`` without the short forms that the languages of a locale (``ko_KR``) know.

    A text of nothing else but signs of mood stays as it is.
    """
    words, patterns = _forms(locale)
    written = text
    for pattern, full in patterns:
        written = pattern.sub(full, written)
    if words:
        written = _WORD.sub(
            lambda word: words.get(word[0].casefold(), word[0]), written.replace("’", "'")
        )
    return " ".join(written.split()) or text


@cache
def _forms(locale: str) -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    """The words of all languages of a locale, and the patterns, its own language's first."""
    informal = [language.informal for language in reading(locale) if language.informal is not None]
    words = {short: full for each in reversed(informal) for short, full in each.words.items()}
    return words, tuple(
        (compiled(pattern), full) for each in informal for pattern, full in each.patterns
    )
