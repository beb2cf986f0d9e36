"""What an intent's conversation is made of: messages, prompts, conditions, steps, code hooks."""

from __future__ import annotations

from typing import Any, Literal

from daehwa.bot.definition import Definition

# --- messages -----------------------------------------------------------------------


class TextValue(Definition, frozen=True):
    """The text of a plain, SSML or custom message."""

    value: str


class Button(Definition, frozen=True):
    """A card's button: the text shown, the value sent."""

    text: str
    value: str


class ImageResponseCard(Definition, frozen=True):
    """A card with up to five buttons."""

    title: str
    subtitle: str | None = None
    image_url: str | None = None
    buttons_list: tuple[Button, ...] | None = None


class Message(Definition, frozen=True):
    """One message: exactly one of the four kinds is set."""

    plain_text_message: TextValue | None = None
    ssml_message: TextValue | None = None
    custom_payload: TextValue | None = None
    image_response_card: ImageResponseCard | None = None


class MessageGroup(Definition, frozen=True):
    """A message and its variations; one of them is sent."""

    message: Message
    variations: tuple[Message, ...] | None = None


class ResponseSpecification(Definition, frozen=True):
    """Up to five groups, each of which gives one message."""

    message_groups_list: tuple[MessageGroup, ...] = ()
    allow_interrupt: bool | None = None


class PromptSpecification(Definition, frozen=True):
    """A question, how often it is repeated, and how its variations are chosen."""

    message_groups_list: tuple[MessageGroup, ...] = ()
    max_retries: int = 0
    allow_interrupt: bool | None = None
    message_selection_strategy: Literal["Random", "Ordered"] | None = None
    prompt_attempts_specification: dict[str, Any] | None = None


# --- next steps and conditions ------------------------------------------------------

StepType = Literal[
    "ElicitIntent",
    "StartIntent",
    "ElicitSlot",
    "EvaluateConditional",
    "InvokeDialogCodeHook",
    "ConfirmIntent",
    "FulfillIntent",
    "CloseIntent",
    "EndConversation",
]


class StepAction(Definition, frozen=True):
    """What a next step does (the export's ``dialogAction``)."""

    type: StepType
    slot_to_elicit: str | None = None
    suppress_next_message: bool | None = None


class SlotValue(Definition, frozen=True):
    """A slot's value: a constant, or a reference (``{Slot}``, ``[attribute]``)."""

    interpreted_value: str | None = None


class SlotValueOverride(Definition, frozen=True):
    """A slot value that a next step sets, or a list of them; ``None`` clears."""

    shape: Literal["Scalar", "List", "Composite"] | None = None
    value: SlotValue | None = None
    values: tuple[SlotValueOverride, ...] | None = None


class IntentOverride(Definition, frozen=True):
    """The intent and slots that a next step sets; no name means the same intent."""

    name: str | None = None
    slots: dict[str, SlotValueOverride | None] | None = None


class DialogState(Definition, frozen=True):
    """A next step: set attributes and slots, then act."""

    dialog_action: StepAction | None = None
    intent: IntentOverride | None = None
    session_attributes: dict[str, str | None] | None = None


class Condition(Definition, frozen=True):
    """An expression of Lex's condition language."""

    expression_string: str


class ConditionalBranch(Definition, frozen=True):
    """A branch that is taken when its condition holds."""

    name: str
    condition: Condition
    response: ResponseSpecification | None = None
    next_step: DialogState | None = None


class DefaultConditionalBranch(Definition, frozen=True):
    """The branch that is taken when no condition holds."""

    response: ResponseSpecification | None = None
    next_step: DialogState | None = None


class Conditional(Definition, frozen=True):
    """Up to four branches, tried in order, and a default one."""

    is_active: bool = True
    conditional_branches: tuple[ConditionalBranch, ...] = ()
    default_branch: DefaultConditionalBranch | None = None


# --- code hooks ---------------------------------------------------------------------


class PostCodeHookSpecification(Definition, frozen=True):
    """What follows a code hook's success, failure and time-out."""

    success_response: ResponseSpecification | None = None
    success_next_step: DialogState | None = None
    success_conditional: Conditional | None = None
    failure_response: ResponseSpecification | None = None
    failure_next_step: DialogState | None = None
    failure_conditional: Conditional | None = None
    timeout_response: ResponseSpecification | None = None
    timeout_next_step: DialogState | None = None
    timeout_conditional: Conditional | None = None


class DialogCodeHookInvocationSetting(Definition, frozen=True):
    """A dialog code hook at one place of the conversation."""

    is_active: bool = True
    enable_code_hook_invocation: bool = True
    invocation_label: str | None = None
    post_code_hook_specification: PostCodeHookSpecification | None = None


class ElicitationCodeHookInvocationSetting(Definition, frozen=True):
    """A code hook that is called after each attempt at a prompt."""

    enable_code_hook_invocation: bool = False
    invocation_label: str | None = None


class DialogCodeHook(Definition, frozen=True):
    """Whether the intent calls its dialog code hook at all."""

    enabled: bool = False


class FulfillmentStartResponseSpecification(Definition, frozen=True):
    """The messages some seconds after a long fulfilment began."""

    delay_in_seconds: int = 0
    message_groups: tuple[MessageGroup, ...] = ()
    allow_interrupt: bool | None = None


class FulfillmentUpdateResponseSpecification(Definition, frozen=True):
    """The messages every so many seconds while a long fulfilment runs."""

    frequency_in_seconds: int = 0
    message_groups: tuple[MessageGroup, ...] = ()
    allow_interrupt: bool | None = None


class FulfillmentUpdatesSpecification(Definition, frozen=True):
    """The messages while fulfilment runs, and the seconds that it may take.

    Unlike the rest of an export, this part has the API's names (``active``,
    ``messageGroups``).
    """

    active: bool = False
    start_response: FulfillmentStartResponseSpecification | None = None
    update_response: FulfillmentUpdateResponseSpecification | None = None
    timeout_in_seconds: int | None = None


class FulfillmentCodeHook(Definition, frozen=True):
    """Whether and how the intent is fulfilled by a code hook."""

    enabled: bool = False
    is_active: bool | None = None
    post_fulfillment_status_specification: PostCodeHookSpecification | None = None
    fulfillment_updates_specification: FulfillmentUpdatesSpecification | None = None
