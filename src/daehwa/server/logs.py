"""The log: one structured line an event, to standard error.

No line holds a person's words, a key or a token: request lines are made of routes, statuses,
times and ids. The conversation log, where the settings put it on this stream, is the exception.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any, TextIO, cast

import msgspec
import structlog

from daehwa.server.settings import LogFormat, LogLevel
from daehwa.tracing import request_id

_encoder = msgspec.json.Encoder(enc_hook=repr)
# The methods of a logger that are not called as their levels are.
_LEVELS = {"exception": "error", "warn": "warning"}


class _StandardError:
    """Whatever ``sys.stderr`` is when a line is written: a progress bar may stand in for it."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def configure_logs(log_format: LogFormat, level: LogLevel = "info") -> None:
    """Set structlog up for this process; lines under ``level`` are not written."""
    if log_format == "console":
        # A traceback without local variables: those hold people's words, and keys.
        renderer: list[Any] = [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            )
        ]
        logger_factory: Any = structlog.PrintLoggerFactory(cast("TextIO", _StandardError()))
    else:
        traces = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        renderer = [structlog.processors.ExceptionRenderer(traces), _as_json]
        logger_factory = structlog.BytesLoggerFactory(sys.stderr.buffer)
    # "off" keeps errors: a server that fails in silence helps nobody.
    least = logging.ERROR if log_format == "off" else logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[_complete, *renderer],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=logger_factory,
        cache_logger_on_first_use=True,
    )


def _complete(_logger: Any, name: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """What every line has: level, time, and the id that leads from a request's line to others.

    What is ``None`` is left out. One step and not four: each request writes a line.
    """
    line = {key: value for key, value in event.items() if value is not None}
    line["level"] = _LEVELS.get(name, name)
    line["timestamp"] = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    if "request_id" not in line and (served := request_id()) is not None:
        line["request_id"] = served
    return line


def _as_json(_logger: Any, _name: str, event: dict[str, Any]) -> bytes:
    return _encoder.encode(event)
