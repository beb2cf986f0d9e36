"""The log: one structured line an event, to standard error.

No line holds what was said, a key or a token: request lines are made of routes, statuses,
times and ids. The conversation log, where it is asked for on this stream, is the exception.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

import msgspec
import structlog

from daehwa.server.settings import LogFormat

_encoder = msgspec.json.Encoder(enc_hook=repr)


def configure_logs(log_format: LogFormat) -> None:
    """Set structlog up for this process."""
    shared: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_empty,
    ]
    if log_format == "console":
        # A traceback without local variables: those hold what was said, and keys.
        renderer: list[Any] = [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            )
        ]
        logger_factory: Any = structlog.PrintLoggerFactory(sys.stderr)
    else:
        traces = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        renderer = [structlog.processors.ExceptionRenderer(traces), _as_json]
        logger_factory = structlog.BytesLoggerFactory(sys.stderr.buffer)
    # "off" keeps errors: a server that fails in silence helps nobody.
    level = logging.ERROR if log_format == "off" else logging.INFO
    structlog.configure(
        processors=[*shared, *renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=logger_factory,
        cache_logger_on_first_use=True,
    )


def _without_empty(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in event.items() if value is not None}


def _as_json(_logger: Any, _name: str, event: dict[str, Any]) -> bytes:
    return _encoder.encode(event)
