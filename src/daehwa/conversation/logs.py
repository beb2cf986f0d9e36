"""Conversation logs: a JSON record for each turn, to a file and to the log stream.

Off unless ``[logs]`` of the configuration switches them on.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import msgspec
import structlog

from daehwa import dialog
from daehwa.conversation.catalogue import ServedLocale
from daehwa.conversation.obfuscation import ObfuscatedSlots
from daehwa.conversation.records import LoggedTurn, known_values, record
from daehwa.conversation.settings import LogsSetting, SettingsError

_log = structlog.get_logger(__name__)
_encode = msgspec.json.Encoder().encode

# How many values of obfuscated slots a session keeps, so that later records hide them too.
_REMEMBERED = 64


class Sink(Protocol):
    """Where records go."""

    def write(self, record: dict[str, Any]) -> None:
        """Write one record.

        Raises:
            OSError: it cannot be written.
        """

    def close(self) -> None:
        """Let go of what is open."""


class LogFile:
    """JSON lines at the end of a file, which may be moved away at any time.

    A record is one write, so that several processes may share the file. It is made for its
    owner alone: it holds what people said.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = self._open()

    def _open(self) -> int:
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with contextlib.suppress(PermissionError):  # another user's stays as it is
            mode = os.fstat(file).st_mode
            if stat.S_ISREG(mode) and mode & 0o077:
                os.fchmod(file, 0o600)
        return file

    def write(self, record: dict[str, Any]) -> None:
        """Append the record.

        Raises:
            OSError: it cannot be written.
        """
        if self._moved():
            fresh = self._open()
            os.close(self._file)
            self._file = fresh
        line = memoryview(_encode(record) + b"\n")
        while line:
            line = line[os.write(self._file, line) :]

    def _moved(self) -> bool:
        try:
            there = self._path.stat()
        except FileNotFoundError:
            return True
        return not os.path.samestat(there, os.fstat(self._file))

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


class LogStream:
    """The program's own log, one event a record."""

    def write(self, record: dict[str, Any]) -> None:
        """Log the record."""
        _log.info("conversation", record=record)

    def close(self) -> None:
        """Nothing is open."""


def remembering(turn: LoggedTurn, obfuscated: ObfuscatedSlots) -> dialog.Session:
    """The session after the turn, with the values that are to be hidden later."""
    values = known_values(turn, obfuscated)
    if not values:
        return turn.outcome.session
    latest = dict(list(values.items())[-_REMEMBERED:])
    return msgspec.structs.replace(turn.outcome.session, obfuscated=latest)


class ConversationLog:
    """The log of all turns."""

    def __init__(self, sinks: tuple[Sink, ...]) -> None:
        self._sinks = sinks
        self._obfuscated: WeakKeyDictionary[ServedLocale, ObfuscatedSlots] = WeakKeyDictionary()

    def write(self, turn: LoggedTurn, served: ServedLocale) -> None:
        """Write the turn's record. What goes wrong is logged: the turn is taken."""
        try:
            written = record(turn, self._slots(served))
            for sink in self._sinks:
                sink.write(written)
        except Exception:  # noqa: BLE001 - a log must not undo a turn
            _log.exception("conversation_not_logged", request_id=turn.request.request_id)

    def _slots(self, served: ServedLocale) -> ObfuscatedSlots:
        slots = self._obfuscated.get(served)
        if slots is None:
            slots = self._obfuscated[served] = ObfuscatedSlots(served.definition)
        return slots

    def close(self) -> None:
        """Close the sinks."""
        for sink in self._sinks:
            sink.close()


def open_log(settings: LogsSetting) -> ConversationLog | None:
    """The log that the settings ask for; ``None`` when they ask for none.

    Raises:
        SettingsError: the file cannot be written.
    """
    sinks: list[Sink] = []
    if settings.file is not None:
        path = Path(settings.file).expanduser()
        try:
            sinks.append(LogFile(path))
        except OSError as error:
            raise SettingsError(
                f"[logs] file {path} cannot be written: {error.strerror or error}"
            ) from None
    if settings.stream:
        sinks.append(LogStream())
    return ConversationLog(tuple(sinks)) if sinks else None
