"""The operations of Lex's runtime API, as its clients call them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from daehwa import dialog, lex, stores
from daehwa.conversation.calling import StateChange, Utterance
from daehwa.conversation.catalogue import Catalogue
from daehwa.conversation.forgetting import Forgetting
from daehwa.conversation.turns import Turns
from daehwa.conversation.updates import SendUpdate
from daehwa.conversation.values import Address, Recognition, SessionView

_decode_session = msgspec.json.Decoder(dialog.Session).decode


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
    ) -> None:
        self._store = store
        self._turns = turns
        self._catalogue = catalogue
        self._clock = clock
        self._forgetting = forgetting

    async def recognize(
        self, address: Address, utterance: Utterance, *, send_update: SendUpdate | None = None
    ) -> Recognition:
        """Take a turn, as RecognizeText and its like do.

        ``send_update`` sends what the bot says while a long fulfilment runs.

        Raises:
            lex.LexError: the address names nothing here, or as ``Turns.say``.
        """
        taken = await self._turns.say(
            self._catalogue.find(address), address, utterance, send_update=send_update
        )
        assert taken.outcome is not None  # noqa: S101 - without a message id every turn is new
        return _recognition(address, taken.outcome)

    async def put_session(self, address: Address, change: StateChange) -> Recognition:
        """Set a session's state, as PutSession does.

        Raises:
            lex.LexError: the address names nothing here, or the state makes no sense.
        """
        outcome = await self._turns.put(self._catalogue.find(address), address, change)
        return _recognition(address, outcome)

    async def get_session(self, address: Address) -> SessionView:
        """The session as it stands.

        Raises:
            lex.ResourceNotFoundException: there is no such bot, alias, locale or session.
        """
        self._catalogue.find(address)
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
        """End the session and forget what was said in it, everywhere.

        One that does not exist is ended already. (In Lex the conversation logs stay.)

        Raises:
            lex.ResourceNotFoundException: there is no such bot, alias or locale.
            stores.StoreError: store or conversation log cannot be changed.
        """
        self._catalogue.find(address)
        await self._forgetting.forget(address)


def _recognition(address: Address, outcome: dialog.TurnOutcome) -> Recognition:
    return Recognition(
        session_id=address.session_id,
        session_state=outcome.session_state,
        messages=outcome.messages,
        interpretations=outcome.interpretations,
        request_attributes=outcome.request_attributes,
    )
