"""The path of a turn in the program's own log: where it ended, and each step with ``debug``.

Where a turn ended stands in the line of its request; in one of its own where it outlived that.

Names, scores, times and the request's id, and nothing of what was said: no texts, no values of
slots; nor a session's id, which opens the session. The conversation log (``[logs]``) has those.
"""

from __future__ import annotations

import logging

import structlog

from daehwa import chat, dialog, lex, stores, tracing
from daehwa.conversation.calling import Utterance
from daehwa.conversation.values import Address

_log = structlog.get_logger(__name__)


def trace_understanding(
    address: Address,
    request_id: str,
    understanding: lex.Understanding,
    plan: dialog.Plan,
    session: dialog.Session,
    *,
    level: int,
) -> None:
    """Log what a text was read as, in the light of what the bot had asked by its ``session``.

    ``level`` is the ``least_level``, here and below.
    """
    if level > logging.DEBUG:
        return
    elicited = dialog.elicitation(plan, session)
    reading = understanding.reading
    _log.debug(
        "turn_understood",
        request_id=request_id,
        bot=address.bot_id,
        locale=address.locale_id,
        elicited=None if elicited is None else _described(elicited),
        intents={c.intent: round(c.score, 3) for c in understanding.candidates},
        slots={c.intent: list(c.slots) for c in understanding.candidates if c.slots},
        reading=None if reading is None else round(reading.score, 3),
        confirmation=understanding.confirmation,
    )


def trace_outcome(
    request_id: str,
    address: Address,
    outcome: dialog.TurnOutcome,
    *,
    source: str,
    timing: chat.Timing | None,
    level: int,
) -> None:
    """Log where the turn ended; with ``debug`` each step that the dialog took, too."""
    intent = outcome.session_state.intent
    ended = {
        "bot": address.bot_id,
        "locale": address.locale_id,
        "intent": intent and intent.name,
        "state": intent and intent.state,
        "source": source,
        "nlu_ms": timing and timing.nlu_ms,
    }
    noted = tracing.note_turn(ended)
    if level > logging.DEBUG:
        if not noted and level <= logging.INFO:
            _log.info("turn_ended", request_id=request_id, ms=timing and timing.total_ms, **ended)
        return
    for event in outcome.events:
        _log.debug(
            "turn_step",
            request_id=request_id,
            code_hook=event.code_hook,
            label=event.dialog_code_hook_invocation_label,
            branches={
                tried.conditional_branch_name: tried.evaluation_result
                for tried in event.conditional_evaluation_result
            }
            or None,
            next_step=event.next_step,
        )
    state = outcome.session_state
    action = state.dialog_action
    _log.debug(
        "turn_ended",
        request_id=request_id,
        **ended,
        confirmation=intent and intent.confirmation_state,
        action=action and action.type,
        slot=action and action.slot_to_elicit,
        messages=len(outcome.messages),
        missed=outcome.missed_utterance,
        ms=timing and timing.total_ms,
    )


def trace_failure(
    utterance: Utterance, address: Address, error: lex.LexError | stores.StoreError
) -> None:
    """Log a turn that ended in an error, which its caller gets."""
    ended = {"bot": address.bot_id, "locale": address.locale_id}
    if not tracing.note_turn(ended):
        _log.info(
            "turn_ended",
            request_id=utterance.request_id,
            error=type(error).__name__,
            **ended,
        )


def least_level() -> int:
    """The least level that is written: to be looked at once a turn."""
    # ``bind`` is what structlog's lazy logger remembers.
    level: int = _log.bind().get_effective_level()
    return level


def _described(elicited: lex.Elicitation) -> str:
    """What the bot had asked: ``Intent.Slot``, or the intent that it wants confirmed."""
    names = (elicited.intent, elicited.slot, elicited.sub_slot)
    return ".".join(name for name in names if name) + ("?" if elicited.confirmation else "")
