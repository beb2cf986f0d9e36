"""Saves that share a transaction in SQLite, since its end is what costs most.

What several tasks save in one round of an event loop is one transaction, in which each still
succeeds or fails on its own; a task that saves alone does not wait for the round's end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from daehwa.stores.checkpoints import Checkpoints
from daehwa.stores.sqlite_faults import StoreLocked
from daehwa.stores.sqlite_file import SQLiteFile
from daehwa.stores.sqlite_saving import Save, save_one, save_together

PATIENCE_SECONDS: Final = 4.0
"""How long a call waits for other programs that hold the file locked."""

RETRY_SECONDS: Final = 0.02
"""The time between two tries of one."""

# Another worker's transaction is over at once; other programs' take longer.
_FIRST_RETRY_SECONDS = 0.001


class _WaitingSave(NamedTuple):
    """What waits to be saved, until when, and who waits for it."""

    save: Save
    until: float
    saved: asyncio.Future[int]


class _Round:
    """What is saved in one round of an event loop, and later if the file is locked at its end.

    What the ``first`` task saves need not wait for others; ``waiting`` is saved together.
    ``others`` says that other tasks saved, too.
    """

    __slots__ = ("first", "others", "retry_seconds", "waiting")

    def __init__(self, first: asyncio.Task[Any] | None) -> None:
        self.first = first
        self.others = False
        self.waiting: list[_WaitingSave] = []
        self.retry_seconds = _FIRST_RETRY_SECONDS


class SharedCommits:
    """Saves into a file; ``examine`` is called where another program may have written into it."""

    def __init__(
        self, file: SQLiteFile, checkpoints: Checkpoints, examine: Callable[[], None]
    ) -> None:
        self._file = file
        self._checkpoints = checkpoints
        self._examine = examine
        # Of each event loop that saves at this moment; only its own thread uses it.
        self._rounds: dict[asyncio.AbstractEventLoop, _Round] = {}
        self._crowded = False  # several tasks saved in the last round

    async def save(self, save: Save) -> int:
        """Save a session and its turn; the session's new version.

        Raises:
            StaleSession: the session changed, or was forgotten, meanwhile.
            DuplicateTurn: the turn is recorded already.
            StoreError: the file cannot be used, or stays locked.
        """
        version: int | None = None
        loop = asyncio.get_running_loop()
        task = asyncio.current_task(loop)
        begun = self._rounds.get(loop)
        if begun is None:
            begun = self._rounds[loop] = _Round(task)
            loop.call_soon(self.end_round, loop)
        if task is not begun.first:
            begun.others = True
        elif not begun.waiting and not self._crowded:
            try:
                version = self._file.write(lambda execute: save_one(execute, save))
                self._checkpoints.count()
            except StoreLocked:
                pass  # with the others then
        if version is None:
            saved: asyncio.Future[int] = loop.create_future()
            begun.waiting.append(_WaitingSave(save, loop.time() + PATIENCE_SECONDS, saved))
            version = await saved
        return version

    def end_round(self, loop: asyncio.AbstractEventLoop) -> None:
        """Save what gathered in this round of the loop: one that fails takes none with it."""
        ended = self._rounds.pop(loop, None)
        if ended is None:
            return
        self._crowded = ended.others
        # Some callers were cancelled.
        waiting = [one for one in ended.waiting if not one.saved.done()]
        if not waiting:
            return
        checkpoint = self._checkpoints.running(loop)
        if checkpoint is not None:
            ended.waiting = waiting
            self._rounds[loop] = ended
            checkpoint.add_done_callback(lambda _: self.end_round(loop))
            return
        saves = [one.save for one in waiting]
        results: Sequence[int | Exception]
        try:
            results = self._file.write(lambda execute: save_together(execute, saves))
            self._checkpoints.count(len(saves))
        except StoreLocked as error:
            now = loop.time()
            for one in waiting:
                if one.until <= now:
                    one.saved.set_exception(error)
            ended.waiting = [one for one in waiting if one.until > now]
            self._examine()
            self._try_again(ended, loop)
            return
        except Exception as error:  # noqa: BLE001 - raised to those who wait
            results = [error] * len(saves)
        for one, result in zip(waiting, results, strict=True):
            if isinstance(result, Exception):
                one.saved.set_exception(result)
            else:
                one.saved.set_result(result)

    def _try_again(self, ended: _Round, loop: asyncio.AbstractEventLoop) -> None:
        """Save what is left of a round a moment later, with what comes until then."""
        if ended.waiting:
            self._rounds[loop] = ended
            loop.call_later(ended.retry_seconds, self.end_round, loop)
            ended.retry_seconds = min(2 * ended.retry_seconds, RETRY_SECONDS)
