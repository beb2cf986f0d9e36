"""Checking that intents do not start each other for ever."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from daehwa.bot import layout
from daehwa.bot.flow_values import (
    Conditional,
    DialogState,
)
from daehwa.bot.problems import Problem, error, warning
from daehwa.bot.reachability import places, steps
from daehwa.bot.values import (
    Bot,
    BotLocale,
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
    yield from _circles(bot, locale, reported)


def _circles(bot: Bot, locale: BotLocale, reported: set[str]) -> Iterator[Problem]:
    """Circles that lead on whatever the user replies, though they do reply."""
    ways = {intent.name: dict(_leads_on(intent)) for intent in locale.intents.values()}
    for start in ways:
        if start in reported:
            continue
        circle = _way_back(start, ways)
        if circle and not reported & set(circle):
            reported |= set(circle)
            file, field = ways[start][circle[1] if len(circle) > 1 else start]
            yield warning(
                "circle-of-intents",
                layout.slot_file(bot.name, locale.identifier, start, file)
                if file
                else layout.intent_file(bot.name, locale.identifier, start),
                field,
                f"the intents start each other in a circle: {' -> '.join([*circle, start])}.",
                "Make sure that a user can get out of it, by a condition or an EndConversation.",
            )


def _leads_on(intent: Intent) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each intent that this one starts without a condition, with the slot's name and the path."""
    for place in places(intent):
        for path, step, active in steps(place):
            target = step.intent.name if step.intent is not None else None
            on_condition = "onditional" in path or "failure" in path or "timeout" in path
            if active and target and _kind(step) == "StartIntent" and not on_condition:
                yield (
                    target,
                    ("" if isinstance(place, Intent) else place.name, f"{path}.intent.name"),
                )


def _way_back(start: str, ways: Mapping[str, Mapping[str, object]]) -> list[str]:
    """The intents from ``start`` that lead to itself again; empty where none do."""
    ahead: list[list[str]] = [[start]]
    seen: set[str] = set()
    while ahead:
        way = ahead.pop(0)
        for name in ways.get(way[-1], ()):
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ahead.append([*way, name])
    return []


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
