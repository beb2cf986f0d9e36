"""The operations on a bot's locales."""

from __future__ import annotations

from typing import Final

import msgspec

from daehwa import bot
from daehwa.workshop.errors import ConflictException
from daehwa.workshop.ids import with_locale_ids
from daehwa.workshop.pages import page
from daehwa.workshop.resource import BotResource
from daehwa.workshop.shapes.locales import (
    BotLocaleSummary,
    BuildBotLocaleRequest,
    BuildBotLocaleResponse,
    CreateBotLocaleRequest,
    CreateBotLocaleResponse,
    DeleteBotLocaleRequest,
    DeleteBotLocaleResponse,
    DescribeBotLocaleRequest,
    DescribeBotLocaleResponse,
    ListBotLocalesRequest,
    ListBotLocalesResponse,
    UpdateBotLocaleRequest,
    UpdateBotLocaleResponse,
)
from daehwa.workshop.supported_locales import locale_name, require_supported
from daehwa.workshop.workshop import Workshop

# Settings by the names that exports have, too; of these only nluImprovement is acted upon.
_SETTINGS: Final = (
    "unifiedSpeechSettings",
    "audioFillerSettings",
    "speechRecognitionSettings",
    "generativeAISettings",
    "speechDetectionSensitivity",
    "speakerDiarizationSettings",
)


def create_bot_locale(
    workshop: Workshop, request: CreateBotLocaleRequest
) -> CreateBotLocaleResponse:
    """CreateBotLocale; the locale has Lex's own FallbackIntent."""
    resource = workshop.find_editable_bot(request.bot_id)
    identifier = request.locale_id
    require_supported(identifier)
    if identifier in resource.draft.locales:
        raise ConflictException(f"The locale {identifier} exists in the bot {resource.id} already.")
    fallback = bot.DEFAULT_FALLBACK_INTENT
    locale = bot.BotLocale(
        identifier=identifier,
        name=locale_name(identifier),
        version=bot.DRAFT,
        intents={fallback.name: fallback},
    )
    workshop.save_locale(resource, with_locale_ids(_with_settings(locale, request)))
    described = _describe(resource, request.bot_version, identifier)
    return CreateBotLocaleResponse.from_shape(described, bot_locale_status="Creating")


def describe_bot_locale(
    workshop: Workshop, request: DescribeBotLocaleRequest
) -> DescribeBotLocaleResponse:
    """DescribeBotLocale."""
    resource, _ = workshop.find_locale(request)
    return _describe(resource, request.bot_version, request.locale_id)


def update_bot_locale(
    workshop: Workshop, request: UpdateBotLocaleRequest
) -> UpdateBotLocaleResponse:
    """UpdateBotLocale."""
    resource, locale = workshop.find_editable_locale(request)
    workshop.save_locale(resource, _with_settings(locale, request))
    described = _describe(resource, request.bot_version, request.locale_id)
    return UpdateBotLocaleResponse.from_shape(described)


def delete_bot_locale(
    workshop: Workshop, request: DeleteBotLocaleRequest
) -> DeleteBotLocaleResponse:
    """DeleteBotLocale."""
    resource, locale = workshop.find_editable_locale(request)
    workshop.delete_locale(resource, locale.identifier)
    return DeleteBotLocaleResponse.from_shape(request, bot_locale_status="Deleting")


def list_bot_locales(workshop: Workshop, request: ListBotLocalesRequest) -> ListBotLocalesResponse:
    """ListBotLocales."""
    resource = workshop.find_bot(request.bot_id)
    version = workshop.find_version(resource, request.bot_version)
    summaries, next_token = page(
        (
            BotLocaleSummary.from_shape(_describe(resource, request.bot_version, name))
            for name in version.locales
        ),
        by="BotLocaleName",
        sort_by=request.sort_by,
        filters=request.filters,
        max_results=request.max_results,
        next_token=request.next_token,
    )
    return ListBotLocalesResponse(
        bot_id=resource.id,
        bot_version=request.bot_version,
        bot_locale_summaries=summaries,
        next_token=next_token,
    )


def build_bot_locale(workshop: Workshop, request: BuildBotLocaleRequest) -> BuildBotLocaleResponse:
    """BuildBotLocale: the locale is learned in the background."""
    resource, locale = workshop.find_editable_locale(request)
    workshop.build(resource, locale.identifier)
    return BuildBotLocaleResponse.from_shape(
        request,
        bot_locale_status="Building",
        last_build_submitted_date_time=resource.record.locales[locale.identifier].submitted,
    )


def _with_settings(
    locale: bot.BotLocale, request: CreateBotLocaleRequest | UpdateBotLocaleRequest
) -> bot.BotLocale:
    members = request.members()
    others = {name: member for name, member in locale.extra.items() if name not in _SETTINGS}
    return msgspec.structs.replace(
        locale,
        description=request.description,
        nlu_confidence_threshold=request.nlu_intent_confidence_threshold,
        voice_settings=request.voice_settings,
        extra=others | {name: members[name] for name in _SETTINGS if name in members},
    )


def _describe(resource: BotResource, version: str, locale_id: str) -> DescribeBotLocaleResponse:
    definition = resource.draft if version == bot.DRAFT else resource.versions[version]
    locale = definition.locales[locale_id]
    described = DescribeBotLocaleResponse(
        bot_id=resource.id,
        bot_version=version,
        locale_id=locale_id,
        locale_name=locale.name or locale_name(locale.identifier),
        description=locale.description,
        nlu_intent_confidence_threshold=locale.nlu_confidence_threshold,
        voice_settings=locale.voice_settings,
        unified_speech_settings=locale.extra.get("unifiedSpeechSettings"),
        audio_filler_settings=locale.extra.get("audioFillerSettings"),
        speech_recognition_settings=locale.extra.get("speechRecognitionSettings"),
        generative_ai_settings=locale.extra.get("generativeAISettings"),
        speech_detection_sensitivity=locale.extra.get("speechDetectionSensitivity"),
        speaker_diarization_settings=locale.extra.get("speakerDiarizationSettings"),
        intents_count=len(locale.intents),
        slot_types_count=len(locale.slot_types),
    )
    if version != bot.DRAFT:
        created = resource.record.versions[version].created
        return msgspec.structs.replace(
            described,
            bot_locale_status="Built",
            creation_date_time=created,
            last_updated_date_time=created,
            last_build_submitted_date_time=created,
        )
    record = resource.record.locales[locale.identifier]
    return msgspec.structs.replace(
        described,
        bot_locale_status=record.status,
        failure_reasons=record.failures or None,
        creation_date_time=record.times.created,
        last_updated_date_time=record.times.updated,
        last_build_submitted_date_time=record.submitted,
    )
