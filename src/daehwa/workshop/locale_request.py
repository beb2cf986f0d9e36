"""Requests that name a locale: what the handlers of its parts share."""

from __future__ import annotations

from typing import Protocol


class LocaleRequest(Protocol):
    """A request that names a locale of a version of a bot."""

    @property
    def bot_id(self) -> str:
        """The id of the bot."""

    @property
    def bot_version(self) -> str:
        """The number of the version, or DRAFT."""

    @property
    def locale_id(self) -> str:
        """The id of the locale."""
