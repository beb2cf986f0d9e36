"""A code hook that is a Python function in processes of its own, as AWS Lambda runs one.

A function that is not ``async`` has a process to itself while it runs, as it has a container on
AWS; the process, with what its module holds, is there for the next call. As many processes are
started as calls run at once, up to ``processes`` for each bot; further calls wait. Calls of an
``async`` function share one process of their bot.

So what a function does (hangs, crashes, leaks, holds the interpreter, ends its process) costs the
call, at most the other calls of its bot, and never the server.
"""

from __future__ import annotations

import asyncio
import contextlib
import weakref
from collections.abc import Iterator
from typing import Any, Final, Self

from daehwa import handlers
from daehwa.hooks.errors import HookError, HookMisconfigured
from daehwa.hooks.process import HookProcess
from daehwa.hooks.threads import CallLoad, HookThreads, bot_of

PROCESSES: Final = 10
"""Processes of one hook that run at once for a bot, unless it is configured otherwise."""

MEMORY_MB: Final = 1024
"""The memory that each may take, unless it is configured otherwise."""

START_SECONDS: Final = 10.0
"""How long a process may take to start and to import the function, apart from a call's own time.

Source: the time of AWS Lambda's Init phase, which does not count as the function's either.
"""


class _Pool:
    """The processes of one bot: those that are free, and a place for each that may run."""

    def __init__(self, processes: int) -> None:
        self.places = asyncio.Semaphore(processes)
        self.starting = asyncio.Lock()
        self.free: list[HookProcess] = []
        self.shared: HookProcess | None = None


class ProcessHook:
    """A function named ``module:function`` or ``path/to/file.py:function``, away from the server.

    ``path`` is the file that it is read from, as far as it is known; ``failure`` is why it could
    not be called when that was tried last.

    It is called as an AWS Lambda handler is, with the event and a context, or with the event
    alone when it takes one argument. ``processes`` is how many of its calls for one bot run at
    once, unless it is ``async``; ``memory_mb`` is the memory that a process may take. A call whose
    process has to be started waits ``start_seconds`` for that, or for its own time if that is
    longer; its own time goes on then. What it prints is logged. A process that nobody needs for ten
    minutes ends.
    """

    def __init__(
        self,
        target: str,
        *,
        processes: int = PROCESSES,
        memory_mb: int = MEMORY_MB,
        start_seconds: float = START_SECONDS,
    ) -> None:
        try:
            self.path = handlers.HandlerFunction(target).path
        except handlers.NoFunction as error:
            raise HookMisconfigured(str(error)) from None
        self.target = target
        self.failure: HookError | None = None
        self.start_seconds = start_seconds
        self._processes = processes
        self._memory_mb = memory_mb
        self._counts = HookThreads()
        self._pools: dict[str, _Pool] = {}
        self._spare: HookProcess | None = None
        self._is_async: bool | None = None
        self._examining = asyncio.Lock()
        self._living: set[HookProcess] = set()
        # When the hook is gone, or the program ends.
        weakref.finalize(self, _end_all, self._living)

    def __repr__(self) -> str:
        return f"ProcessHook({self.target!r})"

    async def __aenter__(self) -> Self:
        """Nothing to begin: processes are started when first needed."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """End the processes; one that has a call in progress ends after it."""
        for process in self._retire():
            await process.gone()

    async def __call__(self, event: dict[str, Any], /, *, timeout: float) -> object:  # noqa: ASYNC109 - the handler may read it
        """Call the function and return what it returns, as plain JSON.

        Raises:
            HookRaised: the function raised, or its process ended.
            HookUnreachable: too many calls are running for the bot already, or no process can be
                started.
            HookMisconfigured: there is no such function.
            TimeoutError: the call's time is over, or that of the start.
            lex.DependencyFailedException: what it returned is not JSON.
        """
        bot = bot_of(event)
        with self._counted(bot):
            async with asyncio.timeout(timeout) as limit:
                return await self._call(event, bot, limit)

    async def _call(self, event: dict[str, Any], bot: str, limit: asyncio.Timeout) -> object:
        if self._is_async is None:
            with self._not_counted(limit):
                await self.examine()
        pool = self._pools.setdefault(bot, _Pool(self._processes))
        if self._is_async:
            with self._not_counted(limit):
                process = await self._shared(pool)
            return await process.call(event, seconds=_left(limit))
        async with pool.places:
            with self._not_counted(limit):
                process = await self._free(pool)
            try:
                return await process.call(event, seconds=_left(limit))
            finally:
                if process.lives:
                    pool.free.append(process)

    def load(self) -> tuple[CallLoad, ...]:
        """What runs in its processes at the moment, by bot."""
        return self._counts.load()

    async def examine(self) -> None:
        """See in a process that the function can be called; the first call then has that one.

        Raises:
            HookMisconfigured: it cannot be imported, or has no such function.
            HookUnreachable: no process can be started.
        """
        async with self._examining:
            if self._is_async is None:
                self._spare = await self._start()

    async def reload(self) -> None:
        """Have the module read again: calls in progress end with the old one.

        Raises:
            HookError: it cannot be read; the old one then stays.
        """
        fresh = await self._start()
        self._retire(but=fresh)
        self._spare = fresh

    @contextlib.contextmanager
    def _not_counted(self, limit: asyncio.Timeout) -> Iterator[None]:
        """A start, whose time is not part of the call's; it has a bound of its own."""
        begun, left = asyncio.get_running_loop().time(), _left(limit)
        limit.reschedule(begun + max(self.start_seconds, left))
        yield
        limit.reschedule(asyncio.get_running_loop().time() + left)

    @contextlib.contextmanager
    def _counted(self, bot: str) -> Iterator[None]:
        call = self._counts.begin(bot)
        try:
            yield
        finally:
            self._counts.end(bot, call)

    async def _start(self) -> HookProcess:
        process = HookProcess(
            self.target,
            memory_mb=self._memory_mb,
            label=repr(self),
            ended=self._living.discard,
        )
        self._living.add(process)
        try:
            await process.start()
        except BaseException as error:
            if process.pid is None:
                self._living.discard(process)
            if isinstance(error, HookError):
                self.failure = error
            raise
        self._is_async, self.path, self.failure = process.is_async, process.path, None
        return process

    async def _take_spare(self) -> HookProcess:
        spare, self._spare = self._spare, None
        return spare if spare is not None and spare.lives else await self._start()

    async def _free(self, pool: _Pool) -> HookProcess:
        """A process that has nothing to do; the one that had something last."""
        while pool.free:
            process = pool.free.pop()
            if process.lives:
                return process
        return await self._take_spare()

    async def _shared(self, pool: _Pool) -> HookProcess:
        async with pool.starting:
            if pool.shared is None or not pool.shared.lives:
                pool.shared = await self._take_spare()
            return pool.shared

    def _retire(self, but: HookProcess | None = None) -> list[HookProcess]:
        """End what has nothing to do, which is returned, and the others after their calls."""
        self._pools = {}
        self._spare = None
        ending = []
        for process in tuple(self._living):
            if process is not but:
                process.retire()
                if not process.calls:
                    ending.append(process)
        return ending


def _left(limit: asyncio.Timeout) -> float:
    """How many seconds there are until the limit."""
    end = limit.when()
    assert end is not None  # noqa: S101 - each call has one
    return end - asyncio.get_running_loop().time()


def _end_all(processes: set[HookProcess]) -> None:
    for process in tuple(processes):
        process.kill_and_reap()
