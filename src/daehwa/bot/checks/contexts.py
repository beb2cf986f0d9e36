"""Checking what is remembered: contexts and session attributes that nobody sets or reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from daehwa.bot import layout
from daehwa.bot.checks.slot_filling import calls_hook
from daehwa.bot.checks.texts import shown
from daehwa.bot.flow_values import (
    Condition,
    TextValue,
)
from daehwa.bot.problems import Problem, warning
from daehwa.bot.reachability import places, steps
from daehwa.bot.slot_definition import (
    DefaultValue,
)
from daehwa.bot.tree import walk
from daehwa.bot.values import (
    Bot,
    BotLocale,
    Intent,
)

_OF_CONTEXT: Final = re.compile(r"#([\w-]+)\.([\w.-]+)")
_ATTRIBUTE: Final = re.compile(r"\[([A-Za-z][\w.:-]*)\]")
_STRING: Final = re.compile(r'"[^"]*"')
# Attributes that Lex or a channel sets. Source: Lex V2 developer guide, "Setting session
# attributes" and "Request attributes".
_PREDEFINED: Final = ("x-amz-lex:", "x-amz", "aws")


def context_problems(bot: Bot, locale: BotLocale) -> Iterator[Problem]:
    """Contexts and attributes that are read but never set, or set but never read."""
    intents = locale.intents.values()
    given = {
        context.name: [i for i in intents if context.name in _outputs(i)]
        for intent in intents
        for context in intent.output_contexts or ()
    }
    wanted = {context.name for intent in intents for context in intent.input_contexts or ()}
    attributes = _attributes_set(locale)
    hooks = any(map(calls_hook, intents))
    for intent in intents:
        file = layout.intent_file(bot.name, locale.identifier, intent.name)
        for index, context in enumerate(intent.input_contexts or ()):
            if context.name not in given:
                yield warning(
                    "context-never-set",
                    file,
                    f"$.inputContexts[{index}].name",
                    f'no intent sets the context "{context.name}": '
                    f'"{intent.name}" can be understood only where a code hook or the caller '
                    "sets it.",
                    "Add it to the outputContexts of the intent that comes before, "
                    "or remove it here.",
                )
        for place, where in (
            (intent, file),
            *(
                (slot, layout.slot_file(bot.name, locale.identifier, intent.name, slot.name))
                for slot in intent.slots.values()
            ),
        ):
            for path, value in walk(place):
                yield from _default(value, given, where, path)
                if not hooks:
                    yield from _attribute(value, attributes, where, path)
    yield from _never_read(bot.name, locale, wanted)


def _outputs(intent: Intent) -> set[str]:
    return {context.name for context in intent.output_contexts or ()}


def _default(value: Any, given: dict[str, list[Intent]], file: str, path: str) -> Iterator[Problem]:
    if not isinstance(value, DefaultValue):
        return
    match = _OF_CONTEXT.fullmatch(value.default_value.strip())
    if match is None:
        return
    context, parameter = match.groups()
    if context not in given:
        yield warning(
            "context-never-set",
            file,
            f"{path}.defaultValue",
            f'no intent sets the context "{context}": the default is empty unless a code hook '
            "or the caller sets it.",
            "Check its spelling, or add it to an intent's outputContexts.",
        )
    elif not any(parameter.partition(".")[0] in intent.slots for intent in given[context]):
        names = ", ".join(f'"{intent.name}"' for intent in given[context])
        yield warning(
            "context-without-value",
            file,
            f"{path}.defaultValue",
            f'the context "{context}" holds no "{parameter}": {names} has no such slot.',
            "Name a slot of the intent that sets the context.",
        )


def _never_read(bot: str, locale: BotLocale, wanted: set[str]) -> Iterator[Problem]:
    texts = json.dumps(
        [msgspec.to_builtins(intent.slots) for intent in locale.intents.values()],
        ensure_ascii=False,
    )
    for intent in locale.intents.values():
        for index, context in enumerate(intent.output_contexts or ()):
            used = context.name in wanted or f"#{context.name}." in texts
            if not used and not calls_hook(intent):
                yield warning(
                    "context-never-read",
                    layout.intent_file(bot, locale.identifier, intent.name),
                    f"$.outputContexts[{index}].name",
                    f'no intent and no default value reads the context "{context.name}".',
                    "Name it in the inputContexts of the intent that is to follow, or remove it.",
                )


def _attributes_set(locale: BotLocale) -> set[str]:
    return {
        name
        for intent in locale.intents.values()
        for place in places(intent)
        for _, step, _ in steps(place)
        for name in step.session_attributes or {}
    }


def _attribute(value: Any, known: set[str], file: str, path: str) -> Iterator[Problem]:
    """References to session attributes, in a bot without code hooks that could set them."""
    match value:
        case TextValue():
            text, member = value.value, "value"
        case Condition():
            text, member = _STRING.sub("", value.expression_string), "expressionString"
        case DefaultValue():
            text, member = value.default_value, "defaultValue"
        case _:
            return
    if path.endswith("customPayload"):
        return
    for name in dict.fromkeys(_ATTRIBUTE.findall(text)):
        plain_words = isinstance(value, TextValue) and name.isalpha() and not known
        if name not in known and not name.startswith(_PREDEFINED) and not plain_words:
            yield warning(
                "attribute-never-set",
                file,
                f"{path}.{member}",
                f'nothing in the bot sets the session attribute "{shown(name)}".',
                "Set it in a next step, or make sure that the caller sends it.",
            )
