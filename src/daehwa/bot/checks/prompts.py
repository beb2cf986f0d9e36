"""Checking messages: their text, cards, buttons and variations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from daehwa.bot import layout
from daehwa.bot.checks.texts import closed_values, normal_form, shown
from daehwa.bot.flow_values import (
    ImageResponseCard,
    Message,
    MessageGroup,
    PromptSpecification,
    ResponseSpecification,
)
from daehwa.bot.problems import Problem, error, warning
from daehwa.bot.slot_definition import (
    Slot,
    SlotValueElicitationSetting,
)
from daehwa.bot.tree import walk
from daehwa.bot.values import (
    Bot,
    BotLocale,
    Intent,
)

_OPEN_BRACE: Final = re.compile(r"\{([A-Za-z][\w-]*)(?![\w}-])")
# SSML has prefixes that AWS knows without a declaration.
_PREFIXES: Final = re.compile(r"(</?|\s)(amazon|xml):")


def prompt_problems(bot: Bot, locale: BotLocale) -> Iterator[Problem]:
    """What is wrong with the messages of a locale's intents and slots."""
    for intent in locale.intents.values():
        file = layout.intent_file(bot.name, locale.identifier, intent.name)
        yield from _messages(intent, intent, file)
        for slot in intent.slots.values():
            beside = layout.slot_file(bot.name, locale.identifier, intent.name, slot.name)
            yield from _messages(intent, slot, beside)
            yield from _buttons_of_prompt(locale, slot, beside)


def _messages(intent: Intent, place: Intent | Slot, file: str) -> Iterator[Problem]:
    for path, value in walk(place):
        if isinstance(value, Message):
            yield from _message(intent, value, file, path)
        elif isinstance(value, MessageGroup):
            yield from _variations(value, file, path)
        elif isinstance(value, ImageResponseCard):
            yield from _card(value, file, path)
        elif isinstance(value, PromptSpecification | ResponseSpecification) and (
            not value.message_groups_list and isinstance(value, PromptSpecification)
        ):
            yield warning(
                "prompt-without-message",
                file,
                path,
                "the prompt has no message: nothing is asked.",
                "Add a message.",
            )


def _message(intent: Intent, message: Message, file: str, path: str) -> Iterator[Problem]:
    for name, text in (
        ("plainTextMessage", message.plain_text_message),
        ("ssmlMessage", message.ssml_message),
        ("customPayload", message.custom_payload),
    ):
        if text is None:
            continue
        field = f"{path}.{name}.value"
        if text.value and not text.value.strip():
            yield warning(
                "blank-message",
                file,
                field,
                "the message is nothing but spaces.",
                "Write what the bot is to say, or remove the message.",
            )
        for match in _OPEN_BRACE.finditer(text.value) if name != "customPayload" else ():
            if match[1] in intent.slots:
                yield warning(
                    "unbalanced-brace-in-message",
                    file,
                    field,
                    f'"{{{match[1]}" has no closing brace: it is shown as it stands.',
                    f"Write {{{match[1]}}}.",
                )
        if name == "ssmlMessage":
            yield from _ssml(text.value, file, field)


def _ssml(text: str, file: str, field: str) -> Iterator[Problem]:
    why = None
    try:
        root = ET.fromstring(_PREFIXES.sub(r"\1\2-", text))  # noqa: S314 - the author's own file
    except ET.ParseError as problem:
        why = f"it is not XML ({problem})"
    else:
        if root.tag != "speak":
            why = "its outermost element is not <speak>"
    if why is not None and text.strip():
        yield warning(
            "ssml-not-valid",
            file,
            field,
            f"the text is not SSML: {why}.",
            "Write <speak>…</speak> with every element closed and every & as &amp;.",
        )


def _variations(group: MessageGroup, file: str, path: str) -> Iterator[Problem]:
    seen = [group.message]
    for index, variation in enumerate(group.variations or ()):
        if variation in seen:
            yield warning(
                "variation-twice",
                file,
                f"{path}.variations[{index}]",
                "the variation is the same as one before it.",
                "Say it in other words, or remove it.",
            )
        seen.append(variation)


def _card(card: ImageResponseCard, file: str, path: str) -> Iterator[Problem]:
    if card.image_url is not None and urlsplit(card.image_url).scheme != "https":
        yield warning(
            "image-not-https",
            file,
            f"{path}.imageUrl",
            f'the picture "{shown(card.image_url)}" has no https address: pages do not show it.',
            "Give a public https address.",
        )
    buttons = card.buttons_list or ()
    for member, counted in (
        ("text", Counter(button.text for button in buttons)),
        ("value", Counter(button.value for button in buttons)),
    ):
        for index, button in enumerate(buttons):
            word = getattr(button, member)
            if counted[word] > 1:
                counted[word] = 0
                yield warning(
                    "button-twice",
                    file,
                    f"{path}.buttonsList[{index}].{member}",
                    f'two buttons of the card have the {member} "{shown(word)}".',
                    "Change one of them, or remove it.",
                )


def _buttons_of_prompt(locale: BotLocale, slot: Slot, file: str) -> Iterator[Problem]:
    """Buttons of a slot's prompt whose value the slot does not take."""
    yield from _refused_buttons(
        locale,
        slot.slot_type_name,
        slot.value_elicitation_setting,
        file,
        "$.valueElicitationSetting",
    )
    setting = slot.sub_slot_setting
    for name, part in ((setting and setting.slot_specifications) or {}).items():
        if part.value_elicitation_setting is not None:
            yield from _refused_buttons(
                locale,
                part.slot_type_name or part.slot_type_id,
                part.value_elicitation_setting,
                file,
                f"$.subSlotSetting.slotSpecifications.{name}.valueElicitationSetting",
            )


def _refused_buttons(
    locale: BotLocale,
    type_name: str | None,
    setting: SlotValueElicitationSetting,
    file: str,
    path: str,
) -> Iterator[Problem]:
    words = closed_values(locale, type_name)
    if words is None:
        return
    prompt: Any = setting.prompt_specification
    for place, card in walk(prompt, f"{path}.promptSpecification"):
        for index, button in enumerate(
            (isinstance(card, ImageResponseCard) and card.buttons_list) or ()
        ):
            if normal_form(button.value) not in words:
                yield error(
                    "button-refused",
                    file,
                    f"{place}.buttonsList[{index}].value",
                    f'"{shown(button.value)}" is not a value of "{type_name}": '
                    "whoever presses the button is asked again.",
                    "Write a value or synonym of the type, or add this one to it.",
                )
