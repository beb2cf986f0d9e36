"""What a client says to ``/chat``: a message, checked before anything is done with it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from daehwa import chat
from daehwa.aws.marks import TURN, without_ours
from daehwa.aws.ownership import lex_session_id, session_key

if TYPE_CHECKING:
    from daehwa.chat import wire


class IncomingText(NamedTuple):
    """A message. ``begun`` is the instant of ``time.monotonic()`` when it was taken up.

    ``owner`` is whose session it is for, ``follows`` the turn that it comes after: empty for
    none, ``None`` for the last one.
    """

    text: str
    session_id: str
    owner: str
    message_id: str
    locale_id: str
    attributes: dict[str, str]
    session_attributes: dict[str, str] | None
    request_id: str
    begun: float
    follows: str | None = None

    @property
    def session(self) -> str:
        """The transcript's key of the session."""
        return session_key(self.locale_id, self.session_id, self.owner)

    @property
    def lex_session_id(self) -> str:
        """Lex's name of the session."""
        return lex_session_id(self.session_id, self.owner)

    @property
    def start(self) -> wire.StartEvent:
        """What a client needs to ask for the reply again."""
        return {
            "sessionId": self.session_id,
            "messageId": self.message_id,
            "requestId": self.request_id,
        }

    def timing(self) -> wire.Timing:
        """How long it took until now."""
        return {"totalMs": round((time.monotonic() - self.begun) * 1000, 1)}


def read(
    message: Mapping[str, Any], locale_id: str, request_id: str, *, owner: str = ""
) -> IncomingText:
    """Read a request's JSON; ids that it does not name are made.

    Raises:
        chat.ChatError: something in it is not what it should be.
    """
    text = optional_text(message, "text")
    if text is None:
        raise chat.ChatError("RequestMalformed", detail="it has no text")
    message_id = chat.checked_message_id(optional_text(message, "messageId"))
    attributes = _attributes(message, "requestAttributes")
    session_attributes = _attributes(message, "sessionAttributes")
    return IncomingText(
        text=chat.checked_text(text),
        message_id=message_id,
        session_id=chat.checked_session_id(optional_text(message, "sessionId")),
        owner=owner,
        locale_id=locale_id,
        attributes={**without_ours(attributes), TURN: message_id},
        session_attributes=None if session_attributes is None else without_ours(session_attributes),
        request_id=request_id,
        begun=time.monotonic(),
        follows=chat.checked_follows(optional_text(message, "follows")),
    )


def optional_text(message: Mapping[str, Any], name: str) -> str | None:
    """A member that is a text or is not there.

    Raises:
        chat.ChatError: it is something else.
    """
    value = message.get(name)
    if value is not None and not isinstance(value, str):
        raise chat.ChatError("RequestMalformed", detail=f"{name} is not a text")
    return value


def _attributes(message: Mapping[str, Any], name: str) -> dict[str, str] | None:
    given = message.get(name)
    if given is None:
        return None
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise chat.ChatError("RequestMalformed", detail=f"{name} is not an object of texts")
    return given
