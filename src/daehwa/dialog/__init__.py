"""The dialog machine: a pure generator that moves a conversation by one turn.

``turn`` takes a locale, the stored session and what the text may mean; it yields a
``HookCall`` when something outside has to be asked, is sent the ``HookResult``, and returns
a ``TurnOutcome``. No clock, no I/O, no randomness of its own. The rules are Lex V2's; what
Amazon's documents leave open is decided in ``daehwa.dialog.decisions``.
"""

from daehwa.dialog.calls import (
    Answer,
    BranchEvaluation,
    DialogEvent,
    FulfillmentUpdates,
    HookAbsent,
    HookCall,
    HookFailed,
    HookResponse,
    HookResult,
    HookTimedOut,
    ProposedNextState,
    Turn,
    TurnContext,
    TurnOutcome,
)
from daehwa.dialog.condition import parse_condition
from daehwa.dialog.errors import ConditionError, DialogError
from daehwa.dialog.reply import asked, eligible_intents
from daehwa.dialog.session import Session, StoredContext, session_state
from daehwa.dialog.state import checked_hints, with_state
from daehwa.dialog.turn import put_session, turn

__all__ = [
    "Answer",
    "BranchEvaluation",
    "ConditionError",
    "DialogError",
    "DialogEvent",
    "FulfillmentUpdates",
    "HookAbsent",
    "HookCall",
    "HookFailed",
    "HookResponse",
    "HookResult",
    "HookTimedOut",
    "ProposedNextState",
    "Session",
    "StoredContext",
    "Turn",
    "TurnContext",
    "TurnOutcome",
    "asked",
    "checked_hints",
    "eligible_intents",
    "parse_condition",
    "put_session",
    "session_state",
    "turn",
    "with_state",
]
