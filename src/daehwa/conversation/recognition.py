"""The operations of Lex's runtime API, as its clients call them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import datetime

import msgspec

from daehwa import dialog, lex, limits, stores
from daehwa.conversation.calling import StateChange, Utterance
from daehwa.conversation.catalogue import Catalogue
from daehwa.conversation.forgetting import Forgetting
from daehwa.conversation.served_bots import ServedLocale
from daehwa.conversation.stored_session import decode_session
from daehwa.conversation.turns import TakenTurn, Turns
from daehwa.conversation.updates import SendUpdate
from daehwa.conversation.values import Address, Recognition, SessionView, StreamedRecognition

_NO_LIMIT = nullcontext()


class LexRuntime:
    """RecognizeText, RecognizeUtterance, PutSession, GetSession and DeleteSession."""

    def __init__(
        self,
        store: stores.SessionStore,
        turns: Turns,
        catalogue: Catalogue,
        *,
        clock: Callable[[], datetime],
        forgetting: Forgetting,
        limiter: limits.Limiter,
    ) -> None:
        self._store = store
        self._turns = turns
        self._catalogue = catalogue
        self._clock = clock
        self._forgetting = forgetting
        self._limiter = limiter

    async def recognize(self, address: Address, utterance: Utterance) -> Recognition:
        """Take a turn, as RecognizeText and its like do.

        Raises:
            lex.LexError: the address names nothing here, or as ``Turns.say``.
        """
        taken, outcome = await self._take(address, utterance, None)
        return _recognition(address, outcome, taken.member)

    async def recognize_in_stream(
        self, address: Address, utterance: Utterance, *, send_update: SendUpdate
    ) -> StreamedRecognition:
        """Take a turn, as StartConversation does; raises as ``recognize``.

        ``send_update`` sends what the bot says while a long fulfilment runs.
        """
        taken, outcome = await self._take(address, utterance, send_update)
        recognition = _recognition(address, outcome, taken.member)
        return StreamedRecognition(recognition, outcome.still_waiting)

    async def _take(
        self, address: Address, utterance: Utterance, send_update: SendUpdate | None
    ) -> tuple[TakenTurn, dialog.TurnOutcome]:
        served = await self._find(address)
        async with await self._admit(address, utterance):
            taken = await self._turns.say(served, address, utterance, send_update=send_update)
        assert taken.outcome is not None  # noqa: S101 - without a message id every turn is new
        return taken, taken.outcome

    async def put_session(self, address: Address, change: StateChange) -> Recognition:
        """Set a session's state, as PutSession does.

        Raises:
            lex.LexError: the address names nothing here, or the state makes no sense.
        """
        served = await self._find(address)
        async with await self._admit(address, change):
            outcome = await self._turns.put(served, address, change)
        return _recognition(address, outcome)

    @asynccontextmanager
    async def converse(self, address: Address) -> AsyncIterator[None]:
        """Hold the conversation of a stream, as StartConversation does.

        Raises:
            lex.ThrottlingException: the alias holds as many as it may.
        """
        try:
            async with self._limiter.conversation(address.bot_id, address.alias_id):
                yield
        except limits.OverLimit as error:
            raise throttled(error) from None

    async def get_session(self, address: Address) -> SessionView:
        """The session as it stands.

        Raises:
            lex.ResourceNotFoundException: there is no such bot, alias, locale or session.
        """
        await self._find(address)
        now = self._clock()
        stored = await self._store.load(address, now)
        if not isinstance(stored, stores.Stored):
            raise lex.ResourceNotFoundException(f"The session {address.session_id} does not exist.")
        session = decode_session(stored.session)
        return SessionView(
            session_id=address.session_id,
            session_state=dialog.session_state(session, now),
            messages=session.messages,
            interpretations=session.interpretations,
        )

    async def delete_session(self, address: Address) -> None:
        """End the session and forget what was said in it, everywhere.

        One that does not exist is ended already. (In Lex the conversation logs stay.)

        Raises:
            lex.ResourceNotFoundException: there is no such bot, alias or locale.
            stores.StoreError: store or conversation log cannot be changed.
        """
        await self._find(address)
        await self._forgetting.forget(address)

    async def _find(self, address: Address) -> ServedLocale:
        """The locale that an address names, also one that another process made a moment ago.

        Raises:
            lex.ResourceNotFoundException: there is none.
        """
        try:
            return self._catalogue.find(address)
        except lex.ResourceNotFoundException:
            if self._catalogue.catch_up is None or not await self._catalogue.catch_up():
                raise
        return self._catalogue.find(address)

    async def _admit(
        self, address: Address, request: Utterance | StateChange
    ) -> AbstractAsyncContextManager[None]:
        """Check the limits on turns, and take one of the places for conversations.

        Raises:
            lex.ThrottlingException: there are.
        """
        try:
            await self._limiter.check("turns", address)
        except limits.OverLimit as error:
            raise throttled(error) from None
        # A stream holds its conversation from its beginning to its end.
        if not self._limiter.concurrency or request.operation == "StartConversation":
            return _NO_LIMIT
        return self.converse(address)


def throttled(error: limits.OverLimit) -> lex.ThrottlingException:
    """Which limit was exceeded, in Lex's words."""
    message = "Too many conversations at once" if error.what == "conversations" else "Rate exceeded"
    return lex.ThrottlingException(f"{message}: try again.", retry_after=error.retry_after)


def _recognition(
    address: Address,
    outcome: dialog.TurnOutcome,
    member: lex.RecognizedBotMember | None = None,
) -> Recognition:
    return Recognition(
        session_id=address.session_id,
        session_state=outcome.session_state,
        messages=outcome.messages,
        interpretations=outcome.interpretations,
        request_attributes=outcome.request_attributes,
        recognized_bot_member=member or msgspec.UNSET,
    )
