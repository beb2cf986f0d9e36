"""What goes into a turn and what comes out, whichever channel it came from."""

from __future__ import annotations

from typing import Literal

import msgspec

from daehwa import dialog, lex
from daehwa.stores import SessionKey

# Where a conversation is held: the path of every operation of the Lex runtime.
Address = SessionKey


# By which operation of the runtime API a turn was taken; our own channels use RecognizeText.
Operation = Literal["PutSession", "RecognizeText", "RecognizeUtterance", "StartConversation"]


class Recognition(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The answer to RecognizeText and PutSession, in Lex's own members.

    ``recognized_bot_member`` is there where a network of bots was addressed.
    """

    session_id: str
    session_state: lex.SessionState
    messages: tuple[lex.Message, ...] = ()
    interpretations: tuple[lex.Interpretation, ...] = ()
    request_attributes: dict[str, str] = msgspec.field(default_factory=dict)
    recognized_bot_member: lex.RecognizedBotMember | msgspec.UnsetType = msgspec.UNSET


class StreamedRecognition(msgspec.Struct, frozen=True):
    """What a stream hears of a text: the answer, and what to say while a person takes a moment."""

    recognition: Recognition
    still_waiting: dialog.StillWaiting | None


class SessionView(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The answer to GetSession: the last messages and interpretations, and the state."""

    session_id: str
    session_state: lex.SessionState
    messages: tuple[lex.Message, ...] = ()
    interpretations: tuple[lex.Interpretation, ...] = ()
