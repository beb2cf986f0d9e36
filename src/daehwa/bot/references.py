"""Names that lead nowhere: slot types, slots and intents that a locale does not have."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from daehwa.bot import layout
from daehwa.bot.problems import Problem, error, warning
from daehwa.bot.reachability import steps
from daehwa.bot.signatures import BUILT_IN, BUILT_IN_SLOT_TYPES
from daehwa.bot.slot_definition import (
    SampleUtterance,
    Slot,
    SlotType,
)
from daehwa.bot.values import (
    Bot,
    BotLocale,
    Intent,
)

PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")

# What people call a built-in type who do not know its name.
_OTHER_WORDS: Final = {
    "FreeFormInput": "string str text any free 글 문자열 텍스트 자유",
    "Number": "int integer float numeric 숫자 수 정수",
    "Date": "datetime day 날짜 날",
    "Time": "hour 시간 시각",
    "Duration": "period timedelta 기간",
    "FirstName": "name person 이름 성함",
    "LastName": "surname 성",
    "PhoneNumber": "phone tel 전화 전화번호 휴대폰",
    "EmailAddress": "email mail 이메일 메일",
    "City": "place location 도시 지역",
    "Country": "nation 나라 국가",
    "Confirmation": "bool boolean yesno 예아니요",
    "AlphaNumeric": "code id 코드 번호",
}


def missing_references(bot: Bot) -> Iterator[Problem]:
    """Every name in the bot that leads nowhere: errors, but for steps that no turn can reach.

    A bot with such an error cannot be built by Lex.
    """
    for locale in bot.locales.values():
        for slot_type in locale.slot_types.values():
            yield from _parts(bot.name, locale, slot_type)
        for intent in locale.intents.values():
            yield from _intent(bot.name, locale, intent)


def intent_faults(bot: str, locale: BotLocale, intent: Intent) -> Iterator[Problem]:
    """The names that lead nowhere which keep an intent of the bot ``bot`` from running."""
    used = {slot.slot_type_name for slot in intent.slots.values()}
    for slot_type in locale.slot_types.values():
        if slot_type.name in used:
            yield from _parts(bot, locale, slot_type)
    for problem in _intent(bot, locale, intent):
        if problem.severity == "error":
            yield problem


def placeholders(text: str) -> Iterator[str]:
    """The slots that a sample utterance names: ``Date`` in ``on {Date}``."""
    for match in PLACEHOLDER.finditer(text):
        # {Address.City} names a part of the composite slot Address.
        yield match[1].strip().partition(".")[0]


def unknown_slots(text: str, intent: Intent) -> frozenset[str]:
    """The slots that a sample utterance names and its intent does not have."""
    return frozenset(placeholders(text)) - intent.slots.keys()


def _parts(bot: str, locale: BotLocale, slot_type: SlotType) -> Iterator[Problem]:
    """The parts of a composite slot type."""
    setting = slot_type.composite_slot_type_setting
    file = layout.slot_type_file(bot, locale.identifier, slot_type.name)
    for index, part in enumerate((setting and setting.sub_slots) or ()):
        yield from _slot_type(
            locale,
            part.slot_type_name or part.slot_type_id,
            file,
            f"$.compositeSlotTypeSetting.subSlots[{index}].slotTypeId",
        )


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
            "missing-slot-type",
            file,
            field,
            f'there is no slot type "{name or ""}" in {locale.identifier}.',
            _type_cure(name or "", locale.slot_types),
        )


def _slot(intent: Intent, name: str, file: str, field: str) -> Iterator[Problem]:
    if name not in intent.slots:
        yield error(
            "missing-slot",
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
    for path, step, reached in steps(place):
        target = (step.intent and step.intent.name) or intent.name
        action = step.dialog_action
        slot = (action.slot_to_elicit or "") if action and action.type == "ElicitSlot" else None
        if target not in locale.intents:
            code = "missing-intent"
            field = f"{path}.intent.name"
            wrong = f'there is no intent "{target}" in {locale.identifier}.'
            cure = _cure(target, locale.intents, "the intent")
        elif slot is not None and slot not in locale.intents[target].slots:
            code = "missing-slot"
            field = f"{path}.dialogAction.slotToElicit"
            wrong = f'there is no slot "{slot}" in the intent "{target}".'
            cure = _cure(slot, locale.intents[target].slots, "the slot")
        else:
            continue
        if reached:
            yield error(code, file, field, wrong, cure)
        else:
            yield warning("unreached-step", file, field, f"nothing leads here, and {wrong}", cure)


def _type_cure(name: str, known: Collection[str]) -> str:
    """The slot type that is meant: one of the locale, or a built-in one without its prefix."""
    built_in = near_built_in(name)
    if built_in and not difflib.get_close_matches(name, known, n=1):
        return f'Write "{built_in}" if that is meant, or add the slot type.'
    return _cure(name, known, "the slot type")


def near_built_in(name: str) -> str | None:
    """The built-in slot type whose name is nearly this one, with its prefix or without."""
    by_case = {each.removeprefix(BUILT_IN).casefold(): each for each in BUILT_IN_SLOT_TYPES}
    word = name.rpartition(".")[2].casefold()
    for built_in, words in _OTHER_WORDS.items():
        if word in words.split():
            return f"{BUILT_IN}{built_in}"
    close = difflib.get_close_matches(word, by_case, 1, 0.8)
    return by_case[close[0]] if close else None


def _cure(name: str, known: Collection[str], what: str) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    if close:
        return f'Write "{close[0]}" if that is meant, or add {what}.'
    if known and len(known) <= 10:  # noqa: PLR2004  a list that a person can take in
        return f"Add {what}, or write one of: {', '.join(known)}."
    return f"Add {what}, or remove the reference."
