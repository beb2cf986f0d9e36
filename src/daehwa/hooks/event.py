"""The event that a code hook is sent (section 7), to the letter of recorded ones."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from daehwa import dialog, lex
from daehwa.hooks.quotas import check_event

RESPONSE_CONTENT_TYPE: Final = "text/plain; charset=utf-8"


class BotReference(msgspec.Struct, frozen=True, kw_only=True):
    """The bot, version, alias and locale of an event."""

    id: str
    name: str
    version: str
    locale_id: str
    alias_id: str
    alias_name: str


def event(
    call: dialog.HookCall, *, bot: BotReference, session_id: str, quotas: bool = False
) -> dict[str, Any]:
    """Write a call as the JSON event of Lex's Lambda contract, version 1.0.

    ``nluConfidence`` is a plain number here, unlike in the runtime API. ``invocationLabel``
    and ``proposedNextState`` are left out when there is none.

    Raises:
        lex.DependencyFailedException: ``quotas`` is on and the event is over Lex's 12 KB.
    """
    written: dict[str, Any] = {
        "messageVersion": "1.0",
        "invocationSource": call.source,
        "inputMode": call.input_mode,
        "responseContentType": RESPONSE_CONTENT_TYPE,
        "sessionId": session_id,
        "inputTranscript": call.transcript,
        "bot": {
            "id": bot.id,
            "name": bot.name,
            "version": bot.version,
            "localeId": bot.locale_id,
            "aliasId": bot.alias_id,
            "aliasName": bot.alias_name,
        },
        "interpretations": [_interpretation(i) for i in call.interpretations],
        "requestAttributes": dict(call.request_attributes) or None,
        "sessionState": _session_state(call),
        "transcriptions": _transcriptions(call),
    }
    if call.label:
        written["invocationLabel"] = call.label
    if call.proposed_next_state is not None:
        written["proposedNextState"] = _proposal(call.proposed_next_state)
    if quotas:
        check_event(written)
    return written


def _intent(intent: lex.Intent) -> dict[str, Any]:
    written: dict[str, Any] = msgspec.to_builtins(intent)
    written.setdefault("slots", {})
    written.setdefault("state", "InProgress")
    written.setdefault("confirmationState", "None")
    for slot in written["slots"].values():
        _add_null_interpretation(slot)
    return written


def _add_null_interpretation(slot: dict[str, Any] | None) -> None:
    """Write the interpretation that an unclear value lacks as null, as Lex does."""
    if slot is None:
        return
    if "value" in slot:
        slot["value"].setdefault("interpretedValue", None)
    for part in (*slot.get("values", ()), *slot.get("subSlots", {}).values()):
        _add_null_interpretation(part)


def _interpretation(interpretation: lex.Interpretation) -> dict[str, Any]:
    written: dict[str, Any] = {
        "intent": _intent(interpretation.intent),
        "interpretationSource": interpretation.interpretation_source or "Lex",
    }
    if interpretation.nlu_confidence is not None:
        written["nluConfidence"] = interpretation.nlu_confidence.score
    if interpretation.sentiment_response is not None:
        written["sentimentResponse"] = msgspec.to_builtins(interpretation.sentiment_response)
    return written


def _session_state(call: dialog.HookCall) -> dict[str, Any]:
    state = call.session_state
    written: dict[str, Any] = msgspec.to_builtins(state)
    written["activeContexts"] = list(written.get("activeContexts", ()))
    written.setdefault("sessionAttributes", {})
    if state.intent is not None:
        written["intent"] = _intent(state.intent)
        if call.kendra_response is not None:
            written["intent"]["kendraResponse"] = call.kendra_response
    return written


def _transcriptions(call: dialog.HookCall) -> list[dict[str, Any]]:
    if not call.transcript:
        return []
    intent = call.session_state.intent
    written: dict[str, Any] = {
        "transcription": call.transcript,
        "transcriptionConfidence": 1.0,
        "resolvedSlots": {n: _without_interpretation(s) for n, s in call.resolved_slots.items()},
    }
    if intent is not None:
        written["resolvedContext"] = {"intent": intent.name}
    return [written]


def _without_interpretation(slot: lex.Slot) -> dict[str, Any]:
    """Write a slot's words and their resolutions, nothing chosen yet."""
    written: dict[str, Any] = msgspec.to_builtins(slot)
    _drop_interpretation(written)
    return written


def _drop_interpretation(slot: dict[str, Any]) -> None:
    if "value" in slot:
        slot["value"].pop("interpretedValue", None)
    for part in (*slot.get("values", ()), *slot.get("subSlots", {}).values()):
        if part is not None:
            _drop_interpretation(part)


def _proposal(proposal: dialog.ProposedNextState) -> dict[str, Any]:
    attempt = proposal.attempt
    return {
        "intent": _intent(proposal.intent),
        "dialogAction": msgspec.to_builtins(proposal.dialog_action),
        "prompt": {"attempt": f"Retry{attempt}" if attempt else "Initial"},
    }
