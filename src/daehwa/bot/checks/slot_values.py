"""Checking slot types: their values, patterns, and whether anything uses them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from re import _parser as _regex  # type: ignore[attr-defined]
from typing import Any, Final

from daehwa.bot import layout
from daehwa.bot.checks.texts import is_quoted, shown
from daehwa.bot.problems import Problem, warning
from daehwa.bot.regex_filter import pattern_fault
from daehwa.bot.signatures import BUILT_IN_SLOT_TYPES, built_in_slot_types
from daehwa.bot.slot_definition import (
    SlotType,
    SlotTypeValue,
)
from daehwa.bot.values import (
    Bot,
    BotLocale,
)

# What AMAZON.AlphaNumeric can hold: letters and digits, with signs between them. Source: Lex V2
# developer guide, "AMAZON.AlphaNumeric".
_CAN_STAND: Final = re.compile(r"[A-Za-z0-9!-/:-@\[-`{-~]")

_SHOWN: Final = 5
_ALPHANUMERIC: Final = "AMAZON.AlphaNumeric"


def slot_value_problems(bot: Bot, locale: BotLocale) -> Iterator[Problem]:
    """What is unwise about the slot types of a locale."""
    used = _used(locale)
    for slot_type in locale.slot_types.values():
        file = layout.slot_type_file(bot.name, locale.identifier, slot_type.name)
        if slot_type.name not in used and slot_type.identifier not in used:
            yield warning(
                "unused-slot-type",
                file,
                "$.name",
                f'no slot has the type "{slot_type.name}".',
                "Give it to a slot, or remove it.",
            )
        yield from _values(slot_type, file)
        yield from _parent(slot_type, file)
        yield from _pattern(slot_type, file)
    yield from _built_ins_of_other_locales(bot.name, locale)


def _parent(slot_type: SlotType, file: str) -> Iterator[Problem]:
    """A parent that Lex refuses. Source: CreateSlotType's page."""
    parent = slot_type.parent_slot_type_signature
    if parent is not None and parent != _ALPHANUMERIC:
        yield warning(
            "parent-refused",
            file,
            "$.parentSlotTypeSignature",
            f'Lex does not take "{shown(parent)}" as the parent of a slot type.',
            f"Write {_ALPHANUMERIC}, or remove it and list the values.",
        )


def _built_ins_of_other_locales(bot: str, locale: BotLocale) -> Iterator[Problem]:
    absent = BUILT_IN_SLOT_TYPES - built_in_slot_types(locale.identifier)
    for intent in locale.intents.values():
        for slot in intent.slots.values():
            if slot.slot_type_name in absent:
                yield warning(
                    "built-in-elsewhere",
                    layout.slot_file(bot, locale.identifier, intent.name, slot.name),
                    "$.slotTypeName",
                    f"Lex has no {slot.slot_type_name} in {locale.identifier}: it refuses it.",
                    "Use AMAZON.AlphaNumeric with a pattern, or a type of values.",
                )


def _used(locale: BotLocale) -> set[str | None]:
    """The names and ids of slot types that slots, and parts of composites, have."""
    slots = [slot for intent in locale.intents.values() for slot in intent.slots.values()]
    used: set[str | None] = {slot.slot_type_name for slot in slots}
    for slot in slots:
        setting = slot.sub_slot_setting
        for part in ((setting and setting.slot_specifications) or {}).values():
            used |= {part.slot_type_name, part.slot_type_id}
    for slot_type in locale.slot_types.values():
        composite = slot_type.composite_slot_type_setting
        for sub_slot in (composite and composite.sub_slots) or ():
            used |= {sub_slot.slot_type_name, sub_slot.slot_type_id}
    return used


def _values(slot_type: SlotType, file: str) -> Iterator[Problem]:
    values = slot_type.slot_type_values or ()
    setting = slot_type.value_selection_setting
    closed = setting is not None and setting.resolution_strategy == "TOP_RESOLUTION"
    elsewhere = (
        slot_type.parent_slot_type_signature
        or slot_type.composite_slot_type_setting
        or slot_type.external_source_setting
        or slot_type.grammar
    )
    if not values and not elsewhere and not closed:
        yield warning(
            "slot-type-without-values",
            file,
            "$.slotTypeValues",
            f'the type "{slot_type.name}" has no values: any words are taken as they are.',
            "Add values, or use AMAZON.FreeFormInput if any words are meant.",
        )
    yield from _twice(values, file)
    for index, value in enumerate(values):
        text = value.sample_value.value
        if is_quoted(text):
            yield warning(
                "quotes-around-text",
                file,
                f"$.slotTypeValues[{index}].sampleValue.value",
                f"the value {shown(text)} is in quotation marks, which would be part of it.",
                "Remove them; where a file needs quotes, use straight ones.",
            )
        if text != text.strip():
            yield warning(
                "spaces-around-value",
                file,
                f"$.slotTypeValues[{index}].sampleValue.value",
                f'the value "{shown(text)}" begins or ends with a space.',
                "Remove the spaces: conditions and code hooks would have to write them, too.",
            )


def _twice(values: Sequence[SlotTypeValue], file: str) -> Iterator[Problem]:
    """Values that are there more than once, and synonyms that add nothing."""
    firsts: dict[str, int] = {}
    again = [
        (index, value.sample_value.value)
        for index, value in enumerate(values)
        if firsts.setdefault(_heard(value.sample_value.value), index) != index
    ]
    if again:
        yield warning(
            "value-twice",
            file,
            f"$.slotTypeValues[{again[0][0]}].sampleValue.value",
            f"{_listed([word for _, word in again])}: an earlier value is the same; "
            "case does not count.",
            "Keep one of each, with the synonyms of both.",
        )
    idle = [
        (index, number, synonym.value)
        for index, value in enumerate(values)
        for number, synonym in enumerate(value.synonyms or ())
        if _heard(synonym.value) == _heard(value.sample_value.value)
        or _heard(synonym.value)
        in {_heard(before.value) for before in (value.synonyms or ())[:number]}
    ]
    if idle:
        index, number, _ = idle[0]
        yield warning(
            "useless-synonym",
            file,
            f"$.slotTypeValues[{index}].synonyms[{number}].value",
            f"{_listed([word for *_, word in idle])}: the value is understood like this "
            "without a synonym; case does not count.",
            "Remove it.",
        )


def _listed(words: Sequence[str]) -> str:
    quoted = ", ".join(f'"{shown(word)}"' for word in words[:_SHOWN])
    return f"{quoted}, …" if len(words) > _SHOWN else quoted


def _heard(text: str) -> str:
    return " ".join(text.casefold().split())


def _pattern(slot_type: SlotType, file: str) -> Iterator[Problem]:
    setting = slot_type.value_selection_setting
    regex = setting.regex_filter if setting is not None else None
    if regex is None or pattern_fault(regex.pattern) is not None:
        return
    why = _never_matches(_regex.parse(regex.pattern))
    if why is not None:
        yield warning(
            "regex-never-matches",
            file,
            "$.valueSelectionSetting.regexFilter.pattern",
            f"no value can match the pattern: {why}.",
            "Allow only what an AMAZON.AlphaNumeric value has: letters a-z, digits and signs.",
        )


def _never_matches(tokens: Any) -> str | None:
    """Why no alphanumeric value matches the parsed pattern; ``None`` where one may."""
    before = 0
    least = sum(_least(token) for token in tokens)
    for kind, argument in tokens:
        name = str(kind)
        if name == "AT" and str(argument) in ("AT_BEGINNING", "AT_BEGINNING_STRING") and before:
            return "something has to stand before the beginning (^)"
        if name == "AT" and str(argument) in ("AT_END", "AT_END_STRING") and before < least:
            return "something has to stand after the end ($)"
        before += _least((kind, argument))
        why = _impossible(name, argument)
        if why is not None:
            return why
    return None


def _impossible(name: str, argument: Any) -> str | None:
    if name == "LITERAL" and not _CAN_STAND.fullmatch(chr(argument)):
        return f'it requires "{chr(argument)}", which no such value has'
    if name == "IN" and not any(map(_possible, argument)):
        return "one of its classes has no letter a-z, digit or sign"
    if name in ("MAX_REPEAT", "MIN_REPEAT") and argument[0] > 0:
        return _never_matches(argument[2])
    if name == "SUBPATTERN":
        return _never_matches(argument[-1])
    if name == "BRANCH":
        whys = [_never_matches(branch) for branch in argument[1]]
        return whys[0] if all(whys) else None
    return None


def _possible(member: tuple[Any, Any]) -> bool:
    """Whether a member of a class allows a character that a value can have."""
    name, argument = str(member[0]), member[1]
    if name == "LITERAL":
        return _CAN_STAND.fullmatch(chr(argument)) is not None
    if name == "RANGE":
        low, high = argument
        return any(_CAN_STAND.fullmatch(chr(code)) for code in range(low, min(high, 126) + 1))
    return name != "CATEGORY" or str(argument) != "CATEGORY_SPACE"


def _least(token: tuple[Any, Any]) -> int:
    """The fewest characters that a part of the pattern takes."""
    name, argument = str(token[0]), token[1]
    if name in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
        return 1
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        return int(argument[0]) * sum(map(_least, argument[2]))
    if name == "SUBPATTERN":
        return sum(map(_least, argument[-1]))
    if name == "BRANCH":
        return min(sum(map(_least, branch)) for branch in argument[1])
    return 0
