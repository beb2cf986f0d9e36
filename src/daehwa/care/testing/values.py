"""Conversation tests as values: what is said, what is expected, and how it went."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from daehwa.care.testing.playing import Expectation


class ConversationTurn(msgspec.Struct, frozen=True, kw_only=True):
    """What is said in a turn, and what is expected of the reply.

    ``line`` is where it stands in the file. ``pause`` are the seconds that pass before it.
    ``agent`` is what a test set's Agent row has after it, which is shown and not compared.
    """

    text: str
    line: int
    pause: float = 0
    attributes: dict[str, str] | None = None
    request_attributes: dict[str, str] | None = None
    expectations: tuple[Expectation, ...] = ()
    agent: str | None = None

    @property
    def members(self) -> frozenset[str]:
        """The members that are expected, as the file calls them: ``slots`` for each of its own."""
        return frozenset(each.member.partition(".")[0] for each in self.expectations)


class ScriptedReply(msgspec.Struct, frozen=True, kw_only=True):
    """What a code hook replies in a test: an ``instruction`` for ``replying``."""

    instruction: dict[str, Any]


class ScriptedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What a model answers in a test, and whose words they are."""

    text: str
    source: str = "chatgpt"


class ModelScript(msgspec.Struct, frozen=True, kw_only=True):
    """Who answers as a model.

    ``off``: nobody. ``scripted``: ``answers`` in their order, then those of ``by_question``, whose
    keys are texts or ``/patterns/``. ``recorded``: what the file beside the test has. ``live``: the
    configured one.
    """

    mode: Literal["off", "scripted", "recorded", "live"] = "off"
    answers: tuple[ScriptedAnswer, ...] = ()
    by_question: dict[str, ScriptedAnswer] = {}


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation of a test file.

    ``file`` is the path as it was given. ``bot`` is a name or a path, ``locale`` and ``now``
    are ``None`` where the file leaves them to the command. ``hooks`` are replies by the name of
    a hook, an intent or an invocation label; each a list that is used up, or one that always holds.
    """

    name: str
    file: str
    line: int
    turns: tuple[ConversationTurn, ...]
    bot: str | None = None
    locale: str | None = None
    now: datetime | None = None
    hooks: dict[str, tuple[ScriptedReply, ...] | ScriptedReply] = {}
    model: ModelScript = ModelScript()
    attributes: dict[str, str] = {}
    skip: str | None = None

    @property
    def id(self) -> str:
        """File and name: what ``-k`` looks in, and what JUnit calls it."""
        return f"{self.file}::{self.name}"


class Unmet(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """An expectation that was not met: the member, what was written, and what came."""

    member: str
    expected: str
    came: str


class TurnResult(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How a turn went. ``score`` are the interpretations with their scores, as one text."""

    text: str
    line: int
    unmet: tuple[Unmet, ...] = ()
    score: str = ""
    messages: tuple[str, ...] = ()
    not_compared: tuple[str, ...] = ()


class ConversationResult(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How a conversation went; ``reason`` says why it was skipped. ``seconds`` is wall time."""

    name: str
    file: str
    line: int
    locale: str
    outcome: Literal["passed", "failed", "skipped"]
    turns: tuple[TurnResult, ...] = ()
    seconds: float = 0
    reason: str = ""

    @property
    def failed_turn(self) -> tuple[int, TurnResult] | None:
        """The turn that was not as expected, with its number from 1."""
        for number, turn in enumerate(self.turns, 1):
            if turn.unmet:
                return number, turn
        return None
