"""The requests that there are: where each goes, what it takes, what comes back, what goes wrong."""

from __future__ import annotations

from typing import Any

import msgspec

from daehwa.chat.values import (
    ChatReply,
    ChatRequest,
    DeltaEvent,
    ErrorBody,
    FeedbackRequest,
    NewSession,
    PageConfig,
    Pending,
    SavedTalk,
    SessionRequest,
    StartEvent,
    StatusEvent,
    Transcript,
)

EVENTS: dict[str, type] = {
    "start": StartEvent,
    "status": StatusEvent,
    "delta": DeltaEvent,
    "done": ChatReply,
    "error": ErrorBody,
}
"""What each event of a stream holds."""

_SESSION = "/chat/sessions/{sessionId}"
_TURN = f"{_SESSION}/turns/{{messageId}}"
_OF_SESSION = (
    "SessionIdInvalid",
    "SecretMissing",
    "SecretInvalid",
    "BotNotFound",
    "LocaleNotFound",
)
_OF_STORE = ("StoreUnavailable", "InternalServerException")
_OF_LEX = (
    "ValidationException",
    "ConflictException",
    "DependencyFailedException",
    "ThrottlingException",
)
# Only where Lex itself is behind the chat.
_OF_AWS = ("Misconfigured", "BotUnreachable", "Unreachable")


class ChatOperation(msgspec.Struct, frozen=True, kw_only=True):
    """One request. ``replies`` are the values by status, ``None`` where there is no body.

    With ``streams`` the reply comes as events to whoever accepts them. ``query`` are the
    parameters behind the question mark, each with what it means. ``secret`` says that it takes
    the session's secret; ``begins`` that it gives one where it came without.
    """

    name: str
    method: str
    path: str
    summary: str
    description: str
    replies: dict[int, Any]
    errors: tuple[str, ...]
    body: type | None = None
    query: dict[str, str] = {}
    streams: bool = False
    secret: bool = False
    begins: bool = False


_WHOSE = {
    "botId": "The bot's id or name, as in the message.",
    "localeId": "The language, as in the message.",
}

OPERATIONS = (
    ChatOperation(
        name="say",
        method="POST",
        path="/chat",
        summary="Say something",
        description="One turn of the conversation. The turn continues if its client stops "
        "listening, and can be followed by its message id. If a message id is sent "
        "twice, it is still one turn. If others can reach the server, a message "
        "without a secret starts a new session, whatever id it names, and the "
        "response has that session's secret.",
        body=ChatRequest,
        replies={200: ChatReply, 202: Pending},
        streams=True,
        secret=True,
        begins=True,
        errors=(
            "RequestMalformed",
            "TextMissing",
            "TextTooLong",
            "MessageIdInvalid",
            *_OF_SESSION,
            "TurnLost",
            "RequestTooLarge",
            "RequestTimeout",
            *_OF_LEX,
            *_OF_STORE,
            "BotNotReady",
            "ShuttingDown",
            *_OF_AWS,
        ),
    ),
    ChatOperation(
        name="config",
        method="GET",
        path="/chat/config",
        summary="What the page needs to know first",
        description="The bots, their languages and first lines, and who answers what they do not "
        "understand.",
        query={"localeId": "The preferred language; ignored if no bot has it."},
        replies={200: PageConfig},
        errors=("InternalServerException", "Misconfigured"),
    ),
    ChatOperation(
        name="begin",
        method="POST",
        path="/chat/sessions",
        summary="Begin a session",
        description="Starts a session with a secret, which all its requests need. To continue "
        "a session from a release without secrets, name it by the id that the chat "
        "page made for it: its turns move into the new session.",
        body=SessionRequest,
        replies={201: NewSession},
        errors=(
            "RequestMalformed",
            "SessionIdInvalid",
            "BotNotFound",
            "LocaleNotFound",
            "RequestTooLarge",
            "RequestTimeout",
            *_OF_STORE,
            "Misconfigured",
        ),
    ),
    ChatOperation(
        name="transcript",
        method="GET",
        path=_SESSION,
        summary="The conversation so far",
        description="The last 200 turns of a session, with the person's ratings. If `earlier` "
        "is true, `before` returns the turns before them, 200 at a time.",
        secret=True,
        query=_WHOSE
        | {
            "before": "The message id of a turn: returns the turns before it (none if the id is "
            "unknown)."
        },
        replies={200: Transcript[ChatReply]},
        errors=("MessageIdInvalid", *_OF_SESSION, *_OF_STORE, "Misconfigured"),
    ),
    ChatOperation(
        name="test",
        method="GET",
        path=f"{_SESSION}/test",
        summary="The conversation as a test",
        description="The conversation as a test file that passes as it is: it contains the "
        "clock, the language model's answers and what was understood. If the "
        "conversation has branches, it contains the one that leads to the last "
        "turn.",
        secret=True,
        query=_WHOSE,
        replies={200: SavedTalk},
        errors=(*_OF_SESSION, *_OF_STORE, "Misconfigured"),
    ),
    ChatOperation(
        name="forget",
        method="DELETE",
        path=_SESSION,
        summary="End the session",
        description="Deletes the conversation: its state and all its turns, even an answer in "
        "progress. Without `botId`, that is the conversation with every bot; "
        "without `localeId`, in every language.",
        secret=True,
        query=_WHOSE,
        replies={204: None},
        errors=(*_OF_SESSION, *_OF_STORE, *_OF_AWS),
    ),
    ChatOperation(
        name="follow",
        method="GET",
        path=_TURN,
        summary="A turn's answer",
        description="Follows a turn. As events: `start`, the answer so far, then the rest as "
        "it comes. As JSON: the reply, once it is complete.",
        secret=True,
        query=_WHOSE,
        replies={200: ChatReply, 202: Pending},
        streams=True,
        errors=(
            "MessageIdInvalid",
            *_OF_SESSION,
            "TurnNotFound",
            "TurnLost",
            *_OF_LEX,
            *_OF_STORE,
            "BotNotReady",
            "ShuttingDown",
            "Misconfigured",
        ),
    ),
    ChatOperation(
        name="stop",
        method="POST",
        path=f"{_TURN}/stop",
        summary="Stop an answer",
        description="Stops the answer; the words so far are kept. A turn that has ended stays "
        "as it is. If the turn is not known yet, the request waits for it, for two "
        "seconds at most.",
        secret=True,
        query=_WHOSE,
        replies={204: None},
        errors=("MessageIdInvalid", *_OF_SESSION, *_OF_STORE, "Misconfigured"),
    ),
    ChatOperation(
        name="feedback",
        method="POST",
        path=f"{_TURN}/feedback",
        summary="What the person thinks of a reply",
        description="Saves a thumb and a comment, which the transcript then contains.",
        secret=True,
        query=_WHOSE,
        body=FeedbackRequest,
        replies={204: None},
        errors=(
            "RequestMalformed",
            "FeedbackInvalid",
            "MessageIdInvalid",
            *_OF_SESSION,
            "TurnNotFound",
            "RequestTooLarge",
            "RequestTimeout",
            *_OF_STORE,
            "Misconfigured",
        ),
    ),
)


def operation(name: str) -> ChatOperation:
    """The operation of this name."""
    return next(each for each in OPERATIONS if each.name == name)
