"""Calling a hook: the protocol, the time limit, and how errors are handled."""

from __future__ import annotations

import asyncio
import time
import traceback
from collections.abc import Callable
from typing import Any, Final, Protocol

import structlog

from daehwa import dialog, tracing
from daehwa.hooks.errors import HookError, HookRaised
from daehwa.hooks.payload import plain_json
from daehwa.hooks.response import response
from daehwa.hooks.threads import bot_of

MAX_SECONDS: Final = 30.0
"""How long Lex waits for a code hook (fulfilment with updates may take 900 s)."""

_log = structlog.get_logger()


class Hook(Protocol):
    """Where a bot's code hook runs; one that holds connections is an async context manager."""

    async def __call__(self, event: dict[str, Any], /, *, timeout: float) -> object:  # noqa: ASYNC109 - passed on to the service
        """Send the event and return the reply, unchecked, within ``timeout`` seconds.

        Raises:
            HookError: the hook failed, or could not be called.
            lex.DependencyFailedException: what it returned is not a reply.
            TimeoutError: the time is over.
        """


async def invoke(
    hook: Hook,
    event: dict[str, Any],
    *,
    timeout: float = MAX_SECONDS,  # noqa: ASYNC109 - the limit is part of Lex's contract
    quotas: bool = False,
    hide: Callable[[str], str] | None = None,
) -> dialog.HookResult:
    """Call a hook and return the result that the dialog expects.

    ``hide`` takes from a text what may stand in no log, as the values of obfuscated slots.

    Raises:
        lex.DependencyFailedException: the reply is not valid.
    """
    begun = time.perf_counter()
    request_id = event.get("sessionState", {}).get("originatingRequestId")
    try:
        with tracing.step("hook", bot_of(event)) as step:
            if step.recording:
                step.note(_attributes(hook, event))
            # What starts processes for its calls keeps their time on its own; this is the most.
            async with asyncio.timeout(timeout + getattr(hook, "start_seconds", 0.0)):
                payload = await hook(event, timeout=timeout)
    except TimeoutError:
        _log.warning("hook_timed_out", request_id=request_id, hook=repr(hook), seconds=timeout)
        return dialog.HookTimedOut()
    except HookError as error:
        where = {"request_id": request_id, "hook": repr(hook)}
        _log.warning("hook_failed", error=error.summary, **where)
        # Only where it is asked for: the text is the hook's own and may hold a secret.
        _log_text(error, where, hide)
        # As Lex words it: what a hook raised is for the log, never for who talks to the bot.
        hidden = isinstance(error, HookRaised) and str(error) != error.summary
        why = "Unhandled" if hidden else error.summary
        return dialog.HookFailed(
            f"Invalid Lambda Response: Received error response from Lambda: {why}"
        )
    _log.debug(
        "hook_replied",
        request_id=request_id,
        hook=repr(hook),
        source=event.get("invocationSource"),
        label=event.get("invocationLabel"),
        ms=round((time.perf_counter() - begun) * 1000, 3),
    )
    return response(plain_json(payload), quotas=quotas)


def _log_text(error: HookError, where: dict[str, Any], hide: Callable[[str], str] | None) -> None:
    cause = error.__cause__
    if hide is None or cause is None:
        text = str(error) if hide is None else hide(str(error))
        _log.debug("hook_error", error=text, exc_info=cause, **where)
    else:
        trace = hide("".join(traceback.format_exception(cause)))
        _log.debug("hook_error", error=hide(str(error)), trace=trace, **where)


def _attributes(hook: Hook, event: dict[str, Any]) -> dict[str, str]:
    """What a span says of a call: where the hook runs, and why it is called."""
    known = {
        "daehwa.hook": repr(hook),
        "daehwa.hook.source": event.get("invocationSource"),
        "daehwa.hook.label": event.get("invocationLabel"),
    }
    return {name: value for name, value in known.items() if value}
