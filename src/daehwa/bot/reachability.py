"""The next steps of an intent or slot, and whether a conversation can get to each of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from daehwa.bot.fields import fields
from daehwa.bot.flow_values import (
    DialogCodeHookInvocationSetting,
    DialogState,
)
from daehwa.bot.slot_definition import (
    Slot,
)
from daehwa.bot.tree import walk
from daehwa.bot.values import (
    Intent,
)


def places(intent: Intent) -> tuple[Intent | Slot, ...]:
    """The parts of an intent that have a file, itself first."""
    return intent, *intent.slots.values()


def steps(place: Intent | Slot) -> Iterator[tuple[str, DialogState, bool]]:
    """Every next step in the file of an intent or slot: its JSON path, itself, if it is reached.

    What is not active is not reached, nor what follows a code hook that no step beside it calls.
    """
    yield from _steps(place, "$", reached=True)


def _steps(value: Any, path: str, *, reached: bool) -> Iterator[tuple[str, DialogState, bool]]:
    if isinstance(value, DialogState):
        yield path, value, reached
    elif isinstance(value, msgspec.Struct):
        # An inactive code hook is passed by, to what follows its success.
        hook = isinstance(value, DialogCodeHookInvocationSetting)
        reached = reached and (hook or getattr(value, "is_active", True) is not False)
        for field in fields(type(value)).values():
            part = getattr(value, field.attribute)
            called = not isinstance(part, DialogCodeHookInvocationSetting) or _calls_hook(value)
            yield from _steps(part, f"{path}.{field.name}", reached=reached and called)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _steps(item, f"{path}[{index}]", reached=reached)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _steps(item, f"{path}.{name}", reached=reached)


def _calls_hook(place: msgspec.Struct) -> bool:
    """Whether a step of this place calls its code hook; those within the hook do not count."""
    return any(
        isinstance(step, DialogState)
        and step.dialog_action is not None
        and step.dialog_action.type == "InvokeDialogCodeHook"
        for field in fields(type(place)).values()
        if not isinstance(part := getattr(place, field.attribute), DialogCodeHookInvocationSetting)
        for _, step in walk(part)
    )
