"""Whether a reply asks for a moment, or comes back from one: Lex's wait and continue.

Source: Lex V2 developer guide, "Waiting for the user" (wait and continue responses).
"""

from __future__ import annotations

from functools import cache
from typing import Final, Literal, TypeAlias

from daehwa.nlu.languages import reading

Waiting: TypeAlias = Literal["Wait", "Continue"]

_MARKS: Final = ".,!?~…。"


def waiting(text: str, locale: str) -> Waiting | None:
    """What a reply asks for in a locale (``ko_KR``); only the plain phrases count."""
    return _phrases(locale).get(_squeezed(text).strip(_MARKS))


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
