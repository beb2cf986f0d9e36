"""The code hook of the two bots of chapter 9, HarbourBell and the public ReminderBot.

A time that may be two gets a question, a part of the day is narrowed down, a clear time goes
on; fulfilment closes what has a time with it and leaves the rest to the bot's own words.
"""

from __future__ import annotations

import re
from typing import Any, Final

_PERIODS: Final = {"MO": "morning", "AF": "afternoon", "EV": "evening", "NI": "night"}
_TIME: Final = re.compile(r"\d\d:\d\d")
_NOON: Final = 12


def lambda_handler(event: dict[str, Any], context: object = None) -> dict[str, Any]:  # noqa: ARG001 - Lambda's shape
    """Reply to the bot's hooks, the initial, the prompt's, the slot's and the fulfilment's."""
    state = event["sessionState"]
    intent = state["intent"]
    name, slot = next(iter((intent.get("slots") or {}).items()), (None, None))
    value = (slot or {}).get("value") or {}
    time, resolved = value.get("interpretedValue"), value.get("resolvedValues") or []
    if event["invocationSource"] == "FulfillmentCodeHook":
        if time is None or _TIME.fullmatch(time) is None:
            return _reply(state, {"type": "Delegate"})
        intent["state"] = "Fulfilled"
        return _reply(state, {"type": "Close"}, f"It sounds at {_clock(time)}.")
    if time is None and len(resolved) > 1:
        return _question(state, name, f"{', or '.join(map(_clock, resolved))}?")
    if time in _PERIODS:
        state["sessionAttributes"]["period"] = time
        return _question(state, name, f"Which hour of the {_PERIODS[time]}?")
    return _reply(state, {"type": "Delegate"})


def _question(state: dict[str, Any], slot: str | None, words: str) -> dict[str, Any]:
    return _reply(state, {"type": "ElicitSlot", "slotToElicit": slot}, words)


def _reply(state: dict[str, Any], action: dict[str, Any], *words: str) -> dict[str, Any]:
    messages = [{"contentType": "PlainText", "content": text} for text in words]
    return {"sessionState": {**state, "dialogAction": action}, "messages": messages or None}


def _clock(time: str) -> str:
    hours, minutes = map(int, time.split(":"))
    half = "AM" if hours < _NOON else "PM"
    return f"{(hours - 1) % _NOON + 1}:{minutes:02} {half}"
