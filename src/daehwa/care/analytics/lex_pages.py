"""Lists by the page, with a token for what follows."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Final, TypeVar

from daehwa import lex

_MOST: Final = 1000
_T = TypeVar("_T")


def cut(
    listed: Sequence[_T], max_results: int | None, next_token: str | None
) -> tuple[Sequence[_T], str | None]:
    """The page of a list that a request wants, and the token of the next one.

    Raises:
        lex.ValidationException: the token does not belong to this list.
    """
    start = _start(next_token)
    end = start + (max_results or _MOST)
    if end >= len(listed):
        return listed[start:], None
    return listed[start:end], base64.urlsafe_b64encode(f"after:{end}".encode()).decode()


def _start(token: str | None) -> int:
    if not token:
        return 0
    try:
        word, _, number = base64.urlsafe_b64decode(token).decode().partition(":")
        if word == "after" and number.isdecimal():
            return int(number)
    except (binascii.Error, ValueError):
        pass
    raise lex.ValidationException("The nextToken is not one that this list gave.")
