"""Replies of a language of Latin letters or an alphabet of its own, from listings of phrases.

Each phrase counts as it is typed without its accents, too.
"""

from __future__ import annotations

from daehwa.nlu.languages.accents import spelt, spelt_all
from daehwa.nlu.languages.language import Carriers, Confirmation
from daehwa.nlu.languages.lexicon import Lexicon, meanings, phrases
from daehwa.nlu.languages.speech_acts import Waiting


def worded_confirmation(
    *, yes: str, no: str, maybe: str, unknown: str, fillers: str
) -> Confirmation:
    """Yes, no, and between; ``unknown`` is *I don't know*, ``fillers`` change no answer."""
    return Confirmation(
        answers={
            "Yes": spelt_all(phrases(yes)),
            "No": spelt_all(phrases(no)),
            "Maybe": spelt_all(phrases(maybe)),
            "Don't know": spelt_all(phrases(unknown)),
        },
        fillers=frozenset(spelt_all(phrases(fillers))),
    )


def worded_carriers(*, before: str, after: str) -> Carriers:
    """The words that stand before and after a value."""
    return Carriers(before=Lexicon(spelt(meanings({before: 0}))), after=spelt_all(phrases(after)))


def worded_waiting(*, wait: str, go_on: str) -> Waiting:
    """How a person asks for a moment, and comes back."""
    return Waiting(wait=spelt_all(phrases(wait)), go_on=spelt_all(phrases(go_on)))
