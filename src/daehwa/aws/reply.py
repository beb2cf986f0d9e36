"""Lex's answer to RecognizeText as the reply of ``/chat``."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from typing import TYPE_CHECKING, Any, Literal

from daehwa import chat
from daehwa.aws.marks import ERROR, INCOMPLETE, MODEL, SOURCE, SOURCES, read_marks, without_ours

if TYPE_CHECKING:
    from daehwa.answers import Answer, AnswerError, SourcePassage
    from daehwa.aws.page_content import PageContent
    from daehwa.aws.utterance import IncomingText
    from daehwa.chat import wire

FALLBACK = "FallbackIntent"
HISTORY = "daehwa:history"
"""The request attribute in which the conversation so far travels to the code hook."""
_ENDS: Mapping[str, Literal["cut", "length", "refused", "timed_out"]] = {
    "cut": "cut",
    "length": "length",
    "refused": "refused",
    "timed_out": "timed_out",
}


def reply(
    answer: Mapping[str, Any], utterance: IncomingText, page: PageContent, timing: wire.Timing
) -> wire.ChatReply:
    """Give the reply to an utterance; whose words they are stands in the code hook's marks."""
    state = answer.get("sessionState") or {}
    intent = state.get("intent") or None
    messages = answer.get("messages") or []
    marks = read_marks(answer, utterance.message_id)
    text = "\n".join(filter(None, map(_words, messages)))
    code = marks.get(ERROR)
    made: wire.ChatReply = {
        "msg": text,
        "sessionId": utterance.session_id,
        "messageId": utterance.message_id,
        "messages": messages,
        "source": marks.get(SOURCE) or "intent",
        "botId": page.bot_id,
        "localeId": utterance.locale_id,
        "requestId": utterance.request_id,
        "model": marks.get(MODEL),
        "intent": None if intent is None else _intent(intent),
        "slots": None if intent is None else intent.get("slots"),
        "dialogAction": state.get("dialogAction"),
        "sessionAttributes": without_ours(state.get("sessionAttributes")),
        "interpretations": answer.get("interpretations") or [],
        "incomplete": INCOMPLETE in marks,
        "stopped": False,
        "ended": _ENDS.get(marks.get(INCOMPLETE, "")),
        "notice": None,
        "error": None if code is None else _fault(code, text, utterance.request_id),
        "timing": timing,
        "usage": None,
        "sources": _sources(marks.get(SOURCES)),
        "follows": utterance.follows,
    }
    if not messages:
        fell = is_missed(made, page.fallbacks) and not page.answered
        made["notice"] = chat.silence(utterance.locale_id, missed=fell)
    return made


def with_answer(made: wire.ChatReply, answer: Answer, timing: wire.Timing) -> wire.ChatReply:
    """Give the reply with an answer that came later, replacing the hook's placeholder."""
    name: chat.LineName = "stopped" if answer.incomplete else "no_words"
    text = answer.text or chat.line(name, made["localeId"])
    return {
        **made,
        "msg": text,
        "messages": _saying(text),
        "source": answer.source,
        "model": answer.model,
        "incomplete": answer.incomplete,
        "ended": _ENDS.get(answer.ended),
        "notice": None,
        "timing": timing,
        "sources": [_source(one) for one in answer.sources],
    }


def with_error(made: wire.ChatReply, error: AnswerError, timing: wire.Timing) -> wire.ChatReply:
    """Give the reply that says why no answer came later."""
    line = error.line(made["localeId"])
    intent = made["intent"]
    return {
        **made,
        "msg": line,
        "messages": _saying(line),
        "source": "none",
        "model": None,
        "intent": None if intent is None else {**intent, "state": "Failed"},
        "notice": None,
        "error": _fault(error.code, line, made["requestId"]),
        "timing": timing,
    }


def _sources(raw: str | None) -> list[wire.SourceReference]:
    """The sources in a mark: number, title, link and file of each; the passages do not fit."""
    try:
        listed = json.loads(raw or "[]")
        return [
            {
                "number": int(number),
                "title": str(title),
                "text": "",
                "heading": None,
                "link": link and str(link),
                "file": file and str(file),
            }
            for number, title, link, file in listed
        ]
    except (ValueError, TypeError):
        return []


def _source(passage: SourcePassage) -> wire.SourceReference:
    return {
        "number": passage.number,
        "title": passage.title,
        "text": passage.text,
        "heading": passage.heading,
        "link": passage.link,
        "file": passage.file,
    }


def _saying(text: str) -> list[dict[str, Any]]:
    return [{"contentType": "PlainText", "content": text}]


def _fault(code: str, line: str, request_id: str) -> wire.Fault:
    return {"code": code, "message": line, "requestId": request_id}


def is_missed(made: wire.ChatReply, fallbacks: Container[str] = (FALLBACK,)) -> bool:
    """Whether the text reached FallbackIntent, whatever the bot's author calls it."""
    return made["intent"] is not None and made["intent"]["name"] in fallbacks


def _words(message: Mapping[str, Any]) -> str:
    content = str(message.get("content") or "")
    return chat.plain_text(str(message.get("contentType")), content)


def _intent(intent: Mapping[str, Any]) -> wire.ChatIntent:
    made: wire.ChatIntent = {"name": intent["name"]}
    if intent.get("state") is not None:
        made["state"] = intent["state"]
    if intent.get("confirmationState") is not None:
        made["confirmationState"] = intent["confirmationState"]
    return made
