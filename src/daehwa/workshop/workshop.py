"""The workshop: bots that are made through the API, saved in a folder, built into service."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import msgspec
import structlog

from daehwa import bot
from daehwa.conversation import Catalogue, ServedBot, ServedLocale
from daehwa.workshop.errors import PreconditionFailedException, existing
from daehwa.workshop.files import BotFiles, SavedBot
from daehwa.workshop.records import LocaleRecord, Timestamps
from daehwa.workshop.resource import BotResource, bot_from_file
from daehwa.workshop.service import BotService
from daehwa.workshop.shape import Shape
from daehwa.workshop.transfers import Transfers

_log = structlog.get_logger(__name__)

Handler = Callable[["Workshop", Any], Shape | None]
"""Carries out an operation: takes its request, returns its response if it has one."""


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


class Workshop:
    """The bots of the model-building API, and what its operations do with them.

    The bots of ``folder`` are loaded, and what was built and published is put into service in
    ``catalogue``; bots that this serves from files are seen and not changed. Within ``async with``
    operations run one at a time, off the event loop, and builds beside them. Only one process may
    use a folder.

    Raises:
        bot.BotError: a file of the folder is damaged; the message names it.
    """

    def __init__(
        self, catalogue: Catalogue, folder: Path, *, clock: Callable[[], float] = time.time
    ) -> None:
        self.transfers = Transfers(folder.parent / "transfers")
        self.service = BotService(catalogue)
        self.now = clock
        self._catalogue = catalogue
        self._files = BotFiles(folder)
        self._bots: dict[str, BotResource] = {}
        self._from_files: dict[str, tuple[ServedBot, BotResource]] = {}
        self._lock = asyncio.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._builds: set[Future[None]] = set()
        self._load()

    # --- lifetime ---------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        """Take operations, whose builds run in this event loop."""
        self._loop = asyncio.get_running_loop()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the builds, and delete the files of imports and exports."""
        for build in tuple(self._builds):
            build.cancel()
        await asyncio.to_thread(self.transfers.close)

    async def run(self, handler: Handler, request: Shape) -> Shape | None:
        """Carry out an operation; its response.

        Raises:
            WorkshopError: it cannot be done; the message says why.
        """
        async with self._lock:
            return await asyncio.to_thread(handler, self, request)

    def _load(self) -> None:
        from_files = {served.id for served in self._catalogue.bots}
        for saved in self._files:
            if saved.record.id in from_files:
                _log.warning("bot_is_served_from_a_file", bot=saved.record.id)
                continue
            resource = _restored(saved)
            self._bots[resource.id] = resource
            self.service.serve_built(resource)
            for alias in resource.record.aliases.values():
                self.service.serve_alias(resource, alias)

    # --- looking up -------------------------------------------------------------------

    @property
    def bots(self) -> list[BotResource]:
        """Every bot, also those that are served from files."""
        served = [(one, one.path) for one in self._catalogue.bots]
        files = [self._from_file(one, path) for one, path in served if path is not None]
        return [*files, *self._bots.values()]

    def find_bot(self, bot_id: str) -> BotResource:
        """The bot of that id.

        Raises:
            ResourceNotFoundException: there is none.
        """
        return existing(next((one for one in self.bots if one.id == bot_id), None))

    def find_editable_bot(self, bot_id: str) -> BotResource:
        """The bot of that id, to change it.

        Raises:
            ResourceNotFoundException: there is none.
            PreconditionFailedException: it is served from a file.
        """
        resource = self.find_bot(bot_id)
        if resource.path is not None:
            raise PreconditionFailedException(
                f"The bot {bot_id} is served from {resource.path.name}: change it there, or import "
                "it under another name and change that."
            )
        return resource

    def find_version(self, resource: BotResource, number: str) -> bot.Bot:
        """A version of the bot, or its draft.

        Raises:
            ResourceNotFoundException: there is no such version.
        """
        return existing(resource.draft if number == bot.DRAFT else resource.versions.get(number))

    def find_locale(self, request: LocaleRequest) -> tuple[BotResource, bot.BotLocale]:
        """The locale that a request names, and its bot.

        Raises:
            ResourceNotFoundException: there is none.
        """
        resource = self.find_bot(request.bot_id)
        version = self.find_version(resource, request.bot_version)
        return resource, existing(version.locales.get(request.locale_id))

    def find_editable_locale(self, request: LocaleRequest) -> tuple[BotResource, bot.BotLocale]:
        """The locale of the draft that a request names, and its bot, to change it.

        Raises:
            ResourceNotFoundException: there is none.
            PreconditionFailedException: it is being built, or its bot is served from a file.
        """
        resource = self.find_editable_bot(request.bot_id)
        locale = existing(resource.draft.locales.get(request.locale_id))
        if resource.record.locales[locale.identifier].status == "Building":
            raise PreconditionFailedException(
                f"The locale {locale.identifier} is being built. Try again when it is Built."
            )
        return resource, locale

    def _from_file(self, served: ServedBot, path: Path) -> BotResource:
        known = self._from_files.get(served.id)
        if known is None or known[0] is not served:
            known = self._from_files[served.id] = (served, bot_from_file(served, path))
        return known[1]

    # --- changing ---------------------------------------------------------------------

    def add(self, resource: BotResource) -> None:
        """Save a new bot."""
        self._bots[resource.id] = resource
        self.save_draft(resource, resource.draft)

    def save(self, resource: BotResource) -> None:
        """Save what is known of a bot beside its definition."""
        self._files.save_record(resource.record)

    def save_draft(self, resource: BotResource, draft: bot.Bot) -> None:
        """Save a bot with a new draft."""
        self._files.save_draft(resource.id, draft)
        resource.draft = draft
        self.save(resource)

    def save_locale(self, resource: BotResource, locale: bot.BotLocale) -> None:
        """Save a changed or new locale of the draft, which has to be built after that."""
        now = self.now()
        record = resource.record.locales.setdefault(
            locale.identifier, LocaleRecord(times=Timestamps(now, now))
        )
        record.times.updated = now
        record.status = "NotBuilt"
        record.failures = []
        locales = dict(sorted({**resource.draft.locales, locale.identifier: locale}.items()))
        self.save_draft(resource, msgspec.structs.replace(resource.draft, locales=locales))

    def mark_updated(self, resource: BotResource, key: str) -> None:
        """Note that the part with that key (see ``times_key``) is made or changed now."""
        now = self.now()
        resource.record.parts.setdefault(key, Timestamps(now, now)).updated = now

    def delete(self, resource: BotResource) -> None:
        """Delete a bot with everything of it."""
        self._files.delete(resource.id)
        del self._bots[resource.id]
        self.service.remove(resource)

    def delete_locale(self, resource: BotResource, locale_id: str) -> None:
        """Delete a locale of the draft, which TSTALIASID no longer serves then."""
        resource.record.locales.pop(locale_id, None)
        for key in [key for key in resource.record.parts if key.startswith(f"{locale_id}/")]:
            del resource.record.parts[key]
        if resource.built is not None and locale_id in resource.built.locales:
            resource.built = _without(resource.built, locale_id)
            self._files.save_built(resource.id, resource.built)
            self.service.serve_built(resource)
        self.save_draft(resource, _without(resource.draft, locale_id))

    def save_version(self, resource: BotResource, number: str, version: bot.Bot) -> None:
        """Save the definition of a new version; the caller saves the record of it."""
        self._files.save_version(resource.id, number, version)
        resource.versions[number] = version

    def delete_version(self, resource: BotResource, number: str) -> None:
        """Delete a version."""
        del resource.versions[number], resource.record.versions[number]
        for key in [key for key in resource.numbered if key[0] == number]:
            del resource.numbered[key]
        self.save(resource)
        self._files.delete_version(resource.id, number)

    # --- building ---------------------------------------------------------------------

    def build(self, resource: BotResource, locale_id: str) -> None:
        """Begin to build a locale of the draft; it goes into service when it has been learned."""
        assert self._loop is not None  # noqa: S101 - operations run within ``async with``
        record = resource.record.locales[locale_id]
        record.status, record.failures, record.submitted = "Building", [], self.now()
        self.save(resource)
        build = asyncio.run_coroutine_threadsafe(
            self._build(resource, locale_id, resource.draft), self._loop
        )
        self._builds.add(build)
        build.add_done_callback(self._builds.discard)

    async def _build(self, resource: BotResource, locale_id: str, draft: bot.Bot) -> None:
        definition = draft.locales[locale_id]
        fresh = self.service.new_locale(resource, draft, definition)
        failures = await asyncio.to_thread(_failures, draft, definition)
        before = resource.served.get(locale_id)
        if not failures:
            try:
                await fresh.model(before.learned if before is not None else None)
            except Exception as error:  # noqa: BLE001 - whatever it is, the old locale stays in service
                _log.exception("bot_not_built", bot=resource.id, locale=locale_id)
                failures = [f"The locale could not be learned: {error}"]
        async with self._lock:
            record = resource.record.locales.get(locale_id)
            if self._bots.get(resource.id) is not resource or record is None:
                return
            await asyncio.to_thread(self._finish_build, resource, fresh, failures)

    def _finish_build(
        self, resource: BotResource, fresh: ServedLocale, failures: list[str]
    ) -> None:
        record = resource.record.locales[fresh.definition.identifier]
        if not failures:
            name = fresh.definition.identifier
            before = resource.built.locales if resource.built is not None else {}
            locales = dict(sorted({**before, name: fresh.definition}.items()))
            resource.built = msgspec.structs.replace(fresh.bot, locales=locales)
            resource.served[name] = fresh
            self._files.save_built(resource.id, resource.built)
            self.service.serve_built(resource)
        # Only now: a client that reads Built can talk to it.
        record.status = "Failed" if failures else "Built"
        record.failures = failures
        self.save(resource)


def _restored(saved: SavedBot) -> BotResource:
    for record in saved.record.locales.values():
        if record.status == "Building":
            # The build ended with the process.
            record.status = "NotBuilt"
    return BotResource(
        record=saved.record, draft=saved.draft, built=saved.built, versions=saved.versions
    )


def _without(definition: bot.Bot, locale_id: str) -> bot.Bot:
    locales = {name: one for name, one in definition.locales.items() if name != locale_id}
    return msgspec.structs.replace(definition, locales=locales)


def _failures(draft: bot.Bot, definition: bot.BotLocale) -> list[str]:
    """Why the locale cannot be built, for people."""
    alone = msgspec.structs.replace(draft, locales={definition.identifier: definition})
    return [
        f"{problem.message} {problem.cure} ({problem.file}, {problem.field})"
        for problem in bot.validate(alone)
        if problem.severity == "error"
    ]
