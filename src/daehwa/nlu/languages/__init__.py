"""The languages that are read, each a package of one shape, and what they are made of.

A folder beside this file is a language, named by its ISO 639 code; its ``LANGUAGE`` holds the
parts that it has (`daehwa.nlu.languages.language`). Nothing else has to know of it. How to
write one: docs/extending.md.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

if TYPE_CHECKING:
    from daehwa.nlu.languages.language import Language

__all__ = ["FALLBACK", "installed", "language_code", "load", "reading"]

FALLBACK: Final = "en"
"""Read where a locale's own language has no package."""


@cache
def installed() -> tuple[str, ...]:
    """The codes of the languages that there are: the folders beside this file."""
    return tuple(module.name for module in iter_modules(__path__) if module.ispkg)


@cache
def load(code: str) -> Language:
    """The language of a code, brought into memory when it is first needed."""
    return import_module(f"{__name__}.{code}").LANGUAGE  # type: ignore[no-any-return]


def language_code(locale: str) -> str:
    """The language of a Lex locale: ``ko`` of ``ko_KR``."""
    return locale.partition("_")[0].lower()


@cache
def reading(locale: str) -> tuple[Language, ...]:
    """The languages that are read in a locale, its own first, then those mixed into it.

    A locale whose language has no package reads English words; digits, and dates and times
    in digits, are read in every locale.
    """
    code = language_code(locale)
    own = load(code if code in installed() else FALLBACK)
    others = tuple(map(load, own.mixed_with))
    return (own if others else _with_known_names(own), *others)


def _with_known_names(own: Language) -> Language:
    """A language with the well-known places and names of English where it has none of its own.

    They are written much alike in all that use Latin letters.
    """
    names, others = own.names, load(FALLBACK).names
    if others is None or (names is not None and names.known):
        return own
    known = type(others)(known=others.known)
    return replace(own, names=known if names is None else replace(names, known=others.known))
