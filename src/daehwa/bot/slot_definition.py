"""Slots and slot types: what a bot asks for, how, and which values it takes."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from daehwa.bot.definition import Definition
from daehwa.bot.flow_values import (
    Conditional,
    DialogCodeHookInvocationSetting,
    DialogState,
    ElicitationCodeHookInvocationSetting,
    MessageGroup,
    PromptSpecification,
    ResponseSpecification,
)

# --- slot types ---------------------------------------------------------------------


class SampleValue(Definition, frozen=True):
    """A value or a synonym."""

    value: str


class SlotTypeValue(Definition, frozen=True):
    """A value of a slot type and the other words for it."""

    sample_value: SampleValue
    synonyms: tuple[SampleValue, ...] | None = None


class RegexFilter(Definition, frozen=True):
    """A pattern that values of an AMAZON.AlphaNumeric type have to match."""

    pattern: str


class ValueSelectionSetting(Definition, frozen=True):
    """How a text resolves to a value."""

    resolution_strategy: Literal["ORIGINAL_VALUE", "TOP_RESOLUTION", "CONCATENATION"] | None = None
    regex_filter: RegexFilter | None = None
    advanced_recognition_setting: dict[str, Any] | None = None


class SubSlotTypeComposition(Definition, frozen=True):
    """A named part of a composite slot type.

    Exports give the part's type by identifier (``slot_type_id``); a bot that was loaded has
    ``slot_type_name`` too.
    """

    name: str
    slot_type_id: str | None = None
    slot_type_name: str | None = None


class CompositeSlotTypeSetting(Definition, frozen=True):
    """The parts of a composite slot type."""

    sub_slots: tuple[SubSlotTypeComposition, ...] | None = None


class SlotType(Definition, frozen=True):
    """A custom slot type.

    ``grammar`` is the SRGS grammar of a grammar slot type, which Lex keeps in S3 and leaves out
    of its exports: the file that its author put beside ``SlotType.json``.
    """

    name: str
    identifier: str | None = None
    description: str | None = None
    slot_type_values: tuple[SlotTypeValue, ...] | None = None
    parent_slot_type_signature: str | None = None
    value_selection_setting: ValueSelectionSetting | None = None
    composite_slot_type_setting: CompositeSlotTypeSetting | None = None
    external_source_setting: dict[str, Any] | None = None
    grammar: str | None = None


# --- slots --------------------------------------------------------------------------


class DefaultValue(Definition, frozen=True):
    """A value for an empty slot: a literal or a reference (``#ctx.p``, ``[a]``, ``<r>``)."""

    default_value: str


class DefaultValueSpecification(Definition, frozen=True):
    """Default values, tried in order."""

    default_value_list: tuple[DefaultValue, ...] = ()


class SampleUtterance(Definition, frozen=True):
    """An example of what a user says, with ``{Slot}`` placeholders."""

    utterance: str


class SlotCaptureSetting(Definition, frozen=True):
    """What follows when a slot is captured, or is not."""

    capture_response: ResponseSpecification | None = None
    capture_next_step: DialogState | None = None
    capture_conditional: Conditional | None = None
    failure_response: ResponseSpecification | None = None
    failure_next_step: DialogState | None = None
    failure_conditional: Conditional | None = None
    code_hook: DialogCodeHookInvocationSetting | None = None
    elicitation_code_hook: ElicitationCodeHookInvocationSetting | None = None


class StillWaitingResponseSpecification(Definition, frozen=True):
    """The messages every so many seconds of a pause, and the seconds after which it ends."""

    message_groups_list: tuple[MessageGroup, ...] = ()
    frequency_in_seconds: int | None = None
    timeout_in_seconds: int | None = None
    allow_interrupt: bool | None = None


class WaitAndContinueSpecification(Definition, frozen=True):
    """The messages for a user who asks for a moment, during it, and after it."""

    is_active: bool = True
    waiting_response: ResponseSpecification | None = None
    continue_response: ResponseSpecification | None = None
    still_waiting_response: StillWaitingResponseSpecification | None = None


class SlotValueElicitationSetting(Definition, frozen=True):
    """How a slot is elicited."""

    slot_constraint: Literal["Required", "Optional"] = "Required"
    prompt_specification: PromptSpecification | None = None
    default_value_specification: DefaultValueSpecification | None = None
    sample_utterances: tuple[SampleUtterance, ...] | None = None
    wait_and_continue_specification: WaitAndContinueSpecification | None = None
    slot_capture_setting: SlotCaptureSetting | None = None
    slot_resolution_setting: dict[str, Any] | None = None


class ObfuscationSetting(Definition, frozen=True):
    """Whether the slot's value is masked in logs."""

    obfuscation_setting_type: Literal["None", "DefaultObfuscation"] | None = None


class MultipleValuesSetting(Definition, frozen=True):
    """Whether the slot takes several values."""

    allow_multiple_values: bool = False


class Specifications(Definition, frozen=True):
    """How one sub-slot is elicited. The type is given as in ``SubSlotTypeComposition``."""

    value_elicitation_setting: SlotValueElicitationSetting | None = None
    slot_type_id: str | None = None
    slot_type_name: str | None = None


class SubSlotSetting(Definition, frozen=True):
    """Which sub-slots make a composite slot complete, and how they are elicited."""

    expression: str | None = None
    slot_specifications: dict[str, Specifications] | None = None


class Slot(Definition, frozen=True):
    """A slot of an intent. ``slot_type_name`` names a type of the locale, or ``AMAZON.*``."""

    name: str
    identifier: str | None = None
    description: str | None = None
    slot_type_name: str | None = None
    value_elicitation_setting: SlotValueElicitationSetting = msgspec.field(
        default_factory=SlotValueElicitationSetting
    )
    obfuscation_setting: ObfuscationSetting | None = None
    multiple_values_setting: MultipleValuesSetting | None = None
    sub_slot_setting: SubSlotSetting | None = None
