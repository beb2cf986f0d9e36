"""The bots that are known: as they are saved, whoever saved them, and those served from files."""

from __future__ import annotations

from pathlib import Path

import structlog

from daehwa import bot, stores
from daehwa.conversation import Catalogue, ServedBot
from daehwa.workshop import files
from daehwa.workshop.resource import BotResource, bot_from_file
from daehwa.workshop.service import BotService

_log = structlog.get_logger(__name__)


class SavedBots:
    """The bots of ``objects`` as they were read last, by id in ``bots``; not safe for threads.

    ``position`` is where the objects stood then. What others deleted is taken out of ``service``.
    """

    def __init__(
        self, objects: stores.ObjectStore, catalogue: Catalogue, service: BotService
    ) -> None:
        self.bots: dict[str, BotResource] = {}
        self.position: int | None = None
        self._objects = objects
        self._catalogue = catalogue
        self._service = service
        self._from_files: dict[str, tuple[ServedBot, BotResource]] = {}
        self._refused: dict[str, int] = {}

    def refresh(self, *, at_start: bool = False) -> list[BotResource]:
        """Read what has changed since the last time; return the bots that others made or changed.

        Raises:
            bot.BotError: one is damaged, ``at_start``; later it stays as it was.
            stores.StoreError: the store cannot be used.
        """
        position = self._objects.position(files.KIND)
        if position == self.position:
            return []
        arrived = self._read_changes(at_start=at_start)
        self.position = position
        return arrived

    def from_files(self) -> list[BotResource]:
        """The bots that are served from files, which nobody changes here."""
        served = [(one, one.path) for one in self._catalogue.bots]
        return [self._from_file(one, path) for one, path in served if path is not None]

    def _from_file(self, served: ServedBot, path: Path) -> BotResource:
        known = self._from_files.get(served.id)
        if known is None or known[0] is not served:
            known = self._from_files[served.id] = (served, bot_from_file(served, path))
        return known[1]

    def _read_changes(self, *, at_start: bool) -> list[BotResource]:
        there = files.revisions(self._objects)
        for bot_id in self.bots.keys() - there.keys():
            self._service.remove(self.bots.pop(bot_id))
        served = {one.id for one in self._catalogue.bots if one.path is not None}
        arrived = []
        for bot_id, revision in there.items():
            known = self.bots.get(bot_id)
            if self._refused.get(bot_id) == revision or (known and known.revision == revision):
                continue
            if bot_id in served:
                _log.warning("bot_is_served_from_a_file", bot=bot_id)
                self._refused[bot_id] = revision
                continue
            try:
                saved = files.load(self._objects, bot_id)
            except bot.BotError as error:
                if at_start:
                    raise
                _log.error("bot_not_read", bot=bot_id, error=str(error))
                self._refused[bot_id] = revision
                continue
            if saved is not None:
                arrived.append(self._take_in(saved, at_start=at_start))
        return arrived

    def _take_in(self, saved: files.SavedBot, *, at_start: bool) -> BotResource:
        """Replace what was known of a bot by the bot as it is saved."""
        if at_start and not self._objects.shared:
            for record in saved.record.locales.values():
                if record.status == "Building":
                    # The build ended with the process.
                    record.status = "NotBuilt"
        resource = self.bots.get(saved.record.id)
        if resource is None:
            resource = BotResource(record=saved.record, draft=saved.draft)
            self.bots[resource.id] = resource
        before = resource.built
        resource.record, resource.draft = saved.record, saved.draft
        # The one that is in service goes on as long as it is the same.
        resource.built = before if before == saved.built else saved.built
        resource.versions, resource.revision = saved.versions, saved.revision
        return resource
