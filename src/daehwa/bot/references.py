"""Names that lead nowhere: slot types, slots and intents that a locale does not have."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from daehwa.bot import layout
from daehwa.bot.problems import Problem, error
from daehwa.bot.signatures import BUILT_IN
from daehwa.bot.tree import walk
from daehwa.bot.values import Bot, BotLocale, DialogState, Intent, SampleUtterance, Slot

PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")


def missing_references(bot: Bot) -> Iterator[Problem]:
    """Every name in the bot that leads nowhere. Such a bot cannot be built by Lex, or served."""
    for locale in bot.locales.values():
        for slot_type in locale.slot_types.values():
            setting = slot_type.composite_slot_type_setting
            file = layout.slot_type_file(bot.name, locale.identifier, slot_type.name)
            for index, part in enumerate((setting and setting.sub_slots) or ()):
                yield from _slot_type(
                    locale,
                    part.slot_type_name or part.slot_type_id,
                    file,
                    f"$.compositeSlotTypeSetting.subSlots[{index}].slotTypeId",
                )
        for intent in locale.intents.values():
            yield from _intent(bot.name, locale, intent)


def placeholders(text: str) -> Iterator[str]:
    """The slots that a sample utterance names: ``Date`` in ``on {Date}``."""
    for match in PLACEHOLDER.finditer(text):
        # {Address.City} names a part of the composite slot Address.
        yield match[1].strip().partition(".")[0]


def _intent(bot: str, locale: BotLocale, intent: Intent) -> Iterator[Problem]:
    file = layout.intent_file(bot, locale.identifier, intent.name)
    for index, priority in enumerate(intent.slot_priorities or ()):
        yield from _slot(intent, priority.slot_name, file, f"$.slotPriorities[{index}].slotName")
    yield from _utterances(intent, intent.sample_utterances, file, "$.sampleUtterances")
    yield from _next_steps(locale, intent, intent, file)
    for slot in intent.slots.values():
        yield from _slot_references(bot, locale, intent, slot)


def _slot_references(bot: str, locale: BotLocale, intent: Intent, slot: Slot) -> Iterator[Problem]:
    file = layout.slot_file(bot, locale.identifier, intent.name, slot.name)
    yield from _slot_type(locale, slot.slot_type_name, file, "$.slotTypeName")
    yield from _utterances(
        intent,
        slot.value_elicitation_setting.sample_utterances,
        file,
        "$.valueElicitationSetting.sampleUtterances",
    )
    setting = slot.sub_slot_setting
    for name, part in ((setting and setting.slot_specifications) or {}).items():
        path = f"$.subSlotSetting.slotSpecifications.{name}.slotTypeId"
        yield from _slot_type(locale, part.slot_type_name or part.slot_type_id, file, path)
    yield from _next_steps(locale, intent, slot, file)


def _slot_type(locale: BotLocale, name: str | None, file: str, field: str) -> Iterator[Problem]:
    if name is None or not (name.startswith(BUILT_IN) or name in locale.slot_types):
        yield error(
            file,
            field,
            f'there is no slot type "{name or ""}" in {locale.identifier}.',
            _cure(name or "", locale.slot_types, "the slot type"),
        )


def _slot(intent: Intent, name: str, file: str, field: str) -> Iterator[Problem]:
    if name not in intent.slots:
        yield error(
            file,
            field,
            f'there is no slot "{name}" in the intent "{intent.name}".',
            _cure(name, intent.slots, "the slot"),
        )


def _utterances(
    intent: Intent, utterances: Iterable[SampleUtterance] | None, file: str, field: str
) -> Iterator[Problem]:
    for index, sample in enumerate(utterances or ()):
        for name in placeholders(sample.utterance):
            yield from _slot(intent, name, file, f"{field}[{index}].utterance")


def _next_steps(
    locale: BotLocale, intent: Intent, place: Intent | Slot, file: str
) -> Iterator[Problem]:
    for path, value in walk(place):
        if not isinstance(value, DialogState):
            continue
        target = (value.intent and value.intent.name) or intent.name
        if target not in locale.intents:
            yield error(
                file,
                f"{path}.intent.name",
                f'there is no intent "{target}" in {locale.identifier}.',
                _cure(target, locale.intents, "the intent"),
            )
        elif value.dialog_action is not None and value.dialog_action.type == "ElicitSlot":
            slot = value.dialog_action.slot_to_elicit or ""
            yield from _slot(
                locale.intents[target], slot, file, f"{path}.dialogAction.slotToElicit"
            )


def _cure(name: str, known: Collection[str], what: str) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    if close:
        return f'Write "{close[0]}" if that is meant, or add {what}.'
    if known and len(known) <= 10:  # noqa: PLR2004  a list that a person can take in
        return f"Add {what}, or write one of: {', '.join(known)}."
    return f"Add {what}, or remove the reference."
