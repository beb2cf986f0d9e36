"""Scripted code hooks: what each call must be, and what is replied to it.

One function serves all conversations: it finds its script by the event's session id. It is
called in process, over HTTP by a live server, and, with its replies in a request attribute,
as an AWS Lambda.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Final

from conformance.matching import differences
from conformance.scenario import Call
from conformance.wording import plain_messages, session_state

HOOK_SECONDS: Final = 0.5
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
            told = f"{event['invocationSource']} {event.get('invocationLabel', '')}".strip()
            self.problems.append(f"the code hook was called once more: {told}")
            return reply(Call(action="Delegate"), event)
        call = self._calls.pop(0)
        self.problems += differences(_expected(call), event, "event")
        if call.hangs:
            time.sleep(2 * HOOK_SECONDS)
        if call.raises is not None:
            raise RuntimeError(call.raises)
        return reply(call, event)

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
    if call.payload is not None:
        return call.payload
    state = session_state(call)
    given = event["sessionState"].get("intent") or {}
    if not call.raw:
        own = state.get("intent", {})
        fresh = "name" in own and own["name"] != given.get("name")
        state["intent"] = own if fresh else {**given, **own}
        if not fresh and "slots" in own:
            state["intent"]["slots"] = {**given.get("slots", {}), **own["slots"]}
    answer: dict[str, Any] = {"sessionState": state}
    if call.messages is not None:
        answer["messages"] = plain_messages(call.messages)
    if call.request_attributes is not None:
        answer["requestAttributes"] = call.request_attributes
    return answer


SCRIPTS: dict[str, Script] = {}
"""The scripts that are being played, by session id."""


def lambda_handler(event: dict[str, Any], context: object = None) -> Any:  # noqa: ARG001 - Lambda's shape
    """Replies as the script of the event's session says."""
    return SCRIPTS[event["sessionId"]](event)
