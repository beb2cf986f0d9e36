"""An intent made ready to run: its paths, prompts, slots and hooks as the stages read them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from daehwa import bot, lex
from daehwa.dialog.composite import Need, next_missing
from daehwa.dialog.condition import Expression
from daehwa.dialog.messages import Groups
from daehwa.dialog.slots import is_filled


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
    def responds_or_leads(self) -> bool:
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
    """The messages for a user who asks for a moment, and for one who comes back.

    ``still_waiting`` are those in between, every ``frequency_seconds`` of the pause's ``seconds``.
    """

    waiting: Groups
    going_on: Groups
    seconds: int
    still_waiting: Groups = ()
    frequency_seconds: int = 0


class SlotPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A slot ready to be elicited. ``needs`` and ``sub_slots`` are a composite slot's.

    ``free_form``: it takes any text; ``listed``: its type lists values of the bot's own.
    """

    name: str
    required: bool
    prompt: Prompt
    defaults: tuple[str, ...]
    capture: Path
    failure: Path
    hook: HookPlan
    elicitation: AttemptHook
    free_form: bool
    listed: bool = False
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
        """Return the sub-slot that is missing; ``None`` when complete or not composite."""
        return None if self.needs is None else next_missing(self.needs, value)

    def sub_slot_to_elicit(self, value: lex.Slot | None) -> str | None:
        """Return the sub-slot to elicit by name; ``None`` where the slot is elicited as a whole.

        A composite slot that has a prompt of its own begins with it, and the reply may give
        several parts; what is missing then is asked for part by part.
        """
        begun = is_filled(value) or not self.prompt.groups
        return self.next_sub_slot(value) if begun else None


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
