"""What a code hook answers by the Lex Lambda contract when an answerer speaks: ``Close``.

Source: Lex V2's "AWS Lambda input event and response format".
"""

from __future__ import annotations

from typing import Any


def close_response(
    event: dict[str, Any],
    text: str,
    *,
    state: str = "Fulfilled",
    attributes: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Give the hook's response that says ``text`` and closes the event's intent.

    Session attributes and contexts go back as they came; ``attributes`` become the request
    attributes of the response.
    """
    session = event.get("sessionState") or {}
    intent = {**(session.get("intent") or {"name": "FallbackIntent"}), "state": state}
    state_after: dict[str, Any] = {
        "sessionAttributes": session.get("sessionAttributes") or {},
        "dialogAction": {"type": "Close"},
        "intent": intent,
    }
    if session.get("activeContexts"):
        state_after["activeContexts"] = session["activeContexts"]
    return {
        "sessionState": state_after,
        "messages": [{"contentType": "PlainText", "content": text}],
        "requestAttributes": attributes or {},
    }
