"""Lex's answer to RecognizeText as the reply of ``/chat``."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daehwa.answers import Answer, AnswerError

_TAGS = re.compile(r"<[^>]*>")
_OURS = "daehwa:"
FALLBACK = "FallbackIntent"
LATER = f"{_OURS}later"
"""The request attribute by which chat function and code hook agree on who asks ChatGPT."""
# Lex may give a request's attributes back as they were: the hook's word is another one.
WISHED, GRANTED = "wished", "granted"


def reply(
    answer: Mapping[str, Any],
    *,
    session_id: str,
    message_id: str,
    bot_id: str,
    locale_id: str,
    request_id: str,
) -> dict[str, Any]:
    """Give the reply, with ``statusCode`` for clients that know the Lambda's own answer.

    Whose words they are stands in the request attributes that the code hook returned.
    """
    state = answer.get("sessionState") or {}
    intent = state.get("intent") or None
    messages = answer.get("messages") or []
    told = answer.get("requestAttributes") or {}
    text = "\n".join(filter(None, map(_words, messages)))
    made: dict[str, Any] = {
        "statusCode": 200,
        "msg": text,
        "sessionId": session_id,
        "messageId": message_id,
        "messages": messages,
        "source": told.get(f"{_OURS}source") or ("intent" if messages else "none"),
        "model": told.get(f"{_OURS}model"),
        "botId": bot_id,
        "localeId": locale_id,
        "intent": None if intent is None else _intent(intent),
        "slots": None if intent is None else intent.get("slots"),
        "dialogAction": state.get("dialogAction"),
        "sessionAttributes": state.get("sessionAttributes") or {},
        "interpretations": answer.get("interpretations") or [],
        "incomplete": f"{_OURS}incomplete" in told,
        "requestId": request_id,
    }
    code = told.get(f"{_OURS}error")
    if code is not None:
        made["error"] = {"code": code, "message": text, "requestId": request_id}
    return made


def answered(made: Mapping[str, Any], answer: Answer) -> dict[str, Any]:
    """Give the reply with an answer that came later, in the place of the hook's stand-in."""
    return {
        **made,
        **_saying(answer.text),
        "source": answer.source,
        "model": answer.model,
        "incomplete": answer.incomplete,
    }


def unanswered(made: Mapping[str, Any], error: AnswerError) -> dict[str, Any]:
    """Give the reply that says why no answer came later."""
    line = error.say(made["localeId"])
    return {
        **made,
        **_saying(line),
        "source": "none",
        "model": None,
        "intent": made["intent"] and {**made["intent"], "state": "Failed"},
        "error": {"code": error.code, "message": line, "requestId": made["requestId"]},
    }


def _saying(text: str) -> dict[str, Any]:
    return {"msg": text, "messages": [{"contentType": "PlainText", "content": text}]}


def missed(made: Mapping[str, Any], fallbacks: Container[str] = (FALLBACK,)) -> bool:
    """Whether the text fell to FallbackIntent, whatever the bot's author calls it."""
    return bool(made["intent"]) and made["intent"]["name"] in fallbacks


def client_attributes(given: Mapping[str, str] | None) -> dict[str, str]:
    """Give a client's request attributes without those that only this house may set."""
    return {name: value for name, value in (given or {}).items() if not name.startswith(_OURS)}


def _words(message: Mapping[str, Any]) -> str:
    content = str(message.get("content") or "")
    return _TAGS.sub("", content) if message.get("contentType") == "SSML" else content


def _intent(intent: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("name", "state", "confirmationState")
    return {name: intent[name] for name in kept if intent.get(name) is not None}
