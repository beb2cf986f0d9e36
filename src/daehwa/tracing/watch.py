"""The steps of a request, and whoever watches them.

A ``Watch`` is entered for the request that the current task serves, and stands over the tasks
that it starts. Whatever may take long is a ``step``: measured, and a span where there is a
tracer. Outside of a watched request a step does nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar, Token
from time import perf_counter
from types import TracebackType
from typing import Any, Final, Literal, Protocol, Self

from daehwa.tracing.span import NO_SPAN, Attributes, SpanKind, Tracer, TraceSpan

StepKind = Literal["turn", "understand", "hook", "post", "store", "model", "stream"]
"""What a request may wait for.

``post`` is the HTTP request of a code hook, ``stream`` the writing of a streamed reply. Of
``turn`` and ``hook`` the label is the bot's id; of ``store`` the labels are its system and the
operation, of ``model`` the model's name and what it does (``chat`` or ``text_completion``).
"""

_KINDS: dict[StepKind, SpanKind] = {"post": "client", "store": "client", "model": "client"}
# The attributes that a step's labels make, by OpenTelemetry's semantic conventions.
_LABELS: dict[StepKind, tuple[str, ...]] = {
    "turn": ("daehwa.bot.id",),
    "hook": ("daehwa.bot.id",),
    "store": ("db.system.name", "db.operation.name"),
    "model": ("gen_ai.request.model", "gen_ai.operation.name"),
}


class Measures(Protocol):
    """What becomes of a step's time: the server's metrics."""

    def turn_began(self) -> None:
        """Count a turn as being in progress, until the step ends."""

    def step_ended(
        self, kind: StepKind, labels: tuple[str, ...], seconds: float, outcome: str, trace: str
    ) -> None:
        """Count a step that took ``seconds``.

        ``outcome`` is ``ok``, or the name of what went wrong; ``trace`` the id of the trace
        that it is in, empty if there is none.
        """

    def words_began(self, labels: tuple[str, ...], seconds: float, trace: str) -> None:
        """Count a model's first piece, after ``seconds``."""


class Step:
    """One thing that a request waits for: a context manager, or begun and ended by hand.

    This one is not watched.
    """

    __slots__ = ()

    @property
    def recording(self) -> bool:
        """Whether what is noted goes anywhere."""
        return False

    def note(self, attributes: Attributes) -> None:
        """Add what is known now; ask ``recording`` before what costs something is made."""

    def headers(self) -> Mapping[str, str]:
        """What an HTTP request within the step carries on: ``traceparent``, where it is traced."""
        return {}

    def begin(self) -> Self:
        """Begin a step that ``end`` ends, without being the parent of others."""
        return self

    def words(self) -> None:
        """Note that the first piece of an answer is there."""

    def fail(self, outcome: str) -> None:
        """Say what went wrong where nothing is raised."""

    def end(self, error: BaseException | None = None) -> None:
        """End the step; a second time does nothing."""

    def __enter__(self) -> Self:
        """Begin the step: what begins within the block is a part of it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the step."""


NOT_WATCHED: Final = Step()


class Watch:
    """Watches one request: ``measures`` get its steps' times, ``tracer`` makes spans of them.

    ``seconds`` is what each kind of step has taken so far, ``facts`` what is known of its turn;
    the request's line in the log has both. ``over`` says that the line is written.
    """

    __slots__ = ("_token", "facts", "measures", "over", "request_id", "seconds", "tracer")

    def __init__(self, request_id: str, measures: Measures, tracer: Tracer | None = None) -> None:
        self.request_id = request_id
        self.measures = measures
        self.tracer = tracer
        self.seconds: dict[StepKind, float] = {}
        self.facts: dict[str, Any] = {}
        self.over = False
        self._token: Token[Watch | None] | None = None

    def __enter__(self) -> Self:
        """Watch what this task does in the block, and the tasks that it starts there."""
        self._token = _current.set(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Watch no longer what this task does; the tasks go on being watched."""
        assert self._token is not None  # noqa: S101 - it was entered
        _current.reset(self._token)


class _MeasuredStep(Step):
    """A step that only its time is wanted of."""

    __slots__ = ("_began", "_ended", "_kind", "_labels", "_outcome", "_watch", "_wordless")

    def __init__(self, watch: Watch, kind: StepKind, labels: tuple[str, ...]) -> None:
        self._watch = watch
        self._kind = kind
        self._labels = labels
        self._outcome = "ok"

    @property
    def _trace(self) -> str:
        return ""

    def begin(self) -> Self:
        self._ended = False
        self._wordless = True
        if self._kind == "turn":
            self._watch.measures.turn_began()
        self._began = perf_counter()
        return self

    __enter__ = begin

    def words(self) -> None:
        if self._wordless:
            self._wordless = False
            self._first_words(perf_counter() - self._began)

    def _first_words(self, seconds: float) -> None:
        self._watch.measures.words_began(self._labels, seconds, self._trace)

    def fail(self, outcome: str) -> None:
        self._outcome = outcome

    def end(self, error: BaseException | None = None) -> None:
        if not self._ended:
            self.__exit__(None, error, None)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        taken = perf_counter() - self._began
        self._ended = True
        if error is not None:
            self._outcome = type(error).__name__
        watch, name = self._watch, self._kind
        seconds = watch.seconds
        seconds[name] = seconds.get(name, 0.0) + taken
        watch.measures.step_ended(name, self._labels, taken, self._outcome, self._trace)


class _TracedStep(_MeasuredStep):
    """A step that is a span as well."""

    __slots__ = ("_span", "_tracer")

    def __init__(
        self, watch: Watch, tracer: Tracer, kind: StepKind, labels: tuple[str, ...]
    ) -> None:
        super().__init__(watch, kind, labels)
        self._tracer = tracer
        self._span: TraceSpan = NO_SPAN

    @property
    def recording(self) -> bool:
        return self._span.recording

    @property
    def _trace(self) -> str:
        return self._span.trace

    def note(self, attributes: Attributes) -> None:
        self._span.note(attributes)

    def headers(self) -> Mapping[str, str]:
        return self._span.headers()

    def begin(self) -> Self:
        kind = self._kind
        self._span = self._tracer.span(
            _name(kind, self._labels),
            _KINDS.get(kind, "internal"),
            dict(zip(_LABELS.get(kind, ()), self._labels, strict=True)),
        )
        return super().begin()

    def _first_words(self, seconds: float) -> None:
        super()._first_words(seconds)
        self._span.note({"gen_ai.response.time_to_first_chunk": seconds})

    def end(self, error: BaseException | None = None) -> None:
        if not self._ended:
            super().__exit__(None, error, None)
            self._span.end("" if self._outcome == "ok" else self._outcome)

    def __enter__(self) -> Self:
        self.begin()
        self._span.enter()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._span.leave()
        self.end(error)


_current: ContextVar[Watch | None] = ContextVar("daehwa_watch", default=None)


def step(kind: StepKind, *labels: str) -> Step:
    """The next step of the request that is being served; see ``StepKind`` for its labels."""
    watch = _current.get()
    if watch is None:
        return NOT_WATCHED
    if watch.tracer is None:
        return _MeasuredStep(watch, kind, labels)
    return _TracedStep(watch, watch.tracer, kind, labels)


def request_id() -> str | None:
    """The id of the request that is being served, if one is."""
    watch = _current.get()
    return None if watch is None else watch.request_id


def note_turn(facts: Mapping[str, Any]) -> bool:
    """Put what is known of a turn into the line of its request.

    Returns:
        Whether there will be such a line: a turn may outlive the request that began it.
    """
    watch = _current.get()
    if watch is None or watch.over:
        return False
    watch.facts.update(facts)
    return True


def _name(kind: StepKind, labels: tuple[str, ...]) -> str:
    match kind, labels:
        case "store", (_, operation):
            return f"store {operation}"
        case "model", (model, operation):
            return f"{operation} {model}"
        case "post", _:
            return "POST"
    return kind


# What the line of a request names; the rest is in these, or is known without.
_NAMES: dict[StepKind, str] = {"hook": "hook_ms", "store": "store_ms", "model": "model_ms"}


def step_ms(watch: Watch) -> dict[str, float]:
    """What a request has waited for so far, as ``KIND_ms``, in milliseconds."""
    taken = watch.seconds
    return {name: round(taken[kind] * 1000, 2) for kind, name in _NAMES.items() if kind in taken}
