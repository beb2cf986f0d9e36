"""The operations on slot types."""

from __future__ import annotations

from typing import Final

import msgspec

from daehwa import bot
from daehwa.workshop import member_names
from daehwa.workshop.errors import (
    ConflictException,
    PreconditionFailedException,
    ValidationException,
    existing,
)
from daehwa.workshop.ids import by_id, new_id, require_built_in, with_slot_types, with_type_name
from daehwa.workshop.locale_request import LocaleRequest
from daehwa.workshop.pages import page
from daehwa.workshop.records import times_key
from daehwa.workshop.resource import BotResource
from daehwa.workshop.shapes.scalars import SlotTypeCategory
from daehwa.workshop.shapes.slot_types import (
    CreateSlotTypeRequest,
    CreateSlotTypeResponse,
    DeleteSlotTypeRequest,
    DescribeSlotTypeRequest,
    DescribeSlotTypeResponse,
    ListSlotTypesRequest,
    ListSlotTypesResponse,
    SlotTypeSummary,
    UpdateSlotTypeRequest,
    UpdateSlotTypeResponse,
)
from daehwa.workshop.workshop import Workshop

# The members of a request that say which slot type it is; the others define it.
_ADDRESS: Final = ("botId", "botVersion", "localeId", "slotTypeId", "slotTypeName")
_ALPHANUMERIC: Final = "AMAZON.AlphaNumeric"


def create_slot_type(workshop: Workshop, request: CreateSlotTypeRequest) -> CreateSlotTypeResponse:
    """CreateSlotType."""
    resource, locale = workshop.find_editable_locale(request)
    _require_unused(locale, request.slot_type_name)
    slot_type = msgspec.structs.replace(_definition(locale, request), identifier=new_id())
    _save(workshop, resource, locale, slot_type)
    return CreateSlotTypeResponse.from_shape(_describe(resource, slot_type, request))


def describe_slot_type(
    workshop: Workshop, request: DescribeSlotTypeRequest
) -> DescribeSlotTypeResponse:
    """DescribeSlotType."""
    resource, locale = workshop.find_locale(request)
    return _describe(resource, _slot_type_of(locale, request.slot_type_id), request)


def update_slot_type(workshop: Workshop, request: UpdateSlotTypeRequest) -> UpdateSlotTypeResponse:
    """UpdateSlotType: what the request leaves out is unset; slots follow its new name."""
    resource, locale = workshop.find_editable_locale(request)
    before = _slot_type_of(locale, request.slot_type_id)
    if request.slot_type_name != before.name:
        _require_unused(locale, request.slot_type_name)
    after = msgspec.structs.replace(
        _definition(locale, request), identifier=before.identifier, grammar=before.grammar
    )
    _save(workshop, resource, locale, after, replaces=before.name)
    return UpdateSlotTypeResponse.from_shape(_describe(resource, after, request))


def delete_slot_type(workshop: Workshop, request: DeleteSlotTypeRequest) -> None:
    """DeleteSlotType."""
    resource, locale = workshop.find_editable_locale(request)
    slot_type = _slot_type_of(locale, request.slot_type_id)
    users = _users(locale, slot_type.name)
    if users and not request.skip_resource_in_use_check:
        raise PreconditionFailedException(
            f"The slot type {slot_type.name} is in use by {', '.join(users)}. Change these first, "
            "or set skipResourceInUseCheck."
        )
    types = {name: one for name, one in locale.slot_types.items() if name != slot_type.name}
    resource.record.parts.pop(times_key(locale.identifier, slot_type.identifier or ""), None)
    workshop.save_locale(resource, msgspec.structs.replace(locale, slot_types=types))


def list_slot_types(workshop: Workshop, request: ListSlotTypesRequest) -> ListSlotTypesResponse:
    """ListSlotTypes."""
    resource, locale = workshop.find_locale(request)
    summaries, next_token = page(
        (
            SlotTypeSummary.from_shape(
                _describe(resource, slot_type, request), slot_type_category=_category(slot_type)
            )
            for slot_type in locale.slot_types.values()
        ),
        by="SlotTypeName",
        sort_by=request.sort_by,
        filters=request.filters,
        max_results=request.max_results,
        next_token=request.next_token,
    )
    return ListSlotTypesResponse(
        bot_id=request.bot_id,
        bot_version=request.bot_version,
        locale_id=request.locale_id,
        slot_type_summaries=summaries,
        next_token=next_token,
    )


def _category(slot_type: bot.SlotType) -> SlotTypeCategory:
    if slot_type.composite_slot_type_setting is not None:
        return "Composite"
    if slot_type.external_source_setting is not None:
        return "ExternalGrammar"
    return "Extended" if slot_type.parent_slot_type_signature else "Custom"


def _require_unused(locale: bot.BotLocale, name: str) -> None:
    if name in locale.slot_types:
        raise ConflictException(f"A slot type with the name {name} exists in the locale already.")


def _users(locale: bot.BotLocale, name: str) -> list[str]:
    """What uses the slot type in the locale: slots, and composite slot types."""
    slots = [
        f"{intent.name}.{slot.name}"
        for intent in locale.intents.values()
        for slot in intent.slots.values()
        if slot.slot_type_name == name
    ]
    settings = [(one.name, one.composite_slot_type_setting) for one in locale.slot_types.values()]
    return slots + [
        f"{owner}.{part.name}"
        for owner, setting in settings
        for part in (setting.sub_slots if setting is not None else None) or ()
        if part.slot_type_name == name
    ]


def _slot_type_of(locale: bot.BotLocale, slot_type_id: str) -> bot.SlotType:
    return existing(by_id(locale.slot_types.values(), slot_type_id))


def _definition(
    locale: bot.BotLocale, request: CreateSlotTypeRequest | UpdateSlotTypeRequest
) -> bot.SlotType:
    members = {name: one for name, one in request.members().items() if name not in _ADDRESS}
    slot_type = member_names.from_api(bot.SlotType, members | {"name": request.slot_type_name})
    _check_pattern(slot_type)
    _check_parent(slot_type.parent_slot_type_signature)
    setting = slot_type.composite_slot_type_setting
    if setting is None or setting.sub_slots is None:
        return slot_type
    parts = tuple(with_type_name(part, locale) for part in setting.sub_slots)
    return msgspec.structs.replace(
        slot_type, composite_slot_type_setting=msgspec.structs.replace(setting, sub_slots=parts)
    )


def _check_parent(signature: str | None) -> None:
    """Refuse a parent other than AMAZON.AlphaNumeric, the only one that Lex takes.

    Source: CreateSlotType's page.
    """
    if signature is None:
        return
    require_built_in(signature, bot.BUILT_IN_SLOT_TYPES, "parentSlotTypeSignature")
    if signature != _ALPHANUMERIC:
        raise ValidationException(
            f"Value '{signature}' at 'parentSlotTypeSignature': only {_ALPHANUMERIC} can be the "
            "parent of a slot type."
        )


def _check_pattern(slot_type: bot.SlotType) -> None:
    setting = slot_type.value_selection_setting
    if setting is None or setting.regex_filter is None:
        return
    pattern = setting.regex_filter.pattern
    fault = bot.pattern_fault(pattern)
    if fault is not None:
        raise ValidationException(
            f"Value '{pattern}' at 'valueSelectionSetting.regexFilter.pattern' is not a pattern "
            f"that Amazon Lex V2 takes: {fault}."
        )


def _save(
    workshop: Workshop,
    resource: BotResource,
    locale: bot.BotLocale,
    slot_type: bot.SlotType,
    *,
    replaces: str | None = None,
) -> None:
    types = {name: one for name, one in locale.slot_types.items() if name != replaces}
    types[slot_type.name] = slot_type
    renamed = {replaces: slot_type.name} if replaces is not None else {}
    locale = with_slot_types(
        msgspec.structs.replace(locale, slot_types=dict(sorted(types.items()))), renamed=renamed
    )
    workshop.mark_updated(resource, times_key(locale.identifier, slot_type.identifier or ""))
    workshop.save_locale(resource, locale)


def _describe(
    resource: BotResource, slot_type: bot.SlotType, request: LocaleRequest
) -> DescribeSlotTypeResponse:
    times = resource.times_of(times_key(request.locale_id, slot_type.identifier or ""))
    return msgspec.structs.replace(
        DescribeSlotTypeResponse.from_members(member_names.to_api(slot_type)),
        bot_id=request.bot_id,
        bot_version=request.bot_version,
        locale_id=request.locale_id,
        slot_type_id=slot_type.identifier,
        slot_type_name=slot_type.name,
        creation_date_time=times.created,
        last_updated_date_time=times.updated,
    )
