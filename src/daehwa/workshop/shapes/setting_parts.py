"""What the model demands of the setting parts of requests.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from daehwa.workshop.shape import Shape
from daehwa.workshop.shapes.dialog_parts import (
    BedrockModelSpecification,
)
from daehwa.workshop.shapes.scalars import (
    AssistedNluMode,
    AudioFillerType,
    AudioRecognitionStrategy,
    BedrockModelArn,
    BotAliasId,
    BotAliasName,
    BotVersion,
    BuiltInOrCustomSlotTypeId,
    CloudWatchLogGroupArn,
    CodeHookInterfaceVersion,
    CustomDisambiguationMessage,
    DeepgramModelId,
    Description,
    Id,
    KmsKeyArn,
    LambdaARN,
    LogPrefix,
    MaxDisambiguationIntents,
    Name,
    RegexPattern,
    RoleArn,
    S3BucketArn,
    S3BucketName,
    S3ObjectPath,
    SecretsManagerSecretArn,
    SlotValueResolutionStrategy,
    SpeechModelPreference,
    TagKey,
    TagValue,
    TestSetModality,
    Value,
    VoiceEngine,
)


class AdvancedRecognitionSetting(Shape, frozen=True, kw_only=True):
    """The structure AdvancedRecognitionSetting."""

    audio_recognition_strategy: AudioRecognitionStrategy | None = None


class AudioFillerSettings(Shape, frozen=True, kw_only=True):
    """The structure AudioFillerSettings."""

    enabled: bool | None = None
    audio_type: AudioFillerType | None = None
    start_delay_in_milliseconds: int | None = None
    minimum_play_duration_in_milliseconds: int | None = None
    response_delivery_delay_in_milliseconds: int | None = None


class AudioLogDestination(Shape, frozen=True, kw_only=True):
    """The structure AudioLogDestination."""

    s3_bucket: S3BucketLogDestination


class AudioLogSetting(Shape, frozen=True, kw_only=True):
    """The structure AudioLogSetting."""

    enabled: bool
    destination: AudioLogDestination
    selective_logging_enabled: bool | None = None


class BotAliasLocaleSettings(Shape, frozen=True, kw_only=True):
    """The structure BotAliasLocaleSettings."""

    enabled: bool
    code_hook_specification: CodeHookSpecification | None = None


class BotMember(Shape, frozen=True, kw_only=True):
    """The structure BotMember."""

    bot_member_id: Id
    bot_member_name: Name
    bot_member_alias_id: BotAliasId
    bot_member_alias_name: BotAliasName
    bot_member_version: BotVersion


class BuildtimeSettings(Shape, frozen=True, kw_only=True):
    """The structure BuildtimeSettings."""

    descriptive_bot_builder: DescriptiveBotBuilderSpecification | None = None
    sample_utterance_generation: SampleUtteranceGenerationSpecification | None = None


class CloudWatchLogGroupLogDestination(Shape, frozen=True, kw_only=True):
    """The structure CloudWatchLogGroupLogDestination."""

    cloud_watch_log_group_arn: CloudWatchLogGroupArn
    log_prefix: LogPrefix


class CodeHookSpecification(Shape, frozen=True, kw_only=True):
    """The structure CodeHookSpecification."""

    lambda_code_hook: LambdaCodeHook


class CompositeSlotTypeSetting(Shape, frozen=True, kw_only=True):
    """The structure CompositeSlotTypeSetting."""

    sub_slots: (
        Annotated[list[SubSlotTypeComposition], msgspec.Meta(min_length=0, max_length=6)] | None
    ) = None


class ConversationLogSettings(Shape, frozen=True, kw_only=True):
    """The structure ConversationLogSettings."""

    text_log_settings: (
        Annotated[list[TextLogSetting], msgspec.Meta(min_length=1, max_length=1)] | None
    ) = None
    audio_log_settings: (
        Annotated[list[AudioLogSetting], msgspec.Meta(min_length=1, max_length=1)] | None
    ) = None


class DeepgramSpeechModelConfig(Shape, frozen=True, kw_only=True):
    """The structure DeepgramSpeechModelConfig."""

    api_token_secret_arn: SecretsManagerSecretArn
    model_id: DeepgramModelId | None = None


class DescriptiveBotBuilderSpecification(Shape, frozen=True, kw_only=True):
    """The structure DescriptiveBotBuilderSpecification."""

    enabled: bool
    bedrock_model_specification: BedrockModelSpecification | None = None


class ErrorLogSettings(Shape, frozen=True, kw_only=True):
    """The structure ErrorLogSettings."""

    enabled: bool


class ExternalSourceSetting(Shape, frozen=True, kw_only=True):
    """The structure ExternalSourceSetting."""

    grammar_slot_type_setting: GrammarSlotTypeSetting | None = None


class GenerativeAISettings(Shape, frozen=True, kw_only=True):
    """The structure GenerativeAISettings."""

    runtime_settings: RuntimeSettings | None = None
    buildtime_settings: BuildtimeSettings | None = None


class GrammarSlotTypeSetting(Shape, frozen=True, kw_only=True):
    """The structure GrammarSlotTypeSetting."""

    source: GrammarSlotTypeSource | None = None


class GrammarSlotTypeSource(Shape, frozen=True, kw_only=True):
    """The structure GrammarSlotTypeSource."""

    s3_bucket_name: S3BucketName
    s3_object_key: S3ObjectPath
    kms_key_arn: KmsKeyArn | None = None


class IntentDisambiguationSettings(Shape, frozen=True, kw_only=True):
    """The structure IntentDisambiguationSettings."""

    enabled: bool
    max_disambiguation_intents: MaxDisambiguationIntents | None = None
    custom_disambiguation_message: CustomDisambiguationMessage | None = None


class LambdaCodeHook(Shape, frozen=True, kw_only=True):
    """The structure LambdaCodeHook."""

    lambda_arn: LambdaARN = msgspec.field(name="lambdaARN")
    code_hook_interface_version: CodeHookInterfaceVersion


class NluImprovementSpecification(Shape, frozen=True, kw_only=True):
    """The structure NluImprovementSpecification."""

    enabled: bool
    assisted_nlu_mode: AssistedNluMode | None = None
    intent_disambiguation_settings: IntentDisambiguationSettings | None = None


class RuntimeSettings(Shape, frozen=True, kw_only=True):
    """The structure RuntimeSettings."""

    slot_resolution_improvement: SlotResolutionImprovementSpecification | None = None
    nlu_improvement: NluImprovementSpecification | None = None


class S3BucketLogDestination(Shape, frozen=True, kw_only=True):
    """The structure S3BucketLogDestination."""

    kms_key_arn: KmsKeyArn | None = None
    s3_bucket_arn: S3BucketArn
    log_prefix: LogPrefix


class SampleUtteranceGenerationSpecification(Shape, frozen=True, kw_only=True):
    """The structure SampleUtteranceGenerationSpecification."""

    enabled: bool
    bedrock_model_specification: BedrockModelSpecification | None = None


class SampleValue(Shape, frozen=True, kw_only=True):
    """The structure SampleValue."""

    value: Value


class SentimentAnalysisSettings(Shape, frozen=True, kw_only=True):
    """The structure SentimentAnalysisSettings."""

    detect_sentiment: bool


class SlotResolutionImprovementSpecification(Shape, frozen=True, kw_only=True):
    """The structure SlotResolutionImprovementSpecification."""

    enabled: bool
    bedrock_model_specification: BedrockModelSpecification | None = None


class SlotTypeValue(Shape, frozen=True, kw_only=True):
    """The structure SlotTypeValue."""

    sample_value: SampleValue | None = None
    synonyms: Annotated[list[SampleValue], msgspec.Meta(min_length=1, max_length=10000)] | None = (
        None
    )


class SlotValueRegexFilter(Shape, frozen=True, kw_only=True):
    """The structure SlotValueRegexFilter."""

    pattern: RegexPattern


class SlotValueSelectionSetting(Shape, frozen=True, kw_only=True):
    """The structure SlotValueSelectionSetting."""

    resolution_strategy: SlotValueResolutionStrategy
    regex_filter: SlotValueRegexFilter | None = None
    advanced_recognition_setting: AdvancedRecognitionSetting | None = None


class SpeakerDiarizationSettings(Shape, frozen=True, kw_only=True):
    """The structure SpeakerDiarizationSettings."""

    enabled: bool


class SpeechFoundationModel(Shape, frozen=True, kw_only=True):
    """The structure SpeechFoundationModel."""

    model_arn: BedrockModelArn
    voice_id: str | None = None


class SpeechModelConfig(Shape, frozen=True, kw_only=True):
    """The structure SpeechModelConfig."""

    deepgram_config: DeepgramSpeechModelConfig | None = None


class SpeechRecognitionSettings(Shape, frozen=True, kw_only=True):
    """The structure SpeechRecognitionSettings."""

    speech_model_preference: SpeechModelPreference | None = None
    speech_model_config: SpeechModelConfig | None = None


class SubSlotTypeComposition(Shape, frozen=True, kw_only=True):
    """The structure SubSlotTypeComposition."""

    name: Name
    slot_type_id: BuiltInOrCustomSlotTypeId


class TestSetExportSpecification(Shape, frozen=True, kw_only=True):
    """The structure TestSetExportSpecification."""

    test_set_id: Id


class TestSetImportInputLocation(Shape, frozen=True, kw_only=True):
    """The structure TestSetImportInputLocation."""

    s3_bucket_name: S3BucketName
    s3_path: S3ObjectPath


class TestSetImportResourceSpecification(Shape, frozen=True, kw_only=True):
    """The structure TestSetImportResourceSpecification."""

    test_set_name: Name
    description: Description | None = None
    role_arn: RoleArn
    storage_location: TestSetStorageLocation
    import_input_location: TestSetImportInputLocation
    modality: TestSetModality
    test_set_tags: (
        Annotated[dict[TagKey, TagValue], msgspec.Meta(min_length=0, max_length=200)] | None
    ) = None


class TestSetStorageLocation(Shape, frozen=True, kw_only=True):
    """The structure TestSetStorageLocation."""

    s3_bucket_name: S3BucketName
    s3_path: S3ObjectPath
    kms_key_arn: KmsKeyArn | None = None


class TextLogDestination(Shape, frozen=True, kw_only=True):
    """The structure TextLogDestination."""

    cloud_watch: CloudWatchLogGroupLogDestination


class TextLogSetting(Shape, frozen=True, kw_only=True):
    """The structure TextLogSetting."""

    enabled: bool
    destination: TextLogDestination
    selective_logging_enabled: bool | None = None


class UnifiedSpeechSettings(Shape, frozen=True, kw_only=True):
    """The structure UnifiedSpeechSettings."""

    speech_foundation_model: SpeechFoundationModel


class VoiceSettings(Shape, frozen=True, kw_only=True):
    """The structure VoiceSettings."""

    engine: VoiceEngine | None = None
    voice_id: str
