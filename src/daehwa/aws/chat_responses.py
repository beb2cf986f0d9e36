"""The chat function's replies and turns as responses: JSON, events, or the bare content."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from daehwa import chat
from daehwa.aws import gateway
from daehwa.aws.gateway import Request
from daehwa.aws.transcript_table import StoredTurn

if TYPE_CHECKING:
    from daehwa.chat import wire

Response = dict[str, Any]


def wire_turn(turn: StoredTurn, now: float) -> wire.Turn:
    """A turn of the transcript as the page gets it."""
    feedback: wire.Feedback | None = None
    if turn.rating or turn.comment:
        feedback = {"rating": turn.rating, "comment": turn.comment}
    return {
        "messageId": turn.message_id,
        "text": turn.text,
        "at": turn.when,
        "reply": json.loads(turn.reply) if turn.reply else None,
        "state": turn.state_at(now),
        "feedback": feedback,
    }


def reply_response(request: Request, made: wire.ChatReply) -> Response:
    """A reply as JSON, or as events where the caller accepts those."""
    if not request.streams:
        return gateway.response(200, made)
    start: wire.StartEvent = {
        "sessionId": made["sessionId"],
        "messageId": made["messageId"],
        "requestId": made["requestId"],
    }
    return gateway.events(("start", start), ("done", made))


def still_running(request: Request, start: wire.StartEvent, locale_id: str) -> Response:
    """Say that the answer is not there yet: events that end without one, or 202.

    A client of the events that loses its stream asks again, and so waits on.
    """
    if request.streams:
        return gateway.events(("start", start), ("status", answering_event("lex", locale_id)))
    pending: wire.Pending = {**start, "state": "running"}
    return gateway.response(202, pending, headers={"retry-after": "1"})


def answering_event(source: str, locale_id: str) -> wire.StatusEvent:
    """What is known of an answer that is being made."""
    line = chat.line("answering", locale_id)
    return {"state": "answering", "source": source, "line": line, "progress": None}


def plain_response(answer: Response) -> dict[str, Any]:
    """The content itself, for a caller that is not an HTTP client: ``{"statusCode", "msg", ...}``.

    The how-to's functions gave the words as ``body`` or as ``msg``: here both have them.
    """
    content = json.loads(answer.get("body") or "{}")
    if "msg" not in content:
        fault = content.get("error")
        content["msg"] = fault["message"] if fault else ""
    return {"statusCode": answer["statusCode"], "body": content["msg"], **content}
