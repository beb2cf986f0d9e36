"""What passes between a turn and its caller: calls out, results in, and the outcome.

A turn is a generator. It yields a ``HookCall`` whenever it needs something from outside
(a code hook, a search, a language model), is sent a ``HookResult``, and returns a
``TurnOutcome``. It has no clock, no I/O and no randomness of its own: those come in with
``TurnContext``.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol, TypeAlias

import msgspec

from daehwa import lex
from daehwa.dialog.session import Session

InvocationSource = Literal["DialogCodeHook", "FulfillmentCodeHook"]
CallKind = Literal[
    "CodeHook", "Fallback", "Question", "KendraSearch", "QnA", "BedrockAgent", "QInConnect"
]

DEFAULT_TIMEOUT_SECONDS = 30
"""How long Lex waits for a code hook, fulfilment with updates aside (section 7)."""


class Chooser(Protocol):
    """What picks among a message's variations; ``random.Random`` is one."""

    def randrange(self, stop: int, /) -> int:
        """Return a number from 0 up to, not including, ``stop``."""


class ReadingChooser:
    """What picks among a message's variations by what they say, as a test does: a base class.

    It is not a protocol, which each turn would have to look up member by member.
    """

    def randrange(self, _: int, /) -> int:
        """Return the first place, where there is nothing to read."""
        return 0

    def pick(self, variations: Sequence[lex.Message], /) -> int:
        """Return the place of one of ``variations``, whose placeholders are filled."""
        raise NotImplementedError


class TurnContext(msgspec.Struct, frozen=True, kw_only=True):
    """What a turn may not read for itself.

    ``now`` is timezone-aware. ``request_id`` becomes ``originatingRequestId`` of an intent
    that starts in this turn. ``threshold`` overrides the locale's confidence threshold.
    ``answers_questions``: a question in place of a reply is answered before the prompt is
    put again, which Lex does not do.
    """

    now: datetime
    request_id: str
    choose: Chooser
    request_attributes: Mapping[str, str] = msgspec.field(default_factory=dict)
    input_mode: lex.InputMode = "Text"
    threshold: float | None = None
    answers_questions: bool = False


class ProposedNextState(msgspec.Struct, frozen=True, kw_only=True):
    """The slot that Lex would elicit next, were there no code hook.

    ``attempt`` is the prompt's: 0 is ``Initial``, 1 to 5 are ``Retry1`` to ``Retry5``.
    """

    intent: lex.Intent
    dialog_action: lex.DialogAction
    attempt: int = 0


class FulfillmentUpdates(msgspec.Struct, frozen=True, kw_only=True):
    """The messages while a long fulfilment runs; only a streaming channel can send them.

    ``start`` is sent ``delay_seconds`` after the hook was called, ``update`` every
    ``frequency_seconds`` from then on.
    """

    start: tuple[lex.Message, ...] = ()
    delay_seconds: int = 0
    update: tuple[lex.Message, ...] = ()
    frequency_seconds: int = 0


class StillWaiting(msgspec.Struct, frozen=True, kw_only=True):
    """What is said while a person takes a moment; only a streaming channel can send it.

    ``messages`` are sent every ``frequency_seconds`` until the pause ends after
    ``timeout_seconds``, or the person says something.
    """

    messages: tuple[lex.Message, ...]
    frequency_seconds: int
    timeout_seconds: int


class HookCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call that a turn makes to the outside.

    ``kind`` says of whom: the bot's ``CodeHook``; ``Fallback``, when a FallbackIntent that
    calls no code hook and says nothing would end in silence, so that a language model may
    speak; ``Question``, when the user asks something in place of a reply, which is answered
    with a ``HookResponse`` of messages alone; or the service behind one of Lex's search and
    generative intents, which is answered with a ``SearchResult``. ``resolved_slots`` are the
    slot values of this text.
    ``intent_signature`` is the parent signature of a built-in intent. ``configuration`` is
    that intent's own configuration, as its export has it; ``kendra_response`` what Kendra
    answered, for the hook that fulfils a KendraSearchIntent.
    """

    kind: CallKind = "CodeHook"
    source: InvocationSource
    label: str | None = None
    session_state: lex.SessionState
    interpretations: tuple[lex.Interpretation, ...] = ()
    proposed_next_state: ProposedNextState | None = None
    transcript: str = ""
    resolved_slots: dict[str, lex.Slot] = msgspec.field(default_factory=dict)
    input_mode: lex.InputMode = "Text"
    request_attributes: dict[str, str] = msgspec.field(default_factory=dict)
    timeout_seconds: int = DEFAULT_TIMEOUT_SECONDS
    updates: FulfillmentUpdates | None = None
    intent_signature: str | None = None
    configuration: dict[str, Any] | None = None
    kendra_response: dict[str, Any] | None = None

    @property
    def for_fallback(self) -> bool:
        """Whether the intent is the locale's FallbackIntent."""
        return self.intent_signature == "AMAZON.FallbackIntent"


class HookResponse(msgspec.Struct, frozen=True, kw_only=True):
    """A code hook's reply, its shape already checked.

    ``messages`` is ``None`` when the hook gave none and the bot's own are wanted, ``()``
    when it gave an empty list, which after ``Close`` means silence. ``literal`` messages
    are sent as they are, their placeholders untouched: a language model's answer.
    """

    session_state: lex.SessionState
    messages: tuple[lex.Message, ...] | None = None
    request_attributes: dict[str, str] | None = None
    literal: bool = False


class SearchResult(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of a search or an agent; the reply to calls of those kinds.

    ``attributes`` are further request attributes to set. ``finished`` is ``False`` while an
    agent wants to go on with the conversation. ``kendra_response`` is Kendra's whole reply.
    """

    text: str
    source: str | None = None
    additional_context: str | None = None
    attributes: dict[str, str] = msgspec.field(default_factory=dict)
    finished: bool = True
    kendra_response: dict[str, Any] | None = None


class HookFailed(msgspec.Struct, frozen=True):
    """The hook raised, could not be reached, or replied with something that is not a reply.

    ``message`` is the caller's error message when the bot has no words for the failure.
    """

    message: str


class HookTimedOut(msgspec.Struct, frozen=True):
    """The hook did not reply in time."""


class HookAbsent(msgspec.Struct, frozen=True):
    """No such hook is configured: the turn goes on as if it had not been called."""


HookResult: TypeAlias = HookResponse | SearchResult | HookFailed | HookTimedOut | HookAbsent


class BranchEvaluation(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One branch of a conditional that was tried, as the conversation log shows it."""

    conditional_branch_name: str
    expression_string: str
    evaluated_expression: str
    evaluation_result: Literal["TRUE", "FALSE", "ERROR"]


class DialogEvent(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """One thing that happened in a turn, for the conversation log (section 11)."""

    conditional_evaluation_result: tuple[BranchEvaluation, ...] = ()
    dialog_code_hook_invocation_label: str | None = None
    code_hook: InvocationSource | None = None
    next_step: str | None = None


class TurnOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """How a turn ended: the session to store and what the client receives.

    ``missed_utterance``: the text fitted nothing that was expected. ``developer_override``:
    a code hook changed the intent. ``answered_question``: the text asked something in place of
    a reply, which was answered. ``still_waiting`` is there where the user took a moment.
    """

    session: Session
    session_state: lex.SessionState
    messages: tuple[lex.Message, ...]
    interpretations: tuple[lex.Interpretation, ...]
    request_attributes: dict[str, str]
    events: tuple[DialogEvent, ...] = ()
    missed_utterance: bool = False
    developer_override: bool = False
    answered_question: bool = False
    still_waiting: StillWaiting | None = None


TurnGenerator: TypeAlias = Generator[HookCall, HookResult, TurnOutcome]
