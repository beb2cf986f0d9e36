"""The bots that are served: read, given their ids, learned, and found by address."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path

import msgspec
import structlog

from daehwa import answers, bot, lex, nlu
from daehwa.conversation.file_stamps import bot_stamp
from daehwa.conversation.learned import LearnedModels
from daehwa.conversation.served_bots import Earlier, ServedBot, ServedLocale
from daehwa.conversation.settings import UnderstandingSetting
from daehwa.conversation.values import Address

_RETRY_SECONDS = 5.0
_LONGEST_RETRY_SECONDS = 60.0
_log = structlog.get_logger(__name__)


class CatalogueError(Exception):
    """The bots cannot be served together; the message says what to do."""


class _Refusal(msgspec.Struct, frozen=True):
    """Why the file of a bot was refused, and the time stamp of that file."""

    stamp: int
    reason: str


class Catalogue:
    """All bots that are served, by id.

    ``paths`` are Lex exports, zip or folder; two with the same id are refused. A bot that cannot be
    read, or an intent that cannot run, does not keep the others from being served: ``not_served``
    says why. The files are looked at again by ``refresh``: a changed bot takes the old one's place
    once it has been learned, and a broken one leaves the old one in service. In ``folder`` learned
    models are kept for the next start, as ``models``. ``TSTALIASID`` leads to these bots; ``point``
    leads further aliases to versions, whose conversations in progress stay with the version that
    they began with.
    ``understanding`` says how well each bot is to understand.

    Raises:
        bot.BotError: none of the bots can be read.
        CatalogueError: they cannot be served together.
        nlu.QualityError: a quality needs what is not installed.
    """

    def __init__(
        self,
        paths: Iterable[Path],
        folder: Path | None = None,
        understanding: UnderstandingSetting | None = None,
    ) -> None:
        self.models = LearnedModels(folder)
        self._understanding = understanding or UnderstandingSetting()
        self._data = folder.parent if folder else answers.data_directory()
        for quality in self._understanding.all(self._data):
            nlu.check_quality(quality)
        self._bots: dict[str, ServedBot] = {}
        self._aliases: dict[tuple[str, str], dict[str, ServedLocale]] = {}
        self._earlier: dict[tuple[str, str], Earlier] = {}
        self._refusals: dict[Path, _Refusal] = {}
        # Puts into service what others made meanwhile; whether there was anything. Of a workshop
        # that others use too.
        self.catch_up: Callable[[], Awaitable[bool]] | None = None
        first: bot.BotError | None = None
        for path in paths:
            stamp = bot_stamp(path)
            try:
                served = self._read(path)
            except bot.BotError as error:
                first = first or error
                self._refusals[path] = _Refusal(stamp, str(error))
            else:
                self._add(path, served)
        if first is not None and not self._bots:
            raise first

    def _add(self, path: Path, served: ServedBot) -> None:
        other = self._bots.get(served.id)
        if other is not None:
            raise CatalogueError(
                f"{path} and {other.path} are both the bot {served.id} "
                f"({served.definition.name}): serve one of them, or give one another "
                "identifier in its Bot.json"
            )
        self._bots[served.id] = served

    def not_served(self) -> dict[str, str]:
        """What is not served as it is in its file now, and why.

        A bot by its file's name, an intent as ``BOT/LOCALE/INTENT``, a network that lacks a member
        as ``BOT/LOCALE``.
        """
        files = {path.name: refusal.reason for path, refusal in self._refusals.items()}
        intents = {
            f"{served.definition.name}/{locale}/{intent}": why.where_and_why
            for served in self.bots
            for locale, faults in served.faults.items()
            for intent, why in faults.items()
        }
        networks = {
            f"{served.definition.name}/{locale}": f"The network's member {lacking} is not served "
            f"in {locale}. Serve it too, or take it out of the network."
            for served in self.bots
            for locale in served.locales
            if (lacking := self._lacking(served, locale)) is not None
        }
        return files | intents | networks

    def _lacking(self, served: ServedBot, locale: str) -> str | None:
        """The first member of a network that is not there in a locale."""
        for member in served.definition.bot_members or ():
            place = self._locales(member.bot_member_id, member.bot_member_alias_id)
            if served.definition.is_network and (place is None or locale not in place):
                return member.bot_member_name or member.bot_member_id
        return None

    @property
    def bots(self) -> tuple[ServedBot, ...]:
        """The bots in the order in which they were named; the first is the default."""
        return tuple(self._bots.values())

    def find(self, address: Address) -> ServedLocale:
        """The locale of the bot that an address names.

        Raises:
            lex.ResourceNotFoundException: there is no such bot, alias or locale here.
        """
        locales = self._locales(address.bot_id, address.alias_id)
        if locales is None:
            raise lex.ResourceNotFoundException(
                f"{address.bot_id}/{address.alias_id} is not a valid BotId/BotAliasId combination."
            )
        locale = locales.get(address.locale_id)
        if locale is None:
            raise lex.ResourceNotFoundException(
                f"The locale {address.locale_id} does not exist in the bot {address.bot_id}. "
                f"It has {', '.join(locales)}."
            )
        return locale

    def begun_with(
        self, served: ServedLocale, address: Address, version: str | None
    ) -> ServedLocale:
        """The locale for a conversation that began with ``version``, where ``find`` gave one.

        Its own version's as long as that is there, else the one that was found.
        """
        if version is None or version == served.version:
            return served
        earlier = self._earlier.get((address.bot_id, address.alias_id))
        return (earlier and earlier(version, address.locale_id)) or served

    def _locales(self, bot_id: str, alias_id: str) -> Mapping[str, ServedLocale] | None:
        pointed = self._aliases.get((bot_id, alias_id))
        if pointed is not None:
            return pointed
        served = self._bots.get(bot_id)
        if served is None or alias_id == bot.TEST_ALIAS.identifier:
            return None if served is None else served.locales
        return served.aliases.get(alias_id)

    def quality(self, owner: bot.Bot, bot_id: str) -> nlu.Quality:
        """How well a bot is to understand."""
        return self._understanding.of(owner.name, bot_id, self._data)

    def put(self, served: ServedBot) -> None:
        """Serve a bot, in place of the one with its id; one without a locale is not served."""
        if served.locales:
            self._bots[served.id] = served
        else:
            self._bots.pop(served.id, None)

    def point(
        self,
        bot_id: str,
        alias_id: str,
        locales: Mapping[str, ServedLocale],
        earlier: Earlier | None = None,
    ) -> None:
        """Point an alias at the locales of a version, or at none.

        ``earlier`` gives the other versions to the conversations that began with them.
        """
        self._aliases[bot_id, alias_id] = dict(locales)
        if earlier is not None:
            self._earlier[bot_id, alias_id] = earlier

    def aliases(self, bot_id: str) -> set[str]:
        """The aliases of a bot that ``point`` leads anywhere."""
        return {alias_id for owner, alias_id in tuple(self._aliases) if owner == bot_id}

    def unpoint(self, bot_id: str, alias_id: str) -> None:
        """Forget an alias."""
        self._aliases.pop((bot_id, alias_id), None)
        self._earlier.pop((bot_id, alias_id), None)

    def remove(self, bot_id: str) -> None:
        """Stop serving a bot under any of its aliases."""
        self._bots.pop(bot_id, None)
        for key in [key for key in self._aliases if key[0] == bot_id]:
            self.unpoint(*key)

    def named(self, name_or_id: str) -> ServedBot | None:
        """The bot of this id, or else of this name."""
        by_id = self._bots.get(name_or_id)
        if by_id is not None:
            return by_id
        return next((b for b in self._bots.values() if b.definition.name == name_or_id), None)

    async def learn(self, *, hurried: bool = False) -> None:
        """Make every locale ready, one after the other, the default bot's first.

        ``hurried``: as far as the first turns need it; ``finish`` learns the rest. One that fails,
        because memory or the disk ran out, keeps no other waiting, and is tried again.
        """
        missing, pause = self._all_locales(), _RETRY_SECONDS
        while missing := [
            locale
            for locale in missing
            if not await _succeeds(locale, locale.ready(hurried=hurried))
        ]:
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_RETRY_SECONDS)

    async def finish(self) -> None:
        """Learn what was left out in a hurry; what cannot be learned stays as it is."""
        for locale in self._all_locales():
            await _succeeds(locale, locale.finish())

    def _all_locales(self) -> list[ServedLocale]:
        served = [locale for each in self.bots for locale in each.locales.values()]
        pointed = [locale for each in self._aliases.values() for locale in each.values()]
        return served + pointed

    def old_builds(self) -> dict[str, str]:
        """The bots that are served as they were before a change, by name, and why."""
        return {
            served.definition.name: refusal.reason
            for served in self.bots
            if served.path is not None and (refusal := self._refusals.get(served.path)) is not None
        }

    async def refresh(
        self, report: Callable[[str], None], warn: Callable[[str], None] | None = None
    ) -> None:
        """Read again the bots whose files changed, learn them, and put them in service.

        ``warn`` is given what went wrong, by default ``report``.
        """
        warn = warn or report
        for served in self.bots:
            path = served.path
            if path is None:
                continue
            stamp = await asyncio.to_thread(bot_stamp, path)
            if stamp == served.stamp or self._refused_already(path, stamp):
                continue
            try:
                fresh = await self._read_again(served, path)
            except (bot.BotError, CatalogueError) as error:
                self._refusals[path] = _Refusal(stamp, str(error))
                warn(f"{served.definition.name} stays as it was: {error}")
                continue
            self._refusals.pop(path, None)
            self._bots[served.id] = fresh
            report(f"{fresh.definition.name} was read again from {path}")
        await self._retry(report, warn)

    async def _retry(self, report: Callable[[str], None], warn: Callable[[str], None]) -> None:
        """Read again the changed files of bots that have never been served."""
        served = {each.path for each in self.bots}
        for path in [each for each in self._refusals if each not in served]:
            stamp = await asyncio.to_thread(bot_stamp, path)
            if self._refused_already(path, stamp):
                continue
            try:
                fresh = await asyncio.to_thread(self._read, path)
                for locale in fresh.locales.values():
                    await locale.ready()
                self._add(path, fresh)
            except (bot.BotError, CatalogueError) as error:
                self._refusals[path] = _Refusal(stamp, str(error))
                warn(f"{path} is still not served: {error}")
                continue
            del self._refusals[path]
            report(f"{fresh.definition.name} is served now, from {path}")

    def _refused_already(self, path: Path, stamp: int) -> bool:
        refusal = self._refusals.get(path)
        return refusal is not None and refusal.stamp == stamp

    async def _read_again(self, served: ServedBot, path: Path) -> ServedBot:
        fresh = await asyncio.to_thread(self._read, path)
        if fresh.id != served.id:
            raise CatalogueError(
                f"{path} has become another bot ({fresh.id} instead of {served.id}): "
                "restart to serve it"
            )
        for name, locale in fresh.locales.items():
            before = served.locales.get(name)
            if before and before.learned and before.definition == locale.definition:
                locale.adopt(before.learned)
            await locale.ready(None if before is None else before.learned)
        return fresh

    def _read(self, path: Path) -> ServedBot:
        stamp = bot_stamp(path)
        runnable = bot.load_runnable(path, cache=self.models.folder)
        definition = runnable.definition
        bot_id = bot.bot_id(definition)
        quality = self.quality(definition, bot_id)
        sentiment = self._understanding.detects_sentiment(definition.name, bot_id)
        locales = {
            name: ServedLocale(
                bot_id,
                definition,
                locale,
                self.models,
                quality=quality,
                faults={
                    intent: f"The intent {intent} cannot run. {fault.where_and_why}"
                    for intent, fault in runnable.faults.get(name, {}).items()
                },
                detects_sentiment=sentiment,
            )
            for name, locale in definition.locales.items()
        }
        return ServedBot(
            id=bot_id,
            definition=definition,
            path=path,
            locales=locales,
            stamp=stamp,
            faults=runnable.faults,
            aliases={
                identifier: {
                    name: locale.called(alias, detects_sentiment=sentiment)
                    for name, locale in locales.items()
                }
                for alias, identifier in definition.aliases.items()
            },
        )


async def _succeeds(locale: ServedLocale, learning: Awaitable[None]) -> bool:
    """Whether a locale can be learned; if not, the log says why."""
    try:
        await learning
    except Exception as error:  # noqa: BLE001 - whatever it is, other bots are served
        name, why = locale.definition.identifier, f"{type(error).__name__}: {error}"
        _log.error("bot_not_learned", bot=locale.bot_id, locale=name, error=why)
        return False
    return True
