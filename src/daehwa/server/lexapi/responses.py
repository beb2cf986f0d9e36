"""Responses of the Lex runtime: from typed values to status, headers and body."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from daehwa import chat, lex
from daehwa.conversation import Address, Recognition, SessionView
from daehwa.server import restjson
from daehwa.server.lexapi import headers
from daehwa.server.lexapi.rules import RULES
from daehwa.server.restjson import Response

TEXT = "text/plain; charset=utf-8"

PACKED_HEADERS = (
    "x-amz-lex-session-id",
    "x-amz-lex-messages",
    "x-amz-lex-session-state",
    "x-amz-lex-request-attributes",
    "x-amz-lex-input-mode",
    "x-amz-lex-interpretations",
    "x-amz-lex-input-transcript",
    "x-amz-lex-recognized-bot-member",
)
"""The headers that PutSession and RecognizeUtterance answer with, by their service model."""

_JSON = (b"content-type", b"application/json")
_encoder = msgspec.json.Encoder()

# The model's bounds of a message's text and of a response's messages.
MAX_CONTENT = RULES["Message"]["content"].most or 0
MAX_MESSAGES = RULES["PutSessionRequest"]["messages"].most or 0


class StoreOutage(lex.InternalServerException):
    """The session store cannot be used: the model's 500 with the status of what will pass."""

    status = 503

    def __init__(self) -> None:
        super().__init__(chat.ChatError("StoreUnavailable").line("en"))


class DeletedSession(msgspec.Struct, frozen=True, rename="camel"):
    """The body of DeleteSession's response."""

    bot_id: str
    bot_alias_id: str
    locale_id: str
    session_id: str


def recognized_text(recognition: Recognition) -> Response:
    """RecognizeText: everything in the body."""
    fitted = fit_messages(recognition.messages)
    if fitted is not recognition.messages:
        recognition = msgspec.structs.replace(recognition, messages=fitted)
    return _json(recognition)


def got_session(view: SessionView) -> Response:
    """GetSession: everything in the body."""
    fitted = fit_messages(view.messages)
    if fitted is not view.messages:
        view = msgspec.structs.replace(view, messages=fitted)
    return _json(view)


def deleted_session(address: Address) -> Response:
    """DeleteSession: the path's labels in the body."""
    return _json(
        DeletedSession(address.bot_id, address.alias_id, address.locale_id, address.session_id)
    )


def put_session(recognition: Recognition, content_type: str = TEXT, audio: bytes = b"") -> Response:
    """PutSession: packed headers, and speech, if any was requested, in the body."""
    return Response(
        200,
        (
            (b"content-type", content_type.encode("latin-1")),
            (b"x-amz-lex-session-id", recognition.session_id.encode()),
            (b"x-amz-lex-messages", headers.pack(fit_messages(recognition.messages))),
            (b"x-amz-lex-session-state", headers.pack(recognition.session_state)),
            (b"x-amz-lex-request-attributes", headers.pack(recognition.request_attributes)),
        ),
        audio,
    )


def recognized_utterance(
    recognition: Recognition,
    *,
    input_mode: str,
    transcript: str,
    content_type: str = TEXT,
    audio: bytes = b"",
) -> Response:
    """RecognizeUtterance: packed headers, and speech, if any was requested, in the body."""
    plain = put_session(recognition, content_type, audio)
    return msgspec.structs.replace(
        plain,
        headers=(
            *plain.headers,
            (b"x-amz-lex-input-mode", input_mode.encode()),
            (b"x-amz-lex-interpretations", headers.pack(recognition.interpretations)),
            (b"x-amz-lex-input-transcript", headers.pack(transcript)),
            *_member_header(recognition),
        ),
    )


def _member_header(recognition: Recognition) -> tuple[tuple[bytes, bytes], ...]:
    """The bot of a network that took the turn, packed as all structures in headers are."""
    member = recognition.recognized_bot_member
    if isinstance(member, msgspec.UnsetType):
        return ()
    return ((b"x-amz-lex-recognized-bot-member", headers.pack(member)),)


def failure(error: lex.LexError) -> Response:
    """A modelled error: its name in a header, its message in the body."""
    return restjson.error_response(
        error.status, error_name(error), error.message, retry_after=error.retry_after
    )


def error_name(error: lex.LexError) -> str:
    """The model's name of an error: of the nearest class that the model knows."""
    for kind in type(error).__mro__:
        if kind.__module__ == lex.LexError.__module__ and kind is not lex.LexError:
            return kind.__name__
    return lex.InternalServerException.__name__


def fit_messages(messages: tuple[lex.Message, ...]) -> tuple[lex.Message, ...]:
    """``messages`` within the model's bounds: at most ten of at most 1,024 characters.

    A code hook or a language model may say more than the wire takes in one message; a long
    text goes on in the next one, cut between paragraphs, sentences or words. What does not
    fit into ten ends with an ellipsis.
    """
    if len(messages) <= MAX_MESSAGES and all(
        len(message.content or "") <= MAX_CONTENT for message in messages
    ):
        return messages
    fitted: list[lex.Message] = []
    for message in messages:
        pieces = list(_pieces(message.content)) if message.content else [message.content]
        fitted.extend(msgspec.structs.replace(message, content=piece) for piece in pieces)
    if len(fitted) > MAX_MESSAGES:
        last = fitted[MAX_MESSAGES - 1]
        if last.content:
            content = last.content[: MAX_CONTENT - 2].rstrip() + " …"
            fitted[MAX_MESSAGES - 1] = msgspec.structs.replace(last, content=content)
    return tuple(fitted[:MAX_MESSAGES])


def _pieces(text: str) -> Iterable[str]:
    while len(text) > MAX_CONTENT:
        window = text[:MAX_CONTENT]
        cut = MAX_CONTENT
        for mark in ("\n\n", "\n", ". ", " "):
            at = window.rfind(mark)
            # A cut in the first half would make crumbs of the text.
            if at > MAX_CONTENT // 2:
                cut = at + len(mark)
                break
        piece = text[:cut].strip()
        if piece:
            yield piece
        text = text[cut:]
    if text.strip() or not text:
        yield text


def _json(value: msgspec.Struct) -> Response:
    return Response(200, (_JSON,), _encoder.encode(value))
