"""What a text means to the bot that takes the turn; in a network the text decides which one."""

from __future__ import annotations

from datetime import datetime

from daehwa import dialog, lex
from daehwa.conversation.calling import TurnInProgress, Utterance
from daehwa.conversation.catalogue import Catalogue
from daehwa.conversation.networks import BotNetwork, Participant
from daehwa.conversation.understander import Understander
from daehwa.conversation.values import Address


class TurnTaker:
    """Has texts understood: by the bot that is addressed, or by the members of a network."""

    def __init__(self, catalogue: Catalogue, understander: Understander) -> None:
        self._catalogue = catalogue
        self._understander = understander

    async def hear(
        self,
        progress: TurnInProgress,
        session: dialog.Session,
        utterance: Utterance,
        now: datetime,
        *,
        until: float,
    ) -> tuple[Participant, dialog.Session, lex.Understanding]:
        """Who takes the turn, its session with the request's state, and what the text means to it.

        Bots have to be learned by ``until``, on the event loop's clock.

        Raises:
            lex.LexError: the state makes no sense, or no bot of a network is there, or ready.
        """
        served, address, state = progress.served, progress.address, utterance.session_state
        if not served.bot.is_network:
            alone = Participant(address, served, session, state)
            return alone, *await self._understand(alone, utterance, now, until)
        network = BotNetwork(self._catalogue, served, address, session, state)
        holder = network.holder()
        laid: dict[Address, dialog.Session] = {}
        heard = []
        for one in network.all() if holder is None else [holder]:
            laid[one.address], understanding = await self._understand(one, utterance, now, until)
            heard.append((one, understanding))
        taker, understanding = network.best(heard)
        return taker, laid[taker.address], understanding

    async def _understand(
        self, taker: Participant, utterance: Utterance, now: datetime, until: float
    ) -> tuple[dialog.Session, lex.Understanding]:
        """The session with the request's state laid over it, and what the text means then."""
        served = taker.served
        session = dialog.with_state(
            served.plan, taker.session, taker.state, now=now, request_id=utterance.request_id
        )
        return session, await self._understander.interpret(
            await served.model_until(until),
            utterance.text,
            elicitation=dialog.elicitation(served.plan, session),
            intents=dialog.eligible_intents(served.plan, session, now),
            now=now,
            hints=session.runtime_hints,
            sentiment_in=served.definition.identifier if served.detects_sentiment else None,
        )
