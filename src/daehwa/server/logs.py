"""The log: one structured line an event, to standard error.

No line holds a person's words, a key or a token: request lines are made of routes, statuses,
times and ids. The conversation log, where the settings put it on this stream, is the exception.
"""

from __future__ import annotations

import contextlib
import logging
import re
import sys
import time
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any, BinaryIO, TextIO, cast

import msgspec
import structlog

from daehwa.server.settings import LogFormat, LogLevel
from daehwa.tracing import request_id

# Addresses of objects, ports and counts, by which the same line differs from the last one.
_VARYING = re.compile(r"0x[0-9a-f]+|[0-9]+")
_LIBRARY_LINE = 500
_REPEATED_SECONDS = 30.0
_encoder = msgspec.json.Encoder(enc_hook=repr)
# The methods of a logger that are not called as their levels are.
_LEVELS = {"exception": "error", "warn": "warning"}


class _StandardError:
    """Whatever ``sys.stderr`` is when a line is written: a progress bar may stand in for it.

    A line that cannot be written is lost, and nothing else: the disk of the log is full, whoever
    read it has gone, the stream is closed.
    """

    def write(self, text: str) -> int:
        with contextlib.suppress(OSError, ValueError, AttributeError):
            sys.stderr.write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError, ValueError, AttributeError):
            sys.stderr.flush()


class _StandardErrorBytes:
    """The same for lines in bytes, to the stream that there was when the log was set up."""

    def __init__(self) -> None:
        self._stream = getattr(sys.stderr, "buffer", None)

    def write(self, line: bytes) -> int:
        if self._stream is not None:
            with contextlib.suppress(OSError, ValueError):
                self._stream.write(line)
        return len(line)

    def flush(self) -> None:
        if self._stream is not None:
            with contextlib.suppress(OSError, ValueError):
                self._stream.flush()


def _is_terminal() -> bool:
    with contextlib.suppress(ValueError, AttributeError):
        return sys.stderr.isatty()
    return False


def configure_logs(log_format: LogFormat, level: LogLevel = "info") -> None:
    """Set structlog up for this process; lines under ``level`` are not written."""
    if log_format == "console":
        # A traceback without local variables: those hold people's words, and keys.
        renderer: list[Any] = [
            structlog.dev.ConsoleRenderer(
                colors=_is_terminal(),
                exception_formatter=structlog.dev.plain_traceback,
            )
        ]
        logger_factory: Any = structlog.PrintLoggerFactory(cast("TextIO", _StandardError()))
    else:
        traces = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        renderer = [structlog.processors.ExceptionRenderer(traces), _as_json]
        logger_factory = structlog.BytesLoggerFactory(cast("BinaryIO", _StandardErrorBytes()))
    # "off" keeps errors: a server that fails in silence helps nobody.
    least = logging.ERROR if log_format == "off" else logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[_complete, *renderer],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=logger_factory,
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    for earlier in [one for one in root.handlers if isinstance(one, LibraryLines)]:
        root.removeHandler(earlier)
    root.addHandler(LibraryLines(max(least, logging.WARNING)))


class LibraryLines(logging.Handler):
    """What libraries log, as lines of this log: ``library_warning`` or ``library_failed``.

    A text that comes again and again, as a connection pool's while its server is down, is
    written once in half a minute.
    """

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self._written: dict[str, float] = {}
        self._log = structlog.get_logger("daehwa.libraries")

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, in one line and bounded."""
        try:
            text = " ".join(record.getMessage().split())[:_LIBRARY_LINE]
        except Exception:  # noqa: BLE001 - a mistake in a library's own line
            text = str(record.msg)[:_LIBRARY_LINE]
        now = time.monotonic()
        seen = {one: at for one, at in self._written.items() if now - at < _REPEATED_SECONDS}
        self._written = seen
        same = _VARYING.sub("", text)
        if same in seen:
            return
        seen[same] = now
        failed = record.levelno >= logging.ERROR
        write = self._log.error if failed else self._log.warning
        write(
            "library_failed" if failed else "library_warning",
            library=record.name,
            text=text,
            exc_info=record.exc_info if failed else None,
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
