"""Next steps: what follows a place of the dialog (sections 4.1 and 4.2)."""

from __future__ import annotations

from typing import Any

from daehwa import bot, lex
from daehwa.dialog.adoption import adopt
from daehwa.dialog.calls import (
    BranchEvaluation,
    DialogEvent,
    HookFailed,
    HookResponse,
    HookTimedOut,
    ProposedNextState,
)
from daehwa.dialog.evaluation import evaluated, holds
from daehwa.dialog.plan import Branch, Decision, HookPlan, Path, SlotPlan
from daehwa.dialog.references import resolve
from daehwa.dialog.slots import SlotMap, constant
from daehwa.dialog.working import (
    CLOSE,
    CONFIRM,
    ELICIT_INTENT,
    END,
    FULFILL,
    GO_ON,
    Flow,
    Move,
    Working,
)

_PLAIN: dict[bot.StepType, Move] = {
    "ElicitIntent": ELICIT_INTENT,
    "FulfillIntent": FULFILL,
    "CloseIntent": CLOSE,
    "EndConversation": END,
}


def follow(w: Working, path: Path, default: Move, hook: HookPlan | None = None) -> Flow:
    """Say a place's response and go where its conditional or its next step leads.

    ``default`` is where the dialog goes when nothing is configured; ``hook`` the code hook
    of the same place, for the step InvokeDialogCodeHook.
    """
    w.say(path.response)
    step = path.next_step
    kind = step_type(step)
    if kind == "EvaluateConditional":
        set_values(w, step)
        step = None
    if path.decision is not None:
        branch = _branch(w, path.decision)
        if branch is not None:
            w.say(branch.response)
            step = branch.next_step or step
    if step is None:
        return default
    if step_type(step) == "InvokeDialogCodeHook":
        set_values(w, step)
        return default if hook is None else (yield from run_hook(w, hook, default))
    return take(w, step, default)


def step_type(step: bot.DialogState | None) -> bot.StepType | None:
    """Give a step's kind, if it has one."""
    return step.dialog_action.type if step and step.dialog_action else None


def take(w: Working, step: bot.DialogState, default: Move) -> Move:
    """Take a next step: set its values, then say where it goes."""
    kind = step_type(step)
    action = step.dialog_action
    w.log(DialogEvent(next_step=kind))
    suppress = bool(action and action.suppress_next_message)
    name = step.intent.name if step.intent else None
    if kind == "StartIntent":
        slots = overrides(w, step)
        set_attributes(w, step)
        return Move("Start", name or w.current.name, suppress=suppress, slots=slots)
    if name and w.intent is not None and name != w.intent.name:
        other = w.plan.intent(name)
        if other is not None:
            slots = overrides(w, step)
            set_attributes(w, step)
            w.enter(other, slots)
            step = bot.DialogState(dialog_action=action)
    set_values(w, step)
    if kind == "ElicitSlot" and action is not None and action.slot_to_elicit in w.current.slots:
        return Move("Elicit", action.slot_to_elicit, suppress=suppress)
    if kind == "ConfirmIntent":
        return Move("Confirm", suppress=suppress) if suppress else CONFIRM
    return _PLAIN.get(kind, default) if kind else default


# --- values that a step sets ----------------------------------------------------------


def set_values(w: Working, step: bot.DialogState | None) -> None:
    """Set a step's session attributes and slots; references are resolved now."""
    if step is None:
        return
    slots = overrides(w, step)
    set_attributes(w, step)
    if slots and w.intent is not None:
        w.slots.update((n, s) for n, s in slots.items() if n in w.current.slots)


def set_attributes(w: Working, step: bot.DialogState) -> None:
    """Set a step's session attributes; one whose reference resolves to nothing goes."""
    if not step.session_attributes:
        return
    resolved = {n: resolve(v, w.scope) for n, v in step.session_attributes.items()}
    attributes = dict(w.scope.session_attributes)
    for name, value in resolved.items():
        if value is None:
            attributes.pop(name, None)
        else:
            attributes[name] = value
    w.scope.session_attributes = attributes


def overrides(w: Working, step: bot.DialogState) -> SlotMap:
    """Resolve the slots that a step sets; ``None`` clears."""
    if step.intent is None or not step.intent.slots:
        return {}
    return {name: _override(w, given) for name, given in step.intent.slots.items()}


def _override(w: Working, given: bot.SlotValueOverride | None) -> lex.Slot | None:
    if given is None:
        return None
    if given.values:
        values = tuple(s for v in given.values if (s := _override(w, v)) is not None)
        return lex.Slot(shape="List", values=values) if values else None
    text = _interpreted(given.value)
    value = resolve(text, w.scope)
    return constant(value) if value else None


def _interpreted(value: dict[str, Any] | None) -> str | None:
    text = (value or {}).get("interpretedValue")
    return None if text is None else str(text)


# --- conditionals ---------------------------------------------------------------------


def _branch(w: Working, decision: Decision) -> Branch | None:
    types = w.intent.types if w.intent else {}
    tried: list[BranchEvaluation] = []
    chosen = decision.default
    for branch in decision.branches:
        true = branch.condition is not None and holds(branch.condition, w.scope, types)
        tried.append(
            BranchEvaluation(
                conditional_branch_name=branch.name,
                expression_string=branch.source,
                evaluated_expression=branch.source
                if branch.condition is None
                else evaluated(branch.condition, w.scope),
                evaluation_result="ERROR"
                if branch.condition is None
                else ("TRUE" if true else "FALSE"),
            )
        )
        if true:
            chosen = branch
            break
    w.log(DialogEvent(conditional_evaluation_result=tuple(tried)))
    return chosen


# --- code hooks -----------------------------------------------------------------------


def run_hook(w: Working, hook: HookPlan, default: Move) -> Flow:
    """Run a place's dialog code hook and follow what it answers.

    A hook that is not to be called, or that nobody configured, counts as a success.
    """
    if not hook.called:
        return (yield from follow(w, hook.success, default))
    result = yield from w.call(
        "DialogCodeHook", label=hook.label, proposed=proposal(w, hook.success.next_step)
    )
    match result:
        case HookFailed(message):
            return (yield from unhappy(w, hook.failure, message))
        case HookTimedOut():
            return (yield from unhappy(w, hook.timeout, TIMED_OUT))
        case HookResponse():
            move = adopt(w, result, fulfilling=False)
            if move is not GO_ON:
                return move
            if w.state == "Failed":
                return (yield from follow(w, hook.failure, END))
    return (yield from follow(w, hook.success, default))


TIMED_OUT = "Invalid Lambda Response: Lambda did not respond in time."


def unhappy(w: Working, path: Path, message: str) -> Flow:
    """Follow a failure's or a time-out's path.

    Raises ``DependencyFailedException`` when the bot has neither words nor another way for
    it: ending in silence would hide the fault.
    """
    if not path.speaks_or_leads:
        raise lex.DependencyFailedException(message)
    w.state = "Failed"
    w.state_by_hook = True
    return (yield from follow(w, path, END))


# --- what a hook is told will come next -----------------------------------------------


def proposal(w: Working, step: bot.DialogState | None) -> ProposedNextState | None:
    """Foretell the slot that would be elicited; ``None`` when something else would come."""
    name = _foretold(w, step, len(w.current.slots) + 1)
    return None if name is None else propose(w, name, attempt=0)


def propose(w: Working, slot: str, *, attempt: int) -> ProposedNextState:
    """Word a proposal to elicit a slot."""
    return ProposedNextState(
        intent=w.lex_intent(),
        dialog_action=lex.DialogAction(type="ElicitSlot", slot_to_elicit=slot),
        attempt=attempt,
    )


def _foretold(w: Working, step: bot.DialogState | None, depth: int) -> str | None:
    if step is None or step.dialog_action is None:
        empty = next_slot(w)
        return empty.name if empty else None
    name = step.dialog_action.slot_to_elicit
    slot = w.current.slots.get(name or "")
    if step.dialog_action.type != "ElicitSlot" or slot is None or depth <= 0:
        return None
    if not slot.is_complete(w.slots.get(slot.name)):
        return slot.name
    then = slot.capture.next_step
    if step_type(then) == "InvokeDialogCodeHook":
        then = slot.hook.success.next_step
    return _foretold(w, then, depth - 1)


def next_slot(w: Working) -> SlotPlan | None:
    """Find the first slot that has to be filled and is not."""
    for slot in w.current.slots.values():
        if slot.required and not slot.is_complete(w.slots.get(slot.name)):
            return slot
    return None
