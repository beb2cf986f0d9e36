"""Scripted code hooks: what each call must be, and what is replied to it.

One function serves all conversations: it finds its script by the event's session id. It is
called in process, and over HTTP by a live server.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from conformance.scenario import Call
from conformance.wording import plain_messages, session_state
from daehwa.care import testing

HOOK_SECONDS: Final = 1.0
"""The time limit of the hook in scenarios where it hangs."""


class Script:
    """The calls that one turn expects, taken one by one; ``problems`` is what went wrong."""

    def __init__(self, calls: Sequence[Call]) -> None:
        self._calls = list(calls)
        self.problems: list[str] = []

    def __call__(self, event: dict[str, Any]) -> Any:
        """The reply to the next call.

        Raises:
            RuntimeError: the script says that the hook raises.
        """
        if not self._calls:
            surplus = f"{event['invocationSource']} {event.get('invocationLabel', '')}".strip()
            self.problems.append(f"the code hook was called once more: {surplus}")
            return reply(Call(action="Delegate"), event)
        call = self._calls.pop(0)
        self.problems += map(str, testing.differences(_expected(call), event, "event"))
        return reply(call, event)

    def instructions(self) -> list[dict[str, Any]]:
        """The calls that are still to come, as plain JSON."""
        return [instruction(call) for call in self._calls]

    def made(self, calls: int) -> None:
        """Say that so many calls were made where this object could not see them."""
        if calls > len(self._calls):
            self.problems.append(f"the code hook was called {calls} times")
        del self._calls[:calls]

    def close(self) -> list[str]:
        """All problems, calls that never came among them."""
        for call in self._calls:
            self.problems.append(f"the code hook was not called: {call.label or call.source or ''}")
        return self.problems


def _expected(call: Call) -> dict[str, Any]:
    wanted = dict(call.event)
    if call.label is not None:
        wanted["invocationLabel"] = call.label
    if call.source is not None:
        wanted["invocationSource"] = call.source
    return wanted


def reply(call: Call, event: dict[str, Any]) -> Any:
    """The reply of a call: by default the event's own intent goes back."""
    return testing.replying.reply(instruction(call), event)


def instruction(call: Call) -> dict[str, Any]:
    """A call as plain JSON, for ``daehwa.care.testing.replying`` wherever it runs."""
    instructions: dict[str, Any] = {"state": session_state(call), "whole": bool(call.raw)}
    if call.payload is not None:
        instructions["payload"] = call.payload
    if call.messages is not None:
        instructions["messages"] = plain_messages(call.messages)
    if call.request_attributes is not None:
        instructions["requestAttributes"] = call.request_attributes
    if call.raises is not None:
        instructions["raises"] = call.raises
    if call.hangs:
        instructions["seconds"] = 2 * HOOK_SECONDS
    return instructions


SCRIPTS: dict[str, Script] = {}
"""The scripts that are being played, by session id."""


def lambda_handler(event: dict[str, Any], context: object = None) -> Any:  # noqa: ARG001 - Lambda's shape
    """Reply as the script of the event's session says."""
    return SCRIPTS[event["sessionId"]](event)
