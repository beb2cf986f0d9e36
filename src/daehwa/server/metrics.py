"""What Prometheus reads at ``/metrics``.

With several workers each writes to files in ``PROMETHEUS_MULTIPROC_DIR`` (``serve`` makes
one), and whichever worker is read answers for all of them. No label holds a text, a
session or a key.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Mapping
from time import monotonic

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from daehwa.answers import Usage
from daehwa.chat import ChatReply
from daehwa.conversation import Address, Recognition
from daehwa.server.exchange import Exchange

__all__ = ["CONTENT_TYPE_LATEST", "Metrics", "mark_process_dead"]

# A session counts as active for as long as Lex keeps an idle one by default.
ACTIVE_SECONDS = 300.0

# From a sample's own words (under a millisecond) to a model's deadline (25 s).
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 60)


class Metrics:
    """The counters of one process; a registry of its own, so that tests do not share.

    ``hook_load`` gives how many calls of hooks run for each bot, and how many of them hang,
    ``answer_usage`` what language models counted so far, by model.
    """

    def __init__(
        self,
        hook_load: Callable[[], Mapping[str, tuple[int, int]]] = dict,
        answer_usage: Callable[[], Mapping[str, Usage]] = dict,
    ) -> None:
        self._hook_load = hook_load
        self._answer_usage = answer_usage
        self._usage_shown: dict[str, Usage] = {}
        self._shared = "PROMETHEUS_MULTIPROC_DIR" in os.environ
        self._registry = CollectorRegistry()
        self._requests = Histogram(
            "daehwa_request_seconds",
            "Time to answer a request, by route and HTTP status.",
            ("route", "status"),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._turns = Counter(
            "daehwa_turns",
            "Turns taken: by channel, by whose words the reply is made of, and how it ended.",
            ("channel", "source", "outcome"),
            registry=self._registry,
        )
        self._answer_errors = Counter(
            "daehwa_answer_errors",
            "Answers that a model or a document search failed to give, by the error's code.",
            ("code",),
            registry=self._registry,
        )
        self._tokens = Counter(
            "daehwa_answer_tokens",
            "Tokens that language models counted: by model, and input or output.",
            ("model", "kind"),
            registry=self._registry,
        )
        self._cost = Counter(
            "daehwa_answer_cost",
            "What answers cost by the configured prices, by model.",
            ("model",),
            registry=self._registry,
        )
        self._active = Gauge(
            "daehwa_sessions_active",
            "Sessions that took a turn in the last five minutes.",
            registry=self._registry,
            multiprocess_mode="livesum",
        )
        self._hook_calls = Gauge(
            "daehwa_hook_calls",
            "Calls of code hooks in threads: running, and of those past their time (hanging).",
            ("bot", "state"),
            registry=self._registry,
            multiprocess_mode="livesum",
        )
        self._hook_bots: set[str] = set()
        self._requests_by: dict[tuple[str, int], Histogram] = {}
        self._turns_by: dict[tuple[str, str, str], Counter] = {}
        self._seen: OrderedDict[object, float] = OrderedDict()

    def request(self, exchange: Exchange) -> None:
        """Count a request that was answered."""
        key = (exchange.route, exchange.status)
        child = self._requests_by.get(key)
        if child is None:
            # Looking a label up costs more than observing: children are kept.
            child = self._requests_by[key] = self._requests.labels(*key)
        child.observe(exchange.seconds)
        # With each request, since another worker may be the one that is asked for metrics.
        self._show_hooks()
        self._show_usage()

    def turn(self, channel: str, source: str, outcome: str, session: object) -> None:
        """Count a turn that was taken; ``session`` identifies the session."""
        key = (channel, source, outcome)
        child = self._turns_by.get(key)
        if child is None:
            child = self._turns_by[key] = self._turns.labels(*key)
        child.inc()
        self._seen[session] = monotonic()
        self._seen.move_to_end(session)
        self._forget()

    def recognition(self, channel: str, address: Address, recognition: Recognition) -> None:
        """Count a turn of the Lex API."""
        top = recognition.interpretations[:1]
        # Of all intents only the FallbackIntent has no confidence.
        fallen = bool(top) and top[0].nlu_confidence is None
        marks = recognition.request_attributes or {}
        error = marks.get("daehwa:error")
        outcome = (
            "failed" if error else "incomplete" if "daehwa:incomplete" in marks else "answered"
        )
        self.turn(channel, "fallback" if fallen else "intent", outcome, address)
        if error:
            self.answer_error(error)

    def reply(self, channel: str, reply: ChatReply) -> None:
        """Count a turn of the chat channel."""
        outcome = "failed" if reply.error else "incomplete" if reply.incomplete else "answered"
        self.turn(channel, reply.source, outcome, (reply.bot_id, reply.session_id))
        if reply.error is not None:
            self.answer_error(reply.error.code)

    def _show_hooks(self) -> None:
        load = self._hook_load()
        self._hook_bots |= load.keys()
        for bot in self._hook_bots:
            running, hanging = load.get(bot, (0, 0))
            self._hook_calls.labels(bot, "running").set(running)
            self._hook_calls.labels(bot, "hanging").set(hanging)

    def _show_usage(self) -> None:
        for model, usage in self._answer_usage().items():
            shown = self._usage_shown.get(model, Usage())
            if usage == shown:
                continue
            self._usage_shown[model] = usage
            self._tokens.labels(model, "input").inc(usage.input_tokens - shown.input_tokens)
            self._tokens.labels(model, "output").inc(usage.output_tokens - shown.output_tokens)
            if usage.cost is not None:
                self._cost.labels(model).inc(usage.cost - (shown.cost or 0.0))

    def answer_error(self, code: str) -> None:
        """Count an answer that was not given."""
        self._answer_errors.labels(code).inc()

    def exposition(self) -> bytes:
        """All metrics in Prometheus's text format."""
        self._forget()
        self._show_hooks()
        self._show_usage()
        if not self._shared:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)

    def _forget(self) -> None:
        long_ago = monotonic() - ACTIVE_SECONDS
        while self._seen and next(iter(self._seen.values())) < long_ago:
            self._seen.popitem(last=False)
        self._active.set(len(self._seen))
