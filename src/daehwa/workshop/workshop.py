"""The workshop: bots that are made through the API, kept in a folder, built into service."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import structlog

from daehwa import bot
from daehwa.conversation import Catalogue, ServedBot, ServedLocale
from daehwa.workshop.cabinet import Cabinet, Kept
from daehwa.workshop.errors import PreconditionFailedException, ResourceNotFoundException
from daehwa.workshop.ids import identified
from daehwa.workshop.records import (
    NO_ROLE,
    AliasRecord,
    BotRecord,
    LocaleRecord,
    Times,
    new_record,
)
from daehwa.workshop.transfers import Transfers

_MISSING = (
    "Failed to retrieve resource since it does not exist. Choose a resource that exists and "
    "try your request again."
)
_log = structlog.get_logger(__name__)

Asked = dict[str, Any]
_T = TypeVar("_T")
Operation = Callable[["Workshop", Asked], Asked]


class Stock(msgspec.Struct, kw_only=True, eq=False):
    """A bot in the workshop.

    ``built`` is what is in service for TSTALIASID, ``served`` its locales with their models;
    ``numbered`` are those of versions, by number and locale.
    A bot that is served from a file has its ``path`` and cannot be changed.
    """

    record: BotRecord
    draft: bot.Bot
    built: bot.Bot | None = None
    versions: dict[str, bot.Bot] = msgspec.field(default_factory=dict)
    served: dict[str, ServedLocale] = msgspec.field(default_factory=dict)
    numbered: dict[tuple[str, str], ServedLocale] = msgspec.field(default_factory=dict)
    path: Path | None = None

    @property
    def id(self) -> str:
        """The bot's id."""
        return self.record.id


class Workshop:
    """The bots of the model-building API, and what its operations do with them.

    Bots that ``catalogue`` serves from files are seen and not changed. Operations run one at
    a time, off the event loop; learning goes on beside them. One process may have a folder.
    """

    def __init__(
        self, catalogue: Catalogue, folder: Path, *, clock: Callable[[], float] = time.time
    ) -> None:
        self.catalogue = catalogue
        self.transfers = Transfers(folder.parent / "transfers")
        self.now = clock
        self._cabinet = Cabinet(folder)
        self._stocks: dict[str, Stock] = {}
        self._files: dict[str, tuple[ServedBot, Stock]] = {}
        self._building: set[Future[None]] = set()

    # --- life -------------------------------------------------------------------------

    def open(self) -> None:
        """Put the bots that were built before into service.

        Raises:
            bot.BotError: a file of the folder was damaged; the message names it.
        """
        from_files = {served.id for served in self.catalogue.bots}
        for kept in self._cabinet:
            if kept.record.id in from_files:
                _log.warning("bot_is_served_from_a_file", bot=kept.record.id)
                continue
            stock = self._stocked(kept)
            self._stocks[stock.id] = stock
            self._serve(stock)
            for alias in stock.record.aliases.values():
                self.point(stock, alias)

    async def start(self) -> None:
        """Take operations from now on, in this event loop."""
        self._loop = asyncio.get_running_loop()
        self._lock = asyncio.Lock()

    async def close(self) -> None:
        """End what runs in the background."""
        for future in tuple(self._building):
            future.cancel()
        await asyncio.to_thread(self.transfers.close)

    async def do(self, operation: Operation, asked: Asked) -> Asked:
        """Carry out an operation.

        Raises:
            WorkshopError: it cannot be done; the message says why.
        """
        async with self._lock:
            return await asyncio.to_thread(operation, self, asked)

    def _stocked(self, kept: Kept) -> Stock:
        for record in kept.record.locales.values():
            if record.status == "Building":
                # The build ended with the process.
                record.status = "NotBuilt"
        return Stock(record=kept.record, draft=kept.draft, built=kept.built, versions=kept.versions)

    # --- finding ----------------------------------------------------------------------

    @property
    def stocks(self) -> list[Stock]:
        """Every bot, also those that are served from files."""
        files = [self._from_file(served) for served in self.catalogue.bots if served.path]
        return [*files, *self._stocks.values()]

    def stock(self, bot_id: str) -> Stock:
        """The bot of that id.

        Raises:
            ResourceNotFoundException: there is none.
        """
        found = next((stock for stock in self.stocks if stock.id == bot_id), None)
        if found is None:
            raise ResourceNotFoundException(_MISSING)
        return found

    def changing(self, bot_id: str) -> Stock:
        """The bot of that id, to change it.

        Raises:
            ResourceNotFoundException: there is none.
            PreconditionFailedException: it is served from a file.
        """
        stock = self.stock(bot_id)
        if stock.path is not None:
            raise PreconditionFailedException(
                f"The bot {bot_id} is served from {stock.path.name}: change it there, or import "
                "it under another name and change that."
            )
        return stock

    def definition(self, stock: Stock, version: str) -> bot.Bot:
        """A version of the bot, or its draft.

        Raises:
            ResourceNotFoundException: there is no such version.
        """
        return found(stock.draft if version == bot.DRAFT else stock.versions.get(version))

    def locale(self, asked: Asked) -> tuple[Stock, bot.BotLocale]:
        """The locale that a request names, to look at it.

        Raises:
            ResourceNotFoundException: there is none.
        """
        stock = self.stock(asked["botId"])
        definition = self.definition(stock, asked["botVersion"])
        return stock, found(definition.locales.get(asked["localeId"]))

    def changing_locale(self, asked: Asked) -> tuple[Stock, bot.BotLocale]:
        """The locale of the draft that a request names, to change it.

        Raises:
            ResourceNotFoundException: there is none.
            PreconditionFailedException: it is being built, or its bot is served from a file.
        """
        stock = self.changing(asked["botId"])
        locale = found(stock.draft.locales.get(asked["localeId"]))
        if stock.record.locales[locale.identifier].status == "Building":
            raise PreconditionFailedException(
                f"The locale {locale.identifier} is being built. Try again when it is Built."
            )
        return stock, locale

    def _from_file(self, served: ServedBot) -> Stock:
        known = self._files.get(served.id)
        if known is None or known[0] is not served:
            known = self._files[served.id] = (served, _file_stock(served))
        return known[1]

    # --- changing ---------------------------------------------------------------------

    def add(self, stock: Stock) -> None:
        """Take a new bot in."""
        self._stocks[stock.id] = stock
        self.keep(stock, stock.draft)

    def keep(self, stock: Stock, draft: bot.Bot | None = None) -> None:
        """Store what is known of a bot, and its new draft if there is one."""
        if draft is not None:
            self._cabinet.put_draft(stock.id, draft)
            stock.draft = draft
        self._cabinet.put_record(stock.record)

    def keep_locale(self, stock: Stock, locale: bot.BotLocale) -> None:
        """Store a changed or new locale of the draft, which has to be built after that."""
        now = self.now()
        record = stock.record.locales.setdefault(
            locale.identifier, LocaleRecord(times=Times(now, now))
        )
        record.times.updated = now
        record.status = "NotBuilt"
        record.failures = []
        locales = dict(sorted({**stock.draft.locales, locale.identifier: locale}.items()))
        self.keep(stock, msgspec.structs.replace(stock.draft, locales=locales))

    def touch(self, stock: Stock, key: str) -> Times:
        """Note that a part was changed now; its times."""
        now = self.now()
        times = stock.record.parts.setdefault(key, Times(now, now))
        times.updated = now
        return times

    def remove(self, stock: Stock) -> None:
        """Forget a bot with everything of it."""
        self._cabinet.remove(stock.id)
        del self._stocks[stock.id]
        self.catalogue.remove(stock.id)

    def remove_locale(self, stock: Stock, locale_id: str) -> None:
        """Forget a locale of the draft, which is no longer served by TSTALIASID then."""
        stock.record.locales.pop(locale_id, None)
        for key in [key for key in stock.record.parts if key.startswith(f"{locale_id}/")]:
            del stock.record.parts[key]
        if stock.built is not None and locale_id in stock.built.locales:
            stock.built = _without(stock.built, locale_id)
            self._cabinet.put_built(stock.id, stock.built)
            self._serve(stock)
        self.keep(stock, _without(stock.draft, locale_id))

    def publish(self, stock: Stock, number: str, version: bot.Bot) -> None:
        """Take a new version in; the record of it is kept by the caller."""
        self._cabinet.put_version(stock.id, number, version)
        stock.versions[number] = version

    def unpublish(self, stock: Stock, number: str) -> None:
        """Forget a version."""
        del stock.versions[number], stock.record.versions[number]
        for key in [key for key in stock.numbered if key[0] == number]:
            del stock.numbered[key]
        self.keep(stock)
        self._cabinet.remove_version(stock.id, number)

    # --- service ----------------------------------------------------------------------

    def point(self, stock: Stock, alias: AliasRecord) -> None:
        """Lead an alias to its version; TSTALIASID leads to what was built last by itself."""
        if alias.id == bot.TEST_ALIAS.identifier:
            return

        def enabled(number: str, name: str) -> ServedLocale | None:
            served = self._version_locale(stock, number, name) if alias.enabled(name) else None
            return None if served is None else served.called(alias.name)

        version = stock.versions.get(alias.version or "")
        locales = {
            name: served
            for name in (version.locales if version is not None else ())
            if (served := enabled(alias.version or "", name)) is not None
        }
        self.catalogue.point(stock.id, alias.id, locales, enabled)

    def build(self, stock: Stock, locale_id: str) -> None:
        """Begin to build a locale of the draft; it goes into service when it has been learned."""
        record = stock.record.locales[locale_id]
        record.status, record.failures, record.submitted = "Building", [], self.now()
        self.keep(stock)
        building = asyncio.run_coroutine_threadsafe(
            self._build(stock, locale_id, stock.draft), self._loop
        )
        self._building.add(building)
        building.add_done_callback(self._building.discard)

    async def _build(self, stock: Stock, locale_id: str, draft: bot.Bot) -> None:
        definition = draft.locales[locale_id]
        fresh = self._locale(stock, draft, definition)
        failures = await asyncio.to_thread(_failures, draft, definition)
        before = stock.served.get(locale_id)
        if not failures:
            try:
                await fresh.model(before.learned if before is not None else None)
            except Exception as error:  # noqa: BLE001 - whatever it is, the old locale stays in service
                _log.exception("bot_not_built", bot=stock.id, locale=locale_id)
                failures = [f"The locale could not be learned: {error}"]
        async with self._lock:
            record = stock.record.locales.get(locale_id)
            if self._stocks.get(stock.id) is not stock or record is None:
                return
            await asyncio.to_thread(self._built, stock, fresh, failures)

    def _built(self, stock: Stock, fresh: ServedLocale, failures: list[str]) -> None:
        record = stock.record.locales[fresh.definition.identifier]
        if not failures:
            name = fresh.definition.identifier
            before = stock.built.locales if stock.built is not None else {}
            locales = dict(sorted({**before, name: fresh.definition}.items()))
            stock.built = msgspec.structs.replace(fresh.bot, locales=locales)
            stock.served[name] = fresh
            self._cabinet.put_built(stock.id, stock.built)
            self._serve(stock)
        # Only now: who reads Built finds it in service.
        record.status = "Failed" if failures else "Built"
        record.failures = failures
        self.keep(stock)

    def _serve(self, stock: Stock) -> None:
        if stock.built is None:
            return
        owner = stock.built
        stock.served = {
            name: stock.served.get(name) or self._locale(stock, owner, locale)
            for name, locale in owner.locales.items()
        }
        self.catalogue.put(
            ServedBot(id=stock.id, definition=owner, path=None, locales=dict(stock.served))
        )

    def _locale(
        self, stock: Stock, owner: bot.Bot, locale: bot.BotLocale, *, version: str = bot.DRAFT
    ) -> ServedLocale:
        return ServedLocale(
            stock.id,
            owner,
            locale,
            self.catalogue.folder,
            quality=self.catalogue.quality(owner, stock.id),
            version=version,
        )

    def _version_locale(self, stock: Stock, number: str, name: str) -> ServedLocale | None:
        version = stock.versions.get(number)
        locale = version.locales.get(name) if version is not None else None
        if version is None or locale is None:
            return None
        known = stock.numbered.get((number, name))
        if known is not None:
            return known
        fresh = self._locale(stock, version, locale, version=number)
        draft = stock.served.get(name)
        if draft is not None and draft.learned and draft.definition == locale:
            fresh.adopt(draft.learned)
        return stock.numbered.setdefault((number, name), fresh)


def found(value: _T | None) -> _T:
    """The value that was looked for.

    Raises:
        ResourceNotFoundException: there is none.
    """
    if value is None:
        raise ResourceNotFoundException(_MISSING)
    return value


def _without(definition: bot.Bot, locale_id: str) -> bot.Bot:
    locales = {name: one for name, one in definition.locales.items() if name != locale_id}
    return msgspec.structs.replace(definition, locales=locales)


def _failures(draft: bot.Bot, definition: bot.BotLocale) -> list[str]:
    """Why the locale cannot be built, for people."""
    alone = msgspec.structs.replace(draft, locales={definition.identifier: definition})
    return [str(problem) for problem in bot.validate(alone) if problem.severity == "error"]


def _file_stock(served: ServedBot) -> Stock:
    """A bot that is served from a file, as if it had been made here."""
    assert served.path is not None  # noqa: S101 - who asks has looked
    try:
        changed = served.path.stat().st_mtime
    except OSError:
        changed = 0.0
    record = new_record(served.id, NO_ROLE, changed)
    record.locales = {
        name: LocaleRecord(times=Times(changed, changed), status="Built", submitted=changed)
        for name in served.locales
    }
    draft = identified(served.definition)
    return Stock(record=record, draft=draft, built=draft, path=served.path)
