"""What Lex fills in where an author wrote nothing: an export of its own has no such gaps.

Ids are always the same for the same names, so that a bot that is exported twice is the same file.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any, Final, TypeVar

import msgspec

from daehwa.bot.identity import DRAFT, bot_id
from daehwa.bot.locales import LOCALE_NAMES
from daehwa.bot.signatures import FALLBACK_INTENT
from daehwa.bot.slot_definition import (
    Slot,
    SlotType,
    Specifications,
    SubSlotTypeComposition,
)
from daehwa.bot.values import (
    Bot,
    BotLocale,
    DataPrivacy,
    Intent,
)

_Part = TypeVar("_Part", SubSlotTypeComposition, Specifications)

FALLBACK_ID: Final = "FALLBCKINT"
"""The id that Lex gives to every FallbackIntent."""


def completed(bot: Bot) -> Bot:
    """The bot with the ids, names and settings that every export of Lex has.

    What the author wrote stays. The voice of a locale is left open: it is AWS's to choose.
    """
    return msgspec.structs.replace(
        bot,
        identifier=bot.identifier or bot_id(bot),
        version=bot.version or DRAFT,
        data_privacy=bot.data_privacy or DataPrivacy(),
        locales={name: _locale(bot.name, locale) for name, locale in bot.locales.items()},
    )


def _locale(bot: str, locale: BotLocale) -> BotLocale:
    home = f"{bot}/{locale.identifier}"
    slot_types = {name: _slot_type(home, one) for name, one in locale.slot_types.items()}
    ids = {name: one.identifier for name, one in slot_types.items() if one.identifier}
    return msgspec.structs.replace(
        locale,
        name=locale.name or LOCALE_NAMES.get(locale.identifier),
        slot_types={name: _with_part_ids(one, ids) for name, one in slot_types.items()},
        intents={name: _intent(home, one, ids) for name, one in locale.intents.items()},
    )


def _slot_type(home: str, slot_type: SlotType) -> SlotType:
    return msgspec.structs.replace(
        slot_type, identifier=slot_type.identifier or part_id(home, slot_type.name)
    )


def _with_part_ids(slot_type: SlotType, ids: Mapping[str, str]) -> SlotType:
    """The composite type with ids where its author named the types of its parts."""
    setting = slot_type.composite_slot_type_setting
    if setting is None or setting.sub_slots is None:
        return slot_type
    parts = tuple(_by_id(part, ids) for part in setting.sub_slots)
    return msgspec.structs.replace(
        slot_type,
        composite_slot_type_setting=msgspec.structs.replace(setting, sub_slots=parts),
    )


def _by_id(part: _Part, ids: Mapping[str, str]) -> _Part:
    name = part.slot_type_id or ""
    return msgspec.structs.replace(part, slot_type_id=ids.get(name, part.slot_type_id))


def _intent(home: str, intent: Intent, ids: Mapping[str, str]) -> Intent:
    own: dict[str, Any] = {}
    if intent.identifier is None:
        fallback = intent.parent_intent_signature == FALLBACK_INTENT
        own["identifier"] = FALLBACK_ID if fallback else part_id(home, intent.name)
    if intent.slot_priorities is None:
        own["slot_priorities"] = ()
    slots = {name: _slot(f"{home}/{intent.name}", slot, ids) for name, slot in intent.slots.items()}
    return msgspec.structs.replace(intent, slots=slots, **own)


def _slot(home: str, slot: Slot, ids: Mapping[str, str]) -> Slot:
    own: dict[str, Any] = {"identifier": slot.identifier or part_id(home, slot.name)}
    setting = slot.sub_slot_setting
    if setting is not None and setting.slot_specifications is not None:
        parts = {name: _by_id(part, ids) for name, part in setting.slot_specifications.items()}
        own["sub_slot_setting"] = msgspec.structs.replace(setting, slot_specifications=parts)
    return msgspec.structs.replace(slot, **own)


def part_id(home: str, name: str) -> str:
    """The id of a part that has none: ten letters and digits, by its place and name."""
    digest = hashlib.sha256(f"{home}/{name}".encode()).digest()
    return base64.b32encode(digest)[:10].decode()
