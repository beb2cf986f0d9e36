"""The event of a code hook, as far as it is what Lex sends.

Whoever may invoke the function may send it anything: the console's test button, a script, another
service. What has another type than Lex gives it is left out, as if it were not there.

Source: Lex V2's "AWS Lambda input event and response format".
"""

from __future__ import annotations

from typing import Any, Final

_TEXTS: Final = ("inputTranscript", "invocationSource", "sessionId")


def lex_event(event: object) -> dict[str, Any]:
    """The event with nothing in it but what has Lex's types; empty if it is not an object."""
    read = _object(event)
    for name in _TEXTS:
        _keep(read, name, str)
    if "bot" in read:
        read["bot"] = _keep(_object(read["bot"]), "localeId", str)
    if "requestAttributes" in read:
        read["requestAttributes"] = _table(read["requestAttributes"])
    if "sessionState" in read:
        state = _keep(_object(read["sessionState"]), "activeContexts", list)
        if "sessionAttributes" in state:
            state["sessionAttributes"] = _table(state["sessionAttributes"])
        if "intent" in state:
            state["intent"] = _keep(_object(state["intent"]), "name", str)
        read["sessionState"] = state
    return read


def _object(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {}


def _table(value: object) -> dict[str, str]:
    return {name: text for name, text in _object(value).items() if isinstance(text, str)}


def _keep(values: dict[str, Any], name: str, kind: type) -> dict[str, Any]:
    if not isinstance(values.get(name), kind):
        values.pop(name, None)
    return values
