"""Whether a reply asks for a moment, or comes back from one: Lex's wait and continue.

Source: Lex V2 developer guide, "Waiting for the user" (wait and continue responses).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal, TypeAlias

from daehwa.nlu.languages import reading

Waiting: TypeAlias = Literal["Wait", "Continue"]

_LONGEST: Final = 80
_APART: Final = re.compile(r"[\s.,!?~…。]+")
_MARKS: Final = ".,!?~…。"


def waiting(text: str, locale: str) -> Waiting | None:
    """What a reply asks for in a locale (``ko_KR``); only plain phrases count."""
    known = _phrases(locale).get(_squeezed(text).strip(_MARKS))
    if known is not None or len(text) > _LONGEST:
        return known
    words = " ".join(_APART.sub(" ", text.casefold().replace("\u2019", "'")).split())
    forms: tuple[tuple[Waiting, re.Pattern[str]], ...] = _forms(locale)
    return next((meant for meant, form in forms if form.fullmatch(words)), None)


@cache
def _forms(locale: str) -> tuple[tuple[Waiting, re.Pattern[str]], ...]:
    """The patterns of the languages that are read in a locale, as one for each meaning."""
    parts = [part for language in reading(locale) if (part := language.waiting) is not None]
    meanings: dict[Waiting, list[str]] = {
        "Wait": [part.wait_form for part in parts if part.wait_form],
        "Continue": [part.go_on_form for part in parts if part.go_on_form],
    }
    return tuple(
        (meant, re.compile("|".join(f"(?:{form})" for form in forms)))
        for meant, forms in meanings.items()
        if forms
    )


@cache
def _phrases(locale: str) -> dict[str, Waiting]:
    """The phrases of the languages that are read in a locale, without their spaces."""
    parts = [part for language in reading(locale) if (part := language.waiting) is not None]
    phrases: dict[str, Waiting] = {}
    phrases.update((_squeezed(p), "Continue") for part in parts for p in part.go_on)
    phrases.update((_squeezed(p), "Wait") for part in parts for p in part.wait)
    return phrases


def _squeezed(text: str) -> str:
    return "".join(text.casefold().split())
