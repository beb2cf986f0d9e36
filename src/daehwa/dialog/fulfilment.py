"""Fulfilling an intent, by its code hook or on its own (section 4.3)."""

from __future__ import annotations

from daehwa.dialog.adoption import adopt
from daehwa.dialog.calls import (
    DEFAULT_TIMEOUT_SECONDS,
    FulfillmentUpdates,
    HookFailed,
    HookResponse,
    HookTimedOut,
)
from daehwa.dialog.intent_plan import FulfillmentPlan
from daehwa.dialog.messages import choose_messages
from daehwa.dialog.steps import TIMED_OUT, follow, follow_failure
from daehwa.dialog.transition import (
    CLOSE_INTENT,
    END_CONVERSATION,
    FULFILLED,
    FULFILLMENT_FAILED,
    StageFlow,
    Transition,
)
from daehwa.dialog.turn_state import TurnState


def fulfill_intent(turn: TurnState, _: Transition) -> StageFlow:
    """Fulfil the intent, by its code hook or on its own; without fulfilment, close it."""
    plan = turn.current.fulfillment
    turn.unsettle("ReadyForFulfillment")
    if plan is None:
        return CLOSE_INTENT if turn.search_text is None else FULFILLED
    if not plan.called:
        return FULFILLED
    result = yield from turn.call(
        "FulfillmentCodeHook", timeout_seconds=_timeout(plan), updates=_updates(turn, plan)
    )
    match result:
        case HookFailed(message):
            return (yield from follow_failure(turn, plan.paths.failure, message))
        case HookTimedOut():
            return (yield from follow_failure(turn, plan.paths.timeout, TIMED_OUT))
        case HookResponse():
            return _adopt_response(turn, result)
    return FULFILLED


def _adopt_response(turn: TurnState, response: HookResponse) -> Transition:
    transition = adopt(turn, response, fulfilling=True)
    if transition is not None:
        return transition
    return FULFILLMENT_FAILED if turn.state == "Failed" else FULFILLED


def _timeout(plan: FulfillmentPlan) -> int:
    updates = plan.updates
    if updates is None or updates.timeout_seconds is None:
        return DEFAULT_TIMEOUT_SECONDS
    return min(updates.timeout_seconds, 900)


def _updates(turn: TurnState, plan: FulfillmentPlan) -> FulfillmentUpdates | None:
    updates = plan.updates
    if updates is None:
        return None
    choose = turn.context.choose
    return FulfillmentUpdates(
        start=tuple(choose_messages(updates.start, turn.scope, choose)),
        delay_seconds=updates.delay_seconds,
        update=tuple(choose_messages(updates.update, turn.scope, choose)),
        frequency_seconds=updates.frequency_seconds,
    )


def succeed(turn: TurnState, _: Transition) -> StageFlow:
    """Turn on the output contexts and give the success response."""
    turn.settle("Fulfilled")
    turn.activate_contexts()
    plan = turn.current.fulfillment
    if plan is None:
        return CLOSE_INTENT
    return (yield from follow(turn, plan.paths.success, CLOSE_INTENT))


def fail(turn: TurnState, _: Transition) -> StageFlow:
    """Give the failure response."""
    turn.settle("Failed")
    plan = turn.current.fulfillment
    if plan is None:
        return END_CONVERSATION
    return (yield from follow(turn, plan.paths.failure, END_CONVERSATION))
