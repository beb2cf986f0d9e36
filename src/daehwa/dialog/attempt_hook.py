"""Code hooks that are called for every reply: after an attempt, or in the old flow.

Neither has paths of its own for a failure, so a failure is the caller's (section 7).
"""

from __future__ import annotations

from daehwa import lex
from daehwa.dialog.adoption import adopt
from daehwa.dialog.calls import (
    HookFailed,
    HookResponse,
    HookResult,
    HookTimedOut,
    ProposedNextState,
)
from daehwa.dialog.intent_plan import AttemptHook
from daehwa.dialog.steps import TIMED_OUT
from daehwa.dialog.transition import HookFlow, Transition
from daehwa.dialog.turn_state import TurnState


def call_on_every_turn(
    turn: TurnState, proposed: ProposedNextState | None, hook: AttemptHook | None = None
) -> HookFlow:
    """Call the dialog code hook as bots made before August 2022 do: on every turn.

    ``hook`` is the prompt's own, whose label the event gets.
    """
    label = hook.label if hook is not None and hook.called else None
    result = yield from turn.call("DialogCodeHook", label=label, proposed=proposed)
    return _adopt_result(turn, result)


def call_after_attempt(
    turn: TurnState, hook: AttemptHook, proposed: ProposedNextState | None = None
) -> HookFlow:
    """Call the code hook that is configured at a prompt."""
    result = yield from turn.call("DialogCodeHook", label=hook.label, proposed=proposed)
    return _adopt_result(turn, result)


def _adopt_result(turn: TurnState, result: HookResult) -> Transition | None:
    match result:
        case HookFailed(message):
            raise lex.DependencyFailedException(message)
        case HookTimedOut():
            raise lex.DependencyFailedException(TIMED_OUT)
        case HookResponse():
            return adopt(turn, result, fulfilling=False)
    return None
