"""A bot as the API manages it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from daehwa import bot
from daehwa.conversation import ServedBot, ServedLocale
from daehwa.workshop.ids import with_ids
from daehwa.workshop.records import (
    NO_ROLE,
    AliasRecord,
    BotRecord,
    LocaleRecord,
    Timestamps,
    new_record,
)


class BotResource(msgspec.Struct, kw_only=True, eq=False):
    """A bot with its draft, its built locales and its versions.

    ``built`` is what TSTALIASID serves, ``served`` its locales with their models; ``numbered``
    are the locales of versions, by number and locale. A bot that is served from a file has its
    ``path`` and cannot be changed. ``revision`` is that of the saved record,
    ``served_revision`` the one that is in service.
    """

    record: BotRecord
    draft: bot.Bot
    built: bot.Bot | None = None
    versions: dict[str, bot.Bot] = msgspec.field(default_factory=dict)
    served: dict[str, ServedLocale] = msgspec.field(default_factory=dict)
    numbered: dict[tuple[str, str], ServedLocale] = msgspec.field(default_factory=dict)
    path: Path | None = None
    revision: int | None = None
    served_revision: int | None = None

    @property
    def id(self) -> str:
        """The bot's id."""
        return self.record.id

    def times_of(self, key: str) -> Timestamps:
        """When the part with that key (see ``times_key``) was made and last changed."""
        return self.record.parts.get(key, self.record.times)


def bot_from_file(served: ServedBot, path: Path) -> BotResource:
    """A bot that is served from the file at ``path``, as if it had been made through the API."""
    try:
        changed = path.stat().st_mtime
    except OSError:
        changed = 0.0
    record = new_record(served.id, NO_ROLE, changed)
    for name, identifier in served.definition.aliases.items():
        times = Timestamps(changed, changed)
        record.aliases[identifier] = AliasRecord(
            id=identifier, name=name, version=bot.DRAFT, times=times
        )
    record.locales = {
        name: LocaleRecord(times=Timestamps(changed, changed), status="Built", submitted=changed)
        for name in served.locales
    }
    draft = with_ids(served.definition)
    return BotResource(record=record, draft=draft, built=draft, path=path)
