"""The operations on slots."""

from __future__ import annotations

from typing import Final, Protocol

import msgspec

from daehwa import bot
from daehwa.workshop import member_names
from daehwa.workshop.errors import ConflictException, ServiceQuotaExceededException, existing
from daehwa.workshop.ids import (
    by_id,
    new_id,
    type_id,
    type_name,
    with_slot_types,
    with_type_name,
)
from daehwa.workshop.intents import intent_of, with_intent
from daehwa.workshop.locale_request import LocaleRequest
from daehwa.workshop.pages import page
from daehwa.workshop.records import times_key
from daehwa.workshop.resource import BotResource
from daehwa.workshop.shapes.slots import (
    CreateSlotRequest,
    CreateSlotResponse,
    DeleteSlotRequest,
    DescribeSlotRequest,
    DescribeSlotResponse,
    ListSlotsRequest,
    ListSlotsResponse,
    SlotSummary,
    UpdateSlotRequest,
    UpdateSlotResponse,
)
from daehwa.workshop.workshop import Workshop

# The members of a request that say which slot and of which type; the others define it.
_ADDRESS: Final = (
    "botId",
    "botVersion",
    "localeId",
    "intentId",
    "slotId",
    "slotName",
    "slotTypeId",
)


class IntentRequest(LocaleRequest, Protocol):
    """A request that names an intent of a locale."""

    @property
    def intent_id(self) -> str:
        """The id of the intent."""


def create_slot(workshop: Workshop, request: CreateSlotRequest) -> CreateSlotResponse:
    """CreateSlot. UpdateIntent puts it into the intent's slotPriorities, as in Lex."""
    resource, locale = workshop.find_editable_locale(request)
    intent = intent_of(locale, request.intent_id)
    _require_unused(intent, request.slot_name)
    if len(intent.slots) >= bot.MAX_SLOTS:
        raise ServiceQuotaExceededException(
            f"The intent has {bot.MAX_SLOTS} slots; Lex takes no more."
        )
    slot = msgspec.structs.replace(_definition(locale, request), identifier=new_id())
    locale = _save(workshop, resource, locale, intent, slot)
    return CreateSlotResponse.from_shape(_describe(resource, locale, slot, request))


def describe_slot(workshop: Workshop, request: DescribeSlotRequest) -> DescribeSlotResponse:
    """DescribeSlot."""
    resource, locale = workshop.find_locale(request)
    slot = existing(by_id(intent_of(locale, request.intent_id).slots.values(), request.slot_id))
    return _describe(resource, locale, slot, request)


def update_slot(workshop: Workshop, request: UpdateSlotRequest) -> UpdateSlotResponse:
    """UpdateSlot: what the request leaves out is unset."""
    resource, locale = workshop.find_editable_locale(request)
    intent = intent_of(locale, request.intent_id)
    before = existing(by_id(intent.slots.values(), request.slot_id))
    if request.slot_name != before.name:
        _require_unused(intent, request.slot_name)
    slot = msgspec.structs.replace(_definition(locale, request), identifier=before.identifier)
    priorities = intent.slot_priorities and tuple(
        msgspec.structs.replace(one, slot_name=slot.name) if one.slot_name == before.name else one
        for one in intent.slot_priorities
    )
    slots = {name: one for name, one in intent.slots.items() if name != before.name}
    intent = msgspec.structs.replace(intent, slots=slots, slot_priorities=priorities)
    locale = _save(workshop, resource, locale, intent, slot)
    return UpdateSlotResponse.from_shape(_describe(resource, locale, slot, request))


def delete_slot(workshop: Workshop, request: DeleteSlotRequest) -> None:
    """DeleteSlot, also from the intent's slotPriorities."""
    resource, locale = workshop.find_editable_locale(request)
    intent = intent_of(locale, request.intent_id)
    slot = existing(by_id(intent.slots.values(), request.slot_id))
    intent = msgspec.structs.replace(
        intent,
        slots={name: one for name, one in intent.slots.items() if name != slot.name},
        slot_priorities=intent.slot_priorities
        and tuple(one for one in intent.slot_priorities if one.slot_name != slot.name),
    )
    resource.record.parts.pop(_key(locale, intent, slot), None)
    workshop.save_locale(resource, with_intent(locale, intent))


def list_slots(workshop: Workshop, request: ListSlotsRequest) -> ListSlotsResponse:
    """ListSlots."""
    resource, locale = workshop.find_locale(request)
    slots = intent_of(locale, request.intent_id).slots.values()
    summaries, next_token = page(
        (_summary(_describe(resource, locale, slot, request)) for slot in slots),
        by="SlotName",
        sort_by=request.sort_by,
        filters=request.filters,
        max_results=request.max_results,
        next_token=request.next_token,
    )
    return ListSlotsResponse(
        bot_id=request.bot_id,
        bot_version=request.bot_version,
        locale_id=request.locale_id,
        intent_id=request.intent_id,
        slot_summaries=summaries,
        next_token=next_token,
    )


def _require_unused(intent: bot.Intent, name: str) -> None:
    if name in intent.slots:
        raise ConflictException(f"A slot with the name {name} exists in the intent already.")


def _definition(locale: bot.BotLocale, request: CreateSlotRequest | UpdateSlotRequest) -> bot.Slot:
    members = {name: one for name, one in request.members().items() if name not in _ADDRESS}
    slot = member_names.from_api(bot.Slot, members | {"name": request.slot_name})
    slot = msgspec.structs.replace(slot, slot_type_name=type_name(locale, request.slot_type_id))
    setting = slot.sub_slot_setting
    if setting is None or setting.slot_specifications is None:
        return slot
    parts = {
        name: with_type_name(part, locale) for name, part in setting.slot_specifications.items()
    }
    return msgspec.structs.replace(
        slot, sub_slot_setting=msgspec.structs.replace(setting, slot_specifications=parts)
    )


def _key(locale: bot.BotLocale, intent: bot.Intent, slot: bot.Slot) -> str:
    return times_key(locale.identifier, intent.identifier or "", slot.identifier or "")


def _save(
    workshop: Workshop,
    resource: BotResource,
    locale: bot.BotLocale,
    intent: bot.Intent,
    slot: bot.Slot,
) -> bot.BotLocale:
    """Save the intent with the slot; return the locale that has it."""
    slots = dict(sorted({**intent.slots, slot.name: slot}.items()))
    locale = with_intent(locale, msgspec.structs.replace(intent, slots=slots))
    locale = with_slot_types(locale, renamed={})
    workshop.mark_updated(resource, _key(locale, intent, slot))
    workshop.save_locale(resource, locale)
    return locale


def _describe(
    resource: BotResource, locale: bot.BotLocale, slot: bot.Slot, request: IntentRequest
) -> DescribeSlotResponse:
    key = times_key(request.locale_id, request.intent_id, slot.identifier or "")
    times = resource.times_of(key)
    return msgspec.structs.replace(
        DescribeSlotResponse.from_members(member_names.to_api(slot)),
        bot_id=request.bot_id,
        bot_version=request.bot_version,
        locale_id=request.locale_id,
        intent_id=request.intent_id,
        slot_id=slot.identifier,
        slot_name=slot.name,
        slot_type_id=type_id(locale, slot.slot_type_name),
        creation_date_time=times.created,
        last_updated_date_time=times.updated,
    )


def _summary(described: DescribeSlotResponse) -> SlotSummary:
    setting = described.value_elicitation_setting or {}
    return SlotSummary.from_shape(
        described,
        slot_constraint=setting.get("slotConstraint"),
        value_elicitation_prompt_specification=setting.get("promptSpecification"),
    )
