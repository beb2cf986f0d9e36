"""Conversation logs: a JSON record for each turn, to a file and to the log stream.

Off unless ``[logs]`` of the configuration switches them on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import structlog

from daehwa import stores
from daehwa.conversation.log_file import LogFile, RecordKey, remove_records
from daehwa.conversation.obfuscation import ObfuscatedSlots
from daehwa.conversation.records import LoggedTurn, record
from daehwa.conversation.settings import LogsSetting, SettingsError

_log = structlog.get_logger(__name__)


class Sink(Protocol):
    """Where records go."""

    def write(self, record: dict[str, Any]) -> None:
        """Write one record.

        Raises:
            OSError: it cannot be written.
        """

    def remove(self, chosen: Callable[[RecordKey], bool], *, holding: bytes = b"") -> int:
        """Take the records that ``chosen`` is true of out of what was written; how many.

        ``holding`` is what the line of each of them has in it, to find them faster.

        Raises:
            OSError: what was written cannot be read or changed.
        """

    def expire(self, before: datetime) -> int:
        """Take the records from before that moment out of what was written; how many.

        Raises:
            OSError: what was written cannot be read or changed.
        """

    def close(self) -> None:
        """Release what is open."""


class LogStream:
    """The program's own log, one event a record."""

    def write(self, record: dict[str, Any]) -> None:
        """Log the record."""
        _log.info("conversation", record=record)

    def remove(self, chosen: Callable[[RecordKey], bool], *, holding: bytes = b"") -> int:
        """Nothing: the program's log is whoever's it was written to."""
        del chosen, holding
        return 0

    def expire(self, before: datetime) -> int:
        """Nothing either."""
        del before
        return 0

    def close(self) -> None:
        """Nothing is open."""


class ConversationLog:
    """The log of all turns."""

    def __init__(self, sinks: tuple[Sink, ...]) -> None:
        self._sinks = sinks
        self._forgotten: set[RecordKey] = set()
        self._forgetting = asyncio.Lock()

    def write(self, turn: LoggedTurn, obfuscated: ObfuscatedSlots) -> None:
        """Write the turn's record. What goes wrong is logged: the turn is taken."""
        try:
            written = record(turn, obfuscated)
            for sink in self._sinks:
                sink.write(written)
        except Exception:  # noqa: BLE001 - a log must not undo a turn
            _log.exception("conversation_not_logged", request_id=turn.request.request_id)

    async def forget(self, *sessions: RecordKey) -> None:
        """Take the records of sessions out of the files, those that rotation made included.

        Raises:
            stores.StoreUnavailable: a file cannot be read or changed.
        """
        self._forgotten.update(sessions)
        async with self._forgetting:
            # One pass over the files is for all who wait for one.
            if not self._forgotten.isdisjoint(sessions):
                waiting, self._forgotten = self._forgotten, set()
                try:
                    await asyncio.to_thread(self.remove, waiting)
                except BaseException:
                    self._forgotten |= waiting
                    raise

    def remove(self, sessions: Collection[RecordKey]) -> None:
        """As ``forget``, here and now."""
        ids = {each.session_id for each in sessions}
        holding = ids.pop().encode() if len(ids) == 1 else b""
        with _unchangeable():
            for sink in self._sinks:
                sink.remove(lambda record: record.of_session() in sessions, holding=holding)

    def expire(self, before: datetime) -> int:
        """Take the records from before that moment out of the files; return how many they were.

        A file is left alone until its first record is a day older than that.

        Raises:
            stores.StoreUnavailable: a file cannot be read or changed.
        """
        with _unchangeable():
            return sum(sink.expire(before) for sink in self._sinks)

    def close(self) -> None:
        """Close the sinks."""
        for sink in self._sinks:
            sink.close()


def forget_records(settings: LogsSetting, session_id: str) -> int:
    """Take what was said under a session's id, with whichever bot, out of the log; how many.

    Raises:
        stores.StoreUnavailable: a file cannot be read or changed.
    """
    path = Path(settings.file).expanduser() if settings.file is not None else None
    if path is None or not path.parent.is_dir():
        return 0
    with _unchangeable():
        return remove_records(
            path, lambda record: record.session_id == session_id, holding=session_id.encode()
        )


@contextmanager
def _unchangeable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise stores.StoreUnavailable(
            f"the conversation log cannot be changed ({error}): check that this user may write it"
            " and its folder, and that the disk has room"
        ) from error


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
