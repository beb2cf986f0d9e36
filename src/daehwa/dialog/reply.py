"""What a text is, in the light of what was asked: a value, a switch of intent, a miss.

Pure decisions over an ``Understanding``; nothing here changes a turn.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from typing import Literal

import msgspec

from daehwa import bot, lex
from daehwa.dialog.plan import SlotPlan, plan_of
from daehwa.dialog.session import Session, live_contexts
from daehwa.dialog.slots import SlotMap, is_filled, originals

Stage = Literal["ElicitIntent", "ElicitSlot", "ConfirmIntent", "Agent"]


def asked(session: Session, locale: bot.BotLocale) -> lex.Asked | None:
    """Say what the bot asked last; ``None`` when it waits for any intent.

    A slot or an intent that the bot no longer has counts as not asked.
    """
    action, intent = session.dialog_action, session.intent
    if action is None or intent is None:
        return None
    definition = locale.intents.get(intent.name)
    if definition is None:
        return None
    if action.type == "ConfirmIntent":
        return lex.Asked(intent=intent.name, confirmation=True)
    slot = action.slot_to_elicit
    if action.type != "ElicitSlot" or slot is None or slot not in definition.slots:
        return None
    sub_slot = action.sub_slot_to_elicit
    return lex.Asked(intent=intent.name, slot=slot, sub_slot=sub_slot.name if sub_slot else None)


def eligible_intents(locale: bot.BotLocale, session: Session, now: datetime) -> frozenset[str]:
    """Name the intents that may be recognised: all of whose input contexts are active.

    The intent in progress stays, even when its contexts have run out meanwhile. Intents
    that take what fits nothing (FallbackIntent and the search intents) are never among them.
    """
    plan = plan_of(locale)
    if not plan.in_context:
        return plan.always
    active = {c.name for c in live_contexts(session, now)}
    question = asked(session, locale)
    current = question.intent if question else None
    return plan.always | {
        name
        for name, contexts in plan.in_context.items()
        if name == current or active.issuperset(contexts)
    }


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What a text is.

    ``Value`` fills (or, when ambiguous, only touches) the slot that was asked for;
    ``Switch`` starts ``candidate``; ``Yes`` and ``No`` answer a confirmation; ``Change``
    gives other slots at a confirmation; ``Wait`` and ``GoOn`` ask for a moment and end it;
    ``Missed`` is none of these. ``others`` are further slots of the intent that the text
    gave. ``confidence`` is how surely the text belongs to the intent in progress.
    """

    kind: Literal["Value", "Switch", "Yes", "No", "Change", "Wait", "GoOn", "Missed"]
    candidate: lex.Candidate | None = None
    slot: lex.Slot | None = None
    others: SlotMap = msgspec.field(default_factory=dict)
    confidence: float | None = None


def recognised(
    understanding: lex.Understanding, eligible: Container[str], threshold: float
) -> lex.Candidate | None:
    """Give the intent that the text means; ``None`` when none reaches the threshold."""
    for candidate in understanding.candidates:
        if candidate.intent in eligible:
            return candidate if candidate.score >= threshold else None
    return None


def _own_and_other(
    understanding: lex.Understanding, intent: str, eligible: Container[str], threshold: float
) -> tuple[lex.Candidate | None, lex.Candidate | None]:
    """Split the candidates that reach the threshold: the intent's own, and the best other."""
    own = other = None
    for candidate in understanding.candidates:
        if candidate.score < threshold:
            break
        if candidate.intent == intent:
            own = own or candidate
        elif other is None and candidate.intent in eligible:
            other = candidate
    return own, other


def slot_reply(
    understanding: lex.Understanding,
    *,
    intent: str,
    slot: SlotPlan,
    filled: SlotMap,
    eligible: Container[str],
    threshold: float,
) -> Reply:
    """Read a reply to a slot's prompt.

    Another intent takes over when its score is above that of the reading as a value, and
    not below the present intent's own. AMAZON.FreeFormInput takes whatever is said.
    """
    reading = understanding.reading
    if slot.free_form:
        return Reply(
            kind="Value", slot=reading.slot if reading else _whole(understanding), confidence=1.0
        )
    own, other = _own_and_other(understanding, intent, eligible, threshold)
    value = reading.slot if reading else (own.slots.get(slot.name) if own else None)
    if value is None and slot.wait is not None and understanding.waiting is not None:
        kind: Literal["Wait", "GoOn"] = "Wait" if understanding.waiting == "Wait" else "GoOn"
        return Reply(kind=kind, confidence=1.0)
    score = reading.score if reading else (own.score if own and value else 0.0)
    if other is not None and other.score > max(score, own.score if own else 0.0):
        return Reply(kind="Switch", candidate=other, confidence=other.score)
    others = _other_slots(own, slot.name, value, filled)
    if reading is not None:
        others |= {n: s for n, s in reading.others.items() if not is_filled(filled.get(n))}
    confidence = max(score, own.score if own else 0.0) or None
    if value is None:
        return Reply(kind="Missed", others=others, confidence=confidence)
    return Reply(kind="Value", slot=value, others=others, confidence=confidence)


def _whole(understanding: lex.Understanding) -> lex.Slot:
    text = understanding.text
    return lex.Slot(
        shape="Scalar",
        value=lex.SlotValue(original_value=text, interpreted_value=text, resolved_values=(text,)),
    )


def _other_slots(
    own: lex.Candidate | None, asked_for: str, value: lex.Slot | None, filled: SlotMap
) -> SlotMap:
    """Give the empty slots that the text fills besides; no words serve two slots."""
    if own is None or not own.slots:
        return {}
    taken = originals(value) if value else set()
    return {
        name: slot
        for name, slot in own.slots.items()
        if name != asked_for and not is_filled(filled.get(name)) and not originals(slot) & taken
    }


def confirmation_reply(
    understanding: lex.Understanding, *, intent: str, eligible: Container[str], threshold: float
) -> Reply:
    """Read a reply to a yes-or-no question; a plain yes or no goes before anything else."""
    if understanding.confirmation is not None:
        return Reply(kind=understanding.confirmation, confidence=1.0)
    own, other = _own_and_other(understanding, intent, eligible, threshold)
    if other is not None and (own is None or other.score > own.score):
        return Reply(kind="Switch", candidate=other, confidence=other.score)
    if own is not None and own.slots:
        return Reply(kind="Change", others=dict(own.slots), confidence=own.score)
    return Reply(kind="Missed", confidence=own.score if own else None)
