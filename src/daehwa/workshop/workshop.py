"""The workshop: bots that are made through the API, saved as objects, built into service."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final, Self, TypeVar

import msgspec
import structlog

from daehwa import bot, stores
from daehwa.conversation import Catalogue, ServedLocale
from daehwa.workshop import files
from daehwa.workshop.build_failures import build_failures
from daehwa.workshop.builds import Builds, Place
from daehwa.workshop.change import Change
from daehwa.workshop.errors import (
    ConflictException,
    PreconditionFailedException,
    existing,
)
from daehwa.workshop.locale_request import LocaleRequest
from daehwa.workshop.network_members import member_failures
from daehwa.workshop.records import LocaleRecord, Timestamps
from daehwa.workshop.resource import BotResource
from daehwa.workshop.saved_bots import SavedBots
from daehwa.workshop.service import BotService
from daehwa.workshop.shape import Shape
from daehwa.workshop.transfers import Transfers

_log = structlog.get_logger(__name__)

# How often an operation is carried out again when others were faster.
_TRIES: Final = 8
_RETRY_SECONDS: Final = 0.02
# How often what others changed is looked for, and whether builds were left by those who ended.
_LOOK_SECONDS: Final = 0.5
_LOOKS_FOR_BUILDS: Final = 4
_LOOKS_FOR_OLD_FILES: Final = 600
# How long a build that is done waits for a store that cannot be used, in seconds.
_SAVE_SECONDS: Final = 300
_MOST_TAKEOVERS: Final = 2

_Result = TypeVar("_Result")

Handler = Callable[["Workshop", Any], Shape | None]
"""Carries out an operation: takes its request, returns its response if it has one."""


class Workshop:
    """The bots of the model-building API, and what its operations do with them.

    The bots of ``objects`` are loaded, and what was built and published is put into service in
    ``catalogue``; bots that this serves from files are seen and not changed. Within ``async with``
    operations run one at a time, off the event loop, and builds beside them.

    An operation changes copies, which are saved all together or not at all, and only if nobody
    else has changed those bots meanwhile; if somebody has, it is carried out again. Where several
    processes or machines share the objects, each sees within a second what the others changed,
    learns it, and puts it into service.

    Raises:
        bot.BotError: a saved bot is damaged; the message names the file.
        stores.StoreError: the store cannot be used.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        objects: stores.ObjectStore,
        *,
        clock: Callable[[], float] = time.time,
        quotas: bool = True,
    ) -> None:
        self.transfers = Transfers(objects)
        self.now = clock
        self._service = BotService(catalogue)
        self.quotas = quotas
        self._catalogue = catalogue
        self._objects = objects
        self._saved = SavedBots(objects, catalogue, self._service)
        self._change: Change | None = None
        self._builds = Builds(objects)
        self._lock = asyncio.Lock()
        self._working = threading.RLock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watching: asyncio.Task[None] | None = None
        for resource in self._saved.refresh(at_start=True):
            self._service.serve_built(resource)
            self._service.serve_aliases(resource)
            resource.served_revision = resource.revision

    # --- lifetime ---------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        """Take operations, whose builds run in this event loop."""
        self._loop = asyncio.get_running_loop()
        if self._objects.shared:
            self._watching = asyncio.create_task(self._watch())
            self._catalogue.catch_up = self._catch_up
        return self

    async def __aexit__(self, *_: object) -> None:
        """End the builds, and delete the files of imports and exports that nobody shares."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        await self._builds.end()
        await asyncio.to_thread(self.transfers.close)

    @property
    def shared(self) -> bool:
        """Whether other processes, or machines, change these bots too."""
        return self._objects.shared

    async def run(self, handler: Handler, request: Shape) -> Shape | None:
        """Carry out an operation; return its response.

        Raises:
            WorkshopError: it cannot be done; the message says why.
            stores.StoreError: the store cannot be used; nothing was changed.
        """
        async with self._lock:
            return await asyncio.to_thread(self.carry_out, handler, request)

    def carry_out(self, handler: Handler, request: Shape) -> Shape | None:
        """As ``run``, in this thread, where nothing else is carried out."""
        return self._carry_out(lambda: handler(self, request))

    def _carry_out(self, work: Callable[[], _Result]) -> _Result:
        for attempt in range(_TRIES):
            # A request may be given up while its thread goes on: the next one waits for that.
            with self._working:
                self._refresh()
                change = self._change = Change()
                try:
                    result = work()
                    self._commit(change)
                except stores.StaleObject:
                    pass
                else:
                    return result
                finally:
                    self._change = None
            time.sleep(_RETRY_SECONDS * attempt)
        raise ConflictException(
            "Others are changing the same thing at the same time. Try the request again."
        )

    @property
    def _current(self) -> Change:
        """What the current operation changes."""
        assert self._change is not None  # noqa: S101 - only operations change anything
        return self._change

    # --- what others changed ----------------------------------------------------------

    def _refresh(self) -> None:
        with self._working:
            self._saved.refresh()

    async def _watch(self) -> None:
        """Look for what others changed, for ever, and put it into service."""
        looks = 0
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            looks += 1
            try:
                await self._serve_changes()
                if looks % _LOOKS_FOR_BUILDS == 0:
                    await self._take_over_builds()
                if looks % _LOOKS_FOR_OLD_FILES == 0:
                    await asyncio.to_thread(self.transfers.delete_old, self.now())
            except stores.StoreError as error:
                _log.warning("changes_not_read", error=str(error))
            except Exception:  # noqa: BLE001 - one that fails must not end those that follow
                _log.exception("changes_not_read")

    async def _catch_up(self) -> bool:
        """Put into service at once what others changed; return whether anything had changed."""
        try:
            return await self._serve_changes()
        except stores.StoreError as error:
            _log.warning("changes_not_read", error=str(error))
            return False

    async def _serve_changes(self) -> bool:
        async with self._lock:
            await asyncio.to_thread(self._refresh)
        changed = [one for one in self._saved.bots.values() if one.served_revision != one.revision]
        for resource in changed:
            await self._serve_arrived(resource)
        return bool(changed)

    async def _serve_arrived(self, resource: BotResource) -> None:
        """Learn what others built or published, then put it into service."""
        revision, built = resource.revision, resource.built
        try:
            fresh, published = self._service.arriving(resource)
            for name, locale in fresh.items():
                before = resource.served.get(name)
                await locale.ready(before.learned if before is not None else None)
            for locale in published:
                await self._service.learn_published(locale, fresh)
        except Exception:  # noqa: BLE001 - whatever it is, the old one stays in service
            _log.exception("bot_not_learned", bot=resource.id)
            resource.served_revision = revision
            return
        async with self._lock:
            if self._saved.bots.get(resource.id) is not resource or resource.built is not built:
                return  # it was deleted, or built again: the next look sees to that
            self._service.serve_arrived(resource, fresh)
            # Where its aliases changed meanwhile, they follow after the next look.
            if resource.revision == revision:
                self._service.serve_aliases(resource)
                resource.served_revision = revision

    # --- looking up -------------------------------------------------------------------

    @property
    def bots(self) -> list[BotResource]:
        """Every bot, also those that are served from files."""
        change = self._change or Change()
        made = {key: one for key, one in self._saved.bots.items() if key not in change.deleted}
        return [*self._saved.from_files(), *(made | change.bots).values()]

    def find_bot(self, bot_id: str) -> BotResource:
        """The bot of that id.

        Raises:
            ResourceNotFoundException: there is none.
        """
        return existing(next((one for one in self.bots if one.id == bot_id), None))

    def find_editable_bot(self, bot_id: str) -> BotResource:
        """The bot of that id, to change it: a copy, which the operation shares.

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
        return self._current.edit(resource)

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

    # --- changing ---------------------------------------------------------------------

    def add(self, resource: BotResource) -> None:
        """Save a new bot."""
        self._current.add(resource)

    def save(self, resource: BotResource) -> None:
        """Save what is known of a bot beside its definition."""
        self._current.save(resource)

    def save_draft(self, resource: BotResource, draft: bot.Bot) -> None:
        """Save a bot with a new draft."""
        self._current.save_draft(resource, draft)

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
        self._current.delete(resource)

    def delete_locale(self, resource: BotResource, locale_id: str) -> None:
        """Delete a locale of the draft, which TSTALIASID no longer serves then."""
        resource.record.locales.pop(locale_id, None)
        for key in [key for key in resource.record.parts if key.startswith(f"{locale_id}/")]:
            del resource.record.parts[key]
        if resource.built is not None and locale_id in resource.built.locales:
            self._current.save_built(resource, _without(resource.built, locale_id))
        self.save_draft(resource, _without(resource.draft, locale_id))

    def save_version(self, resource: BotResource, number: str, version: bot.Bot) -> None:
        """Save the definition of a new version; the caller makes the record of it."""
        self._current.save_version(resource, number, version)

    def delete_version(self, resource: BotResource, number: str) -> None:
        """Delete a version."""
        self._current.delete_version(resource, number)

    def save_transfer(self, changes: dict[str, bytes | None]) -> None:
        """Save what the operation changes of imports and exports, by the names of objects."""
        self._current.transfers |= changes

    def discard_bots(self) -> None:
        """Leave all bots as they were before the operation."""
        self._current.discard_bots()

    def _commit(self, change: Change) -> None:
        """Save all that an operation changed, then let others see it, and talk to it."""
        contents = change.contents()
        if not contents:
            return
        positions = {files.KIND: self._saved.position or 0} if change.names_matter else None
        with self._builds.claiming(change.builds) as ours:
            if not ours:
                raise PreconditionFailedException("The locale is being built already.")
            revision = self._objects.write(
                contents, expected=change.expected(), positions=positions
            )
        for bot_id in change.deleted:
            self._service.remove(self._saved.bots.pop(bot_id))
        for (bot_id, name), locale in change.learned.items():
            self._saved.bots[bot_id].served[name] = locale
        for copy in change.bots.values():
            self._apply(copy, revision)
        for place in change.builds:
            self._begin_build(place)

    def _apply(self, copy: BotResource, revision: int) -> None:
        """Take over what was saved of a bot, and put into service what that changes."""
        resource = self._saved.bots.setdefault(copy.id, copy)
        built, aliases, versions = resource.built, resource.record.aliases, resource.versions
        current = resource.served_revision == resource.revision
        resource.record, resource.draft, resource.built = copy.record, copy.draft, copy.built
        resource.versions, resource.revision = copy.versions, revision
        for key in [key for key in resource.numbered if key[0] not in copy.versions]:
            del resource.numbered[key]
        if resource.built is not built:
            self._service.serve_built(resource)
        if resource is copy or aliases != copy.record.aliases or versions != copy.versions:
            self._service.serve_aliases(resource)
        if current or resource is copy:
            resource.served_revision = revision

    # --- building ---------------------------------------------------------------------

    def build(self, resource: BotResource, locale_id: str) -> None:
        """Begin to build a locale of the draft; it goes into service when it has been learned."""
        record = resource.record.locales[locale_id]
        record.status, record.failures, record.submitted = "Building", [], self.now()
        record.takeovers = 0
        self.save(resource)
        self._current.builds.append((resource.id, locale_id))

    def _begin_build(self, place: Place) -> None:
        assert self._loop is not None  # noqa: S101 - operations run within ``async with``
        resource = self._saved.bots[place[0]]
        submitted = resource.record.locales[place[1]].submitted
        build = partial(self._build, resource, place[1], resource.draft, submitted)
        self._loop.call_soon_threadsafe(self._builds.begin, place, build)

    async def _build(
        self, resource: BotResource, locale_id: str, draft: bot.Bot, submitted: float | None
    ) -> None:
        definition = draft.locales[locale_id]
        fresh = self._service.new_locale(resource, draft, definition)
        failures = await asyncio.to_thread(build_failures, draft, definition)
        failures += member_failures(self.bots, draft, locale_id)
        before = resource.served.get(locale_id)
        if not failures:
            try:
                await fresh.ready(before.learned if before is not None else None)
            except Exception as error:  # noqa: BLE001 - whatever it is, the old locale stays in service
                _log.exception("bot_not_built", bot=resource.id, locale=locale_id)
                failures = [f"The locale could not be learned: {error}"]
        finish = partial(self._finish_build, resource.id, fresh, failures, submitted)
        async with asyncio.timeout(_SAVE_SECONDS):
            while True:
                try:
                    async with self._lock:
                        return await asyncio.to_thread(self._carry_out, finish)
                except (stores.StoreError, ConflictException) as error:
                    _log.warning("build_not_saved", bot=resource.id, error=str(error))
                await asyncio.sleep(1)

    def _finish_build(
        self, bot_id: str, fresh: ServedLocale, failures: list[str], submitted: float | None
    ) -> None:
        known = self._saved.bots.get(bot_id)
        name = fresh.definition.identifier
        record = known.record.locales.get(name) if known is not None else None
        if known is None or record is None:
            return
        if record.status != "Building" or record.submitted != submitted:
            return  # somebody else has ended it, or begun another one
        resource = self._current.edit(known)
        if not failures:
            before = resource.built.locales if resource.built is not None else {}
            locales = dict(sorted({**before, name: fresh.definition}.items()))
            self._current.save_built(resource, msgspec.structs.replace(fresh.bot, locales=locales))
            self._current.learned[bot_id, name] = fresh
        record = resource.record.locales[name]
        record.status = "Failed" if failures else "Built"
        record.failures = failures
        self.save(resource)

    async def _take_over_builds(self) -> None:
        """Build what somebody was building who has ended."""
        for resource in tuple(self._saved.bots.values()):
            for locale_id, record in resource.record.locales.items():
                place = resource.id, locale_id
                if record.status != "Building" or self._builds.runs(place):
                    continue
                if await asyncio.to_thread(self._builds.claim, place):
                    async with self._lock:
                        work = partial(self._take_over, place)
                        if await asyncio.to_thread(self._carry_out, work):
                            self._begin_build(place)
                        else:
                            await asyncio.to_thread(self._builds.release, place)

    def _take_over(self, place: Place) -> bool:
        """Record that the build is ours now; ``False`` if there is nothing to build."""
        known = self._saved.bots.get(place[0])
        record = known.record.locales.get(place[1]) if known is not None else None
        if known is None or record is None or record.status != "Building":
            return False
        resource = self._current.edit(known)
        record = resource.record.locales[place[1]]
        record.takeovers += 1
        if record.takeovers > _MOST_TAKEOVERS:
            # Perhaps it is the build that ends them: no further machine is risked.
            record.status = "Failed"
            record.failures = ["Each of the servers that built it ended meanwhile. Build it again."]
        self.save(resource)
        return record.status == "Building"


def _without(definition: bot.Bot, locale_id: str) -> bot.Bot:
    locales = {name: one for name, one in definition.locales.items() if name != locale_id}
    return msgspec.structs.replace(definition, locales=locales)
