"""Intents that search or generate: Kendra, QnA, Bedrock agents, Q in Connect (section 5).

They are called when a text fits no other intent; what they answer goes into the request
attributes that the bot's own messages refer to.
"""

from __future__ import annotations

from collections.abc import Collection, Generator
from typing import Any

from daehwa import lex
from daehwa.dialog.calls import HookCall, HookFailed, HookResult, SearchResult
from daehwa.dialog.entering import fallback
from daehwa.dialog.intent_plan import IntentPlan
from daehwa.dialog.interpreted_reply import InterpretedReply
from daehwa.dialog.plan import SearchKind
from daehwa.dialog.transition import DONE, FULFILL_INTENT, StageFlow, Transition
from daehwa.dialog.turn_state import TurnState

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
    turn: TurnState, kinds: Collection[SearchKind] = ALL_KINDS
) -> Generator[HookCall, HookResult, Transition | None]:
    """Call the locale's search intents; the first that has an answer takes the turn.

    ``None`` when there is none, or none has an answer: a search that fails counts as one
    without an answer, and FallbackIntent takes the turn.
    """
    for candidate in turn.plan.searches:
        intent = turn.plan.intent(candidate.name)
        if candidate.kind not in kinds or intent is None:
            continue
        result = yield from _call_service(turn, intent, candidate.kind)
        if isinstance(result, SearchResult):
            return _take_result(turn, intent, candidate.kind, result)
    return None


def search_or_fall_back(turn: TurnState, _: InterpretedReply) -> StageFlow:
    """Take a text that fits no intent: what a search answers, else FallbackIntent."""
    turn.missed_utterance = True
    answered = yield from search(turn)
    return fallback(turn) if answered is None else answered


def call_agent(turn: TurnState, intent: IntentPlan) -> StageFlow:
    """Hand a text to the agent that the conversation stays in until it has finished."""
    stored = turn.session.intent
    turn.resume(intent, stored.slots if stored else None, "InProgress", "None")
    result = yield from _call_service(turn, intent, "BedrockAgent")
    if not isinstance(result, SearchResult):
        turn.missed_utterance = True
        if isinstance(result, HookFailed):
            raise lex.DependencyFailedException(result.message)
        return fallback(turn)
    if not result.finished:
        return _stay_with_agent(turn, intent, result)
    _set_request_attributes(turn, "BedrockAgent", result)
    return FULFILL_INTENT


def _call_service(
    turn: TurnState, intent: IntentPlan, kind: SearchKind
) -> Generator[HookCall, HookResult, HookResult]:
    return (
        yield from turn.call(
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


def _take_result(
    turn: TurnState, intent: IntentPlan, kind: SearchKind, answer: SearchResult
) -> Transition:
    if kind == "BedrockAgent" and not answer.finished:
        turn.enter(intent)
        return _stay_with_agent(turn, intent, answer)
    _set_request_attributes(turn, kind, answer)
    return Transition("StartIntent", intent=intent.name)


def _set_request_attributes(turn: TurnState, kind: SearchKind, answer: SearchResult) -> None:
    attributes = {_RESPONSE[kind]: answer.text}
    if answer.source is not None and kind in _SOURCE:
        attributes[_SOURCE[kind]] = answer.source
    if answer.additional_context is not None and kind in _CONTEXT:
        attributes[_CONTEXT[kind]] = answer.additional_context
    turn.scope.request_attributes = {
        **turn.scope.request_attributes,
        **attributes,
        **answer.attributes,
    }
    turn.search_text = answer.text
    turn.kendra_response = answer.kendra_response


def _stay_with_agent(turn: TurnState, intent: IntentPlan, answer: SearchResult) -> Transition:
    """Pass on the agent's answer and leave the conversation with it."""
    turn.scope.request_attributes = {
        **turn.scope.request_attributes,
        _RESPONSE["BedrockAgent"]: answer.text,
        **answer.attributes,
    }
    turn.respond_with([lex.Message(content_type="PlainText", content=answer.text)], literal=True)
    turn.agent = intent.name
    turn.action = lex.DialogAction(type="ElicitIntent")
    return DONE
