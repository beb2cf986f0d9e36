"""The open types: City, Country, State, StreetName, FirstName, LastName.

Lex takes any name for them and gives it back as written. Lists of well-known ones help to spot
them inside a sentence (``open_mentions``); a reply is believed when it is a short plausible
phrase (``open_replies``).
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

import msgspec

from daehwa.nlu.builtins.mention import Mention
from daehwa.nlu.languages import reading
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.text import Text

SURE: Final = 1.0
"""How sure a known value is."""


class OpenType(NamedTuple):
    """An open type, and how much a reply may say to be a value of it.

    ``words`` is the greatest number of words of a value, ``digits`` whether it may have any;
    ``resolves`` whether a known value is its own resolution (Lex resolves places, and leaves
    the resolutions of names empty); ``person`` whether it names people.
    """

    name: str
    words: int = 4
    digits: bool = False
    resolves: bool = False
    person: bool = False


CITY: Final = OpenType("City", resolves=True)
COUNTRY: Final = OpenType("Country", words=5, resolves=True)
STATE: Final = OpenType("State", resolves=True)
FIRST_NAME: Final = OpenType("FirstName", words=3, person=True)
LAST_NAME: Final = OpenType("LastName", words=3, person=True)
STREET: Final = OpenType("StreetName", words=6, digits=True)


class NameFacts(NamedTuple):
    """What the languages of a locale know of names."""

    known: dict[str, Lexicon[str]]
    naming: Lexicon[bool]
    last_naming: tuple[str, ...]
    streets: frozenset[str]
    street_tails: tuple[str, ...]
    particles: frozenset[str]
    relations: frozenset[str]
    titles: tuple[str, ...]
    attached_titles: tuple[str, ...]
    quoting: tuple[str, ...]
    requests: frozenset[str]
    endings: tuple[str, ...]
    everyday: frozenset[str]
    before_places: tuple[str, ...]
    spelling_notes: tuple[str, ...]
    capital: tuple[str, ...]
    family_tails: tuple[str, ...]


@cache
def name_facts(locale: str) -> NameFacts:
    """What the languages of a locale know, together."""
    parts = [n for language in reading(locale) if (n := language.names) is not None]
    known: dict[str, dict[str, str]] = {}
    for part in parts:
        for name, values in part.known.items():
            known.setdefault(name, {}).update((value, value) for value in values)
    titles = tuple(title for part in parts for title in part.titles)
    return NameFacts(
        known={name: Lexicon(values) for name, values in known.items()},
        naming=Lexicon({lead: sure for part in parts for lead, sure in part.naming.items()}),
        last_naming=tuple(end for part in parts for end in part.last_naming),
        streets=frozenset().union(*(part.streets for part in parts)),
        street_tails=tuple(tail for part in parts for tail in part.street_tails),
        particles=frozenset().union(*(part.particles for part in parts)),
        relations=frozenset().union(*(part.relations for part in parts)),
        titles=titles,
        attached_titles=tuple(title for title in titles if " " not in title),
        quoting=tuple(each for part in parts for each in part.quoting),
        requests=frozenset().union(*(part.requests for part in parts)),
        endings=tuple(end for part in parts for end in part.endings),
        everyday=frozenset().union(*(part.everyday for part in parts)),
        before_places=tuple(word for part in parts for word in part.before_places),
        spelling_notes=tuple(note for part in parts for note in part.spelling_notes),
        capital=tuple(word for part in parts for word in part.capital),
        family_tails=tuple(tail for part in parts for tail in part.family_tails),
    )


NONE_KNOWN: Final[Lexicon[str]] = Lexicon({})


def known_values(kind: OpenType, setting: Setting) -> Lexicon[str]:
    """The well-known values of a type in the languages of the locale."""
    return name_facts(setting.locale).known.get(kind.name, NONE_KNOWN)


def open_mention(text: Text, start: int, end: int, kind: OpenType, sure: float) -> Mention:
    """A value as written; its own resolution where the type has such and it is a known one."""
    named = Mention.of(text, start, end, sure=sure)
    resolved = kind.resolves and sure >= SURE
    return named if resolved else msgspec.structs.replace(named, resolved=())
