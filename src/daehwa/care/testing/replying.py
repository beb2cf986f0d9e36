"""What a scripted code hook replies. This file alone is the conformance suite's AWS Lambda.

Nothing but the standard library is imported, so that the file can be deployed as it is. As a
Lambda it gets its instructions in a request attribute and writes in another how often it was
called.
"""

from __future__ import annotations

import json
import time
from typing import Any

SCRIPT = "daehwa-conformance-script"
CALLED = "daehwa-conformance-called"

_called: dict[tuple[str, str], int] = {}


def reply(instructions: dict[str, Any], event: dict[str, Any]) -> Any:
    """The reply by an instruction: a payload as it is, or a state over the event's own intent.

    Raises:
        RuntimeError: the instruction says so.
    """
    time.sleep(instructions.get("seconds", 0))
    if "raises" in instructions:
        raise RuntimeError(instructions["raises"])
    if "payload" in instructions:
        return instructions["payload"]
    state = dict(instructions["state"])
    if not instructions.get("whole"):
        state["intent"] = _intent(
            state.get("intent", {}), event["sessionState"].get("intent") or {}
        )
    answer = {
        name: instructions[name]
        for name in ("messages", "requestAttributes")
        if name in instructions
    }
    return {"sessionState": state, **answer}


def _intent(own: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    if "name" in own and own["name"] != given.get("name"):
        return own
    intent = {**given, **own}
    if "slots" in own:
        intent["slots"] = {**given.get("slots", {}), **own["slots"]}
    return intent


def lambda_handler(event: dict[str, Any], context: object = None) -> Any:  # noqa: ARG001 - Lambda's shape
    """Reply as the request attribute of the turn says."""
    attributes = dict(event.get("requestAttributes") or {})
    script = json.loads(attributes.pop(SCRIPT))
    turn = event["sessionId"], script["turn"]
    number = _called[turn] = _called.get(turn, 0) + 1
    calls = script["calls"]
    instructions = (
        calls[number - 1]
        if number <= len(calls)
        else {"state": {"dialogAction": {"type": "Delegate"}}}
    )
    answer = reply(instructions, event)
    if isinstance(answer, dict) and "payload" not in instructions:
        returned = answer.get("requestAttributes", attributes)
        answer["requestAttributes"] = {
            **returned,
            SCRIPT: event["requestAttributes"][SCRIPT],
            CALLED: str(number),
        }
    return answer
