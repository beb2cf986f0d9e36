"""What a client says to ``/chat``: a message, checked before anything is done with it."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from daehwa.aws.errors import Refused
from daehwa.aws.page import TEXT_LIMIT
from daehwa.aws.reply import client_attributes

_SESSION_ID = re.compile(r"[0-9a-zA-Z._:-]{2,100}")
_MESSAGE_ID = re.compile(r"[0-9a-zA-Z._:-]{1,100}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message. ``begun`` is the instant of ``time.monotonic()`` when it was taken up."""

    text: str
    session_id: str
    message_id: str
    locale_id: str
    attributes: dict[str, str]
    session_attributes: dict[str, str] | None
    request_id: str
    begun: float = field(default_factory=time.monotonic)

    @property
    def session(self) -> str:
        """The transcript's key of the session."""
        return session_key(self.locale_id, self.session_id)

    @property
    def ids(self) -> dict[str, str]:
        """What a client needs to ask for the reply again."""
        return {
            "sessionId": self.session_id,
            "messageId": self.message_id,
            "requestId": self.request_id,
        }

    def timing(self) -> dict[str, float]:
        """How long it took until now."""
        return {"totalMs": round((time.monotonic() - self.begun) * 1000, 1)}


def read(message: Mapping[str, Any], locale_id: str, request_id: str) -> Said:
    """Read a request's JSON; ids that it does not name are made.

    Raises:
        Refused: something in it is not what it should be.
    """
    return Said(
        text=_text(message),
        session_id=checked_session_id(message.get("sessionId")),
        message_id=checked_message_id(message.get("messageId")),
        locale_id=locale_id,
        attributes=client_attributes(_attributes(message, "requestAttributes")),
        session_attributes=_attributes(message, "sessionAttributes"),
        request_id=request_id,
    )


def session_key(locale_id: str, session_id: str) -> str:
    """The transcript's key of a session."""
    return f"{locale_id}#{session_id}"


def checked_session_id(value: object) -> str:
    """Give the id if Lex takes it, a new one for ``None``. Raises ``Refused``."""
    return _id(value, _SESSION_ID, "sessionId")


def checked_message_id(value: object) -> str:
    """Give the id if it is one, a new one for ``None``. Raises ``Refused``."""
    return _id(value, _MESSAGE_ID, "messageId")


def _text(message: Mapping[str, Any]) -> str:
    text = message.get("text")
    if not isinstance(text, str):
        raise Refused(400, "RequestMalformed", 'The message has no text: send {"text": ...}.')
    text = text.strip()
    if not text:
        raise Refused(400, "TextMissing", "The text is empty: say something.")
    if len(text) > TEXT_LIMIT:
        line = f"The text has {len(text)} characters; Lex takes {TEXT_LIMIT} at the most."
        raise Refused(400, "TextTooLong", line)
    return text


def _id(value: object, form: re.Pattern[str], name: str) -> str:
    if value is None:
        return uuid.uuid4().hex
    if not isinstance(value, str) or not form.fullmatch(value):
        code = f"{name[0].upper()}{name[1:]}Invalid"
        raise Refused(400, code, f"{name} takes up to 100 of letters, digits and . _ : -")
    return value


def _attributes(message: Mapping[str, Any], name: str) -> dict[str, str] | None:
    given = message.get(name)
    if given is None:
        return None
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise Refused(400, "RequestMalformed", f"{name} is not an object of texts.")
    return given
