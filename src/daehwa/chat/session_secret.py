"""A session's secret: who has it may talk in the session, read, stop and delete it.

It comes in a header, because addresses stand in logs. What is stored of it is a hash, in the
session's owner: with another secret the same id is another session, and an empty one.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re

from daehwa.chat.errors import ChatError

SECRET_HEADER = "X-Session-Secret"  # noqa: S105 - a name
"""The header that has the secret: of the response that begins a session, and of requests."""
SESSION_SECRET = "[0-9A-Za-z_-]{43}"  # noqa: S105 - a pattern
"""What a secret looks like: 256 bits in URL-safe Base64."""

_DOOR = "chat"
# No door, credential or hash has it.
_BRANCH = "#"
_is_secret = re.compile(SESSION_SECRET).fullmatch
# An id that the page of an earlier release has made, which knew no secrets: 96 bits.
_is_page_made = re.compile("[0-9a-f]{24}(\\.[0-9]+)?").fullmatch


def new_secret() -> str:
    """A secret that nobody has, and nobody can guess."""
    return base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()


def owner_by_secret(secret: str) -> str:
    """The owner of the sessions that were begun with ``secret``.

    Raises:
        ChatError: it is none that a server has made.
    """
    if not _is_secret(secret):
        raise ChatError("SecretInvalid")
    return f"{_DOOR}~{hashlib.sha256(secret.encode()).hexdigest()[:40]}"


def branch_owner(owner: str, branch: str) -> str:
    """The owner of a session that branched off from one of ``owner`` with the same id."""
    return f"{owner}{_BRANCH}{branch}"


def is_within(owner: str, of: str) -> bool:
    """Whether sessions of ``owner`` are those of another owner, or branched off from them."""
    return owner == of or owner.startswith(f"{of}{_BRANCH}")


def is_page_made(identifier: str) -> bool:
    """Whether the page of an earlier release, which knew no secrets, may have made this id."""
    return _is_page_made(identifier) is not None
