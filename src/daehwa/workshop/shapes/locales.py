"""The shapes of locales.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from daehwa.workshop.shape import Shape, Structure
from daehwa.workshop.shapes.scalars import (
    BotLocaleFilterName,
    BotLocaleFilterOperator,
    BotLocaleSortAttribute,
    BotLocaleStatus,
    BotVersion,
    ConfidenceThreshold,
    Description,
    DraftBotVersion,
    FilterValue,
    Id,
    MaxResults,
    SortOrder,
    SpeechDetectionSensitivity,
)


class BotLocaleFilter(Shape, frozen=True, kw_only=True):
    """The structure BotLocaleFilter."""

    name: BotLocaleFilterName
    values: Annotated[list[FilterValue], msgspec.Meta(min_length=1, max_length=1)]
    operator: BotLocaleFilterOperator


class BotLocaleSortBy(Shape, frozen=True, kw_only=True):
    """The structure BotLocaleSortBy."""

    attribute: BotLocaleSortAttribute
    order: SortOrder


class BotLocaleSummary(Shape, frozen=True, kw_only=True):
    """The structure BotLocaleSummary."""

    locale_id: str | None = None
    locale_name: str | None = None
    description: str | None = None
    bot_locale_status: BotLocaleStatus | None = None
    last_updated_date_time: float | None = None
    last_build_submitted_date_time: float | None = None


class CreateBotLocaleRequest(Shape, frozen=True, kw_only=True):
    """The request of CreateBotLocale."""

    bot_id: Id
    bot_version: DraftBotVersion
    locale_id: str
    description: Description | None = None
    nlu_intent_confidence_threshold: ConfidenceThreshold
    voice_settings: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.VoiceSettings"})] | None
    ) = None
    unified_speech_settings: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.UnifiedSpeechSettings"})]
        | None
    ) = None
    audio_filler_settings: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.AudioFillerSettings"})]
        | None
    ) = None
    speech_recognition_settings: (
        Annotated[
            Structure, msgspec.Meta(extra={"part": "setting_parts.SpeechRecognitionSettings"})
        ]
        | None
    ) = None
    generative_ai_settings: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.GenerativeAISettings"})]
        | None
    ) = msgspec.field(default=None, name="generativeAISettings")
    speech_detection_sensitivity: SpeechDetectionSensitivity | None = None
    speaker_diarization_settings: (
        Annotated[
            Structure, msgspec.Meta(extra={"part": "setting_parts.SpeakerDiarizationSettings"})
        ]
        | None
    ) = None


class CreateBotLocaleResponse(Shape, frozen=True, kw_only=True):
    """The response of CreateBotLocale."""

    bot_id: str | None = None
    bot_version: str | None = None
    locale_name: str | None = None
    locale_id: str | None = None
    description: str | None = None
    nlu_intent_confidence_threshold: float | None = None
    voice_settings: Structure | None = None
    unified_speech_settings: Structure | None = None
    audio_filler_settings: Structure | None = None
    speech_recognition_settings: Structure | None = None
    bot_locale_status: BotLocaleStatus | None = None
    creation_date_time: float | None = None
    generative_ai_settings: Structure | None = msgspec.field(
        default=None, name="generativeAISettings"
    )
    speech_detection_sensitivity: SpeechDetectionSensitivity | None = None
    speaker_diarization_settings: Structure | None = None


class DescribeBotLocaleRequest(Shape, frozen=True, kw_only=True):
    """The request of DescribeBotLocale."""

    bot_id: Id
    bot_version: BotVersion
    locale_id: str


class DescribeBotLocaleResponse(Shape, frozen=True, kw_only=True):
    """The response of DescribeBotLocale."""

    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    locale_name: str | None = None
    description: str | None = None
    nlu_intent_confidence_threshold: float | None = None
    voice_settings: Structure | None = None
    unified_speech_settings: Structure | None = None
    audio_filler_settings: Structure | None = None
    speech_recognition_settings: Structure | None = None
    intents_count: int | None = None
    slot_types_count: int | None = None
    bot_locale_status: BotLocaleStatus | None = None
    failure_reasons: list[str] | None = None
    creation_date_time: float | None = None
    last_updated_date_time: float | None = None
    last_build_submitted_date_time: float | None = None
    bot_locale_history_events: list[Structure] | None = None
    recommended_actions: list[str] | None = None
    generative_ai_settings: Structure | None = msgspec.field(
        default=None, name="generativeAISettings"
    )
    speech_detection_sensitivity: SpeechDetectionSensitivity | None = None
    speaker_diarization_settings: Structure | None = None


class UpdateBotLocaleRequest(Shape, frozen=True, kw_only=True):
    """The request of UpdateBotLocale."""

    bot_id: Id
    bot_version: DraftBotVersion
    locale_id: str
    description: Description | None = None
    nlu_intent_confidence_threshold: ConfidenceThreshold
    voice_settings: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.VoiceSettings"})] | None
    ) = None
    unified_speech_settings: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.UnifiedSpeechSettings"})]
        | None
    ) = None
    audio_filler_settings: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.AudioFillerSettings"})]
        | None
    ) = None
    speech_recognition_settings: (
        Annotated[
            Structure, msgspec.Meta(extra={"part": "setting_parts.SpeechRecognitionSettings"})
        ]
        | None
    ) = None
    generative_ai_settings: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.GenerativeAISettings"})]
        | None
    ) = msgspec.field(default=None, name="generativeAISettings")
    speech_detection_sensitivity: SpeechDetectionSensitivity | None = None
    speaker_diarization_settings: (
        Annotated[
            Structure, msgspec.Meta(extra={"part": "setting_parts.SpeakerDiarizationSettings"})
        ]
        | None
    ) = None


class UpdateBotLocaleResponse(Shape, frozen=True, kw_only=True):
    """The response of UpdateBotLocale."""

    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    locale_name: str | None = None
    description: str | None = None
    nlu_intent_confidence_threshold: float | None = None
    voice_settings: Structure | None = None
    unified_speech_settings: Structure | None = None
    audio_filler_settings: Structure | None = None
    speech_recognition_settings: Structure | None = None
    bot_locale_status: BotLocaleStatus | None = None
    failure_reasons: list[str] | None = None
    creation_date_time: float | None = None
    last_updated_date_time: float | None = None
    recommended_actions: list[str] | None = None
    generative_ai_settings: Structure | None = msgspec.field(
        default=None, name="generativeAISettings"
    )
    speech_detection_sensitivity: SpeechDetectionSensitivity | None = None
    speaker_diarization_settings: Structure | None = None


class DeleteBotLocaleRequest(Shape, frozen=True, kw_only=True):
    """The request of DeleteBotLocale."""

    bot_id: Id
    bot_version: DraftBotVersion
    locale_id: str


class DeleteBotLocaleResponse(Shape, frozen=True, kw_only=True):
    """The response of DeleteBotLocale."""

    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    bot_locale_status: BotLocaleStatus | None = None


class ListBotLocalesRequest(Shape, frozen=True, kw_only=True):
    """The request of ListBotLocales."""

    bot_id: Id
    bot_version: BotVersion
    sort_by: BotLocaleSortBy | None = None
    filters: Annotated[list[BotLocaleFilter], msgspec.Meta(min_length=1, max_length=1)] | None = (
        None
    )
    max_results: MaxResults | None = None
    next_token: str | None = None


class ListBotLocalesResponse(Shape, frozen=True, kw_only=True):
    """The response of ListBotLocales."""

    bot_id: str | None = None
    bot_version: str | None = None
    next_token: str | None = None
    bot_locale_summaries: list[BotLocaleSummary] | None = None


class BuildBotLocaleRequest(Shape, frozen=True, kw_only=True):
    """The request of BuildBotLocale."""

    bot_id: Id
    bot_version: DraftBotVersion
    locale_id: str


class BuildBotLocaleResponse(Shape, frozen=True, kw_only=True):
    """The response of BuildBotLocale."""

    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    bot_locale_status: BotLocaleStatus | None = None
    last_build_submitted_date_time: float | None = None
