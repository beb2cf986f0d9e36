"""A code hook that is a Python function in this process."""

from __future__ import annotations

import asyncio
import time
import uuid
from pathlib import Path
from typing import Any

from daehwa import handlers
from daehwa.hooks.errors import HookError, HookMisconfigured, HookRaised, HookUnreachable
from daehwa.hooks.loops import HookLoops
from daehwa.hooks.threads import CallLoad, HookThreads, bot_of


class PythonHook:
    """A function named ``module:function`` or ``path/to/file.py:function``, in this process.

    It is called as an AWS Lambda handler is, with the event and a context (or with the
    event alone when it takes one argument), in a thread of its own; an ``async`` function
    is awaited in an event loop of its bot's own. The module is imported on the first call, or
    by ``examine``, from the working directory too. ``reload`` reads the module again.
    ``ProcessHook`` keeps what such a function does away from the server; here a debugger
    reaches it. ``failure`` is why it could not be read when that was tried last.
    """

    def __init__(self, target: str) -> None:
        try:
            self._function = handlers.HandlerFunction(target)
        except handlers.NoFunction as error:
            raise HookMisconfigured(str(error)) from None
        self.target = target
        self.failure: HookError | None = None
        self._threads = HookThreads()
        self._loops = HookLoops(self._threads)

    def __repr__(self) -> str:
        return f"PythonHook({self.target!r})"

    async def __call__(self, event: dict[str, Any], /, *, timeout: float) -> object:  # noqa: ASYNC109 - the handler may read it
        """Call the function and return what it returns.

        Raises:
            HookRaised: the function raised.
            HookUnreachable: too many calls are running for the bot already.
            HookMisconfigured: there is no such function.
        """
        if not self._function.loaded:
            self._load()
        context = handlers.HookContext(
            function_name=self._function.name,
            aws_request_id=str(uuid.uuid4()),
            deadline=time.monotonic() + timeout,
        )
        run = self._loops.run if self._function.is_async else self._threads.run
        try:
            return await run(lambda: self._function(event, context), bot=bot_of(event))
        except Exception as error:
            if isinstance(error, HookMisconfigured | HookUnreachable):
                raise
            raise HookRaised(
                handlers.described(error),
                summary=f"{type(error).__name__}{handlers.place(error)}",
            ) from error

    def load(self) -> tuple[CallLoad, ...]:
        """What runs in threads at the moment, by bot."""
        return self._threads.load()

    @property
    def path(self) -> Path | None:
        """The file that the function is read from, as far as it is known."""
        return self._function.path

    async def examine(self) -> None:
        """Import the module, if it has not been.

        Raises:
            HookMisconfigured: it cannot be imported, or has no such function.
        """
        if not self._function.loaded:
            await asyncio.to_thread(self._load)

    async def reload(self) -> None:
        """Read the module again; calls in progress end with the old one.

        Raises:
            HookMisconfigured: it cannot be read; the old one then stays.
        """
        await asyncio.to_thread(self._load, anew=True)

    def _load(self, *, anew: bool = False) -> None:
        try:
            self._function.load(anew=anew)
        except handlers.NoFunction as error:
            self.failure = HookMisconfigured(
                str(error), summary=error.summary, missing=error.missing
            )
            raise self.failure from error.__cause__
        self.failure = None
