"""The public face of the conversation: what every channel calls."""

from __future__ import annotations

import asyncio
import random
import re
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import structlog

from daehwa import answers, bot, dialog, lex, stores
from daehwa.conversation.answering import Answering, longest_answer
from daehwa.conversation.calling import Outside, Utterance
from daehwa.conversation.catalogue import Catalogue, ServedBot, ServedLocale
from daehwa.conversation.hooking import HookTable
from daehwa.conversation.live import LiveTurn, LiveTurns
from daehwa.conversation.locks import SessionLocks
from daehwa.conversation.logs import open_log
from daehwa.conversation.page import TEXT_LIMIT, page_config
from daehwa.conversation.settings import Settings
from daehwa.conversation.turns import Taken, Turns
from daehwa.conversation.updates import Tell
from daehwa.conversation.values import (
    Address,
    ChatError,
    ChatEvent,
    ChatReply,
    ChatRequest,
    Operation,
    Recognition,
    SessionView,
)

_log = structlog.get_logger(__name__)
_decode_session = msgspec.json.Decoder(dialog.Session).decode

_SESSION_ID = re.compile(r"[0-9a-zA-Z._:-]{2,100}")
_MESSAGE_ID = re.compile(r"[0-9a-zA-Z._:-]{1,100}")
_REFRESH_SECONDS = 1.0
_PURGE_SECONDS = 600.0
_PURGE = 200
# A page that comes back after its session ended still gets its transcript for this long.
_KEEP_DAYS = 30


class Runtime:
    """Every served bot, ready to talk.

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
        self._live = LiveTurns()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._learned = False
        self._log = open_log(settings.logs)
        self._longest = longest_answer(settings.answer_seconds)

    # --- life -------------------------------------------------------------------------

    async def start(self) -> None:
        """Open the store, and begin to learn the bots in the background.

        Raises:
            stores.StoreError: the store cannot be used.
        """
        patience = self._longest + 5
        self._store = await self._open_store()
        self._turns = Turns(
            self._store,
            self.catalogue,
            Outside(
                self._store,
                self._hooks,
                self._answering,
                clock=self._clock,
                quotas=self.settings.quotas,
            ),
            locks=SessionLocks(patience),
            clock=self._clock,
            choose=random.Random(),  # noqa: S311 - picks variations of a message
            patience=patience,
            quotas=self.settings.quotas,
            log=self._log,
        )
        if self._answering is not None:
            await self._answering.answerer.start()
        self._spawn(self._learn())
        self._spawn(self._look_after_store())
        if self._watch:
            self._spawn(self._look_at_files())

    async def close(self) -> None:
        """End what runs in the background and let go of connections."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._hooks.close()
        if self._answering is not None:
            await self._answering.answerer.close()
        if hasattr(self, "_store"):
            await self._store.close()
        if self._log is not None:
            self._log.close()

    async def readiness(self) -> dict[str, Any]:
        """What works and what does not yet: ``ready`` says whether the bots can talk."""
        try:
            await self._store.ping()
            store = "ok"
        except stores.StoreError as error:
            store = str(error)
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

    async def examine_answerers(self) -> tuple[answers.Readiness, ...]:
        """Try what each answerer needs on this machine, fetching nothing and asking nobody."""
        return () if self._answering is None else await self._answering.answerer.examine()

    # --- Lex's runtime API ------------------------------------------------------------

    async def recognize_text(
        self,
        address: Address,
        text: str,
        *,
        session_state: lex.SessionState | None,
        request_attributes: dict[str, str] | None,
        request_id: str,
        input_mode: lex.InputMode = "Text",
        operation: Operation = "RecognizeText",
        tell: Tell | None = None,
    ) -> Recognition:
        """Take a turn, as RecognizeText does.

        ``tell`` says what the bot says while a long fulfilment runs.

        Raises:
            lex.LexError: the address names nothing here, or as ``Turns.say``.
        """
        taken = await self._turns.say(
            self.catalogue.find(address),
            address,
            Utterance(
                text=text,
                request_id=request_id,
                session_state=session_state,
                request_attributes=request_attributes,
                input_mode=input_mode,
                operation=operation,
            ),
            tell=tell,
        )
        assert taken.outcome is not None  # noqa: S101 - without a message id every turn is new
        return _recognition(address, taken.outcome)

    async def put_session(
        self,
        address: Address,
        session_state: lex.SessionState,
        *,
        messages: tuple[lex.Message, ...] | None,
        request_attributes: dict[str, str] | None,
        request_id: str,
        operation: Operation = "PutSession",
    ) -> Recognition:
        """Set a session's state, as PutSession does.

        Raises:
            lex.LexError: the address names nothing here, or the state makes no sense.
        """
        outcome = await self._turns.put(
            self.catalogue.find(address),
            address,
            Utterance(
                text="",
                request_id=request_id,
                session_state=session_state,
                request_attributes=request_attributes,
                operation=operation,
            ),
            messages or (),
        )
        return _recognition(address, outcome)

    async def get_session(self, address: Address) -> SessionView:
        """The session as it stands.

        Raises:
            lex.ResourceNotFoundException: there is no such bot, alias, locale or session.
        """
        self.catalogue.find(address)
        now = self._clock()
        stored = await self._store.load(address, now)
        if not isinstance(stored, stores.Stored):
            raise lex.ResourceNotFoundException(f"The session {address.session_id} does not exist.")
        session = _decode_session(stored.session)
        return SessionView(
            session_id=address.session_id,
            session_state=dialog.session_state(session, now),
            messages=session.messages,
            interpretations=session.interpretations,
        )

    async def delete_session(self, address: Address) -> None:
        """End the session. One that does not exist is ended already."""
        self.catalogue.find(address)
        await self._store.delete(address, transcript=False)

    # --- the chat channel -------------------------------------------------------------

    async def chat(
        self, request: ChatRequest, *, request_id: str, accept_language: str = ""
    ) -> ChatReply:
        """The reply to a message, whole.

        Raises:
            ChatError: the request is wrong, or the turn failed.
        """
        return await self._begin(request, request_id, accept_language, watched=False)[1].reply()

    async def chat_stream(
        self, request: ChatRequest, *, request_id: str, accept_language: str = ""
    ) -> AsyncIterator[ChatEvent]:
        """The reply to a message as it is made. To stop listening does not stop the turn.

        Raises:
            ChatError: before the first event, when the request is wrong.
        """
        _, live = self._begin(request, request_id, accept_language, watched=True)
        async for event in live.follow():
            yield event

    async def follow_turn(
        self, session_id: str, message_id: str, *, bot_id: str | None, locale_id: str | None
    ) -> AsyncIterator[ChatEvent]:
        """A turn's events from its first, then what follows; a finished turn has only its end.

        Raises:
            ChatError: there is no such turn.
        """
        address = self._address(session_id, bot_id, locale_id, "")
        live = self._live.get((address, message_id))
        if live is None:
            live = LiveTurn()
            if await self._store.turn(address, message_id) is None:
                raise ChatError(404, "TurnNotFound", f"There is no turn {message_id} here.")
            self._spawn(self._await_elsewhere(address, message_id, live))
        async for event in live.follow():
            yield event

    def stop_turn(
        self, session_id: str, message_id: str, *, bot_id: str | None, locale_id: str | None
    ) -> bool:
        """Stop the answer that is being made; what was said so far is kept.

        Returns:
            Whether such a turn was running in this process.
        """
        live = self._live.get((self._address(session_id, bot_id, locale_id, ""), message_id))
        if live is None:
            return False
        live.stop()
        return True

    async def chat_session(
        self, session_id: str, *, bot_id: str | None, locale_id: str | None
    ) -> dict[str, Any]:
        """The conversation so far, for a page that was reloaded."""
        address = self._address(session_id, bot_id, locale_id, "")
        stored = await self._store.load(address, self._clock())
        turns = []
        for turn in await self._store.turns(address, limit=200):
            live = self._live.get((address, turn.message_id))
            state = turn.state
            if state == "running" and live is None and self._overdue(turn.at):
                state = "incomplete"
            turns.append(
                {
                    "messageId": turn.message_id,
                    "text": turn.text,
                    "at": turn.at.isoformat(),
                    "reply": msgspec.Raw(turn.reply) if turn.reply is not None else None,
                    "state": state,
                    "feedback": turn.feedback,
                }
            )
        return {
            "sessionId": session_id,
            "botId": address.bot_id,
            "localeId": address.locale_id,
            "expired": isinstance(stored, stores.Expired),
            "open": isinstance(stored, stores.Stored),
            "turns": turns,
        }

    async def delete_chat(
        self, session_id: str, *, bot_id: str | None, locale_id: str | None
    ) -> None:
        """End the session and forget what was said in it."""
        await self._store.delete(self._address(session_id, bot_id, locale_id, ""))

    async def feedback(
        self,
        session_id: str,
        message_id: str,
        feedback: stores.Feedback | None,
        *,
        bot_id: str | None,
        locale_id: str | None,
    ) -> None:
        """Store what the person thinks of a reply.

        Raises:
            ChatError: there is no such turn.
        """
        address = self._address(session_id, bot_id, locale_id, "")
        if not await self._store.set_feedback(address, message_id, feedback):
            raise ChatError(404, "TurnNotFound", f"There is no turn {message_id} here.")

    async def chat_config(self, locale_id: str | None, accept_language: str = "") -> dict[str, Any]:
        """What the page needs to know: the bots, their greetings, and who answers the rest."""
        default, locale = self._default(_languages(locale_id, accept_language))
        return await page_config(
            self.catalogue,
            self.settings,
            self._answering,
            default=(default.id, locale.definition.identifier),
            locale_id=locale_id or locale.definition.identifier,
        )

    # --- choosing ---------------------------------------------------------------------

    def _begin(
        self, request: ChatRequest, request_id: str, accept_language: str, *, watched: bool
    ) -> tuple[Address, LiveTurn]:
        text = request.text.strip()
        if not text:
            raise ChatError(400, "TextMissing", "The text is empty: say something.")
        if len(text) > TEXT_LIMIT:
            raise ChatError(
                400,
                "TextTooLong",
                f"The text has {len(text)} characters; Lex takes {TEXT_LIMIT} at the most.",
            )
        message_id = request.message_id or uuid.uuid4().hex
        if not _MESSAGE_ID.fullmatch(message_id):
            raise ChatError(
                400, "MessageIdInvalid", "messageId takes 1 to 100 of letters, digits and . _ : -"
            )
        session_id = request.session_id or uuid.uuid4().hex
        address = self._address(session_id, request.bot_id, request.locale_id, accept_language)
        live, running = self._live.begin((address, message_id), watched=watched)
        if not running:
            live.tell(
                "start",
                {"sessionId": session_id, "messageId": message_id, "requestId": request_id},
            )
            utterance = Utterance(
                text=text,
                request_id=request_id,
                message_id=message_id,
                repeatable=request.message_id is not None,
                session_state=None
                if request.session_attributes is None
                else lex.SessionState(session_attributes=request.session_attributes),
                request_attributes=request.request_attributes,
            )
            self._spawn(self._take(address, utterance, live))
        return address, live

    def _address(
        self, session_id: str, bot_id: str | None, locale_id: str | None, accept_language: str
    ) -> Address:
        if not _SESSION_ID.fullmatch(session_id):
            raise ChatError(
                400, "SessionIdInvalid", "sessionId takes 2 to 100 of letters, digits and . _ : -"
            )
        languages = _languages(locale_id, accept_language)
        served, locale = self._default(languages)
        if bot_id is not None:
            served = self._named(bot_id)
            locale = _speaking(served, languages) or next(iter(served.locales.values()))
        if locale_id is not None and locale.definition.identifier != locale_id:
            raise ChatError(
                404,
                "LocaleNotFound",
                f"{served.definition.name} does not speak {locale_id}, "
                f"but {', '.join(served.locales)}.",
            )
        alias = bot.TEST_ALIAS.identifier
        return Address(served.id, alias, locale.definition.identifier, session_id)

    def _named(self, name_or_id: str) -> ServedBot:
        served = self.catalogue.named(name_or_id)
        if served is None:
            names = ", ".join(f"{b.definition.name} ({b.id})" for b in self.catalogue.bots)
            raise ChatError(404, "BotNotFound", f"There is no bot {name_or_id} here, but {names}.")
        return served

    def _default(self, languages: tuple[str, ...]) -> tuple[ServedBot, ServedLocale]:
        """The first bot that speaks a wanted language; without one, the first bot."""
        for language in languages:
            for served in self.catalogue.bots:
                locale = _speaking(served, (language,))
                if locale is not None:
                    return served, locale
        first = self.catalogue.bots[0]
        return first, next(iter(first.locales.values()))

    # --- in the background ------------------------------------------------------------

    async def _take(self, address: Address, utterance: Utterance, live: LiveTurn) -> None:
        request_id = utterance.request_id
        try:
            served = self.catalogue.find(address)
            taken: Taken = await self._turns.say(served, address, utterance, live=live)
            live.finish(taken.reply, taken.stored)
        except lex.LexError as error:
            live.fail(ChatError(error.status, type(error).__name__, error.message), request_id)
        except stores.StoreError as error:
            _log.error("store_failed", request_id=request_id, error=str(error))
            live.fail(ChatError(503, "StoreUnavailable", "The store cannot be used."), request_id)
        except Exception:  # noqa: BLE001 - whoever waits must be told
            _log.exception("turn_failed", request_id=request_id)
            live.fail(
                ChatError(500, "InternalServerException", "Something went wrong here."), request_id
            )
        finally:
            self._live.end((address, utterance.message_id or request_id))
            if not live.ended:
                live.fail(ChatError(503, "ShuttingDown", "The server is stopping."), request_id)

    async def _await_elsewhere(self, address: Address, message_id: str, live: LiveTurn) -> None:
        """Wait for a turn that another process takes, or took before it died."""
        while True:
            turn = await self._store.turn(address, message_id)
            if turn is not None and turn.reply is not None:
                live.tell("done", turn.reply)
                return
            if turn is None or turn.state != "running" or self._overdue(turn.at):
                live.fail(ChatError(410, "TurnLost", "The answer was lost. Ask again."), "")
                return
            await asyncio.sleep(0.3)

    def _overdue(self, at: datetime) -> bool:
        return (self._clock() - at).total_seconds() > self._longest + 30

    async def _learn(self) -> None:
        await self.catalogue.learn()
        self._learned = True

    async def _look_at_files(self) -> None:
        while True:
            await asyncio.sleep(_REFRESH_SECONDS)
            try:
                await self.catalogue.refresh(_told)
                await self._hooks.refresh(_told)
            except Exception:  # noqa: BLE001 - the old bots stay in service
                _log.exception("file_not_read")

    async def _look_after_store(self) -> None:
        while True:
            now = self._clock()
            try:
                await self._store.abandon_turns(now - timedelta(seconds=self._longest + 60))
                purged = _PURGE
                while purged == _PURGE:
                    purged = await self._store.purge(now - timedelta(days=_KEEP_DAYS), limit=_PURGE)
            except stores.StoreError as error:
                _log.warning("store_not_tidied", error=str(error))
            await asyncio.sleep(_PURGE_SECONDS)

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _told(what: str) -> None:
    _log.info("file_changed", what=what)


def _languages(locale_id: str | None, accept_language: str) -> tuple[str, ...]:
    """The wanted locales, best first, with underscores; ``ko`` stands for any Korean one."""
    if locale_id is not None:
        return (locale_id,)
    weighed = []
    for place, entry in enumerate(accept_language.split(",")):
        name, _, weight = entry.partition(";q=")
        try:
            weighed.append((-float(weight or 1), place, name.strip().replace("-", "_")))
        except ValueError:
            continue
    return tuple(name for _, _, name in sorted(weighed) if name and name != "*")


def _speaking(served: ServedBot, languages: tuple[str, ...]) -> ServedLocale | None:
    """The bot's locale for the first language that it has one for."""
    for language in languages:
        if language in served.locales:
            return served.locales[language]
        for name, locale in served.locales.items():
            if name.partition("_")[0] == language.partition("_")[0]:
                return locale
    return None


def _recognition(address: Address, outcome: dialog.TurnOutcome) -> Recognition:
    return Recognition(
        session_id=address.session_id,
        session_state=outcome.session_state,
        messages=outcome.messages,
        interpretations=outcome.interpretations,
        request_attributes=outcome.request_attributes,
    )
