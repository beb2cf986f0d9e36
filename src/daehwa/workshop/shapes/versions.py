"""The shapes of versions.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from daehwa.workshop.shape import Shape, Structure
from daehwa.workshop.shapes.scalars import (
    BotStatus,
    BotType,
    BotVersion,
    BotVersionSortAttribute,
    Description,
    Id,
    MaxResults,
    NumericalBotVersion,
    SortOrder,
)
from daehwa.workshop.shapes.structures import (
    DataPrivacy,
)


class BotVersionLocaleDetails(Shape, frozen=True, kw_only=True):
    """The structure BotVersionLocaleDetails."""

    source_bot_version: BotVersion


class BotVersionSortBy(Shape, frozen=True, kw_only=True):
    """The structure BotVersionSortBy."""

    attribute: BotVersionSortAttribute
    order: SortOrder


class BotVersionSummary(Shape, frozen=True, kw_only=True):
    """The structure BotVersionSummary."""

    bot_name: str | None = None
    bot_version: str | None = None
    description: str | None = None
    bot_status: BotStatus | None = None
    creation_date_time: float | None = None


class CreateBotVersionRequest(Shape, frozen=True, kw_only=True):
    """The request of CreateBotVersion."""

    bot_id: Id
    description: Description | None = None
    bot_version_locale_specification: Annotated[
        dict[str, BotVersionLocaleDetails], msgspec.Meta(min_length=1)
    ]


class CreateBotVersionResponse(Shape, frozen=True, kw_only=True):
    """The response of CreateBotVersion."""

    bot_id: str | None = None
    description: str | None = None
    bot_version: str | None = None
    bot_version_locale_specification: dict[str, BotVersionLocaleDetails] | None = None
    bot_status: BotStatus | None = None
    creation_date_time: float | None = None


class DescribeBotVersionRequest(Shape, frozen=True, kw_only=True):
    """The request of DescribeBotVersion."""

    bot_id: Id
    bot_version: NumericalBotVersion


class DescribeBotVersionResponse(Shape, frozen=True, kw_only=True):
    """The response of DescribeBotVersion."""

    bot_id: str | None = None
    bot_name: str | None = None
    bot_version: str | None = None
    description: str | None = None
    role_arn: str | None = None
    data_privacy: DataPrivacy | None = None
    idle_session_ttl_in_seconds: int | None = msgspec.field(
        default=None, name="idleSessionTTLInSeconds"
    )
    bot_status: BotStatus | None = None
    failure_reasons: list[str] | None = None
    creation_date_time: float | None = None
    parent_bot_networks: list[Structure] | None = None
    bot_type: BotType | None = None
    bot_members: list[Structure] | None = None


class DeleteBotVersionRequest(Shape, frozen=True, kw_only=True):
    """The request of DeleteBotVersion."""

    bot_id: Id
    bot_version: NumericalBotVersion
    skip_resource_in_use_check: bool | None = None


class DeleteBotVersionResponse(Shape, frozen=True, kw_only=True):
    """The response of DeleteBotVersion."""

    bot_id: str | None = None
    bot_version: str | None = None
    bot_status: BotStatus | None = None


class ListBotVersionsRequest(Shape, frozen=True, kw_only=True):
    """The request of ListBotVersions."""

    bot_id: Id
    sort_by: BotVersionSortBy | None = None
    max_results: MaxResults | None = None
    next_token: str | None = None


class ListBotVersionsResponse(Shape, frozen=True, kw_only=True):
    """The response of ListBotVersions."""

    bot_id: str | None = None
    bot_version_summaries: list[BotVersionSummary] | None = None
    next_token: str | None = None
