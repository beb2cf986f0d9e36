"""The life of a conversation's parts: from what is configured to bots that talk, and its end."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog

from daehwa import answers, stores
from daehwa.conversation.answering import Answering, longest_answer
from daehwa.conversation.calling import HookCaller
from daehwa.conversation.catalogue import Catalogue
from daehwa.conversation.channel import ChatChannel
from daehwa.conversation.hooking import HookTable
from daehwa.conversation.leases import Leases
from daehwa.conversation.locks import SessionLocks
from daehwa.conversation.logs import open_log
from daehwa.conversation.recognition import LexRuntime
from daehwa.conversation.retention import tidy_forever
from daehwa.conversation.settings import Settings
from daehwa.conversation.tasks import Tasks
from daehwa.conversation.turns import Turns

_log = structlog.get_logger(__name__)

_REFRESH_SECONDS = 1.0


class RuntimePlan:
    """What a runtime is made of: read and checked, with nothing opened or started yet.

    ``answering`` is ``None`` when nothing but the bot shall speak. ``watch`` reads changed
    bot files, the hooks of ``config`` and Python hooks again. ``clock`` gives the time in the
    zone in which "today" is read.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        open_store: Callable[[], Awaitable[stores.SessionStore]],
        answering: Answering | None,
        *,
        settings: Settings,
        clock: Callable[[], datetime],
        watch: bool = False,
        config: Path | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.settings = settings
        self._open_store = open_store
        self._answering = answering
        self._clock = clock
        self._watch = watch
        self._hooks = HookTable(settings.hooks, config)

    async def examine_answerers(self) -> tuple[answers.Readiness, ...]:
        """Try what each answerer needs on this machine, fetching nothing and asking nobody."""
        return () if self._answering is None else await self._answering.answerer.examine()

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
            store = await self._open_store()
            stack.push_async_callback(store.close)
            if self._answering is not None:
                stack.push_async_callback(self._answering.answerer.close)
                await self._answering.answerer.start()
            stack.push_async_callback(self._hooks.close)
            tasks = await stack.enter_async_context(Tasks())
            longest = longest_answer(self.settings.answer_seconds)
            leases = Leases(store)
            turns = Turns(
                store,
                self.catalogue,
                HookCaller(
                    store,
                    self._hooks,
                    self._answering,
                    leases,
                    clock=self._clock,
                    quotas=self.settings.quotas,
                ),
                locks=SessionLocks(longest + 5),
                clock=self._clock,
                choose=random.Random(),  # noqa: S311 - picks variations of a message
                patience=longest + 5,
                quotas=self.settings.quotas,
                log=log,
            )
            runtime = Runtime(
                store,
                self.catalogue,
                self._answering,
                lex=LexRuntime(store, turns, self.catalogue, clock=self._clock),
                chat=ChatChannel(
                    store,
                    turns,
                    self.catalogue,
                    self._answering,
                    settings=self.settings,
                    clock=self._clock,
                    tasks=tasks,
                ),
            )
            tasks.spawn(runtime.learn())
            tasks.spawn(leases.renew())
            keep = timedelta(days=self.settings.store.keep_days)
            tasks.spawn(tidy_forever(store, self._clock, keep=keep))
            if self._watch:
                tasks.spawn(_watch(self.catalogue, self._hooks))
            yield runtime


class Runtime:
    """Every served bot, ready to talk: ``lex`` serves Lex's runtime API, ``chat`` our ``/chat``."""

    def __init__(
        self,
        store: stores.SessionStore,
        catalogue: Catalogue,
        answering: Answering | None,
        *,
        lex: LexRuntime,
        chat: ChatChannel,
    ) -> None:
        self.catalogue = catalogue
        self.lex = lex
        self.chat = chat
        self._store = store
        self._answering = answering
        self._learned = False

    async def learn(self) -> None:
        """Learn all bots; the runtime is ready then."""
        await self.catalogue.learn()
        self._learned = True

    async def readiness(self) -> dict[str, Any]:
        """What works and what does not yet: ``ready`` says whether the bots can talk."""
        try:
            await self._store.ping()
            store = "ok"
        except stores.StoreError as error:
            store = str(error)
        except Exception as error:  # noqa: BLE001 - whoever watches must hear of it
            _log.exception("store_failed")
            store = f"the store failed in a way that was not foreseen: {type(error).__name__}"
        answer: dict[str, Any] = {"state": "off", "source": "none"}
        if self._answering is not None:
            now = await self._answering.answerer.ready()
            answer = {"state": now.state, "source": now.source, "model": now.model}
            if now.progress is not None:
                answer["progress"] = round(now.progress, 4)
            if now.state == "failed" and (why := now.error) is not None:
                answer["error"] = {"code": why.code, "message": why.message, "cure": why.cure}
        return {
            "ready": self._learned and store == "ok",
            "bots": "ok" if self._learned else "learning",
            "store": store,
            "answer": answer,
        }


async def _watch(catalogue: Catalogue, hook_table: HookTable) -> None:
    while True:
        await asyncio.sleep(_REFRESH_SECONDS)
        try:
            await catalogue.refresh(_log_change)
            await hook_table.refresh(_log_change)
        except Exception:  # noqa: BLE001 - the old bots stay in service
            _log.exception("file_not_read")


def _log_change(what: str) -> None:
    _log.info("file_changed", what=what)
