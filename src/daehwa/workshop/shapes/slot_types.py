"""The shapes of slot types.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from daehwa.workshop.shape import Shape, Structure
from daehwa.workshop.shapes.scalars import (
    BotVersion,
    Description,
    DraftBotVersion,
    FilterValue,
    Id,
    MaxResults,
    Name,
    SlotTypeCategory,
    SlotTypeFilterName,
    SlotTypeFilterOperator,
    SlotTypeSortAttribute,
    SortOrder,
)


class SlotTypeFilter(Shape, frozen=True, kw_only=True):
    """The structure SlotTypeFilter."""

    name: SlotTypeFilterName
    values: Annotated[list[FilterValue], msgspec.Meta(min_length=1, max_length=1)]
    operator: SlotTypeFilterOperator


class SlotTypeSortBy(Shape, frozen=True, kw_only=True):
    """The structure SlotTypeSortBy."""

    attribute: SlotTypeSortAttribute
    order: SortOrder


class SlotTypeSummary(Shape, frozen=True, kw_only=True):
    """The structure SlotTypeSummary."""

    slot_type_id: str | None = None
    slot_type_name: str | None = None
    description: str | None = None
    parent_slot_type_signature: str | None = None
    last_updated_date_time: float | None = None
    slot_type_category: SlotTypeCategory | None = None


class CreateSlotTypeRequest(Shape, frozen=True, kw_only=True):
    """The request of CreateSlotType."""

    slot_type_name: Name
    description: Description | None = None
    slot_type_values: (
        Annotated[
            list[Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.SlotTypeValue"})]],
            msgspec.Meta(min_length=1, max_length=10000),
        ]
        | None
    ) = None
    value_selection_setting: (
        Annotated[
            Structure, msgspec.Meta(extra={"part": "setting_parts.SlotValueSelectionSetting"})
        ]
        | None
    ) = None
    parent_slot_type_signature: str | None = None
    bot_id: Id
    bot_version: DraftBotVersion
    locale_id: str
    external_source_setting: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.ExternalSourceSetting"})]
        | None
    ) = None
    composite_slot_type_setting: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.CompositeSlotTypeSetting"})]
        | None
    ) = None


class CreateSlotTypeResponse(Shape, frozen=True, kw_only=True):
    """The response of CreateSlotType."""

    slot_type_id: str | None = None
    slot_type_name: str | None = None
    description: str | None = None
    slot_type_values: list[Structure] | None = None
    value_selection_setting: Structure | None = None
    parent_slot_type_signature: str | None = None
    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    creation_date_time: float | None = None
    external_source_setting: Structure | None = None
    composite_slot_type_setting: Structure | None = None


class DescribeSlotTypeRequest(Shape, frozen=True, kw_only=True):
    """The request of DescribeSlotType."""

    slot_type_id: Id
    bot_id: Id
    bot_version: BotVersion
    locale_id: str


class DescribeSlotTypeResponse(Shape, frozen=True, kw_only=True):
    """The response of DescribeSlotType."""

    slot_type_id: str | None = None
    slot_type_name: str | None = None
    description: str | None = None
    slot_type_values: list[Structure] | None = None
    value_selection_setting: Structure | None = None
    parent_slot_type_signature: str | None = None
    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    creation_date_time: float | None = None
    last_updated_date_time: float | None = None
    external_source_setting: Structure | None = None
    composite_slot_type_setting: Structure | None = None


class UpdateSlotTypeRequest(Shape, frozen=True, kw_only=True):
    """The request of UpdateSlotType."""

    slot_type_id: Id
    slot_type_name: Name
    description: Description | None = None
    slot_type_values: (
        Annotated[
            list[Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.SlotTypeValue"})]],
            msgspec.Meta(min_length=1, max_length=10000),
        ]
        | None
    ) = None
    value_selection_setting: (
        Annotated[
            Structure, msgspec.Meta(extra={"part": "setting_parts.SlotValueSelectionSetting"})
        ]
        | None
    ) = None
    parent_slot_type_signature: str | None = None
    bot_id: Id
    bot_version: DraftBotVersion
    locale_id: str
    external_source_setting: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.ExternalSourceSetting"})]
        | None
    ) = None
    composite_slot_type_setting: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.CompositeSlotTypeSetting"})]
        | None
    ) = None


class UpdateSlotTypeResponse(Shape, frozen=True, kw_only=True):
    """The response of UpdateSlotType."""

    slot_type_id: str | None = None
    slot_type_name: str | None = None
    description: str | None = None
    slot_type_values: list[Structure] | None = None
    value_selection_setting: Structure | None = None
    parent_slot_type_signature: str | None = None
    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    creation_date_time: float | None = None
    last_updated_date_time: float | None = None
    external_source_setting: Structure | None = None
    composite_slot_type_setting: Structure | None = None


class DeleteSlotTypeRequest(Shape, frozen=True, kw_only=True):
    """The request of DeleteSlotType."""

    slot_type_id: Id
    bot_id: Id
    bot_version: DraftBotVersion
    locale_id: str
    skip_resource_in_use_check: bool | None = None


class ListSlotTypesRequest(Shape, frozen=True, kw_only=True):
    """The request of ListSlotTypes."""

    bot_id: Id
    bot_version: BotVersion
    locale_id: str
    sort_by: SlotTypeSortBy | None = None
    filters: Annotated[list[SlotTypeFilter], msgspec.Meta(min_length=1, max_length=1)] | None = None
    max_results: MaxResults | None = None
    next_token: str | None = None


class ListSlotTypesResponse(Shape, frozen=True, kw_only=True):
    """The response of ListSlotTypes."""

    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    slot_type_summaries: list[SlotTypeSummary] | None = None
    next_token: str | None = None
