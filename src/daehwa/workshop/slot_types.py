"""The operations on slot types, and the lists of what is built in."""

from __future__ import annotations

from typing import Final

import msgspec

from daehwa import bot
from daehwa.workshop import spelling
from daehwa.workshop.errors import ConflictException, PreconditionFailedException
from daehwa.workshop.ids import by_id, named_part, new_id, with_types
from daehwa.workshop.pages import page
from daehwa.workshop.records import times_key
from daehwa.workshop.workshop import Asked, Stock, Workshop, found

_MEMBERS: Final = (
    "description",
    "slotTypeValues",
    "valueSelectionSetting",
    "parentSlotTypeSignature",
    "externalSourceSetting",
    "compositeSlotTypeSetting",
)
_PLACE: Final = ("botId", "botVersion", "localeId")


def create_slot_type(workshop: Workshop, asked: Asked) -> Asked:
    """CreateSlotType."""
    stock, locale = workshop.changing_locale(asked)
    _free(locale, asked["slotTypeName"])
    slot_type = msgspec.structs.replace(_understood(locale, asked), identifier=new_id())
    return _keep(workshop, stock, locale, slot_type, asked)


def describe_slot_type(workshop: Workshop, asked: Asked) -> Asked:
    """DescribeSlotType."""
    stock, locale = workshop.locale(asked)
    return _told(stock, _slot_type(locale, asked), asked)


def update_slot_type(workshop: Workshop, asked: Asked) -> Asked:
    """UpdateSlotType: what the request leaves out is unset; slots follow its new name."""
    stock, locale = workshop.changing_locale(asked)
    before = _slot_type(locale, asked)
    if asked["slotTypeName"] != before.name:
        _free(locale, asked["slotTypeName"])
    after = msgspec.structs.replace(
        _understood(locale, asked), identifier=before.identifier, grammar=before.grammar
    )
    return _keep(workshop, stock, locale, after, asked, before=before.name)


def delete_slot_type(workshop: Workshop, asked: Asked) -> Asked:
    """DeleteSlotType."""
    stock, locale = workshop.changing_locale(asked)
    slot_type = _slot_type(locale, asked)
    users = [
        f"{intent.name}.{slot.name}"
        for intent in locale.intents.values()
        for slot in intent.slots.values()
        if slot.slot_type_name == slot_type.name
    ]
    if users and not asked.get("skipResourceInUseCheck"):
        raise PreconditionFailedException(
            f"The slot type {slot_type.name} is in use by {', '.join(users)}. Change these first, "
            "or set skipResourceInUseCheck."
        )
    types = {name: one for name, one in locale.slot_types.items() if name != slot_type.name}
    stock.record.parts.pop(_key(asked, slot_type), None)
    workshop.keep_locale(stock, msgspec.structs.replace(locale, slot_types=types))
    return {}


def list_slot_types(workshop: Workshop, asked: Asked) -> Asked:
    """ListSlotTypes."""
    stock, locale = workshop.locale(asked)
    summaries = []
    for slot_type in locale.slot_types.values():
        told = _told(stock, slot_type, asked)
        summary = {
            name: told.get(name)
            for name in (
                "slotTypeId",
                "slotTypeName",
                "description",
                "parentSlotTypeSignature",
                "lastUpdatedDateTime",
            )
        }
        summaries.append(summary | {"slotTypeCategory": _category(slot_type)})
    return {name: asked[name] for name in _PLACE} | page(
        summaries, asked, "slotTypeSummaries", "SlotTypeName"
    )


def list_built_in_intents(_workshop: Workshop, asked: Asked) -> Asked:
    """ListBuiltInIntents."""
    summaries = ({"intentSignature": name} for name in bot.BUILT_IN_INTENTS)
    listed = page(summaries, asked, "builtInIntentSummaries", "IntentSignature")
    return {"localeId": asked["localeId"]} | listed


def list_built_in_slot_types(_workshop: Workshop, asked: Asked) -> Asked:
    """ListBuiltInSlotTypes."""
    summaries = ({"slotTypeSignature": name} for name in bot.BUILT_IN_SLOT_TYPES)
    listed = page(summaries, asked, "builtInSlotTypeSummaries", "SlotTypeSignature")
    return {"localeId": asked["localeId"]} | listed


def _category(slot_type: bot.SlotType) -> str:
    if slot_type.composite_slot_type_setting is not None:
        return "Composite"
    if slot_type.external_source_setting is not None:
        return "ExternalGrammar"
    return "Extended" if slot_type.parent_slot_type_signature else "Custom"


def _free(locale: bot.BotLocale, name: str) -> None:
    if name in locale.slot_types:
        raise ConflictException(f"A slot type with the name {name} exists in the locale already.")


def _slot_type(locale: bot.BotLocale, asked: Asked) -> bot.SlotType:
    return found(by_id(locale.slot_types.values(), asked["slotTypeId"]))


def _understood(locale: bot.BotLocale, asked: Asked) -> bot.SlotType:
    members = {name: asked[name] for name in _MEMBERS if asked.get(name) is not None}
    slot_type = spelling.understood(bot.SlotType, members | {"name": asked["slotTypeName"]})
    setting = slot_type.composite_slot_type_setting
    if setting is None or setting.sub_slots is None:
        return slot_type
    parts = tuple(named_part(part, locale) for part in setting.sub_slots)
    return msgspec.structs.replace(
        slot_type, composite_slot_type_setting=msgspec.structs.replace(setting, sub_slots=parts)
    )


def _key(asked: Asked, slot_type: bot.SlotType) -> str:
    return times_key(asked["localeId"], slot_type.identifier or "")


def _keep(
    workshop: Workshop,
    stock: Stock,
    locale: bot.BotLocale,
    slot_type: bot.SlotType,
    asked: Asked,
    *,
    before: str | None = None,
) -> Asked:
    types = {name: one for name, one in locale.slot_types.items() if name != before}
    types[slot_type.name] = slot_type
    renamed = {before: slot_type.name} if before is not None else {}
    locale = with_types(
        msgspec.structs.replace(locale, slot_types=dict(sorted(types.items()))), renamed=renamed
    )
    workshop.touch(stock, _key(asked, slot_type))
    workshop.keep_locale(stock, locale)
    return _told(stock, slot_type, asked)


def _told(stock: Stock, slot_type: bot.SlotType, asked: Asked) -> Asked:
    told = spelling.told(slot_type)
    times = stock.record.parts.get(_key(asked, slot_type), stock.record.times)
    return {
        **{name: told.get(name) for name in _MEMBERS},
        **{name: asked[name] for name in _PLACE},
        "slotTypeId": slot_type.identifier,
        "slotTypeName": slot_type.name,
        "creationDateTime": times.created,
        "lastUpdatedDateTime": times.updated,
    }
