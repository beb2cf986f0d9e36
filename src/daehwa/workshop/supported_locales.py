"""Which locales a bot may be made in."""

from __future__ import annotations

from daehwa import bot
from daehwa.workshop.errors import ValidationException


def locale_name(identifier: str) -> str:
    """The locale's name; its id if Lex does not support it."""
    return bot.LOCALE_NAMES.get(identifier, identifier)


def require_supported(identifier: str) -> None:
    """Check that Lex supports a locale.

    Raises:
        ValidationException: it does not.
    """
    if identifier not in bot.LOCALE_NAMES:
        raise ValidationException(
            f"The locale {identifier} is not supported."
            f" Choose one of {', '.join(bot.LOCALE_NAMES)}."
        )
