"""Taking over what a code hook replied (section 7)."""

from __future__ import annotations

from daehwa import lex
from daehwa.dialog.calls import HookResponse
from daehwa.dialog.session import replaced_contexts
from daehwa.dialog.working import (
    CONFIRM,
    DONE,
    ELICIT_INTENT,
    END,
    FULFILLED,
    GO_ON,
    NOT_FULFILLED,
    Move,
    Working,
)


def invalid(message: str) -> lex.DependencyFailedException:
    """Word a refusal of a code hook's reply as Lex does."""
    return lex.DependencyFailedException(
        f"Invalid Lambda Response: Received invalid response from Lambda: {message}"
    )


def adopt(w: Working, response: HookResponse, *, fulfilling: bool) -> Move:
    """Take over a code hook's state and say where its dialog action leads.

    ``GO_ON`` means Delegate: the place goes on as configured. Raises
    ``DependencyFailedException`` when the reply names an intent or a slot that is not there.
    """
    state = response.session_state
    _adopt_attributes(w, response)
    switched = _adopt_intent(w, state.intent)
    action = state.dialog_action
    kind = action.type if action else "Delegate"
    match kind:
        case "ElicitSlot":
            return _elicit_slot(w, response, action)
        case "ConfirmIntent":
            return _confirm(w, response)
        case "ElicitIntent":
            w.say_given(response.messages or (), literal=response.literal)
            return ELICIT_INTENT
        case "Close":
            return _close(w, response, fulfilling=fulfilling)
        case _:
            return Move("Start", w.current.name, slots=dict(w.slots)) if switched else GO_ON


def _adopt_attributes(w: Working, response: HookResponse) -> None:
    state = response.session_state
    if state.session_attributes is not None:
        w.scope.session_attributes = dict(state.session_attributes)
    if state.active_contexts is not None:
        w.contexts = replaced_contexts(w.contexts, state.active_contexts, w.context.now)
    if state.runtime_hints is not None:
        w.hints = state.runtime_hints if state.runtime_hints.slot_hints else None
    if response.request_attributes is not None:
        w.scope.request_attributes = dict(response.request_attributes)


def _adopt_intent(w: Working, intent: lex.Intent | None) -> bool:
    if intent is None:
        return False
    switched = w.intent is None or intent.name != w.intent.name
    if switched:
        other = w.plan.intent(intent.name)
        if other is None:
            raise invalid(f"The bot has no intent {intent.name}.")
        w.enter(other, intent.slots)
        w.developer_override = True
    elif intent.slots is not None:
        # The map is of all slots: one that is left out is not filled.
        w.resume(w.current, intent.slots, w.state, w.confirmation)
    if intent.state is not None:
        w.state = intent.state
        w.state_by_hook = intent.state != "InProgress"  # which is only an echo
    if intent.confirmation_state is not None:
        w.confirmation = intent.confirmation_state
    return switched


def _elicit_slot(w: Working, response: HookResponse, action: lex.DialogAction | None) -> Move:
    name = action.slot_to_elicit if action else None
    slot = w.current.slots.get(name or "")
    if action is None or slot is None:
        raise invalid(f"The intent {w.current.name} has no slot {name}.")
    w.attempt = 0
    part = action.sub_slot_to_elicit
    if part is None and (missing := slot.next_sub_slot(w.slots.get(slot.name))):
        part = lex.SubSlotToElicit(name=missing)
    if response.messages:
        w.say_given(response.messages, literal=response.literal)
    else:
        prompt = slot.prompt_for(part.name if part else None)
        w.say(prompt.groups, ordered_attempt=0 if prompt.ordered else None)
    w.state, w.confirmation = "InProgress", "None"
    w.action = lex.DialogAction(
        type="ElicitSlot",
        slot_to_elicit=slot.name,
        slot_elicitation_style=action.slot_elicitation_style,
        sub_slot_to_elicit=part,
    )
    return DONE


def _confirm(w: Working, response: HookResponse) -> Move:
    w.attempt = 0
    if not response.messages:
        w.confirmation = "None"
        return CONFIRM
    w.say_given(response.messages, literal=response.literal)
    w.state, w.confirmation = "InProgress", "None"
    w.action = lex.DialogAction(type="ConfirmIntent")
    return DONE


def _close(w: Working, response: HookResponse, *, fulfilling: bool) -> Move:
    given = response.session_state.intent
    if given is None or given.state is None:
        w.state = "Fulfilled" if fulfilling else w.state
    w.state_by_hook = True
    if response.messages is None:
        # The bot's own words stand in: after success, or after failure.
        if w.state == "Fulfilled":
            return FULFILLED
        return NOT_FULFILLED if w.state == "Failed" else END
    w.say_given(response.messages, literal=response.literal)
    if w.state == "Fulfilled":
        w.activate_contexts()
    return END
