"""Closing an intent, ending the conversation, or waiting for any intent (section 4.3)."""

from __future__ import annotations

from daehwa import lex
from daehwa.dialog.adoption import adopt
from daehwa.dialog.calls import HookFailed, HookResponse
from daehwa.dialog.steps import follow
from daehwa.dialog.transition import DONE, END_CONVERSATION, StageFlow, Transition
from daehwa.dialog.turn_state import TurnState


def close_intent(turn: TurnState, _: Transition) -> StageFlow:
    """Give the closing response."""
    return (yield from follow(turn, turn.current.closing, END_CONVERSATION))


def end_conversation(turn: TurnState, _: Transition) -> StageFlow:
    """End the intent; a FallbackIntent that stayed silent calls for a language model."""
    intent = turn.intent
    if turn.search_text is not None and not turn.messages_since_entry:
        # A search intent without words of its own passes on the answer.
        turn.respond_with(
            [lex.Message(content_type="PlainText", content=turn.search_text)], literal=True
        )
    if intent is not None and intent.is_fallback and _is_silent(turn):
        if turn.state == "InProgress":
            turn.state = "ReadyForFulfillment"
        result = yield from turn.call("FulfillmentCodeHook", kind="Fallback")
        if isinstance(result, HookFailed):
            raise lex.DependencyFailedException(result.message)
        if isinstance(result, HookResponse):
            transition = adopt(turn, result, fulfilling=True)
            if transition is not None:
                return transition
    if intent is not None and not turn.state_settled and turn.state in ("InProgress", "Waiting"):
        turn.state = "ReadyForFulfillment" if turn.required_slots_filled() else "Failed"
    turn.action = lex.DialogAction(type="Close")
    turn.attempt = 0
    return DONE


def _is_silent(turn: TurnState) -> bool:
    return not (turn.messages_since_entry or turn.hook_called_since_entry)


def elicit_intent(turn: TurnState, _: Transition) -> Transition:
    """Wait for any intent; the present one is over."""
    if turn.intent is not None:
        turn.ended_intent = turn.lex_intent()
    turn.intent = None
    turn.action = lex.DialogAction(type="ElicitIntent")
    turn.attempt = 0
    return DONE
