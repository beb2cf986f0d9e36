"""The results of Lex's four operations that list metrics.

What Lex's documents leave open: bins begin at full hours and days of UTC, their keys are seconds
since 1970; ``Max`` of a count is the highest of one conversation; ``Concurrency`` counts
conversations that overlap: ``Max`` is the most at one moment, ``Avg`` over the time of the
conversations, ``Sum`` all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from daehwa import lex
from daehwa.care.analytics.grouping import Groups
from daehwa.care.analytics.lex_pages import cut
from daehwa.care.analytics.lex_rows import MICROS, RowFilter, Rows, SessionRows
from daehwa.care.analytics.turn_log import Ints

_BINS: Final = {"OneHour": 3600, "OneDay": 86400}


class Metric(Protocol):
    """A requested metric."""

    @property
    def name(self) -> str:
        """What is measured."""

    @property
    def statistic(self) -> str:
        """``Sum``, ``Avg`` or ``Max``."""

    @property
    def order(self) -> str | None:
        """``Ascending`` or ``Descending``, where the results are sorted by it."""


class BinBy(Protocol):
    """Requested bins of time."""

    @property
    def name(self) -> str:
        """The moment that decides the bin."""

    @property
    def interval(self) -> str:
        """``OneHour`` or ``OneDay``."""

    @property
    def order(self) -> str | None:
        """``Ascending`` or ``Descending``."""


class GroupBy(Protocol):
    """A requested grouping."""

    @property
    def name(self) -> str:
        """By which attribute."""


class MetricsRequest(Protocol):
    """A request for metrics."""

    @property
    def metrics(self) -> Sequence[Metric]:
        """The requested metrics."""

    @property
    def bin_by(self) -> Sequence[BinBy] | None:
        """At most one."""

    @property
    def group_by(self) -> Sequence[GroupBy] | None:
        """Any number."""

    @property
    def filters(self) -> Sequence[RowFilter] | None:
        """Any number."""

    @property
    def max_results(self) -> int | None:
        """The most results on a page."""

    @property
    def next_token(self) -> str | None:
        """Where the page begins."""


def check_orders(request: MetricsRequest) -> None:
    """Check that only one order is requested.

    Raises:
        lex.ValidationException: there are several.
    """
    orders = [one.order for one in request.metrics] + [one.order for one in request.bin_by or ()]
    if sum(order is not None for order in orders) > 1:
        raise lex.ValidationException(
            "Only one order can be given, in binBy or in one of the metrics."
        )


def results_of(
    rows: Rows, wanted: npt.NDArray[np.bool_], request: MetricsRequest, *, intents: bool = False
) -> tuple[list[dict[str, Any]], str | None]:
    """A page of results of those of the rows that are ``wanted``, and the token of the next.

    ``intents`` adds the last intent of each group.
    """
    places = np.flatnonzero(wanted & rows.kept(request.filters))
    bins = [
        rows.moments(one.name)[places] // (_BINS[one.interval] * MICROS) * _BINS[one.interval]
        for one in request.bin_by or ()
    ]
    attributes = [(one.name, *rows.attribute(one.name)) for one in request.group_by or ()]
    groups = Groups([*bins, *(numbers[places] for _, numbers, _ in attributes)], len(places))
    values = [_values(rows, one, groups, places) for one in request.metrics]
    order = _order(groups, values, request)
    shown, token = cut(order, request.max_results, request.next_token)
    last = _last_intents(rows, groups, places) if intents else None
    results = []
    for group in shown:
        key = groups.keys[group].tolist()
        result: dict[str, Any] = {}
        if request.bin_by:
            result["binKeys"] = [{"name": request.bin_by[0].name, "value": key[0]}]
        if attributes:
            numbered = zip(attributes, key[len(bins) :], strict=True)
            result["groupByKeys"] = [
                {"name": name, "value": texts[number]} for (name, _, texts), number in numbered
            ]
        result["metricsResults"] = [
            {"name": one.name, "statistic": one.statistic, "value": float(each[group])}
            for one, each in zip(request.metrics, values, strict=True)
        ]
        if last is not None and last[group]:
            result["attributeResults"] = [{"lastUsedIntent": last[group]}]
        results.append(result)
    return results, token


def _order(
    groups: Groups, values: list[npt.NDArray[np.float64]], request: MetricsRequest
) -> list[int]:
    """The groups in the requested order: by a metric, or the latest bin first."""
    places = list(range(len(groups)))
    for one, each in zip(request.metrics, values, strict=True):
        if one.order:
            return sorted(places, key=each.__getitem__, reverse=one.order == "Descending")
    if request.bin_by:
        ascending = request.bin_by[0].order == "Ascending"
        return sorted(places, key=lambda group: groups.keys[group, 0], reverse=not ascending)
    return sorted(places, key=values[0].__getitem__, reverse=True)


def _values(rows: Rows, metric: Metric, groups: Groups, places: Ints) -> npt.NDArray[np.float64]:
    if metric.name == "Concurrency" and isinstance(rows, SessionRows):
        return _concurrency(rows, metric.statistic, groups, places)
    counted = rows.metric(metric.name)[places]
    if metric.statistic == "Sum":
        return groups.count(counted)
    if metric.statistic == "Avg":
        return groups.count(counted) / np.maximum(groups.count(), 1)
    if metric.name in rows.peaks:
        return groups.most(counted)
    together = Groups([groups.of_row, rows.conversation[places]], len(places))
    most = np.zeros(len(groups))
    np.maximum.at(most, together.keys[:, 0], together.count(counted))
    return most


def _concurrency(
    rows: SessionRows, statistic: str, groups: Groups, places: Ints
) -> npt.NDArray[np.float64]:
    """How many conversations of a group overlapped."""
    if statistic == "Sum":
        return groups.count()
    begin = rows.log.begun[places]
    end = begin + (rows.duration[places] * MICROS).astype(np.int64)
    values = np.zeros(len(groups))
    for group in range(len(groups)):
        of_group = groups.of_row == group
        if not of_group.any():
            continue
        begins, ends = begin[of_group], end[of_group]
        if statistic == "Avg":
            whole = int(ends.max() - begins.min())
            values[group] = (ends - begins).sum() / whole if whole else len(begins)
            continue
        moments = np.concatenate((begins, ends))
        steps = np.repeat([1, -1], len(begins))
        # One that begins when another ends goes on at once with it.
        order = np.lexsort((-steps, moments))
        values[group] = np.cumsum(steps[order]).max()
    return values


def _last_intents(rows: Rows, groups: Groups, places: Ints) -> list[str | None]:
    """The intent of the latest row of each group."""
    latest = np.full(len(groups), -1, dtype=np.int64)
    order = np.argsort(rows.log.moment[rows.turn[places]], kind="stable")
    latest[groups.of_row[order]] = places[order]
    return [None if one < 0 else rows.log.kind_at(int(rows.turn[one])).intent for one in latest]
