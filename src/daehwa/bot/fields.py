"""How values map to the members of a file: names, other spellings, and what is left out.

Amazon's documents, its API and its exports spell some members differently; the export's
spelling is the one written. Source: the page "JSON format for importing and exporting" of
the Lex V2 guide, the ``lexv2-models`` service model, and real exports.
"""

from __future__ import annotations

import functools
import typing
from typing import Any, Final

import msgspec

from daehwa.bot import flow_values, slot_definition, values

_ALIASES: Final[dict[type, dict[str, str]]] = {
    values.Bot: {"botName": "name", "botId": "identifier", "botVersion": "version"},
    values.BotLocale: {
        "localeName": "name",
        "localeId": "identifier",
        "botVersion": "version",
    },
    values.Intent: {"intentName": "name", "intentId": "identifier"},
    slot_definition.Slot: {
        "slotName": "name",
        "slotId": "identifier",
        "slotTypeId": "slotTypeName",
        "slotValueElicitationSetting": "valueElicitationSetting",
    },
    slot_definition.SlotType: {"slotTypeName": "name", "slotTypeId": "identifier"},
    values.SlotPriority: {"slotId": "slotName"},
    slot_definition.SlotValueElicitationSetting: {
        "defaultValueSpec": "defaultValueSpecification",
        "sampleValueElicitingUtterances": "sampleUtterances",
    },
    slot_definition.MultipleValuesSetting: {"allowMutlipleValues": "allowMultipleValues"},
    values.IntentConfirmationSetting: {
        "active": "isActive",
        "confirmationPrompt": "promptSpecification",
    },
    values.IntentClosingSetting: {"active": "isActive"},
    flow_values.FulfillmentCodeHook: {"active": "isActive"},
    flow_values.FulfillmentUpdatesSpecification: {"isActive": "active"},
    flow_values.FulfillmentStartResponseSpecification: {"messageGroupsList": "messageGroups"},
    flow_values.FulfillmentUpdateResponseSpecification: {"messageGroupsList": "messageGroups"},
    slot_definition.WaitAndContinueSpecification: {"active": "isActive"},
    slot_definition.StillWaitingResponseSpecification: {"messageGroups": "messageGroupsList"},
    flow_values.DialogCodeHookInvocationSetting: {"active": "isActive"},
    flow_values.Conditional: {"active": "isActive"},
    flow_values.PromptSpecification: {
        "messageGroups": "messageGroupsList",
        "messageGroupList": "messageGroupsList",
    },
    flow_values.ResponseSpecification: {
        "messageGroups": "messageGroupsList",
        "messageGroupList": "messageGroupsList",
    },
    flow_values.ImageResponseCard: {"buttons": "buttonsList"},
}

# Members that have files of their own, or none.
_ELSEWHERE: Final[dict[type, frozenset[str]]] = {
    values.Bot: frozenset({"locales"}),
    values.BotLocale: frozenset({"intents", "slot_types", "custom_vocabulary"}),
    values.Intent: frozenset({"slots", "conversation_flow"}),
    slot_definition.SlotType: frozenset({"grammar"}),
}

# Members that exports leave out when unset; all others are spelled out as null.
_LEFT_OUT: Final[dict[type, frozenset[str]]] = {
    values.Bot: frozenset({"bot_type", "bot_members"}),
    flow_values.PromptSpecification: frozenset(
        {"message_selection_strategy", "prompt_attempts_specification"}
    ),
    flow_values.PostCodeHookSpecification: frozenset(
        {"success_conditional", "failure_conditional", "timeout_conditional"}
    ),
    flow_values.FulfillmentCodeHook: frozenset({"is_active"}),
    slot_definition.ValueSelectionSetting: frozenset({"advanced_recognition_setting"}),
    slot_definition.SlotType: frozenset({"composite_slot_type_setting", "external_source_setting"}),
    slot_definition.SlotValueElicitationSetting: frozenset(
        {"slot_capture_setting", "slot_resolution_setting"}
    ),
    slot_definition.Slot: frozenset({"sub_slot_setting"}),
    values.IntentConfirmationSetting: frozenset(
        {
            "confirmation_response",
            "confirmation_next_step",
            "confirmation_conditional",
            "declination_next_step",
            "declination_conditional",
            "failure_response",
            "failure_next_step",
            "failure_conditional",
            "code_hook",
            "elicitation_code_hook",
        }
    ),
    values.IntentClosingSetting: frozenset({"next_step", "conditional"}),
    # Its mere presence says that the intent follows its next steps to the letter.
    values.Intent: frozenset(
        {
            "initial_response_setting",
            "qna_intent_configuration",
            "bedrock_agent_intent_configuration",
            "q_in_connect_intent_configuration",
        }
    ),
}

# Members that are read when they are there, and known from others when they are not.
_DERIVED: Final[dict[type, frozenset[str]]] = {
    # Of whoever serves the bot: an export has no aliases.
    values.Bot: frozenset({"aliases"}),
    slot_definition.SubSlotTypeComposition: frozenset({"slot_type_name"}),
    slot_definition.Specifications: frozenset({"slot_type_name"}),
}


class FileMember(typing.NamedTuple):
    """A member: the attribute, its name in a file, its type, and what it is when absent.

    ``left_out``: not written when unset; ``derived``: never written.
    """

    attribute: str
    name: str
    type: Any
    required: bool
    default: Any
    default_factory: Any
    left_out: bool
    derived: bool

    def absent(self) -> Any:
        """The value of the member when the file has nothing there."""
        if self.default_factory is not msgspec.NODEFAULT:
            return self.default_factory()
        return self.default


@functools.cache
def fields(kind: type) -> dict[str, FileMember]:
    """The members of a kind of value that are in its file, by their names in the file."""
    hints = typing.get_type_hints(kind)
    outside = _ELSEWHERE.get(kind, frozenset()) | {"extra"}
    left_out = _LEFT_OUT.get(kind, frozenset())
    derived = _DERIVED.get(kind, frozenset())
    return {
        info.encode_name: FileMember(
            info.name,
            info.encode_name,
            hints[info.name],
            info.required,
            info.default,
            info.default_factory,
            info.name in left_out,
            info.name in derived,
        )
        for info in msgspec.structs.fields(kind)
        if info.name not in outside
    }


def export_name(kind: type, name: str) -> str:
    """A member's name as exports spell it."""
    return _ALIASES.get(kind, {}).get(name, name)


def other_spellings(kind: type) -> dict[str, str]:
    """The members of a kind that the API or documents spell differently, with exports' names."""
    return _ALIASES.get(kind, {})
