"""One turn, end to end, whichever channel it came from."""

from daehwa.conversation.answering import Answering
from daehwa.conversation.catalogue import Catalogue, CatalogueError, ServedBot, ServedLocale
from daehwa.conversation.opening import (
    Opening,
    default_data,
    open_catalogue,
    open_runtime,
    open_sessions,
)
from daehwa.conversation.runtime import Runtime
from daehwa.conversation.settings import (
    AnswerName,
    Settings,
    SettingsError,
    answer_order,
    load_settings,
)
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
    "AnswerName",
    "Answering",
    "Catalogue",
    "CatalogueError",
    "ChatError",
    "ChatEvent",
    "ChatIntent",
    "ChatReply",
    "ChatRequest",
    "Fault",
    "Opening",
    "Recognition",
    "Runtime",
    "ServedBot",
    "ServedLocale",
    "SessionView",
    "Settings",
    "SettingsError",
    "Timing",
    "answer_order",
    "default_data",
    "load_settings",
    "open_catalogue",
    "open_runtime",
    "open_sessions",
]
