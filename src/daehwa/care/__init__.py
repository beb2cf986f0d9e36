"""What a bot's keeper asks: is it sound, what did it miss, what would a change do, who uses it.

Conversation tests and analytics are imported when they are first needed: ``care.testing`` and
``care.analytics``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from daehwa.care.checking import Checked, check
from daehwa.care.comparing import compare, read_texts
from daehwa.care.errors import TestingError
from daehwa.care.ignoring import IgnoredText, IgnoredTexts
from daehwa.care.inbox import Miss, MissKind, SpokenLine, missed, missed_in
from daehwa.care.keeping import Inbox, ignored_texts, inbox, open_learned, served_locales
from daehwa.care.meanings import Meaning, UtteranceInSession, understand
from daehwa.care.named_bots import bot_names
from daehwa.care.proposing import (
    ProposedChange,
    RunTests,
    TestedBot,
    propose,
    sample,
    save,
    synonym,
)
from daehwa.care.replay import (
    ChangedText,
    Replay,
    ReplayText,
    ReplayTexts,
    plain_texts,
    replay,
    replay_texts,
)
from daehwa.care.suggesting import Suggestion, Suggestions, checked, suggest
from daehwa.care.talks import NearIntent, Talk, TalkTurn

if TYPE_CHECKING:
    from daehwa.care import analytics, testing

__all__ = [
    "ChangedText",
    "Checked",
    "IgnoredText",
    "IgnoredTexts",
    "Inbox",
    "Meaning",
    "Miss",
    "MissKind",
    "NearIntent",
    "ProposedChange",
    "Replay",
    "ReplayText",
    "ReplayTexts",
    "RunTests",
    "SpokenLine",
    "Suggestion",
    "Suggestions",
    "Talk",
    "TalkTurn",
    "TestedBot",
    "TestingError",
    "UtteranceInSession",
    "analytics",
    "bot_names",
    "check",
    "checked",
    "compare",
    "ignored_texts",
    "inbox",
    "missed",
    "missed_in",
    "open_learned",
    "plain_texts",
    "propose",
    "read_texts",
    "replay",
    "replay_texts",
    "sample",
    "save",
    "served_locales",
    "suggest",
    "synonym",
    "testing",
    "understand",
]


def __getattr__(name: str) -> Any:
    if name in {"analytics", "testing"}:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
