"""The life of a conversation's parts: from what is configured to bots that talk, and its end."""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import AsyncIterator, Callable
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    closing,
)
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import msgspec
import structlog

from daehwa import answers, dialog, documents, hooks, limits, stores
from daehwa.conversation.answering import Answering, longest_answer
from daehwa.conversation.assistance import Assistant
from daehwa.conversation.calling import HookCaller, Utterance
from daehwa.conversation.catalogue import Catalogue
from daehwa.conversation.channel import ChatChannel
from daehwa.conversation.forgetting import Forgetting
from daehwa.conversation.hooking import HookExamination, HookTable
from daehwa.conversation.leases import Leases
from daehwa.conversation.locks import SessionLocks
from daehwa.conversation.logs import ConversationLog, open_log
from daehwa.conversation.page_table import PageTable
from daehwa.conversation.readiness import AnswerReadiness, RuntimeReadiness
from daehwa.conversation.recognition import LexRuntime
from daehwa.conversation.retention import Tidying, TrustedTime
from daehwa.conversation.search_service import SearchService
from daehwa.conversation.settings import Settings
from daehwa.conversation.tasks import Tasks
from daehwa.conversation.turns import TakenTurn, Turns
from daehwa.conversation.understander import Understander
from daehwa.conversation.values import Address

_log = structlog.get_logger(__name__)
_audit = structlog.get_logger("daehwa.audit")

_REFRESH_SECONDS = 1.0
# How much longer than the longest answer a turn waits for the one before it.
_LOCK_SECONDS = 5


class RuntimePlan:
    """What a runtime is made of: read and checked, with nothing opened or started yet.

    ``answering`` is ``None`` when nothing but the bot shall speak. ``watch`` reads changed
    bot files, the hooks of ``config`` and Python hooks again. ``clock`` gives the time in the
    zone in which "today" is read. ``limiter`` is by default one without limits. ``assistant``
    helps to understand. ``searching`` is what the bots' search intents search, ``kendra`` the
    documents as Kendra's clients see them. ``hook_table`` finds the code hooks, by default those of
    ``settings``; ``choose`` picks among a message's variations. ``hurried``: bots talk as soon as
    the first stage of each is learned, and a turn waits for that no longer than for an answer.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        open_store: Callable[[], AbstractAsyncContextManager[stores.SessionStore]],
        answering: Answering | None,
        *,
        settings: Settings,
        clock: Callable[[], datetime],
        watch: bool = False,
        config: Path | None = None,
        limiter: limits.Limiter | None = None,
        searching: SearchService | None = None,
        kendra: documents.KendraIndex | None = None,
        assistant: Assistant | None = None,
        hurried: bool = False,
        hook_table: HookTable | None = None,
        choose: dialog.Chooser | None = None,
    ) -> None:
        self._kendra = kendra
        self._hurried = hurried
        self._assistant = assistant
        self.catalogue = catalogue
        self.settings = settings
        self._searching = searching
        self._open_store = open_store
        self._answering = answering
        self._clock = clock
        self._watch = watch
        self._hooks = HookTable(settings.hooks, config) if hook_table is None else hook_table
        self._choose = random.Random() if choose is None else choose  # noqa: S311 - of variations
        self.page = PageTable(settings.page, config)
        self._limiter = limits.Limiter() if limiter is None else limiter

    async def examine_answerers(self) -> tuple[answers.Readiness, ...]:
        """Try what each answerer needs: nothing is fetched, a remote model asked for one token."""
        return () if self._answering is None else await self._answering.answerer.examine()

    async def examine_hooks(self) -> tuple[HookExamination, ...]:
        """Import Python hooks, and see that the others have what they need; none is called."""
        async with self._hooks:
            return await self._hooks.examine()

    async def examine_budget(self) -> limits.BudgetState | None:
        """How much of today's budget for models is used; ``None`` if there is none.

        Raises:
            stores.StoreError: the store cannot be used.
        """
        if self._limiter.budget.setting.unlimited:
            return None
        async with self._limiter:
            return await self._limiter.budget.state(each.id for each in self.catalogue.bots)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Runtime]:
        """The runtime, for as long as the block lasts; the bots are learned in the background.

        Leaving the block ends what runs in the background and lets go of connections. A plan
        is opened once.

        Raises:
            stores.StoreError: the store cannot be used.
            SettingsError: the conversation log cannot be written.
        """
        async with AsyncExitStack() as stack:
            log = open_log(self.settings.logs)
            if log is not None:
                stack.enter_context(closing(log))
            store = await stack.enter_async_context(self._open_store())
            system = stores.store_system(self.settings.store.url or "sqlite:")
            store = stores.watched(store, system)
            await stack.enter_async_context(self._limiter)
            if self._answering is not None:
                await stack.enter_async_context(self._answering.answerer)
            await stack.enter_async_context(self._hooks)
            judge = None if self._assistant is None else self._assistant.to_enter
            if judge is not None:
                await stack.enter_async_context(judge)
            if self._searching is not None:
                await stack.enter_async_context(self._searching)
            tasks = await stack.enter_async_context(Tasks())
            taking = await stack.enter_async_context(Tasks())
            leases = Leases(store)
            understander = Understander(self._limiter.setting.understanding_seconds)
            turns = self._turns(store, leases, log, understander)
            runtime = self._runtime(
                store, turns, understander, Forgetting(store, turns, log), taking
            )
            tasks.spawn(runtime.learn(hurried=self._hurried))
            tasks.spawn(_examine(self._hooks))
            tasks.spawn(leases.renew())
            tasks.spawn(self._limiter.settle_forever())
            tasks.spawn(self._tidying(store, log).go_on())
            if self._watch:
                tasks.spawn(_watch(self.catalogue, self._hooks, self.page))
            yield runtime

    def _turns(
        self,
        store: stores.SessionStore,
        leases: Leases,
        log: ConversationLog | None,
        understander: Understander,
    ) -> Turns:
        """Whoever takes the turns, of every channel."""
        patience = longest_answer(self.settings.answer_seconds) + _LOCK_SECONDS
        quotas = self.settings.quotas is not False
        return Turns(
            store,
            self.catalogue,
            HookCaller(
                store,
                self._hooks,
                self._answering,
                leases,
                clock=self._clock,
                quotas=quotas,
                limiter=self._limiter,
                settings=self.settings,
                searching=self._searching,
            ),
            locks=SessionLocks(patience),
            clock=self._clock,
            choose=self._choose,
            patience=patience,
            learning_seconds=self.settings.answer_seconds if self._hurried else math.inf,
            quotas=quotas,
            log=log,
            understander=understander,
            assistant=self._assistant,
        )

    def _runtime(
        self,
        store: stores.SessionStore,
        turns: Turns,
        understander: Understander,
        forgetting: Forgetting,
        taking: Tasks,
    ) -> Runtime:
        """Lex's runtime API and our ``/chat``, over the same turns."""
        return Runtime(
            store,
            self.catalogue,
            self._answering,
            self._hooks,
            lex=LexRuntime(
                store,
                turns,
                self.catalogue,
                clock=self._clock,
                forgetting=forgetting,
                limiter=self._limiter,
            ),
            chat=ChatChannel(
                store,
                turns,
                self.catalogue,
                self._answering,
                page=self.page,
                clock=self._clock,
                tasks=taking,
                forgetting=forgetting,
                limiter=self._limiter,
            ),
            limiter=self._limiter,
            understander=understander,
            turns=turns,
            kendra=self._kendra,
        )

    def _tidying(self, store: stores.SessionStore, log: ConversationLog | None) -> Tidying:
        days = self.settings.logs.keep_days
        return Tidying(
            store,
            TrustedTime(store, self._clock),
            keep=timedelta(days=self.settings.store.keep_days),
            log=log,
            keep_log=None if days is None else timedelta(days=days),
        )


class Runtime:
    """Every served bot, ready to talk: ``lex`` serves Lex's runtime API, ``chat`` our ``/chat``.

    ``sessions`` is where conversations are kept. ``learned`` is set once every bot is.
    """

    def __init__(
        self,
        store: stores.SessionStore,
        catalogue: Catalogue,
        answering: Answering | None,
        hook_table: HookTable,
        *,
        lex: LexRuntime,
        chat: ChatChannel,
        limiter: limits.Limiter,
        understander: Understander,
        turns: Turns,
        kendra: documents.KendraIndex | None = None,
    ) -> None:
        self.kendra = kendra
        self._turns = turns
        self.catalogue = catalogue
        self.limiter = limiter
        self._understander = understander
        self.lex = lex
        self.chat = chat
        self.sessions = store
        self._answering = answering
        self._hooks = hook_table
        self.learned = asyncio.Event()

    async def take(self, address: Address, utterance: Utterance) -> TakenTurn:
        """Take a turn, and give all that came of it: for whoever rehearses a bot.

        Raises:
            lex.LexError: the address names nothing here, or the turn makes no sense.
            stores.StoreError: the store cannot be used.
        """
        return await self._turns.say(self.catalogue.find(address), address, utterance)

    async def learn(self, *, hurried: bool = False) -> None:
        """Learn all bots; the runtime is ready then.

        ``hurried``: it is ready as soon as the first stage of each has been learned.
        """
        for what, why in self.catalogue.not_served().items():
            _log.error("not_served", what=what, error=why)
        await self.catalogue.learn(hurried=hurried)
        self.learned.set()
        await self.catalogue.finish()

    async def readiness(self) -> RuntimeReadiness:
        """What works and what does not yet."""
        try:
            await self.sessions.ping()
            store = "ok"
        except stores.StoreError as error:
            store = str(error)
        except Exception as error:  # noqa: BLE001 - whoever watches must hear of it
            _log.exception("store_failed")
            store = f"the store failed unexpectedly: {type(error).__name__}"
        answer = AnswerReadiness()
        if self._answering is not None:
            answer = AnswerReadiness.of(await self._answering.answerer.ready())
        return RuntimeReadiness(
            ready=self.learned.is_set() and store == "ok",
            bots="ok" if self.learned.is_set() else "learning",
            store=store,
            hooks=self._hooks_state(),
            not_served=self.catalogue.not_served() or msgspec.UNSET,
            old_builds=self.catalogue.old_builds() or msgspec.UNSET,
            answer=answer,
            budget=await self.limiter.budget.state(each.id for each in self.catalogue.bots)
            or msgspec.UNSET,
        )

    def understanding_load(self) -> tuple[int, int]:
        """How many texts took too long to understand, and how many threads hang on them."""
        return self._understander.timed_out, self._understander.hanging

    def hook_load(self) -> dict[str, tuple[int, int]]:
        """How many calls of its hooks run for each bot, and how many are past their time."""
        loads: dict[str, tuple[int, int]] = {}
        for load in self._hooks.load():
            running, hanging = loads.get(load.bot, (0, 0))
            loads[load.bot] = (running + load.running, hanging + load.hanging)
        return loads

    def answer_usage(self) -> dict[str, answers.Usage]:
        """What language models counted for this process's answers so far, by model."""
        return {} if self._answering is None else dict(self._answering.totals)

    def _hooks_state(self) -> Literal["ok"] | dict[str, str]:
        """``ok``, or what is wrong with the hooks by bot; other bots can talk all the same."""
        wrong = self._hooks.failures() | {
            load.bot: f"{load.running} calls are running, {load.hanging} past their time; "
            + ("no more are made" if load.exhausted else f"{hooks.MOST_CALLS} may run")
            for load in self._hooks.load()
            if load.hanging or load.exhausted
        }
        return wrong or "ok"


async def _examine(hook_table: HookTable) -> None:
    """Import the hooks now: whoever starts the server is there to read what is missing."""
    for one in await hook_table.examine():
        if one.error is not None:
            _log.warning(
                "hook_unusable",
                hook=repr(one.hook),
                bot=one.setting.bot,
                error=one.error.summary,
                **({"cure": one.cure} if one.cure else {}),
            )


async def _watch(catalogue: Catalogue, hook_table: HookTable, page: PageTable) -> None:
    while True:
        await asyncio.sleep(_REFRESH_SECONDS)
        try:
            await catalogue.refresh(_log_change, _log_refusal)
            await hook_table.refresh(_log_change, _log_refusal)
            page.refresh(_log_change)
        except Exception:  # noqa: BLE001 - the old bots stay in service
            _log.exception("file_not_read")


def _log_change(what: str) -> None:
    _audit.info("file_changed", who="file", operation="Reload", what=what, outcome="ok")


def _log_refusal(what: str) -> None:
    _audit.warning("file_changed", who="file", operation="Reload", what=what, outcome="failed")
