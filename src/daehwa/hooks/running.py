"""Calling a hook: the protocol, the time limit, and what becomes of what goes wrong."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable
from typing import Any, Final, Protocol, TypeVar

import structlog

from daehwa import dialog
from daehwa.hooks.errors import HookError, HookUnreachable
from daehwa.hooks.response import response

MAX_SECONDS: Final = 30.0
"""How long Lex waits for a code hook (fulfilment with updates may take 900 s)."""

MAX_RUNNING: Final = 256
"""Threads that may be in hooks at once; each one that hangs keeps its thread."""

_log = structlog.get_logger()
_T = TypeVar("_T")
_slots = threading.BoundedSemaphore(MAX_RUNNING)


class Hook(Protocol):
    """Where a bot's code hook runs; one that holds connections is an async context manager."""

    async def __call__(self, event: dict[str, Any], /, *, timeout: float) -> object:  # noqa: ASYNC109 - passed on to the service
        """Send the event and return the reply, unchecked, within ``timeout`` seconds.

        Raises:
            HookError: the hook failed, or could not be called.
            TimeoutError: the time is over.
        """


async def invoke(
    hook: Hook,
    event: dict[str, Any],
    *,
    timeout: float = MAX_SECONDS,  # noqa: ASYNC109 - the limit is part of Lex's contract
    quotas: bool = False,
) -> dialog.HookResult:
    """Call a hook and return the result that the dialog expects.

    Raises:
        lex.DependencyFailedException: the reply is no reply.
    """
    begun = time.perf_counter()
    try:
        async with asyncio.timeout(timeout):
            payload = await hook(event, timeout=timeout)
    except TimeoutError:
        _log.warning("hook_timed_out", hook=repr(hook), seconds=timeout)
        return dialog.HookTimedOut()
    except HookError as error:
        _log.warning("hook_failed", hook=repr(hook), error=str(error), exc_info=error.__cause__)
        return dialog.HookFailed(
            f"Invalid Lambda Response: Received error response from Lambda: {error}"
        )
    _log.debug(
        "hook_replied",
        request_id=event.get("sessionState", {}).get("originatingRequestId"),
        hook=repr(hook),
        source=event.get("invocationSource"),
        label=event.get("invocationLabel"),
        ms=round((time.perf_counter() - begun) * 1000, 3),
    )
    return response(payload, quotas=quotas)


async def in_thread(work: Callable[[], _T]) -> _T:
    """Run what blocks in a thread of its own and await it.

    The thread is a daemon: work that never returns holds up neither the caller, once it
    stops waiting, nor the end of the program.

    Raises:
        HookUnreachable: too many such threads are busy already.
    """
    if not _slots.acquire(blocking=False):
        raise HookUnreachable(f"{MAX_RUNNING} calls are running already")
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
            _slots.release()
        if isinstance(error, StopIteration | SystemExit | KeyboardInterrupt):
            error = RuntimeError(f"{type(error).__name__}: {error}")
        with contextlib.suppress(RuntimeError):  # the loop is closed; nobody waits any more
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=run, name="daehwa-hook", daemon=True).start()
    return await future
