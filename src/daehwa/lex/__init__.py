"""Lex's runtime vocabulary: the values of its wire, its errors, and what a text may mean.

Everything above uses these words; this package knows nothing of ours. Import the
package and qualify (``lex.Intent``), because ``daehwa.bot`` has an ``Intent`` too: there
it is the definition, here it is the one a conversation is in.
"""

from daehwa.lex.errors import (
    AccessDeniedException,
    BadGatewayException,
    ConflictException,
    DependencyFailedException,
    InternalServerException,
    LexError,
    ResourceNotFoundException,
    ThrottlingException,
    ValidationException,
)
from daehwa.lex.understanding import Candidate, Elicitation, Reading, Understanding
from daehwa.lex.values import (
    ActiveContext,
    Button,
    ConfirmationState,
    ContentType,
    DialogAction,
    DialogActionType,
    ImageResponseCard,
    InputMode,
    Intent,
    IntentState,
    Interpretation,
    Message,
    NluConfidence,
    RuntimeHints,
    SessionState,
    Shape,
    Slot,
    SlotValue,
    SubSlotToElicit,
    TimeToLive,
)

__all__ = [
    "AccessDeniedException",
    "ActiveContext",
    "BadGatewayException",
    "Button",
    "Candidate",
    "ConfirmationState",
    "ConflictException",
    "ContentType",
    "DependencyFailedException",
    "DialogAction",
    "DialogActionType",
    "Elicitation",
    "ImageResponseCard",
    "InputMode",
    "Intent",
    "IntentState",
    "InternalServerException",
    "Interpretation",
    "LexError",
    "Message",
    "NluConfidence",
    "Reading",
    "ResourceNotFoundException",
    "RuntimeHints",
    "SessionState",
    "Shape",
    "Slot",
    "SlotValue",
    "SubSlotToElicit",
    "ThrottlingException",
    "TimeToLive",
    "Understanding",
    "ValidationException",
]
