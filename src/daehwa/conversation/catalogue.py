"""The bots that are served: read, given their ids, learned, and found by address."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from daehwa import bot, lex, nlu
from daehwa.conversation.values import Address


class CatalogueError(Exception):
    """The bots cannot be served together; the message says what to do."""


class ServedLocale:
    """One language of a served bot: the definition, and the model learned from it.

    Learning happens once, in a thread; whoever needs the model first waits for it.
    """

    def __init__(
        self, bot_id: str, owner: bot.Bot, definition: bot.BotLocale, folder: Path | None
    ) -> None:
        self.bot_id = bot_id
        self._folder = folder
        self.bot = owner
        self.definition = definition
        self._learning: asyncio.Task[nlu.Model] | None = None
        self._model: nlu.Model | None = None

    @property
    def learned(self) -> nlu.Model | None:
        """The model, if it has been learned."""
        return self._model

    async def model(self, previous: nlu.Model | None = None) -> nlu.Model:
        """The model of this locale; learned now if it has not been.

        ``previous`` is the model before a change: what is still true is taken over from it.
        """
        if self._model is not None:
            return self._model
        if self._learning is None:
            self._learning = asyncio.create_task(
                asyncio.to_thread(
                    nlu.learn, self.definition, previous=previous, folder=self._folder
                )
            )
        self._model = await asyncio.shield(self._learning)
        return self._model

    def adopt(self, model: nlu.Model) -> None:
        """Take a model that was learned elsewhere from an equal definition."""
        self._model = model


class ServedBot(msgspec.Struct, frozen=True, kw_only=True):
    """A bot that is served: its id, its definition, where it came from, its languages."""

    id: str
    definition: bot.Bot
    path: Path
    locales: dict[str, ServedLocale]
    stamp: float


class Catalogue:
    """All bots that are served, by id.

    ``paths`` are Lex exports, zip or folder; two with the same id are refused. The files are
    looked at again by ``refresh``: a changed bot takes the old one's place once it has been
    learned, and a broken one leaves the old one in service. In ``folder`` learned models are
    kept for the next start.
    """

    def __init__(self, paths: Iterable[Path], folder: Path | None = None) -> None:
        self._folder = folder
        self._bots: dict[str, ServedBot] = {}
        self._refused: dict[Path, float] = {}
        for path in paths:
            served = _serve(path, folder)
            other = self._bots.get(served.id)
            if other is not None:
                raise CatalogueError(
                    f"{path} and {other.path} are both the bot {served.id} "
                    f"({served.definition.name}): serve one of them, or give one another "
                    "identifier in its Bot.json"
                )
            self._bots[served.id] = served

    @property
    def bots(self) -> tuple[ServedBot, ...]:
        """The bots in the order in which they were named; the first is the default."""
        return tuple(self._bots.values())

    def find(self, address: Address) -> ServedLocale:
        """The locale of the bot that an address names.

        Raises:
            lex.ResourceNotFoundException: there is no such bot, alias or locale here.
        """
        served = self._bots.get(address.bot_id)
        if served is None or address.alias_id != bot.TEST_ALIAS.identifier:
            raise lex.ResourceNotFoundException(
                f"{address.bot_id}/{address.alias_id} is not a valid BotId/BotAliasId combination."
            )
        locale = served.locales.get(address.locale_id)
        if locale is None:
            raise lex.ResourceNotFoundException(
                f"The locale {address.locale_id} does not exist in the bot {address.bot_id}. "
                f"It has {', '.join(served.locales)}."
            )
        return locale

    def named(self, name_or_id: str) -> ServedBot | None:
        """The bot of this id, or else of this name."""
        by_id = self._bots.get(name_or_id)
        if by_id is not None:
            return by_id
        return next((b for b in self._bots.values() if b.definition.name == name_or_id), None)

    async def learn(self) -> None:
        """Learn every locale, one after the other, the default bot's first."""
        for served in self.bots:
            for locale in served.locales.values():
                await locale.model()

    async def refresh(self, told: Callable[[str], None]) -> None:
        """Read again the bots whose files changed, learn them, and put them in service."""
        for served in self.bots:
            stamp = await asyncio.to_thread(_stamp, served.path)
            if stamp in (served.stamp, self._refused.get(served.path)):
                continue
            try:
                fresh = await self._read_again(served)
            except (bot.BotError, CatalogueError) as error:
                self._refused[served.path] = stamp
                told(f"{served.definition.name} stays as it was: {error}")
                continue
            self._refused.pop(served.path, None)
            self._bots[served.id] = fresh
            told(f"{fresh.definition.name} was read again from {fresh.path}")

    async def _read_again(self, served: ServedBot) -> ServedBot:
        fresh = await asyncio.to_thread(_serve, served.path, self._folder)
        if fresh.id != served.id:
            raise CatalogueError(
                f"{served.path} has become another bot ({fresh.id} instead of {served.id}): "
                "restart to serve it"
            )
        for name, locale in fresh.locales.items():
            before = served.locales.get(name)
            if before and before.learned and before.definition == locale.definition:
                locale.adopt(before.learned)
            await locale.model(None if before is None else before.learned)
        return fresh


def _serve(path: Path, folder: Path | None) -> ServedBot:
    stamp = _stamp(path)
    definition = bot.load(path)
    bot_id = bot.bot_id(definition)
    return ServedBot(
        id=bot_id,
        definition=definition,
        path=path,
        locales={
            name: ServedLocale(bot_id, definition, locale, folder)
            for name, locale in definition.locales.items()
        },
        stamp=stamp,
    )


def _stamp(path: Path) -> float:
    """When anything of the export was last changed, in seconds; changes with every edit."""
    try:
        if path.is_dir():
            return sum(p.stat().st_mtime for p in sorted(path.rglob("*")))
        return path.stat().st_mtime
    except OSError:
        return 0.0
