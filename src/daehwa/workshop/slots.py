"""The operations on slots."""

from __future__ import annotations

from typing import Final

import msgspec

from daehwa import bot
from daehwa.workshop import spelling
from daehwa.workshop.errors import ConflictException, ServiceQuotaExceededException
from daehwa.workshop.ids import by_id, named_part, new_id, type_id, type_name, with_types
from daehwa.workshop.intents import intent_of, replaced
from daehwa.workshop.pages import page
from daehwa.workshop.records import times_key
from daehwa.workshop.workshop import Asked, Stock, Workshop, found

_MEMBERS: Final = (
    "description",
    "valueElicitationSetting",
    "obfuscationSetting",
    "multipleValuesSetting",
    "subSlotSetting",
)
_PLACE: Final = ("botId", "botVersion", "localeId", "intentId")


def create_slot(workshop: Workshop, asked: Asked) -> Asked:
    """CreateSlot. The intent's order of asking is UpdateIntent's business, as in Lex."""
    stock, locale = workshop.changing_locale(asked)
    intent = intent_of(locale, asked)
    _free(intent, asked["slotName"])
    if len(intent.slots) >= bot.MAX_SLOTS:
        raise ServiceQuotaExceededException(
            f"The intent has {bot.MAX_SLOTS} slots; Lex takes no more."
        )
    slot = msgspec.structs.replace(_understood(locale, asked), identifier=new_id())
    return _keep(workshop, stock, locale, intent, slot=slot, asked=asked)


def describe_slot(workshop: Workshop, asked: Asked) -> Asked:
    """DescribeSlot."""
    stock, locale = workshop.locale(asked)
    slot = found(by_id(intent_of(locale, asked).slots.values(), asked["slotId"]))
    return _told(stock, locale, slot, asked)


def update_slot(workshop: Workshop, asked: Asked) -> Asked:
    """UpdateSlot: what the request leaves out is unset."""
    stock, locale = workshop.changing_locale(asked)
    intent = intent_of(locale, asked)
    before = found(by_id(intent.slots.values(), asked["slotId"]))
    if asked["slotName"] != before.name:
        _free(intent, asked["slotName"])
    slot = msgspec.structs.replace(_understood(locale, asked), identifier=before.identifier)
    priorities = intent.slot_priorities and tuple(
        msgspec.structs.replace(one, slot_name=slot.name) if one.slot_name == before.name else one
        for one in intent.slot_priorities
    )
    slots = {name: one for name, one in intent.slots.items() if name != before.name}
    intent = msgspec.structs.replace(intent, slots=slots, slot_priorities=priorities)
    return _keep(workshop, stock, locale, intent, slot=slot, asked=asked)


def delete_slot(workshop: Workshop, asked: Asked) -> Asked:
    """DeleteSlot, also from the order of asking."""
    stock, locale = workshop.changing_locale(asked)
    intent = intent_of(locale, asked)
    slot = found(by_id(intent.slots.values(), asked["slotId"]))
    intent = msgspec.structs.replace(
        intent,
        slots={name: one for name, one in intent.slots.items() if name != slot.name},
        slot_priorities=intent.slot_priorities
        and tuple(one for one in intent.slot_priorities if one.slot_name != slot.name),
    )
    stock.record.parts.pop(_key(asked, slot), None)
    workshop.keep_locale(stock, replaced(locale, intent))
    return {}


def list_slots(workshop: Workshop, asked: Asked) -> Asked:
    """ListSlots."""
    stock, locale = workshop.locale(asked)
    summaries = []
    for slot in intent_of(locale, asked).slots.values():
        told = _told(stock, locale, slot, asked)
        setting = told["valueElicitationSetting"]
        summaries.append(
            {
                "slotId": told["slotId"],
                "slotName": told["slotName"],
                "description": told["description"],
                "slotConstraint": setting.get("slotConstraint"),
                "slotTypeId": told["slotTypeId"],
                "valueElicitationPromptSpecification": setting.get("promptSpecification"),
                "lastUpdatedDateTime": told["lastUpdatedDateTime"],
            }
        )
    return {name: asked[name] for name in _PLACE} | page(
        summaries, asked, "slotSummaries", "SlotName"
    )


def _free(intent: bot.Intent, name: str) -> None:
    if name in intent.slots:
        raise ConflictException(f"A slot with the name {name} exists in the intent already.")


def _understood(locale: bot.BotLocale, asked: Asked) -> bot.Slot:
    members = {name: asked[name] for name in _MEMBERS if asked.get(name) is not None}
    slot = spelling.understood(bot.Slot, members | {"name": asked["slotName"]})
    slot = msgspec.structs.replace(slot, slot_type_name=type_name(locale, asked.get("slotTypeId")))
    setting = slot.sub_slot_setting
    if setting is None or setting.slot_specifications is None:
        return slot
    parts = {name: named_part(part, locale) for name, part in setting.slot_specifications.items()}
    return msgspec.structs.replace(
        slot, sub_slot_setting=msgspec.structs.replace(setting, slot_specifications=parts)
    )


def _key(asked: Asked, slot: bot.Slot) -> str:
    return times_key(asked["localeId"], asked["intentId"], slot.identifier or "")


def _keep(
    workshop: Workshop,
    stock: Stock,
    locale: bot.BotLocale,
    intent: bot.Intent,
    *,
    slot: bot.Slot,
    asked: Asked,
) -> Asked:
    slots = dict(sorted({**intent.slots, slot.name: slot}.items()))
    locale = replaced(locale, msgspec.structs.replace(intent, slots=slots))
    locale = with_types(locale, renamed={})
    workshop.touch(stock, _key(asked, slot))
    workshop.keep_locale(stock, locale)
    return _told(stock, locale, slot, asked)


def _told(stock: Stock, locale: bot.BotLocale, slot: bot.Slot, asked: Asked) -> Asked:
    told = spelling.told(slot)
    times = stock.record.parts.get(_key(asked, slot), stock.record.times)
    return {
        **{name: told.get(name) for name in _MEMBERS},
        **{name: asked[name] for name in _PLACE},
        "slotId": slot.identifier,
        "slotName": slot.name,
        "slotTypeId": type_id(locale, slot.slot_type_name),
        "creationDateTime": times.created,
        "lastUpdatedDateTime": times.updated,
    }
