"""What goes into a turn and what comes out, whichever channel it came from."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from daehwa import lex
from daehwa.stores import SessionKey

# Whose words a reply is made of: the bot's own, or which answerer's.
Source = str


# Where a conversation is held: the path of every operation of the Lex runtime.
Address = SessionKey


# By which operation of the runtime API a turn was taken; our own channels use RecognizeText.
Operation = Literal["PutSession", "RecognizeText", "RecognizeUtterance", "StartConversation"]


class Recognition(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The answer to RecognizeText and PutSession, in Lex's own members."""

    session_id: str
    session_state: lex.SessionState
    messages: tuple[lex.Message, ...] = ()
    interpretations: tuple[lex.Interpretation, ...] = ()
    request_attributes: dict[str, str] = msgspec.field(default_factory=dict)


class SessionView(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The answer to GetSession: the last messages and interpretations, and the state."""

    session_id: str
    session_state: lex.SessionState
    messages: tuple[lex.Message, ...] = ()
    interpretations: tuple[lex.Interpretation, ...] = ()


class ChatRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A message to ``/chat``.

    ``message_id`` names the turn: the same one sent twice is one turn. Without a
    ``session_id`` a new session is made, without a ``bot_id`` the first bot served answers,
    and without a ``locale_id`` the locale is chosen by ``accept_language``.
    """

    text: str
    session_id: str | None = None
    bot_id: str | None = None
    locale_id: str | None = None
    message_id: str | None = None
    request_attributes: dict[str, str] | None = None
    session_attributes: dict[str, str] | None = None


class ChatIntent(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """The intent that a reply belongs to, and how far it is."""

    name: str
    state: str | None = None
    confirmation_state: str | None = None


class Fault(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Why no answer came: a code for programs, a line for people, an id for the log."""

    code: str
    message: str
    request_id: str | None = None


class Timing(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How long the turn took, and understanding it, in milliseconds."""

    total_ms: float
    nlu_ms: float


class ChatReply(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The reply of ``/chat``.

    ``msg`` holds the text messages joined by line ends; ``messages`` all of them, cards
    included. ``source`` says whose words they are: ``intent`` for the bot's own, else the
    answerer's name. ``notice`` is an honest line about the answer: an
    offline model's, or why the bot says nothing.
    ``incomplete`` marks an answer that was stopped or cut; ``error`` tells why there is
    none, although the conversation goes on.
    """

    msg: str
    session_id: str
    message_id: str
    messages: tuple[lex.Message, ...]
    source: Source
    bot_id: str
    locale_id: str
    request_id: str
    model: str | None = None
    intent: ChatIntent | None = None
    slots: dict[str, Any] | None = None
    dialog_action: lex.DialogAction | None = None
    session_attributes: dict[str, str] | None = None
    interpretations: tuple[lex.Interpretation, ...] = ()
    incomplete: bool = False
    notice: str | None = None
    error: Fault | None = None
    timing: Timing | None = None


class ChatEvent(msgspec.Struct, frozen=True):
    """One event of a streamed reply; ``data`` is JSON."""

    name: Literal["start", "status", "delta", "done", "error"]
    data: bytes


class ChatError(Exception):
    """A ``/chat`` request that cannot be served: an HTTP status, a code and a line."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
