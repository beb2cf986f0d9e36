"""The record of a turn in the conversation log, as Lex's text logs in CloudWatch have it.

Source: "Viewing text logs in Amazon CloudWatch Logs" in the Lex V2 guide (section 11), and
for what is hidden "Obscuring slot values in conversation logs". Pure: a
turn in, values of JSON out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from daehwa import dialog, hooks, lex
from daehwa.conversation.calling import StateChange, TurnInProgress, Utterance
from daehwa.conversation.log_file import owner_mark
from daehwa.conversation.obfuscation import (
    HIDES_NOTHING,
    Mask,
    ObfuscatedSlots,
    Values,
    may_hold_value,
    originals,
    rewritten_slot,
    stands_in,
)

VERSION: Final = "2.0"


class LoggedTurn(msgspec.Struct, frozen=True, kw_only=True):
    """A turn as its record has it.

    ``owner`` is the session's, or empty. ``before`` is the session as the turn found it, the
    request's own state laid over it; ``understanding`` is missing in PutSession. ``elicited`` is
    what the bot had asked, ``asks`` what it asks now. ``updated`` marks a fulfilment that sent
    updates. ``at`` is when the text came.
    """

    bot: hooks.BotReference
    session_id: str
    owner: str = ""
    request: Utterance | StateChange
    before: dialog.Session
    understanding: lex.Understanding | None
    elicited: lex.Elicitation | None
    asks: lex.Elicitation | None
    outcome: dialog.TurnOutcome
    at: datetime
    updated: bool = False


def record(turn: LoggedTurn, obfuscated: ObfuscatedSlots) -> dict[str, Any]:
    """The turn's record, without what must stay hidden.

    For a missed utterance, no intent, slots or slot to elicit are recorded, as in Lex.
    """
    mask = mask_of(turn, obfuscated)
    writer = _Writer(turn, obfuscated, mask)
    outcome, request = turn.outcome, turn.request
    written: dict[str, Any] = {
        "message-version": VERSION,
        "bot": {
            "id": turn.bot.id,
            "name": turn.bot.name,
            "aliasId": turn.bot.alias_id,
            "aliasName": turn.bot.alias_name,
            "localeId": turn.bot.locale_id,
            "version": turn.bot.version,
        },
        "messages": [writer.message(message) for message in outcome.messages],
        "utteranceContext": writer.utterance_context(),
        "sessionState": writer.session_state(),
        "dialogEventLogs": [entry for each in outcome.events if (entry := writer.event(each))],
        "interpretations": []
        if outcome.missed_utterance
        else [writer.interpretation(each) for each in outcome.interpretations],
        "sessionId": turn.session_id,
        **({"owner": owner_mark(turn.owner)} if turn.owner else {}),
        "missedUtterance": outcome.missed_utterance,
        "requestId": request.request_id,
        "timestamp": _instant(turn.at),
        "developerOverride": outcome.developer_override,
        "operationName": request.operation,
    }
    if outcome.request_attributes:
        written["requestAttributes"] = mask.texts(outcome.request_attributes)
    if turn.understanding is not None:
        transcript = (
            mask.transcript(turn.understanding.text) if obfuscated else turn.understanding.text
        )
        written |= {
            "inputTranscript": transcript,
            "rawInputTranscript": transcript,
            "transcriptions": [writer.transcription(transcript)],
            "inputMode": request.input_mode,
            "responseReason": "FulfillmentCompletedResponse"
            if turn.updated
            else "UtteranceResponse",
        }
    return written


def mask_of(turn: LoggedTurn, obfuscated: ObfuscatedSlots) -> Mask:
    """Hides all that texts of the turn may hold of obfuscated slots."""
    if not obfuscated:
        return HIDES_NOTHING
    return Mask(known_values(turn, obfuscated) | _possible_values(turn, obfuscated))


def known_values(turn: LoggedTurn, obfuscated: ObfuscatedSlots) -> Values:
    """The values of obfuscated slots that the conversation holds, or held before."""
    if not obfuscated:
        return {}
    values = held_values(turn, obfuscated) | heard_values(turn, obfuscated, first_only=True)
    unseen = _unseen(turn, obfuscated)
    if unseen is not None and turn.understanding is not None:
        values[turn.understanding.text] = unseen
    return values


def held_values(turn: LoggedTurn, obfuscated: ObfuscatedSlots) -> Values:
    """The values of obfuscated slots in the session before and after the turn."""
    values = dict(turn.before.obfuscated)
    for session in (turn.before, turn.outcome.session):
        if session.intent is not None:
            values |= obfuscated.values(session.intent.name, session.intent.slots)
        for context in session.active_contexts:
            values |= {v: n for n, v in context.attributes.items() if v and obfuscated.names(n)}
    return values


def _possible_values(turn: LoggedTurn, obfuscated: ObfuscatedSlots) -> Values:
    """The values that the text would hold if it meant something else."""
    values = heard_values(turn, obfuscated)
    for interpretation in turn.outcome.interpretations:
        values |= obfuscated.values(interpretation.intent.name, interpretation.intent.slots)
    return values


def heard_values(
    turn: LoggedTurn, obfuscated: ObfuscatedSlots, *, first_only: bool = False
) -> Values:
    """The values of obfuscated slots that the text was read as, by its first meaning or by any."""
    understanding, elicited = turn.understanding, turn.elicited
    if understanding is None:
        return {}
    values: Values = {}
    if elicited is not None:
        values |= obfuscated.values(elicited.intent, _reading(understanding, elicited))
    for candidate in understanding.candidates[: 1 if first_only else None]:
        values |= obfuscated.values(candidate.intent, candidate.slots)
    return values


def _unseen(turn: LoggedTurn, obfuscated: ObfuscatedSlots) -> str | None:
    """The obfuscated slot whose value may be anywhere in the text: all of it is hidden.

    A question that was answered is not a value; one with a number or an address in it may hold one.
    """
    understanding, elicited = turn.understanding, turn.elicited
    if understanding is None:
        return None
    if (
        elicited is not None
        and obfuscated.has(elicited.intent, elicited.slot)
        and (understanding.reading is None or turn.asks == elicited)
        and not (turn.outcome.answered_question and not may_hold_value(understanding.text))
    ):
        return elicited.slot
    intent, slots = _heard(turn)
    for name, slot in slots.items():
        if obfuscated.has(intent, name) and not all(
            stands_in(value, understanding.text) for value in originals(slot)
        ):
            return name
    return None


def _heard(turn: LoggedTurn) -> tuple[str | None, dict[str, lex.Slot]]:
    """What the text was read as: the intent and the slots found."""
    understanding, elicited = turn.understanding, turn.elicited
    if understanding is None:
        return None, {}
    if elicited is not None and understanding.reading is not None:
        return elicited.intent, _reading(understanding, elicited)
    if understanding.candidates:
        return understanding.candidates[0].intent, understanding.candidates[0].slots
    return None, {}


def _reading(understanding: lex.Understanding, elicited: lex.Elicitation) -> dict[str, lex.Slot]:
    reading = understanding.reading
    if reading is None or elicited.slot is None:
        return {}
    return {**reading.others, elicited.slot: reading.slot}


class _Writer:
    """Writes the parts of a turn's record."""

    def __init__(self, turn: LoggedTurn, obfuscated: ObfuscatedSlots, mask: Mask) -> None:
        self._turn = turn
        self._obfuscated = obfuscated
        self._mask = mask
        self._missed = turn.outcome.missed_utterance

    def transcription(self, transcript: str) -> dict[str, Any]:
        written: dict[str, Any] = {
            "transcription": transcript,
            "rawTranscription": transcript,
            "transcriptionConfidence": 1.0,
        }
        intent, heard = _heard(self._turn)
        if intent is not None and not self._missed:
            slots = self._slots(intent, msgspec.to_builtins(heard))
            for slot in slots.values():
                _without_interpretation(slot)
            written["resolvedContext"] = {"intent": intent}
            written["resolvedSlots"] = slots
        return written

    def message(self, message: lex.Message) -> dict[str, Any]:
        written: dict[str, Any] = {"contentType": message.content_type}
        if message.content is not None:
            written["content"] = self._mask.text(message.content)
        card = message.image_response_card
        if card is not None:
            shown = self._mask.texts(msgspec.to_builtins(card))
            if "buttons" in shown:
                shown["buttonsList"] = shown.pop("buttons")
            written["imageResponseCard"] = shown
        return written

    def utterance_context(self) -> dict[str, Any]:
        before = self._turn.before
        written: dict[str, Any] = {}
        if before.runtime_hints is not None:
            written["activeRuntimeHints"] = self._hints(msgspec.to_builtins(before.runtime_hints))
        action = before.dialog_action
        if action is not None and action.slot_elicitation_style is not None:
            written["slotElicitationStyle"] = action.slot_elicitation_style
        return written

    def session_state(self) -> dict[str, Any]:
        written: dict[str, Any] = msgspec.to_builtins(self._turn.outcome.session_state)
        intent = written.pop("intent", None)
        if intent is not None and not self._missed:
            written["intent"] = self._intent(intent)
        if self._missed and "dialogAction" in written:
            for member in ("slotToElicit", "subSlotToElicit"):
                written["dialogAction"].pop(member, None)
        if not written.get("sessionAttributes"):
            written.pop("sessionAttributes", None)
        else:
            written["sessionAttributes"] = self._mask.texts(written["sessionAttributes"])
        for context in written.get("activeContexts", ()):
            context["contextAttributes"] = {
                name: f"{{{name}}}" if self._obfuscated.names(name) else self._mask.text(text)
                for name, text in context["contextAttributes"].items()
            }
        if "runtimeHints" in written:
            written["runtimeHints"] = self._hints(written["runtimeHints"])
        return written

    def interpretation(self, interpretation: lex.Interpretation) -> dict[str, Any]:
        written: dict[str, Any] = {
            "interpretationSource": interpretation.interpretation_source or "Lex",
            "intent": self._intent(msgspec.to_builtins(interpretation.intent)),
        }
        if interpretation.nlu_confidence is not None:
            written["nluConfidence"] = str(interpretation.nlu_confidence.score)
        detected = interpretation.sentiment_response
        if detected is not None:
            scores: dict[str, float] = msgspec.to_builtins(detected.sentiment_score)
            written["sentimentResponse"] = {
                "sentiment": detected.sentiment,
                "sentimentScore": {name: str(score) for name, score in scores.items()},
            }
        return written

    def event(self, event: dialog.DialogEvent) -> dict[str, Any]:
        written: dict[str, Any] = {}
        if event.conditional_evaluation_result:
            written["conditionalEvaluationResult"] = [
                {
                    "conditionalBranchName": self._mask.text(tried.conditional_branch_name),
                    "expressionString": self._mask.text(tried.expression_string),
                    "evaluatedExpression": self._mask.text(tried.evaluated_expression),
                    "evaluationResult": tried.evaluation_result,
                }
                for tried in event.conditional_evaluation_result
            ]
        if event.dialog_code_hook_invocation_label is not None:
            written["dialogCodeHookInvocationLabel"] = event.dialog_code_hook_invocation_label
        if event.next_step is not None:
            written["nextStep"] = {"dialogAction": {"type": event.next_step}}
        return written

    def _intent(self, written: dict[str, Any]) -> dict[str, Any]:
        if written.get("slots"):
            written = written | {"slots": self._slots(written["name"], written["slots"])}
        return written

    def _slots(self, intent: str, written: dict[str, Any]) -> dict[str, Any]:
        return shown_slots(intent, written, self._obfuscated, self._mask)

    def _hints(self, written: dict[str, Any]) -> dict[str, Any]:
        """Runtime hints, which may hold the values that are expected."""
        hidden = self._obfuscated
        return {
            "slotHints": {
                intent: {
                    slot: _hidden_phrases(slot, content)
                    if hidden.has(intent, slot)
                    else self._mask.texts(content)
                    for slot, content in slots.items()
                }
                for intent, slots in written.get("slotHints", {}).items()
            }
        }


def shown_slots(
    intent: str, written: dict[str, Any], obfuscated: ObfuscatedSlots, mask: Mask
) -> dict[str, Any]:
    """An intent's slots, as they are on the wire, without the values of obfuscated ones."""
    return {
        # A slot that is not obfuscated may hold the words of one that is.
        name: rewritten_slot(
            slot, _always(f"{{{name}}}") if obfuscated.has(intent, name) else mask.text
        )
        for name, slot in written.items()
    }


def _always(text: str) -> Callable[[str], str]:
    return lambda _: text


def _hidden_phrases(slot: str, content: Any) -> Any:
    if isinstance(content, str):
        return f"{{{slot}}}"
    if isinstance(content, dict):
        return {name: _hidden_phrases(slot, each) for name, each in content.items()}
    return (
        [_hidden_phrases(slot, each) for each in content] if isinstance(content, list) else content
    )


def _without_interpretation(slot: Any) -> None:
    """The slot with only what the person said: nothing has been chosen yet."""
    if isinstance(slot, dict):
        slot.get("value", {}).pop("interpretedValue", None)
        for part in (*slot.get("values", ()), *slot.get("subSlots", {}).values()):
            _without_interpretation(part)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def logged_turn(
    progress: TurnInProgress,
    *,
    before: dialog.Session,
    understanding: lex.Understanding | None,
    outcome: dialog.TurnOutcome,
    at: datetime,
) -> LoggedTurn:
    """What a turn's record is made of."""
    return LoggedTurn(
        bot=progress.bot,
        session_id=progress.address.session_id,
        owner=progress.address.owner,
        request=progress.request,
        before=before,
        understanding=understanding,
        elicited=dialog.elicitation(progress.served.plan, before),
        asks=dialog.elicitation(progress.served.plan, outcome.session),
        outcome=outcome,
        at=at,
        updated=progress.updated,
    )
