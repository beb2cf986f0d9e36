"""The dialog machine: its states, what leads from one to another, and the loop over them.

Between turns a conversation is in one of four states, which the session stores as its dialog
action:

    ElicitIntent     no question: also after Close, and at the start
    ElicitSlot       a slot's prompt, or a sub-slot's, waits for its reply
    ConfirmIntent    a yes-or-no question does
    (an agent)       a BedrockAgentIntent has the conversation until it has finished

A text is read in the light of that state (``daehwa.dialog.interpreted_reply``): ``REPLIES``
shows what it may be there, and where that leads. PutSession brings a state in place of a text,
and leads where its dialog action says (``daehwa.dialog.put_session``). Either way leads to a
*stage*; inside the turn the stages, which are those of ``STAGES``, lead to each other until one
of them leads to ``Done``: the turn ends, and the next state is stored.

A *path* is what the bot's author configured at one place: a response, a conditional, a next step.
If a path has no next step, the stage goes its default way (for a failure path, to FallbackIntent),
so that a bot without next steps goes the way of rule 4-default-path:

    StartIntent -> NextSlot -> ConfirmIntent -> FulfillIntent -> Fulfilled -> CloseIntent
                     |  |         |   |              |                            |
                     |  |         |   |              +-> FulfillmentFailed -------+
                     |  |         |   v                                           |
                     |  +---------+-> Declined -----------------------------------+
                     v            v                                               v
                     Done <-------+---------------------------------------- EndConversation

Both tables are what runs; ``section`` is that of the rules in ``docs/conformance.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal

import msgspec

from daehwa.dialog.asking import ask_again
from daehwa.dialog.confirmation import confirm_intent, decline, take_confirmation_reply
from daehwa.dialog.disambiguating import ask_which
from daehwa.dialog.eliciting import (
    elicit_next_slot,
    elicit_slot,
    go_on,
    miss_slot,
    take_slot_reply,
    wait,
)
from daehwa.dialog.ending import close_intent, elicit_intent, end_conversation
from daehwa.dialog.entering import start_intent, start_recognised
from daehwa.dialog.fulfilment import fail, fulfill_intent, succeed
from daehwa.dialog.interpreted_reply import InterpretedReply, ReplyKind
from daehwa.dialog.searching import search_or_fall_back
from daehwa.dialog.transition import Stage, StageFlow, Transition
from daehwa.dialog.turn_state import TurnState

_NEXT_STEPS: Final[frozenset[Stage]] = frozenset(
    {
        "StartIntent",
        "ElicitSlot",
        "ElicitIntent",
        "ConfirmIntent",
        "FulfillIntent",
        "CloseIntent",
        "EndConversation",
    }
)
"""Where a next step leads; its other types act at the place where they stand (section 4.1)."""

_HOOK_ACTIONS: Final[frozenset[Stage]] = frozenset(
    {
        "Done",  # ElicitSlot, and ConfirmIntent with messages of the hook's own
        "ElicitIntent",
        "ConfirmIntent",
        "StartIntent",  # Delegate, of another intent
        "Fulfilled",  # Close without messages: the bot's own stand in
        "FulfillmentFailed",
        "EndConversation",
    }
)
"""Where a code hook's dialog action leads (section 7); Delegate of the same intent goes on."""


class _Rule(msgspec.Struct, frozen=True, kw_only=True):
    """Where a row of a table leads.

    ``default`` are the ways that it goes unless configured; ``next_steps`` whether the
    author's next steps may lead elsewhere, ``hook`` whether a code hook's reply may.
    ``section`` is that of its rules.
    """

    default: frozenset[Stage]
    next_steps: bool = False
    hook: bool = False
    section: str

    @property
    def leads_to(self) -> frozenset[Stage]:
        """Every stage that may come next."""
        ways = self.default
        if self.next_steps:
            ways |= _NEXT_STEPS
        return ways | _HOOK_ACTIONS if self.hook else ways


class ReplyRule(_Rule, frozen=True, kw_only=True):
    """What a text may be in a state: what takes it, and where it leads.

    ``overruled`` are the ways that it goes where the prompt's code hook, or a state that the
    client set, decides otherwise than the text.
    """

    run: Callable[[TurnState, InterpretedReply], StageFlow | Transition]
    overruled: frozenset[Stage] = frozenset()

    @property
    def leads_to(self) -> frozenset[Stage]:
        """Every stage that may come next."""
        return super().leads_to | self.overruled


class StageRule(_Rule, frozen=True, kw_only=True):
    """A stage: what runs it, and where it leads."""

    run: Callable[[TurnState, Transition], StageFlow | Transition]


def _ways(*stages: Stage) -> frozenset[Stage]:
    return frozenset(stages)


State = Literal["ElicitIntent", "ElicitSlot", "ConfirmIntent"]

_FALLBACK: Final = _ways("StartIntent", "EndConversation")
"""FallbackIntent; the end where a locale has none."""
_ANSWERS: Final = _FALLBACK | _ways("FulfillIntent", "Declined", "Done")
"""Where a confirmation leads, whatever the reply was."""

REPLIES: Final[Mapping[State, Mapping[ReplyKind, ReplyRule]]] = {
    "ElicitIntent": {
        "Intent": ReplyRule(run=start_recognised, default=_ways("StartIntent"), section="3"),
        "Ambiguous": ReplyRule(run=ask_which, default=_ways("Done"), section="3"),
        "Missed": ReplyRule(
            run=search_or_fall_back,
            default=_FALLBACK | _ways("Done"),  # done: an agent has taken the conversation
            section="5",
        ),
    },
    "ElicitSlot": {
        "Intent": ReplyRule(run=start_recognised, default=_ways("StartIntent"), section="4.3.2"),
        "Value": ReplyRule(
            run=take_slot_reply,
            # Done: the next sub-slot. An ambiguous value is a miss.
            default=_ways("NextSlot", "Done") | _FALLBACK,
            next_steps=True,
            hook=True,
            section="4.3.2",
        ),
        "Missed": ReplyRule(
            run=miss_slot,
            default=_ways("Done") | _FALLBACK,  # the prompt again, until the retries are used up
            next_steps=True,
            hook=True,
            overruled=_ways("NextSlot"),
            section="4.3.2",
        ),
        "Question": ReplyRule(run=ask_again, default=_ways("Done"), section="4.3.2"),
        "Wait": ReplyRule(run=wait, default=_ways("Done"), section="4.3.2"),
        "GoOn": ReplyRule(run=go_on, default=_ways("Done"), section="4.3.2"),
    },
    "ConfirmIntent": {
        "Intent": ReplyRule(run=start_recognised, default=_ways("StartIntent"), section="4.3.3"),
        "Yes": ReplyRule(
            run=take_confirmation_reply,
            # The next slot: a code hook delegates while a required slot is empty.
            default=_ways("FulfillIntent", "NextSlot"),
            next_steps=True,
            hook=True,
            overruled=_ANSWERS,
            section="4.3.3",
        ),
        "No": ReplyRule(
            run=take_confirmation_reply,
            default=_ways("Declined"),
            next_steps=True,
            hook=True,
            overruled=_ANSWERS,
            section="4.3.3",
        ),
        "Change": ReplyRule(
            run=take_confirmation_reply,
            default=_ways("NextSlot"),
            next_steps=True,
            hook=True,
            overruled=_ANSWERS,
            section="4.3.3",
        ),
        "Missed": ReplyRule(
            run=take_confirmation_reply,
            default=_ways("Done") | _FALLBACK,  # the question again, until the retries are used up
            next_steps=True,
            hook=True,
            overruled=_ANSWERS,
            section="4.3.3",
        ),
        "Question": ReplyRule(run=ask_again, default=_ways("Done"), section="4.3.3"),
    },
}
"""What a text may be in each state. An agent takes every text (section 5).

A question that has been answered is none of Lex's (``daehwa.dialog.asking``)."""

STAGES: Final[Mapping[Stage, StageRule]] = {
    "StartIntent": StageRule(
        run=start_intent,
        default=_ways("NextSlot", "EndConversation"),  # the end: no such intent
        next_steps=True,
        hook=True,
        section="4.3.1",
    ),
    "NextSlot": StageRule(
        run=elicit_next_slot,
        # Past the confirmation where it has been answered before.
        default=_ways("Done", "ConfirmIntent", "FulfillIntent", "Declined"),
        section="4.3.2",
    ),
    "ElicitSlot": StageRule(
        run=elicit_slot,
        default=_ways("Done", "NextSlot"),  # the next: it is filled already
        next_steps=True,
        hook=True,
        section="4.3.2",
    ),
    "ConfirmIntent": StageRule(
        run=confirm_intent,
        default=_ways("Done", "FulfillIntent"),  # the fulfilment: nothing is to be confirmed
        section="4.3.3",
    ),
    "Declined": StageRule(
        run=decline,
        default=_ways("EndConversation"),
        next_steps=True,
        hook=True,
        section="4.3.3",
    ),
    "FulfillIntent": StageRule(
        run=fulfill_intent,
        # The closing: it is not fulfilled here. The end: the code hook failed or was late.
        default=_ways("Fulfilled", "FulfillmentFailed", "CloseIntent", "EndConversation"),
        next_steps=True,
        hook=True,
        section="4.3.4",
    ),
    "Fulfilled": StageRule(
        run=succeed, default=_ways("CloseIntent"), next_steps=True, section="4.3.4"
    ),
    "FulfillmentFailed": StageRule(
        run=fail, default=_ways("EndConversation"), next_steps=True, section="4.3.4"
    ),
    "CloseIntent": StageRule(
        run=close_intent, default=_ways("EndConversation"), next_steps=True, section="4.3.5"
    ),
    "EndConversation": StageRule(
        run=end_conversation,
        default=_ways("Done"),
        hook=True,  # what answers for a FallbackIntent that would stay silent
        section="4.1",
    ),
    "ElicitIntent": StageRule(run=elicit_intent, default=_ways("Done"), section="4.1"),
}
"""The stages of a turn. ``Done`` is not one of them: there the turn is over."""


def take_reply(turn: TurnState, reply: InterpretedReply) -> StageFlow | Transition:
    """Process a text by the rule for its kind in the conversation's present state."""
    elicited = turn.elicited
    state: State = "ElicitIntent"
    if turn.intent is not None and elicited is not None:
        state = "ConfirmIntent" if elicited.confirmation else "ElicitSlot"
    return REPLIES[state][reply.kind].run(turn, reply)


def run_stages(turn: TurnState, reached: StageFlow | Transition) -> StageFlow:
    """Go from stage to stage until the turn is over."""
    while True:
        transition = reached if isinstance(reached, Transition) else (yield from reached)
        if transition.stage == "Done":
            return transition
        turn.count_step(transition)
        reached = STAGES[transition.stage].run(turn, transition)
