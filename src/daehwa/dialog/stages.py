"""The stages of an intent: start, slots, confirmation, fulfilment, closing (section 4.3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from daehwa import lex
from daehwa.dialog.adoption import adopt
from daehwa.dialog.calls import (
    DEFAULT_TIMEOUT_SECONDS,
    FulfillmentUpdates,
    HookFailed,
    HookResponse,
    HookTimedOut,
    ProposedNextState,
)
from daehwa.dialog.composite import merged
from daehwa.dialog.messages import pick
from daehwa.dialog.plan import SEARCHES, FulfillmentPlan, Path, SlotPlan
from daehwa.dialog.references import resolve
from daehwa.dialog.reply import Reply
from daehwa.dialog.slots import constant, is_filled
from daehwa.dialog.steps import TIMED_OUT, follow, next_slot, proposal, propose, unhappy
from daehwa.dialog.working import (
    CLOSE,
    CONFIRM,
    DECLINE,
    DONE,
    END,
    FULFILL,
    FULFILLED,
    GO_ON,
    NEXT,
    NOT_FULFILLED,
    Flow,
    Move,
    MoveKind,
    Working,
)


def run(w: Working, move: Move) -> Flow:
    """Go from stage to stage until the turn is over."""
    while move.kind != "Done":
        w.step(move)
        result = _STAGES[move.kind](w, move)
        move = result if isinstance(result, Move) else (yield from result)
    return move


# --- the start ------------------------------------------------------------------------


def _start(w: Working, move: Move) -> Flow:
    intent = w.plan.intent(move.name or "")
    if intent is None:
        return END
    w.enter(intent, move.slots)
    if intent.signature not in SEARCHES:
        w.found = None
    fill_defaults(w)
    path = intent.initial
    if move.suppress:
        path = Path(place=path.place, decision=path.decision, next_step=path.next_step)
    if intent.old_flow and intent.calls_hook:
        decided = yield from _old_flow_hook(w, proposal(w, None))
        if decided is not GO_ON:
            return decided
    return (yield from follow(w, path, NEXT, intent.initial_hook))


def fill_defaults(w: Working) -> None:
    """Fill empty slots with the first of their default values that is there."""
    for slot in w.current.slots.values():
        if slot.defaults and not is_filled(w.slots.get(slot.name)):
            value = next((v for d in slot.defaults if (v := _default(w, d))), None)
            if value:
                w.slots[slot.name] = constant(value)


def _default(w: Working, given: str) -> str | None:
    text = given.strip()
    if text.startswith("#") and "." in text:
        name, parameter = text[1:].split(".", 1)
        context = next((c for c in w.contexts if c.name == name), None)
        return context.attributes.get(parameter) if context else None
    if text.startswith("<") and text.endswith(">"):
        return w.scope.request_attributes.get(text[1:-1].strip())
    return resolve(text, w.scope)


def _old_flow_hook(w: Working, proposed: ProposedNextState | None) -> Flow:
    """Call the dialog code hook as bots made before August 2022 do: on every turn."""
    result = yield from w.call("DialogCodeHook", proposed=proposed)
    return _decided(w, result)


def _decided(w: Working, result: object) -> Move:
    """Take over the reply of a hook that has no paths of its own for a failure."""
    match result:
        case HookFailed(message):
            raise lex.DependencyFailedException(message)
        case HookTimedOut():
            raise lex.DependencyFailedException(TIMED_OUT)
        case HookResponse():
            return adopt(w, result, fulfilling=False)
    return GO_ON


# --- slots ----------------------------------------------------------------------------


def _next(w: Working, _: Move) -> Move:
    """Ask for the next required slot; when none is missing, confirm."""
    slot = next_slot(w)
    if slot is not None:
        return ask_slot(w, slot)
    if w.confirmation == "Confirmed":
        return FULFILL
    return DECLINE if w.confirmation == "Denied" else CONFIRM


def _elicit(w: Working, move: Move) -> Flow:
    """Ask for a slot, or go on as if it had just been captured when it is filled."""
    slot = w.current.slots[move.name or ""]
    if not slot.is_complete(w.slots.get(slot.name)):
        return ask_slot(w, slot, suppress=move.suppress)
    w.attempt = 0
    return (yield from follow(w, slot.capture, NEXT, slot.hook))


def ask_slot(w: Working, slot: SlotPlan, *, suppress: bool = False, attempt: int = 0) -> Move:
    """Put the slot's question, or its sub-slot's, and wait."""
    sub_slot = slot.next_sub_slot(w.slots.get(slot.name))
    w.attempt = attempt
    if not suppress:
        prompt = slot.prompt_for(sub_slot)
        w.say(prompt.groups, ordered_attempt=attempt if prompt.ordered else None)
    w.state, w.confirmation = "InProgress", "None"
    w.action = lex.DialogAction(
        type="ElicitSlot",
        slot_to_elicit=slot.name,
        sub_slot_to_elicit=None if sub_slot is None else lex.SubSlotToElicit(name=sub_slot),
    )
    return DONE


def answer_slot(w: Working, slot: SlotPlan, sub_slot: str | None, reply: Reply) -> Flow:
    """Take a reply to a slot's question: capture it, ask again, or give up."""
    if reply.kind in ("Wait", "GoOn"):
        return _moment(w, slot, reply)
    w.waiting_until = None
    _take_values(w, slot, sub_slot, reply)
    value = w.slots.get(slot.name)
    captured = reply.kind == "Value" and slot.is_complete(value)
    going_on = reply.kind == "Value" and slot.next_sub_slot(value) not in (None, sub_slot)
    w.missed = not captured and not going_on
    decided = yield from _attempt_hook(w, slot, captured=captured)
    if decided is not GO_ON:
        return decided
    # The hook may have emptied the slot, or filled it with what the text did not give.
    after = w.slots.get(slot.name)
    if slot.is_complete(after) and (captured or after != value):
        w.attempt = 0
        return (yield from follow(w, slot.capture, NEXT, slot.hook))
    if going_on:
        return ask_slot(w, slot)
    return (yield from _again(w, slot, sub_slot))


def _take_values(w: Working, slot: SlotPlan, sub_slot: str | None, reply: Reply) -> None:
    w.slots.update((n, s) for n, s in reply.others.items() if n in w.slots)
    w.scope.resolved_slots = {n: s for n, s in reply.others.items() if s is not None}
    if reply.slot is None:
        # What was heard before and could not be used is not shown as if it were new.
        if not is_filled(w.slots.get(slot.name)):
            w.slots[slot.name] = None
        return
    w.scope.resolved_slots = {**w.scope.resolved_slots, slot.name: reply.slot}
    if slot.needs is None:
        w.slots[slot.name] = reply.slot
    else:
        w.slots[slot.name] = merged(
            w.slots.get(slot.name), reply.slot, sub_slot=sub_slot, names=slot.sub_slots
        )


def _attempt_hook(w: Working, slot: SlotPlan, *, captured: bool) -> Flow:
    """Call the hook that hears every attempt at a slot, where there is one."""
    intent = w.current
    if intent.old_flow:
        if not intent.calls_hook:
            return GO_ON
        proposed = proposal(w, None) if captured else _retry(w, slot)
        return (yield from _old_flow_hook(w, proposed))
    if not slot.elicitation.called:
        return GO_ON
    proposed = proposal(w, slot.capture.next_step) if captured else _retry(w, slot)
    result = yield from w.call("DialogCodeHook", label=slot.elicitation.label, proposed=proposed)
    return _decided(w, result)


def _retry(w: Working, slot: SlotPlan) -> ProposedNextState | None:
    attempt = w.attempt + 1
    if attempt > slot.prompt.max_retries:
        return None
    return propose(w, slot.name, attempt=attempt)


def _again(w: Working, slot: SlotPlan, sub_slot: str | None) -> Flow:
    """Ask again, or, when the retries are used up, follow the failure's path."""
    attempt = w.attempt + 1
    if attempt <= slot.prompt_for(sub_slot).max_retries:
        return ask_slot(w, slot, attempt=attempt)
    w.state, w.state_by_hook = "Failed", True
    return (yield from follow(w, slot.failure, fall_back(w)))


def fall_back(w: Working) -> Move:
    """Go to FallbackIntent; where a locale has none, end."""
    return END if w.plan.fallback is None else Move("Start", w.plan.fallback)


def _moment(w: Working, slot: SlotPlan, reply: Reply) -> Move:
    """Wait for the user, or go on: the slot stays asked, no attempt is counted."""
    wait = slot.wait
    if wait is None:
        return DONE
    if reply.kind == "Wait":
        w.waiting_until = w.context.now + timedelta(seconds=wait.seconds)
        w.state, w.state_by_hook = "Waiting", False
        w.say(wait.waiting)
        return DONE
    w.waiting_until, w.state = None, "InProgress"
    w.say(wait.going_on)
    return DONE


# --- confirmation ---------------------------------------------------------------------


def _confirm(w: Working, move: Move) -> Move:
    """Ask yes or no; go on to fulfilment where nothing is to be confirmed."""
    if w.current.confirmation is None:
        return FULFILL
    return ask_confirmation(w, suppress=move.suppress)


def ask_confirmation(w: Working, *, attempt: int = 0, suppress: bool = False) -> Move:
    """Put the yes-or-no question and wait."""
    plan = w.current.confirmation
    w.attempt = attempt
    if plan is not None and not suppress:
        w.say(plan.prompt.groups, ordered_attempt=attempt if plan.prompt.ordered else None)
    w.state, w.confirmation = "InProgress", "None"
    w.action = lex.DialogAction(type="ConfirmIntent")
    return DONE


def answer_confirmation(w: Working, reply: Reply) -> Flow:
    """Take a reply to a yes-or-no question."""
    plan = w.current.confirmation
    if reply.kind == "Change":
        w.slots.update((n, s) for n, s in reply.others.items() if n in w.slots)
    elif reply.kind == "Missed":
        w.missed = True
    else:
        w.confirmation = "Confirmed" if reply.kind == "Yes" else "Denied"
    decided = yield from _confirmation_hook(w)
    if decided is not GO_ON:
        return decided
    if w.confirmation == "Confirmed":
        w.attempt = 0
        if plan is None:
            return FULFILL
        return (yield from follow(w, plan.confirmed, FULFILL, plan.hook))
    if w.confirmation == "Denied":
        return DECLINE
    if reply.kind == "Change":
        return NEXT
    return (yield from _confirm_again(w))


def _confirmation_hook(w: Working) -> Flow:
    intent = w.current
    if intent.old_flow:
        if not intent.calls_hook:
            return GO_ON
        return (yield from _old_flow_hook(w, None))
    plan = intent.confirmation
    if plan is None or not plan.elicitation.called:
        return GO_ON
    result = yield from w.call("DialogCodeHook", label=plan.elicitation.label)
    return _decided(w, result)


def _confirm_again(w: Working) -> Flow:
    plan = w.current.confirmation
    attempt = w.attempt + 1
    if plan is None:
        return fall_back(w)
    if attempt <= plan.prompt.max_retries:
        return ask_confirmation(w, attempt=attempt)
    w.state, w.state_by_hook = "Failed", True
    return (yield from follow(w, plan.failure, fall_back(w)))


def _decline(w: Working, _: Move) -> Flow:
    plan = w.current.confirmation
    w.confirmation = "Denied"
    w.state, w.state_by_hook = "Failed", True
    w.attempt = 0
    if plan is None:
        return END
    return (yield from follow(w, plan.denied, END, plan.hook))


# --- fulfilment -----------------------------------------------------------------------


def _fulfill(w: Working, _: Move) -> Flow:
    """Fulfil the intent, by its code hook or by itself; without fulfilment, close it."""
    plan = w.current.fulfillment
    w.state, w.state_by_hook = "ReadyForFulfillment", False
    if plan is None:
        return CLOSE if w.found is None else FULFILLED
    if not plan.called:
        return FULFILLED
    result = yield from w.call(
        "FulfillmentCodeHook", timeout_seconds=_timeout(plan), updates=_updates(w, plan)
    )
    match result:
        case HookFailed(message):
            return (yield from unhappy(w, plan.failure, message))
        case HookTimedOut():
            return (yield from unhappy(w, plan.timeout, TIMED_OUT))
        case HookResponse():
            return _fulfilled_by(w, result)
    return FULFILLED


def _fulfilled_by(w: Working, response: HookResponse) -> Move:
    move = adopt(w, response, fulfilling=True)
    if move is not GO_ON:
        return move
    return NOT_FULFILLED if w.state == "Failed" else FULFILLED


def _timeout(plan: FulfillmentPlan) -> int:
    updates = plan.updates
    if updates is None or updates.timeout_seconds is None:
        return DEFAULT_TIMEOUT_SECONDS
    return min(updates.timeout_seconds, 900)


def _updates(w: Working, plan: FulfillmentPlan) -> FulfillmentUpdates | None:
    updates = plan.updates
    if updates is None:
        return None
    choose = w.context.choose
    return FulfillmentUpdates(
        start=tuple(pick(updates.start, w.scope, choose)),
        delay_seconds=updates.delay_seconds,
        update=tuple(pick(updates.update, w.scope, choose)),
        frequency_seconds=updates.frequency_seconds,
    )


def _fulfilled(w: Working, _: Move) -> Flow:
    w.state, w.state_by_hook = "Fulfilled", True
    w.activate_contexts()
    plan = w.current.fulfillment
    if plan is None:
        return CLOSE
    return (yield from follow(w, plan.success, CLOSE))


def _not_fulfilled(w: Working, _: Move) -> Flow:
    w.state, w.state_by_hook = "Failed", True
    plan = w.current.fulfillment
    if plan is None:
        return END
    return (yield from follow(w, plan.failure, END))


# --- the end --------------------------------------------------------------------------


def _close(w: Working, _: Move) -> Flow:
    return (yield from follow(w, w.current.closing, END))


def _end(w: Working, _: Move) -> Flow:
    """End the intent; a FallbackIntent that stayed silent lets a language model speak."""
    intent = w.intent
    if w.found is not None and not w.said_since_entry:
        # A search intent without words of its own says what was found.
        w.say_given([lex.Message(content_type="PlainText", content=w.found)], literal=True)
    if intent is not None and intent.is_fallback and _silent(w):
        if w.state == "InProgress":
            w.state = "ReadyForFulfillment"
        result = yield from w.call("FulfillmentCodeHook", kind="Fallback")
        if isinstance(result, HookFailed):
            raise lex.DependencyFailedException(result.message)
        if isinstance(result, HookResponse):
            move = adopt(w, result, fulfilling=True)
            if move is not GO_ON:
                return move
    if intent is not None and not w.state_by_hook and w.state in ("InProgress", "Waiting"):
        w.state = "ReadyForFulfillment" if w.required_slots_filled() else "Failed"
    w.action = lex.DialogAction(type="Close")
    w.attempt = 0
    return DONE


def _silent(w: Working) -> bool:
    return not (w.said_since_entry or w.called_since_entry)


def _elicit_intent(w: Working, _: Move) -> Move:
    """Wait for any intent; the present one is over."""
    if w.intent is not None:
        w.ended = w.lex_intent()
    w.intent = None
    w.action = lex.DialogAction(type="ElicitIntent")
    w.attempt = 0
    return DONE


_STAGES: dict[MoveKind, Callable[[Working, Move], Flow | Move]] = {
    "Start": _start,
    "Elicit": _elicit,
    "Next": _next,
    "Confirm": _confirm,
    "Decline": _decline,
    "Fulfill": _fulfill,
    "Fulfilled": _fulfilled,
    "NotFulfilled": _not_fulfilled,
    "Close": _close,
    "End": _end,
    "ElicitIntent": _elicit_intent,
}
