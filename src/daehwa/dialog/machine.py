"""The dialog machine: its states, what leads from one to another, and the loop over them.

Between turns a conversation is in one of four states, which the session stores as its dialog
action. A text, read in the light of that state (``daehwa.dialog.reply``), leads to a *stage*;
inside the turn the stages lead to each other until one of them leads to ``Done``, where the
turn ends and the next state is stored.

    state (dialog action)       the text is                    leads to               section
    --------------------------  -----------------------------  ---------------------  -------
    no question (none,          an intent's                    StartIntent            3
    ElicitIntent, Close)        what a search intent answers   StartIntent of it      5
                                neither                        FallbackIntent         5
    a slot (ElicitSlot)         a value that completes it      its capture path       4.3.2
                                a value of a part of it        Done, next part        4.3.2
                                another intent's               StartIntent            4.3.2
                                "wait", or "go on"             Done                   4.3.2
                                what Kendra answers            StartIntent of it      5
                                none of these, retries left    Done, prompt repeated  4.3.2
                                none of these, none left       its failure path       4.3.2
    a confirmation              yes                            its path for a yes     4.3.3
    (ConfirmIntent)             no                             Declined               4.3.3
                                other values of its slots      NextSlot               4.3.3
                                another intent's               StartIntent            4.3.3
                                none of these, retries left    Done, prompt repeated  4.3.3
                                none of these, none left       its failure path       4.3.3
    an agent (ElicitIntent,     anything; it has not finished  Done                   5
    with ``Session.agent``)     anything; it has finished      FulfillIntent          5

PutSession brings a state in place of a text, and leads where its dialog action says (section
2, ``daehwa.dialog.put_session``).

A *path* is what the bot's author configured at one place: a response, a conditional, a next
step. Where a path has no next step the stage goes its default way (a failure path's is
FallbackIntent), so that a bot without next steps takes that of rule 4-default-path:

    StartIntent -> NextSlot -> ConfirmIntent -> FulfillIntent -> Fulfilled -> CloseIntent
                     |  |         |   |              |                            |
                     |  |         |   |              +-> FulfillmentFailed -------+
                     |  |         |   v                                           |
                     |  +---------+-> Declined -----------------------------------+
                     v            v                                               v
                     Done <-------+---------------------------------------- EndConversation

``STAGES`` says the same stage by stage, and runs it. Sources are the rules in
``docs/conformance.md``, by their sections.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from daehwa.dialog.confirmation import confirm_intent, decline
from daehwa.dialog.elicitation import elicit_next_slot, elicit_slot
from daehwa.dialog.ending import close_intent, elicit_intent, end_conversation
from daehwa.dialog.entering import start_intent
from daehwa.dialog.fulfilment import fail, fulfill_intent, succeed
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


class StageRule(msgspec.Struct, frozen=True, kw_only=True):
    """A stage: what runs it, and where it leads.

    ``default`` are the ways that it goes unless configured; ``next_steps`` whether the
    author's next steps may lead elsewhere, ``hook`` whether a code hook's reply may.
    ``section`` is that of its rules.
    """

    run: Callable[[TurnState, Transition], StageFlow | Transition]
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


def _ways(*stages: Stage) -> frozenset[Stage]:
    return frozenset(stages)


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
"""The stages of a turn. ``Done`` is none of them: there the turn is over."""


def run_stages(turn: TurnState, transition: Transition) -> StageFlow:
    """Go from stage to stage until the turn is over."""
    while transition.stage != "Done":
        turn.count_step(transition)
        reached = STAGES[transition.stage].run(turn, transition)
        transition = reached if isinstance(reached, Transition) else (yield from reached)
    return transition
