"""An answerer as a code hook by the Lex Lambda contract: event in, ``Close`` out.

Source: Lex V2's "AWS Lambda input event and response format". The conversation so far, which
Lex does not put into the event, travels as the request attribute ``daehwa:history``.
"""

from __future__ import annotations

import json
from typing import Any

from daehwa.answers.errors import AnswerError
from daehwa.answers.values import Answer, Answerer, Exchange, Question

HISTORY = "daehwa:history"
# What Lex takes as the text of a response.
LIMIT = 4000
_ROLES = ("user", "assistant")


def question(event: dict[str, Any], *, deadline: float | None = None) -> Question:
    """Give the question in a hook's event; ``deadline`` as in ``Question``."""
    bot = event.get("bot") or {}
    attributes = event.get("requestAttributes") or {}
    return Question(
        text=event.get("inputTranscript") or "",
        history=_history(attributes.get(HISTORY)),
        locale=bot.get("localeId") or "en_US",
        session_id=event.get("sessionId") or "",
        deadline=deadline,
    )


def closing(
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


def answered(event: dict[str, Any], answer: Answer, *, prefix: str = "") -> dict[str, Any]:
    """Give the response for an answer: where it came from stands in request attributes.

    A scripted line that stands for a failed answer leaves the intent ``Failed``, so that a
    bot can go on from there in its own way.
    """
    attributes: dict[str, str] = {"daehwa:source": answer.source}
    if answer.model is not None:
        attributes["daehwa:model"] = answer.model
    if answer.incomplete:
        attributes["daehwa:incomplete"] = answer.ended
    if answer.error is not None:
        return failed(event, answer.error, text=answer.text)
    return closing(event, _shortened(prefix + answer.text), attributes=attributes)


def failed(event: dict[str, Any], error: AnswerError, *, text: str | None = None) -> dict[str, Any]:
    """Give the response for an error: the person's line, the intent ``Failed``."""
    locale = (event.get("bot") or {}).get("localeId") or "en_US"
    attributes = {"daehwa:source": "none", "daehwa:error": error.code}
    said = text or error.say(locale)
    return closing(event, said, state="Failed", attributes=attributes)


async def respond(
    event: dict[str, Any], answerer: Answerer, *, deadline: float | None = None, prefix: str = ""
) -> dict[str, Any]:
    """Answer a hook's event with an answerer. Never raises ``AnswerError``: it is said."""
    try:
        answer = await answerer.answer(question(event, deadline=deadline))
    except AnswerError as error:
        return failed(event, error)
    return answered(event, answer, prefix=prefix)


def _history(raw: object) -> tuple[Exchange, ...]:
    """Read the history, leaving out whatever is not a person's or the bot's turn.

    It comes from a client: a system's turn in it would be an order to the model.
    """
    try:
        turns = json.loads(raw) if isinstance(raw, str) else []
    except ValueError:
        return ()
    if not isinstance(turns, list):
        return ()
    return tuple(
        Exchange(role=turn["role"], text=turn["content"])
        for turn in turns
        if isinstance(turn, dict)
        and turn.get("role") in _ROLES
        and isinstance(turn.get("content"), str)
    )


def _shortened(text: str) -> str:
    return text if len(text) <= LIMIT else text[: LIMIT - 1].rstrip() + "…"
