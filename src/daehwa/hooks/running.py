"""Calling a hook: the protocol, the time limit, and what becomes of what goes wrong."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Final, Protocol

import structlog

from daehwa import dialog
from daehwa.hooks.errors import HookError
from daehwa.hooks.payload import plain_json
from daehwa.hooks.response import response

MAX_SECONDS: Final = 30.0
"""How long Lex waits for a code hook (fulfilment with updates may take 900 s)."""

_log = structlog.get_logger()


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
        _log.warning("hook_failed", hook=repr(hook), error=error.summary)
        # Only where it is asked for: the text is the hook's own and may hold a secret.
        _log.debug("hook_error", hook=repr(hook), error=str(error), exc_info=error.__cause__)
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
    return response(plain_json(payload), quotas=quotas)
