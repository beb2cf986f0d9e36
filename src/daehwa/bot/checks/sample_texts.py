"""Checking sample utterances: those that say nothing, say the same, or say it in a broken way."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Final

from daehwa.bot import layout
from daehwa.bot.checks.texts import (
    PLACEHOLDER,
    is_quoted,
    normal_form,
    sample_form,
    shown,
    words_of,
)
from daehwa.bot.problems import Problem, error, warning
from daehwa.bot.signatures import BUILT_IN
from daehwa.bot.slot_signs import FULL_WIDTH_BRACES, slot_sign_problems
from daehwa.bot.values import (
    Bot,
    BotLocale,
    Intent,
)

# Types that take nearly any words: a sample that is such a slot alone takes all that is said.
_ANY_WORDS: Final = frozenset(
    f"{BUILT_IN}{name}" for name in ("AlphaNumeric", "FirstName", "LastName", "StreetName")
)
_OTHER_SIGNS: Final = (
    r"[$#@%]\{\s*(\w+)\s*\}", r"<\s*(\w+)\s*>", r"\[\s*(\w+)\s*\]", r"%(\w+)%",
    FULL_WIDTH_BRACES,
)  # fmt: skip
_HIDDEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


def sample_problems(bot: Bot, locale: BotLocale) -> Iterator[Problem]:
    """What is wrong with the sample utterances of a locale's intents."""
    for intent in locale.intents.values():
        file = layout.intent_file(bot.name, locale.identifier, intent.name)
        for index, sample in enumerate(intent.sample_utterances or ()):
            field = f"$.sampleUtterances[{index}].utterance"
            yield from _writing(sample.utterance, file, field)
            yield from _other_signs(intent, sample.utterance, file, field)
            yield from _slots_alone(locale, intent, sample.utterance, file, field)
        yield from _few(intent, file)
        for slot in intent.slots.values():
            beside = layout.slot_file(bot.name, locale.identifier, intent.name, slot.name)
            for index, sample in enumerate(slot.value_elicitation_setting.sample_utterances or ()):
                field = f"$.valueElicitationSetting.sampleUtterances[{index}].utterance"
                yield from _writing(sample.utterance, beside, field)
    yield from _duplicates(bot.name, locale)
    yield from _values_of_slots(bot.name, locale)


def _other_signs(intent: Intent, text: str, file: str, field: str) -> Iterator[Problem]:
    """Slots in the signs of other systems: ``<Day>``, ``${Day}``, ``[Day]``, ``｛Day｝``."""
    yield from slot_sign_problems(
        text,
        _OTHER_SIGNS,
        intent.slots,
        file=file,
        field=field,
        shown="is read as it stands, and not as the slot alone",
    )


def _writing(text: str, file: str, field: str) -> Iterator[Problem]:
    """Braces, hidden characters, and placeholders in one sample utterance."""
    bare = PLACEHOLDER.sub("", text)
    if "{" in bare or "}" in bare:
        yield error(
            "unbalanced-brace",
            file,
            field,
            f'the braces of "{shown(text)}" do not match.',
            "Write each slot as {Name}, with both braces.",
        )
    names = [name.strip() for name in PLACEHOLDER.findall(text)]
    if "" in names:
        yield error(
            "empty-placeholder",
            file,
            field,
            f'"{shown(text)}" has braces with no slot in them.',
            "Write the slot's name between the braces, or remove them.",
        )
    for name, count in Counter(filter(None, names)).items():
        if count > 1:
            yield warning(
                "slot-twice-in-sample",
                file,
                field,
                f'the slot "{name}" stands {count} times in "{shown(text)}"; it has one value.',
                "Keep one, or add a second slot.",
            )
    if "}{" in text:
        yield warning(
            "slots-without-space",
            file,
            field,
            f'two slots touch in "{shown(text)}": nothing shows where one ends.',
            "Put a space or a word between them.",
        )
    if is_quoted(text):
        yield warning(
            "quotes-around-text",
            file,
            field,
            f"{shown(text)} is in quotation marks, which nobody says.",
            "Remove them; where a file needs quotes, use straight ones.",
        )
    hidden = sorted({sign for sign in text if unicodedata.category(sign) in _HIDDEN})
    if hidden or unicodedata.normalize("NFC", text) != text:
        what = ", ".join(f"U+{ord(sign):04X}" for sign in hidden) or "letters in pieces (NFD)"
        yield warning(
            "hidden-character",
            file,
            field,
            f'"{shown(text)}" has invisible characters: {what}.',
            "Type the sample again.",
        )
    if text and not PLACEHOLDER.sub("x", text).strip():
        yield error("blank-sample", file, field, "the sample is nothing but spaces.", "Remove it.")
    elif text and not any(sign.isalnum() for sign in PLACEHOLDER.sub("x", text)):
        yield warning(
            "sample-without-words",
            file,
            field,
            f'"{shown(text)}" has no letter or digit.',
            "Write what users say.",
        )


def _slots_alone(
    locale: BotLocale, intent: Intent, text: str, file: str, field: str
) -> Iterator[Problem]:
    """A sample of nothing but slots that take nearly any words."""
    names = [name.strip() for name in PLACEHOLDER.findall(text)]
    if not names or any(sign.isalnum() for sign in PLACEHOLDER.sub("", text)):
        return
    kinds = {name: intent.slots[name].slot_type_name for name in names if name in intent.slots}
    if len(kinds) < len(set(names)) or not all(_takes_anything(locale, k) for k in kinds.values()):
        return
    yield warning(
        "sample-takes-anything",
        file,
        field,
        f'"{shown(text)}" is nothing but slots that take nearly any words: '
        "whatever is said may start this intent.",
        "Put words around the slot, or give it a type with values of its own.",
    )


def _takes_anything(locale: BotLocale, type_name: str | None) -> bool:
    slot_type = locale.slot_types.get(type_name or "")
    if slot_type is None:
        return type_name in _ANY_WORDS
    return not (
        slot_type.slot_type_values
        or slot_type.grammar
        or slot_type.external_source_setting
        or slot_type.composite_slot_type_setting
        or slot_type.parent_slot_type_signature
    )


def _few(intent: Intent, file: str) -> Iterator[Problem]:
    if intent.parent_intent_signature is None and len(intent.sample_utterances or ()) == 1:
        yield warning(
            "one-sample",
            file,
            "$.sampleUtterances",
            f'"{intent.name}" is learned from one sample utterance: others are easily missed.',
            "Add at least three more ways to say it.",
        )


def _duplicates(bot: str, locale: BotLocale) -> Iterator[Problem]:
    """Samples that differ in nothing that is heard; in equal words they are found by validation."""
    owners: dict[str, tuple[Intent, str]] = {}
    for intent in locale.intents.values():
        file = layout.intent_file(bot, locale.identifier, intent.name)
        for index, sample in enumerate(intent.sample_utterances or ()):
            form = sample_form(sample.utterance, intent)
            owner, text = owners.setdefault(form, (intent, sample.utterance))
            if text is sample.utterance and owner is intent:
                continue
            if _words(text) == _words(sample.utterance) or not _compete(owner, intent):
                continue
            field = f"$.sampleUtterances[{index}].utterance"
            if owner is intent:
                yield warning(
                    "repeated-sample",
                    file,
                    field,
                    f'"{shown(sample.utterance)}" says the same as "{shown(text)}" before it.',
                    "Remove one of the two.",
                )
                continue
            yield warning(
                "duplicate-sample",
                file,
                field,
                f'"{shown(sample.utterance)}" sounds like "{shown(text)}", '
                f'a sample utterance of "{owner.name}".',
                "Remove one of the two.",
            )


def _words(text: str) -> str:
    return " ".join(text.casefold().split())


def _compete(one: Intent, other: Intent) -> bool:
    """Whether both intents can be meant at once: those of different contexts cannot."""
    mine = {context.name for context in one.input_contexts or ()}
    its = {context.name for context in other.input_contexts or ()}
    return not (mine and its) or mine == its or one is other


def _values_of_slots(bot: str, locale: BotLocale) -> Iterator[Problem]:
    """Samples that are values of another intent's slot: in its reply they may switch the intent."""
    owners: dict[str, list[tuple[str, str]]] = {}
    for intent in locale.intents.values():
        for slot in intent.slots.values():
            slot_type = locale.slot_types.get(slot.slot_type_name or "")
            for word, _ in words_of(slot_type) if slot_type is not None else ():
                owners.setdefault(normal_form(word), []).append((intent.name, slot.name))
    for intent in locale.intents.values():
        file = layout.intent_file(bot, locale.identifier, intent.name)
        for index, sample in enumerate(intent.sample_utterances or ()):
            homes = owners.get(normal_form(sample.utterance), ())
            if homes and all(name != intent.name for name, _ in homes):
                owner, slot_name = homes[0]
                yield warning(
                    "sample-is-slot-value",
                    file,
                    f"$.sampleUtterances[{index}].utterance",
                    f'"{shown(sample.utterance)}" is also a value of the slot "{slot_name}" of '
                    f'"{owner}": as a reply to its prompt it may mean either.',
                    "Make the sample longer, or remove it.",
                )
