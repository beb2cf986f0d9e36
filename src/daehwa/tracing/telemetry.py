"""Spans by OpenTelemetry, sent over OTLP/HTTP; the extra ``otel`` brings what that needs.

Off unless the environment names an endpoint, as OpenTelemetry's specification has it:
``OTEL_EXPORTER_OTLP_ENDPOINT`` or ``OTEL_EXPORTER_OTLP_TRACES_ENDPOINT``. Its other variables
(headers, sampler, service name, resource attributes) are read by the SDK itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import structlog

from daehwa import __version__
from daehwa.tracing.span import Attributes, SpanKind, TraceSpan

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

ENDPOINTS: Final = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_CLOSE_SECONDS = 3.0

_log = structlog.get_logger(__name__)


class TelemetryMissing(Exception):
    """Traces are wanted and cannot be made; the message names the cure."""


def open_telemetry(environ: Mapping[str, str]) -> Telemetry | None:
    """What makes spans; ``None`` where the environment names no endpoint, or switches it off.

    Raises:
        TelemetryMissing: the extra is not installed.
    """
    wanted = any(environ.get(name) for name in ENDPOINTS)
    if not wanted or environ.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return None
    if environ.get("OTEL_TRACES_EXPORTER", "otlp") == "none":
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - an optional part
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError as error:
        raise TelemetryMissing(
            f"{error}. Traces need further packages: {sys.executable} -m pip install"
            " opentelemetry-sdk opentelemetry-exporter-otlp-proto-http"
        ) from None
    resource = Resource.create({"service.version": __version__})
    if "OTEL_SERVICE_NAME" not in environ and "service.name" not in environ.get(
        "OTEL_RESOURCE_ATTRIBUTES", ""
    ):
        resource = resource.merge(Resource({"service.name": "daehwa"}))
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return Telemetry(provider)


class Telemetry:
    """Makes spans with ``provider``, and sends them in the background."""

    def __init__(self, provider: TracerProvider) -> None:
        from opentelemetry import context, trace  # noqa: PLC0415 - an optional part
        from opentelemetry.trace.propagation.tracecontext import (  # noqa: PLC0415
            TraceContextTextMapPropagator,
        )

        self._provider = provider
        self._tracer = provider.get_tracer("daehwa", __version__)
        self._context, self._trace = context, trace
        self._propagator = TraceContextTextMapPropagator()
        kinds = trace.SpanKind
        self._kinds = {
            "server": kinds.SERVER,
            "client": kinds.CLIENT,
            "internal": kinds.INTERNAL,
        }
        self._complaints = _Complaints()
        logging.getLogger("opentelemetry").addHandler(self._complaints)
        logging.getLogger("opentelemetry").propagate = False

    def span(
        self,
        name: str,
        kind: SpanKind,
        attributes: Attributes,
        *,
        carried: Mapping[str, str] | None = None,
    ) -> TraceSpan:
        """Begin a span; see ``Tracer``."""
        context = None if carried is None else self._propagator.extract(dict(carried))
        span = self._tracer.start_span(
            name,
            context,
            kind=self._kinds[kind],
            attributes=dict(attributes),
            # What an error says may hold what somebody said.
            record_exception=False,
            set_status_on_exception=False,
        )
        return _TelemetrySpan(self, span)

    async def close(self) -> None:
        """Send what is left, briefly: an unreachable collector does not delay the end."""
        loop, sent = asyncio.get_running_loop(), asyncio.Event()

        def shut_down() -> None:
            self._provider.shutdown()
            with contextlib.suppress(RuntimeError):  # the loop is closed; nobody waits any more
                loop.call_soon_threadsafe(sent.set)

        threading.Thread(target=shut_down, daemon=True).start()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(sent.wait(), _CLOSE_SECONDS)
        logging.getLogger("opentelemetry").removeHandler(self._complaints)

    def enter(self, span: Any) -> Any:
        """Make a span of the library's the parent of others; return what ``leave`` takes back."""
        return self._context.attach(self._trace.set_span_in_context(span))

    def leave(self, token: Any) -> None:
        """Take back what ``enter`` did."""
        self._context.detach(token)

    def headers(self, span: Any) -> dict[str, str]:
        """What a request within a span of the library's carries on."""
        carried: dict[str, str] = {}
        self._propagator.inject(carried, self._trace.set_span_in_context(span))
        return carried

    def fail(self, span: Any, error: str) -> None:
        """Mark a span of the library's as failed."""
        span.set_attribute("error.type", error)
        span.set_status(self._trace.StatusCode.ERROR)


class _TelemetrySpan:
    __slots__ = ("_span", "_telemetry", "_token", "recording")

    def __init__(self, telemetry: Telemetry, span: Any) -> None:
        self._telemetry = telemetry
        self._span = span
        self._token: Any = None
        self.recording: bool = span.is_recording()

    @property
    def trace(self) -> str:
        return f"{self._span.get_span_context().trace_id:032x}" if self.recording else ""

    def note(self, attributes: Attributes) -> None:
        self._span.set_attributes(attributes)

    def rename(self, name: str) -> None:
        self._span.update_name(name)

    def headers(self) -> Mapping[str, str]:
        return self._telemetry.headers(self._span)

    def enter(self) -> None:
        self._token = self._telemetry.enter(self._span)

    def leave(self) -> None:
        self._telemetry.leave(self._token)

    def end(self, error: str) -> None:
        if error:
            self._telemetry.fail(self._span, error)
        self._span.end()


class _Complaints(logging.Handler):
    """What the library says of a collector that does not take its spans, in the program's log."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        _log.warning("traces_not_sent", error=record.getMessage()[:300])
