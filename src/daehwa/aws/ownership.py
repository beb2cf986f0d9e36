"""Whose session a request is for: here everybody reaches the function, and a secret is the key.

A plain event, which is not a request of the API, comes from whoever may invoke the function: its
sessions need no secret.
"""

from __future__ import annotations

import hashlib

from daehwa import chat
from daehwa.aws.gateway import Request

# How much of a session's own id Lex's logs show; its ids have at most 100 characters.
_SHOWN = 50


def with_secret(request: Request) -> tuple[Request, dict[str, str]]:
    """Give a message that came without a secret one of its own, and the header that brings it."""
    if request.plain or request.secret is not None:
        return request, {}
    if (request.method, request.path) != ("POST", ("chat",)):
        return request, {}
    secret = chat.new_secret()
    return request._replace(secret=secret), {chat.SECRET_HEADER.lower(): secret}


def owner(request: Request) -> str:
    """Whose sessions the request is for.

    Raises:
        chat.ChatError: its secret is missing or not valid.
    """
    if request.plain:
        return ""
    if request.secret is None:
        raise chat.ChatError("SecretMissing")
    return chat.owner_by_secret(request.secret)


def session_key(locale_id: str, session_id: str, owner: str) -> str:
    """The transcript's key of a session."""
    return "#".join(filter(None, (locale_id, session_id, owner)))


def lex_session_id(session_id: str, owner: str) -> str:
    """Lex's id of a session, which cannot be derived without its secret."""
    if not owner:
        return session_id
    digest = hashlib.sha256(f"{owner}#{session_id}".encode()).hexdigest()
    return f"{session_id[:_SHOWN]}:{digest[:40]}"
