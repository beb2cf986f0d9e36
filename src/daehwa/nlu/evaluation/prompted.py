"""What a text of a test set replies to, by the prompts that were said before it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Final

from daehwa import bot, lex
from daehwa.nlu.evaluation.material import Example

_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]")


class PromptedTalks:
    """The conversations of a test set as they go on: the intent of each, the slots it has.

    Without a ``locale`` every text stands alone.
    """

    def __init__(self, locale: bot.BotLocale | None) -> None:
        self._locale = locale
        self._intents: dict[str, str] = {}
        self._filled: dict[str, dict[str, str]] = {}

    def elicited(self, example: Example) -> lex.Elicitation | None:
        """What the bot elicits when the text is said; ``None`` where any intent may be meant."""
        if self._locale is None or example.prompt is None:
            return None
        name = self._intents.get(example.conversation)
        intent = self._locale.intents.get(name or "")
        if intent is None:
            return None
        filled = self._filled.get(example.conversation, {})
        return self._by_prompt(intent, example.prompt) or _next(intent, filled, example)

    @staticmethod
    def _by_prompt(intent: bot.Intent, prompt: str) -> lex.Elicitation | None:
        """What the intent elicits with the prompt's words."""
        if not prompt:
            return None
        for slot in intent.prioritised_slots:
            if _has_words(slot.value_elicitation_setting.prompt_specification, prompt):
                return lex.Elicitation(intent=intent.name, slot=slot.name)
        confirmation = intent.intent_confirmation_setting
        if confirmation is not None and _has_words(confirmation.prompt_specification, prompt):
            return lex.Elicitation(intent=intent.name, confirmation=True)
        return None

    def new_slots(self, example: Example) -> dict[str, str]:
        """The expected slots that the text itself gives: those from before are repeated in rows."""
        before = self._filled.get(example.conversation, {}) if example.conversation else {}
        return {name: v for name, v in example.slots.items() if before.get(name) != v}

    def go_on(self, example: Example, elicitation: lex.Elicitation | None) -> None:
        """Note what the conversation is about after the text."""
        if not example.conversation:
            return
        if self._intents.get(example.conversation) != example.intent:
            self._intents[example.conversation] = example.intent
            self._filled[example.conversation] = {}
        filled = self._filled.setdefault(example.conversation, {})
        filled |= example.slots
        if elicitation is not None and elicitation.slot is not None:
            filled.setdefault(elicitation.slot, example.text)


def _next(intent: bot.Intent, filled: Container[str], example: Example) -> lex.Elicitation | None:
    """What the intent would elicit next: what the text is expected to fill, by priority."""
    empty = [slot for slot in intent.prioritised_slots if slot.name not in filled]
    expected = [slot for slot in empty if slot.name in example.slots]
    required = [
        slot for slot in empty if slot.value_elicitation_setting.slot_constraint == "Required"
    ]
    for slot in (*expected, *required):
        return lex.Elicitation(intent=intent.name, slot=slot.name)
    confirmation = intent.intent_confirmation_setting
    if confirmation is not None and confirmation.is_active:
        return lex.Elicitation(intent=intent.name, confirmation=True)
    return None


def _has_words(specification: bot.PromptSpecification | None, prompt: str) -> bool:
    """Whether the prompt is one of the specification's messages, whatever stands for its slots."""
    form = bot.normal_form(prompt)
    return any(
        bot.normal_form(_PLACEHOLDER.sub("", text))
        and re.fullmatch(".*".join(map(_escaped, _PLACEHOLDER.split(text))), form) is not None
        for text in _messages(specification)
    )


def _escaped(part: str) -> str:
    return re.escape(bot.normal_form(part)) if part.strip() else ""


def _messages(specification: bot.PromptSpecification | None) -> Iterator[str]:
    for group in specification.message_groups_list if specification is not None else ():
        for message in (group.message, *(group.variations or ())):
            if message.plain_text_message is not None:
                yield message.plain_text_message.value
