"""The steps of a request, and whoever watches them.

``watching`` puts a ``Watch`` over the request that the current task serves, and over the tasks
that it starts. Whatever may take long is a ``step``: measured, and a span where there is a
tracer. Outside of a watched request a step does nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
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

    def step_began(self, kind: StepKind) -> None:
        """Count a step as being in progress."""

    def step_ended(
        self, kind: StepKind, labels: tuple[str, ...], seconds: float, outcome: str, trace: str
    ) -> None:
        """Count a step that took ``seconds``.

        ``outcome`` is ``ok``, or the name of what went wrong; ``trace`` the id of the trace
        that it is in, empty where there is none.
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

    ``seconds`` is what each kind of step has taken so far.
    """

    __slots__ = ("measures", "request_id", "seconds", "tracer")

    def __init__(self, request_id: str, measures: Measures, tracer: Tracer | None = None) -> None:
        self.request_id = request_id
        self.measures = measures
        self.tracer = tracer
        self.seconds: dict[StepKind, float] = {}


class _WatchedStep(Step):
    __slots__ = ("_began", "_ended", "_kind", "_labels", "_outcome", "_span", "_watch", "_wordless")

    def __init__(self, watch: Watch, kind: StepKind, labels: tuple[str, ...]) -> None:
        self._watch = watch
        self._kind = kind
        self._labels = labels
        self._span: TraceSpan = NO_SPAN
        self._outcome = "ok"
        self._ended = False
        self._wordless = True
        self._began = 0.0

    @property
    def recording(self) -> bool:
        return self._span.recording

    def note(self, attributes: Attributes) -> None:
        self._span.note(attributes)

    def headers(self) -> Mapping[str, str]:
        return self._span.headers()

    def begin(self) -> Self:
        watch, kind = self._watch, self._kind
        watch.measures.step_began(kind)
        if watch.tracer is not None:
            self._span = watch.tracer.span(
                _name(kind, self._labels),
                _KINDS.get(kind, "internal"),
                dict(zip(_LABELS.get(kind, ()), self._labels, strict=True)),
            )
        self._began = perf_counter()
        return self

    def words(self) -> None:
        if self._wordless:
            self._wordless = False
            seconds = perf_counter() - self._began
            self._watch.measures.words_began(self._labels, seconds, self._span.trace)
            self._span.note({"gen_ai.response.time_to_first_chunk": seconds})

    def fail(self, outcome: str) -> None:
        self._outcome = outcome

    def end(self, error: BaseException | None = None) -> None:
        if self._ended:
            return
        self._ended = True
        seconds = perf_counter() - self._began
        if error is not None:
            self._outcome = type(error).__name__
        watch, kind = self._watch, self._kind
        watch.seconds[kind] = watch.seconds.get(kind, 0.0) + seconds
        watch.measures.step_ended(kind, self._labels, seconds, self._outcome, self._span.trace)
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
    return NOT_WATCHED if watch is None else _WatchedStep(watch, kind, labels)


def request_id() -> str | None:
    """The id of the request that is being served, if one is."""
    watch = _current.get()
    return None if watch is None else watch.request_id


def step_ms() -> dict[str, Any]:
    """What each kind of step of the request has taken so far, as ``KIND_ms``, in milliseconds."""
    watch = _current.get()
    if watch is None:
        return {}
    return {f"{kind}_ms": round(taken * 1000, 2) for kind, taken in watch.seconds.items()}


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """Watch what this task does in the block, and the tasks that it starts there."""
    token = _current.set(watch)
    try:
        yield
    finally:
        _current.reset(token)


def _name(kind: StepKind, labels: tuple[str, ...]) -> str:
    match kind, labels:
        case "store", (_, operation):
            return f"store {operation}"
        case "model", (model, operation):
            return f"{operation} {model}"
        case "post", _:
            return "POST"
    return kind
