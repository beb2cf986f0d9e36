"""A client's setting of a conversation's state, without a text (section 2)."""

from __future__ import annotations

from collections.abc import Sequence

from daehwa import lex
from daehwa.dialog.calls import TurnContext, TurnGenerator
from daehwa.dialog.confirmation import prompt_confirmation
from daehwa.dialog.eliciting import prompt_slot
from daehwa.dialog.interpreted_reply import elicitation
from daehwa.dialog.machine import run_stages
from daehwa.dialog.plan import Plan
from daehwa.dialog.session import Session
from daehwa.dialog.state import with_state
from daehwa.dialog.transition import (
    CLOSE_INTENT,
    DECLINED,
    DONE,
    END_CONVERSATION,
    FULFILL_INTENT,
    NEXT_SLOT,
    Transition,
)
from daehwa.dialog.turn_state import TurnState


def put_session(
    plan: Plan,
    session: Session,
    state: lex.SessionState,
    messages: Sequence[lex.Message] = (),
    *,
    context: TurnContext,
) -> TurnGenerator:
    """Set a conversation's state, as PutSession does.

    ``session`` is the stored one, or a fresh one. ``messages`` are sent as given, in place
    of the bot's own prompt; Delegate lets the bot go on from there and respond as well.

    Raises:
        lex.ValidationException: the state names what the bot does not have.
        lex.DependencyFailedException: as ``turn``.
    """
    laid = with_state(plan, session, state, now=context.now, request_id=context.request_id)
    turn = TurnState(plan, laid, None, context)
    turn.respond_with(messages, literal=True)
    given = laid.intent
    if given is not None and (intent := plan.intent(given.name)) is not None:
        turn.resume(
            intent, given.slots, given.state or "InProgress", given.confirmation_state or "None"
        )
        turn.messages_since_entry = len(messages)
    yield from run_stages(turn, _first_transition(turn, session, suppress=bool(messages)))
    return turn.outcome()


def _first_transition(turn: TurnState, before: Session, *, suppress: bool) -> Transition:
    action = turn.session.dialog_action
    match action.type if action else "None":
        case "Delegate":
            return _delegate(turn, before)
        case "ElicitSlot":
            slot = turn.current.slots[(action.slot_to_elicit if action else None) or ""]
            return prompt_slot(turn, slot, suppress=suppress)
        case "ConfirmIntent":
            return prompt_confirmation(turn, suppress=suppress)
        case "Close":
            turn.settle(turn.state)
    return DONE


def _delegate(turn: TurnState, before: Session) -> Transition:
    """Let the bot decide, by the intent's state, what comes next."""
    match (turn.state, turn.confirmation):
        case ("ReadyForFulfillment", _):
            return FULFILL_INTENT
        case ("Fulfilled", _):
            return CLOSE_INTENT
        case ("Failed", _):
            return END_CONVERSATION
        case (_, "Denied"):
            return DECLINED
    elicited = elicitation(turn.plan, before)
    begun = elicited is not None and elicited.intent == turn.current.name
    if begun or turn.confirmation == "Confirmed":
        return NEXT_SLOT
    return Transition("StartIntent", intent=turn.current.name, slots=dict(turn.slots))
