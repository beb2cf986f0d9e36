"""The operations on bots and their locales."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from daehwa import bot
from daehwa.workshop.errors import ConflictException, PreconditionFailedException
from daehwa.workshop.ids import identified_locale, new_id
from daehwa.workshop.locales import checked_locale_id, locale_name
from daehwa.workshop.pages import page
from daehwa.workshop.records import BotRecord, new_record
from daehwa.workshop.workshop import Asked, Stock, Workshop

# Members of a locale that nothing here interprets; exports keep them by the same names.
_KEPT: Final = (
    "unifiedSpeechSettings",
    "audioFillerSettings",
    "speechRecognitionSettings",
    "generativeAISettings",
    "speechDetectionSensitivity",
    "speakerDiarizationSettings",
)


# --- bots -----------------------------------------------------------------------------


def create_bot(workshop: Workshop, asked: Asked) -> Asked:
    """CreateBot."""
    _free(workshop, asked["botName"])
    record = new_record(new_id(), asked["roleArn"], workshop.now())
    if asked.get("botTags"):
        record.tags[f"bot/{record.id}"] = asked["botTags"]
    if asked.get("testBotAliasTags"):
        record.tags[f"bot-alias/{record.id}/{bot.TEST_ALIAS.identifier}"] = asked[
            "testBotAliasTags"
        ]
    _record(record, asked)
    draft = bot.Bot(name=asked["botName"], identifier=record.id, version=bot.DRAFT)
    stock = Stock(record=record, draft=_settings(draft, asked))
    workshop.add(stock)
    tags = {name: asked.get(name) for name in ("botTags", "testBotAliasTags")}
    return _told(stock) | tags | {"botStatus": "Creating"}


def describe_bot(workshop: Workshop, asked: Asked) -> Asked:
    """DescribeBot."""
    return _told(workshop.stock(asked["botId"]))


def update_bot(workshop: Workshop, asked: Asked) -> Asked:
    """UpdateBot."""
    stock = workshop.changing(asked["botId"])
    if asked["botName"] != stock.draft.name:
        _free(workshop, asked["botName"])
    stock.record.role_arn = asked["roleArn"]
    stock.record.times.updated = workshop.now()
    _record(stock.record, asked)
    draft = msgspec.structs.replace(stock.draft, name=asked["botName"])
    workshop.keep(stock, _settings(draft, asked))
    return _told(stock) | {"botStatus": "Updating"}


def delete_bot(workshop: Workshop, asked: Asked) -> Asked:
    """DeleteBot."""
    stock = workshop.changing(asked["botId"])
    if len(stock.record.aliases) > 1 and not asked.get("skipResourceInUseCheck"):
        raise PreconditionFailedException(
            f"The bot {stock.id} has aliases that may be in use. Delete them first, or set "
            "skipResourceInUseCheck."
        )
    workshop.remove(stock)
    return {"botId": stock.id, "botStatus": "Deleting"}


def list_bots(workshop: Workshop, asked: Asked) -> Asked:
    """ListBots."""
    summaries = (
        {
            "botId": stock.id,
            "botName": stock.draft.name,
            "description": stock.draft.description,
            "botStatus": "Available",
            "latestBotVersion": str(stock.record.latest_version or "") or None,
            "lastUpdatedDateTime": stock.record.times.updated,
            "botType": stock.record.type or "Bot",
        }
        for stock in workshop.stocks
    )
    return page(summaries, asked, "botSummaries", "BotName")


def _free(workshop: Workshop, name: str) -> None:
    if any(stock.draft.name == name for stock in workshop.stocks):
        raise ConflictException(f"A bot with the name {name} exists already. Choose another name.")


def _record(record: BotRecord, asked: Asked) -> None:
    record.type = asked.get("botType")
    record.members = asked.get("botMembers")
    record.error_logs = asked.get("errorLogSettings")


def _settings(draft: bot.Bot, asked: Asked) -> bot.Bot:
    return msgspec.structs.replace(
        draft,
        description=asked.get("description"),
        data_privacy=bot.DataPrivacy(
            child_directed=bool(asked["dataPrivacy"].get("childDirected", False))
        ),
        idle_session_ttl_in_seconds=asked["idleSessionTTLInSeconds"],
    )


def _told(stock: Stock) -> Asked:
    record, draft = stock.record, stock.draft
    privacy = draft.data_privacy or bot.DataPrivacy()
    return {
        "botId": record.id,
        "botName": draft.name,
        "description": draft.description,
        "roleArn": record.role_arn,
        "dataPrivacy": {"childDirected": privacy.child_directed},
        "idleSessionTTLInSeconds": draft.idle_session_ttl_in_seconds,
        "botStatus": "Available",
        "creationDateTime": record.times.created,
        "lastUpdatedDateTime": record.times.updated,
        "botType": record.type or "Bot",
        "botMembers": record.members,
        "errorLogSettings": record.error_logs,
    }


# --- locales --------------------------------------------------------------------------


def create_bot_locale(workshop: Workshop, asked: Asked) -> Asked:
    """CreateBotLocale; the locale has Lex's own FallbackIntent."""
    stock = workshop.changing(asked["botId"])
    identifier = checked_locale_id(asked["localeId"])
    if identifier in stock.draft.locales:
        raise ConflictException(f"The locale {identifier} exists in the bot {stock.id} already.")
    fallback = bot.DEFAULT_FALLBACK_INTENT
    locale = bot.BotLocale(
        identifier=identifier,
        name=locale_name(identifier),
        version=bot.DRAFT,
        intents={fallback.name: fallback},
    )
    workshop.keep_locale(stock, identified_locale(_locale_settings(locale, asked)))
    return _locale_told(stock, asked) | {"botLocaleStatus": "Creating"}


def describe_bot_locale(workshop: Workshop, asked: Asked) -> Asked:
    """DescribeBotLocale."""
    stock, _ = workshop.locale(asked)
    return _locale_told(stock, asked)


def update_bot_locale(workshop: Workshop, asked: Asked) -> Asked:
    """UpdateBotLocale."""
    stock, locale = workshop.changing_locale(asked)
    workshop.keep_locale(stock, _locale_settings(locale, asked))
    return _locale_told(stock, asked)


def delete_bot_locale(workshop: Workshop, asked: Asked) -> Asked:
    """DeleteBotLocale."""
    stock, locale = workshop.changing_locale(asked)
    workshop.remove_locale(stock, locale.identifier)
    return _place(stock, asked) | {"botLocaleStatus": "Deleting"}


def list_bot_locales(workshop: Workshop, asked: Asked) -> Asked:
    """ListBotLocales."""
    stock = workshop.stock(asked["botId"])
    locales = workshop.definition(stock, asked["botVersion"]).locales
    summaries = (_locale_told(stock, {**asked, "localeId": name}) for name in locales)
    listed = page(summaries, asked, "botLocaleSummaries", "BotLocaleName")
    listed["botLocaleSummaries"] = [
        {name: one[name] for name in _LOCALE_SUMMARY} for one in listed["botLocaleSummaries"]
    ]
    return {"botId": stock.id, "botVersion": asked["botVersion"]} | listed


def build_bot_locale(workshop: Workshop, asked: Asked) -> Asked:
    """BuildBotLocale: learning goes on in the background."""
    stock, locale = workshop.changing_locale(asked)
    workshop.build(stock, locale.identifier)
    return _place(stock, asked) | {
        "botLocaleStatus": "Building",
        "lastBuildSubmittedDateTime": stock.record.locales[locale.identifier].submitted,
    }


_LOCALE_SUMMARY: Final = (
    "localeId",
    "localeName",
    "description",
    "botLocaleStatus",
    "lastUpdatedDateTime",
    "lastBuildSubmittedDateTime",
)


def _locale_settings(locale: bot.BotLocale, asked: Asked) -> bot.BotLocale:
    return msgspec.structs.replace(
        locale,
        description=asked.get("description"),
        nlu_confidence_threshold=float(asked["nluIntentConfidenceThreshold"]),
        voice_settings=asked.get("voiceSettings"),
        extra={name: member for name, member in locale.extra.items() if name not in _KEPT}
        | {name: asked[name] for name in _KEPT if asked.get(name) is not None},
    )


def _place(stock: Stock, asked: Asked) -> Asked:
    return {"botId": stock.id, "botVersion": asked["botVersion"], "localeId": asked["localeId"]}


def _locale_told(stock: Stock, asked: Asked) -> Asked:
    version = asked["botVersion"]
    definition = stock.draft if version == bot.DRAFT else stock.versions[version]
    locale = definition.locales[asked["localeId"]]
    told: dict[str, Any] = _place(stock, asked) | {
        "localeName": locale.name or locale_name(locale.identifier),
        "description": locale.description,
        "nluIntentConfidenceThreshold": locale.nlu_confidence_threshold,
        "voiceSettings": locale.voice_settings,
        "intentsCount": len(locale.intents),
        "slotTypesCount": len(locale.slot_types),
        **{name: locale.extra.get(name) for name in _KEPT},
    }
    if version != bot.DRAFT:
        at = stock.record.versions[version].created
        return told | {
            "botLocaleStatus": "Built",
            "creationDateTime": at,
            "lastUpdatedDateTime": at,
            "lastBuildSubmittedDateTime": at,
        }
    record = stock.record.locales[locale.identifier]
    return told | {
        "botLocaleStatus": record.status,
        "failureReasons": record.failures or None,
        "creationDateTime": record.times.created,
        "lastUpdatedDateTime": record.times.updated,
        "lastBuildSubmittedDateTime": record.submitted,
    }
