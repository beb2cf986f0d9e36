"""FallbackIntent's event as a question to an answerer, and its answer as Lex takes it.

Source: Lex V2's "AWS Lambda input event and response format". The conversation so far, which
Lex does not put into the event, travels as the request attribute ``daehwa:history``.
"""

from __future__ import annotations

import json
from typing import Any

from daehwa.answers import Answer, AnswerError, PastMessage, Question, close_response
from daehwa.aws.marks import ERROR, INCOMPLETE, MODEL, SOURCE, SOURCES, marked
from daehwa.aws.reply import HISTORY

# What Lex takes as the text of a response.
LIMIT = 4000
_SOURCES_BYTES, _TITLE = 1500, 120
_ROLES = ("user", "assistant")


def read_question(event: dict[str, Any], *, deadline: float | None = None) -> Question:
    """Give the question in a hook's event; ``deadline`` as in ``Question``."""
    bot = event.get("bot") or {}
    attributes = event.get("requestAttributes") or {}
    return Question(
        # Half a character pair cannot be sent on.
        text=(event.get("inputTranscript") or "").encode("utf-8", "replace").decode(),
        history=_history(attributes.get(HISTORY)),
        locale=bot.get("localeId") or "en_US",
        session_id=event.get("sessionId") or "",
        deadline=deadline,
    )


def answer_response(event: dict[str, Any], answer: Answer, *, prefix: str = "") -> dict[str, Any]:
    """Give the response for an answer; where it came from stands in its marks."""
    marks: dict[str, str] = {SOURCE: answer.source}
    if answer.model is not None:
        marks[MODEL] = answer.model
    if answer.incomplete:
        marks[INCOMPLETE] = answer.ended
    if answer.sources:
        marks[SOURCES] = _listed(answer)
    return marked(close_response(event, _shortened(prefix + answer.text)), event, marks)


def _listed(answer: Answer) -> str:
    """The answer's sources, as many as fit; Lex limits what attributes may hold together."""
    listed: list[list[Any]] = []
    for one in answer.sources:
        listed.append([one.number, one.title[:_TITLE], one.link, one.file])
        if len(json.dumps(listed, ensure_ascii=False).encode()) > _SOURCES_BYTES:
            listed.pop()
            break
    return json.dumps(listed, ensure_ascii=False)


def error_response(event: dict[str, Any], error: AnswerError) -> dict[str, Any]:
    """Give the response for an error: the person's line, the intent ``Failed``."""
    locale = (event.get("bot") or {}).get("localeId") or "en_US"
    response = close_response(event, error.line(locale), state="Failed")
    return marked(response, event, {SOURCE: "none", ERROR: error.code})


def _history(raw: object) -> tuple[PastMessage, ...]:
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
        PastMessage(role=turn["role"], text=turn["content"])
        for turn in turns
        if isinstance(turn, dict)
        and turn.get("role") in _ROLES
        and isinstance(turn.get("content"), str)
    )


def _shortened(text: str) -> str:
    return text if len(text) <= LIMIT else text[: LIMIT - 1].rstrip() + "…"
