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
    from daehwa.chat.session_secret import (
        SECRET_HEADER,
        SESSION_SECRET,
        is_page_made,
        new_secret,
        owner_by_secret,
    )
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
        NewSession,
        PageBot,
        PageConfig,
        PageLocale,
        Pending,
        Rating,
        SessionReference,
        SessionRequest,
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
    "session_secret": (
        "SECRET_HEADER",
        "SESSION_SECRET",
        "is_page_made",
        "new_secret",
        "owner_by_secret",
    ),
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
        "NewSession",
        "PageConfig",
        "Pending",
        "Rating",
        "SessionReference",
        "SessionRequest",
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
    "SECRET_HEADER",
    "SESSION_ID",
    "SESSION_SECRET",
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
    "NewSession",
    "PageBot",
    "PageConfig",
    "PageLocale",
    "Pending",
    "Rating",
    "SessionReference",
    "SessionRequest",
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
    "is_page_made",
    "line",
    "media_type",
    "new_id",
    "new_secret",
    "openapi_document",
    "openapi_json",
    "operation",
    "owner_by_secret",
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
