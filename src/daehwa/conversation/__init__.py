"""One turn, end to end, whichever channel it came from."""

from daehwa.conversation.values import (
    Address,
    ChatError,
    ChatEvent,
    ChatIntent,
    ChatReply,
    ChatRequest,
    Fault,
    Recognition,
    SessionView,
    Timing,
)

__all__ = [
    "Address",
    "ChatError",
    "ChatEvent",
    "ChatIntent",
    "ChatReply",
    "ChatRequest",
    "Fault",
    "Recognition",
    "SessionView",
    "Timing",
]
