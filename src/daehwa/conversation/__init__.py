"""One turn, end to end, whichever channel it came from."""

from daehwa.conversation.answering import Answering
from daehwa.conversation.calling import Brought, StateChange, Utterance
from daehwa.conversation.catalogue import Catalogue, CatalogueError, ServedBot, ServedLocale
from daehwa.conversation.channel import ChatChannel, lex_refusal
from daehwa.conversation.document_folder import DocumentFolder, document_folder
from daehwa.conversation.hooking import HookExamination
from daehwa.conversation.opening import (
    Forgotten,
    Opening,
    default_data,
    forget_session,
    open_catalogue,
    open_documents,
    open_sessions,
    plan_runtime,
)
from daehwa.conversation.page_table import PageTable
from daehwa.conversation.palette import faint_colours
from daehwa.conversation.readiness import AnswerFailure, AnswerReadiness, RuntimeReadiness
from daehwa.conversation.recognition import LexRuntime, throttled
from daehwa.conversation.runtime import Runtime, RuntimePlan
from daehwa.conversation.settings import (
    AnswerName,
    CheckSetting,
    HookSetting,
    Settings,
    SettingsError,
    answer_order,
    chosen_config,
    load_settings,
)
from daehwa.conversation.trimming import give_back_memory, spare_collections
from daehwa.conversation.updates import SendUpdate
from daehwa.conversation.values import Address, Recognition, SessionView

__all__ = [
    "Address",
    "AnswerFailure",
    "AnswerName",
    "AnswerReadiness",
    "Answering",
    "Brought",
    "Catalogue",
    "CatalogueError",
    "ChatChannel",
    "CheckSetting",
    "DocumentFolder",
    "Forgotten",
    "HookExamination",
    "HookSetting",
    "LexRuntime",
    "Opening",
    "PageTable",
    "Recognition",
    "Runtime",
    "RuntimePlan",
    "RuntimeReadiness",
    "SendUpdate",
    "ServedBot",
    "ServedLocale",
    "SessionView",
    "Settings",
    "SettingsError",
    "StateChange",
    "Utterance",
    "answer_order",
    "chosen_config",
    "default_data",
    "document_folder",
    "faint_colours",
    "forget_session",
    "give_back_memory",
    "lex_refusal",
    "load_settings",
    "open_catalogue",
    "open_documents",
    "open_sessions",
    "plan_runtime",
    "spare_collections",
    "throttled",
]
