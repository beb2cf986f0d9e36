"""The shapes of slots.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from daehwa.workshop.shape import Shape, Structure
from daehwa.workshop.shapes.scalars import (
    BotVersion,
    BuiltInOrCustomSlotTypeId,
    Description,
    DraftBotVersion,
    FilterValue,
    Id,
    MaxResults,
    Name,
    SlotConstraint,
    SlotFilterName,
    SlotFilterOperator,
    SlotSortAttribute,
    SortOrder,
)


class SlotFilter(Shape, frozen=True, kw_only=True):
    """The structure SlotFilter."""

    name: SlotFilterName
    values: Annotated[list[FilterValue], msgspec.Meta(min_length=1, max_length=1)]
    operator: SlotFilterOperator


class SlotSortBy(Shape, frozen=True, kw_only=True):
    """The structure SlotSortBy."""

    attribute: SlotSortAttribute
    order: SortOrder


class SlotSummary(Shape, frozen=True, kw_only=True):
    """The structure SlotSummary."""

    slot_id: str | None = None
    slot_name: str | None = None
    description: str | None = None
    slot_constraint: SlotConstraint | None = None
    slot_type_id: str | None = None
    value_elicitation_prompt_specification: Structure | None = None
    last_updated_date_time: float | None = None


class CreateSlotRequest(Shape, frozen=True, kw_only=True):
    """The request of CreateSlot."""

    slot_name: Name
    description: Description | None = None
    slot_type_id: BuiltInOrCustomSlotTypeId | None = None
    value_elicitation_setting: Annotated[
        Structure, msgspec.Meta(extra={"part": "slot_parts.SlotValueElicitationSetting"})
    ]
    obfuscation_setting: (
        Annotated[Structure, msgspec.Meta(extra={"part": "slot_parts.ObfuscationSetting"})] | None
    ) = None
    bot_id: Id
    bot_version: DraftBotVersion
    locale_id: str
    intent_id: Id
    multiple_values_setting: (
        Annotated[Structure, msgspec.Meta(extra={"part": "slot_parts.MultipleValuesSetting"})]
        | None
    ) = None
    sub_slot_setting: (
        Annotated[Structure, msgspec.Meta(extra={"part": "slot_parts.SubSlotSetting"})] | None
    ) = None


class CreateSlotResponse(Shape, frozen=True, kw_only=True):
    """The response of CreateSlot."""

    slot_id: str | None = None
    slot_name: str | None = None
    description: str | None = None
    slot_type_id: str | None = None
    value_elicitation_setting: Structure | None = None
    obfuscation_setting: Structure | None = None
    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    intent_id: str | None = None
    creation_date_time: float | None = None
    multiple_values_setting: Structure | None = None
    sub_slot_setting: Structure | None = None


class DescribeSlotRequest(Shape, frozen=True, kw_only=True):
    """The request of DescribeSlot."""

    slot_id: Id
    bot_id: Id
    bot_version: BotVersion
    locale_id: str
    intent_id: Id


class DescribeSlotResponse(Shape, frozen=True, kw_only=True):
    """The response of DescribeSlot."""

    slot_id: str | None = None
    slot_name: str | None = None
    description: str | None = None
    slot_type_id: str | None = None
    value_elicitation_setting: Structure | None = None
    obfuscation_setting: Structure | None = None
    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    intent_id: str | None = None
    creation_date_time: float | None = None
    last_updated_date_time: float | None = None
    multiple_values_setting: Structure | None = None
    sub_slot_setting: Structure | None = None


class UpdateSlotRequest(Shape, frozen=True, kw_only=True):
    """The request of UpdateSlot."""

    slot_id: Id
    slot_name: Name
    description: Description | None = None
    slot_type_id: BuiltInOrCustomSlotTypeId | None = None
    value_elicitation_setting: Annotated[
        Structure, msgspec.Meta(extra={"part": "slot_parts.SlotValueElicitationSetting"})
    ]
    obfuscation_setting: (
        Annotated[Structure, msgspec.Meta(extra={"part": "slot_parts.ObfuscationSetting"})] | None
    ) = None
    bot_id: Id
    bot_version: DraftBotVersion
    locale_id: str
    intent_id: Id
    multiple_values_setting: (
        Annotated[Structure, msgspec.Meta(extra={"part": "slot_parts.MultipleValuesSetting"})]
        | None
    ) = None
    sub_slot_setting: (
        Annotated[Structure, msgspec.Meta(extra={"part": "slot_parts.SubSlotSetting"})] | None
    ) = None


class UpdateSlotResponse(Shape, frozen=True, kw_only=True):
    """The response of UpdateSlot."""

    slot_id: str | None = None
    slot_name: str | None = None
    description: str | None = None
    slot_type_id: str | None = None
    value_elicitation_setting: Structure | None = None
    obfuscation_setting: Structure | None = None
    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    intent_id: str | None = None
    creation_date_time: float | None = None
    last_updated_date_time: float | None = None
    multiple_values_setting: Structure | None = None
    sub_slot_setting: Structure | None = None


class DeleteSlotRequest(Shape, frozen=True, kw_only=True):
    """The request of DeleteSlot."""

    slot_id: Id
    bot_id: Id
    bot_version: DraftBotVersion
    locale_id: str
    intent_id: Id


class ListSlotsRequest(Shape, frozen=True, kw_only=True):
    """The request of ListSlots."""

    bot_id: Id
    bot_version: BotVersion
    locale_id: str
    intent_id: Id
    sort_by: SlotSortBy | None = None
    filters: Annotated[list[SlotFilter], msgspec.Meta(min_length=1, max_length=1)] | None = None
    max_results: MaxResults | None = None
    next_token: str | None = None


class ListSlotsResponse(Shape, frozen=True, kw_only=True):
    """The response of ListSlots."""

    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    intent_id: str | None = None
    slot_summaries: list[SlotSummary] | None = None
    next_token: str | None = None
