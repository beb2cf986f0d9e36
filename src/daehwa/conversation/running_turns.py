"""The turns of ``/chat`` that run in this process: begun, followed, ended.

A turn runs in a task of its own, and goes on when nobody listens any more.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, nullcontext

import msgspec
import structlog

from daehwa import chat, lex, limits, stores
from daehwa.conversation.addressing import Addressing
from daehwa.conversation.calling import ModelContext, Utterance
from daehwa.conversation.catalogue import Catalogue
from daehwa.conversation.live import LiveTurn, LiveTurns
from daehwa.conversation.served_bots import BotNotReady
from daehwa.conversation.tasks import Tasks
from daehwa.conversation.turns import Turns
from daehwa.conversation.values import Address

_log = structlog.get_logger(__name__)
_decode_reply = msgspec.json.Decoder(chat.ChatReply).decode

_POLL_SECONDS = 0.3
# How long an answer that is cut may take to be stored.
_CUT_SECONDS = 2.0


class RunningTurns:
    """The turns that this process takes, or follows while another one takes them.

    ``tasks`` is where turns run, and nothing else: they do not end with those who listen.
    """

    def __init__(
        self,
        store: stores.SessionStore,
        turns: Turns,
        catalogue: Catalogue,
        addressing: Addressing,
        *,
        tasks: Tasks,
        limiter: limits.Limiter,
    ) -> None:
        self._store = store
        self._turns = turns
        self._catalogue = catalogue
        self._addressing = addressing
        self._tasks = tasks
        self._limiter = limiter
        self._live = LiveTurns()

    async def begin(
        self,
        request: chat.ChatRequest,
        caller: chat.Caller,
        *,
        watched: bool,
        model_context: ModelContext | None = None,
    ) -> LiveTurn:
        """The turn of a message: a new one, or the one that it was before.

        ``watched`` is whether somebody listens to its events, ``model_context`` what comes with it.

        Raises:
            chat.ChatError: the request is wrong, or there are too many turns.
        """
        text = chat.checked_text(request.text)
        message_id = chat.checked_message_id(request.message_id)
        follows = chat.checked_follows(request.follows)
        session = chat.SessionReference(
            session_id=request.session_id or chat.new_id(),
            bot_id=request.bot_id,
            locale_id=request.locale_id,
            owner=caller.owner,
        )
        address = self._addressing.address(session, caller.accept_language)
        holding = None
        if self._live.get((address, message_id)) is None:
            holding = await self._admit(address)
        live, running = self._live.begin((address, message_id), watched=watched)
        if running:
            if holding is not None:
                await holding.aclose()
        else:
            live.start(address.session_id, message_id, caller.request_id)
            utterance = Utterance(
                text=text,
                request_id=caller.request_id,
                message_id=message_id,
                repeatable=bool(request.message_id),
                follows=follows,
                session_state=None
                if request.session_attributes is None
                else lex.SessionState(session_attributes=request.session_attributes),
                request_attributes=request.request_attributes,
                model_context=model_context,
            )
            self._tasks.spawn(self._take(address, utterance, live, holding))
        return live

    def live(self, address: Address, message_id: str) -> LiveTurn | None:
        """The turn, if this process takes it."""
        return self._live.get((address, chat.checked_message_id(message_id)))

    def stop(self, address: Address, message_id: str) -> bool:
        """Stop the turn, also one that is yet to begin; return whether this process takes it."""
        return self._live.stop((address, chat.checked_message_id(message_id)))

    async def follow(
        self, session: chat.SessionReference, message_id: str, caller: chat.Caller
    ) -> LiveTurn:
        """The turn, as it is taken here, or as another process writes it down.

        Raises:
            chat.ChatError: there is no such turn.
        """
        address = self._addressing.address(session)
        live = self.live(address, message_id)
        if live is None:
            live = LiveTurn(address.locale_id)
            if await self._store.turn(address, message_id) is None:
                raise chat.ChatError("TurnNotFound", message_id=message_id)
            live.start(address.session_id, message_id, caller.request_id)
            self._tasks.spawn(self._await_elsewhere(address, message_id, live, caller))
        return live

    async def end(self, patience: float) -> None:
        """End the turns in progress, after ``patience`` seconds in which they may do so.

        An answer that has begun ends with what was said so far: it is stored as incomplete,
        and whoever listens gets it as the end. Any other turn ends with ``ShuttingDown`` for
        those who listen, and the next process may take it again.
        """
        turns = self._tasks.running
        if turns:
            await asyncio.wait(tuple(turns), timeout=patience)
        self._live.cut()
        if turns:
            await asyncio.wait(tuple(turns), timeout=_CUT_SECONDS)
        for task in turns:
            task.cancel()
        if turns:
            await asyncio.wait(tuple(turns), timeout=_CUT_SECONDS)

    async def _admit(self, address: Address) -> AsyncExitStack | None:
        """Check the limits on turns; what is returned has to be ended with the turn.

        Raises:
            chat.ChatError: there are.
        """
        try:
            await self._limiter.check("turns", address)
            if not self._limiter.concurrency:
                return None
            async with AsyncExitStack() as stack:
                await stack.enter_async_context(
                    self._limiter.conversation(address.bot_id, address.alias_id)
                )
                return stack.pop_all()
        except limits.OverLimit as error:
            raise over_limit(error) from None

    async def _take(
        self,
        address: Address,
        utterance: Utterance,
        live: LiveTurn,
        holding: AsyncExitStack | None,
    ) -> None:
        request_id = utterance.request_id
        try:
            async with holding or nullcontext():
                taken = await self._turns.say(
                    self._catalogue.find(address), address, utterance, live=live
                )
            live.finish(taken.reply, taken.sent)
        except lex.LexError as error:
            live.fail(lex_refusal(error), request_id)
        except stores.StoreError as error:
            _log.error("store_failed", request_id=request_id, error=str(error))
            live.fail(chat.ChatError("StoreUnavailable"), request_id)
        except Exception:  # noqa: BLE001 - whoever waits must hear of it
            _log.exception("turn_failed", request_id=request_id)
            live.fail(chat.ChatError("InternalServerException"), request_id)
        finally:
            self._live.end((address, utterance.message_id or request_id))
            if not live.ended:
                live.fail(chat.ChatError("ShuttingDown"), request_id)

    async def _await_elsewhere(
        self, address: Address, message_id: str, live: LiveTurn, caller: chat.Caller
    ) -> None:
        """Follow a turn that another process takes; one that was broken off ends as it is."""
        try:
            while True:
                turn = await self._store.turn(address, message_id)
                if turn is not None and turn.draft is not None:
                    live.catch_up(_decode_reply(turn.draft).msg)
                if turn is not None and turn.reply is not None:
                    live.publish("done", turn.reply)
                    return
                if turn is None or turn.state != "running":
                    live.fail(chat.ChatError("TurnLost"), caller.request_id)
                    return
                await asyncio.sleep(_POLL_SECONDS)
        except stores.StoreError as error:
            _log.error("store_failed", request_id=caller.request_id, error=str(error))
            live.fail(chat.ChatError("StoreUnavailable"), caller.request_id)
        finally:
            if not live.ended:
                live.fail(chat.ChatError("ShuttingDown"), caller.request_id)


def lex_refusal(error: lex.LexError) -> chat.ChatError:
    """An error of Lex as one of the chat's, in Lex's own words."""
    if isinstance(error, BotNotReady):
        return chat.ChatError("BotNotReady", retry_after=error.retry_after)
    return chat.ChatError(
        type(error).__name__,
        message=error.message,
        status=error.status,
        retry_after=error.retry_after,
    )


def over_limit(error: limits.OverLimit) -> chat.ChatError:
    """What there is too much of, for the person who talks."""
    after = error.retry_after
    if error.what == "conversations":
        return chat.ChatError("ThrottlingException", retry_after=after)
    return chat.ChatError("TooManyRequests", retry_after=after, seconds=after)
