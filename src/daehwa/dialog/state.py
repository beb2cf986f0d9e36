"""A client's own session state, laid over the stored one (section 2)."""

from __future__ import annotations

from datetime import datetime

import msgspec

from daehwa import lex
from daehwa.dialog.intent_plan import IntentPlan
from daehwa.dialog.plan import Plan
from daehwa.dialog.session import Session, live_contexts, replaced_contexts
from daehwa.dialog.turn_state import all_slots


def with_state(
    plan: Plan,
    session: Session,
    state: lex.SessionState | None,
    *,
    now: datetime,
    request_id: str,
) -> Session:
    """Lay the ``sessionState`` of a request over the stored session.

    Absent members keep what is stored; present ones replace it whole: ``{}`` erases the
    attributes, ``[]`` the contexts, ``{}`` the runtime hints. A dialog action and an intent
    put the bot at a point of its dialog. A state sent back as it was received changes
    nothing, the count of retries and the contexts' clocks included.

    Raises:
        lex.ValidationException: it names an intent or a slot that the bot does not have, or
            lacks the intent that its dialog action needs.
    """
    if state is None:
        return session
    changes: dict[str, object] = {}
    if state.session_attributes is not None:
        changes["session_attributes"] = dict(state.session_attributes)
    if state.active_contexts is not None:
        changes["active_contexts"] = replaced_contexts(
            live_contexts(session, now),
            state.active_contexts,
            shown_at=session.updated_at or now,
            now=now,
        )
    if state.runtime_hints is not None:
        changes["runtime_hints"] = checked_hints(plan, state.runtime_hints)
    changes |= _changed_place(plan, session, state, request_id)
    return msgspec.structs.replace(session, **changes)


def checked_hints(plan: Plan, hints: lex.RuntimeHints) -> lex.RuntimeHints | None:
    """Check that runtime hints name real intents and slots; empty ones are ``None``.

    Raises:
        lex.ValidationException: an intent or a slot is not there.
    """
    for intent_name, slots in (hints.slot_hints or {}).items():
        intent = plan.locale.intents.get(intent_name)
        if intent is None:
            raise lex.ValidationException(
                f"The runtime hints name an intent that the bot does not have: {intent_name}."
            )
        for slot in slots:
            if slot not in intent.slots:
                raise lex.ValidationException(
                    f"The runtime hints name a slot that {intent_name} does not have: {slot}."
                )
    return hints if hints.slot_hints else None


def _changed_place(
    plan: Plan, session: Session, state: lex.SessionState, request_id: str
) -> dict[str, object]:
    """Return what changes in where the dialog stands."""
    if state.intent is None and state.dialog_action is None:
        return {}
    intent = _intent(plan, state.intent) if state.intent is not None else session.intent
    same = intent is not None and session.intent is not None and intent.name == session.intent.name
    action = state.dialog_action or (session.dialog_action if same else None)
    if action is not None:
        _check_action(plan, action, intent)
    untouched = same and action == session.dialog_action
    return {
        "intent": intent,
        "dialog_action": action,
        "attempt": session.attempt if untouched else 0,
        "agent": session.agent if untouched else None,
        "choices": session.choices if action == session.dialog_action else (),
        "hook_prompt": session.hook_prompt if untouched else (),
        "waiting_until": session.waiting_until if untouched else None,
        "originating_request_id": state.originating_request_id
        or (session.originating_request_id if untouched else request_id),
    }


def _intent(plan: Plan, given: lex.Intent) -> lex.Intent:
    intent = _intent_plan(plan, given.name)
    for slot in given.slots or {}:
        if slot not in intent.slots:
            raise lex.ValidationException(
                f"The session state names a slot that {intent.name} does not have: {slot}."
            )
    return lex.Intent(
        name=intent.name,
        slots=all_slots(intent, given.slots),
        state=given.state or "InProgress",
        confirmation_state=given.confirmation_state or "None",
    )


def _intent_plan(plan: Plan, name: str) -> IntentPlan:
    intent = plan.intent(name)
    if intent is None:
        raise lex.ValidationException(
            f"The session state names an intent that the bot does not have: {name}."
        )
    return intent


def _check_action(plan: Plan, action: lex.DialogAction, intent: lex.Intent | None) -> None:
    if action.type not in ("ElicitSlot", "ConfirmIntent", "Delegate"):
        return
    if intent is None:
        raise lex.ValidationException(f"The dialog action {action.type} needs an intent.")
    known = _intent_plan(plan, intent.name)
    if action.type != "ElicitSlot":
        return
    if action.slot_to_elicit is None:
        raise lex.ValidationException("The dialog action ElicitSlot needs slotToElicit.")
    if action.slot_to_elicit not in known.slots:
        raise lex.ValidationException(
            f"The dialog action elicits a slot that {intent.name} does not have: "
            f"{action.slot_to_elicit}."
        )
