"""One turn of a conversation: a text is read in the light of what the bot elicits."""

from __future__ import annotations

from collections.abc import Generator

from daehwa import lex
from daehwa.dialog.asking import answer_first
from daehwa.dialog.calls import HookCall, HookResult, TurnContext, TurnGenerator
from daehwa.dialog.disambiguating import chosen_intent
from daehwa.dialog.interpreted_reply import (
    InterpretedReply,
    eligible_intents,
    interpret_confirmation_reply,
    interpret_request,
    interpret_slot_reply,
)
from daehwa.dialog.machine import run_stages, take_reply
from daehwa.dialog.plan import Plan
from daehwa.dialog.searching import call_agent
from daehwa.dialog.session import Session
from daehwa.dialog.transition import StageFlow, Transition
from daehwa.dialog.turn_state import TurnState


def turn(
    plan: Plan,
    session: Session,
    understanding: lex.Understanding,
    *,
    context: TurnContext,
) -> TurnGenerator:
    """Move a conversation by one text.

    A generator: it yields ``HookCall``, is sent ``HookResult``, returns ``TurnOutcome``.
    ``session`` is the stored one, with the request's own state already laid over it
    (``with_state``). The same input gives the same output.

    Raises:
        lex.DependencyFailedException: a code hook fails and the bot has no words for it.
        lex.ValidationException: the bot's next steps go in a circle.
    """
    state = TurnState(plan, session, understanding, context)
    begun = yield from _begin(state, understanding)
    yield from run_stages(state, begun)
    return state.outcome()


def _begin(
    turn: TurnState, understanding: lex.Understanding
) -> Generator[HookCall, HookResult, StageFlow | Transition]:
    """Give the text to the agent that has the conversation, or process it as a reply."""
    plan, session = turn.plan, turn.session
    eligible = eligible_intents(plan, session, turn.context.now)
    turn.candidates = tuple([c for c in turn.candidates if c.intent in eligible])
    if session.agent is not None and (agent := plan.intent(session.agent)) is not None:
        return call_agent(turn, agent)
    reply = _interpret(turn, understanding, eligible)
    turn.confidence = reply.confidence
    if turn.context.answers_questions and turn.elicited is not None and turn.intent is not None:
        reply = yield from answer_first(turn, understanding, reply)
    return take_reply(turn, reply)


def _interpret(
    turn: TurnState, understanding: lex.Understanding, eligible: frozenset[str]
) -> InterpretedReply:
    """Read the text in the light of what is elicited, and take up the intent in progress."""
    elicited, stored, threshold = turn.elicited, turn.session.intent, turn.threshold
    intent = None if stored is None else turn.plan.intent(stored.name)
    if elicited is None or stored is None or intent is None:
        chosen = chosen_intent(turn.session, understanding.text)
        if chosen is not None:
            return chosen
        return interpret_request(understanding, eligible=eligible, threshold=threshold)
    turn.resume(intent, stored.slots, "InProgress", stored.confirmation_state or "None")
    if elicited.confirmation:
        return interpret_confirmation_reply(
            understanding,
            intent=intent.name,
            filled=turn.slots,
            eligible=eligible,
            threshold=threshold,
        )
    return interpret_slot_reply(
        understanding,
        intent=intent.name,
        slot=turn.elicited_slot,
        filled=turn.slots,
        eligible=eligible,
        threshold=threshold,
    )
