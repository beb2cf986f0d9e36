"""What the model demands of the dialog parts of requests.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from daehwa.workshop.shape import Shape
from daehwa.workshop.shapes.scalars import (
    AttachmentTitle,
    AttachmentUrl,
    BedrockGuardrailIdentifier,
    BedrockGuardrailVersion,
    BedrockModelArn,
    BedrockModelCustomPrompt,
    BedrockTraceStatus,
    ButtonText,
    ButtonValue,
    ConditionExpression,
    CustomPayloadValue,
    DialogActionType,
    DTMFCharacter,
    MaxUtteranceDigits,
    MessageSelectionStrategy,
    Name,
    NonEmptyString,
    PlainTextMessageValue,
    PromptAttempt,
    PromptMaxRetries,
    SlotShape,
    SSMLMessageValue,
    TimeInMilliSeconds,
)


class AllowedInputTypes(Shape, frozen=True, kw_only=True):
    """The structure AllowedInputTypes."""

    allow_audio_input: bool
    allow_dtmf_input: bool = msgspec.field(name="allowDTMFInput")


class AudioAndDTMFInputSpecification(Shape, frozen=True, kw_only=True):
    """The structure AudioAndDTMFInputSpecification."""

    start_timeout_ms: TimeInMilliSeconds
    audio_specification: AudioSpecification | None = None
    dtmf_specification: DTMFSpecification | None = None


class AudioSpecification(Shape, frozen=True, kw_only=True):
    """The structure AudioSpecification."""

    max_length_ms: TimeInMilliSeconds
    end_timeout_ms: TimeInMilliSeconds


class BedrockGuardrailConfiguration(Shape, frozen=True, kw_only=True):
    """The structure BedrockGuardrailConfiguration."""

    identifier: BedrockGuardrailIdentifier
    version: BedrockGuardrailVersion


class BedrockModelSpecification(Shape, frozen=True, kw_only=True):
    """The structure BedrockModelSpecification."""

    model_arn: BedrockModelArn
    guardrail: BedrockGuardrailConfiguration | None = None
    trace_status: BedrockTraceStatus | None = None
    custom_prompt: BedrockModelCustomPrompt | None = None


class Button(Shape, frozen=True, kw_only=True):
    """The structure Button."""

    text: ButtonText
    value: ButtonValue


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


class CustomPayload(Shape, frozen=True, kw_only=True):
    """The structure CustomPayload."""

    value: CustomPayloadValue


class DTMFSpecification(Shape, frozen=True, kw_only=True):
    """The structure DTMFSpecification."""

    max_length: MaxUtteranceDigits
    end_timeout_ms: TimeInMilliSeconds
    deletion_character: DTMFCharacter
    end_character: DTMFCharacter


class DefaultConditionalBranch(Shape, frozen=True, kw_only=True):
    """The structure DefaultConditionalBranch."""

    next_step: DialogState | None = None
    response: ResponseSpecification | None = None


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


class DialogState(Shape, frozen=True, kw_only=True):
    """The structure DialogState."""

    dialog_action: DialogAction | None = None
    intent: IntentOverride | None = None
    session_attributes: dict[NonEmptyString, str] | None = None


class ElicitationCodeHookInvocationSetting(Shape, frozen=True, kw_only=True):
    """The structure ElicitationCodeHookInvocationSetting."""

    enable_code_hook_invocation: bool
    invocation_label: Name | None = None


class ImageResponseCard(Shape, frozen=True, kw_only=True):
    """The structure ImageResponseCard."""

    title: AttachmentTitle
    subtitle: AttachmentTitle | None = None
    image_url: AttachmentUrl | None = None
    buttons: Annotated[list[Button], msgspec.Meta(min_length=0, max_length=5)] | None = None


class IntentOverride(Shape, frozen=True, kw_only=True):
    """The structure IntentOverride."""

    name: Name | None = None
    slots: dict[Name, SlotValueOverride] | None = None


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


class ResponseSpecification(Shape, frozen=True, kw_only=True):
    """The structure ResponseSpecification."""

    message_groups: Annotated[list[MessageGroup], msgspec.Meta(min_length=1, max_length=5)]
    allow_interrupt: bool | None = None


class SSMLMessage(Shape, frozen=True, kw_only=True):
    """The structure SSMLMessage."""

    value: SSMLMessageValue


class SampleUtterance(Shape, frozen=True, kw_only=True):
    """The structure SampleUtterance."""

    utterance: str


class SlotValue(Shape, frozen=True, kw_only=True):
    """The structure SlotValue."""

    interpreted_value: NonEmptyString | None = None


class SlotValueOverride(Shape, frozen=True, kw_only=True):
    """The structure SlotValueOverride."""

    shape: SlotShape | None = None
    value: SlotValue | None = None
    values: list[SlotValueOverride] | None = None


class TextInputSpecification(Shape, frozen=True, kw_only=True):
    """The structure TextInputSpecification."""

    start_timeout_ms: TimeInMilliSeconds
