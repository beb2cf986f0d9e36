"""Event loops for ``async`` hooks: one for each bot, in a thread of its own.

A hook that blocks where it should await then holds up its own bot's calls and nothing else. When
a call was given up and its loop does not react, the next call gets a new loop; the old one counts
as hanging for as long as it lasts.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
import weakref
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from daehwa.hooks.errors import HookUnreachable
from daehwa.hooks.threads import HookThreads

# A loop that has not reacted for so long after a call was given up is blocked.
_REACTION_SECONDS = 0.5

_T = TypeVar("_T")


class _Loop:
    """A loop that runs in its thread until the program ends.

    ``unheard`` is the time since which it has not reacted, if any.
    """

    def __init__(self) -> None:
        self.unheard: float | None = None
        self._loop = asyncio.new_event_loop()
        try:
            threading.Thread(target=self._run, name="daehwa-hook-loop", daemon=True).start()
        except RuntimeError as error:
            self._loop.close()
            raise HookUnreachable(f"no thread could be started for it: {error}") from None

    @property
    def blocked(self) -> bool:
        since = self.unheard
        return since is not None and time.monotonic() - since > _REACTION_SECONDS

    def call(self, function: Callable[[], object]) -> None:
        """Call ``function`` in the loop's thread."""
        self._loop.call_soon_threadsafe(function)

    def begin(self, work: Callable[[], Awaitable[_T]]) -> asyncio.Task[_T]:
        """Begin ``work``, in the loop's thread."""
        return self._loop.create_task(_awaited(work))

    def stop(self) -> None:
        """End the loop and its thread; calls in progress end with it."""
        with contextlib.suppress(RuntimeError):  # it has ended already
            self._loop.call_soon_threadsafe(self._loop.stop)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        # What still runs is ended in order, so that each call is counted to its end.
        rest = asyncio.all_tasks(self._loop)
        for task in rest:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*rest, return_exceptions=True))
        self._loop.close()


async def _awaited(work: Callable[[], Awaitable[_T]]) -> _T:
    try:
        return await work()
    except (SystemExit, KeyboardInterrupt) as error:
        # They would end the loop.
        raise RuntimeError(f"{type(error).__name__}: {error}") from error


class _AsyncCall(Generic[_T]):
    """One call on its way through a loop; ``future`` is its end, in the caller's own loop.

    ``ended`` is called once, in the loop's thread, when nothing of the call is left.
    """

    def __init__(
        self, loop: _Loop, work: Callable[[], Awaitable[_T]], ended: Callable[[], None]
    ) -> None:
        self._loop = loop
        self._work = work
        self._ended = ended
        self._own = asyncio.get_running_loop()
        self._task: asyncio.Task[_T] | None = None
        self._given_up = False
        self.future: asyncio.Future[_T] = self._own.create_future()
        loop.call(self._begin)

    def give_up(self) -> None:
        """Cancel what runs, or let it not begin."""
        self._given_up = True
        if self._loop.unheard is None:
            self._loop.unheard = time.monotonic()
        self._loop.call(self._cancel)

    def _begin(self) -> None:
        if self._given_up:
            self._ended()
            return
        self._task = self._loop.begin(self._work)
        self._task.add_done_callback(self._end)

    def _cancel(self) -> None:
        self._loop.unheard = None
        if self._task is not None:
            self._task.cancel()

    def _end(self, task: asyncio.Task[_T]) -> None:
        self._ended()
        with contextlib.suppress(RuntimeError):  # the loop is closed; nobody waits any more
            self._own.call_soon_threadsafe(self._settle, task)

    def _settle(self, task: asyncio.Task[_T]) -> None:
        if task.cancelled():
            error: BaseException | None = RuntimeError("it was cancelled")
        else:
            error = task.exception()
        if self.future.done():
            return
        if error is not None:
            self.future.set_exception(error)
        else:
            self.future.set_result(task.result())


class HookLoops:
    """The loops of one hook; its calls count among those of ``threads``."""

    def __init__(self, threads: HookThreads) -> None:
        self._threads = threads
        self._loops: dict[str, _Loop] = {}
        # When the hook is gone, or the program ends.
        weakref.finalize(self, _stop, self._loops)

    async def run(self, work: Callable[[], Awaitable[_T]], *, bot: str) -> _T:
        """Await ``work`` in the loop of ``bot``.

        Raises:
            HookUnreachable: too many calls are running for ``bot`` already.
        """
        counted = self._threads.begin(bot)
        try:
            loop = self._loop(bot)
        except HookUnreachable:
            self._threads.end(bot, counted)
            raise
        call = _AsyncCall(loop, work, lambda: self._threads.end(bot, counted))
        try:
            return await call.future
        except asyncio.CancelledError:
            counted.left = True
            call.give_up()
            raise

    def _loop(self, bot: str) -> _Loop:
        loop = self._loops.get(bot)
        if loop is None or loop.blocked:
            if loop is not None:
                loop.stop()  # once it reacts again
            loop = self._loops[bot] = _Loop()
        return loop


def _stop(loops: dict[str, _Loop]) -> None:
    for loop in loops.values():
        loop.stop()
