"""The shapes of aliases.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from daehwa.workshop.shape import Shape, Structure
from daehwa.workshop.shapes.scalars import (
    BotAliasId,
    BotAliasStatus,
    BotVersion,
    Description,
    Id,
    MaxResults,
    Name,
    NumericalBotVersion,
    TagKey,
    TagValue,
)


class BotAliasHistoryEvent(Shape, frozen=True, kw_only=True):
    """The structure BotAliasHistoryEvent."""

    bot_version: str | None = None
    start_date: float | None = None
    end_date: float | None = None


class BotAliasSummary(Shape, frozen=True, kw_only=True):
    """The structure BotAliasSummary."""

    bot_alias_id: str | None = None
    bot_alias_name: str | None = None
    description: str | None = None
    bot_version: str | None = None
    bot_alias_status: BotAliasStatus | None = None
    creation_date_time: float | None = None
    last_updated_date_time: float | None = None


class CreateBotAliasRequest(Shape, frozen=True, kw_only=True):
    """The request of CreateBotAlias."""

    bot_alias_name: Name
    description: Description | None = None
    bot_version: NumericalBotVersion | None = None
    bot_alias_locale_settings: (
        Annotated[
            dict[
                str,
                Annotated[
                    Structure, msgspec.Meta(extra={"part": "setting_parts.BotAliasLocaleSettings"})
                ],
            ],
            msgspec.Meta(min_length=1),
        ]
        | None
    ) = None
    conversation_log_settings: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.ConversationLogSettings"})]
        | None
    ) = None
    sentiment_analysis_settings: (
        Annotated[
            Structure, msgspec.Meta(extra={"part": "setting_parts.SentimentAnalysisSettings"})
        ]
        | None
    ) = None
    bot_id: Id
    tags: Annotated[dict[TagKey, TagValue], msgspec.Meta(min_length=0, max_length=200)] | None = (
        None
    )


class CreateBotAliasResponse(Shape, frozen=True, kw_only=True):
    """The response of CreateBotAlias."""

    bot_alias_id: str | None = None
    bot_alias_name: str | None = None
    description: str | None = None
    bot_version: str | None = None
    bot_alias_locale_settings: dict[str, Structure] | None = None
    conversation_log_settings: Structure | None = None
    sentiment_analysis_settings: Structure | None = None
    bot_alias_status: BotAliasStatus | None = None
    bot_id: str | None = None
    creation_date_time: float | None = None
    tags: dict[str, str] | None = None


class DescribeBotAliasRequest(Shape, frozen=True, kw_only=True):
    """The request of DescribeBotAlias."""

    bot_alias_id: BotAliasId
    bot_id: Id


class DescribeBotAliasResponse(Shape, frozen=True, kw_only=True):
    """The response of DescribeBotAlias."""

    bot_alias_id: str | None = None
    bot_alias_name: str | None = None
    description: str | None = None
    bot_version: str | None = None
    bot_alias_locale_settings: dict[str, Structure] | None = None
    conversation_log_settings: Structure | None = None
    sentiment_analysis_settings: Structure | None = None
    bot_alias_history_events: list[BotAliasHistoryEvent] | None = None
    bot_alias_status: BotAliasStatus | None = None
    bot_id: str | None = None
    creation_date_time: float | None = None
    last_updated_date_time: float | None = None
    parent_bot_networks: list[Structure] | None = None


class UpdateBotAliasRequest(Shape, frozen=True, kw_only=True):
    """The request of UpdateBotAlias."""

    bot_alias_id: BotAliasId
    bot_alias_name: Name
    description: Description | None = None
    bot_version: BotVersion | None = None
    bot_alias_locale_settings: (
        Annotated[
            dict[
                str,
                Annotated[
                    Structure, msgspec.Meta(extra={"part": "setting_parts.BotAliasLocaleSettings"})
                ],
            ],
            msgspec.Meta(min_length=1),
        ]
        | None
    ) = None
    conversation_log_settings: (
        Annotated[Structure, msgspec.Meta(extra={"part": "setting_parts.ConversationLogSettings"})]
        | None
    ) = None
    sentiment_analysis_settings: (
        Annotated[
            Structure, msgspec.Meta(extra={"part": "setting_parts.SentimentAnalysisSettings"})
        ]
        | None
    ) = None
    bot_id: Id


class UpdateBotAliasResponse(Shape, frozen=True, kw_only=True):
    """The response of UpdateBotAlias."""

    bot_alias_id: str | None = None
    bot_alias_name: str | None = None
    description: str | None = None
    bot_version: str | None = None
    bot_alias_locale_settings: dict[str, Structure] | None = None
    conversation_log_settings: Structure | None = None
    sentiment_analysis_settings: Structure | None = None
    bot_alias_status: BotAliasStatus | None = None
    bot_id: str | None = None
    creation_date_time: float | None = None
    last_updated_date_time: float | None = None


class DeleteBotAliasRequest(Shape, frozen=True, kw_only=True):
    """The request of DeleteBotAlias."""

    bot_alias_id: BotAliasId
    bot_id: Id
    skip_resource_in_use_check: bool | None = None


class DeleteBotAliasResponse(Shape, frozen=True, kw_only=True):
    """The response of DeleteBotAlias."""

    bot_alias_id: str | None = None
    bot_id: str | None = None
    bot_alias_status: BotAliasStatus | None = None


class ListBotAliasesRequest(Shape, frozen=True, kw_only=True):
    """The request of ListBotAliases."""

    bot_id: Id
    max_results: MaxResults | None = None
    next_token: str | None = None


class ListBotAliasesResponse(Shape, frozen=True, kw_only=True):
    """The response of ListBotAliases."""

    bot_alias_summaries: list[BotAliasSummary] | None = None
    next_token: str | None = None
    bot_id: str | None = None
