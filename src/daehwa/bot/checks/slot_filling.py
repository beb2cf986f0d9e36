"""Checking how slots come to their values: by samples, prompts, steps, defaults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from daehwa.bot import layout
from daehwa.bot.checks.texts import closed_values, normal_form, shown
from daehwa.bot.flow_values import (
    DialogCodeHookInvocationSetting,
    DialogState,
)
from daehwa.bot.problems import Problem, error, warning
from daehwa.bot.reachability import places, steps
from daehwa.bot.references import placeholders
from daehwa.bot.slot_definition import (
    Slot,
)
from daehwa.bot.tree import walk
from daehwa.bot.values import (
    Bot,
    BotLocale,
    Intent,
)

_REFERENCE: Final = re.compile(r"\s*[#\[{<($]")
_PART: Final = re.compile(r"[A-Za-z][\w-]*")
# Steps with which the intent is left before any slot could be wanted.
_LEAVING: Final = frozenset({"StartIntent", "ElicitIntent", "EndConversation"})
_OPERATORS: Final = frozenset({"and", "or", "not"})


def filling_problems(bot: Bot, locale: BotLocale) -> Iterator[Problem]:
    """Slots that nothing fills, steps that ask for nothing, values that a slot never takes."""
    for intent in locale.intents.values():
        file = layout.intent_file(bot.name, locale.identifier, intent.name)
        yield from _steps(locale, intent, intent, file)
        yield from _gaps(intent, file)
        yield from _declined_and_filled(intent, file)
        asked_for = _elicited(intent)
        for slot in intent.slots.values():
            beside = layout.slot_file(bot.name, locale.identifier, intent.name, slot.name)
            yield from _steps(locale, intent, slot, beside)
            yield from _never_filled(intent, slot, asked_for, beside)
            yield from _defaults(locale, slot, beside)
            yield from _parts(locale, slot, beside)
        yield from _never_elicited(intent, file)


def _declined_and_filled(intent: Intent, file: str) -> Iterator[Problem]:
    """A no that leads to a slot which is filled by then: nothing is asked, and it is no again.

    Source: "Re-eliciting slots" of the Lex V2 guide.
    """
    confirmation = intent.intent_confirmation_setting
    if confirmation is None or not confirmation.is_active or calls_dialog_hook(intent):
        return
    leads = confirmation.declination_next_step
    action = leads.dialog_action if leads else None
    slot = intent.slots.get(action.slot_to_elicit or "") if action else None
    if leads is None or action is None or action.type != "ElicitSlot" or slot is None:
        return
    set_slots = (leads.intent.slots if leads.intent else None) or {}
    required = slot.value_elicitation_setting.slot_constraint == "Required"
    if required and slot.name not in set_slots:
        yield warning(
            "elicits-filled-slot",
            file,
            "$.intentConfirmationSetting.declinationNextStep.dialogAction.slotToElicit",
            f'a no leads to "{slot.name}", which is filled by then and is not asked for.',
            f'Set it to null in the same step: "slots": {{"{slot.name}": null}}.',
        )


def calls_dialog_hook(intent: Intent) -> bool:
    """Whether a code hook may change how the conversation goes before the fulfilment."""
    return intent.dialog_code_hook is not None and intent.dialog_code_hook.enabled


def calls_hook(intent: Intent) -> bool:
    """Whether a code hook may change what happens in the intent."""
    fulfilment = intent.fulfillment_code_hook
    return calls_dialog_hook(intent) or (
        fulfilment is not None and fulfilment.enabled and fulfilment.is_active is not False
    )


def _gaps(intent: Intent, file: str) -> Iterator[Problem]:
    """Priorities that leave a number out: a slot was removed, or a number mistyped."""
    numbers = sorted({priority.priority for priority in intent.slot_priorities or ()})
    if numbers and numbers[-1] - numbers[0] >= len(numbers):
        yield warning(
            "priority-gap",
            file,
            "$.slotPriorities",
            f"the priorities leave a number out: {', '.join(map(str, numbers))}.",
            "Number the slots without a gap, in the order in which they are to be asked for.",
        )


def _elicited(intent: Intent) -> set[str | None]:
    """The slots that a step of the intent's own files elicits or sets."""
    names: set[str | None] = set()
    for place in places(intent):
        for _, step, _ in steps(place):
            if step.dialog_action is not None:
                names.add(step.dialog_action.slot_to_elicit)
            names |= set((step.intent and step.intent.slots) or {})
    return names


def _never_filled(
    intent: Intent, slot: Slot, asked_for: set[str | None], file: str
) -> Iterator[Problem]:
    setting = slot.value_elicitation_setting
    samples = [*(intent.sample_utterances or ()), *(setting.sample_utterances or ())]
    named = {name for sample in samples for name in placeholders(sample.utterance)}
    defaults = setting.default_value_specification
    if (
        setting.slot_constraint == "Optional"
        and slot.name not in named
        and slot.name not in asked_for
        and not (defaults and defaults.default_value_list)
        and not slot.sub_slot_setting
        and not calls_hook(intent)
    ):
        yield warning(
            "slot-never-filled",
            file,
            "$.name",
            f'nothing fills the optional slot "{slot.name}": no sample utterance names it, '
            "no step elicits or sets it, and it has no default.",
            f"Write a sample utterance with {{{slot.name}}}, or remove the slot.",
        )


def _never_elicited(intent: Intent, file: str) -> Iterator[Problem]:
    """Required slots that the intent's own steps lead past."""
    setting = intent.initial_response_setting
    if setting is None or calls_dialog_hook(intent):
        return
    reached = _reached_slots(intent)
    if reached is None:
        return
    for slot in intent.slots.values():
        if slot.value_elicitation_setting.slot_constraint == "Required" and (
            slot.name not in reached
        ):
            yield warning(
                "required-slot-not-elicited",
                file,
                "$.initialResponseSetting.nextStep",
                f'no step leads to the required slot "{slot.name}": it stays empty '
                "unless the first sentence has it.",
                "Let a step lead to it (ElicitSlot), or make it Optional.",
            )


def _reached_slots(intent: Intent) -> set[str] | None:
    """The slots that steps lead to; ``None`` where the order of priorities decides, or a hook."""
    setting = intent.initial_response_setting
    if setting is None or setting.next_step is None:
        return None
    opening = setting.next_step.dialog_action
    if opening is not None and opening.type in _LEAVING:
        return None
    reached: set[str] = set()
    ahead: list[Intent | Slot] = [intent]
    while ahead:
        place = ahead.pop()
        if isinstance(place, Slot):
            capture = place.value_elicitation_setting.slot_capture_setting
            if capture is None or capture.capture_next_step is None:
                return None
        for _, step, active in steps(place):
            action = step.dialog_action
            if not active:
                continue
            if action is None or action.type == "InvokeDialogCodeHook":
                return None
            slot = intent.slots.get(action.slot_to_elicit or "")
            if action.type == "ElicitSlot" and slot is not None and slot.name not in reached:
                reached.add(slot.name)
                ahead.append(slot)
    return reached


def _steps(locale: BotLocale, intent: Intent, place: Intent | Slot, file: str) -> Iterator[Problem]:
    for path, step, active in steps(place):
        if active:
            yield from _step(locale, intent, step, file, path)
    if isinstance(place, Slot):
        yield from _hooks_without_permission(intent, place, file)


def _step(
    locale: BotLocale, intent: Intent, step: DialogState, file: str, path: str
) -> Iterator[Problem]:
    action = step.dialog_action
    kind = action.type if action is not None else None
    target = locale.intents.get((step.intent and step.intent.name) or intent.name)
    if kind == "StartIntent" and not (step.intent and step.intent.name):
        yield warning(
            "step-without-intent",
            file,
            f"{path}.dialogAction",
            "the step starts an intent, but names none.",
            "Name it as intent.name.",
        )
    if kind == "ElicitSlot" and action is not None and target is not None:
        slot = target.slots.get(action.slot_to_elicit or "")
        if slot is not None and not slot.value_elicitation_setting.prompt_specification:
            yield warning(
                "elicits-without-prompt",
                file,
                f"{path}.dialogAction.slotToElicit",
                f'the step elicits "{slot.name}", which has no prompt: nothing is asked.',
                "Give the slot a prompt.",
            )
    confirmation = target.intent_confirmation_setting if target is not None else None
    if kind == "ConfirmIntent" and (confirmation is None or not confirmation.is_active):
        yield warning(
            "nothing-to-confirm",
            file,
            f"{path}.dialogAction.type",
            f'"{target.name if target is not None else intent.name}" has no active confirmation.',
            "Add an intentConfirmationSetting, in a project confirm, or choose another next step.",
        )
    for name, override in ((step.intent and step.intent.slots) or {}).items():
        slot = target.slots.get(name) if target is not None else None
        value = override.value.interpreted_value if override and override.value else None
        if slot is not None and value is not None:
            place = f"{path}.intent.slots.{name}.value.interpretedValue"
            yield from _refused(locale, slot, value, file, place)


def _hooks_without_permission(intent: Intent, slot: Slot, file: str) -> Iterator[Problem]:
    """Code hooks of a slot in an intent that explicitly calls none."""
    dialog = intent.dialog_code_hook
    if dialog is None or dialog.enabled:
        return
    for path, value in walk(slot):
        if (
            isinstance(value, DialogCodeHookInvocationSetting)
            and value.is_active
            and value.enable_code_hook_invocation
            and any(
                step.dialog_action is not None and step.dialog_action.type == "InvokeDialogCodeHook"
                for _, step, active in steps(slot)
                if active
            )
        ):
            yield warning(
                "hook-switched-off",
                file,
                path,
                f'a step calls this code hook, but the dialog code hook of "{intent.name}" is off.',
                "Set dialogCodeHook.enabled of the intent to true, or remove the step.",
            )


def _defaults(locale: BotLocale, slot: Slot, file: str) -> Iterator[Problem]:
    defaults = slot.value_elicitation_setting.default_value_specification
    for index, default in enumerate((defaults and defaults.default_value_list) or ()):
        place = (
            "$.valueElicitationSetting.defaultValueSpecification"
            f".defaultValueList[{index}].defaultValue"
        )
        yield from _refused(locale, slot, default.default_value, file, place)


def _refused(locale: BotLocale, slot: Slot, value: str, file: str, field: str) -> Iterator[Problem]:
    words = closed_values(locale, slot.slot_type_name)
    if words is None or _REFERENCE.match(value) or normal_form(value) in words:
        return
    yield warning(
        "value-not-in-type",
        file,
        field,
        f'"{shown(value)}" is not a value of "{slot.slot_type_name}", the type of "{slot.name}".',
        f"Write one of its values ({_some(words)}), or add it to the type.",
    )


def _some(words: dict[str, str]) -> str:
    names = list(dict.fromkeys(words.values()))
    return ", ".join(names[:5]) + (", …" if len(names) > 5 else "")  # noqa: PLR2004  a few


def _parts(locale: BotLocale, slot: Slot, file: str) -> Iterator[Problem]:
    """The expression of a composite slot, and the prompts of its parts."""
    setting = slot.sub_slot_setting
    slot_type = locale.slot_types.get(slot.slot_type_name or "")
    composite = slot_type.composite_slot_type_setting if slot_type is not None else None
    if setting is None or composite is None:
        return
    known = {part.name for part in composite.sub_slots or ()}
    for name in _PART.findall(setting.expression or ""):
        if name.casefold() not in _OPERATORS and name not in known:
            yield error(
                "unknown-part",
                file,
                "$.subSlotSetting.expression",
                f'"{name}" is not a part of "{slot.slot_type_name}".',
                f"Write one of its parts: {', '.join(sorted(known))}.",
            )
    for name, part in (setting.slot_specifications or {}).items():
        place = f"$.subSlotSetting.slotSpecifications.{name}"
        if name not in known:
            yield error(
                "unknown-part",
                file,
                place,
                f'"{name}" is not a part of "{slot.slot_type_name}".',
                f"Write one of its parts: {', '.join(sorted(known))}.",
            )
        elicitation = part.value_elicitation_setting
        if elicitation is None or not elicitation.prompt_specification:
            yield warning(
                "part-without-prompt",
                file,
                place,
                f'nothing asks for the part "{name}".',
                "Give it a prompt.",
            )
