"""What one operation changes. None of it is visible or saved until all of it is valid."""

from __future__ import annotations

import msgspec

from daehwa import bot
from daehwa.conversation import ServedLocale
from daehwa.workshop import files
from daehwa.workshop.records import BotRecord
from daehwa.workshop.resource import BotResource

_decode = msgspec.json.Decoder(BotRecord).decode


class Change:
    """Copies of the bots that an operation edits, and which parts of them are to be saved.

    ``bots`` are the copies, by id. Of these ``added`` are new; ``deleted`` bots are to go.
    ``names_matter`` is set where no other bot may take a name meanwhile. ``builds`` are the
    locales whose build is to begin, as bot id and locale id, ``learned`` those that were built and
    go into service; ``transfers`` are objects of
    imports and exports by name, ``None`` for those to delete.
    """

    def __init__(self) -> None:
        self.transfers: dict[str, bytes | None] = {}
        self.discard_bots()

    def discard_bots(self) -> None:
        """Leave all bots as they are."""
        self.bots: dict[str, BotResource] = {}
        self.added: set[str] = set()
        self.deleted: dict[str, BotResource] = {}
        self.names_matter = False
        self.builds: list[tuple[str, str]] = []
        self.learned: dict[tuple[str, str], ServedLocale] = {}
        self._records: set[str] = set()
        self._drafts: set[str] = set()
        self._built: set[str] = set()
        self._versions: set[tuple[str, str]] = set()

    def edit(self, resource: BotResource) -> BotResource:
        """The copy of a bot, to be changed instead of it."""
        return self.bots.setdefault(
            resource.id,
            BotResource(
                record=_decode(msgspec.json.encode(resource.record)),
                draft=resource.draft,
                built=resource.built,
                versions=dict(resource.versions),
                # What is in service is not part of what is saved.
                served=resource.served,
                numbered=resource.numbered,
                revision=resource.revision,
            ),
        )

    def add(self, resource: BotResource) -> None:
        """A new bot."""
        self.bots[resource.id] = resource
        self.added.add(resource.id)
        self.names_matter = True
        self.save_draft(resource, resource.draft)

    def save(self, resource: BotResource) -> None:
        """The bot's record has changed."""
        self._records.add(resource.id)

    def save_draft(self, resource: BotResource, draft: bot.Bot) -> None:
        """The bot has a new draft."""
        self.names_matter |= draft.name != resource.draft.name
        resource.draft = draft
        self._drafts.add(resource.id)
        self.save(resource)

    def save_built(self, resource: BotResource, built: bot.Bot) -> None:
        """Other locales are built."""
        resource.built = built
        self._built.add(resource.id)
        self.save(resource)

    def save_version(self, resource: BotResource, number: str, version: bot.Bot) -> None:
        """The bot has a new version."""
        resource.versions[number] = version
        self._versions.add((resource.id, number))
        self.save(resource)

    def delete_version(self, resource: BotResource, number: str) -> None:
        """Delete a version of the bot."""
        del resource.versions[number], resource.record.versions[number]
        self._versions.add((resource.id, number))
        self.save(resource)

    def delete(self, resource: BotResource) -> None:
        """Delete the bot with everything in it."""
        self.deleted[resource.id] = resource
        self.bots.pop(resource.id, None)

    # --- saving -----------------------------------------------------------------------

    def contents(self) -> dict[str, bytes | None]:
        """Everything that is to be saved, by the names of objects."""
        contents = dict(self.transfers)
        for bot_id, resource in self.bots.items():
            if bot_id not in self._records:
                continue
            for _, number in {one for one in self._versions if one[0] == bot_id}:
                version = resource.versions.get(number)
                name = files.version_name(bot_id, number)
                contents[name] = None if version is None else bot.pack(version)
            if bot_id in self._drafts:
                contents[files.draft_name(bot_id)] = bot.pack(resource.draft)
            if bot_id in self._built and resource.built is not None:
                contents[files.built_name(bot_id)] = bot.pack(resource.built)
            contents[files.record_name(bot_id)] = files.encoded(resource.record)
        for bot_id, resource in self.deleted.items():
            names = [files.record_name(bot_id), files.draft_name(bot_id), files.built_name(bot_id)]
            names += [files.version_name(bot_id, number) for number in resource.versions]
            contents |= dict.fromkeys(names)
        return contents

    def expected(self) -> dict[str, int | None]:
        """The revisions that the bots must still have."""
        saved = {bot_id: self.bots[bot_id] for bot_id in self._records & self.bots.keys()}
        return {
            files.record_name(bot_id): None if bot_id in self.added else resource.revision
            for bot_id, resource in (saved | self.deleted).items()
        }
