"""Any words in place of a sample's slot: what makes them a value, and where samples begin."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from daehwa.nlu.builtins import Mention, Setting, Text
from daehwa.nlu.builtins.sentences import is_plain
from daehwa.nlu.languages import reading
from daehwa.nlu.languages.spans import Span
from daehwa.nlu.slots.custom import CustomKind
from daehwa.nlu.slots.slot_fields import Field

_CODE: Final = "AMAZON.AlphaNumeric"
_MOST_WORDS = 5
_SAMPLES: Final = 8192
"""Samples of all bots of which it is remembered whether their words say anything."""

# Words that names of songs, shows and things have in them.
_IN_TITLES = frozenset(
    ("the", "a", "an", "of", "and", "in", "on", "to", "for", "with", "it", "by", "some")
)


def is_code(words: str) -> bool:
    """Whether words of a sentence look like a code: with digits, or in capitals, or in letters."""
    letters = words.split()
    spelt = len(letters) > 1 and all(len(letter) == 1 for letter in letters)
    return spelt or any(c.isdecimal() for c in words) or (len(words) > 1 and words.isupper())


def takes_any_words(field: Field) -> bool:
    """Whether any words may be a value of the slot: its type takes more than it lists."""
    kind = field.kind
    return kind.name == _CODE or (isinstance(kind, CustomKind) and not kind.restricted)


def any_words(field: Field, text: Text, span: Span, setting: Setting) -> Mention | None:
    """The words in a slot's place as its value; none where they say something of their own."""
    value = field.kind.resolve(text, *span, setting)
    if value is None or not takes_any_words(field) or value.sure == 1.0:
        return value
    if field.kind.name == _CODE and (is_code(value.original) or is_code(value.interpreted or "")):
        return value
    words = text.folded[span.start : span.end].split()
    rest = [word for word in words if word not in _IN_TITLES]
    if not rest or len(words) > _MOST_WORDS or any(is_plain(w, setting.locale) for w in rest):
        return None
    return Mention.of(text, *span, sure=value.sure)


@lru_cache(_SAMPLES)
def says_nothing(words: str, locale: str) -> bool:
    """Whether words of a sample are but those that go around any value in a locale (``ko_KR``)."""
    carriers = [each.carriers for each in reading(locale) if each.carriers is not None]
    around = {words, words.replace(" ", "")}
    plain = all(is_plain(w, locale) or w in _IN_TITLES for w in words.split())
    return plain or any(
        not around.isdisjoint(part.after) or (0, len(words)) == part.before.first(words, 0)
        for part in carriers
    )


def behind_asking(text: Text, setting: Setting) -> Iterator[int]:
    """Where a sample may begin: at the start, or after words that only ask (*could you*)."""
    place = 0
    yield place
    asking = _asking(setting.locale)
    while text.folded.startswith(asking, place):
        longest = max(len(words) for words in asking if text.folded.startswith(words, place))
        place = text.skip(place + longest, " ,")
        yield place


@cache
def _asking(locale: str) -> tuple[str, ...]:
    """Words that only ask, with the space after them."""
    carriers = (each.carriers for each in reading(locale))
    return tuple(f"{words} " for part in carriers if part for words in part.asking)
