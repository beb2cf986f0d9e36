"""Taking over what a code hook replied (section 7)."""

from __future__ import annotations

from daehwa import lex
from daehwa.dialog.calls import HookResponse
from daehwa.dialog.session import replaced_contexts
from daehwa.dialog.transition import (
    CONFIRM_INTENT,
    DONE,
    ELICIT_INTENT,
    END_CONVERSATION,
    FULFILLED,
    FULFILLMENT_FAILED,
    Transition,
)
from daehwa.dialog.turn_state import TurnState


def invalid_lambda_response(message: str) -> lex.DependencyFailedException:
    """Word a refusal of a code hook's reply as Lex does."""
    return lex.DependencyFailedException(
        f"Invalid Lambda Response: Received invalid response from Lambda: {message}"
    )


def adopt(turn: TurnState, response: HookResponse, *, fulfilling: bool) -> Transition | None:
    """Take over a code hook's state, and return where its dialog action leads.

    ``None`` is Delegate: the stage goes on as the bot configures it.

    Raises:
        lex.DependencyFailedException: the reply names an intent or a slot that is not there.
    """
    state = response.session_state
    _adopt_attributes(turn, response)
    switched = _adopt_intent(turn, state.intent)
    action = state.dialog_action
    kind = action.type if action else "Delegate"
    match kind:
        case "ElicitSlot":
            return _elicit_slot(turn, response, action)
        case "ConfirmIntent":
            return _confirm(turn, response)
        case "ElicitIntent":
            turn.respond_with(response.messages or (), literal=response.literal)
            return ELICIT_INTENT
        case "Close":
            return _close(turn, response, fulfilling=fulfilling)
        case _:
            if not switched:
                return None
            return Transition("StartIntent", intent=turn.current.name, slots=dict(turn.slots))


def _adopt_attributes(turn: TurnState, response: HookResponse) -> None:
    state = response.session_state
    if state.session_attributes is not None:
        turn.scope.session_attributes = dict(state.session_attributes)
    if state.active_contexts is not None:
        now = turn.context.now
        turn.active_contexts = replaced_contexts(
            turn.active_contexts, state.active_contexts, shown_at=now, now=now
        )
    if state.runtime_hints is not None:
        turn.runtime_hints = state.runtime_hints if state.runtime_hints.slot_hints else None
    if response.request_attributes is not None:
        turn.scope.request_attributes = dict(response.request_attributes)


def _adopt_intent(turn: TurnState, intent: lex.Intent | None) -> bool:
    if intent is None:
        return False
    switched = turn.intent is None or intent.name != turn.intent.name
    if switched:
        other = turn.plan.intent(intent.name)
        if other is None:
            raise invalid_lambda_response(f"The bot has no intent {intent.name}.")
        turn.enter(other, intent.slots)
        turn.developer_override = True
    elif intent.slots is not None:
        # The map is of all slots: one that is left out is not filled.
        turn.resume(turn.current, intent.slots, turn.state, turn.confirmation)
    if intent.state == "InProgress":
        turn.unsettle("InProgress")  # an echo of the event
    elif intent.state is not None:
        turn.settle(intent.state)
    if intent.confirmation_state is not None:
        turn.confirmation = intent.confirmation_state
    return switched


def _elicit_slot(
    turn: TurnState, response: HookResponse, action: lex.DialogAction | None
) -> Transition:
    name = action.slot_to_elicit if action else None
    slot = turn.current.slots.get(name or "")
    if action is None or slot is None:
        raise invalid_lambda_response(f"The intent {turn.current.name} has no slot {name}.")
    turn.attempt = 0
    part = action.sub_slot_to_elicit
    if part is None and (missing := slot.sub_slot_to_elicit(turn.slots.get(slot.name))):
        part = lex.SubSlotToElicit(name=missing)
    if response.messages:
        turn.prompt_with(response.messages, literal=response.literal)
    else:
        prompt = slot.prompt_for(part.name if part else None)
        turn.respond(prompt.groups, ordered_attempt=0 if prompt.ordered else None)
    turn.state, turn.confirmation = "InProgress", "None"
    turn.action = lex.DialogAction(
        type="ElicitSlot",
        slot_to_elicit=slot.name,
        slot_elicitation_style=action.slot_elicitation_style,
        sub_slot_to_elicit=part,
    )
    return DONE


def _confirm(turn: TurnState, response: HookResponse) -> Transition:
    turn.attempt = 0
    if not response.messages:
        turn.confirmation = "None"
        return CONFIRM_INTENT
    turn.prompt_with(response.messages, literal=response.literal)
    turn.state, turn.confirmation = "InProgress", "None"
    turn.action = lex.DialogAction(type="ConfirmIntent")
    return DONE


def _close(turn: TurnState, response: HookResponse, *, fulfilling: bool) -> Transition:
    given = response.session_state.intent
    if fulfilling and (given is None or given.state is None):
        turn.settle("Fulfilled")
    else:
        turn.settle(turn.state)
    if response.messages is None:
        # The bot's own words stand in: after success, or after failure.
        if turn.state == "Fulfilled":
            return FULFILLED
        return FULFILLMENT_FAILED if turn.state == "Failed" else END_CONVERSATION
    turn.respond_with(response.messages, literal=response.literal)
    if turn.state == "Fulfilled":
        turn.activate_contexts()
    return END_CONVERSATION
