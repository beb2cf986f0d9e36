"""Ids of bots and their parts: ten alphanumerics, as in Lex's API."""

from __future__ import annotations

import base64
import difflib
import hashlib
import re
import secrets
import string
from collections.abc import Collection, Mapping
from typing import Final, TypeVar

import msgspec

from daehwa import bot
from daehwa.workshop.errors import ValidationException

_ALPHABET: Final = string.ascii_uppercase + string.digits
_ID: Final = re.compile(r"[0-9A-Za-z]{10}")
_BUILT_IN: Final = "AMAZON."

_Part = TypeVar("_Part", bot.Intent, bot.Slot, bot.SlotType)
_Typed = TypeVar("_Typed", bot.SubSlotTypeComposition, bot.Specifications)


def new_id() -> str:
    """An id that nothing has."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


def with_ids(definition: bot.Bot) -> bot.Bot:
    """The bot with an id for every part: its own if that is one, else one made from its name."""
    locales = {name: with_locale_ids(locale) for name, locale in definition.locales.items()}
    return msgspec.structs.replace(definition, locales=locales)


def with_locale_ids(locale: bot.BotLocale) -> bot.BotLocale:
    """The locale with an id for every part, always the same one."""
    intents = {
        name: msgspec.structs.replace(
            intent, slots=_with_ids(intent.slots, f"slot/{locale.identifier}/{name}")
        )
        for name, intent in _with_ids(locale.intents, f"intent/{locale.identifier}").items()
    }
    slot_types = _with_ids(locale.slot_types, f"type/{locale.identifier}")
    return with_slot_types(
        msgspec.structs.replace(locale, intents=intents, slot_types=slot_types), renamed={}
    )


def with_slot_types(locale: bot.BotLocale, *, renamed: Mapping[str, str]) -> bot.BotLocale:
    """The locale with slots and sub-slots whose types agree in name and id.

    ``renamed`` has the new names of slot types by their old ones.
    """
    types = locale.slot_types
    return msgspec.structs.replace(
        locale,
        slot_types={name: _type_parts(kind, types, renamed) for name, kind in types.items()},
        intents={
            name: msgspec.structs.replace(
                intent,
                slots={key: _slot_types(s, types, renamed) for key, s in intent.slots.items()},
            )
            for name, intent in locale.intents.items()
        },
    )


def type_id(locale: bot.BotLocale, name: str | None) -> str | None:
    """The id of the slot type of that name; a built-in one is its own."""
    known = locale.slot_types.get(name or "")
    return known.identifier if known is not None else name


def type_name(locale: bot.BotLocale, identifier: str | None) -> str:
    """The name of the slot type with that id.

    Raises:
        ValidationException: the locale has no such slot type.
    """
    if identifier is None:
        raise ValidationException(
            "1 validation error detected: Value null at 'slotTypeId' failed to satisfy "
            "constraint: Member must not be null"
        )
    if identifier.startswith(_BUILT_IN):
        require_built_in(identifier, bot.BUILT_IN_SLOT_TYPES, "slotTypeId")
        if identifier not in bot.built_in_slot_types(locale.identifier):
            raise ValidationException(
                f"The slot type {identifier} is not available in the locale {locale.identifier}."
            )
        return identifier
    slot_type = by_id(locale.slot_types.values(), identifier)
    if slot_type is None:
        raise ValidationException(
            f"The slot type {identifier} does not exist in the locale {locale.identifier}."
        )
    return slot_type.name


def require_built_in(signature: str, known: Collection[str], member: str) -> None:
    """Refuse a signature that Lex does not have.

    Raises:
        ValidationException: it is none of those that are known; ``member`` is named.
    """
    if signature in known:
        return
    folded = {one.casefold(): one for one in known}
    meant = folded.get(signature.casefold()) or next(
        iter(difflib.get_close_matches(signature, known, n=1)), None
    )
    raise ValidationException(
        f"Value '{signature}' at '{member}' is not a built-in that Amazon Lex V2 has."
        + (f" Did you mean {meant}?" if meant else "")
    )


def by_id(parts: Collection[_Part], identifier: str) -> _Part | None:
    """The part with that id."""
    return next((part for part in parts if part.identifier == identifier), None)


def with_type_name(part: _Typed, locale: bot.BotLocale) -> _Typed:
    """A sub-slot as the API gives it, by its type's id, with the type's name.

    Raises:
        ValidationException: the locale has no such slot type.
    """
    return msgspec.structs.replace(part, slot_type_name=type_name(locale, part.slot_type_id))


def _with_ids(parts: Mapping[str, _Part], seed: str) -> dict[str, _Part]:
    taken: set[str] = set()
    identified = {}
    for name, part in parts.items():
        identifier = part.identifier
        if not identifier or not _ID.fullmatch(identifier) or identifier in taken:
            identifier = _derived(f"{seed}/{name}")
        taken.add(identifier)
        identified[name] = msgspec.structs.replace(part, identifier=identifier)
    return identified


def _derived(seed: str) -> str:
    return base64.b32encode(hashlib.sha256(seed.encode()).digest())[:10].decode()


def _type_parts(
    slot_type: bot.SlotType, types: Mapping[str, bot.SlotType], renamed: Mapping[str, str]
) -> bot.SlotType:
    setting = slot_type.composite_slot_type_setting
    if setting is None or setting.sub_slots is None:
        return slot_type
    parts = tuple(_typed(part, types, renamed) for part in setting.sub_slots)
    return msgspec.structs.replace(
        slot_type, composite_slot_type_setting=msgspec.structs.replace(setting, sub_slots=parts)
    )


def _slot_types(
    slot: bot.Slot, types: Mapping[str, bot.SlotType], renamed: Mapping[str, str]
) -> bot.Slot:
    name = slot.slot_type_name or ""
    slot = msgspec.structs.replace(slot, slot_type_name=renamed.get(name, slot.slot_type_name))
    setting = slot.sub_slot_setting
    if setting is None or setting.slot_specifications is None:
        return slot
    parts = {key: _typed(part, types, renamed) for key, part in setting.slot_specifications.items()}
    return msgspec.structs.replace(
        slot, sub_slot_setting=msgspec.structs.replace(setting, slot_specifications=parts)
    )


def _typed(part: _Typed, types: Mapping[str, bot.SlotType], renamed: Mapping[str, str]) -> _Typed:
    name = part.slot_type_name or ""
    name = renamed.get(name, name)
    known = types.get(name)
    if known is None:
        return part
    return msgspec.structs.replace(part, slot_type_name=name, slot_type_id=known.identifier)
