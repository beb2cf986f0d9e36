"""What Prometheus reads at ``/metrics``.

With several workers each writes to files in ``PROMETHEUS_MULTIPROC_DIR`` (``serve`` makes
one), and whichever worker is read answers for all of them. No label holds a text, a
session or a key.
"""

from __future__ import annotations

import asyncio
import os
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import cache
from time import monotonic
from typing import Any, Literal

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.values import MultiProcessValue

from daehwa import limits
from daehwa.answers import Usage
from daehwa.chat import ChatReply
from daehwa.conversation import Address, Recognition
from daehwa.server.exemplars import Exemplars
from daehwa.server.http_exchange import HttpExchange
from daehwa.server.metric_files import reserve_blocks
from daehwa.tracing import StepKind

reserve_blocks()

__all__ = ["Metrics", "count_replaced_worker", "mark_process_dead"]

# A session counts as active for as long as Lex keeps an idle one by default.
ACTIVE_SECONDS = 300.0

# How late other workers may see how much a worker has in progress.
_SHOW_SECONDS = 0.2

# From a sample's own words (under a millisecond) to a model's deadline (25 s).
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 60)
# A store on this machine answers in a tenth of a millisecond, and gives up after four seconds.
_STORE_BUCKETS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 2, 5)
# From a cache near by to the longest answer that is watched as it comes (150 s).
_MODEL_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 25, 60, 150)

_SECONDS: dict[StepKind, tuple[str, str, tuple[str, ...], tuple[float, ...]]] = {
    "turn": ("daehwa_turn_seconds", "Time to take a turn, queueing included.", ("bot",), _BUCKETS),
    "understand": ("daehwa_understanding_seconds", "Time to understand a text.", (), _BUCKETS),
    "hook": ("daehwa_hook_seconds", "Time that a code hook takes.", ("bot",), _BUCKETS),
    "store": (
        "daehwa_store_seconds",
        "Time that a call of the session store takes.",
        ("system", "operation"),
        _STORE_BUCKETS,
    ),
    "model": (
        "daehwa_model_seconds",
        "Time that a request to a language model takes, to the end of its answer.",
        ("model", "operation"),
        _MODEL_BUCKETS,
    ),
}
"""Which steps are measured: name, help, labels (an outcome comes last), buckets in seconds."""


def count_replaced_worker(reason: Literal["died", "frozen"]) -> None:
    """Count a worker that was replaced, in the folder that all workers share.

    Their parent has no registry: it writes this one value as a worker would.
    """
    name = "daehwa_workers_replaced"
    about = "Workers that were replaced: they died, or stopped responding (frozen)."
    _replaced_workers()("counter", name, f"{name}_total", ("reason",), (reason,), about).inc(1)


@cache
def _replaced_workers() -> Any:
    # When this module was imported the parent had no such folder yet.
    return MultiProcessValue()  # type: ignore[no-untyped-call]


class Metrics:
    """The counters of one process; a registry of its own, so that tests do not share.

    ``hook_load`` gives how many calls of hooks run for each bot, and how many of them hang;
    ``limiter`` what was refused, ``understanding_load`` how many texts took too long and how
    many threads hang on them; ``answer_usage`` what language models counted so far, by model.
    """

    def __init__(
        self,
        hook_load: Callable[[], Mapping[str, tuple[int, int]]] = dict,
        limiter: limits.Limiter | None = None,
        understanding_load: Callable[[], tuple[int, int]] = lambda: (0, 0),
        answer_usage: Callable[[], Mapping[str, Usage]] = dict,
    ) -> None:
        self._hook_load = hook_load
        self._limiter = limits.Limiter() if limiter is None else limiter
        self._understanding_load = understanding_load
        self._answer_usage = answer_usage
        self._shared = "PROMETHEUS_MULTIPROC_DIR" in os.environ
        self._registry = CollectorRegistry()
        self._exemplars = Exemplars()
        self._define_requests()
        self._define_turns()
        self._define_models()
        self._define_load()
        # What was shown so far of what others count.
        self._usage_shown: dict[str, Usage] = {}
        self._timeouts_shown = 0
        self._refusals_shown: dict[str, int] = {}
        self._hook_bots: set[str] = set()
        self._flying = 0
        self._showing: asyncio.TimerHandle | None = None
        self._requests_by: dict[tuple[str, int], Histogram] = {}
        self._turns_by: dict[tuple[str, str, str], Counter] = {}
        self._steps_by: dict[tuple[StepKind, tuple[str, ...], str], Histogram] = {}
        self._seen: OrderedDict[object, float] = OrderedDict()

    def _define_requests(self) -> None:
        self._requests = Histogram(
            "daehwa_request_seconds",
            "Time to answer a request, by route and HTTP status.",
            ("route", "status"),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._in_hand = self._sum(
            "daehwa_requests_in_hand",
            "Requests that are served, without those that wait for a model, a hook or a reader.",
        )
        self._refused = self._counter(
            "daehwa_refused", "What was refused, by the limit that was exceeded.", "what"
        )

    def _define_turns(self) -> None:
        self._turns = self._counter(
            "daehwa_turns",
            "Turns taken, by channel, by the source of the reply, and by how it ended.",
            *("channel", "source", "outcome"),
        )
        self._active = self._sum(
            "daehwa_sessions_active", "Sessions that took a turn in the last five minutes."
        )
        self._in_flight = self._sum(
            "daehwa_turns_in_flight",
            "Turns that are being taken at the moment, those that wait for their session included.",
        )
        self._steps = {
            kind: Histogram(
                name, text, (*labels, "outcome"), buckets=buckets, registry=self._registry
            )
            for kind, (name, text, labels, buckets) in _SECONDS.items()
        }

    def _define_models(self) -> None:
        self._answer_errors = self._counter(
            "daehwa_answer_errors",
            "Answers that a model or a document search failed to give, by the error's code.",
            "code",
        )
        self._tokens = self._counter(
            "daehwa_answer_tokens",
            "Tokens that language models counted: by model, and input or output.",
            *("model", "kind"),
        )
        self._cost = self._counter(
            "daehwa_answer_cost", "What answers cost by the configured prices, by model.", "model"
        )
        self._first_words = Histogram(
            "daehwa_model_first_words_seconds",
            "Time until the first words of a language model's answer are there.",
            ("model",),
            buckets=_MODEL_BUCKETS,
            registry=self._registry,
        )
        self._budget = Gauge(
            "daehwa_model_budget_used",
            "What was used of today's budget for models, as this process last read it.",
            ("what",),
            registry=self._registry,
            multiprocess_mode="livemax",
        )

    def _define_load(self) -> None:
        self._hook_calls = self._sum(
            "daehwa_hook_calls",
            "Calls of code hooks in threads: running, and of those past their time (hanging).",
            *("bot", "state"),
        )
        self._timed_out = self._counter(
            "daehwa_understanding_timeouts",
            "Texts that took too long to understand and counted as missed.",
        )
        self._understanding_hanging = self._sum(
            "daehwa_understanding_hanging",
            "Threads that are still running although their text's time is over.",
        )

    def _counter(self, name: str, about: str, *labels: str) -> Counter:
        return Counter(name, about, labels, registry=self._registry)

    def _sum(self, name: str, about: str, *labels: str) -> Gauge:
        """A gauge whose value is the sum of what the living workers show."""
        return Gauge(name, about, labels, registry=self._registry, multiprocess_mode="livesum")

    def request(self, exchange: HttpExchange, trace: str = "") -> None:
        """Count a request that was answered; ``trace`` is the id of its trace, if it has one."""
        key = (exchange.route, exchange.status)
        child = self._requests_by.get(key)
        if child is None:
            # Looking a label up costs more than observing: children are kept.
            child = self._requests_by[key] = self._requests.labels(*key)
        seconds = exchange.seconds
        child.observe(seconds)
        if trace:
            labels = {"route": exchange.route, "status": str(exchange.status)}
            self._exemplars.note("daehwa_request_seconds", labels, _BUCKETS, seconds, trace)
        if self._shared:
            self._show_soon()

    def turn_began(self) -> None:
        """Count a turn as being in progress; see ``tracing.Measures``."""
        self._flying += 1
        if self._shared:
            self._show_soon()

    def step_ended(
        self, kind: StepKind, labels: tuple[str, ...], seconds: float, outcome: str, trace: str
    ) -> None:
        """Count a step of a request; see ``tracing.Measures``."""
        if kind == "turn":
            self._flying -= 1
            if self._shared:
                self._show_soon()
        key = (kind, labels, outcome)
        child = self._steps_by.get(key)
        if child is None:
            histogram = self._steps.get(kind)
            if histogram is None:
                return
            child = self._steps_by[key] = histogram.labels(*labels, outcome)
        child.observe(seconds)
        if trace:
            name, _, names, buckets = _SECONDS[kind]
            values = dict(zip((*names, "outcome"), (*labels, outcome), strict=True))
            self._exemplars.note(name, values, buckets, seconds, trace)

    def words_began(self, labels: tuple[str, ...], seconds: float, trace: str) -> None:
        """Count the first words of a model's answer; see ``tracing.Measures``."""
        name, model = "daehwa_model_first_words_seconds", labels[0]
        self._first_words.labels(model).observe(seconds)
        if trace:
            self._exemplars.note(name, {"model": model}, _MODEL_BUCKETS, seconds, trace)

    def turn(self, channel: str, source: str, outcome: str, session: object) -> None:
        """Count a turn that was taken; ``session`` identifies the session."""
        key = (channel, source, outcome)
        child = self._turns_by.get(key)
        if child is None:
            child = self._turns_by[key] = self._turns.labels(*key)
        child.inc()
        now = monotonic()
        self._seen[session] = now
        self._seen.move_to_end(session)
        self._forget(now)

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

    def _show_soon(self) -> None:
        """Write the present values for the workers that may be asked for metrics.

        Not with every request: what is written into the file that they share costs as much as all
        that is counted of a turn.
        """
        if self._showing is None:
            self._showing = asyncio.get_running_loop().call_later(_SHOW_SECONDS, self._show)

    def _show(self) -> None:
        """Update the gauges, and the counters that others keep."""
        if self._showing is not None:
            self._showing.cancel()
            self._showing = None
        self._in_flight.set(self._flying)
        self._forget(monotonic())
        self._active.set(len(self._seen))
        self._show_hooks()
        self._show_limits()
        self._show_usage()

    def _show_hooks(self) -> None:
        load = self._hook_load()
        self._hook_bots |= load.keys()
        for bot in self._hook_bots:
            running, hanging = load.get(bot, (0, 0))
            self._hook_calls.labels(bot, "running").set(running)
            self._hook_calls.labels(bot, "hanging").set(hanging)

    def _show_limits(self) -> None:
        for what, count in self._limiter.refusals.items():
            shown = self._refusals_shown.get(what, 0)
            if count > shown:
                self._refused.labels(what).inc(count - shown)
                self._refusals_shown[what] = count
        timed_out, hanging = self._understanding_load()
        if timed_out > self._timeouts_shown:
            self._timed_out.inc(timed_out - self._timeouts_shown)
            self._timeouts_shown = timed_out
        self._understanding_hanging.set(hanging)
        self._in_hand.set(self._limiter.seats.taken)
        for what, used in self._limiter.budget.used.items():
            self._budget.labels(what).set(used)

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

    def exposition(self, accept: str = "") -> tuple[bytes, str]:
        """All metrics, and their content type.

        That is Prometheus's text format, or OpenMetrics, with exemplars, for who accepts it.
        """
        self._show()
        registry = self._registry
        if self._shared:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        encode, content_type = choose_encoder(accept)
        return encode(self._exemplars.over(registry)), content_type

    def _forget(self, now: float) -> None:
        """Forget the sessions that are not active any more."""
        long_ago = now - ACTIVE_SECONDS
        while self._seen and next(iter(self._seen.values())) < long_ago:
            self._seen.popitem(last=False)
