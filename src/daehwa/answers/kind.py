"""What the registry knows of an answerer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from daehwa.answers.answerer import Answerer

_S = TypeVar("_S", bound=msgspec.Struct)


class AnswererSetting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what ``daehwa.toml`` holds of an answerer, each member with a default."""


@dataclass(frozen=True, kw_only=True)
class AnswererKind(Generic[_S]):
    """An answerer that the configuration may name.

    ``name`` is its name there, of its table too, which holds a ``setting``; ``title`` is what
    people call it. ``build`` makes it, given its table and the data folder. Where nobody
    chooses, the first answers that is ``chosen_with`` a variable of the environment that is set;
    without variables it is chosen in any case, with ``None`` never. One that is ``local`` runs
    on this machine and takes nothing from the budget of a day (but see ``within_budget``).
    """

    name: str
    title: str
    setting: type[_S]
    build: Callable[[_S, Path], Answerer]
    chosen_with: tuple[str, ...] | None = None
    local: bool = False
