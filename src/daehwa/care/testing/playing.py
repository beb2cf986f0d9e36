"""The engine: a conversation held through a channel, each response compared as it comes.

Conversation tests (``daehwa test``) and the conformance suite are both lists of ``PlayStep``,
played here on a clock that is set (``SetClock``), with code hooks whose replies are scripted
(``daehwa.care.testing.replying``), and compared by the rules of ``daehwa.care.testing.comparing``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

import msgspec

from daehwa.care.testing.comparing import Mismatch, differences, recalled
from daehwa.care.testing.wire import response


class SetClock:
    """A clock that stands still until it is put forward; it gives ``now``."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The time."""
        return self.now

    def forward(self, seconds: float) -> None:
        """Let so many seconds pass."""
        self.now += timedelta(seconds=seconds)


class PlayChannel(Protocol):
    """A way to a bot: in process, boto3 and a live server, boto3 and the real Lex."""

    def send(self, operation: str, members: dict[str, Any]) -> dict[str, Any]:
        """The response as botocore parses it, errors too (``Error``: ``Code``, ``Message``)."""

    def wait(self, seconds: float) -> None:
        """Let time pass."""


class Expectation(msgspec.Struct, frozen=True, kw_only=True):
    """What is ``wanted`` of a response, by the words of ``comparing``.

    ``member`` is what its author calls it, and ``shown`` how it was written.
    """

    member: str
    wanted: Any
    shown: str = ""


class PlayStep(msgspec.Struct, frozen=True, kw_only=True):
    """A request of a conversation and what is expected of its response.

    ``members`` are the request's, beside those that say where; ``address`` are those that are
    others in this step alone. ``pause`` are the seconds that pass before it. ``prepare`` is called
    before it is sent and returns labels of the address that change from then on;
    ``complete`` gets the response and may adjust it before it is compared; ``inspect`` says, at
    the end, what else is wrong.
    """

    operation: str
    members: dict[str, Any]
    expectations: tuple[Expectation, ...] = ()
    address: dict[str, str] = {}
    pause: float = 0
    prepare: Callable[[], Mapping[str, str]] = dict
    complete: Callable[[dict[str, Any]], object] = id
    inspect: Callable[[], Iterable[str]] = tuple


class PlayedStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step as it went: what was sent, what came back, and what was not as expected.

    ``unmet`` has the differences of each expectation that was not met; ``remarks`` is what
    ``PlayStep.inspect`` said.
    """

    operation: str
    sent: dict[str, Any]
    answer: dict[str, Any]
    unmet: list[tuple[Expectation, list[Mismatch]]]
    failure: str | None = None
    remarks: list[str] = []

    @property
    def problems(self) -> list[str]:
        """Everything that is wrong, a sentence each; where the request failed, only that."""
        sentences = [str(each) for _, wrong in self.unmet for each in wrong]
        return ([self.failure] if self.failure is not None else sentences) + self.remarks


def play(
    steps: Iterable[PlayStep], channel: PlayChannel, address: Mapping[str, str]
) -> Iterator[PlayedStep]:
    """Take the steps one after another, even if earlier ones failed.

    ``address`` says where the conversation is held: ``botId``, ``botAliasId``, ``localeId`` and
    ``sessionId``. A caller that asks for no further step ends the conversation.
    """
    place = dict(address)
    before: dict[str, Any] | None = None
    for step in steps:
        if step.pause:
            channel.wait(step.pause)
        place |= step.prepare()
        members = {**place, **step.address, **step.members}
        answer = response(step.operation, channel.send(step.operation, members))
        step.complete(answer)
        unmet = [
            (expectation, wrong)
            for expectation in step.expectations
            if (wrong := _differences(expectation, answer, before))
        ]
        yield PlayedStep(
            operation=step.operation,
            sent=step.members,
            answer=answer,
            unmet=unmet,
            failure=_failure(step, answer),
            remarks=list(step.inspect()),
        )
        before = answer


def _differences(
    expectation: Expectation, answer: dict[str, Any], before: dict[str, Any] | None
) -> list[Mismatch]:
    wanted = recalled(expectation.wanted, before)
    return list(differences(wanted, answer, expectation.member))


def _failure(step: PlayStep, answer: dict[str, Any]) -> str | None:
    """That the request failed, where no error was expected."""
    expected = any(
        isinstance(each.wanted, dict) and "error" in each.wanted for each in step.expectations
    )
    if expected or "error" not in answer:
        return None
    return f"{step.operation} failed: {answer['error']}"
