"""One turn, end to end, whichever channel it came from."""

from daehwa.conversation.answering import Answering
from daehwa.conversation.calling import ModelContext, StateChange, Utterance
from daehwa.conversation.catalogue import Catalogue, CatalogueError
from daehwa.conversation.channel import ChatChannel, PlacedTurn
from daehwa.conversation.document_folder import DocumentFolder, document_folder
from daehwa.conversation.facts import FIGURES, TurnKind, channel_of, figures, request_mark
from daehwa.conversation.hooking import HookExamination, HookTable, hook_file
from daehwa.conversation.obfuscation import Mask
from daehwa.conversation.opening import (
    Forgotten,
    Opening,
    data_folder,
    default_data,
    forget_session,
    limits_in_force,
    local_time,
    open_catalogue,
    open_documents,
    open_model,
    open_notes,
    open_sessions,
    plan_runtime,
)
from daehwa.conversation.page_table import PageTable
from daehwa.conversation.palette import faint_colours
from daehwa.conversation.readiness import AnswerFailure, AnswerReadiness, RuntimeReadiness
from daehwa.conversation.recognition import LexRuntime, throttled
from daehwa.conversation.rehearsal import Rehearsal, plan_rehearsal
from daehwa.conversation.running_turns import lex_refusal
from daehwa.conversation.runtime import Runtime, RuntimePlan
from daehwa.conversation.served_bots import ServedBot, ServedLocale
from daehwa.conversation.settings import (
    AnsweringSetting,
    AnswerName,
    CheckSetting,
    HookSetting,
    LogsSetting,
    Settings,
    SettingsError,
    SpeechTable,
    answer_order,
    chosen_config,
    load_settings,
)
from daehwa.conversation.trimming import give_back_memory, spare_collections
from daehwa.conversation.turns import TakenTurn
from daehwa.conversation.updates import SendUpdate, remind
from daehwa.conversation.values import Address, Recognition, SessionView, StreamedRecognition

__all__ = [
    "FIGURES",
    "Address",
    "AnswerFailure",
    "AnswerName",
    "AnswerReadiness",
    "Answering",
    "AnsweringSetting",
    "Catalogue",
    "CatalogueError",
    "ChatChannel",
    "CheckSetting",
    "DocumentFolder",
    "Forgotten",
    "HookExamination",
    "HookSetting",
    "HookTable",
    "LexRuntime",
    "LogsSetting",
    "Mask",
    "ModelContext",
    "Opening",
    "PageTable",
    "PlacedTurn",
    "Recognition",
    "Rehearsal",
    "Runtime",
    "RuntimePlan",
    "RuntimeReadiness",
    "SendUpdate",
    "ServedBot",
    "ServedLocale",
    "SessionView",
    "Settings",
    "SettingsError",
    "SpeechTable",
    "StateChange",
    "StreamedRecognition",
    "TakenTurn",
    "TurnKind",
    "Utterance",
    "answer_order",
    "channel_of",
    "chosen_config",
    "data_folder",
    "default_data",
    "document_folder",
    "faint_colours",
    "figures",
    "forget_session",
    "give_back_memory",
    "hook_file",
    "lex_refusal",
    "limits_in_force",
    "load_settings",
    "local_time",
    "open_catalogue",
    "open_documents",
    "open_model",
    "open_notes",
    "open_sessions",
    "plan_rehearsal",
    "plan_runtime",
    "remind",
    "request_mark",
    "spare_collections",
    "throttled",
]
