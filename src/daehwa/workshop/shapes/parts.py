"""What the model demands of the structures of requests that no handler reads.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from daehwa.workshop.shape import Shape
from daehwa.workshop.shapes.scalars import (
    AssistedNluMode,
    AttachmentTitle,
    AttachmentUrl,
    AudioFillerType,
    AudioRecognitionStrategy,
    BedrockGuardrailIdentifier,
    BedrockGuardrailVersion,
    BedrockKnowledgeBaseArn,
    BedrockModelArn,
    BedrockModelCustomPrompt,
    BedrockTraceStatus,
    BotAliasId,
    BotAliasName,
    BotVersion,
    BuiltInOrCustomSlotTypeId,
    ButtonText,
    ButtonValue,
    CloudWatchLogGroupArn,
    CodeHookInterfaceVersion,
    ConditionExpression,
    ContextTimeToLiveInSeconds,
    ContextTurnsToLive,
    CustomDisambiguationMessage,
    CustomPayloadValue,
    DeepgramModelId,
    Description,
    DialogActionType,
    DomainEndpoint,
    DraftBotVersion,
    DTMFCharacter,
    FulfillmentStartResponseDelay,
    FulfillmentTimeout,
    FulfillmentUpdateResponseFrequency,
    Id,
    KendraIndexArn,
    KmsKeyArn,
    LambdaARN,
    LogPrefix,
    MaxDisambiguationIntents,
    MaxUtteranceDigits,
    MessageSelectionStrategy,
    Name,
    NonEmptyString,
    ObfuscationSettingType,
    OSIndexName,
    PlainTextMessageValue,
    PriorityValue,
    PromptAttempt,
    PromptMaxRetries,
    QInConnectAssistantARN,
    QueryFilterString,
    RegexPattern,
    RoleArn,
    S3BucketArn,
    S3BucketName,
    S3ObjectPath,
    SecretsManagerSecretArn,
    SlotConstraint,
    SlotDefaultValueString,
    SlotResolutionStrategy,
    SlotShape,
    SlotValueResolutionStrategy,
    SpeechModelPreference,
    SSMLMessageValue,
    StillWaitingResponseFrequency,
    StillWaitingResponseTimeout,
    SubSlotExpression,
    TagKey,
    TagValue,
    TestSetModality,
    TimeInMilliSeconds,
    Value,
    VoiceEngine,
)


class AdvancedRecognitionSetting(Shape, frozen=True, kw_only=True):
    """The structure AdvancedRecognitionSetting."""

    audio_recognition_strategy: AudioRecognitionStrategy | None = None


class AllowedInputTypes(Shape, frozen=True, kw_only=True):
    """The structure AllowedInputTypes."""

    allow_audio_input: bool
    allow_dtmf_input: bool = msgspec.field(name="allowDTMFInput")


class AudioAndDTMFInputSpecification(Shape, frozen=True, kw_only=True):
    """The structure AudioAndDTMFInputSpecification."""

    start_timeout_ms: TimeInMilliSeconds
    audio_specification: AudioSpecification | None = None
    dtmf_specification: DTMFSpecification | None = None


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


class AudioSpecification(Shape, frozen=True, kw_only=True):
    """The structure AudioSpecification."""

    max_length_ms: TimeInMilliSeconds
    end_timeout_ms: TimeInMilliSeconds


class BedrockGuardrailConfiguration(Shape, frozen=True, kw_only=True):
    """The structure BedrockGuardrailConfiguration."""

    identifier: BedrockGuardrailIdentifier
    version: BedrockGuardrailVersion


class BedrockKnowledgeStoreConfiguration(Shape, frozen=True, kw_only=True):
    """The structure BedrockKnowledgeStoreConfiguration."""

    bedrock_knowledge_base_arn: BedrockKnowledgeBaseArn
    exact_response: bool | None = None
    exact_response_fields: BedrockKnowledgeStoreExactResponseFields | None = None


class BedrockKnowledgeStoreExactResponseFields(Shape, frozen=True, kw_only=True):
    """The structure BedrockKnowledgeStoreExactResponseFields."""

    answer_field: str | None = None


class BedrockModelSpecification(Shape, frozen=True, kw_only=True):
    """The structure BedrockModelSpecification."""

    model_arn: BedrockModelArn
    guardrail: BedrockGuardrailConfiguration | None = None
    trace_status: BedrockTraceStatus | None = None
    custom_prompt: BedrockModelCustomPrompt | None = None


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


class Button(Shape, frozen=True, kw_only=True):
    """The structure Button."""

    text: ButtonText
    value: ButtonValue


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


class Condition(Shape, frozen=True, kw_only=True):
    """The structure Condition."""

    expression_string: ConditionExpression


class ConditionalBranch(Shape, frozen=True, kw_only=True):
    """The structure ConditionalBranch."""

    name: Name
    condition: Condition
    next_step: DialogState
    response: ResponseSpecification | None = None


class ConditionalSpecification(Shape, frozen=True, kw_only=True):
    """The structure ConditionalSpecification."""

    active: bool
    conditional_branches: Annotated[
        list[ConditionalBranch], msgspec.Meta(min_length=1, max_length=4)
    ]
    default_branch: DefaultConditionalBranch


class ConversationLogSettings(Shape, frozen=True, kw_only=True):
    """The structure ConversationLogSettings."""

    text_log_settings: (
        Annotated[list[TextLogSetting], msgspec.Meta(min_length=1, max_length=1)] | None
    ) = None
    audio_log_settings: (
        Annotated[list[AudioLogSetting], msgspec.Meta(min_length=1, max_length=1)] | None
    ) = None


class CustomPayload(Shape, frozen=True, kw_only=True):
    """The structure CustomPayload."""

    value: CustomPayloadValue


class CustomVocabularyExportSpecification(Shape, frozen=True, kw_only=True):
    """The structure CustomVocabularyExportSpecification."""

    bot_id: Id
    bot_version: BotVersion
    locale_id: str


class CustomVocabularyImportSpecification(Shape, frozen=True, kw_only=True):
    """The structure CustomVocabularyImportSpecification."""

    bot_id: Id
    bot_version: DraftBotVersion
    locale_id: str


class DTMFSpecification(Shape, frozen=True, kw_only=True):
    """The structure DTMFSpecification."""

    max_length: MaxUtteranceDigits
    end_timeout_ms: TimeInMilliSeconds
    deletion_character: DTMFCharacter
    end_character: DTMFCharacter


class DataSourceConfiguration(Shape, frozen=True, kw_only=True):
    """The structure DataSourceConfiguration."""

    opensearch_configuration: OpensearchConfiguration | None = None
    kendra_configuration: QnAKendraConfiguration | None = None
    bedrock_knowledge_store_configuration: BedrockKnowledgeStoreConfiguration | None = None


class DeepgramSpeechModelConfig(Shape, frozen=True, kw_only=True):
    """The structure DeepgramSpeechModelConfig."""

    api_token_secret_arn: SecretsManagerSecretArn
    model_id: DeepgramModelId | None = None


class DefaultConditionalBranch(Shape, frozen=True, kw_only=True):
    """The structure DefaultConditionalBranch."""

    next_step: DialogState | None = None
    response: ResponseSpecification | None = None


class DescriptiveBotBuilderSpecification(Shape, frozen=True, kw_only=True):
    """The structure DescriptiveBotBuilderSpecification."""

    enabled: bool
    bedrock_model_specification: BedrockModelSpecification | None = None


class DialogAction(Shape, frozen=True, kw_only=True):
    """The structure DialogAction."""

    type: DialogActionType
    slot_to_elicit: Name | None = None
    suppress_next_message: bool | None = None


class DialogCodeHookInvocationSetting(Shape, frozen=True, kw_only=True):
    """The structure DialogCodeHookInvocationSetting."""

    enable_code_hook_invocation: bool
    active: bool
    invocation_label: Name | None = None
    post_code_hook_specification: PostDialogCodeHookInvocationSpecification


class DialogCodeHookSettings(Shape, frozen=True, kw_only=True):
    """The structure DialogCodeHookSettings."""

    enabled: bool


class DialogState(Shape, frozen=True, kw_only=True):
    """The structure DialogState."""

    dialog_action: DialogAction | None = None
    intent: IntentOverride | None = None
    session_attributes: dict[NonEmptyString, str] | None = None


class ElicitationCodeHookInvocationSetting(Shape, frozen=True, kw_only=True):
    """The structure ElicitationCodeHookInvocationSetting."""

    enable_code_hook_invocation: bool
    invocation_label: Name | None = None


class ErrorLogSettings(Shape, frozen=True, kw_only=True):
    """The structure ErrorLogSettings."""

    enabled: bool


class ExactResponseFields(Shape, frozen=True, kw_only=True):
    """The structure ExactResponseFields."""

    question_field: str
    answer_field: str


class ExternalSourceSetting(Shape, frozen=True, kw_only=True):
    """The structure ExternalSourceSetting."""

    grammar_slot_type_setting: GrammarSlotTypeSetting | None = None


class FulfillmentCodeHookSettings(Shape, frozen=True, kw_only=True):
    """The structure FulfillmentCodeHookSettings."""

    enabled: bool
    post_fulfillment_status_specification: PostFulfillmentStatusSpecification | None = None
    fulfillment_updates_specification: FulfillmentUpdatesSpecification | None = None
    active: bool | None = None


class FulfillmentStartResponseSpecification(Shape, frozen=True, kw_only=True):
    """The structure FulfillmentStartResponseSpecification."""

    delay_in_seconds: FulfillmentStartResponseDelay
    message_groups: Annotated[list[MessageGroup], msgspec.Meta(min_length=1, max_length=5)]
    allow_interrupt: bool | None = None


class FulfillmentUpdateResponseSpecification(Shape, frozen=True, kw_only=True):
    """The structure FulfillmentUpdateResponseSpecification."""

    frequency_in_seconds: FulfillmentUpdateResponseFrequency
    message_groups: Annotated[list[MessageGroup], msgspec.Meta(min_length=1, max_length=5)]
    allow_interrupt: bool | None = None


class FulfillmentUpdatesSpecification(Shape, frozen=True, kw_only=True):
    """The structure FulfillmentUpdatesSpecification."""

    active: bool
    start_response: FulfillmentStartResponseSpecification | None = None
    update_response: FulfillmentUpdateResponseSpecification | None = None
    timeout_in_seconds: FulfillmentTimeout | None = None


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


class ImageResponseCard(Shape, frozen=True, kw_only=True):
    """The structure ImageResponseCard."""

    title: AttachmentTitle
    subtitle: AttachmentTitle | None = None
    image_url: AttachmentUrl | None = None
    buttons: Annotated[list[Button], msgspec.Meta(min_length=0, max_length=5)] | None = None


class InitialResponseSetting(Shape, frozen=True, kw_only=True):
    """The structure InitialResponseSetting."""

    initial_response: ResponseSpecification | None = None
    next_step: DialogState | None = None
    conditional: ConditionalSpecification | None = None
    code_hook: DialogCodeHookInvocationSetting | None = None


class InputContext(Shape, frozen=True, kw_only=True):
    """The structure InputContext."""

    name: Name


class IntentClosingSetting(Shape, frozen=True, kw_only=True):
    """The structure IntentClosingSetting."""

    closing_response: ResponseSpecification | None = None
    active: bool | None = None
    next_step: DialogState | None = None
    conditional: ConditionalSpecification | None = None


class IntentConfirmationSetting(Shape, frozen=True, kw_only=True):
    """The structure IntentConfirmationSetting."""

    prompt_specification: PromptSpecification | None = None
    declination_response: ResponseSpecification | None = None
    active: bool | None = None
    confirmation_response: ResponseSpecification | None = None
    confirmation_next_step: DialogState | None = None
    confirmation_conditional: ConditionalSpecification | None = None
    declination_next_step: DialogState | None = None
    declination_conditional: ConditionalSpecification | None = None
    failure_response: ResponseSpecification | None = None
    failure_next_step: DialogState | None = None
    failure_conditional: ConditionalSpecification | None = None
    code_hook: DialogCodeHookInvocationSetting | None = None
    elicitation_code_hook: ElicitationCodeHookInvocationSetting | None = None


class IntentDisambiguationSettings(Shape, frozen=True, kw_only=True):
    """The structure IntentDisambiguationSettings."""

    enabled: bool
    max_disambiguation_intents: MaxDisambiguationIntents | None = None
    custom_disambiguation_message: CustomDisambiguationMessage | None = None


class IntentOverride(Shape, frozen=True, kw_only=True):
    """The structure IntentOverride."""

    name: Name | None = None
    slots: dict[Name, SlotValueOverride] | None = None


class KendraConfiguration(Shape, frozen=True, kw_only=True):
    """The structure KendraConfiguration."""

    kendra_index: KendraIndexArn
    query_filter_string_enabled: bool | None = None
    query_filter_string: QueryFilterString | None = None


class LambdaCodeHook(Shape, frozen=True, kw_only=True):
    """The structure LambdaCodeHook."""

    lambda_arn: LambdaARN = msgspec.field(name="lambdaARN")
    code_hook_interface_version: CodeHookInterfaceVersion


class Message(Shape, frozen=True, kw_only=True):
    """The structure Message."""

    plain_text_message: PlainTextMessage | None = None
    custom_payload: CustomPayload | None = None
    ssml_message: SSMLMessage | None = None
    image_response_card: ImageResponseCard | None = None


class MessageGroup(Shape, frozen=True, kw_only=True):
    """The structure MessageGroup."""

    message: Message
    variations: Annotated[list[Message], msgspec.Meta(min_length=0, max_length=2)] | None = None


class MultipleValuesSetting(Shape, frozen=True, kw_only=True):
    """The structure MultipleValuesSetting."""

    allow_multiple_values: bool | None = None


class NluImprovementSpecification(Shape, frozen=True, kw_only=True):
    """The structure NluImprovementSpecification."""

    enabled: bool
    assisted_nlu_mode: AssistedNluMode | None = None
    intent_disambiguation_settings: IntentDisambiguationSettings | None = None


class ObfuscationSetting(Shape, frozen=True, kw_only=True):
    """The structure ObfuscationSetting."""

    obfuscation_setting_type: ObfuscationSettingType


class OpensearchConfiguration(Shape, frozen=True, kw_only=True):
    """The structure OpensearchConfiguration."""

    domain_endpoint: DomainEndpoint
    index_name: OSIndexName
    exact_response: bool | None = None
    exact_response_fields: ExactResponseFields | None = None
    include_fields: Annotated[list[str], msgspec.Meta(min_length=1, max_length=5)] | None = None


class OutputContext(Shape, frozen=True, kw_only=True):
    """The structure OutputContext."""

    name: Name
    time_to_live_in_seconds: ContextTimeToLiveInSeconds
    turns_to_live: ContextTurnsToLive


class PlainTextMessage(Shape, frozen=True, kw_only=True):
    """The structure PlainTextMessage."""

    value: PlainTextMessageValue


class PostDialogCodeHookInvocationSpecification(Shape, frozen=True, kw_only=True):
    """The structure PostDialogCodeHookInvocationSpecification."""

    success_response: ResponseSpecification | None = None
    success_next_step: DialogState | None = None
    success_conditional: ConditionalSpecification | None = None
    failure_response: ResponseSpecification | None = None
    failure_next_step: DialogState | None = None
    failure_conditional: ConditionalSpecification | None = None
    timeout_response: ResponseSpecification | None = None
    timeout_next_step: DialogState | None = None
    timeout_conditional: ConditionalSpecification | None = None


class PostFulfillmentStatusSpecification(Shape, frozen=True, kw_only=True):
    """The structure PostFulfillmentStatusSpecification."""

    success_response: ResponseSpecification | None = None
    failure_response: ResponseSpecification | None = None
    timeout_response: ResponseSpecification | None = None
    success_next_step: DialogState | None = None
    success_conditional: ConditionalSpecification | None = None
    failure_next_step: DialogState | None = None
    failure_conditional: ConditionalSpecification | None = None
    timeout_next_step: DialogState | None = None
    timeout_conditional: ConditionalSpecification | None = None


class PromptAttemptSpecification(Shape, frozen=True, kw_only=True):
    """The structure PromptAttemptSpecification."""

    allow_interrupt: bool | None = None
    allowed_input_types: AllowedInputTypes
    audio_and_dtmf_input_specification: AudioAndDTMFInputSpecification | None = msgspec.field(
        default=None, name="audioAndDTMFInputSpecification"
    )
    text_input_specification: TextInputSpecification | None = None


class PromptSpecification(Shape, frozen=True, kw_only=True):
    """The structure PromptSpecification."""

    message_groups: Annotated[list[MessageGroup], msgspec.Meta(min_length=1, max_length=5)]
    max_retries: PromptMaxRetries
    allow_interrupt: bool | None = None
    message_selection_strategy: MessageSelectionStrategy | None = None
    prompt_attempts_specification: dict[PromptAttempt, PromptAttemptSpecification] | None = None


class QInConnectAssistantConfiguration(Shape, frozen=True, kw_only=True):
    """The structure QInConnectAssistantConfiguration."""

    assistant_arn: QInConnectAssistantARN


class QInConnectIntentConfiguration(Shape, frozen=True, kw_only=True):
    """The structure QInConnectIntentConfiguration."""

    q_in_connect_assistant_configuration: QInConnectAssistantConfiguration | None = None


class QnAIntentConfiguration(Shape, frozen=True, kw_only=True):
    """The structure QnAIntentConfiguration."""

    data_source_configuration: DataSourceConfiguration | None = None
    bedrock_model_configuration: BedrockModelSpecification | None = None


class QnAKendraConfiguration(Shape, frozen=True, kw_only=True):
    """The structure QnAKendraConfiguration."""

    kendra_index: KendraIndexArn
    query_filter_string_enabled: bool | None = None
    query_filter_string: QueryFilterString | None = None
    exact_response: bool | None = None


class ResponseSpecification(Shape, frozen=True, kw_only=True):
    """The structure ResponseSpecification."""

    message_groups: Annotated[list[MessageGroup], msgspec.Meta(min_length=1, max_length=5)]
    allow_interrupt: bool | None = None


class RuntimeSettings(Shape, frozen=True, kw_only=True):
    """The structure RuntimeSettings."""

    slot_resolution_improvement: SlotResolutionImprovementSpecification | None = None
    nlu_improvement: NluImprovementSpecification | None = None


class S3BucketLogDestination(Shape, frozen=True, kw_only=True):
    """The structure S3BucketLogDestination."""

    kms_key_arn: KmsKeyArn | None = None
    s3_bucket_arn: S3BucketArn
    log_prefix: LogPrefix


class SSMLMessage(Shape, frozen=True, kw_only=True):
    """The structure SSMLMessage."""

    value: SSMLMessageValue


class SampleUtterance(Shape, frozen=True, kw_only=True):
    """The structure SampleUtterance."""

    utterance: str


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


class SlotCaptureSetting(Shape, frozen=True, kw_only=True):
    """The structure SlotCaptureSetting."""

    capture_response: ResponseSpecification | None = None
    capture_next_step: DialogState | None = None
    capture_conditional: ConditionalSpecification | None = None
    failure_response: ResponseSpecification | None = None
    failure_next_step: DialogState | None = None
    failure_conditional: ConditionalSpecification | None = None
    code_hook: DialogCodeHookInvocationSetting | None = None
    elicitation_code_hook: ElicitationCodeHookInvocationSetting | None = None


class SlotDefaultValue(Shape, frozen=True, kw_only=True):
    """The structure SlotDefaultValue."""

    default_value: SlotDefaultValueString


class SlotDefaultValueSpecification(Shape, frozen=True, kw_only=True):
    """The structure SlotDefaultValueSpecification."""

    default_value_list: Annotated[list[SlotDefaultValue], msgspec.Meta(min_length=0, max_length=10)]


class SlotPriority(Shape, frozen=True, kw_only=True):
    """The structure SlotPriority."""

    priority: PriorityValue
    slot_id: Id


class SlotResolutionImprovementSpecification(Shape, frozen=True, kw_only=True):
    """The structure SlotResolutionImprovementSpecification."""

    enabled: bool
    bedrock_model_specification: BedrockModelSpecification | None = None


class SlotResolutionSetting(Shape, frozen=True, kw_only=True):
    """The structure SlotResolutionSetting."""

    slot_resolution_strategy: SlotResolutionStrategy


class SlotTypeValue(Shape, frozen=True, kw_only=True):
    """The structure SlotTypeValue."""

    sample_value: SampleValue | None = None
    synonyms: Annotated[list[SampleValue], msgspec.Meta(min_length=1, max_length=10000)] | None = (
        None
    )


class SlotValue(Shape, frozen=True, kw_only=True):
    """The structure SlotValue."""

    interpreted_value: NonEmptyString | None = None


class SlotValueElicitationSetting(Shape, frozen=True, kw_only=True):
    """The structure SlotValueElicitationSetting."""

    default_value_specification: SlotDefaultValueSpecification | None = None
    slot_constraint: SlotConstraint
    prompt_specification: PromptSpecification | None = None
    sample_utterances: list[SampleUtterance] | None = None
    wait_and_continue_specification: WaitAndContinueSpecification | None = None
    slot_capture_setting: SlotCaptureSetting | None = None
    slot_resolution_setting: SlotResolutionSetting | None = None


class SlotValueOverride(Shape, frozen=True, kw_only=True):
    """The structure SlotValueOverride."""

    shape: SlotShape | None = None
    value: SlotValue | None = None
    values: list[SlotValueOverride] | None = None


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


class Specifications(Shape, frozen=True, kw_only=True):
    """The structure Specifications."""

    slot_type_id: BuiltInOrCustomSlotTypeId
    value_elicitation_setting: SubSlotValueElicitationSetting


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


class StillWaitingResponseSpecification(Shape, frozen=True, kw_only=True):
    """The structure StillWaitingResponseSpecification."""

    message_groups: Annotated[list[MessageGroup], msgspec.Meta(min_length=1, max_length=5)]
    frequency_in_seconds: StillWaitingResponseFrequency
    timeout_in_seconds: StillWaitingResponseTimeout
    allow_interrupt: bool | None = None


class SubSlotSetting(Shape, frozen=True, kw_only=True):
    """The structure SubSlotSetting."""

    expression: SubSlotExpression | None = None
    slot_specifications: (
        Annotated[dict[Name, Specifications], msgspec.Meta(min_length=0, max_length=6)] | None
    ) = None


class SubSlotTypeComposition(Shape, frozen=True, kw_only=True):
    """The structure SubSlotTypeComposition."""

    name: Name
    slot_type_id: BuiltInOrCustomSlotTypeId


class SubSlotValueElicitationSetting(Shape, frozen=True, kw_only=True):
    """The structure SubSlotValueElicitationSetting."""

    default_value_specification: SlotDefaultValueSpecification | None = None
    prompt_specification: PromptSpecification
    sample_utterances: list[SampleUtterance] | None = None
    wait_and_continue_specification: WaitAndContinueSpecification | None = None


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


class TextInputSpecification(Shape, frozen=True, kw_only=True):
    """The structure TextInputSpecification."""

    start_timeout_ms: TimeInMilliSeconds


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


class WaitAndContinueSpecification(Shape, frozen=True, kw_only=True):
    """The structure WaitAndContinueSpecification."""

    waiting_response: ResponseSpecification | None = None
    continue_response: ResponseSpecification | None = None
    still_waiting_response: StillWaitingResponseSpecification | None = None
    active: bool | None = None
