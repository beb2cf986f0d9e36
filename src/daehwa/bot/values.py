"""A bot's definition: immutable typed values, named as in Lex's export.

Field names are the export's in snake case (``messageGroupsList`` is ``message_groups_list``).
``None`` means that the export has ``null`` or nothing there. ``extra``, which every value
has, keeps the members of a file that this program does not know, by their names in the file,
so that nothing is lost when the bot is written again.
Source: Lex V2 exports (schema version 1) and the ``lexv2-models`` service model.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec


class _Definition(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Base of the definition's values: immutable, camel case in files."""

    extra: dict[str, Any] = msgspec.field(default_factory=dict)


# --- messages -------------------------------------------------------------------------


class TextValue(_Definition, frozen=True):
    """The text of a plain, SSML or custom message."""

    value: str


class Button(_Definition, frozen=True):
    """A card's button: the text shown, the value sent."""

    text: str
    value: str


class ImageResponseCard(_Definition, frozen=True):
    """A card with up to five buttons."""

    title: str
    subtitle: str | None = None
    image_url: str | None = None
    buttons_list: tuple[Button, ...] | None = None


class Message(_Definition, frozen=True):
    """One message: exactly one of the four kinds is set."""

    plain_text_message: TextValue | None = None
    ssml_message: TextValue | None = None
    custom_payload: TextValue | None = None
    image_response_card: ImageResponseCard | None = None


class MessageGroup(_Definition, frozen=True):
    """A message and its variations; one of them is sent."""

    message: Message
    variations: tuple[Message, ...] | None = None


class ResponseSpecification(_Definition, frozen=True):
    """Up to five groups, each of which gives one message."""

    message_groups_list: tuple[MessageGroup, ...] = ()
    allow_interrupt: bool | None = None


class PromptSpecification(_Definition, frozen=True):
    """A question, how often it is repeated, and how its variations are chosen."""

    message_groups_list: tuple[MessageGroup, ...] = ()
    max_retries: int = 0
    allow_interrupt: bool | None = None
    message_selection_strategy: Literal["Random", "Ordered"] | None = None
    prompt_attempts_specification: dict[str, Any] | None = None


# --- next steps and conditions --------------------------------------------------------

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


class StepAction(_Definition, frozen=True):
    """What a next step does (the export's ``dialogAction``)."""

    type: StepType
    slot_to_elicit: str | None = None
    suppress_next_message: bool | None = None


class SlotValue(_Definition, frozen=True):
    """A slot's value: a constant, or a reference (``{Slot}``, ``[attribute]``)."""

    interpreted_value: str | None = None


class SlotValueOverride(_Definition, frozen=True):
    """A slot value that a next step sets, or a list of them; ``None`` clears."""

    shape: Literal["Scalar", "List", "Composite"] | None = None
    value: SlotValue | None = None
    values: tuple[SlotValueOverride, ...] | None = None


class IntentOverride(_Definition, frozen=True):
    """The intent and slots that a next step sets; no name means the same intent."""

    name: str | None = None
    slots: dict[str, SlotValueOverride | None] | None = None


class DialogState(_Definition, frozen=True):
    """A next step: set attributes and slots, then act."""

    dialog_action: StepAction | None = None
    intent: IntentOverride | None = None
    session_attributes: dict[str, str | None] | None = None


class Condition(_Definition, frozen=True):
    """An expression of Lex's condition language."""

    expression_string: str


class ConditionalBranch(_Definition, frozen=True):
    """A branch that is taken when its condition holds."""

    name: str
    condition: Condition
    response: ResponseSpecification | None = None
    next_step: DialogState | None = None


class DefaultConditionalBranch(_Definition, frozen=True):
    """The branch that is taken when no condition holds."""

    response: ResponseSpecification | None = None
    next_step: DialogState | None = None


class Conditional(_Definition, frozen=True):
    """Up to four branches, tried in order, and a default one."""

    is_active: bool = True
    conditional_branches: tuple[ConditionalBranch, ...] = ()
    default_branch: DefaultConditionalBranch | None = None


# --- code hooks -----------------------------------------------------------------------


class PostCodeHookSpecification(_Definition, frozen=True):
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


class DialogCodeHookInvocationSetting(_Definition, frozen=True):
    """A dialog code hook at one place of the conversation."""

    is_active: bool = True
    enable_code_hook_invocation: bool = True
    invocation_label: str | None = None
    post_code_hook_specification: PostCodeHookSpecification | None = None


class ElicitationCodeHookInvocationSetting(_Definition, frozen=True):
    """A code hook that is called after each attempt at a prompt."""

    enable_code_hook_invocation: bool = False
    invocation_label: str | None = None


class DialogCodeHook(_Definition, frozen=True):
    """Whether the intent calls its dialog code hook at all."""

    enabled: bool = False


class FulfillmentStartResponseSpecification(_Definition, frozen=True):
    """The messages some seconds after a long fulfilment began."""

    delay_in_seconds: int = 0
    message_groups: tuple[MessageGroup, ...] = ()
    allow_interrupt: bool | None = None


class FulfillmentUpdateResponseSpecification(_Definition, frozen=True):
    """The messages every so many seconds while a long fulfilment runs."""

    frequency_in_seconds: int = 0
    message_groups: tuple[MessageGroup, ...] = ()
    allow_interrupt: bool | None = None


class FulfillmentUpdatesSpecification(_Definition, frozen=True):
    """The messages while fulfilment runs, and the seconds that it may take.

    Unlike the rest of an export, this part has the API's names (``active``,
    ``messageGroups``).
    """

    active: bool = False
    start_response: FulfillmentStartResponseSpecification | None = None
    update_response: FulfillmentUpdateResponseSpecification | None = None
    timeout_in_seconds: int | None = None


class FulfillmentCodeHook(_Definition, frozen=True):
    """Whether and how the intent is fulfilled by a code hook."""

    enabled: bool = False
    is_active: bool | None = None
    post_fulfillment_status_specification: PostCodeHookSpecification | None = None
    fulfillment_updates_specification: FulfillmentUpdatesSpecification | None = None


# --- slot types -----------------------------------------------------------------------


class SampleValue(_Definition, frozen=True):
    """A value or a synonym."""

    value: str


class SlotTypeValue(_Definition, frozen=True):
    """A value of a slot type and the other words for it."""

    sample_value: SampleValue
    synonyms: tuple[SampleValue, ...] | None = None


class RegexFilter(_Definition, frozen=True):
    """A pattern that values of an AMAZON.AlphaNumeric type have to match."""

    pattern: str


class ValueSelectionSetting(_Definition, frozen=True):
    """How a text resolves to a value."""

    resolution_strategy: Literal["ORIGINAL_VALUE", "TOP_RESOLUTION", "CONCATENATION"] | None = None
    regex_filter: RegexFilter | None = None
    advanced_recognition_setting: dict[str, Any] | None = None


class SubSlotTypeComposition(_Definition, frozen=True):
    """A named part of a composite slot type.

    Exports give the part's type by identifier (``slot_type_id``); a bot that was loaded has
    ``slot_type_name`` too.
    """

    name: str
    slot_type_id: str | None = None
    slot_type_name: str | None = None


class CompositeSlotTypeSetting(_Definition, frozen=True):
    """The parts of a composite slot type."""

    sub_slots: tuple[SubSlotTypeComposition, ...] | None = None


class SlotType(_Definition, frozen=True):
    """A custom slot type.

    ``grammar`` is the SRGS grammar of a grammar slot type, which Lex keeps in S3 and leaves out
    of its exports: the file that its author put beside ``SlotType.json``.
    """

    name: str
    identifier: str | None = None
    description: str | None = None
    slot_type_values: tuple[SlotTypeValue, ...] | None = None
    parent_slot_type_signature: str | None = None
    value_selection_setting: ValueSelectionSetting | None = None
    composite_slot_type_setting: CompositeSlotTypeSetting | None = None
    external_source_setting: dict[str, Any] | None = None
    grammar: str | None = None


# --- slots ----------------------------------------------------------------------------


class DefaultValue(_Definition, frozen=True):
    """A value for an empty slot: a literal or a reference (``#ctx.p``, ``[a]``, ``<r>``)."""

    default_value: str


class DefaultValueSpecification(_Definition, frozen=True):
    """Default values, tried in order."""

    default_value_list: tuple[DefaultValue, ...] = ()


class SampleUtterance(_Definition, frozen=True):
    """An example of what a user says, with ``{Slot}`` placeholders."""

    utterance: str


class SlotCaptureSetting(_Definition, frozen=True):
    """What follows when a slot is captured, or is not."""

    capture_response: ResponseSpecification | None = None
    capture_next_step: DialogState | None = None
    capture_conditional: Conditional | None = None
    failure_response: ResponseSpecification | None = None
    failure_next_step: DialogState | None = None
    failure_conditional: Conditional | None = None
    code_hook: DialogCodeHookInvocationSetting | None = None
    elicitation_code_hook: ElicitationCodeHookInvocationSetting | None = None


class StillWaitingResponseSpecification(_Definition, frozen=True):
    """The messages every so many seconds of a pause, and the seconds after which it ends."""

    message_groups_list: tuple[MessageGroup, ...] = ()
    frequency_in_seconds: int | None = None
    timeout_in_seconds: int | None = None
    allow_interrupt: bool | None = None


class WaitAndContinueSpecification(_Definition, frozen=True):
    """The messages for a user who asks for a moment, during it, and after it."""

    is_active: bool = True
    waiting_response: ResponseSpecification | None = None
    continue_response: ResponseSpecification | None = None
    still_waiting_response: StillWaitingResponseSpecification | None = None


class SlotValueElicitationSetting(_Definition, frozen=True):
    """How a slot is elicited."""

    slot_constraint: Literal["Required", "Optional"] = "Required"
    prompt_specification: PromptSpecification | None = None
    default_value_specification: DefaultValueSpecification | None = None
    sample_utterances: tuple[SampleUtterance, ...] | None = None
    wait_and_continue_specification: WaitAndContinueSpecification | None = None
    slot_capture_setting: SlotCaptureSetting | None = None
    slot_resolution_setting: dict[str, Any] | None = None


class ObfuscationSetting(_Definition, frozen=True):
    """Whether the slot's value is masked in logs."""

    obfuscation_setting_type: Literal["None", "DefaultObfuscation"] | None = None


class MultipleValuesSetting(_Definition, frozen=True):
    """Whether the slot takes several values."""

    allow_multiple_values: bool = False


class Specifications(_Definition, frozen=True):
    """How one sub-slot is elicited. The type is given as in ``SubSlotTypeComposition``."""

    value_elicitation_setting: SlotValueElicitationSetting | None = None
    slot_type_id: str | None = None
    slot_type_name: str | None = None


class SubSlotSetting(_Definition, frozen=True):
    """Which sub-slots make a composite slot complete, and how they are elicited."""

    expression: str | None = None
    slot_specifications: dict[str, Specifications] | None = None


class Slot(_Definition, frozen=True):
    """A slot of an intent. ``slot_type_name`` names a type of the locale, or ``AMAZON.*``."""

    name: str
    identifier: str | None = None
    description: str | None = None
    slot_type_name: str | None = None
    value_elicitation_setting: SlotValueElicitationSetting = msgspec.field(
        default_factory=SlotValueElicitationSetting
    )
    obfuscation_setting: ObfuscationSetting | None = None
    multiple_values_setting: MultipleValuesSetting | None = None
    sub_slot_setting: SubSlotSetting | None = None


# --- intents --------------------------------------------------------------------------


class InitialResponseSetting(_Definition, frozen=True):
    """What happens on entering an intent, before any slot."""

    initial_response: ResponseSpecification | None = None
    next_step: DialogState | None = None
    conditional: Conditional | None = None
    code_hook: DialogCodeHookInvocationSetting | None = None


class IntentConfirmationSetting(_Definition, frozen=True):
    """The yes-or-no question before fulfilment."""

    is_active: bool = True
    prompt_specification: PromptSpecification | None = None
    confirmation_response: ResponseSpecification | None = None
    confirmation_next_step: DialogState | None = None
    confirmation_conditional: Conditional | None = None
    declination_response: ResponseSpecification | None = None
    declination_next_step: DialogState | None = None
    declination_conditional: Conditional | None = None
    failure_response: ResponseSpecification | None = None
    failure_next_step: DialogState | None = None
    failure_conditional: Conditional | None = None
    code_hook: DialogCodeHookInvocationSetting | None = None
    elicitation_code_hook: ElicitationCodeHookInvocationSetting | None = None


class IntentClosingSetting(_Definition, frozen=True):
    """The messages when the intent is done."""

    is_active: bool = True
    closing_response: ResponseSpecification | None = None
    next_step: DialogState | None = None
    conditional: Conditional | None = None


class SlotPriority(_Definition, frozen=True):
    """The place of a slot in the order of asking; lower is earlier."""

    slot_name: str
    priority: int


class InputContext(_Definition, frozen=True):
    """A context that has to be active for the intent to be recognised."""

    name: str


class OutputContext(_Definition, frozen=True):
    """A context that the intent's fulfilment turns on."""

    name: str
    time_to_live_in_seconds: int = 90
    turns_to_live: int = 5


class Intent(_Definition, frozen=True):
    """An intent: what users say for it, its slots, and how its conversation goes.

    ``slots`` holds the slots by name. ``parent_intent_signature`` marks built-in intents
    (``AMAZON.FallbackIntent`` and so on). ``conversation_flow`` is the visual builder's
    drawing of the intent (``ConversationFlow.json``): kept, never interpreted.
    """

    name: str
    identifier: str | None = None
    description: str | None = None
    parent_intent_signature: str | None = None
    sample_utterances: tuple[SampleUtterance, ...] | None = None
    slots: dict[str, Slot] = msgspec.field(default_factory=dict)
    slot_priorities: tuple[SlotPriority, ...] | None = None
    initial_response_setting: InitialResponseSetting | None = None
    intent_confirmation_setting: IntentConfirmationSetting | None = None
    intent_closing_setting: IntentClosingSetting | None = None
    dialog_code_hook: DialogCodeHook | None = None
    fulfillment_code_hook: FulfillmentCodeHook | None = None
    input_contexts: tuple[InputContext, ...] | None = None
    output_contexts: tuple[OutputContext, ...] | None = None
    kendra_configuration: dict[str, Any] | None = None
    qna_intent_configuration: dict[str, Any] | None = msgspec.field(
        name="qnAIntentConfiguration", default=None
    )
    bedrock_agent_intent_configuration: dict[str, Any] | None = None
    q_in_connect_intent_configuration: dict[str, Any] | None = None
    conversation_flow: dict[str, Any] | None = None

    @property
    def prioritised_slots(self) -> tuple[Slot, ...]:
        """The slots in the order of asking; slots without a priority come last, by name."""
        order = {p.slot_name: p.priority for p in self.slot_priorities or ()}
        return tuple(
            sorted(
                self.slots.values(),
                key=lambda s: (s.name not in order, order.get(s.name, 0), s.name),
            )
        )


# --- locale and bot -------------------------------------------------------------------


class BotLocale(_Definition, frozen=True):
    """A bot in one language: its intents and slot types by name.

    ``identifier`` is the locale id (``ko_KR``). ``nlu_confidence_threshold`` is the score
    (0 to 1) below which an intent gives way to FallbackIntent.
    """

    identifier: str
    name: str | None = None
    version: str | None = None
    description: str | None = None
    voice_settings: dict[str, Any] | None = None
    nlu_confidence_threshold: float = 0.4
    intents: dict[str, Intent] = msgspec.field(default_factory=dict)
    slot_types: dict[str, SlotType] = msgspec.field(default_factory=dict)
    custom_vocabulary: dict[str, Any] | None = None

    @property
    def fallback_intent(self) -> Intent | None:
        """The intent that takes what fits nothing, if the locale has one."""
        return next(
            (
                i
                for i in self.intents.values()
                if i.parent_intent_signature == "AMAZON.FallbackIntent"
            ),
            None,
        )


class DataPrivacy(_Definition, frozen=True):
    """The COPPA declaration of the bot."""

    child_directed: bool = False


class BotMember(_Definition, frozen=True):
    """A bot of a network: its id and alias, as in the API's structure of this name."""

    bot_member_id: str
    bot_member_name: str | None = None
    bot_member_alias_id: str = "TSTALIASID"
    bot_member_alias_name: str | None = None
    bot_member_version: str | None = None


class Bot(_Definition, frozen=True):
    """A bot: its settings and its locales by id (``{"ko_KR": ...}``).

    ``idle_session_ttl_in_seconds`` is the inactivity after which a session is forgotten. A bot of
    the type ``BotNetwork`` has no intents of its own: each text goes to one of its ``bot_members``.
    Both members are named as in the API's CreateBot; what Lex's exports call them is not known.
    ``aliases`` are ours: names, with ids, under which the bot is served beside TSTALIASID.
    """

    name: str
    identifier: str | None = None
    version: str | None = None
    description: str | None = None
    data_privacy: DataPrivacy | None = None
    idle_session_ttl_in_seconds: int = msgspec.field(name="idleSessionTTLInSeconds", default=300)
    bot_type: Literal["Bot", "BotNetwork"] | None = None
    bot_members: tuple[BotMember, ...] | None = None
    aliases: dict[str, str] = msgspec.field(default_factory=dict)
    locales: dict[str, BotLocale] = msgspec.field(default_factory=dict)

    @property
    def is_network(self) -> bool:
        """Whether others take the turns of its conversations."""
        return self.bot_type == "BotNetwork"
