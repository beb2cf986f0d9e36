"""The dialog machine: a pure generator that moves a conversation by one turn.

``turn`` takes a locale's ``Plan``, the stored session and what the text may mean; it yields a
``HookCall`` when it needs something from outside, is sent the ``HookResult``, and returns
a ``TurnOutcome``. No clock, no I/O, no randomness of its own. The rules are Lex V2's
(``docs/conformance.md``); what Amazon's documents leave open is decided once
(``docs/differences.md``).
"""

from daehwa.dialog.calls import (
    BranchEvaluation,
    Chooser,
    DialogEvent,
    FulfillmentUpdates,
    HookAbsent,
    HookCall,
    HookFailed,
    HookResponse,
    HookResult,
    HookTimedOut,
    ProposedNextState,
    ReadingChooser,
    SearchResult,
    StillWaiting,
    TurnContext,
    TurnGenerator,
    TurnOutcome,
)
from daehwa.dialog.condition import (
    And,
    Comparison,
    Constant,
    Expression,
    Function,
    IsSet,
    Not,
    Or,
    parse_condition,
)
from daehwa.dialog.errors import ConditionError, DialogError
from daehwa.dialog.interpreted_reply import (
    InterpretedReply,
    elicitation,
    eligible_intents,
    interpret,
)
from daehwa.dialog.plan import Plan
from daehwa.dialog.put_session import put_session
from daehwa.dialog.scope import Reference
from daehwa.dialog.session import Session, SpeakingMember, StoredContext, session_state
from daehwa.dialog.state import checked_hints, with_state
from daehwa.dialog.turn import turn

__all__ = [
    "And",
    "BranchEvaluation",
    "Chooser",
    "Comparison",
    "ConditionError",
    "Constant",
    "DialogError",
    "DialogEvent",
    "Expression",
    "FulfillmentUpdates",
    "Function",
    "HookAbsent",
    "HookCall",
    "HookFailed",
    "HookResponse",
    "HookResult",
    "HookTimedOut",
    "InterpretedReply",
    "IsSet",
    "Not",
    "Or",
    "Plan",
    "ProposedNextState",
    "ReadingChooser",
    "Reference",
    "SearchResult",
    "Session",
    "SpeakingMember",
    "StillWaiting",
    "StoredContext",
    "TurnContext",
    "TurnGenerator",
    "TurnOutcome",
    "checked_hints",
    "elicitation",
    "eligible_intents",
    "interpret",
    "parse_condition",
    "put_session",
    "session_state",
    "turn",
    "with_state",
]
