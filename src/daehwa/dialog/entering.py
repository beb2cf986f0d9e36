"""Entering an intent: its default values and its initial response (section 4.3)."""

from __future__ import annotations

import msgspec

from daehwa.dialog.attempt_hook import call_on_every_turn
from daehwa.dialog.interpreted_reply import InterpretedReply
from daehwa.dialog.plan import SEARCHES
from daehwa.dialog.proposal import propose_next_slot
from daehwa.dialog.scope import resolve
from daehwa.dialog.slots import constant_slot, is_filled
from daehwa.dialog.steps import follow
from daehwa.dialog.transition import END_CONVERSATION, NEXT_SLOT, StageFlow, Transition
from daehwa.dialog.turn_state import TurnState


def start_intent(turn: TurnState, transition: Transition) -> StageFlow:
    """Enter an intent and give its initial response; an intent that is not there ends it."""
    intent = turn.plan.intent(transition.intent or "")
    if intent is None:
        return END_CONVERSATION
    turn.enter(intent, transition.slots)
    if intent.signature not in SEARCHES:
        turn.search_text = None
    _fill_defaults(turn)
    path = intent.initial
    if transition.suppress:
        path = msgspec.structs.replace(path, response=())
    if intent.old_flow and intent.calls_hook:
        decided = yield from call_on_every_turn(turn, propose_next_slot(turn, None))
        if decided is not None:
            return decided
    return (yield from follow(turn, path, NEXT_SLOT, intent.initial_hook))


def _fill_defaults(turn: TurnState) -> None:
    """Fill empty slots with the first of their default values that is there."""
    for slot in turn.current.slots.values():
        if slot.defaults and not is_filled(turn.slots.get(slot.name)):
            value = next((v for d in slot.defaults if (v := _default_value(turn, d))), None)
            if value:
                turn.slots[slot.name] = constant_slot(value)


def _default_value(turn: TurnState, expression: str) -> str | None:
    text = expression.strip()
    if text.startswith("#") and "." in text:
        name, parameter = text[1:].split(".", 1)
        context = next((c for c in turn.active_contexts if c.name == name), None)
        return context.attributes.get(parameter) if context else None
    if text.startswith("<") and text.endswith(">"):
        return turn.scope.request_attributes.get(text[1:-1].strip())
    return resolve(text, turn.scope)


def start_recognised(turn: TurnState, reply: InterpretedReply) -> Transition:
    """Start the intent that a text means, with the slots that it filled."""
    candidate = reply.candidate
    if candidate is None:
        return fallback(turn)
    turn.scope.resolved_slots = candidate.slots
    return Transition("StartIntent", intent=candidate.intent, slots=dict(candidate.slots))


def fallback(turn: TurnState) -> Transition:
    """Lead to FallbackIntent; where a locale has none, to the end."""
    if turn.plan.fallback is None:
        return END_CONVERSATION
    return Transition("StartIntent", intent=turn.plan.fallback)
