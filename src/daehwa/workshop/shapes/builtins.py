"""The shapes of builtins.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from daehwa.workshop.shape import Shape
from daehwa.workshop.shapes.scalars import (
    BuiltInIntentSortAttribute,
    BuiltInSlotTypeSortAttribute,
    BuiltInsMaxResults,
    SortOrder,
)


class BuiltInIntentSortBy(Shape, frozen=True, kw_only=True):
    """The structure BuiltInIntentSortBy."""

    attribute: BuiltInIntentSortAttribute
    order: SortOrder


class BuiltInIntentSummary(Shape, frozen=True, kw_only=True):
    """The structure BuiltInIntentSummary."""

    intent_signature: str | None = None
    description: str | None = None


class BuiltInSlotTypeSortBy(Shape, frozen=True, kw_only=True):
    """The structure BuiltInSlotTypeSortBy."""

    attribute: BuiltInSlotTypeSortAttribute
    order: SortOrder


class BuiltInSlotTypeSummary(Shape, frozen=True, kw_only=True):
    """The structure BuiltInSlotTypeSummary."""

    slot_type_signature: str | None = None
    description: str | None = None


class ListBuiltInIntentsRequest(Shape, frozen=True, kw_only=True):
    """The request of ListBuiltInIntents."""

    locale_id: str
    sort_by: BuiltInIntentSortBy | None = None
    max_results: BuiltInsMaxResults | None = None
    next_token: str | None = None


class ListBuiltInIntentsResponse(Shape, frozen=True, kw_only=True):
    """The response of ListBuiltInIntents."""

    built_in_intent_summaries: list[BuiltInIntentSummary] | None = None
    next_token: str | None = None
    locale_id: str | None = None


class ListBuiltInSlotTypesRequest(Shape, frozen=True, kw_only=True):
    """The request of ListBuiltInSlotTypes."""

    locale_id: str
    sort_by: BuiltInSlotTypeSortBy | None = None
    max_results: BuiltInsMaxResults | None = None
    next_token: str | None = None


class ListBuiltInSlotTypesResponse(Shape, frozen=True, kw_only=True):
    """The response of ListBuiltInSlotTypes."""

    built_in_slot_type_summaries: list[BuiltInSlotTypeSummary] | None = None
    next_token: str | None = None
    locale_id: str | None = None
