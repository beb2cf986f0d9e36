"""The operations on intents."""

from __future__ import annotations

from typing import Final

import msgspec

from daehwa import bot
from daehwa.workshop import member_names
from daehwa.workshop.errors import (
    ConflictException,
    PreconditionFailedException,
    ServiceQuotaExceededException,
    ValidationException,
    existing,
)
from daehwa.workshop.ids import by_id, new_id, require_built_in
from daehwa.workshop.locale_request import LocaleRequest
from daehwa.workshop.pages import page
from daehwa.workshop.records import times_key
from daehwa.workshop.resource import BotResource
from daehwa.workshop.shapes.intents import (
    CreateIntentRequest,
    CreateIntentResponse,
    DeleteIntentRequest,
    DescribeIntentRequest,
    DescribeIntentResponse,
    IntentSummary,
    ListIntentsRequest,
    ListIntentsResponse,
    UpdateIntentRequest,
    UpdateIntentResponse,
)
from daehwa.workshop.workshop import Workshop

# The members of a request that say which intent it is; the others define it.
_ADDRESS: Final = ("botId", "botVersion", "localeId", "intentId", "intentName")


def create_intent(workshop: Workshop, request: CreateIntentRequest) -> CreateIntentResponse:
    """CreateIntent."""
    resource, locale = workshop.find_editable_locale(request)
    _require_unused(locale, request.intent_name)
    _require_own_name(request.intent_name)
    english = locale.identifier.startswith("en_")
    most = bot.MAX_INTENTS_ENGLISH if english else bot.MAX_INTENTS
    if len(locale.intents) >= most:
        raise ServiceQuotaExceededException(f"The locale has {most} intents; Lex takes no more.")
    intent = msgspec.structs.replace(_definition(request, {}), identifier=new_id())
    if intent.parent_intent_signature == bot.FALLBACK_INTENT and _has_fallback(locale):
        raise ConflictException("The locale has its FallbackIntent already: update that one.")
    _save(workshop, resource, locale, intent)
    return CreateIntentResponse.from_shape(_describe(resource, intent, request))


def describe_intent(workshop: Workshop, request: DescribeIntentRequest) -> DescribeIntentResponse:
    """DescribeIntent."""
    resource, locale = workshop.find_locale(request)
    return _describe(resource, intent_of(locale, request.intent_id), request)


def update_intent(workshop: Workshop, request: UpdateIntentRequest) -> UpdateIntentResponse:
    """UpdateIntent: what the request leaves out is unset, but the slots stay."""
    resource, locale = workshop.find_editable_locale(request)
    before = intent_of(locale, request.intent_id)
    if request.intent_name != before.name:
        _require_unused(locale, request.intent_name)
        _require_own_name(request.intent_name)
    after = msgspec.structs.replace(
        _definition(request, before.slots),
        identifier=before.identifier,
        slots=before.slots,
        conversation_flow=before.conversation_flow,
    )
    _save(workshop, resource, locale, after, replaces=before.name)
    return UpdateIntentResponse.from_shape(_describe(resource, after, request))


def delete_intent(workshop: Workshop, request: DeleteIntentRequest) -> None:
    """DeleteIntent, with its slots."""
    resource, locale = workshop.find_editable_locale(request)
    intent = intent_of(locale, request.intent_id)
    others = {name: one for name, one in locale.intents.items() if name != intent.name}
    last = not _has_fallback(msgspec.structs.replace(locale, intents=others))
    if intent.parent_intent_signature == bot.FALLBACK_INTENT and last:
        raise PreconditionFailedException("A locale keeps its FallbackIntent.")
    home = times_key(locale.identifier, intent.identifier or "")
    parts = resource.record.parts
    for key in [key for key in parts if key == home or key.startswith(f"{home}/")]:
        del parts[key]
    workshop.save_locale(resource, msgspec.structs.replace(locale, intents=others))


def list_intents(workshop: Workshop, request: ListIntentsRequest) -> ListIntentsResponse:
    """ListIntents."""
    resource, locale = workshop.find_locale(request)
    summaries, next_token = page(
        (
            IntentSummary.from_shape(_describe(resource, intent, request))
            for intent in locale.intents.values()
        ),
        by="IntentName",
        sort_by=request.sort_by,
        filters=request.filters,
        max_results=request.max_results,
        next_token=request.next_token,
    )
    return ListIntentsResponse(
        bot_id=request.bot_id,
        bot_version=request.bot_version,
        locale_id=request.locale_id,
        intent_summaries=summaries,
        next_token=next_token,
    )


def intent_of(locale: bot.BotLocale, intent_id: str) -> bot.Intent:
    """The intent of that id.

    Raises:
        ResourceNotFoundException: there is none.
    """
    return existing(by_id(locale.intents.values(), intent_id))


def with_intent(
    locale: bot.BotLocale, intent: bot.Intent, *, replaces: str | None = None
) -> bot.BotLocale:
    """The locale with the intent, in place of the one that ``replaces`` names."""
    intents = {name: one for name, one in locale.intents.items() if name != replaces}
    intents[intent.name] = intent
    return msgspec.structs.replace(locale, intents=dict(sorted(intents.items())))


def _has_fallback(locale: bot.BotLocale) -> bool:
    parents = (intent.parent_intent_signature for intent in locale.intents.values())
    return bot.FALLBACK_INTENT in parents


def _require_unused(locale: bot.BotLocale, name: str) -> None:
    if name in locale.intents:
        raise ConflictException(f"An intent with the name {name} exists in the locale already.")


def _require_own_name(name: str) -> None:
    """Refuse the name of a built-in intent, which an intent cannot have (CreateIntent's page)."""
    if bot.is_built_in_intent_name(name):
        raise ValidationException(
            f"The intent name {name} conflicts with the name of a built-in intent. Choose another "
            "name; parentIntentSignature says which built-in intent it is."
        )


def _definition(
    request: CreateIntentRequest | UpdateIntentRequest, slots: dict[str, bot.Slot]
) -> bot.Intent:
    members = {name: one for name, one in request.members().items() if name not in _ADDRESS}
    intent = member_names.from_api(bot.Intent, members | {"name": request.intent_name})
    if intent.parent_intent_signature is not None:
        signature = intent.parent_intent_signature.partition("::")[0]
        require_built_in(signature, bot.BUILT_IN_INTENTS, "parentIntentSignature")
    if intent.slot_priorities is None:
        return intent
    names = {slot.identifier: slot.name for slot in slots.values()}
    priorities = []
    for priority in intent.slot_priorities:
        name = names.get(priority.slot_name)
        if name is None:
            raise ValidationException(
                f"The slot {priority.slot_name} in slotPriorities does not exist in the intent."
            )
        priorities.append(msgspec.structs.replace(priority, slot_name=name))
    return msgspec.structs.replace(intent, slot_priorities=tuple(priorities))


def _save(
    workshop: Workshop,
    resource: BotResource,
    locale: bot.BotLocale,
    intent: bot.Intent,
    *,
    replaces: str | None = None,
) -> None:
    workshop.mark_updated(resource, times_key(locale.identifier, intent.identifier or ""))
    workshop.save_locale(resource, with_intent(locale, intent, replaces=replaces))


def _describe(
    resource: BotResource, intent: bot.Intent, request: LocaleRequest
) -> DescribeIntentResponse:
    ids = {name: slot.identifier for name, slot in intent.slots.items()}
    times = resource.times_of(times_key(request.locale_id, intent.identifier or ""))
    described = DescribeIntentResponse.from_members(member_names.to_api(intent))
    return msgspec.structs.replace(
        described,
        slot_priorities=None
        if intent.slot_priorities is None
        else [
            {"priority": one.priority, "slotId": ids[one.slot_name]}
            for one in intent.slot_priorities
            if one.slot_name in ids
        ],
        bot_id=request.bot_id,
        bot_version=request.bot_version,
        locale_id=request.locale_id,
        intent_id=intent.identifier,
        intent_name=intent.name,
        creation_date_time=times.created,
        last_updated_date_time=times.updated,
    )
