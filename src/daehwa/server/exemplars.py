"""Exemplars: for each bucket of a histogram, the trace of one request that fell into it.

Kept here and not by prometheus-client, which has none where several workers write to files.
Each worker knows its own; whichever is read shows those.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from prometheus_client import CollectorRegistry
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from prometheus_client.samples import Exemplar, Sample
from prometheus_client.utils import INF, floatToGoString

_Bucket = tuple[str, frozenset[tuple[str, str]]]


class Exemplars:
    """The last traced request of each bucket."""

    def __init__(self) -> None:
        self._last: dict[_Bucket, Exemplar] = {}

    def note(
        self,
        name: str,
        labels: Mapping[str, str],
        buckets: tuple[float, ...],
        seconds: float,
        trace: str,
    ) -> None:
        """Note that a request of ``trace`` was observed with ``seconds`` in a histogram."""
        place = bisect_left(buckets, seconds)
        bound = buckets[place] if place < len(buckets) else INF
        le: str = floatToGoString(bound)  # type: ignore[no-untyped-call]
        key = (f"{name}_bucket", frozenset({**labels, "le": le}.items()))
        self._last[key] = Exemplar({"trace_id": trace}, seconds, time.time())

    def over(self, registry: CollectorRegistry) -> CollectorRegistry:
        """What a registry collects, with the exemplars."""
        if not self._last:
            return registry
        together = CollectorRegistry()
        together.register(_WithExemplars(registry, self._last))
        return together


class _WithExemplars(Collector):
    def __init__(self, registry: CollectorRegistry, exemplars: Mapping[_Bucket, Exemplar]) -> None:
        self._registry = registry
        self._exemplars = exemplars

    def describe(self) -> Iterable[Metric]:
        return ()

    def collect(self) -> Iterator[Metric]:
        for metric in self._registry.collect():
            if metric.type == "histogram":
                metric.samples = [self._shown(sample) for sample in metric.samples]
            yield metric

    def _shown(self, sample: Sample) -> Sample:
        if not sample.name.endswith("_bucket"):
            return sample
        exemplar = self._exemplars.get((sample.name, frozenset(sample.labels.items())))
        return sample if exemplar is None else sample._replace(exemplar=exemplar)
