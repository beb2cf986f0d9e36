"""A span of a trace, and what makes spans: the protocols that ``telemetry`` fulfils."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, Protocol

SpanKind = Literal["server", "client", "internal"]
Attributes = Mapping[str, str | int | float | bool | tuple[str, ...]]


class TraceSpan(Protocol):
    """One stretch of a trace."""

    @property
    def recording(self) -> bool:
        """Whether it is recorded: not all traces need be."""
        ...

    @property
    def trace(self) -> str:
        """The id of its trace, in 32 hexadecimal digits; empty where it is not recorded."""
        ...

    def note(self, attributes: Attributes) -> None:
        """Add attributes."""

    def rename(self, name: str) -> None:
        """Give it a name that was not known when it began."""

    def headers(self) -> Mapping[str, str]:
        """What W3C Trace Context has a request carry on: ``traceparent``, ``tracestate``."""
        ...

    def enter(self) -> None:
        """Be the parent of the spans that begin in this task, and in those it starts."""

    def leave(self) -> None:
        """Be that no longer."""

    def end(self, error: str) -> None:
        """End it; ``error`` is the kind of what went wrong, empty if nothing did."""


class Tracer(Protocol):
    """Makes spans."""

    def span(
        self,
        name: str,
        kind: SpanKind,
        attributes: Attributes,
        *,
        carried: Mapping[str, str] | None = None,
    ) -> TraceSpan:
        """Begin a span within the one that is entered.

        With ``carried``, the headers of a request, it is within the span that they name.
        """
        ...


class _NoSpan:
    __slots__ = ()
    recording = False
    trace = ""

    def note(self, attributes: Attributes) -> None:
        pass

    def rename(self, name: str) -> None:
        pass

    def headers(self) -> Mapping[str, str]:
        return {}

    def enter(self) -> None:
        pass

    def leave(self) -> None:
        pass

    def end(self, error: str) -> None:
        pass


NO_SPAN: Final[TraceSpan] = _NoSpan()
