"""The operations on intents."""

from __future__ import annotations

from typing import Final

import msgspec

from daehwa import bot
from daehwa.workshop import spelling
from daehwa.workshop.errors import (
    ConflictException,
    PreconditionFailedException,
    ServiceQuotaExceededException,
    ValidationException,
)
from daehwa.workshop.ids import by_id, new_id
from daehwa.workshop.pages import page
from daehwa.workshop.records import times_key
from daehwa.workshop.workshop import Asked, Stock, Workshop, found

_MEMBERS: Final = (
    "intentDisplayName",
    "description",
    "parentIntentSignature",
    "sampleUtterances",
    "dialogCodeHook",
    "fulfillmentCodeHook",
    "slotPriorities",
    "intentConfirmationSetting",
    "intentClosingSetting",
    "inputContexts",
    "outputContexts",
    "kendraConfiguration",
    "initialResponseSetting",
    "qnAIntentConfiguration",
    "qInConnectIntentConfiguration",
)
_SUMMARY: Final = (
    "intentId",
    "intentName",
    "intentDisplayName",
    "description",
    "parentIntentSignature",
    "inputContexts",
    "outputContexts",
    "lastUpdatedDateTime",
)


def create_intent(workshop: Workshop, asked: Asked) -> Asked:
    """CreateIntent."""
    stock, locale = workshop.changing_locale(asked)
    _free(locale, asked["intentName"])
    english = locale.identifier.startswith("en_")
    most = bot.MAX_INTENTS_ENGLISH if english else bot.MAX_INTENTS
    if len(locale.intents) >= most:
        raise ServiceQuotaExceededException(f"The locale has {most} intents; Lex takes no more.")
    intent = msgspec.structs.replace(_understood(asked, {}), identifier=new_id())
    _keep(workshop, stock, locale, intent)
    return _told(stock, intent, asked)


def describe_intent(workshop: Workshop, asked: Asked) -> Asked:
    """DescribeIntent."""
    stock, locale = workshop.locale(asked)
    return _told(stock, intent_of(locale, asked), asked)


def update_intent(workshop: Workshop, asked: Asked) -> Asked:
    """UpdateIntent: what the request leaves out is unset, but the slots stay."""
    stock, locale = workshop.changing_locale(asked)
    before = intent_of(locale, asked)
    if asked["intentName"] != before.name:
        _free(locale, asked["intentName"])
    after = msgspec.structs.replace(
        _understood(asked, before.slots),
        identifier=before.identifier,
        slots=before.slots,
        conversation_flow=before.conversation_flow,
    )
    _keep(workshop, stock, locale, after, before.name)
    return _told(stock, after, asked)


def delete_intent(workshop: Workshop, asked: Asked) -> Asked:
    """DeleteIntent, with its slots."""
    stock, locale = workshop.changing_locale(asked)
    intent = intent_of(locale, asked)
    if intent.parent_intent_signature == bot.FALLBACK_INTENT:
        raise PreconditionFailedException("A locale keeps its FallbackIntent.")
    intents = {name: one for name, one in locale.intents.items() if name != intent.name}
    home = times_key(locale.identifier, intent.identifier or "")
    for key in [key for key in stock.record.parts if key == home or key.startswith(f"{home}/")]:
        del stock.record.parts[key]
    workshop.keep_locale(stock, msgspec.structs.replace(locale, intents=intents))
    return {}


def list_intents(workshop: Workshop, asked: Asked) -> Asked:
    """ListIntents."""
    stock, locale = workshop.locale(asked)
    told = (_told(stock, intent, asked) for intent in locale.intents.values())
    summaries = ({name: one.get(name) for name in _SUMMARY} for one in told)
    place = {name: asked[name] for name in ("botId", "botVersion", "localeId")}
    return place | page(summaries, asked, "intentSummaries", "IntentName")


def intent_of(locale: bot.BotLocale, asked: Asked) -> bot.Intent:
    """The intent that a request names by its id.

    Raises:
        ResourceNotFoundException: there is none.
    """
    return found(by_id(locale.intents.values(), asked["intentId"]))


def replaced(locale: bot.BotLocale, intent: bot.Intent, before: str | None = None) -> bot.BotLocale:
    """The locale with the intent, which was called ``before``."""
    intents = {name: one for name, one in locale.intents.items() if name != before}
    intents[intent.name] = intent
    return msgspec.structs.replace(locale, intents=dict(sorted(intents.items())))


def _free(locale: bot.BotLocale, name: str) -> None:
    if name in locale.intents:
        raise ConflictException(f"An intent with the name {name} exists in the locale already.")


def _understood(asked: Asked, slots: dict[str, bot.Slot]) -> bot.Intent:
    members = {name: asked[name] for name in _MEMBERS if asked.get(name) is not None}
    intent = spelling.understood(bot.Intent, members | {"name": asked["intentName"]})
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


def _keep(
    workshop: Workshop,
    stock: Stock,
    locale: bot.BotLocale,
    intent: bot.Intent,
    before: str | None = None,
) -> None:
    workshop.touch(stock, times_key(locale.identifier, intent.identifier or ""))
    workshop.keep_locale(stock, replaced(locale, intent, before))


def _told(stock: Stock, intent: bot.Intent, asked: Asked) -> Asked:
    told = spelling.told(intent)
    ids = {name: slot.identifier for name, slot in intent.slots.items()}
    if intent.slot_priorities is not None:
        told["slotPriorities"] = [
            {"priority": one.priority, "slotId": ids[one.slot_name]}
            for one in intent.slot_priorities
            if one.slot_name in ids
        ]
    times = stock.record.parts.get(
        times_key(asked["localeId"], intent.identifier or ""), stock.record.times
    )
    return {
        **{name: told.get(name) for name in _MEMBERS},
        **{name: asked[name] for name in ("botId", "botVersion", "localeId")},
        "intentId": intent.identifier,
        "intentName": intent.name,
        "creationDateTime": times.created,
        "lastUpdatedDateTime": times.updated,
    }
