"""Texts as a person hears them: what differs only in writing is the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from daehwa.bot.slot_definition import (
    SlotType,
)
from daehwa.bot.values import (
    BotLocale,
    Intent,
)

# Straight, typographic, and those of Korean and Japanese texts.
_PAIRED: Final = '"\u201c\u201d\u201e\u201f\u300c\u300d\u300e\u300f\u00ab\u00bb\uff02'
_QUOTES: Final = _PAIRED + "'\u2018\u2019\u201a\u201b\u2039\u203a\uff07`"
PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")


def normal_form(text: str) -> str:
    """The text without case, spaces, punctuation and ways of writing one character."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in plain if unicodedata.category(sign)[0] in "LNMS") or plain


def sample_form(text: str, intent: Intent) -> str:
    """The normal form of a sample utterance: ``{Day}`` is any value of its slot's type."""
    parts = PLACEHOLDER.split(text)
    for index in range(1, len(parts), 2):
        slot = intent.slots.get(parts[index].strip().partition(".")[0])
        name = (slot and slot.slot_type_name) or parts[index]
        parts[index] = f"{{{name}}}"
    return "".join(part if index % 2 else _plain(part) for index, part in enumerate(parts))


def _plain(text: str) -> str:
    form = normal_form(text)
    return form if any(sign.isalnum() for sign in form) else ""


def is_quoted(text: str) -> bool:
    """Whether the whole of a text is in quotation marks, and in no further ones."""
    bare = text.strip()
    inner = bare[1:-1]
    return (
        len(inner) > 0
        and bare[0] in _QUOTES
        and bare[-1] in _QUOTES
        and not any(sign in _QUOTES for sign in (inner[0], inner[-1]))
        and not any(sign in _PAIRED for sign in inner)
    )


def words_of(slot_type: SlotType) -> Iterator[tuple[str, str]]:
    """Each value and synonym of a slot type, with the value that it stands for."""
    for value in slot_type.slot_type_values or ():
        yield value.sample_value.value, value.sample_value.value
        for synonym in value.synonyms or ():
            yield synonym.value, value.sample_value.value


def closed_values(locale: BotLocale, type_name: str | None) -> dict[str, str] | None:
    """The words that a slot type takes and no others, by normal form with their value.

    ``None`` where the type is open, built in, not there, or says in no list what it takes.
    """
    slot_type = locale.slot_types.get(type_name or "")
    if slot_type is None or slot_type.external_source_setting or slot_type.grammar:
        return None
    setting = slot_type.value_selection_setting
    if setting is None or setting.resolution_strategy != "TOP_RESOLUTION":
        return None
    if slot_type.parent_slot_type_signature or slot_type.composite_slot_type_setting:
        return None
    words = {normal_form(word): value for word, value in words_of(slot_type)}
    return words or None


def shown(text: str) -> str:
    """A text as a finding quotes it, not too long and with hidden characters spelled out."""
    hidden = "".join(
        sign if sign == " " or sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text
    )
    return hidden if len(hidden) <= 60 else f"{hidden[:57]}…"  # noqa: PLR2004  a line's worth
