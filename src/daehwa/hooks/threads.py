"""Threads for hooks that block: a bounded number for each bot, so that none uses up another's."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import threading
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import msgspec

from daehwa.hooks.errors import HookUnreachable

MOST_CALLS: Final = 64
"""Calls of one hook that may run at once for a bot; Lex allows 25 to 50 conversations."""

_T = TypeVar("_T")


class CallLoad(msgspec.Struct, frozen=True, kw_only=True):
    """A bot's calls of one hook: ``running`` in all, ``hanging`` of them past their time."""

    bot: str
    running: int
    hanging: int

    @property
    def exhausted(self) -> bool:
        """Whether no further call can be made until one returns."""
        return self.running >= MOST_CALLS


class CountedCall:
    """A call in its thread; ``left`` when its caller stopped waiting."""

    def __init__(self) -> None:
        self.left = False


class HookThreads:
    """The threads of one hook."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: dict[str, set[CountedCall]] = {}

    def load(self) -> tuple[CallLoad, ...]:
        """What runs at the moment, by bot."""
        with self._lock:
            return tuple(
                CallLoad(bot=bot, running=len(calls), hanging=sum(call.left for call in calls))
                for bot, calls in self._calls.items()
            )

    async def run(self, work: Callable[[], _T], *, bot: str) -> _T:
        """Run what blocks in a thread of its own and await it.

        The thread is a daemon: work that never returns holds up neither the caller, once it
        stops waiting, nor the end of the program.

        Raises:
            HookUnreachable: too many calls are running for ``bot`` already.
        """
        call = self.begin(bot)
        loop = asyncio.get_running_loop()
        future: asyncio.Future[_T] = loop.create_future()

        def settle(result: _T | None, error: BaseException | None) -> None:
            if future.done():
                return
            if error is not None:
                future.set_exception(error)
            else:
                future.set_result(result)  # type: ignore[arg-type]

        def run() -> None:
            result: _T | None = None
            error: BaseException | None = None
            try:
                result = work()
            except BaseException as raised:  # noqa: BLE001 - handed to the awaiting task
                error = raised
            finally:
                self.end(bot, call)
            if isinstance(error, StopIteration | SystemExit | KeyboardInterrupt):
                error = RuntimeError(f"{type(error).__name__}: {error}")
            with contextlib.suppress(RuntimeError):  # the loop is closed; nobody waits any more
                loop.call_soon_threadsafe(settle, result, error)

        try:
            # With the request's context: what the hook logs and traces of its own belongs to it.
            context = contextvars.copy_context()
            threading.Thread(
                target=context.run, args=(run,), name="daehwa-hook", daemon=True
            ).start()
        except RuntimeError as error:
            self.end(bot, call)
            raise HookUnreachable(f"no thread could be started for it: {error}") from None
        try:
            return await future
        except asyncio.CancelledError:
            call.left = True
            raise

    def begin(self, bot: str) -> CountedCall:
        """Count a call that begins.

        Raises:
            HookUnreachable: too many are running for ``bot`` already.
        """
        with self._lock:
            calls = self._calls.setdefault(bot, set())
            if len(calls) >= MOST_CALLS:
                hanging = sum(call.left for call in calls)
                raise HookUnreachable(
                    f"{len(calls)} calls are running already for this bot, {hanging} of them "
                    "past their time: it gets no more until one returns"
                )
            call = CountedCall()
            calls.add(call)
            return call

    def end(self, bot: str, call: CountedCall) -> None:
        """Count a call that has ended."""
        with self._lock:
            calls = self._calls[bot]
            calls.discard(call)
            if not calls:
                del self._calls[bot]


def bot_of(event: Mapping[str, Any]) -> str:
    """The bot that an event is for, by id; empty in an event without one."""
    bot = event.get("bot")
    return str(bot.get("id", "")) if isinstance(bot, Mapping) else ""
