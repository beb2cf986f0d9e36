"""Why a locale cannot be built: what Lex refuses, beyond what each request was refused for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from daehwa import bot, dialog

# Their messages are Lex's own, and name the place.
_IN_LEXS_WORDS: Final = frozenset({"no-priority"})
# Of what `daehwa check` calls unwise, what Lex cannot make sense of either.
_UNREADABLE: Final = frozenset({"unbalanced-brace", "unknown-part"})


def build_failures(draft: bot.Bot, definition: bot.BotLocale) -> list[str]:
    """Why the locale cannot be built, for people: in Lex's own words where they are known."""
    alone = msgspec.structs.replace(draft, locales={definition.identifier: definition})
    failures = (
        f"{problem.message} {problem.cure}"
        + ("" if problem.code in _IN_LEXS_WORDS else f" ({problem.file}, {problem.field})")
        for problem in _errors(alone)
    )
    return [*failures, *_unreadable_conditions(alone)]


def _errors(alone: bot.Bot) -> Iterator[bot.Problem]:
    for problem in bot.validate(alone):
        # Conditions are read whole below.
        if problem.severity == "error" and problem.code != "condition-syntax":
            yield problem
    yield from (problem for problem in bot.unwise(alone) if problem.code in _UNREADABLE)


def _unreadable_conditions(alone: bot.Bot) -> Iterator[str]:
    for locale in alone.locales.values():
        for intent in locale.intents.values():
            parts: tuple[bot.Intent | bot.Slot, ...] = (intent, *intent.slots.values())
            for part in parts:
                place = intent.name if part is intent else f"{intent.name}, {part.name}"
                for path, conditional in bot.walk(part):
                    if isinstance(conditional, bot.Conditional) and conditional.is_active:
                        yield from _unreadable(conditional, f"{place}, {path}")


def _unreadable(conditional: bot.Conditional, place: str) -> Iterator[str]:
    for branch in conditional.conditional_branches:
        text = branch.condition.expression_string
        try:
            dialog.parse_condition(text)
        except dialog.ConditionError as fault:
            yield (
                f'the condition "{text}" of the branch "{branch.name}" cannot be read: {fault}. '
                f'Write it as in {{Slot}} = "value" AND [attribute] > 3. ({place})'
            )
