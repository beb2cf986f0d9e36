"""Networks of bots: which member takes a turn.

A network has no intents. A member that elicits something keeps the conversation until that ends;
any other text is read by each member, and goes to the one that is surest of an intent of its own.
Source: botocore's ``lexv2-runtime``, RecognizedBotMember, and ``lexv2-models``, BotMember. Neither
says how Lex chooses, and the guide's own page on it was not at hand: that part is our decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from daehwa import bot, dialog, lex
from daehwa.conversation.catalogue import Catalogue
from daehwa.conversation.served_bots import ServedBot, ServedLocale
from daehwa.conversation.values import Address

# A dialog action that puts the bot at a point of an intent.
_INSIDE = ("ElicitSlot", "ConfirmIntent", "Delegate")


class Participant(msgspec.Struct, frozen=True):
    """A bot that may take the turn: where it is on its own, its locale, and the session for it.

    ``state`` is what the request says about the state, as far as it concerns this bot.
    """

    address: Address
    served: ServedLocale
    session: dialog.Session
    state: lex.SessionState | None

    @property
    def recognized(self) -> lex.RecognizedBotMember:
        """The bot as responses name it."""
        return lex.RecognizedBotMember(bot_id=self.address.bot_id, bot_name=self.served.bot.name)

    def score(self, understanding: lex.Understanding) -> float | None:
        """How sure the bot is of an intent of its own; ``None`` when it would fall back."""
        best = max((one.score for one in understanding.candidates), default=0.0)
        return (
            best if best > 0 and best >= self.served.definition.nlu_confidence_threshold else None
        )


class BotNetwork:
    """The members of a network that can be reached, in its order, at the beginning of a turn.

    The one that took the last turn has the version that it had then.

    Raises:
        lex.ResourceNotFoundException: there is none.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        network: ServedLocale,
        address: Address,
        session: dialog.Session,
        state: lex.SessionState | None,
    ) -> None:
        self._session = session
        self._state = state
        self._members: list[tuple[Address, ServedLocale]] = []
        for member in network.bot.bot_members or ():
            place = msgspec.structs.replace(
                address, bot_id=member.bot_member_id, alias_id=member.bot_member_alias_id
            )
            served = _served(catalogue, place, session)
            if served is not None:
                self._members.append((place, served))
        if not self._members:
            raise lex.ResourceNotFoundException(
                f"None of the bots of the network {network.bot.name} serves the locale "
                f"{address.locale_id}."
            )
        known = session.member
        self._last = next(
            (one for one in self._members if known is not None and one[0].bot_id == known.bot_id),
            None,
        )

    def holder(self) -> Participant | None:
        """The member that takes the turn, whatever the text: it elicits, or the state names it.

        Raises:
            lex.ValidationException: the state names an intent that none of them has.
        """
        state = self._state
        action = None if state is None else state.dialog_action
        if state is not None and state.intent is not None and (action is None or _inside(action)):
            return self._prepared(self._owner(state.intent.name))
        if action is not None and not _inside(action):
            return None
        session, last = self._session, self._last
        if last is None:
            return None
        elicits = dialog.elicitation(last[1].plan, session) is not None
        return self._prepared(last) if elicits or session.agent or session.choices else None

    def for_state(self) -> Participant:
        """The member whose state is set, as by PutSession: the one that has the intent.

        Raises:
            lex.ValidationException: the state names an intent that none of them has.
        """
        intent = None if self._state is None else self._state.intent
        if intent is not None:
            return self._prepared(self._owner(intent.name))
        return self._prepared(self._last or self._members[0])

    def all(self) -> list[Participant]:
        """Every member, so that each can interpret a text."""
        return [self._prepared(one) for one in self._members]

    def best(
        self, heard: Sequence[tuple[Participant, lex.Understanding]]
    ) -> tuple[Participant, lex.Understanding]:
        """Who of those that heard a text takes the turn, and what it means to it.

        If none of them knows an intent for it: a member that searches, or else the member that took
        the last turn, or else the first.
        """
        scored = [(score, each) for each in heard if (score := each[0].score(each[1])) is not None]
        if scored:
            return max(scored, key=lambda one: one[0])[1]
        searching = next((each for each in heard if each[0].served.plan.searches), None)
        last = None if self._last is None else self._last[0]
        return searching or next((each for each in heard if each[0].address == last), heard[0])

    def _owner(self, intent: str) -> tuple[Address, ServedLocale]:
        last_first = self._members if self._last is None else [self._last, *self._members]
        for one in last_first:
            if intent in one[1].plan.locale.intents:
                return one
        raise lex.ValidationException(f"None of the bots of the network has the intent {intent}.")

    def _prepared(self, member: tuple[Address, ServedLocale]) -> Participant:
        """The member, with the session as it sees it: another member's state is left out."""
        place, served = member
        session, state = self._session, self._state
        if member is not self._last:
            session = msgspec.structs.replace(
                session,
                intent=None,
                dialog_action=None,
                attempt=0,
                agent=None,
                choices=(),
                hook_prompt=(),
                waiting_until=None,
            )
        hints = None if state is None else state.runtime_hints
        if state is not None and hints is not None:
            # They may be for several members, and stay for all of them.
            session = msgspec.structs.replace(session, runtime_hints=self._checked(hints))
            state = msgspec.structs.replace(state, runtime_hints=None)
        intent = None if state is None else state.intent
        if state is not None and intent and intent.name not in served.plan.locale.intents:
            state = msgspec.structs.replace(state, intent=None, dialog_action=None)
        speaking = dialog.SpeakingMember(place.bot_id, served.version)
        session = msgspec.structs.replace(session, member=speaking)
        return Participant(place, served, session, state)

    def _checked(self, hints: lex.RuntimeHints) -> lex.RuntimeHints | None:
        """Hints, each for an intent and a slot of some member.

        Raises:
            lex.ValidationException: one is not.
        """
        for intent, slots in (hints.slot_hints or {}).items():
            one = msgspec.structs.replace(hints, slot_hints={intent: slots})
            dialog.checked_hints(self._owner(intent)[1].plan, one)
        return hints if hints.slot_hints else None


def _served(catalogue: Catalogue, place: Address, session: dialog.Session) -> ServedLocale | None:
    try:
        served = catalogue.find(place)
    except lex.ResourceNotFoundException:
        return None
    if served.bot.is_network:
        return None
    last = session.member
    if last is None or last.bot_id != place.bot_id:
        return served
    return catalogue.begun_with(served, place, last.version)


def _inside(action: lex.DialogAction) -> bool:
    return action.type in _INSIDE


def shown_locales(catalogue: Catalogue, served: ServedBot) -> Iterator[bot.BotLocale]:
    """The locales of a bot for people to read: a network's with what its members understand."""
    for name, locale in served.locales.items():
        intents: dict[str, bot.Intent] = {}
        for member in (served.definition.bot_members or ()) if served.definition.is_network else ():
            place = Address(member.bot_member_id, member.bot_member_alias_id, name, "page")
            try:
                intents = {**catalogue.find(place).definition.intents, **intents}
            except lex.ResourceNotFoundException:
                continue
        yield (
            msgspec.structs.replace(locale.definition, intents=intents)
            if intents
            else locale.definition
        )
