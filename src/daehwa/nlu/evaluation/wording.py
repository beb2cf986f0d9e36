"""The words of reports to a bot's author, in the language of its locale where there are any."""

from __future__ import annotations

from daehwa.nlu.languages import FALLBACK, installed, language_code, load
from daehwa.nlu.languages.language import Wording


def report_language(locale: str) -> str:
    """The code of the language that reports on a locale are in; a code stands for itself."""
    code = language_code(locale)
    return code if code in installed() and load(code).wording is not None else FALLBACK


def wording_of(locale: str) -> Wording:
    """The words for a locale, or for the code of a language; else the English ones.

    Raises:
        LookupError: English has none, which is a mistake in its package.
    """
    wording = load(report_language(locale)).wording
    if wording is None:
        raise LookupError(f"the language {FALLBACK} has no wording")
    return wording
