"""From the few words of a scenario to Lex's own members, in requests and expectations."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

from conformance.matching import ANY, MORE, NULL
from conformance.scenario import State, Turn


def session_state(given: State) -> dict[str, Any]:
    """A session state as it is on the wire."""
    state: dict[str, Any] = {}
    if given.action is not None:
        state["dialogAction"] = _action(given.action)
    intent = {
        "name": given.intent,
        "state": given.state,
        "confirmationState": given.confirmation,
        "slots": None if given.slots is None else {n: _slot(s) for n, s in given.slots.items()},
    }
    intent = {name: value for name, value in intent.items() if value is not None}
    if intent:
        state["intent"] = intent
    if given.attributes is not None:
        state["sessionAttributes"] = given.attributes
    if given.contexts is not None:
        state["activeContexts"] = [_context(c) for c in given.contexts]
    return {**state, **given.raw}


def _action(words: str) -> dict[str, Any]:
    kind, _, slot = words.partition(" ")
    return {"type": kind, "slotToElicit": slot} if slot else {"type": kind}


def _slot(value: Any) -> Any:
    if value == NULL:
        return None
    if isinstance(value, str):
        return {
            "shape": "Scalar",
            "value": {"originalValue": value, "interpretedValue": value, "resolvedValues": []},
        }
    return value


def _context(given: Any) -> Any:
    if isinstance(given, str):
        life = {"timeToLiveInSeconds": 600, "turnsToLive": 5}
        return {"name": given, "timeToLive": life, "contextAttributes": {}}
    return given


def plain_messages(given: Iterable[Any]) -> list[Any]:
    """Messages as they are on the wire; a text is a plain-text message."""
    return [{"contentType": "PlainText", "content": m} if isinstance(m, str) else m for m in given]


def expected(turn: Turn) -> dict[str, Any]:
    """The members that a turn's response has to have."""
    if turn.error is not None:
        wanted: dict[str, Any] = {"error": {"code": turn.error}}
        if turn.says_why is not None:
            wanted["error"]["message"] = {"contains": turn.says_why}
        return {**wanted, **turn.expect}
    wanted = dict(turn.expect)
    if turn.messages is not None:
        wanted["messages"] = [_message(m) for m in turn.messages]
    if turn.interpretations is not None:
        details = wanted.get("interpretations", [])
        wanted["interpretations"] = [
            _interpretation(name, detail)
            for name, detail in itertools.zip_longest(turn.interpretations, details, fillvalue={})
        ]
    state = dict(wanted.get("sessionState", {}))
    intent = dict(state.get("intent", {}))
    for name, value in (
        ("name", turn.intent),
        ("state", turn.state),
        ("confirmationState", turn.confirmation),
    ):
        if value is not None:
            intent[name] = value
    if turn.slots is not None:
        intent["slots"] = {n: _expected_slot(v) for n, v in turn.slots.items()}
    if intent:
        state["intent"] = intent
    if turn.action is not None:
        state["dialogAction"] = _action(turn.action)
    if turn.attributes is not None:
        state["sessionAttributes"] = {"whole": turn.attributes}
    if turn.contexts is not None:
        state["activeContexts"] = [{"name": n} for n in turn.contexts]
    if state:
        wanted["sessionState"] = state
    return wanted


def _interpretation(name: str, detail: Any) -> Any:
    if name == MORE or not isinstance(detail, dict):
        return name if name == MORE else {"intent": {"name": name}}
    return {**detail, "intent": {"name": name, **detail.get("intent", {})}}


def _message(given: Any) -> Any:
    rules = {"oneOf", "startsWith", "contains"}
    if given == ANY:
        return given
    if isinstance(given, str) or (isinstance(given, dict) and given.keys() <= rules):
        return {"contentType": "PlainText", "content": given}
    return given


def _expected_slot(value: Any) -> Any:
    if isinstance(value, str) and not value.startswith("<"):
        return {"value": {"interpretedValue": value}}
    return value
