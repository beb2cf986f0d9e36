"""A locale made ready to run: next steps, conditions and messages compiled, once.

Definitions are immutable, so whoever serves a locale makes its ``Plan`` once and keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from daehwa import bot, lex
from daehwa.dialog.composite import All, Need, next_missing, parse_need
from daehwa.dialog.condition import Expression, parse_condition
from daehwa.dialog.errors import ConditionError
from daehwa.dialog.messages import Groups, compile_groups, compile_message_groups
from daehwa.dialog.slots import is_filled

FREE_FORM: Final = "AMAZON.FreeFormInput"

DEFAULT_PAUSE_SECONDS: Final = 300
"""How long a pause that the user asked for lasts where the bot does not say."""

NOT_RECOGNISED: Final = frozenset(
    {
        "AMAZON.FallbackIntent",
        "AMAZON.KendraSearchIntent",
        "AMAZON.QnAIntent",
        "AMAZON.BedrockAgentIntent",
        "AMAZON.QInConnectIntent",
    }
)
"""Signatures of intents that take what fits nothing, and so are never recognised."""

SearchKind = Literal["KendraSearch", "QnA", "BedrockAgent", "QInConnect"]
SEARCHES: Final[dict[str, SearchKind]] = {
    "AMAZON.QnAIntent": "QnA",
    "AMAZON.KendraSearchIntent": "KendraSearch",
    "AMAZON.BedrockAgentIntent": "BedrockAgent",
    "AMAZON.QInConnectIntent": "QInConnect",
}


def step_type(step: bot.DialogState | None) -> bot.StepType | None:
    """Return a next step's kind, if it has one."""
    return step.dialog_action.type if step and step.dialog_action else None


class BranchPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A branch of a conditional; a condition that does not parse is never true."""

    name: str
    source: str = ""
    condition: Expression | None = None
    response: Groups = ()
    next_step: bot.DialogState | None = None


class ConditionalPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A conditional that is active."""

    branches: tuple[BranchPlan, ...]
    default: BranchPlan | None


class Path(msgspec.Struct, frozen=True, kw_only=True):
    """What follows at one place of the dialog: a response, a conditional, a next step."""

    place: str
    response: Groups = ()
    conditional: ConditionalPlan | None = None
    next_step: bot.DialogState | None = None

    @property
    def speaks_or_leads(self) -> bool:
        """Whether anything but the end of the conversation is configured here."""
        action = self.next_step.dialog_action if self.next_step else None
        return bool(
            self.response
            or self.conditional
            or (action is not None and action.type != "EndConversation")
        )


class HookPaths(msgspec.Struct, frozen=True, kw_only=True):
    """What follows a code hook's success, failure and time-out."""

    success: Path
    failure: Path
    timeout: Path


class HookPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A dialog code hook at one place, and what follows it. Not ``called``: success."""

    called: bool
    label: str | None
    paths: HookPaths


class AttemptHook(msgspec.Struct, frozen=True, kw_only=True):
    """The code hook after each attempt at a prompt. ``called`` by the intent's leave."""

    called: bool = False
    label: str | None = None


class Prompt(msgspec.Struct, frozen=True, kw_only=True):
    """A question and how often it is repeated."""

    groups: Groups = ()
    max_retries: int = 0
    ordered: bool = False


class WaitPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The messages for a user who asks for a moment, and for one who comes back."""

    waiting: Groups
    going_on: Groups
    seconds: int


class SlotPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A slot ready to be elicited. ``needs`` and ``sub_slots`` are a composite slot's."""

    name: str
    required: bool
    prompt: Prompt
    defaults: tuple[str, ...]
    capture: Path
    failure: Path
    hook: HookPlan
    elicitation: AttemptHook
    free_form: bool
    needs: Need | None = None
    sub_slots: tuple[str, ...] = ()
    sub_prompts: Mapping[str, Prompt] = msgspec.field(default_factory=dict)
    wait: WaitPlan | None = None

    def is_complete(self, value: lex.Slot | None) -> bool:
        """Whether the slot needs no further eliciting."""
        if self.needs is None:
            return is_filled(value)
        return next_missing(self.needs, value) is None

    def prompt_for(self, sub_slot: str | None) -> Prompt:
        """Return the question for the slot, or for a part of it that has its own."""
        return self.sub_prompts.get(sub_slot, self.prompt) if sub_slot else self.prompt

    def next_sub_slot(self, value: lex.Slot | None) -> str | None:
        """Return the sub-slot to elicit; ``None`` when complete or not composite."""
        return None if self.needs is None else next_missing(self.needs, value)


class ConfirmationPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The yes-or-no question and what follows each reply."""

    prompt: Prompt
    confirmed: Path
    denied: Path
    failure: Path
    hook: HookPlan
    elicitation: AttemptHook


class UpdatesPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The messages while fulfilment runs, and for how long it may."""

    start: Groups
    delay_seconds: int
    update: Groups
    frequency_seconds: int
    timeout_seconds: int | None


class FulfillmentPlan(msgspec.Struct, frozen=True, kw_only=True):
    """Fulfilment: by a code hook when ``called``, else a success on its own."""

    called: bool
    paths: HookPaths
    updates: UpdatesPlan | None


class IntentPlan(msgspec.Struct, frozen=True, kw_only=True):
    """An intent ready to run.

    ``old_flow``: the intent was made before August 2022 (it has no initial response
    setting), and its dialog code hook is called on every turn. ``types`` gives each slot's
    root type, by which conditions compare.
    """

    name: str
    signature: str | None
    definition: bot.Intent
    calls_hook: bool
    old_flow: bool
    slots: Mapping[str, SlotPlan]
    empty_slots: Mapping[str, None]
    types: Mapping[str, str | None]
    initial: Path
    initial_hook: HookPlan
    confirmation: ConfirmationPlan | None
    fulfillment: FulfillmentPlan | None
    closing: Path
    output_contexts: tuple[bot.OutputContext, ...]

    @property
    def is_fallback(self) -> bool:
        """Whether this intent takes what fits nothing."""
        return self.signature == "AMAZON.FallbackIntent"


class SearchIntent(msgspec.Struct, frozen=True):
    """An intent that searches or generates, by its name."""

    name: str
    kind: SearchKind


class Plan:
    """A locale's intents, compiled as they are needed."""

    def __init__(self, locale: bot.BotLocale) -> None:
        self.locale = locale
        self._intents: dict[str, IntentPlan] = {}
        fallback = locale.fallback_intent
        self.fallback = fallback.name if fallback else None
        self.searches = tuple(
            SearchIntent(intent.name, SEARCHES[intent.parent_intent_signature])
            for intent in locale.intents.values()
            if intent.parent_intent_signature in SEARCHES
        )
        ordinary = [
            intent
            for intent in locale.intents.values()
            if intent.parent_intent_signature not in NOT_RECOGNISED
        ]
        self.always = frozenset(i.name for i in ordinary if not i.input_contexts)
        self.in_context = {
            i.name: tuple(c.name for c in i.input_contexts) for i in ordinary if i.input_contexts
        }

    def intent(self, name: str) -> IntentPlan | None:
        """Return an intent ready to run; ``None`` when the locale has none of that name."""
        plan = self._intents.get(name)
        if plan is None and (definition := self.locale.intents.get(name)) is not None:
            plan = self._intents[name] = _intent(definition, self.locale)
        return plan


# --- compiling ------------------------------------------------------------------------


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
        needs=_needs(slot, sub_slots),
        sub_slots=sub_slots,
        sub_prompts=_sub_prompts(slot),
        wait=_wait(setting.wait_and_continue_specification),
    )


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


def _intent(intent: bot.Intent, locale: bot.BotLocale) -> IntentPlan:
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
