"""Answers under conditions as branches of Lex, which takes four of them in one place.

More find room where the intent begins, and in further intents that nobody's words lead to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from daehwa.bot import flow_values, values

_MOST_BRANCHES: Final = 4
_LONGEST_EXPRESSION: Final = 1024


class Way(msgspec.Struct, frozen=True):
    """An answer and its condition; ``hooked`` where a code hook has to be called for it."""

    expression: str
    response: flow_values.ResponseSpecification | None
    next_step: flow_values.DialogState | None
    hooked: bool = False


class Spread(msgspec.Struct, frozen=True):
    """The branches of an intent: as it begins, as it ends, and of intents that follow it."""

    opening: values.InitialResponseSetting | None
    closing: values.IntentClosingSetting
    further: tuple[values.Intent, ...] = ()
    left: tuple[Way, ...] = ()


def alternatives(names: Sequence[str], expression: Callable[[Sequence[str]], str]) -> list[str]:
    """The expressions for any of the names: several where one were too long for Lex."""
    parts: list[list[str]] = [[]]
    for name in names:
        if parts[-1] and len(expression([*parts[-1], name])) > _LONGEST_EXPRESSION:
            parts.append([])
        parts[-1].append(name)
    return [expression(part) for part in parts]


def spread(
    ways: Sequence[Way],
    default: flow_values.ResponseSpecification | None,
    step: flow_values.DialogState | None,
    *,
    early: bool,
    names: Callable[[int], str] | None,
) -> Spread:
    """Find room for the ways, and for the answer that is given where none of them holds.

    ``early`` allows branches before the intent's slots; ``names`` gives the names of further
    intents, and is ``None`` where the ways need slots that another intent has not.
    """
    end = flow_values.DialogState(dialog_action=flow_values.StepAction(type="EndConversation"))
    last = flow_values.DefaultConditionalBranch(response=default, next_step=step or end)
    first: list[Way] = []
    rest = list(ways)
    if early and len(rest) > _MOST_BRANCHES:
        first = [way for way in rest if not way.hooked][:_MOST_BRANCHES]
        rest = [way for way in rest if way not in first]
    chunks = [rest[at : at + _MOST_BRANCHES] for at in range(0, len(rest), _MOST_BRANCHES)]
    left: tuple[Way, ...] = ()
    if names is None and len(chunks) > 1:
        left = tuple(way for chunk in chunks[1:] for way in chunk)
        chunks = chunks[:1]
    further: list[values.Intent] = []
    for number in range(len(chunks) - 1, 0, -1):
        name = names(number) if names else ""
        closing = values.IntentClosingSetting(conditional=_conditional(chunks[number], last))
        further.insert(0, values.Intent(name=name, intent_closing_setting=closing))
        last = flow_values.DefaultConditionalBranch(
            next_step=flow_values.DialogState(
                dialog_action=flow_values.StepAction(type="StartIntent"),
                intent=flow_values.IntentOverride(name=name),
            )
        )
    return Spread(
        opening=_opening(first),
        closing=values.IntentClosingSetting(conditional=_conditional(chunks[0], last)),
        further=tuple(further),
        left=left,
    )


def _opening(ways: Sequence[Way]) -> values.InitialResponseSetting | None:
    if not ways:
        return None
    on = flow_values.DialogState(dialog_action=flow_values.StepAction(type="FulfillIntent"))
    return values.InitialResponseSetting(
        conditional=_conditional(ways, flow_values.DefaultConditionalBranch(next_step=on))
    )


def _conditional(
    ways: Sequence[Way], default: flow_values.DefaultConditionalBranch
) -> flow_values.Conditional:
    end = flow_values.DialogState(dialog_action=flow_values.StepAction(type="EndConversation"))
    return flow_values.Conditional(
        conditional_branches=tuple(
            flow_values.ConditionalBranch(
                name=f"Branch_{number}",
                condition=flow_values.Condition(expression_string=way.expression),
                response=way.response,
                next_step=way.next_step or end,
            )
            for number, way in enumerate(ways, start=1)
        ),
        default_branch=default,
    )
