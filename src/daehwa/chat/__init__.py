"""The wire of ``/chat``, defined once: the server, AWS Lambda, the page and the tests share it.

The door is lazy: AWS Lambda imports limits, errors, lines and languages, which need nothing but
the standard library; msgspec is imported with the first of the values.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daehwa.chat import wire
    from daehwa.chat.accepting import (
        EVENT_STREAM,
        accepted_languages,
        accepts_events,
        best_locale,
        caller_language,
    )
    from daehwa.chat.errors import ERRORS, ChatError, ErrorCode
    from daehwa.chat.limits import (
        BODY_LIMIT,
        COMMENT_LIMIT,
        KEEP_DAYS,
        MESSAGE_ID,
        SESSION_ID,
        TEXT_LIMIT,
        TURNS_SHOWN,
        checked_comment,
        checked_message_id,
        checked_session_id,
        checked_text,
        new_id,
    )
    from daehwa.chat.lines import LineName, line, plain_text, silence
    from daehwa.chat.media import media_type
    from daehwa.chat.openapi import openapi_document, openapi_json
    from daehwa.chat.operations import EVENTS, OPERATIONS, ChatOperation, operation
    from daehwa.chat.values import (
        AnswerState,
        AnswerStatus,
        Caller,
        ChatEvent,
        ChatIntent,
        ChatReply,
        ChatRequest,
        DefaultBot,
        DeltaEvent,
        ErrorBody,
        Fault,
        Feedback,
        FeedbackRequest,
        Limits,
        Look,
        PageBot,
        PageConfig,
        PageLocale,
        Pending,
        Rating,
        SessionReference,
        SourceReference,
        StartEvent,
        StatusEvent,
        Timing,
        Transcript,
        Turn,
        TurnState,
    )

_HOMES = {
    "errors": ("ERRORS", "ChatError", "ErrorCode"),
    "accepting": (
        "EVENT_STREAM",
        "accepted_languages",
        "accepts_events",
        "best_locale",
        "caller_language",
    ),
    "limits": (
        "BODY_LIMIT",
        "COMMENT_LIMIT",
        "KEEP_DAYS",
        "MESSAGE_ID",
        "SESSION_ID",
        "TEXT_LIMIT",
        "TURNS_SHOWN",
        "checked_comment",
        "checked_message_id",
        "checked_session_id",
        "checked_text",
        "new_id",
    ),
    "lines": ("LineName", "line", "plain_text", "silence"),
    "media": ("media_type",),
    "openapi": ("openapi_document", "openapi_json"),
    "operations": ("EVENTS", "OPERATIONS", "ChatOperation", "operation"),
    "values": (
        "AnswerState",
        "AnswerStatus",
        "PageBot",
        "Caller",
        "ChatEvent",
        "ChatIntent",
        "ChatReply",
        "ChatRequest",
        "DefaultBot",
        "DeltaEvent",
        "ErrorBody",
        "Fault",
        "Feedback",
        "FeedbackRequest",
        "Limits",
        "PageLocale",
        "Look",
        "PageConfig",
        "Pending",
        "Rating",
        "SessionReference",
        "SourceReference",
        "SourceReference",
        "StartEvent",
        "StatusEvent",
        "Timing",
        "Transcript",
        "Turn",
        "TurnState",
    ),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "BODY_LIMIT",
    "COMMENT_LIMIT",
    "ERRORS",
    "EVENTS",
    "EVENT_STREAM",
    "KEEP_DAYS",
    "MESSAGE_ID",
    "OPERATIONS",
    "SESSION_ID",
    "TEXT_LIMIT",
    "TURNS_SHOWN",
    "AnswerState",
    "AnswerStatus",
    "Caller",
    "ChatError",
    "ChatEvent",
    "ChatIntent",
    "ChatOperation",
    "ChatReply",
    "ChatRequest",
    "DefaultBot",
    "DeltaEvent",
    "ErrorBody",
    "ErrorCode",
    "Fault",
    "Feedback",
    "FeedbackRequest",
    "Limits",
    "LineName",
    "Look",
    "PageBot",
    "PageConfig",
    "PageLocale",
    "Pending",
    "Rating",
    "SessionReference",
    "SourceReference",
    "StartEvent",
    "StatusEvent",
    "Timing",
    "Transcript",
    "Turn",
    "TurnState",
    "accepted_languages",
    "accepts_events",
    "best_locale",
    "caller_language",
    "checked_comment",
    "checked_message_id",
    "checked_session_id",
    "checked_text",
    "line",
    "media_type",
    "new_id",
    "openapi_document",
    "openapi_json",
    "operation",
    "plain_text",
    "silence",
    "wire",
]


def __getattr__(name: str) -> Any:
    if name == "wire":
        return import_module(f"{__name__}.wire")
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
    return value
