"""How long things may be on the wire of ``/chat``, and what an id looks like.

Source of the text's length and of the session id's form: botocore's service model
``lexv2-runtime`` 2020-08-07.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Collection, Iterable
from typing import Final

from daehwa.chat.errors import ChatError

TEXT_LIMIT = 1024
"""Lex's limit of a text, in characters."""
COMMENT_LIMIT = 2000
"""The most characters that a comment on a reply has."""
BODY_LIMIT = 64 * 1024
"""The most bytes of a request: a text has at most 1,024 characters, attributes 12 KB."""
TURNS_SHOWN = 200
"""How many turns of a transcript come at a time."""
KEEP_DAYS = 30
"""How long after its end a session's transcript can still be read."""
SESSION_ID = "[0-9a-zA-Z._:-]{2,100}"
MESSAGE_ID = "[0-9a-zA-Z._:-]{1,100}"

_is_session_id = re.compile(SESSION_ID).fullmatch
_is_message_id = re.compile(MESSAGE_ID).fullmatch


_ID_BYTES: Final = 16
_DRAWN_AT_ONCE: Final = 64
_drawn: list[str] = []
# What a process that begins as a copy of this one would draw, too.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_drawn.clear)


def new_id() -> str:
    """A session or message id that nobody has, and nobody can guess.

    They are drawn from the system many at a time: to ask it costs more than all the rest.
    """
    with contextlib.suppress(IndexError):  # the last one may be another thread's
        return _drawn.pop()
    drawn = os.urandom(_ID_BYTES * _DRAWN_AT_ONCE).hex()
    first, *others = (
        drawn[begin : begin + 2 * _ID_BYTES] for begin in range(0, len(drawn), 2 * _ID_BYTES)
    )
    _drawn.extend(others)
    return first


def checked_text(text: str) -> str:
    """The text without the blanks around it.

    Raises:
        ChatError: it is empty, or longer than Lex takes.
    """
    text = text.strip()
    if not text:
        raise ChatError("TextMissing")
    if len(text) > TEXT_LIMIT:
        raise ChatError("TextTooLong", length=len(text), limit=TEXT_LIMIT)
    return text


def checked_session_id(value: str | None) -> str:
    """The id, if Lex takes it; a new one if there is none.

    Raises:
        ChatError: Lex does not take it.
    """
    if not value:
        return new_id()
    if not _is_session_id(value):
        raise ChatError("SessionIdInvalid")
    return value


def checked_message_id(value: str | None) -> str:
    """The id, if it is one; a new one if there is none.

    Raises:
        ChatError: it is not one.
    """
    if not value:
        return new_id()
    if not _is_message_id(value):
        raise ChatError("MessageIdInvalid")
    return value


def checked_follows(value: str | None) -> str | None:
    """The id of the turn that a message comes after: empty for none, ``None`` for the last one.

    Raises:
        ChatError: it is not a message id.
    """
    return checked_message_id(value) if value else value


def checked_comment(value: str | None) -> str | None:
    """The comment; ``None`` for an empty one.

    Raises:
        ChatError: it is too long.
    """
    if value is not None and len(value) > COMMENT_LIMIT:
        raise ChatError("FeedbackInvalid", limit=COMMENT_LIMIT)
    return value or None


def check_client_attributes(names: Iterable[str], allowed: Collection[str]) -> None:
    """Check that a caller sets no session and request attributes but those of ``allowed``.

    A bot's conditions and code hooks trust what stands in them. ``*`` allows all.

    Raises:
        ChatError: one is not allowed.
    """
    if "*" in allowed:
        return
    for name in names:
        if name not in allowed:
            raise ChatError("AttributeNotAllowed", name=name[:100])
