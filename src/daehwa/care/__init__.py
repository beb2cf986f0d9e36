"""What a bot's keeper asks: whether it is sound, what people said that it did not take, its use.

The analytics are imported when they are first needed.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from daehwa.care.checking import Checked, check
from daehwa.care.inbox import Miss, NearIntent, Opinion, TalkTurn, missed, missed_in, with_nearest

if TYPE_CHECKING:
    from daehwa.care import analytics

__all__ = [
    "Checked",
    "Miss",
    "NearIntent",
    "Opinion",
    "TalkTurn",
    "analytics",
    "check",
    "missed",
    "missed_in",
    "with_nearest",
]


def __getattr__(name: str) -> ModuleType:
    if name == "analytics":
        return import_module(f"{__name__}.analytics")
    raise AttributeError(name)
