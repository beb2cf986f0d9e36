"""What the model demands of the slot parts of requests.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from daehwa.workshop.shape import Shape
from daehwa.workshop.shapes.dialog_parts import (
    ConditionalSpecification,
    DialogCodeHookInvocationSetting,
    DialogState,
    ElicitationCodeHookInvocationSetting,
    MessageGroup,
    PromptSpecification,
    ResponseSpecification,
    SampleUtterance,
)
from daehwa.workshop.shapes.scalars import (
    BuiltInOrCustomSlotTypeId,
    Name,
    ObfuscationSettingType,
    SlotConstraint,
    SlotDefaultValueString,
    SlotResolutionStrategy,
    StillWaitingResponseFrequency,
    StillWaitingResponseTimeout,
    SubSlotExpression,
)


class MultipleValuesSetting(Shape, frozen=True, kw_only=True):
    """The structure MultipleValuesSetting."""

    allow_multiple_values: bool | None = None


class ObfuscationSetting(Shape, frozen=True, kw_only=True):
    """The structure ObfuscationSetting."""

    obfuscation_setting_type: ObfuscationSettingType


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


class SlotResolutionSetting(Shape, frozen=True, kw_only=True):
    """The structure SlotResolutionSetting."""

    slot_resolution_strategy: SlotResolutionStrategy


class SlotValueElicitationSetting(Shape, frozen=True, kw_only=True):
    """The structure SlotValueElicitationSetting."""

    default_value_specification: SlotDefaultValueSpecification | None = None
    slot_constraint: SlotConstraint
    prompt_specification: PromptSpecification | None = None
    sample_utterances: list[SampleUtterance] | None = None
    wait_and_continue_specification: WaitAndContinueSpecification | None = None
    slot_capture_setting: SlotCaptureSetting | None = None
    slot_resolution_setting: SlotResolutionSetting | None = None


class Specifications(Shape, frozen=True, kw_only=True):
    """The structure Specifications."""

    slot_type_id: BuiltInOrCustomSlotTypeId
    value_elicitation_setting: SubSlotValueElicitationSetting


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


class SubSlotValueElicitationSetting(Shape, frozen=True, kw_only=True):
    """The structure SubSlotValueElicitationSetting."""

    default_value_specification: SlotDefaultValueSpecification | None = None
    prompt_specification: PromptSpecification
    sample_utterances: list[SampleUtterance] | None = None
    wait_and_continue_specification: WaitAndContinueSpecification | None = None


class WaitAndContinueSpecification(Shape, frozen=True, kw_only=True):
    """The structure WaitAndContinueSpecification."""

    waiting_response: ResponseSpecification | None = None
    continue_response: ResponseSpecification | None = None
    still_waiting_response: StillWaitingResponseSpecification | None = None
    active: bool | None = None
