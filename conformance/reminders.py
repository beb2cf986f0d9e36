"""ReminderBot's code hook, written anew from the rules that are known of it.

A time that may be two gets a question, a part of the day is narrowed down, a clear time goes
on; fulfilment closes a call with its time and leaves an e-mail to the bot's own words.
"""

from __future__ import annotations

from typing import Any, Final

_PERIODS: Final = {"MO": "morning", "AF": "afternoon", "EV": "evening", "NI": "night"}
_NOON: Final = 12


def lambda_handler(event: dict[str, Any], context: object = None) -> dict[str, Any]:  # noqa: ARG001 - Lambda's shape
    """Reply to the bot's hooks, the initial, the prompt's, the slot's and the fulfilment's."""
    state = event["sessionState"]
    intent = state["intent"]
    slot = (intent.get("slots") or {}).get("Time")
    value = (slot or {}).get("value") or {}
    if event["invocationSource"] == "FulfillmentCodeHook":
        return _fulfilled(state, intent, value)
    time, resolved = value.get("interpretedValue"), value.get("resolvedValues") or []
    if time is None and len(resolved) > 1:
        return _question(state, f"Would you like {' or '.join(map(_clock, resolved))}?")
    if time in _PERIODS:
        state["sessionAttributes"]["timeperiod"] = time
        return _question(state, f"What time in the {_PERIODS[time]} would you like?")
    return _reply(state, {"type": "Delegate"})


def _fulfilled(
    state: dict[str, Any], intent: dict[str, Any], value: dict[str, Any]
) -> dict[str, Any]:
    if intent["name"] != "CallIntent":
        return _reply(state, {"type": "Delegate"})
    intent["state"] = "Fulfilled"
    words = f"Your call has been scheduled for {_clock(value['interpretedValue'])}"
    return _reply(state, {"type": "Close"}, words)


def _question(state: dict[str, Any], words: str) -> dict[str, Any]:
    return _reply(state, {"type": "ElicitSlot", "slotToElicit": "Time"}, words)


def _reply(state: dict[str, Any], action: dict[str, Any], *words: str) -> dict[str, Any]:
    messages = [{"contentType": "PlainText", "content": text} for text in words]
    return {"sessionState": {**state, "dialogAction": action}, "messages": messages or None}


def _clock(time: str) -> str:
    hours, minutes = map(int, time.split(":"))
    half = "AM" if hours < _NOON else "PM"
    return f"{(hours - 1) % _NOON + 1}:{minutes:02} {half}"
