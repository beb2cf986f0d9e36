"""Holding test conversations with a bot, one after the other, and saying how they went."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import msgspec

from daehwa.care.testing import seeing
from daehwa.care.testing.playing import Expectation, PlayChannel, PlayedStep, PlayStep, play
from daehwa.care.testing.values import (
    Conversation,
    ConversationResult,
    ConversationTurn,
    TurnResult,
    Unmet,
)


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """Where a conversation is held, or why it is not."""

    place: dict[str, str] = {}
    locale: str = ""
    skip: str | None = None


class Bench(PlayChannel, Protocol):
    """What holds test conversations: the bots of this process, or the real Lex."""

    def hold(self, conversation: Conversation) -> Held:
        """Set everything up for a conversation, and return where it is held."""

    def prepare(self, turn: ConversationTurn) -> None:
        """Prepare for what a turn expects, before it is sent."""

    def remarks(self) -> list[str]:
        """What else went wrong in the turn."""

    def hook_errors(self) -> list[str]:
        """What code hooks raised in the turn, to be shown if it failed."""

    def unknowable(self, conversation: Conversation, turn: ConversationTurn) -> set[str]:
        """The members that cannot be known here, as the file calls them (``slots.Date``)."""


def hold_all(
    conversations: Iterable[Conversation],
    bench: Bench,
    *,
    stop_early: bool = False,
    report: Callable[[ConversationResult], None] = lambda result: None,  # noqa: ARG005
) -> list[ConversationResult]:
    """Hold the conversations; ``stop_early`` ends with the first that fails."""
    results = []
    for conversation in conversations:
        result = _hold(conversation, bench)
        results.append(result)
        report(result)
        if stop_early and result.outcome == "failed":
            break
    return results


def _hold(conversation: Conversation, bench: Bench) -> ConversationResult:
    begun = time.perf_counter()
    held = Held(skip=conversation.skip) if conversation.skip else bench.hold(conversation)
    turns = () if held.skip is not None else tuple(_turns(conversation, bench, held))
    failed = any(turn.unmet for turn in turns)
    return ConversationResult(
        name=conversation.name,
        file=conversation.file,
        line=conversation.line,
        locale=held.locale or conversation.locale or "",
        outcome="skipped" if held.skip is not None else "failed" if failed else "passed",
        turns=turns,
        seconds=round(time.perf_counter() - begun, 4),
        reason=held.skip or "",
    )


def _turns(conversation: Conversation, bench: Bench, held: Held) -> Iterator[TurnResult]:
    """The turns up to the first that is not as expected: those after it depend on it."""
    hidden: list[set[str]] = []
    steps = _steps(conversation, bench, hidden)
    for turn, exchange in zip(conversation.turns, play(steps, bench, held.place), strict=False):
        result = _result(turn, exchange, hidden[-1], bench.hook_errors())
        yield result
        if result.unmet:
            return


def _steps(conversation: Conversation, bench: Bench, hidden: list[set[str]]) -> Iterator[PlayStep]:
    for number, turn in enumerate(conversation.turns):
        unknowable = bench.unknowable(conversation, turn)
        compared = tuple(e for e in turn.expectations if not _is_hidden(e, unknowable))
        hidden.append({e.member for e in turn.expectations} - {e.member for e in compared})
        attributes = turn.attributes
        if number == 0 and conversation.attributes:
            attributes = {**conversation.attributes, **(attributes or {})}
        members: dict[str, object] = {"text": turn.text}
        if attributes is not None:
            members["sessionState"] = {"sessionAttributes": attributes}
        if turn.request_attributes is not None:
            members["requestAttributes"] = turn.request_attributes
        bench.prepare(turn)
        yield PlayStep(
            operation="RecognizeText",
            members=members,
            expectations=compared,
            pause=turn.pause,
            complete=seeing.complete,
            inspect=bench.remarks,
        )


def _is_hidden(expectation: Expectation, unknowable: set[str]) -> bool:
    member = expectation.member
    return member in unknowable or member.partition(".")[0] in unknowable


def _result(
    turn: ConversationTurn, exchange: PlayedStep, hidden: set[str], hook_errors: list[str]
) -> TurnResult:
    answer = exchange.answer
    unmet = [
        Unmet(
            member=each.member,
            expected=each.shown,
            came=str(wrong[0]) if each.member == "expect" else seeing.came(answer, each.member),
        )
        for each, wrong in exchange.unmet
    ]
    if exchange.failure is not None:
        unmet = [Unmet(member="reply", expected="", came=seeing.came(answer, "error"))]
    unmet += [Unmet(member="script", expected="", came=remark) for remark in exchange.remarks]
    if unmet:
        unmet += [Unmet(member="hook", expected="", came=each) for each in hook_errors]
    if unmet and turn.agent is not None:
        unmet.append(Unmet(member="agent", expected=turn.agent, came=seeing.came(answer, "bot")))
    return TurnResult(
        text=turn.text,
        line=turn.line,
        unmet=tuple(unmet),
        score=seeing.score(answer),
        messages=tuple(seeing.messages(answer)),
        not_compared=tuple(sorted(hidden)),
    )
