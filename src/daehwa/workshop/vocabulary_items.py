"""The items of a locale's custom vocabulary, as the API has them and as exports do.

An export's ``CustomVocabulary.json`` holds ``customVocabularyItems``, each with ``phrase``,
``weight`` and ``displayAs``; the API gives each an ``itemId`` besides.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from daehwa.workshop.shapes.vocabularies import CustomVocabularyItem

VOCABULARY_TIMES: Final = "customvocabulary"
"""What the time of a vocabulary is kept under, beside those of intents and slot types."""

_ITEMS: Final = "customVocabularyItems"
_ID: Final = "itemId"


def items_of(vocabulary: Mapping[str, Any] | None) -> list[CustomVocabularyItem]:
    """The items of a vocabulary; one from a file has an id made from its phrase."""
    items: list[CustomVocabularyItem] = []
    for raw in (vocabulary or {}).get(_ITEMS) or ():
        phrase = str(raw.get("phrase", ""))
        items.append(
            CustomVocabularyItem(
                item_id=raw.get(_ID) or item_id(phrase),
                phrase=phrase,
                weight=raw.get("weight"),
                display_as=raw.get("displayAs") or None,
            )
        )
    return items


def with_items(
    vocabulary: Mapping[str, Any] | None, items: Iterable[CustomVocabularyItem]
) -> dict[str, Any]:
    """The vocabulary with these items, its other members as they were."""
    return {**(vocabulary or {}), _ITEMS: [msgspec.to_builtins(item.members()) for item in items]}


def vocabulary_file(vocabulary: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The vocabulary as an export has it, without ids."""
    if vocabulary is None:
        return None
    items = [{k: v for k, v in raw.items() if k != _ID} for raw in vocabulary.get(_ITEMS) or ()]
    return {**vocabulary, _ITEMS: items}


def joined_vocabularies(before: Mapping[str, Any], added: Mapping[str, Any]) -> dict[str, Any]:
    """A vocabulary with the items of another whose phrases it does not have."""
    there = list(before.get(_ITEMS) or ())
    known = {str(one.get("phrase", "")).casefold() for one in there}
    new = [one for one in added.get(_ITEMS) or () if one["phrase"].casefold() not in known]
    return {**before, _ITEMS: [*there, *new]}


def item_id(phrase: str) -> str:
    """The id of the item that was made with this phrase."""
    return base64.b32encode(hashlib.sha256(f"item/{phrase}".encode()).digest())[:10].decode()
