"""What a code hook reads of the slot that would be elicited next (``proposedNextState``)."""

from __future__ import annotations

from daehwa import bot, lex
from daehwa.dialog.calls import ProposedNextState
from daehwa.dialog.intent_plan import SlotPlan, step_type
from daehwa.dialog.turn_state import TurnState


def propose_next_slot(turn: TurnState, step: bot.DialogState | None) -> ProposedNextState | None:
    """Propose the slot that ``step`` leads to; ``None`` when it leads to something else."""
    name = _predicted_slot(turn, step, len(turn.current.slots) + 1)
    return None if name is None else propose_slot(turn, name, attempt=0)


def propose_slot(turn: TurnState, slot: str, *, attempt: int) -> ProposedNextState:
    """Propose to elicit a slot, for the first time (0) or again."""
    return ProposedNextState(
        intent=turn.lex_intent(),
        dialog_action=lex.DialogAction(type="ElicitSlot", slot_to_elicit=slot),
        attempt=attempt,
    )


def _predicted_slot(turn: TurnState, step: bot.DialogState | None, depth: int) -> str | None:
    if step is None or step.dialog_action is None:
        empty = next_slot(turn)
        return empty.name if empty else None
    name = step.dialog_action.slot_to_elicit
    slot = turn.current.slots.get(name or "")
    if step.dialog_action.type != "ElicitSlot" or slot is None or depth <= 0:
        return None
    if not slot.is_complete(turn.slots.get(slot.name)):
        return slot.name
    then = slot.capture.next_step
    if step_type(then) == "InvokeDialogCodeHook":
        then = slot.hook.paths.success.next_step
    return _predicted_slot(turn, then, depth - 1)


def next_slot(turn: TurnState) -> SlotPlan | None:
    """Return the first slot that has to be filled and is not."""
    for slot in turn.current.slots.values():
        if slot.required and not slot.is_complete(turn.slots.get(slot.name)):
            return slot
    return None
