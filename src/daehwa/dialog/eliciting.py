"""Eliciting slots, and taking the replies to their prompts (section 4.3)."""

from __future__ import annotations

from datetime import timedelta

from daehwa import lex
from daehwa.dialog.attempt_hook import call_after_attempt, call_on_every_turn
from daehwa.dialog.calls import ProposedNextState, StillWaiting
from daehwa.dialog.composite import merge_reply
from daehwa.dialog.entering import fallback
from daehwa.dialog.intent_plan import SlotPlan, WaitPlan
from daehwa.dialog.interpreted_reply import InterpretedReply
from daehwa.dialog.messages import choose_messages
from daehwa.dialog.proposal import next_slot, propose_next_slot, propose_slot
from daehwa.dialog.searching import KENDRA, search
from daehwa.dialog.slots import is_filled
from daehwa.dialog.steps import follow
from daehwa.dialog.transition import (
    CONFIRM_INTENT,
    DECLINED,
    DONE,
    FULFILL_INTENT,
    NEXT_SLOT,
    HookFlow,
    StageFlow,
    Transition,
)
from daehwa.dialog.turn_state import TurnState


def elicit_next_slot(turn: TurnState, _: Transition) -> Transition:
    """Ask for the next required slot; when none is missing, confirm."""
    slot = next_slot(turn)
    if slot is not None:
        return prompt_slot(turn, slot)
    if turn.confirmation == "Confirmed":
        return FULFILL_INTENT
    return DECLINED if turn.confirmation == "Denied" else CONFIRM_INTENT


def elicit_slot(turn: TurnState, transition: Transition) -> StageFlow:
    """Ask for a slot, or go on as if it had just been captured when it is filled."""
    slot = turn.current.slots[transition.slot or ""]
    if not slot.is_complete(turn.slots.get(slot.name)):
        return prompt_slot(turn, slot, suppress=transition.suppress)
    turn.attempt = 0
    return (yield from follow(turn, slot.capture, NEXT_SLOT, slot.hook))


def prompt_slot(
    turn: TurnState, slot: SlotPlan, *, suppress: bool = False, attempt: int = 0
) -> Transition:
    """Put the slot's question, or its sub-slot's, and wait."""
    sub_slot = slot.sub_slot_to_elicit(turn.slots.get(slot.name))
    turn.attempt = attempt
    if not suppress:
        prompt = slot.prompt_for(sub_slot)
        turn.respond(prompt.groups, ordered_attempt=attempt if prompt.ordered else None)
    turn.state, turn.confirmation = "InProgress", "None"
    turn.action = lex.DialogAction(
        type="ElicitSlot",
        slot_to_elicit=slot.name,
        sub_slot_to_elicit=None if sub_slot is None else lex.SubSlotToElicit(name=sub_slot),
    )
    return DONE


def miss_slot(turn: TurnState, reply: InterpretedReply) -> StageFlow:
    """Process a reply that misses its slot: Kendra's answer comes before another attempt."""
    answered = yield from search(turn, kinds=KENDRA)
    if answered is not None:
        return answered
    return (yield from take_slot_reply(turn, reply))


def take_slot_reply(turn: TurnState, reply: InterpretedReply) -> StageFlow:
    """Take a reply to a slot's prompt: capture it, repeat the prompt, or give up."""
    slot = turn.elicited_slot
    sub_slot = turn.elicited.sub_slot if turn.elicited else None
    turn.waiting_until = None
    _fill_from(turn, slot, sub_slot, reply)
    value = turn.slots.get(slot.name)
    captured = reply.kind == "Value" and slot.is_complete(value)
    going_on = reply.kind == "Value" and slot.next_sub_slot(value) not in (None, sub_slot)
    turn.missed_utterance = not captured and not going_on
    decided = yield from _call_hook(turn, slot, captured=captured)
    if decided is not None:
        return decided
    # The hook may have emptied the slot, or filled it with what the text did not give.
    after = turn.slots.get(slot.name)
    if slot.is_complete(after) and (captured or after != value):
        turn.attempt = 0
        return (yield from follow(turn, slot.capture, NEXT_SLOT, slot.hook))
    if going_on:
        return prompt_slot(turn, slot)
    return (yield from _prompt_again(turn, slot, sub_slot))


def _fill_from(
    turn: TurnState, slot: SlotPlan, sub_slot: str | None, reply: InterpretedReply
) -> None:
    turn.slots.update((n, s) for n, s in reply.others.items() if n in turn.slots)
    turn.scope.resolved_slots = {n: s for n, s in reply.others.items() if s is not None}
    if reply.slot is None:
        # An ambiguous value of an earlier reply is not shown as if it were new.
        if not is_filled(turn.slots.get(slot.name)):
            turn.slots[slot.name] = None
        return
    turn.scope.resolved_slots = {**turn.scope.resolved_slots, slot.name: reply.slot}
    if slot.needs is None:
        turn.slots[slot.name] = reply.slot
    else:
        turn.slots[slot.name] = merge_reply(
            turn.slots.get(slot.name), reply.slot, sub_slot=sub_slot, names=slot.sub_slots
        )


def _call_hook(turn: TurnState, slot: SlotPlan, *, captured: bool) -> HookFlow:
    """Call the hook that every attempt at a slot goes to, where there is one."""
    intent = turn.current
    if intent.old_flow:
        if not intent.calls_hook:
            return None
        proposed = propose_next_slot(turn, None) if captured else _propose_retry(turn, slot)
        return (yield from call_on_every_turn(turn, proposed, slot.elicitation))
    if not slot.elicitation.called:
        return None
    proposed = (
        propose_next_slot(turn, slot.capture.next_step) if captured else _propose_retry(turn, slot)
    )
    return (yield from call_after_attempt(turn, slot.elicitation, proposed))


def _propose_retry(turn: TurnState, slot: SlotPlan) -> ProposedNextState | None:
    attempt = turn.attempt + 1
    if attempt > slot.prompt.max_retries:
        return None
    return propose_slot(turn, slot.name, attempt=attempt)


def _prompt_again(turn: TurnState, slot: SlotPlan, sub_slot: str | None) -> StageFlow:
    """Ask again, or, when the retries are used up, follow the failure's path."""
    attempt = turn.attempt + 1
    if attempt <= slot.prompt_for(sub_slot).max_retries:
        return prompt_slot(turn, slot, attempt=attempt)
    turn.settle("Failed")
    return (yield from follow(turn, slot.failure, fallback(turn)))


def wait(turn: TurnState, _: InterpretedReply) -> Transition:
    """Give the user a moment: the slot stays elicited, no attempt is counted."""
    plan = turn.elicited_slot.wait
    if plan is not None:
        turn.waiting_until = turn.context.now + timedelta(seconds=plan.seconds)
        turn.unsettle("Waiting")
        turn.respond(plan.waiting)
        turn.still_waiting = _still_waiting(turn, plan)
    return DONE


def _still_waiting(turn: TurnState, plan: WaitPlan) -> StillWaiting | None:
    """What the bot says in the pause, on channels that can send it."""
    messages = choose_messages(plan.still_waiting, turn.scope, turn.context.choose)
    if not messages or not plan.frequency_seconds:
        return None
    return StillWaiting(
        messages=tuple(messages),
        frequency_seconds=plan.frequency_seconds,
        timeout_seconds=plan.seconds,
    )


def go_on(turn: TurnState, _: InterpretedReply) -> Transition:
    """End the user's moment: the slot is still elicited."""
    plan = turn.elicited_slot.wait
    if plan is not None:
        turn.waiting_until, turn.state = None, "InProgress"
        turn.respond(plan.going_on)
    return DONE
