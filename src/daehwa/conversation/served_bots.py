"""A bot as it is served: its definition, and the models that are learned from its locales."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

import msgspec

from daehwa import bot, chat, dialog, lex, nlu
from daehwa.conversation.learned import LearnedModels
from daehwa.conversation.obfuscation import ObfuscatedSlots
from daehwa.conversation.trimming import give_back_memory


class BotNotReady(lex.InternalServerException):
    """The bot is still being learned: the model's 500 with the status of what will pass."""

    status = 503
    retry_after = 5

    def __init__(self) -> None:
        super().__init__(chat.ChatError("BotNotReady").line("en"))


class ServedLocale:
    """One language of a served bot: the definition, and the model learned from it.

    Learning happens once, in a thread; whoever needs the model first waits for it. ``models`` are
    those that there are already. ``version`` and ``alias_name`` are what code hooks receive,
    ``quality`` is how well it is to understand. ``faults`` says why intents cannot run.
    ``detects_sentiment`` says whether the alias wants the sentiment of what is said.
    """

    def __init__(
        self,
        bot_id: str,
        owner: bot.Bot,
        definition: bot.BotLocale,
        models: LearnedModels | None,
        *,
        quality: nlu.Quality = nlu.DEFAULT_QUALITY,
        version: str = bot.DRAFT,
        alias_name: str = bot.TEST_ALIAS.name,
        faults: Mapping[str, str] | None = None,
        detects_sentiment: bool = False,
    ) -> None:
        self.bot_id = bot_id
        self.bot = owner
        self.definition = definition
        self.version = version
        self.alias_name = alias_name
        self.detects_sentiment = detects_sentiment
        self.plan = dialog.Plan(definition, faults)
        self.obfuscated = ObfuscatedSlots(definition)
        self._lesson = _Lesson(definition, models or LearnedModels(None), quality)

    @property
    def learned(self) -> nlu.Model | None:
        """The model, if it has been learned."""
        return self._lesson.model

    @cached_property
    def card_hosts(self) -> frozenset[str]:
        """The hosts that its response cards load pictures from."""
        return bot.card_hosts(self.definition)

    async def model(self, previous: nlu.Model | None = None, *, hurried: bool = False) -> nlu.Model:
        """The model of this locale; learned now if it has not been.

        ``previous`` is the model before a change: what is still true is taken over from it. A
        ``hurried`` one may have only its first stage, until ``finish``.
        """
        return await self._lesson.learn(previous, hurried=hurried)

    async def model_until(self, end: float) -> nlu.Model:
        """The model, if it is learned by ``end`` on the event loop's clock.

        Raises:
            BotNotReady: it is not; learning goes on, or is tried again.
        """
        if self.learned is not None:
            return self.learned
        try:
            async with asyncio.timeout_at(end):
                return await self.model()
        except (TimeoutError, nlu.LearningFailed):
            raise BotNotReady from None

    async def ready(self, previous: nlu.Model | None = None, *, hurried: bool = False) -> None:
        """Learn as ``model`` does, and bring into memory what only some texts need."""
        model = await self.model(previous, hurried=hurried)
        await asyncio.to_thread(model.load)

    async def finish(self) -> None:
        """Learn what a hurried model left out, and let the whole take its place."""
        await self._lesson.finish()

    def adopt(self, model: nlu.Model) -> None:
        """Take a model that was learned elsewhere from an equal definition."""
        self._lesson.model = model

    def called(self, alias_name: str, *, detects_sentiment: bool = False) -> ServedLocale:
        """The same under an alias; it is learned once for all of them."""
        other = ServedLocale(
            self.bot_id,
            self.bot,
            self.definition,
            None,
            version=self.version,
            alias_name=alias_name,
            detects_sentiment=detects_sentiment,
        )
        other.plan = self.plan
        other._lesson = self._lesson
        return other


class _Lesson:
    """Learning a definition, once."""

    def __init__(
        self, definition: bot.BotLocale, models: LearnedModels, quality: nlu.Quality
    ) -> None:
        self.model: nlu.Model | None = None
        self._definition = definition
        self._models = models
        self._quality = quality
        self._learning: asyncio.Task[nlu.Model] | None = None

    async def learn(self, previous: nlu.Model | None, *, hurried: bool = False) -> nlu.Model:
        if self.model is not None:
            return self.model
        if self._learning is None:
            self._learning = asyncio.create_task(self._learn_in_thread(previous, hurried=hurried))
        learning = self._learning
        try:
            self.model = await asyncio.shield(learning)
        finally:
            if learning.done() and self.model is None and self._learning is learning:
                self._learning = None  # whoever needs it next tries again
        return self.model

    async def finish(self) -> None:
        before = self.model
        if before is not None and before.hurried:
            whole = await self._learn_in_thread(None, hurried=False)
            await asyncio.to_thread(whole.load)
            if self.model is before:
                self.model = whole

    async def _learn_in_thread(self, previous: nlu.Model | None, *, hurried: bool) -> nlu.Model:
        apart = nlu.LearningProcess()
        try:
            return await asyncio.to_thread(self._learn, previous, apart, hurried=hurried)
        finally:
            # Whoever ends the server does not wait for what nobody will use.
            apart.stop()

    def _learn(
        self, previous: nlu.Model | None, apart: nlu.LearningProcess, *, hurried: bool
    ) -> nlu.Model:
        model = nlu.learn(
            self._definition,
            quality=self._quality,
            previous=previous,
            folder=self._models.folder,
            shared=self._models,
            apart=apart,
            hurried=hurried,
        )
        give_back_memory()
        return model


Earlier: TypeAlias = Callable[[str, str], ServedLocale | None]
"""Gives the locale of a version, by the version's number and the locale's id, if there is one."""


class ServedBot(msgspec.Struct, frozen=True, kw_only=True):
    """A bot that is served: its id, its definition, where it came from, its languages.

    One without a ``path`` was built here, and changes when it is built again. ``faults`` has, by
    locale and intent, why an intent cannot run. ``aliases`` has the same locales by the ids of the
    aliases that its file names.
    """

    id: str
    definition: bot.Bot
    path: Path | None
    locales: dict[str, ServedLocale]
    stamp: int = 0
    faults: dict[str, dict[str, bot.Problem]] = {}
    aliases: dict[str, dict[str, ServedLocale]] = {}
