"""Checking that intents do not start each other for ever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from daehwa.bot import layout
from daehwa.bot.problems import Problem, error
from daehwa.bot.reachability import steps
from daehwa.bot.values import (
    Bot,
    BotLocale,
    Conditional,
    DialogState,
    Intent,
    IntentClosingSetting,
)

_Edge = tuple[str, str]
"""The path of a step and the intent that it starts."""


def loop_problems(bot: Bot, locale: BotLocale) -> Iterator[Problem]:
    """Circles of intents of which each always starts the next."""
    edges = {intent.name: edge for intent in locale.intents.values() if (edge := _always(intent))}
    reported: set[str] = set()
    for start in edges:
        circle: list[str] = []
        name = start
        while name in edges and name not in circle:
            circle.append(name)
            name = edges[name][1]
        if name not in circle or reported & set(circle):
            continue
        circle = circle[circle.index(name) :]
        reported |= set(circle)
        way = " -> ".join([*circle, circle[0]])
        yield error(
            "endless-start",
            layout.intent_file(bot.name, locale.identifier, circle[0]),
            edges[circle[0]][0],
            f"the intents start each other without end: {way}.",
            "End one of them (EndConversation), or start the next on a condition.",
        )


def _always(intent: Intent) -> _Edge | None:
    """The intent that this one starts each time that it runs, whatever the user says."""
    opening = intent.initial_response_setting
    step = None if opening is None else _sure(opening.next_step, opening.conditional)
    if step is not None and _kind(step) == "StartIntent":
        return _edge(intent, "$.initialResponseSetting")
    if step is not None and _kind(step) in ("EndConversation", "ElicitIntent"):
        return None
    closing = intent.intent_closing_setting
    fulfilment = intent.fulfillment_code_hook
    after = fulfilment.post_fulfillment_status_specification if fulfilment is not None else None
    if after is not None and after.success_next_step is not None:
        ahead = _sure(after.success_next_step, after.success_conditional)
        if ahead is None or _kind(ahead) not in ("StartIntent", "CloseIntent"):
            return None
        if _kind(ahead) == "StartIntent":
            return _edge(intent, "$.fulfillmentCodeHook")
    return _closing(intent, closing)


def _closing(intent: Intent, closing: IntentClosingSetting | None) -> _Edge | None:
    if closing is None or not closing.is_active:
        return None
    step = _sure(closing.next_step, closing.conditional)
    if step is not None and _kind(step) == "StartIntent":
        return _edge(intent, "$.intentClosingSetting")
    return None


def _sure(step: DialogState | None, conditional: Conditional | None) -> DialogState | None:
    """The step that is always taken; ``None`` where a condition chooses."""
    if step is None or (conditional is not None and conditional.is_active):
        return None
    return step


def _kind(step: DialogState) -> str | None:
    return step.dialog_action.type if step.dialog_action is not None else None


def _edge(intent: Intent, under: str) -> _Edge | None:
    """The first step under a path that starts an intent."""
    for path, step, _ in steps(intent):
        target: Any = step.intent.name if step.intent is not None else None
        if path.startswith(under) and _kind(step) == "StartIntent" and target:
            return f"{path}.intent.name", target
    return None
