"""Confirming an intent: the yes-or-no question and the replies to it (section 4.3)."""

from __future__ import annotations

from daehwa import lex
from daehwa.dialog.attempt_hook import call_after_attempt, call_on_every_turn
from daehwa.dialog.entering import fallback
from daehwa.dialog.interpreted_reply import InterpretedReply
from daehwa.dialog.proposal import next_slot
from daehwa.dialog.steps import follow
from daehwa.dialog.transition import (
    DECLINED,
    DONE,
    END_CONVERSATION,
    FULFILL_INTENT,
    NEXT_SLOT,
    HookFlow,
    StageFlow,
    Transition,
)
from daehwa.dialog.turn_state import TurnState


def confirm_intent(turn: TurnState, transition: Transition) -> Transition:
    """Ask yes or no; go on to fulfilment where nothing is to be confirmed."""
    if turn.current.confirmation is None:
        return FULFILL_INTENT
    return prompt_confirmation(turn, suppress=transition.suppress)


def prompt_confirmation(turn: TurnState, *, attempt: int = 0, suppress: bool = False) -> Transition:
    """Put the yes-or-no question and wait."""
    plan = turn.current.confirmation
    turn.attempt = attempt
    if plan is not None and not suppress:
        turn.respond(plan.prompt.groups, ordered_attempt=attempt if plan.prompt.ordered else None)
    turn.state, turn.confirmation = "InProgress", "None"
    turn.action = lex.DialogAction(type="ConfirmIntent")
    return DONE


def take_confirmation_reply(turn: TurnState, reply: InterpretedReply) -> StageFlow:
    """Take a reply to a yes-or-no question."""
    plan = turn.current.confirmation
    if reply.kind == "Change":
        turn.slots.update((n, s) for n, s in reply.others.items() if n in turn.slots)
    elif reply.kind == "Missed":
        turn.missed_utterance = True
    else:
        turn.confirmation = "Confirmed" if reply.kind == "Yes" else "Denied"
    decided = yield from _call_hook(turn)
    if decided is not None:
        return decided
    if turn.confirmation == "Confirmed":
        turn.attempt = 0
        reached = FULFILL_INTENT
        if plan is not None:
            reached = yield from follow(turn, plan.confirmed, FULFILL_INTENT, plan.hook)
        # A code hook that delegates leaves the decision here: nothing required stays empty.
        delegated = turn.hook_called_since_entry and reached.stage == "FulfillIntent"
        return NEXT_SLOT if delegated and next_slot(turn) is not None else reached
    if turn.confirmation == "Denied":
        return DECLINED
    if reply.kind == "Change":
        return NEXT_SLOT
    return (yield from _prompt_again(turn))


def _call_hook(turn: TurnState) -> HookFlow:
    intent = turn.current
    plan = intent.confirmation
    if intent.old_flow:
        if not intent.calls_hook:
            return None
        return (yield from call_on_every_turn(turn, None, plan.elicitation if plan else None))
    if plan is None or not plan.elicitation.called:
        return None
    return (yield from call_after_attempt(turn, plan.elicitation))


def _prompt_again(turn: TurnState) -> StageFlow:
    plan = turn.current.confirmation
    attempt = turn.attempt + 1
    if plan is None:
        return fallback(turn)
    if attempt <= plan.prompt.max_retries:
        return prompt_confirmation(turn, attempt=attempt)
    turn.settle("Failed")
    return (yield from follow(turn, plan.failure, fallback(turn), plan.hook))


def decline(turn: TurnState, _: Transition) -> StageFlow:
    """Give the declination response; the intent has failed."""
    plan = turn.current.confirmation
    turn.confirmation = "Denied"
    turn.settle("Failed")
    turn.attempt = 0
    if plan is None:
        return END_CONVERSATION
    return (yield from follow(turn, plan.denied, END_CONVERSATION, plan.hook))
