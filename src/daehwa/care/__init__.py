"""What a bot's keeper asks: whether it is sound, and what people said that it did not take.

Conversation tests are imported when they are first needed: ``care.testing``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from daehwa.care.checking import Checked, check
from daehwa.care.errors import TestingError
from daehwa.care.inbox import Miss, NearIntent, Opinion, TalkTurn, missed, missed_in, with_nearest

if TYPE_CHECKING:
    from daehwa.care import testing

__all__ = [
    "Checked",
    "Miss",
    "NearIntent",
    "Opinion",
    "TalkTurn",
    "TestingError",
    "check",
    "missed",
    "missed_in",
    "testing",
    "with_nearest",
]


def __getattr__(name: str) -> Any:
    if name == "testing":
        return import_module(f"{__name__}.testing")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
