"""The shapes of imports.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from daehwa.workshop.shape import Shape, Structure
from daehwa.workshop.shapes.scalars import (
    ConfidenceThreshold,
    DraftBotVersion,
    FilterValue,
    Id,
    ImportExportFilePassword,
    ImportFilterName,
    ImportFilterOperator,
    ImportResourceType,
    ImportSortAttribute,
    ImportStatus,
    MaxResults,
    MergeStrategy,
    Name,
    RoleArn,
    SessionTTL,
    SortOrder,
    SpeechDetectionSensitivity,
    TagKey,
    TagValue,
)
from daehwa.workshop.shapes.structures import (
    DataPrivacy,
)


class BotImportSpecification(Shape, frozen=True, kw_only=True):
    """The structure BotImportSpecification."""

    bot_name: Name
    role_arn: RoleArn
    data_privacy: DataPrivacy
    error_log_settings: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.ErrorLogSettings"})] | None
    ) = None
    idle_session_ttl_in_seconds: SessionTTL | None = msgspec.field(
        default=None, name="idleSessionTTLInSeconds"
    )
    bot_tags: (
        Annotated[dict[TagKey, TagValue], msgspec.Meta(min_length=0, max_length=200)] | None
    ) = None
    test_bot_alias_tags: (
        Annotated[dict[TagKey, TagValue], msgspec.Meta(min_length=0, max_length=200)] | None
    ) = None


class BotLocaleImportSpecification(Shape, frozen=True, kw_only=True):
    """The structure BotLocaleImportSpecification."""

    bot_id: Id
    bot_version: DraftBotVersion
    locale_id: str
    nlu_intent_confidence_threshold: ConfidenceThreshold | None = None
    voice_settings: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.VoiceSettings"})] | None
    ) = None
    speech_recognition_settings: (
        Annotated[
            Structure, msgspec.Meta(extra={"part": "setting_parts.SpeechRecognitionSettings"})
        ]
        | None
    ) = None
    speech_detection_sensitivity: SpeechDetectionSensitivity | None = None
    unified_speech_settings: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.UnifiedSpeechSettings"})]
        | None
    ) = None
    audio_filler_settings: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.AudioFillerSettings"})]
        | None
    ) = None
    speaker_diarization_settings: (
        Annotated[
            Structure, msgspec.Meta(extra={"part": "setting_parts.SpeakerDiarizationSettings"})
        ]
        | None
    ) = None


class CustomVocabularyImportSpecification(Shape, frozen=True, kw_only=True):
    """The structure CustomVocabularyImportSpecification."""

    bot_id: Id
    bot_version: DraftBotVersion
    locale_id: str


class ImportFilter(Shape, frozen=True, kw_only=True):
    """The structure ImportFilter."""

    name: ImportFilterName
    values: Annotated[list[FilterValue], msgspec.Meta(min_length=1, max_length=1)]
    operator: ImportFilterOperator


class ImportResourceSpecification(Shape, frozen=True, kw_only=True):
    """The structure ImportResourceSpecification."""

    bot_import_specification: BotImportSpecification | None = None
    bot_locale_import_specification: BotLocaleImportSpecification | None = None
    custom_vocabulary_import_specification: CustomVocabularyImportSpecification | None = None
    test_set_import_resource_specification: (
        Annotated[
            Structure,
            msgspec.Meta(extra={"part": "setting_parts.TestSetImportResourceSpecification"}),
        ]
        | None
    ) = None


class ImportSortBy(Shape, frozen=True, kw_only=True):
    """The structure ImportSortBy."""

    attribute: ImportSortAttribute
    order: SortOrder


class ImportSummary(Shape, frozen=True, kw_only=True):
    """The structure ImportSummary."""

    import_id: str | None = None
    imported_resource_id: str | None = None
    imported_resource_name: str | None = None
    import_status: ImportStatus | None = None
    merge_strategy: MergeStrategy | None = None
    creation_date_time: float | None = None
    last_updated_date_time: float | None = None
    imported_resource_type: ImportResourceType | None = None


class CreateUploadUrlRequest(Shape, frozen=True, kw_only=True):
    """The request of CreateUploadUrl."""


class CreateUploadUrlResponse(Shape, frozen=True, kw_only=True):
    """The response of CreateUploadUrl."""

    import_id: str | None = None
    upload_url: str | None = None


class StartImportRequest(Shape, frozen=True, kw_only=True):
    """The request of StartImport."""

    import_id: Id
    resource_specification: ImportResourceSpecification
    merge_strategy: MergeStrategy
    file_password: ImportExportFilePassword | None = None


class StartImportResponse(Shape, frozen=True, kw_only=True):
    """The response of StartImport."""

    import_id: str | None = None
    resource_specification: ImportResourceSpecification | None = None
    merge_strategy: MergeStrategy | None = None
    import_status: ImportStatus | None = None
    creation_date_time: float | None = None


class DescribeImportRequest(Shape, frozen=True, kw_only=True):
    """The request of DescribeImport."""

    import_id: Id


class DescribeImportResponse(Shape, frozen=True, kw_only=True):
    """The response of DescribeImport."""

    import_id: str | None = None
    resource_specification: ImportResourceSpecification | None = None
    imported_resource_id: str | None = None
    imported_resource_name: str | None = None
    merge_strategy: MergeStrategy | None = None
    import_status: ImportStatus | None = None
    failure_reasons: list[str] | None = None
    creation_date_time: float | None = None
    last_updated_date_time: float | None = None


class ListImportsRequest(Shape, frozen=True, kw_only=True):
    """The request of ListImports."""

    bot_id: Id | None = None
    bot_version: DraftBotVersion | None = None
    sort_by: ImportSortBy | None = None
    filters: Annotated[list[ImportFilter], msgspec.Meta(min_length=1, max_length=1)] | None = None
    max_results: MaxResults | None = None
    next_token: str | None = None
    locale_id: str | None = None


class ListImportsResponse(Shape, frozen=True, kw_only=True):
    """The response of ListImports."""

    bot_id: str | None = None
    bot_version: str | None = None
    import_summaries: list[ImportSummary] | None = None
    next_token: str | None = None
    locale_id: str | None = None


class DeleteImportRequest(Shape, frozen=True, kw_only=True):
    """The request of DeleteImport."""

    import_id: Id


class DeleteImportResponse(Shape, frozen=True, kw_only=True):
    """The response of DeleteImport."""

    import_id: str | None = None
    import_status: ImportStatus | None = None
