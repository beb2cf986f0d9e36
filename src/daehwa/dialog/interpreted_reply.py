"""What a text means while something is elicited: a value, a switch of intent, a miss.

Pure decisions over an ``Understanding``; nothing here changes a turn.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import datetime
from typing import Literal

import msgspec

from daehwa import lex
from daehwa.dialog.intent_plan import SlotPlan
from daehwa.dialog.plan import Plan
from daehwa.dialog.session import Session, live_contexts
from daehwa.dialog.slots import SlotMap, is_filled, original_words


def elicitation(plan: Plan, session: Session) -> lex.Elicitation | None:
    """Return what the bot elicits; ``None`` when it waits for any intent.

    A slot or an intent that the bot no longer has counts as not elicited.
    """
    action, intent = session.dialog_action, session.intent
    if action is None or intent is None:
        return None
    definition = plan.locale.intents.get(intent.name)
    if definition is None:
        return None
    if action.type == "ConfirmIntent":
        return lex.Elicitation(intent=intent.name, confirmation=True)
    slot = action.slot_to_elicit
    if action.type != "ElicitSlot" or slot is None or slot not in definition.slots:
        return None
    sub_slot = action.sub_slot_to_elicit
    return lex.Elicitation(
        intent=intent.name, slot=slot, sub_slot=sub_slot.name if sub_slot else None
    )


def eligible_intents(plan: Plan, session: Session, now: datetime) -> frozenset[str]:
    """Return the intents that may be recognised: those whose input contexts are all active.

    The intent in progress stays, even when its contexts have run out meanwhile. Intents
    that take what fits nothing (FallbackIntent and the search intents) are never among them.
    """
    if not plan.input_contexts:
        return plan.always_eligible
    active = {c.name for c in live_contexts(session, now)}
    elicited = elicitation(plan, session)
    current = elicited.intent if elicited else None
    return plan.always_eligible | {
        name
        for name, contexts in plan.input_contexts.items()
        if name == current or active.issuperset(contexts)
    }


ReplyKind = Literal[
    "Intent", "Ambiguous", "Value", "Yes", "No", "Change", "Wait", "GoOn", "Question", "Missed"
]


class InterpretedReply(msgspec.Struct, frozen=True, kw_only=True):
    """What a text is in the light of what is elicited.

    ``Intent`` starts ``candidate``; ``Ambiguous`` asks which of several (``disambiguation``) was
    meant; ``Value`` fills (or, when ambiguous, only touches) the slot
    that is elicited; ``Yes`` and ``No`` answer a confirmation; ``Change`` gives other slots at
    a confirmation; ``Wait`` and ``GoOn`` ask for a moment and end it; a ``Question`` has been
    answered; ``Missed`` is none of these. ``others`` are further slots of the intent that the
    text gave. ``confidence`` is how surely the text belongs to the intent in progress.
    """

    kind: ReplyKind
    candidate: lex.Candidate | None = None
    disambiguation: lex.Disambiguation | None = None
    slot: lex.Slot | None = None
    others: SlotMap = msgspec.field(default_factory=dict)
    confidence: float | None = None


def interpret_request(
    understanding: lex.Understanding, *, eligible: Container[str], threshold: float
) -> InterpretedReply:
    """Read a text while nothing is elicited: the best eligible intent, or none."""
    if understanding.disambiguation is not None:
        return InterpretedReply(kind="Ambiguous", disambiguation=understanding.disambiguation)
    for candidate in understanding.candidates:
        if candidate.intent in eligible:
            if candidate.score < threshold:
                break
            return _intent(candidate)
    return InterpretedReply(kind="Missed")


def _intent(candidate: lex.Candidate) -> InterpretedReply:
    return InterpretedReply(kind="Intent", candidate=candidate, confidence=candidate.score)


def interpret(
    plan: Plan,
    session: Session,
    understanding: lex.Understanding,
    *,
    eligible: Container[str],
) -> InterpretedReply:
    """Read a text as a turn would, without taking one: nothing is called, nothing changes."""
    threshold = plan.locale.nlu_confidence_threshold
    elicited, stored = elicitation(plan, session), session.intent
    intent = None if stored is None else plan.intent(stored.name)
    if elicited is None or stored is None or intent is None:
        return interpret_request(understanding, eligible=eligible, threshold=threshold)
    if elicited.slot is None:
        return interpret_confirmation_reply(
            understanding,
            intent=intent.name,
            filled=stored.slots or {},
            eligible=eligible,
            threshold=threshold,
        )
    return interpret_slot_reply(
        understanding,
        intent=intent.name,
        slot=intent.slots[elicited.slot],
        filled=stored.slots or {},
        eligible=eligible,
        threshold=threshold,
    )


class _Rivals(msgspec.Struct, frozen=True):
    """Two candidates that reach the threshold: the intent in progress, and the best other one."""

    own: lex.Candidate | None
    other: lex.Candidate | None


def _rivals(
    understanding: lex.Understanding, intent: str, eligible: Container[str], threshold: float
) -> _Rivals:
    own = other = None
    for candidate in understanding.candidates:
        if candidate.score < threshold:
            break
        if candidate.intent == intent:
            own = own or candidate
        elif other is None and candidate.intent in eligible:
            other = candidate
    return _Rivals(own, other)


def interpret_slot_reply(
    understanding: lex.Understanding,
    *,
    intent: str,
    slot: SlotPlan,
    filled: SlotMap,
    eligible: Container[str],
    threshold: float,
) -> InterpretedReply:
    """Read a reply to a slot's prompt.

    Where the slot gives time, *wait* asks for it, unless the type lists that very value.

    Another intent takes over when its score is above that of the reading as a value, and
    not below the present intent's own. AMAZON.FreeFormInput takes any text.
    """
    reading = understanding.reading
    if slot.free_form:
        return InterpretedReply(
            kind="Value",
            slot=reading.slot if reading else _whole_text(understanding),
            confidence=1.0,
        )
    rivals = _rivals(understanding, intent, eligible, threshold)
    own, other = rivals.own, rivals.other
    value = reading.slot if reading else (own.slots.get(slot.name) if own else None)
    waits = slot.wait is not None and understanding.waiting is not None
    # An open type takes any word, also *wait*; where the bot gives time, that is meant.
    if waits and (value is None or not slot.listed):
        kind: Literal["Wait", "GoOn"] = "Wait" if understanding.waiting == "Wait" else "GoOn"
        return InterpretedReply(kind=kind, confidence=1.0)
    score = reading.score if reading else (own.score if own and value else 0.0)
    if other is not None and other.score > max(score, own.score if own else 0.0):
        return _intent(other)
    others = _other_slots(own, slot.name, value, filled)
    if reading is not None:
        others |= {n: s for n, s in reading.others.items() if not is_filled(filled.get(n))}
    confidence = max(score, own.score if own else 0.0) or None
    if value is None:
        return InterpretedReply(kind="Missed", others=others, confidence=confidence)
    return InterpretedReply(kind="Value", slot=value, others=others, confidence=confidence)


def _whole_text(understanding: lex.Understanding) -> lex.Slot:
    text = understanding.text
    return lex.Slot(
        shape="Scalar",
        value=lex.SlotValue(original_value=text, interpreted_value=text, resolved_values=(text,)),
    )


def _other_slots(
    own: lex.Candidate | None, elicited: str, value: lex.Slot | None, filled: SlotMap
) -> SlotMap:
    """Return the other empty slots that the text fills; no word is used for two slots."""
    if own is None or not own.slots:
        return {}
    taken = original_words(value) if value else set()
    return {
        name: slot
        for name, slot in own.slots.items()
        if name != elicited and not is_filled(filled.get(name)) and not original_words(slot) & taken
    }


def interpret_confirmation_reply(
    understanding: lex.Understanding,
    *,
    intent: str,
    filled: SlotMap,
    eligible: Container[str],
    threshold: float,
) -> InterpretedReply:
    """Read a reply to a yes-or-no question; a plain yes or no goes before anything else.

    A yes that repeats what is filled is a yes; one with another value is a change.
    """
    if understanding.confirmation is not None:
        return InterpretedReply(kind=understanding.confirmation, confidence=1.0)
    rivals = _rivals(understanding, intent, eligible, threshold)
    own, other = rivals.own, rivals.other
    if other is not None and (own is None or other.score > own.score):
        return _intent(other)
    score = own.score if own else None
    correction = understanding.correction
    if correction and understanding.answer == "Yes" and _repeats(correction, filled):
        return InterpretedReply(kind="Yes", confidence=score)
    others: SlotMap = {**(own.slots if own else {}), **correction}
    if others:
        return InterpretedReply(kind="Change", others=others, confidence=score)
    return InterpretedReply(kind="Missed", confidence=score)


def _repeats(repeated: Mapping[str, lex.Slot], filled: SlotMap) -> bool:
    """Whether each of these slots is filled with the same value already."""
    known = {name: slot for name, slot in filled.items() if slot is not None}
    return all(
        name in known and slot.interpretation() == known[name].interpretation()
        for name, slot in repeated.items()
    )
