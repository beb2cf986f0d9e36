"""What a hook returned, as plain JSON, or Lex's refusal of it."""

from __future__ import annotations

from typing import Any, Final

from daehwa import handlers, lex

_REFUSAL: Final = "Invalid Lambda Response: Received invalid response from Lambda: "


def plain_json(payload: object) -> Any:
    """Copy ``payload`` with nothing in it but what JSON can hold.

    Raises:
        lex.DependencyFailedException: it holds something else, or is too large or too deep.
    """
    try:
        return handlers.plain(payload)
    except handlers.NotJson as error:
        raise refusal(str(error)) from error.__cause__


def refusal(why: str) -> lex.DependencyFailedException:
    """Lex's error for a reply that is not valid."""
    return lex.DependencyFailedException(_REFUSAL + why)
