"""From the few words of a scenario to Lex's own members, in requests and expectations."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

from conformance.scenario import State, Turn
from daehwa.care.testing.comparing import ANY, MORE, NULL


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
        error: dict[str, Any] = {"code": turn.error}
        if turn.says_why is not None:
            error["message"] = {"contains": turn.says_why}
        return {"error": error, **turn.expect}
    wanted: dict[str, Any] = {}
    if turn.messages is not None:
        wanted["messages"] = [_message(m) for m in turn.messages]
    if turn.interpretations is not None:
        wanted["interpretations"] = [
            name if name == MORE else {"intent": {"name": name}} for name in turn.interpretations
        ]
    state = _expected_state(turn)
    if state:
        wanted["sessionState"] = state
    return dict(_both(wanted, turn.expect))


def _both(words: Any, members: Any) -> Any:
    """The few words and the members of ``expect`` together, down to the details."""
    if isinstance(words, dict) and isinstance(members, dict):
        return words | {n: _both(words[n], m) if n in words else m for n, m in members.items()}
    if isinstance(words, list) and isinstance(members, list):
        pairs = itertools.zip_longest(words, members, fillvalue=ANY)
        return [_both(word, member) for word, member in pairs]
    return words if members in (ANY, MORE) else members


def _expected_state(turn: Turn) -> dict[str, Any]:
    state: dict[str, Any] = {}
    if turn.action is not None:
        state["dialogAction"] = _action(turn.action)
    intent = {
        "name": turn.intent,
        "state": turn.state,
        "confirmationState": turn.confirmation,
        "slots": None
        if turn.slots is None
        else {n: _expected_slot(v) for n, v in turn.slots.items()},
    }
    intent = {name: value for name, value in intent.items() if value is not None}
    if intent:
        state["intent"] = intent
    if turn.attributes is not None:
        state["sessionAttributes"] = {"whole": turn.attributes}
    if turn.contexts is not None:
        state["activeContexts"] = [{"name": n} for n in turn.contexts]
    return state


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
