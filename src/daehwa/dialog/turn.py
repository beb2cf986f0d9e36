"""One turn of a conversation, and a client's setting of its state: the doors of the machine."""

from __future__ import annotations

from collections.abc import Sequence

from daehwa import bot, lex
from daehwa.dialog.calls import Turn, TurnContext
from daehwa.dialog.plan import IntentPlan, plan_of
from daehwa.dialog.reply import asked, confirmation_reply, eligible_intents, recognised, slot_reply
from daehwa.dialog.searching import KENDRA, agent_turn, search
from daehwa.dialog.session import Session
from daehwa.dialog.stages import (
    answer_confirmation,
    answer_slot,
    ask_confirmation,
    ask_slot,
    fall_back,
    run,
)
from daehwa.dialog.state import with_state
from daehwa.dialog.working import CLOSE, DECLINE, DONE, END, FULFILL, NEXT, Flow, Move, Working


def turn(
    locale: bot.BotLocale,
    session: Session,
    understanding: lex.Understanding,
    *,
    context: TurnContext,
) -> Turn:
    """Move a conversation by one text.

    A generator: it yields ``HookCall``, is sent ``HookResult``, returns ``TurnOutcome``.
    ``session`` is the stored one, with the request's own state already laid over it
    (``with_state``). The same input gives the same output.

    Raises ``lex.DependencyFailedException`` when a code hook fails and the bot has no words
    for it, ``lex.ValidationException`` when the bot's next steps go in a circle.
    """
    plan = plan_of(locale)
    w = Working(plan, session, understanding, context)
    move = yield from _first(w)
    yield from run(w, move)
    return w.outcome()


def _first(w: Working) -> Flow:
    """Take the text for what it is: a reply to what was asked, or a fresh request."""
    locale, session = w.plan.locale, w.session
    eligible = eligible_intents(locale, session, w.context.now)
    if any(c.intent not in eligible for c in w.candidates):
        w.candidates = tuple(c for c in w.candidates if c.intent in eligible)
    if session.agent is not None and (agent := w.plan.intent(session.agent)) is not None:
        return (yield from agent_turn(w, agent))
    question = asked(session, locale)
    stored = session.intent
    if question is None or stored is None or (intent := w.plan.intent(stored.name)) is None:
        return (yield from _request(w, eligible))
    w.resume(intent, stored.slots, "InProgress", stored.confirmation_state or "None")
    if question.confirmation:
        return (yield from _confirmation(w, intent, eligible))
    return (yield from _slot(w, intent, question, eligible))


def _confirmation(w: Working, intent: IntentPlan, eligible: frozenset[str]) -> Flow:
    reply = confirmation_reply(
        w.understanding, intent=intent.name, eligible=eligible, threshold=w.threshold
    )
    w.confidence = reply.confidence
    if reply.kind == "Switch":
        return _recognise(w, reply.candidate)
    return (yield from answer_confirmation(w, reply))


def _slot(w: Working, intent: IntentPlan, question: lex.Asked, eligible: frozenset[str]) -> Flow:
    slot = intent.slots[question.slot or ""]
    reply = slot_reply(
        w.understanding,
        intent=intent.name,
        slot=slot,
        filled=w.slots,
        eligible=eligible,
        threshold=w.threshold,
    )
    w.confidence = reply.confidence
    if reply.kind == "Switch":
        return _recognise(w, reply.candidate)
    if reply.kind == "Missed":
        found = yield from search(w, kinds=KENDRA)
        if found is not None:
            return found
    return (yield from answer_slot(w, slot, question.sub_slot, reply))


def _request(w: Working, eligible: frozenset[str]) -> Flow:
    candidate = recognised(w.understanding, eligible, w.threshold)
    if candidate is not None:
        return _recognise(w, candidate)
    w.missed = True
    found = yield from search(w)
    return fall_back(w) if found is None else found


def _recognise(w: Working, candidate: lex.Candidate | None) -> Move:
    if candidate is None:
        return END
    w.confidence = candidate.score
    w.scope.resolved_slots = candidate.slots
    return Move("Start", candidate.intent, slots=dict(candidate.slots))


# --- PutSession -----------------------------------------------------------------------


def put_session(
    locale: bot.BotLocale,
    session: Session,
    state: lex.SessionState,
    messages: Sequence[lex.Message] = (),
    *,
    context: TurnContext,
) -> Turn:
    """Set a conversation's state, as PutSession does.

    ``session`` is the stored one, or a fresh one. ``messages`` are said as given, in place
    of the bot's own prompt; Delegate lets the bot go on from there and speak as well.

    Raises ``lex.ValidationException`` when the state names what the bot does not have.
    """
    laid = with_state(locale, session, state, now=context.now, request_id=context.request_id)
    w = Working(plan_of(locale), laid, lex.Understanding(text=""), context)
    w.say_given(messages, literal=True)
    if laid.intent is not None and (intent := w.plan.intent(laid.intent.name)) is not None:
        given = laid.intent
        w.resume(
            intent, given.slots, given.state or "InProgress", given.confirmation_state or "None"
        )
        w.said_since_entry = len(messages)
    yield from run(w, _placed(w, session, given_messages=bool(messages)))
    return w.outcome()


def _placed(w: Working, before: Session, *, given_messages: bool) -> Move:
    """Say where a state that a client set leads."""
    action = w.session.dialog_action
    match action.type if action else "None":
        case "Delegate":
            return _delegated(w, before)
        case "ElicitSlot":
            slot = w.current.slots[(action.slot_to_elicit if action else None) or ""]
            return ask_slot(w, slot, suppress=given_messages)
        case "ConfirmIntent":
            return ask_confirmation(w, suppress=given_messages)
        case "Close":
            w.state_by_hook = True
    return DONE


def _delegated(w: Working, before: Session) -> Move:
    """Let the bot decide, by the intent's state, what comes next."""
    asked_before = asked(before, w.plan.locale)
    match (w.state, w.confirmation):
        case ("ReadyForFulfillment", _) | (_, "Confirmed"):
            return FULFILL
        case ("Fulfilled", _):
            return CLOSE
        case ("Failed", _):
            return END
        case (_, "Denied"):
            return DECLINE
    if asked_before is not None and asked_before.intent == w.current.name:
        return NEXT
    return Move("Start", w.current.name, slots=dict(w.slots))
