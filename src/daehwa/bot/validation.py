"""Checking a bot: what Lex would not build, and what its author probably did not mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from daehwa.bot import layout, limits
from daehwa.bot.flow import flow_problems
from daehwa.bot.identity import TEST_ALIAS
from daehwa.bot.limits import beyond_limits
from daehwa.bot.network_checks import network_problems
from daehwa.bot.problems import Problem, error, warning
from daehwa.bot.references import missing_references, near_built_in, placeholders
from daehwa.bot.regex_filter import pattern_fault
from daehwa.bot.signatures import (
    BUILT_IN,
    BUILT_IN_INTENTS,
    BUILT_IN_SLOT_TYPES,
    FALLBACK_INTENT,
)
from daehwa.bot.slot_definition import (
    Slot,
    SlotType,
)
from daehwa.bot.values import (
    Bot,
    BotLocale,
    Intent,
)

_FREE_FORM: Final = BUILT_IN + "FreeFormInput"
_ALPHANUMERIC: Final = BUILT_IN + "AlphaNumeric"
_ALIAS_ID: Final = re.compile(r"[0-9a-zA-Z]{10}")
_SHOWN: Final = 5


def validate(bot: Bot) -> list[Problem]:
    """Everything that is wrong with the bot, errors first; an empty list for a sound one.

    Whatever :func:`load` would refuse is an error here, too.
    """
    problems = [*missing_references(bot), *_bot(bot)]
    return sorted(problems, key=lambda problem: problem.severity)


def _bot(bot: Bot) -> Iterator[Problem]:
    file = layout.bot_file(bot.name)
    yield from beyond_limits(bot, file)
    if not bot.locales:
        yield error(
            "no-locale",
            file,
            "$",
            "the bot has no locale.",
            "Add a language: in a project a file such as ko_KR.yaml, in an export a folder under "
            "BotLocales.",
        )
    yield from network_problems(bot)
    yield from _aliases(bot, file)
    for locale in bot.locales.values():
        yield from _locale(bot.name, locale, of_network=bot.is_network)


def _aliases(bot: Bot, file: str) -> Iterator[Problem]:
    ids = [TEST_ALIAS.identifier]
    for name, identifier in bot.aliases.items():
        if identifier in ids or not _ALIAS_ID.fullmatch(identifier):
            yield error(
                "alias-id",
                file,
                f"$.aliases.{name}",
                f'"{identifier}" is not an id that an alias can have.',
                "Write the ten letters and digits that it has in Lex, each id once.",
            )
        ids.append(identifier)


# --- locales --------------------------------------------------------------------------


def _locale(bot: str, locale: BotLocale, *, of_network: bool) -> Iterator[Problem]:
    file = layout.locale_file(bot, locale.identifier)
    yield from beyond_limits(locale, file)
    english = locale.identifier.startswith("en_")
    most = limits.MAX_INTENTS_ENGLISH if english else limits.MAX_INTENTS
    if len(locale.intents) > most:
        yield error(
            "too-many-intents",
            file,
            "$",
            f"the locale has {len(locale.intents):,} intents; Lex takes {most:,}.",
            "Join some of them, or split the bot.",
        )
    if not of_network:
        yield from _fallback(locale, file)
    for slot_type in locale.slot_types.values():
        yield from _slot_type(bot, locale.identifier, slot_type)
    for intent in locale.intents.values():
        yield from _intent(bot, locale, intent)
    yield from _repeated_utterances(bot, locale)


def _fallback(locale: BotLocale, file: str) -> Iterator[Problem]:
    count = sum(i.parent_intent_signature == FALLBACK_INTENT for i in locale.intents.values())
    if count == 0:
        yield error(
            "no-fallback",
            file,
            "$",
            "the locale has no FallbackIntent.",
            f'Add an intent "FallbackIntent" with the parentIntentSignature "{FALLBACK_INTENT}".',
        )
    if count > 1:
        yield error(
            "two-fallbacks",
            file,
            "$",
            f"the locale has {count} FallbackIntents.",
            "Keep one of them.",
        )
    if all(i.parent_intent_signature == FALLBACK_INTENT for i in locale.intents.values()):
        yield error(
            "no-intent", file, "$", "the locale has no intent of its own.", "Add an intent."
        )


def _repeated_utterances(bot: str, locale: BotLocale) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for intent in locale.intents.values():
        file = layout.intent_file(bot, locale.identifier, intent.name)
        for index, sample in enumerate(intent.sample_utterances or ()):
            words = " ".join(sample.utterance.casefold().split())
            if words in owners:
                yield warning(
                    "duplicate-sample",
                    file,
                    f"$.sampleUtterances[{index}].utterance",
                    f'"{sample.utterance}" is already a sample utterance of "{owners[words]}".',
                    "Remove one of the two.",
                )
            owners.setdefault(words, intent.name)


# --- slot types -----------------------------------------------------------------------


def _slot_type(bot: str, locale: str, slot_type: SlotType) -> Iterator[Problem]:
    file = layout.slot_type_file(bot, locale, slot_type.name)
    yield from beyond_limits(slot_type, file)
    words = [
        sample.value
        for value in slot_type.slot_type_values or ()
        for sample in (value.sample_value, *(value.synonyms or ()))
    ]
    if len(words) > limits.MAX_SLOT_TYPE_VALUES:
        yield error(
            "too-many-values",
            file,
            "$.slotTypeValues",
            f"there are {len(words):,} values and synonyms; "
            f"Lex takes {limits.MAX_SLOT_TYPE_VALUES:,}.",
            "Remove some of them.",
        )
    yield from _ambiguous_values(slot_type, file)
    setting = slot_type.value_selection_setting
    restricted = setting is not None and setting.resolution_strategy == "TOP_RESOLUTION"
    yield from _grammar(slot_type, file)
    if restricted and not words and slot_type.external_source_setting is None:
        yield error(
            "closed-type-without-values",
            file,
            "$.slotTypeValues",
            "the type takes only its own values, and has none.",
            "Add values, or set the resolutionStrategy to ORIGINAL_VALUE.",
        )
    yield from _pattern(slot_type, file)


def _ambiguous_values(slot_type: SlotType, file: str) -> Iterator[Problem]:
    meanings: dict[str, dict[str, str]] = {}
    for value in slot_type.slot_type_values or ():
        name = value.sample_value.value
        for sample in (value.sample_value, *(value.synonyms or ())):
            meanings.setdefault(sample.value.casefold(), {}).setdefault(name.casefold(), name)
    twofold = [
        f'"{word}" ({", ".join(sorted(meant.values()))})'
        for word, meant in meanings.items()
        if len(meant) > 1
    ]
    if twofold:
        more = ", …" if len(twofold) > _SHOWN else ""
        yield warning(
            "ambiguous-value",
            file,
            "$.slotTypeValues",
            f"a word stands for several values: {', '.join(twofold[:_SHOWN])}{more}.",
            "Keep it under the value that it should mean.",
        )


def _pattern(slot_type: SlotType, file: str) -> Iterator[Problem]:
    setting = slot_type.value_selection_setting
    parent = slot_type.parent_slot_type_signature
    if setting is not None and setting.regex_filter is not None and parent != _ALPHANUMERIC:
        yield warning(
            "regex-without-effect",
            file,
            "$.valueSelectionSetting.regexFilter",
            f"the pattern has no effect: only types derived from {_ALPHANUMERIC} have one.",
            f'Set parentSlotTypeSignature to "{_ALPHANUMERIC}", or remove the pattern.',
        )
    elif setting is not None and setting.regex_filter is not None:
        fault = pattern_fault(setting.regex_filter.pattern)
        if fault is not None:
            yield error(
                "regex-refused",
                file,
                "$.valueSelectionSetting.regexFilter.pattern",
                f"Lex does not take the pattern: {fault}.",
                "Say how many signs there may be at most, as in [0-9]{1,10}."
                if "bound" in fault or "wild" in fault
                else "Close each [ and (, and write \\ before a sign that stands for itself.",
            )


def _grammar(slot_type: SlotType, file: str) -> Iterator[Problem]:
    name = layout.grammar_name(slot_type.external_source_setting)
    if slot_type.grammar is None:
        if slot_type.external_source_setting is not None:
            yield warning(
                "grammar-elsewhere",
                file,
                "$.externalSourceSetting",
                "the grammar is in S3, not here: any short phrase is accepted as a value.",
                f'Put the grammar next to this file, as "{name}".',
            )
        return
    beside = f"{file.rpartition('/')[0]}/{name}"
    try:
        ET.fromstring(slot_type.grammar.encode())  # noqa: S314 - the author's own file
    except ET.ParseError as problem:
        yield error(
            "grammar-not-xml",
            beside,
            f"line {problem.position[0]}, column {problem.position[1]}",
            f"the grammar is not XML: {problem}.",
            "Correct it; until then any short phrase is accepted as a value.",
        )
    if len(slot_type.grammar.encode()) > limits.MAX_GRAMMAR_BYTES:
        yield error(
            "grammar-too-big",
            beside,
            "$",
            f"the grammar has more than the {limits.MAX_GRAMMAR_BYTES:,} bytes that Lex takes.",
            "Shorten it.",
        )


# --- intents and slots ----------------------------------------------------------------


def _intent(bot: str, locale: BotLocale, intent: Intent) -> Iterator[Problem]:
    file = layout.intent_file(bot, locale.identifier, intent.name)
    yield from beyond_limits(intent, file)
    yield from flow_problems(intent, intent, file)
    signature = intent.parent_intent_signature
    if signature is not None and signature.partition("::")[0] not in BUILT_IN_INTENTS:
        yield warning(
            "unknown-built-in-intent",
            file,
            "$.parentIntentSignature",
            f'"{signature}" is not a built-in intent that is known here.',
            "Check its spelling; it will run as an ordinary intent.",
        )
    if signature == FALLBACK_INTENT:
        yield from _fallback_intent(intent, file)
    elif signature is None and not intent.sample_utterances:
        yield warning(
            "no-samples",
            file,
            "$.sampleUtterances",
            "nothing that users say can reach this intent: it has no sample utterances.",
            "Add some, unless only a next step or a code hook starts it.",
        )
    if len(intent.slots) > limits.MAX_SLOTS:
        yield error(
            "too-many-slots",
            file,
            "$",
            f"the intent has {len(intent.slots)} slots; Lex takes {limits.MAX_SLOTS}.",
            "Split the intent.",
        )
    yield from _priorities(intent, file)
    confirmation = intent.intent_confirmation_setting
    if (
        confirmation is not None
        and confirmation.is_active
        and not confirmation.prompt_specification
    ):
        yield error(
            "confirmation-without-prompt",
            file,
            "$.intentConfirmationSetting.promptSpecification",
            "the intent asks for confirmation, but has no prompt for it.",
            "Add a prompt, or set isActive to false.",
        )
    yield from _output_contexts(intent, file)
    for slot in intent.slots.values():
        yield from _slot(bot, locale, intent, slot)


def _output_contexts(intent: Intent, file: str) -> Iterator[Problem]:
    fulfilment, dialog = intent.fulfillment_code_hook, intent.dialog_code_hook
    fulfilled = fulfilment is not None and fulfilment.is_active is not False
    if intent.output_contexts and not fulfilled and not (dialog is not None and dialog.enabled):
        yield warning(
            "contexts-never-set",
            file,
            "$.outputContexts",
            "the contexts are never activated: nothing fulfils the intent.",
            "Give it a fulfilment, with a success response or a code hook.",
        )


def _fallback_intent(intent: Intent, file: str) -> Iterator[Problem]:
    for field, member in (
        ("sampleUtterances", intent.sample_utterances),
        ("slotPriorities", intent.slots),
        ("intentConfirmationSetting", intent.intent_confirmation_setting),
    ):
        if member:
            yield error(
                "fallback-with-parts",
                file,
                f"$.{field}",
                "a FallbackIntent can have no utterances, slots or confirmation.",
                "Remove them, or move them to an intent of your own.",
            )


def _priorities(intent: Intent, file: str) -> Iterator[Problem]:
    priorities = intent.slot_priorities or ()
    counted = Counter(priority.slot_name for priority in priorities)
    missing = [name for name in intent.slots if counted[name] == 0]
    if missing:
        # Lex's own words: they are what people search for.
        yield error(
            "no-priority",
            file,
            "$.slotPriorities",
            f"Slot ids [{', '.join(missing)}] in intent {intent.name} "
            "don't define a slot priority.",
            "Update the intent to add a priority to these slots.",
        )
    for name in intent.slots:
        if counted[name] > 1:
            yield error(
                "slot-listed-twice",
                file,
                "$.slotPriorities",
                f'the slot "{name}" is listed {counted[name]} times.',
                "Keep one of them.",
            )
    for number, count in Counter(priority.priority for priority in priorities).items():
        if count > 1:
            yield warning(
                "same-priority",
                file,
                "$.slotPriorities",
                f"{count} slots have the priority {number}; they are asked for by name.",
                "Give each slot a number of its own.",
            )


def _unknown_built_in(kind: str, file: str) -> Problem:
    """A built-in slot type that there is not; one in other letters is refused by Lex for sure."""
    near = near_built_in(kind)
    if near and near.casefold() == kind.casefold():
        return error(
            "built-in-type-case",
            file,
            "$.slotTypeName",
            f'Lex has no "{kind}": capitals and small letters matter.',
            f'Write "{near}".',
        )
    return warning(
        "unknown-built-in-type",
        file,
        "$.slotTypeName",
        f'"{kind}" is not a built-in slot type that is known here.',
        f'Write "{near}" if that is meant.'
        if near
        else "Check its spelling; it will take any words.",
    )


def _slot(bot: str, locale: BotLocale, intent: Intent, slot: Slot) -> Iterator[Problem]:
    file = layout.slot_file(bot, locale.identifier, intent.name, slot.name)
    yield from beyond_limits(slot, file)
    yield from flow_problems(intent, slot, file)
    setting = slot.value_elicitation_setting
    if setting.slot_constraint == "Required" and not setting.prompt_specification:
        yield error(
            "slot-without-prompt",
            file,
            "$.valueElicitationSetting.promptSpecification",
            "the slot is required, but no prompt asks for it.",
            "Add a prompt, or make the slot Optional.",
        )
    kind = slot.slot_type_name or ""
    if kind.startswith(BUILT_IN) and kind not in BUILT_IN_SLOT_TYPES:
        yield _unknown_built_in(kind, file)
    if kind == _FREE_FORM:
        for index, sample in enumerate(intent.sample_utterances or ()):
            if slot.name in placeholders(sample.utterance):
                yield error(
                    "free-text-in-sample",
                    layout.intent_file(bot, locale.identifier, intent.name),
                    f"$.sampleUtterances[{index}].utterance",
                    f'"{slot.name}" takes free text, which a sample utterance cannot contain.',
                    "Remove the placeholder; the slot is filled when it is asked for.",
                )
