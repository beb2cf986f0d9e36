"""Intents that search or generate: Kendra, QnA, Bedrock agents, Q in Connect (section 5).

They are called when a text fits no other intent; what they find goes into the request
attributes that the bot's own messages refer to.
"""

from __future__ import annotations

from collections.abc import Collection, Generator
from typing import Any

from daehwa import lex
from daehwa.dialog.calls import Answer, HookCall, HookFailed, HookResult
from daehwa.dialog.plan import IntentPlan, SearchKind
from daehwa.dialog.stages import fall_back
from daehwa.dialog.working import DONE, FULFILL, Flow, Move, Working

KENDRA: tuple[SearchKind, ...] = ("KendraSearch",)
"""The only search that is also tried when a reply misses its slot."""

ALL_KINDS: tuple[SearchKind, ...] = ("QnA", "KendraSearch", "BedrockAgent", "QInConnect")

_RESPONSE: dict[SearchKind, str] = {
    "QnA": "x-amz-lex:qnA-search-response",
    "KendraSearch": "x-amz-lex:kendra-search-response-answer-1",
    "BedrockAgent": "x-amz-lex:bedrock-agent-search-response",
    "QInConnect": "x-amz-lex:q-in-connect-response",
}
_SOURCE: dict[SearchKind, str] = {
    "QnA": "x-amz-lex:qnA-search-response-source",
    "KendraSearch": "x-amz-lex:kendra-search-response-answer-link-1",
}
_CONTEXT: dict[SearchKind, str] = {"QnA": "x-amz-lex:qna-additional-context"}


def search(
    w: Working, kinds: Collection[SearchKind] = ALL_KINDS
) -> Generator[HookCall, HookResult, Move | None]:
    """Ask the locale's search intents; the first that finds something takes the turn.

    ``None`` when there is none, or none finds anything: a search that fails counts as one
    that found nothing, and FallbackIntent is left to speak.
    """
    for name, kind in w.plan.searches:
        intent = w.plan.intent(name)
        if kind not in kinds or intent is None:
            continue
        result = yield from _ask(w, intent, kind)
        if isinstance(result, Answer):
            return _found(w, intent, kind, result)
    return None


def agent_turn(w: Working, intent: IntentPlan) -> Flow:
    """Hand a text to the agent that the conversation stays in until it has finished."""
    stored = w.session.intent
    w.resume(intent, stored.slots if stored else None, "InProgress", "None")
    result = yield from _ask(w, intent, "BedrockAgent")
    if not isinstance(result, Answer):
        w.missed = True
        if isinstance(result, HookFailed):
            raise lex.DependencyFailedException(result.message)
        return fall_back(w)
    if not result.finished:
        return _stay(w, intent, result)
    _remember(w, "BedrockAgent", result)
    return FULFILL


def _ask(
    w: Working, intent: IntentPlan, kind: SearchKind
) -> Generator[HookCall, HookResult, HookResult]:
    return (
        yield from w.call(
            "FulfillmentCodeHook", kind=kind, intent=intent, configuration=_configuration(intent)
        )
    )


def _configuration(intent: IntentPlan) -> dict[str, Any] | None:
    definition = intent.definition
    return (
        definition.kendra_configuration
        or definition.qna_intent_configuration
        or definition.bedrock_agent_intent_configuration
        or definition.q_in_connect_intent_configuration
    )


def _found(w: Working, intent: IntentPlan, kind: SearchKind, answer: Answer) -> Move:
    if kind == "BedrockAgent" and not answer.finished:
        w.enter(intent)
        return _stay(w, intent, answer)
    _remember(w, kind, answer)
    return Move("Start", intent.name)


def _remember(w: Working, kind: SearchKind, answer: Answer) -> None:
    found = {_RESPONSE[kind]: answer.text}
    if answer.source is not None and kind in _SOURCE:
        found[_SOURCE[kind]] = answer.source
    if answer.additional_context is not None and kind in _CONTEXT:
        found[_CONTEXT[kind]] = answer.additional_context
    w.scope.request_attributes = {**w.scope.request_attributes, **found, **answer.attributes}
    w.found = answer.text
    w.kendra_response = answer.kendra_response


def _stay(w: Working, intent: IntentPlan, answer: Answer) -> Move:
    """Say what the agent said and leave the conversation with it."""
    w.scope.request_attributes = {
        **w.scope.request_attributes,
        _RESPONSE["BedrockAgent"]: answer.text,
        **answer.attributes,
    }
    w.say_given([lex.Message(content_type="PlainText", content=answer.text)], literal=True)
    w.agent = intent.name
    w.action = lex.DialogAction(type="ElicitIntent")
    return DONE
