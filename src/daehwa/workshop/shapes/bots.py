"""The shapes of bots.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from daehwa.workshop.shape import Shape, Structure
from daehwa.workshop.shapes.scalars import (
    BotFilterName,
    BotFilterOperator,
    BotSortAttribute,
    BotStatus,
    BotType,
    Description,
    FilterValue,
    Id,
    MaxResults,
    Name,
    RoleArn,
    SessionTTL,
    SortOrder,
    TagKey,
    TagValue,
)
from daehwa.workshop.shapes.structures import (
    DataPrivacy,
)


class BotFilter(Shape, frozen=True, kw_only=True):
    """The structure BotFilter."""

    name: BotFilterName
    values: Annotated[list[FilterValue], msgspec.Meta(min_length=1, max_length=1)]
    operator: BotFilterOperator


class BotSortBy(Shape, frozen=True, kw_only=True):
    """The structure BotSortBy."""

    attribute: BotSortAttribute
    order: SortOrder


class BotSummary(Shape, frozen=True, kw_only=True):
    """The structure BotSummary."""

    bot_id: str | None = None
    bot_name: str | None = None
    description: str | None = None
    bot_status: BotStatus | None = None
    latest_bot_version: str | None = None
    last_updated_date_time: float | None = None
    bot_type: BotType | None = None


class CreateBotRequest(Shape, frozen=True, kw_only=True):
    """The request of CreateBot."""

    bot_name: Name
    description: Description | None = None
    role_arn: RoleArn
    data_privacy: DataPrivacy
    idle_session_ttl_in_seconds: SessionTTL = msgspec.field(name="idleSessionTTLInSeconds")
    bot_tags: (
        Annotated[dict[TagKey, TagValue], msgspec.Meta(min_length=0, max_length=200)] | None
    ) = None
    test_bot_alias_tags: (
        Annotated[dict[TagKey, TagValue], msgspec.Meta(min_length=0, max_length=200)] | None
    ) = None
    bot_type: BotType | None = None
    bot_members: (
        Annotated[
            list[Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.BotMember"})]],
            msgspec.Meta(min_length=0, max_length=10),
        ]
        | None
    ) = None
    error_log_settings: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.ErrorLogSettings"})] | None
    ) = None


class CreateBotResponse(Shape, frozen=True, kw_only=True):
    """The response of CreateBot."""

    bot_id: str | None = None
    bot_name: str | None = None
    description: str | None = None
    role_arn: str | None = None
    data_privacy: DataPrivacy | None = None
    idle_session_ttl_in_seconds: int | None = msgspec.field(
        default=None, name="idleSessionTTLInSeconds"
    )
    bot_status: BotStatus | None = None
    creation_date_time: float | None = None
    bot_tags: dict[str, str] | None = None
    test_bot_alias_tags: dict[str, str] | None = None
    bot_type: BotType | None = None
    bot_members: list[Structure] | None = None
    error_log_settings: Structure | None = None


class DescribeBotRequest(Shape, frozen=True, kw_only=True):
    """The request of DescribeBot."""

    bot_id: Id


class DescribeBotResponse(Shape, frozen=True, kw_only=True):
    """The response of DescribeBot."""

    bot_id: str | None = None
    bot_name: str | None = None
    description: str | None = None
    role_arn: str | None = None
    data_privacy: DataPrivacy | None = None
    idle_session_ttl_in_seconds: int | None = msgspec.field(
        default=None, name="idleSessionTTLInSeconds"
    )
    bot_status: BotStatus | None = None
    creation_date_time: float | None = None
    last_updated_date_time: float | None = None
    bot_type: BotType | None = None
    bot_members: list[Structure] | None = None
    failure_reasons: list[str] | None = None
    error_log_settings: Structure | None = None


class UpdateBotRequest(Shape, frozen=True, kw_only=True):
    """The request of UpdateBot."""

    bot_id: Id
    bot_name: Name
    description: Description | None = None
    role_arn: RoleArn
    data_privacy: DataPrivacy
    idle_session_ttl_in_seconds: SessionTTL = msgspec.field(name="idleSessionTTLInSeconds")
    bot_type: BotType | None = None
    bot_members: (
        Annotated[
            list[Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.BotMember"})]],
            msgspec.Meta(min_length=0, max_length=10),
        ]
        | None
    ) = None
    error_log_settings: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.ErrorLogSettings"})] | None
    ) = None


class UpdateBotResponse(Shape, frozen=True, kw_only=True):
    """The response of UpdateBot."""

    bot_id: str | None = None
    bot_name: str | None = None
    description: str | None = None
    role_arn: str | None = None
    data_privacy: DataPrivacy | None = None
    idle_session_ttl_in_seconds: int | None = msgspec.field(
        default=None, name="idleSessionTTLInSeconds"
    )
    bot_status: BotStatus | None = None
    creation_date_time: float | None = None
    last_updated_date_time: float | None = None
    bot_type: BotType | None = None
    bot_members: list[Structure] | None = None
    error_log_settings: Structure | None = None


class DeleteBotRequest(Shape, frozen=True, kw_only=True):
    """The request of DeleteBot."""

    bot_id: Id
    skip_resource_in_use_check: bool | None = None


class DeleteBotResponse(Shape, frozen=True, kw_only=True):
    """The response of DeleteBot."""

    bot_id: str | None = None
    bot_status: BotStatus | None = None


class ListBotsRequest(Shape, frozen=True, kw_only=True):
    """The request of ListBots."""

    sort_by: BotSortBy | None = None
    filters: Annotated[list[BotFilter], msgspec.Meta(min_length=1, max_length=2)] | None = None
    max_results: MaxResults | None = None
    next_token: str | None = None


class ListBotsResponse(Shape, frozen=True, kw_only=True):
    """The response of ListBots."""

    bot_summaries: list[BotSummary] | None = None
    next_token: str | None = None
