"""A bot's definition: the bot, its locales, their intents."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from daehwa.bot.definition import Definition
from daehwa.bot.flow_values import (
    Conditional,
    DialogCodeHook,
    DialogCodeHookInvocationSetting,
    DialogState,
    ElicitationCodeHookInvocationSetting,
    FulfillmentCodeHook,
    PromptSpecification,
    ResponseSpecification,
)
from daehwa.bot.slot_definition import (
    SampleUtterance,
    Slot,
    SlotType,
)

# --- intents ------------------------------------------------------------------------


class InitialResponseSetting(Definition, frozen=True):
    """What happens on entering an intent, before any slot."""

    initial_response: ResponseSpecification | None = None
    next_step: DialogState | None = None
    conditional: Conditional | None = None
    code_hook: DialogCodeHookInvocationSetting | None = None


class IntentConfirmationSetting(Definition, frozen=True):
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


class IntentClosingSetting(Definition, frozen=True):
    """The messages when the intent is done."""

    is_active: bool = True
    closing_response: ResponseSpecification | None = None
    next_step: DialogState | None = None
    conditional: Conditional | None = None


class SlotPriority(Definition, frozen=True):
    """The place of a slot in the order of asking; lower is earlier."""

    slot_name: str
    priority: int


class InputContext(Definition, frozen=True):
    """A context that has to be active for the intent to be recognised."""

    name: str


class OutputContext(Definition, frozen=True):
    """A context that the intent's fulfilment turns on."""

    name: str
    time_to_live_in_seconds: int = 90
    turns_to_live: int = 5


class Intent(Definition, frozen=True):
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


# --- locale and bot -----------------------------------------------------------------


class BotLocale(Definition, frozen=True):
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


class DataPrivacy(Definition, frozen=True):
    """The COPPA declaration of the bot."""

    child_directed: bool = False


class BotMember(Definition, frozen=True):
    """A bot of a network: its id and alias, as in the API's structure of this name."""

    bot_member_id: str
    bot_member_name: str | None = None
    bot_member_alias_id: str = "TSTALIASID"
    bot_member_alias_name: str | None = None
    bot_member_version: str | None = None


class Bot(Definition, frozen=True):
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
