"""The shapes of analytics.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from daehwa.workshop.shape import Shape, Structure
from daehwa.workshop.shapes.scalars import (
    AggregatedUtterancesFilterName,
    AggregatedUtterancesFilterOperator,
    AggregatedUtterancesSortAttribute,
    AnalyticsBinByName,
    AnalyticsCommonFilterName,
    AnalyticsFilterOperator,
    AnalyticsIntentField,
    AnalyticsIntentFilterName,
    AnalyticsIntentMetricName,
    AnalyticsIntentStageField,
    AnalyticsIntentStageFilterName,
    AnalyticsIntentStageMetricName,
    AnalyticsInterval,
    AnalyticsMetricStatistic,
    AnalyticsNodeType,
    AnalyticsPath,
    AnalyticsSessionField,
    AnalyticsSessionFilterName,
    AnalyticsSessionMetricName,
    AnalyticsSessionSortByName,
    AnalyticsSortOrder,
    AnalyticsUtteranceAttributeName,
    AnalyticsUtteranceField,
    AnalyticsUtteranceFilterName,
    AnalyticsUtteranceMetricName,
    AnalyticsUtteranceSortByName,
    BotAliasId,
    BotVersion,
    FilterValue,
    Id,
    MaxResults,
    SessionId,
    SortOrder,
    TimeDimension,
    TimeValue,
)


class AggregatedUtterancesFilter(Shape, frozen=True, kw_only=True):
    """The structure AggregatedUtterancesFilter."""

    name: AggregatedUtterancesFilterName
    values: Annotated[list[FilterValue], msgspec.Meta(min_length=1, max_length=1)]
    operator: AggregatedUtterancesFilterOperator


class AggregatedUtterancesSortBy(Shape, frozen=True, kw_only=True):
    """The structure AggregatedUtterancesSortBy."""

    attribute: AggregatedUtterancesSortAttribute
    order: SortOrder


class AggregatedUtterancesSummary(Shape, frozen=True, kw_only=True):
    """The structure AggregatedUtterancesSummary."""

    utterance: str | None = None
    hit_count: int | None = None
    missed_count: int | None = None
    utterance_first_recorded_in_aggregation_duration: float | None = None
    utterance_last_recorded_in_aggregation_duration: float | None = None
    contains_data_from_deleted_resources: bool | None = None


class AnalyticsBinBySpecification(Shape, frozen=True, kw_only=True):
    """The structure AnalyticsBinBySpecification."""

    name: AnalyticsBinByName
    interval: AnalyticsInterval
    order: AnalyticsSortOrder | None = None


class AnalyticsIntentFilter(Shape, frozen=True, kw_only=True):
    """The structure AnalyticsIntentFilter."""

    name: AnalyticsIntentFilterName
    operator: AnalyticsFilterOperator
    values: Annotated[list[str], msgspec.Meta(min_length=1, max_length=5)]


class AnalyticsIntentGroupBySpecification(Shape, frozen=True, kw_only=True):
    """The structure AnalyticsIntentGroupBySpecification."""

    name: AnalyticsIntentField


class AnalyticsIntentMetric(Shape, frozen=True, kw_only=True):
    """The structure AnalyticsIntentMetric."""

    name: AnalyticsIntentMetricName
    statistic: AnalyticsMetricStatistic
    order: AnalyticsSortOrder | None = None


class AnalyticsIntentNodeSummary(Shape, frozen=True, kw_only=True):
    """The structure AnalyticsIntentNodeSummary."""

    intent_name: str | None = None
    intent_path: str | None = None
    intent_count: int | None = None
    intent_level: int | None = None
    node_type: AnalyticsNodeType | None = None


class AnalyticsIntentStageFilter(Shape, frozen=True, kw_only=True):
    """The structure AnalyticsIntentStageFilter."""

    name: AnalyticsIntentStageFilterName
    operator: AnalyticsFilterOperator
    values: Annotated[list[str], msgspec.Meta(min_length=1, max_length=5)]


class AnalyticsIntentStageGroupBySpecification(Shape, frozen=True, kw_only=True):
    """The structure AnalyticsIntentStageGroupBySpecification."""

    name: AnalyticsIntentStageField


class AnalyticsIntentStageMetric(Shape, frozen=True, kw_only=True):
    """The structure AnalyticsIntentStageMetric."""

    name: AnalyticsIntentStageMetricName
    statistic: AnalyticsMetricStatistic
    order: AnalyticsSortOrder | None = None


class AnalyticsPathFilter(Shape, frozen=True, kw_only=True):
    """The structure AnalyticsPathFilter."""

    name: AnalyticsCommonFilterName
    operator: AnalyticsFilterOperator
    values: Annotated[list[str], msgspec.Meta(min_length=1, max_length=5)]


class AnalyticsSessionFilter(Shape, frozen=True, kw_only=True):
    """The structure AnalyticsSessionFilter."""

    name: AnalyticsSessionFilterName
    operator: AnalyticsFilterOperator
    values: Annotated[list[str], msgspec.Meta(min_length=1, max_length=5)]


class AnalyticsSessionGroupBySpecification(Shape, frozen=True, kw_only=True):
    """The structure AnalyticsSessionGroupBySpecification."""

    name: AnalyticsSessionField


class AnalyticsSessionMetric(Shape, frozen=True, kw_only=True):
    """The structure AnalyticsSessionMetric."""

    name: AnalyticsSessionMetricName
    statistic: AnalyticsMetricStatistic
    order: AnalyticsSortOrder | None = None


class AnalyticsUtteranceAttribute(Shape, frozen=True, kw_only=True):
    """The structure AnalyticsUtteranceAttribute."""

    name: AnalyticsUtteranceAttributeName


class AnalyticsUtteranceFilter(Shape, frozen=True, kw_only=True):
    """The structure AnalyticsUtteranceFilter."""

    name: AnalyticsUtteranceFilterName
    operator: AnalyticsFilterOperator
    values: Annotated[list[str], msgspec.Meta(min_length=1, max_length=5)]


class AnalyticsUtteranceGroupBySpecification(Shape, frozen=True, kw_only=True):
    """The structure AnalyticsUtteranceGroupBySpecification."""

    name: AnalyticsUtteranceField


class AnalyticsUtteranceMetric(Shape, frozen=True, kw_only=True):
    """The structure AnalyticsUtteranceMetric."""

    name: AnalyticsUtteranceMetricName
    statistic: AnalyticsMetricStatistic
    order: AnalyticsSortOrder | None = None


class RelativeAggregationDuration(Shape, frozen=True, kw_only=True):
    """The structure RelativeAggregationDuration."""

    time_dimension: TimeDimension
    time_value: TimeValue


class SessionDataSortBy(Shape, frozen=True, kw_only=True):
    """The structure SessionDataSortBy."""

    name: AnalyticsSessionSortByName
    order: AnalyticsSortOrder


class UtteranceAggregationDuration(Shape, frozen=True, kw_only=True):
    """The structure UtteranceAggregationDuration."""

    relative_aggregation_duration: RelativeAggregationDuration


class UtteranceDataSortBy(Shape, frozen=True, kw_only=True):
    """The structure UtteranceDataSortBy."""

    name: AnalyticsUtteranceSortByName
    order: AnalyticsSortOrder


class ListSessionMetricsRequest(Shape, frozen=True, kw_only=True):
    """The request of ListSessionMetrics."""

    bot_id: Id
    start_date_time: float
    end_date_time: float
    metrics: Annotated[list[AnalyticsSessionMetric], msgspec.Meta(min_length=1, max_length=7)]
    bin_by: (
        Annotated[list[AnalyticsBinBySpecification], msgspec.Meta(min_length=1, max_length=1)]
        | None
    ) = None
    group_by: (
        Annotated[
            list[AnalyticsSessionGroupBySpecification], msgspec.Meta(min_length=1, max_length=2)
        ]
        | None
    ) = None
    filters: (
        Annotated[list[AnalyticsSessionFilter], msgspec.Meta(min_length=1, max_length=10)] | None
    ) = None
    max_results: MaxResults | None = None
    next_token: str | None = None


class ListSessionMetricsResponse(Shape, frozen=True, kw_only=True):
    """The response of ListSessionMetrics."""

    bot_id: str | None = None
    results: list[Structure] | None = None
    next_token: str | None = None


class ListIntentMetricsRequest(Shape, frozen=True, kw_only=True):
    """The request of ListIntentMetrics."""

    bot_id: Id
    start_date_time: float
    end_date_time: float
    metrics: Annotated[list[AnalyticsIntentMetric], msgspec.Meta(min_length=1, max_length=5)]
    bin_by: (
        Annotated[list[AnalyticsBinBySpecification], msgspec.Meta(min_length=1, max_length=1)]
        | None
    ) = None
    group_by: (
        Annotated[
            list[AnalyticsIntentGroupBySpecification], msgspec.Meta(min_length=1, max_length=3)
        ]
        | None
    ) = None
    filters: (
        Annotated[list[AnalyticsIntentFilter], msgspec.Meta(min_length=1, max_length=9)] | None
    ) = None
    max_results: MaxResults | None = None
    next_token: str | None = None


class ListIntentMetricsResponse(Shape, frozen=True, kw_only=True):
    """The response of ListIntentMetrics."""

    bot_id: str | None = None
    results: list[Structure] | None = None
    next_token: str | None = None


class ListIntentStageMetricsRequest(Shape, frozen=True, kw_only=True):
    """The request of ListIntentStageMetrics."""

    bot_id: Id
    start_date_time: float
    end_date_time: float
    metrics: Annotated[list[AnalyticsIntentStageMetric], msgspec.Meta(min_length=1, max_length=5)]
    bin_by: (
        Annotated[list[AnalyticsBinBySpecification], msgspec.Meta(min_length=1, max_length=1)]
        | None
    ) = None
    group_by: (
        Annotated[
            list[AnalyticsIntentStageGroupBySpecification], msgspec.Meta(min_length=1, max_length=2)
        ]
        | None
    ) = None
    filters: (
        Annotated[list[AnalyticsIntentStageFilter], msgspec.Meta(min_length=1, max_length=9)] | None
    ) = None
    max_results: MaxResults | None = None
    next_token: str | None = None


class ListIntentStageMetricsResponse(Shape, frozen=True, kw_only=True):
    """The response of ListIntentStageMetrics."""

    bot_id: str | None = None
    results: list[Structure] | None = None
    next_token: str | None = None


class ListUtteranceMetricsRequest(Shape, frozen=True, kw_only=True):
    """The request of ListUtteranceMetrics."""

    bot_id: Id
    start_date_time: float
    end_date_time: float
    metrics: Annotated[list[AnalyticsUtteranceMetric], msgspec.Meta(min_length=1, max_length=4)]
    bin_by: (
        Annotated[list[AnalyticsBinBySpecification], msgspec.Meta(min_length=1, max_length=1)]
        | None
    ) = None
    group_by: (
        Annotated[
            list[AnalyticsUtteranceGroupBySpecification], msgspec.Meta(min_length=1, max_length=2)
        ]
        | None
    ) = None
    attributes: (
        Annotated[list[AnalyticsUtteranceAttribute], msgspec.Meta(min_length=1, max_length=1)]
        | None
    ) = None
    filters: (
        Annotated[list[AnalyticsUtteranceFilter], msgspec.Meta(min_length=1, max_length=9)] | None
    ) = None
    max_results: MaxResults | None = None
    next_token: str | None = None


class ListUtteranceMetricsResponse(Shape, frozen=True, kw_only=True):
    """The response of ListUtteranceMetrics."""

    bot_id: str | None = None
    results: list[Structure] | None = None
    next_token: str | None = None


class ListIntentPathsRequest(Shape, frozen=True, kw_only=True):
    """The request of ListIntentPaths."""

    bot_id: Id
    start_date_time: float
    end_date_time: float
    intent_path: AnalyticsPath
    filters: (
        Annotated[list[AnalyticsPathFilter], msgspec.Meta(min_length=1, max_length=5)] | None
    ) = None


class ListIntentPathsResponse(Shape, frozen=True, kw_only=True):
    """The response of ListIntentPaths."""

    node_summaries: list[AnalyticsIntentNodeSummary] | None = None


class ListSessionAnalyticsDataRequest(Shape, frozen=True, kw_only=True):
    """The request of ListSessionAnalyticsData."""

    bot_id: Id
    start_date_time: float
    end_date_time: float
    sort_by: SessionDataSortBy | None = None
    filters: (
        Annotated[list[AnalyticsSessionFilter], msgspec.Meta(min_length=1, max_length=10)] | None
    ) = None
    max_results: MaxResults | None = None
    next_token: str | None = None


class ListSessionAnalyticsDataResponse(Shape, frozen=True, kw_only=True):
    """The response of ListSessionAnalyticsData."""

    bot_id: str | None = None
    next_token: str | None = None
    sessions: list[Structure] | None = None


class ListUtteranceAnalyticsDataRequest(Shape, frozen=True, kw_only=True):
    """The request of ListUtteranceAnalyticsData."""

    bot_id: Id
    start_date_time: float
    end_date_time: float
    sort_by: UtteranceDataSortBy | None = None
    filters: (
        Annotated[list[AnalyticsUtteranceFilter], msgspec.Meta(min_length=1, max_length=9)] | None
    ) = None
    max_results: MaxResults | None = None
    next_token: str | None = None


class ListUtteranceAnalyticsDataResponse(Shape, frozen=True, kw_only=True):
    """The response of ListUtteranceAnalyticsData."""

    bot_id: str | None = None
    next_token: str | None = None
    utterances: list[Structure] | None = None


class ListAggregatedUtterancesRequest(Shape, frozen=True, kw_only=True):
    """The request of ListAggregatedUtterances."""

    bot_id: Id
    bot_alias_id: BotAliasId | None = None
    bot_version: BotVersion | None = None
    locale_id: str
    aggregation_duration: UtteranceAggregationDuration
    sort_by: AggregatedUtterancesSortBy | None = None
    filters: (
        Annotated[list[AggregatedUtterancesFilter], msgspec.Meta(min_length=1, max_length=1)] | None
    ) = None
    max_results: MaxResults | None = None
    next_token: str | None = None


class ListAggregatedUtterancesResponse(Shape, frozen=True, kw_only=True):
    """The response of ListAggregatedUtterances."""

    bot_id: str | None = None
    bot_alias_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    aggregation_duration: UtteranceAggregationDuration | None = None
    aggregation_window_start_time: float | None = None
    aggregation_window_end_time: float | None = None
    aggregation_last_refreshed_date_time: float | None = None
    aggregated_utterances_summaries: list[AggregatedUtterancesSummary] | None = None
    next_token: str | None = None


class DeleteUtterancesRequest(Shape, frozen=True, kw_only=True):
    """The request of DeleteUtterances."""

    bot_id: Id
    locale_id: str | None = None
    session_id: SessionId | None = None


class DeleteUtterancesResponse(Shape, frozen=True, kw_only=True):
    """The response of DeleteUtterances."""
