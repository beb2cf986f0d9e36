"""One turn of a conversation: a text is read in the light of what the bot elicits."""

from __future__ import annotations

from daehwa import lex
from daehwa.dialog.calls import Turn, TurnContext
from daehwa.dialog.confirmation import take_confirmation_reply
from daehwa.dialog.elicitation import take_slot_reply
from daehwa.dialog.entering import fallback
from daehwa.dialog.intent_plan import IntentPlan
from daehwa.dialog.machine import run_stages
from daehwa.dialog.plan import Plan
from daehwa.dialog.reply import (
    elicitation,
    eligible_intents,
    interpret_confirmation_reply,
    interpret_slot_reply,
    recognised_intent,
)
from daehwa.dialog.searching import KENDRA, call_agent, search
from daehwa.dialog.session import Session
from daehwa.dialog.transition import END_CONVERSATION, StageFlow, Transition
from daehwa.dialog.turn_state import TurnState


def turn(
    plan: Plan,
    session: Session,
    understanding: lex.Understanding,
    *,
    context: TurnContext,
) -> Turn:
    """Move a conversation by one text.

    A generator: it yields ``HookCall``, is sent ``HookResult``, returns ``TurnOutcome``.
    ``session`` is the stored one, with the request's own state already laid over it
    (``with_state``). The same input gives the same output.

    Raises:
        lex.DependencyFailedException: a code hook fails and the bot has no words for it.
        lex.ValidationException: the bot's next steps go in a circle.
    """
    state = TurnState(plan, session, understanding, context)
    transition = yield from _Utterance(state, understanding).take()
    yield from run_stages(state, transition)
    return state.outcome()


class _Utterance:
    """An utterance and the turn that it begins."""

    def __init__(self, turn: TurnState, understanding: lex.Understanding) -> None:
        self.turn = turn
        self.understanding = understanding
        self.eligible = eligible_intents(turn.plan, turn.session, turn.context.now)
        if any(c.intent not in self.eligible for c in turn.candidates):
            turn.candidates = tuple(c for c in turn.candidates if c.intent in self.eligible)

    def take(self) -> StageFlow:
        """Take the utterance for what it is: a reply to what is elicited, or a fresh request."""
        plan, session = self.turn.plan, self.turn.session
        if session.agent is not None and (agent := plan.intent(session.agent)) is not None:
            return (yield from call_agent(self.turn, agent))
        elicited, stored = elicitation(plan, session), session.intent
        if elicited is None or stored is None or (intent := plan.intent(stored.name)) is None:
            return (yield from self._take_request())
        self.turn.resume(intent, stored.slots, "InProgress", stored.confirmation_state or "None")
        if elicited.confirmation:
            return (yield from self._take_confirmation_reply(intent))
        return (yield from self._take_slot_reply(intent, elicited))

    def _take_confirmation_reply(self, intent: IntentPlan) -> StageFlow:
        reply = interpret_confirmation_reply(
            self.understanding,
            intent=intent.name,
            eligible=self.eligible,
            threshold=self.turn.threshold,
        )
        self.turn.confidence = reply.confidence
        if reply.kind == "Switch":
            return self._recognise(reply.candidate)
        return (yield from take_confirmation_reply(self.turn, reply))

    def _take_slot_reply(self, intent: IntentPlan, elicited: lex.Elicitation) -> StageFlow:
        slot = intent.slots[elicited.slot or ""]
        reply = interpret_slot_reply(
            self.understanding,
            intent=intent.name,
            slot=slot,
            filled=self.turn.slots,
            eligible=self.eligible,
            threshold=self.turn.threshold,
        )
        self.turn.confidence = reply.confidence
        if reply.kind == "Switch":
            return self._recognise(reply.candidate)
        if reply.kind == "Missed":
            answered = yield from search(self.turn, kinds=KENDRA)
            if answered is not None:
                return answered
        return (yield from take_slot_reply(self.turn, slot, elicited.sub_slot, reply))

    def _take_request(self) -> StageFlow:
        candidate = recognised_intent(self.understanding, self.eligible, self.turn.threshold)
        if candidate is not None:
            return self._recognise(candidate)
        self.turn.missed_utterance = True
        answered = yield from search(self.turn)
        return fallback(self.turn) if answered is None else answered

    def _recognise(self, candidate: lex.Candidate | None) -> Transition:
        if candidate is None:
            return END_CONVERSATION
        self.turn.confidence = candidate.score
        self.turn.scope.resolved_slots = candidate.slots
        return Transition("StartIntent", intent=candidate.intent, slots=dict(candidate.slots))
