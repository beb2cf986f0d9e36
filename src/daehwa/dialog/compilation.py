"""Compiling an intent's definition: next steps, conditions and messages, parsed once."""

from __future__ import annotations

from typing import Final

from daehwa import bot
from daehwa.dialog.composite import All, Need, parse_need
from daehwa.dialog.condition import parse_condition
from daehwa.dialog.errors import ConditionError
from daehwa.dialog.intent_plan import (
    AttemptHook,
    BranchPlan,
    ConditionalPlan,
    ConfirmationPlan,
    FulfillmentPlan,
    HookPaths,
    HookPlan,
    IntentPlan,
    Path,
    Prompt,
    SlotPlan,
    UpdatesPlan,
    WaitPlan,
)
from daehwa.dialog.messages import compile_groups, compile_message_groups

FREE_FORM: Final = "AMAZON.FreeFormInput"

DEFAULT_PAUSE_SECONDS: Final = 300
"""How long a pause that the user asked for lasts where the bot does not say."""


def _branch(branch: bot.ConditionalBranch) -> BranchPlan:
    source = branch.condition.expression_string
    try:
        condition = parse_condition(source)
    except ConditionError:
        condition = None
    return BranchPlan(
        name=branch.name,
        source=source,
        condition=condition,
        response=compile_groups(branch.response),
        next_step=branch.next_step,
    )


def _conditional(conditional: bot.Conditional | None) -> ConditionalPlan | None:
    if conditional is None or not conditional.is_active:
        return None
    default = conditional.default_branch
    return ConditionalPlan(
        branches=tuple(_branch(b) for b in conditional.conditional_branches),
        default=None if default is None else _default_branch(default),
    )


def _default_branch(branch: bot.DefaultConditionalBranch) -> BranchPlan:
    return BranchPlan(
        name="Default", response=compile_groups(branch.response), next_step=branch.next_step
    )


def _path(
    place: str,
    response: bot.ResponseSpecification | None = None,
    conditional: bot.Conditional | None = None,
    next_step: bot.DialogState | None = None,
) -> Path:
    return Path(
        place=place,
        response=compile_groups(response),
        conditional=_conditional(conditional),
        next_step=next_step,
    )


def _hook_paths(place: str, setting: bot.PostCodeHookSpecification | None) -> HookPaths:
    spec = setting or bot.PostCodeHookSpecification()
    return HookPaths(
        success=_path(
            f"{place} success",
            spec.success_response,
            spec.success_conditional,
            spec.success_next_step,
        ),
        failure=_path(
            f"{place} failure",
            spec.failure_response,
            spec.failure_conditional,
            spec.failure_next_step,
        ),
        timeout=_path(
            f"{place} timeout",
            spec.timeout_response,
            spec.timeout_conditional,
            spec.timeout_next_step,
        ),
    )


def _hook(
    place: str, setting: bot.DialogCodeHookInvocationSetting | None, *, calls_hook: bool
) -> HookPlan:
    return HookPlan(
        called=calls_hook
        and setting is not None
        and setting.is_active
        and setting.enable_code_hook_invocation,
        label=setting.invocation_label if setting else None,
        paths=_hook_paths(
            f"{place} code hook", setting.post_code_hook_specification if setting else None
        ),
    )


def _elicitation(
    setting: bot.ElicitationCodeHookInvocationSetting | None, *, calls_hook: bool
) -> AttemptHook:
    if setting is None:
        return AttemptHook()
    return AttemptHook(
        called=calls_hook and setting.enable_code_hook_invocation, label=setting.invocation_label
    )


def _prompt(specification: bot.PromptSpecification | None) -> Prompt:
    if specification is None:
        return Prompt()
    return Prompt(
        groups=compile_groups(specification),
        max_retries=specification.max_retries,
        ordered=specification.message_selection_strategy == "Ordered",
    )


def _root_type(name: str | None, locale: bot.BotLocale) -> str | None:
    custom = locale.slot_types.get(name or "")
    return (custom.parent_slot_type_signature or name) if custom else name


def _slot(slot: bot.Slot, intent: str, locale: bot.BotLocale, *, calls_hook: bool) -> SlotPlan:
    setting = slot.value_elicitation_setting
    capture = setting.slot_capture_setting or bot.SlotCaptureSetting()
    place = f"{intent}.{slot.name}"
    sub_slots = _sub_slots(slot, locale)
    defaults = setting.default_value_specification
    return SlotPlan(
        name=slot.name,
        required=setting.slot_constraint == "Required",
        prompt=_prompt(setting.prompt_specification),
        defaults=tuple(d.default_value for d in defaults.default_value_list) if defaults else (),
        capture=_path(
            f"{place} capture",
            capture.capture_response,
            capture.capture_conditional,
            capture.capture_next_step,
        ),
        failure=_path(
            f"{place} failure",
            capture.failure_response,
            capture.failure_conditional,
            capture.failure_next_step,
        ),
        hook=_hook(place, capture.code_hook, calls_hook=calls_hook),
        elicitation=_elicitation(capture.elicitation_code_hook, calls_hook=calls_hook),
        free_form=_root_type(slot.slot_type_name, locale) == FREE_FORM,
        listed=_lists_values(slot.slot_type_name, locale),
        needs=_needs(slot, sub_slots),
        sub_slots=sub_slots,
        sub_prompts=_sub_prompts(slot),
        wait=_wait(setting.wait_and_continue_specification),
    )


def _lists_values(slot_type_name: str | None, locale: bot.BotLocale) -> bool:
    """Whether the type is the bot's own, with values."""
    definition = locale.slot_types.get(slot_type_name or "")
    return definition is not None and bool(definition.slot_type_values)


def _sub_slots(slot: bot.Slot, locale: bot.BotLocale) -> tuple[str, ...]:
    """Name the sub-slots: the type's, or, for a type that is not there, the slot's own."""
    custom = locale.slot_types.get(slot.slot_type_name or "")
    composite = custom.composite_slot_type_setting if custom else None
    if composite is not None and composite.sub_slots:
        return tuple(s.name for s in composite.sub_slots)
    setting = slot.sub_slot_setting
    return tuple(setting.slot_specifications or ()) if setting else ()


def _needs(slot: bot.Slot, names: tuple[str, ...]) -> Need | None:
    if not names:
        return None
    setting = slot.sub_slot_setting
    if setting is not None and setting.expression:
        try:
            return parse_need(setting.expression)
        except ConditionError:
            pass  # as if there were no expression: every sub-slot is needed
    return All(names)


def _sub_prompts(slot: bot.Slot) -> dict[str, Prompt]:
    setting = slot.sub_slot_setting
    return {
        name: _prompt(spec.value_elicitation_setting.prompt_specification)
        for name, spec in ((setting.slot_specifications or {}) if setting else {}).items()
        if spec.value_elicitation_setting is not None
    }


def _wait(setting: bot.WaitAndContinueSpecification | None) -> WaitPlan | None:
    if setting is None or not setting.is_active:
        return None
    still = setting.still_waiting_response
    return WaitPlan(
        waiting=compile_groups(setting.waiting_response),
        going_on=compile_groups(setting.continue_response),
        seconds=(still.timeout_in_seconds if still else None) or DEFAULT_PAUSE_SECONDS,
        still_waiting=compile_message_groups(still.message_groups_list) if still else (),
        frequency_seconds=(still.frequency_in_seconds if still else None) or 0,
    )


def _updates(setting: bot.FulfillmentUpdatesSpecification | None) -> UpdatesPlan | None:
    if setting is None or not setting.active:
        return None
    start, update = setting.start_response, setting.update_response
    return UpdatesPlan(
        start=compile_message_groups(start.message_groups) if start else (),
        delay_seconds=start.delay_in_seconds if start else 0,
        update=compile_message_groups(update.message_groups) if update else (),
        frequency_seconds=update.frequency_in_seconds if update else 0,
        timeout_seconds=setting.timeout_in_seconds or None,
    )


def _confirmation(
    setting: bot.IntentConfirmationSetting | None, intent: str, *, calls_hook: bool
) -> ConfirmationPlan | None:
    if setting is None or not setting.is_active or setting.prompt_specification is None:
        return None
    place = f"{intent} confirmation"
    return ConfirmationPlan(
        prompt=_prompt(setting.prompt_specification),
        confirmed=_path(
            place,
            setting.confirmation_response,
            setting.confirmation_conditional,
            setting.confirmation_next_step,
        ),
        denied=_path(
            f"{intent} declination",
            setting.declination_response,
            setting.declination_conditional,
            setting.declination_next_step,
        ),
        failure=_path(
            f"{place} failure",
            setting.failure_response,
            setting.failure_conditional,
            setting.failure_next_step,
        ),
        hook=_hook(place, setting.code_hook, calls_hook=calls_hook),
        elicitation=_elicitation(setting.elicitation_code_hook, calls_hook=calls_hook),
    )


def _fulfillment(hook: bot.FulfillmentCodeHook | None, intent: str) -> FulfillmentPlan | None:
    if hook is None or hook.is_active is False:
        return None
    return FulfillmentPlan(
        called=hook.enabled,
        paths=_hook_paths(f"{intent} fulfillment", hook.post_fulfillment_status_specification),
        updates=_updates(hook.fulfillment_updates_specification),
    )


def _closing(setting: bot.IntentClosingSetting | None, intent: str) -> Path:
    if setting is None or not setting.is_active:
        return _path(f"{intent} closing")
    return _path(
        f"{intent} closing", setting.closing_response, setting.conditional, setting.next_step
    )


def compile_intent(intent: bot.Intent, locale: bot.BotLocale) -> IntentPlan:
    """Make an intent of a locale ready to run."""
    calls_hook = intent.dialog_code_hook is not None and intent.dialog_code_hook.enabled
    initial = intent.initial_response_setting or bot.InitialResponseSetting()
    slots = {
        slot.name: _slot(slot, intent.name, locale, calls_hook=calls_hook)
        for slot in intent.prioritised_slots
    }
    return IntentPlan(
        name=intent.name,
        signature=intent.parent_intent_signature,
        definition=intent,
        calls_hook=calls_hook,
        old_flow=intent.initial_response_setting is None,
        slots=slots,
        empty_slots=dict.fromkeys(slots),
        types={s.name: _root_type(s.slot_type_name, locale) for s in intent.slots.values()},
        initial=_path(
            f"{intent.name} initial response",
            initial.initial_response,
            initial.conditional,
            initial.next_step,
        ),
        initial_hook=_hook(f"{intent.name} initial", initial.code_hook, calls_hook=calls_hook),
        confirmation=_confirmation(
            intent.intent_confirmation_setting, intent.name, calls_hook=calls_hook
        ),
        fulfillment=_fulfillment(intent.fulfillment_code_hook, intent.name),
        closing=_closing(intent.intent_closing_setting, intent.name),
        output_contexts=intent.output_contexts or (),
    )
