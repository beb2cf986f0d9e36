"""What the workshop knows of a bot beside its definition: aliases, versions, states, times.

Timestamps are seconds since 1970, as on the API's wire.
"""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

from daehwa import bot

NO_ROLE: Final = "arn:aws:iam::000000000000:role/none"
"""The role of a bot that was made without one; nothing here needs a role."""

LocaleStatus = Literal["NotBuilt", "Building", "Built", "Failed"]


class Timestamps(msgspec.Struct):
    """When something was made, and last changed."""

    created: float
    updated: float


class LocaleRecord(msgspec.Struct, kw_only=True):
    """The state of a locale of the draft. ``submitted`` is when its last build was requested.

    ``takeovers`` is how often that build was begun again because whoever built it had ended.
    """

    times: Timestamps
    status: LocaleStatus = "NotBuilt"
    failures: list[str] = msgspec.field(default_factory=list)
    submitted: float | None = None
    takeovers: int = 0


class VersionRecord(msgspec.Struct, kw_only=True):
    """A published version."""

    created: float
    description: str | None = None


class AliasRecord(msgspec.Struct, kw_only=True):
    """An alias. ``history`` has the versions that it pointed to: ``[version, start, end]``."""

    id: str
    name: str
    times: Timestamps
    version: str | None = None
    description: str | None = None
    locale_settings: dict[str, Any] | None = None
    conversation_logs: dict[str, Any] | None = None
    sentiment: dict[str, Any] | None = None
    history: list[tuple[str, float, float | None]] = msgspec.field(default_factory=list)

    @property
    def detects_sentiment(self) -> bool:
        """Whether the sentiment of what is said at the alias is detected."""
        return bool((self.sentiment or {}).get("detectSentiment", False))

    def enabled(self, locale_id: str) -> bool:
        """Whether the alias serves the locale."""
        return bool((self.locale_settings or {}).get(locale_id, {}).get("enabled", True))


class PolicyRecord(msgspec.Struct):
    """A resource policy, as JSON, and the number of its revision."""

    policy: str
    revision: int


class BotRecord(msgspec.Struct, kw_only=True):
    """A bot. ``times`` are those of intents, slots and slot types, by :func:`times_key`.

    ``tags`` and ``policies`` are by the end of an ARN: ``bot/ID`` or ``bot-alias/ID/ALIAS``.
    ``type`` and ``members`` are those of networks that were saved before drafts had them.
    """

    id: str
    times: Timestamps
    role_arn: str
    type: Literal["Bot", "BotNetwork"] | None = None
    members: list[dict[str, Any]] | None = None
    error_logs: dict[str, Any] | None = None
    locales: dict[str, LocaleRecord] = msgspec.field(default_factory=dict)
    versions: dict[str, VersionRecord] = msgspec.field(default_factory=dict)
    latest_version: int = 0
    aliases: dict[str, AliasRecord] = msgspec.field(default_factory=dict)
    parts: dict[str, Timestamps] = msgspec.field(default_factory=dict)
    tags: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    policies: dict[str, PolicyRecord] = msgspec.field(default_factory=dict)


def new_record(bot_id: str, role_arn: str, now: float) -> BotRecord:
    """The record of a bot that is made now, with the alias that every bot has."""
    test = bot.TEST_ALIAS
    alias = AliasRecord(
        id=test.identifier,
        name=test.name,
        version=bot.DRAFT,
        description="test bot alias",
        times=Timestamps(now, now),
        history=[(bot.DRAFT, now, None)],
    )
    return BotRecord(
        id=bot_id, times=Timestamps(now, now), role_arn=role_arn, aliases={test.identifier: alias}
    )


def times_key(locale_id: str, *ids: str) -> str:
    """The key of an intent's, a slot's or a slot type's times."""
    return "/".join((locale_id, *ids))
