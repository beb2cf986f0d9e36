"""Next steps: what follows a place of the dialog (section 4.1, section 4.2)."""

from __future__ import annotations

from daehwa import bot, lex
from daehwa.dialog.adoption import adopt
from daehwa.dialog.calls import (
    BranchEvaluation,
    DialogEvent,
    HookFailed,
    HookResponse,
    HookTimedOut,
)
from daehwa.dialog.evaluation import expression_with_values, holds
from daehwa.dialog.intent_plan import BranchPlan, ConditionalPlan, HookPlan, Path, step_type
from daehwa.dialog.proposal import propose_next_slot
from daehwa.dialog.scope import resolve
from daehwa.dialog.slots import SlotMap, constant_slot
from daehwa.dialog.transition import (
    CLOSE_INTENT,
    CONFIRM_INTENT,
    ELICIT_INTENT,
    END_CONVERSATION,
    FULFILL_INTENT,
    StageFlow,
    Transition,
)
from daehwa.dialog.turn_state import TurnState

_TARGETS: dict[bot.StepType, Transition] = {
    "ElicitIntent": ELICIT_INTENT,
    "FulfillIntent": FULFILL_INTENT,
    "CloseIntent": CLOSE_INTENT,
    "EndConversation": END_CONVERSATION,
}


def follow(
    turn: TurnState, path: Path, default: Transition, hook: HookPlan | None = None
) -> StageFlow:
    """Give a place's response and go where its conditional or its next step leads.

    ``default`` is where the dialog goes when nothing is configured; ``hook`` the code hook
    of the same place, for the step InvokeDialogCodeHook.
    """
    turn.respond(path.response)
    step = path.next_step
    kind = step_type(step)
    if kind == "EvaluateConditional":
        set_values(turn, step)
        step = None
    if path.conditional is not None:
        branch = _chosen_branch(turn, path.conditional)
        if branch is not None:
            turn.respond(branch.response)
            step = branch.next_step or step
    if step is None:
        return default
    if step_type(step) == "InvokeDialogCodeHook":
        set_values(turn, step)
        return default if hook is None else (yield from run_hook(turn, hook, default))
    return take_next_step(turn, step, default)


def take_next_step(turn: TurnState, step: bot.DialogState, default: Transition) -> Transition:
    """Take a next step: set its values, and return where it goes."""
    kind = step_type(step)
    action = step.dialog_action
    turn.log(DialogEvent(next_step=kind))
    suppress = bool(action and action.suppress_next_message)
    name = step.intent.name if step.intent else None
    if kind == "StartIntent":
        slots = _overriding_slots(turn, step)
        set_attributes(turn, step)
        return Transition(
            "StartIntent", intent=name or turn.current.name, slots=slots, suppress=suppress
        )
    if name and turn.intent is not None and name != turn.intent.name:
        other = turn.plan.intent(name)
        if other is not None:
            slots = _overriding_slots(turn, step)
            set_attributes(turn, step)
            turn.enter(other, slots)
            step = bot.DialogState(dialog_action=action)
    set_values(turn, step)
    if kind == "ElicitSlot" and action is not None and action.slot_to_elicit in turn.current.slots:
        return Transition("ElicitSlot", slot=action.slot_to_elicit, suppress=suppress)
    if kind == "ConfirmIntent":
        return Transition("ConfirmIntent", suppress=suppress) if suppress else CONFIRM_INTENT
    return _TARGETS.get(kind, default) if kind else default


# --- values that a step sets ----------------------------------------------------------


def set_values(turn: TurnState, step: bot.DialogState | None) -> None:
    """Set a step's session attributes and slots; references are resolved now."""
    if step is None:
        return
    slots = _overriding_slots(turn, step)
    set_attributes(turn, step)
    if slots and turn.intent is not None:
        turn.slots.update((n, s) for n, s in slots.items() if n in turn.current.slots)


def set_attributes(turn: TurnState, step: bot.DialogState) -> None:
    """Set a step's session attributes; remove one whose reference resolves to nothing."""
    if not step.session_attributes:
        return
    resolved = {n: resolve(v, turn.scope) for n, v in step.session_attributes.items()}
    attributes = dict(turn.scope.session_attributes)
    for name, value in resolved.items():
        if value is None:
            attributes.pop(name, None)
        else:
            attributes[name] = value
    turn.scope.session_attributes = attributes


def _overriding_slots(turn: TurnState, step: bot.DialogState) -> SlotMap:
    """Resolve the slots that a step sets; ``None`` clears."""
    if step.intent is None or not step.intent.slots:
        return {}
    return {name: _resolved_slot(turn, override) for name, override in step.intent.slots.items()}


def _resolved_slot(turn: TurnState, override: bot.SlotValueOverride | None) -> lex.Slot | None:
    if override is None:
        return None
    if override.values:
        values = tuple(s for v in override.values if (s := _resolved_slot(turn, v)) is not None)
        return lex.Slot(shape="List", values=values) if values else None
    value = resolve(override.value.interpreted_value if override.value else None, turn.scope)
    return constant_slot(value) if value else None


# --- conditionals ---------------------------------------------------------------------


def _chosen_branch(turn: TurnState, conditional: ConditionalPlan) -> BranchPlan | None:
    types = turn.intent.types if turn.intent else {}
    tried: list[BranchEvaluation] = []
    chosen = conditional.default
    for branch in conditional.branches:
        true = branch.condition is not None and holds(branch.condition, turn.scope, types)
        tried.append(
            BranchEvaluation(
                conditional_branch_name=branch.name,
                expression_string=branch.source,
                evaluated_expression=branch.source
                if branch.condition is None
                else expression_with_values(branch.condition, turn.scope),
                evaluation_result="ERROR"
                if branch.condition is None
                else ("TRUE" if true else "FALSE"),
            )
        )
        if true:
            chosen = branch
            break
    turn.log(DialogEvent(conditional_evaluation_result=tuple(tried)))
    return chosen


# --- code hooks -----------------------------------------------------------------------


def run_hook(turn: TurnState, hook: HookPlan, default: Transition) -> StageFlow:
    """Run a place's dialog code hook and follow what it answers.

    A hook that is not to be called, or that nobody configured, counts as a success.
    """
    if not hook.called:
        return (yield from follow(turn, hook.paths.success, default))
    # A declined intent has failed before its hook is called, which may echo that.
    failed_before = turn.state == "Failed"
    result = yield from turn.call(
        "DialogCodeHook",
        label=hook.label,
        proposed=propose_next_slot(turn, hook.paths.success.next_step),
    )
    match result:
        case HookFailed(message):
            return (yield from follow_failure(turn, hook.paths.failure, message))
        case HookTimedOut():
            return (yield from follow_failure(turn, hook.paths.timeout, TIMED_OUT))
        case HookResponse():
            transition = adopt(turn, result, fulfilling=False)
            if transition is not None:
                return transition
            if turn.state == "Failed" and not failed_before:
                return (yield from follow(turn, hook.paths.failure, END_CONVERSATION))
    return (yield from follow(turn, hook.paths.success, default))


TIMED_OUT = "Invalid Lambda Response: Lambda did not respond in time."


def follow_failure(turn: TurnState, path: Path, message: str) -> StageFlow:
    """Follow a failure's or a time-out's path.

    Raises:
        lex.DependencyFailedException: the bot has neither words nor another way for it:
            ending in silence would hide the fault.
    """
    if not path.responds_or_leads:
        raise lex.DependencyFailedException(message)
    turn.settle("Failed")
    return (yield from follow(turn, path, END_CONVERSATION))
