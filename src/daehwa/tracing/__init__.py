"""What a request waits for, step by step, for whoever measures it; its id, wherever it leads.

The port of all rooms: ``step`` costs next to nothing where nobody watches. The server watches
each request, and measures its steps; with an endpoint for OpenTelemetry they are spans as well.
"""

from daehwa.tracing.span import NO_SPAN, Tracer, TraceSpan
from daehwa.tracing.telemetry import Telemetry, TelemetryMissing, open_telemetry
from daehwa.tracing.watch import (
    NOT_WATCHED,
    Measures,
    Step,
    StepKind,
    Watch,
    note_turn,
    request_id,
    step,
    step_ms,
)

__all__ = [
    "NOT_WATCHED",
    "NO_SPAN",
    "Measures",
    "Step",
    "StepKind",
    "Telemetry",
    "TelemetryMissing",
    "TraceSpan",
    "Tracer",
    "Watch",
    "note_turn",
    "open_telemetry",
    "request_id",
    "step",
    "step_ms",
]
