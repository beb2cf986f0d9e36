"""The shapes of intents.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from daehwa.workshop.shape import Shape, Structure
from daehwa.workshop.shapes.scalars import (
    BotVersion,
    Description,
    DisplayName,
    DraftBotVersion,
    FilterValue,
    Id,
    IntentFilterName,
    IntentFilterOperator,
    IntentSortAttribute,
    MaxResults,
    Name,
    SortOrder,
)


class IntentFilter(Shape, frozen=True, kw_only=True):
    """The structure IntentFilter."""

    name: IntentFilterName
    values: Annotated[list[FilterValue], msgspec.Meta(min_length=1, max_length=1)]
    operator: IntentFilterOperator


class IntentSortBy(Shape, frozen=True, kw_only=True):
    """The structure IntentSortBy."""

    attribute: IntentSortAttribute
    order: SortOrder


class IntentSummary(Shape, frozen=True, kw_only=True):
    """The structure IntentSummary."""

    intent_id: str | None = None
    intent_name: str | None = None
    intent_display_name: str | None = None
    description: str | None = None
    parent_intent_signature: str | None = None
    input_contexts: list[Structure] | None = None
    output_contexts: list[Structure] | None = None
    last_updated_date_time: float | None = None


class CreateIntentRequest(Shape, frozen=True, kw_only=True):
    """The request of CreateIntent."""

    intent_name: Name
    intent_display_name: DisplayName | None = None
    description: Description | None = None
    parent_intent_signature: str | None = None
    sample_utterances: (
        list[Annotated[Structure, msgspec.Meta(extra={"part": "dialog_parts.SampleUtterance"})]]
        | None
    ) = None
    dialog_code_hook: (
        Annotated[Structure, msgspec.Meta(extra={"part": "intent_parts.DialogCodeHookSettings"})]
        | None
    ) = None
    fulfillment_code_hook: (
        Annotated[
            Structure, msgspec.Meta(extra={"part": "intent_parts.FulfillmentCodeHookSettings"})
        ]
        | None
    ) = None
    intent_confirmation_setting: (
        Annotated[Structure, msgspec.Meta(extra={"part": "intent_parts.IntentConfirmationSetting"})]
        | None
    ) = None
    intent_closing_setting: (
        Annotated[Structure, msgspec.Meta(extra={"part": "intent_parts.IntentClosingSetting"})]
        | None
    ) = None
    input_contexts: (
        Annotated[
            list[Annotated[Structure, msgspec.Meta(extra={"part": "intent_parts.InputContext"})]],
            msgspec.Meta(min_length=0, max_length=5),
        ]
        | None
    ) = None
    output_contexts: (
        Annotated[
            list[Annotated[Structure, msgspec.Meta(extra={"part": "intent_parts.OutputContext"})]],
            msgspec.Meta(min_length=0, max_length=10),
        ]
        | None
    ) = None
    kendra_configuration: (
        Annotated[Structure, msgspec.Meta(extra={"part": "intent_parts.KendraConfiguration"})]
        | None
    ) = None
    bot_id: Id
    bot_version: DraftBotVersion
    locale_id: str
    initial_response_setting: (
        Annotated[Structure, msgspec.Meta(extra={"part": "intent_parts.InitialResponseSetting"})]
        | None
    ) = None
    qn_a_intent_configuration: (
        Annotated[Structure, msgspec.Meta(extra={"part": "intent_parts.QnAIntentConfiguration"})]
        | None
    ) = None
    q_in_connect_intent_configuration: (
        Annotated[
            Structure, msgspec.Meta(extra={"part": "intent_parts.QInConnectIntentConfiguration"})
        ]
        | None
    ) = None


class CreateIntentResponse(Shape, frozen=True, kw_only=True):
    """The response of CreateIntent."""

    intent_id: str | None = None
    intent_name: str | None = None
    intent_display_name: str | None = None
    description: str | None = None
    parent_intent_signature: str | None = None
    sample_utterances: list[Structure] | None = None
    dialog_code_hook: Structure | None = None
    fulfillment_code_hook: Structure | None = None
    intent_confirmation_setting: Structure | None = None
    intent_closing_setting: Structure | None = None
    input_contexts: list[Structure] | None = None
    output_contexts: list[Structure] | None = None
    kendra_configuration: Structure | None = None
    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    creation_date_time: float | None = None
    initial_response_setting: Structure | None = None
    qn_a_intent_configuration: Structure | None = None
    q_in_connect_intent_configuration: Structure | None = None


class DescribeIntentRequest(Shape, frozen=True, kw_only=True):
    """The request of DescribeIntent."""

    intent_id: Id
    bot_id: Id
    bot_version: BotVersion
    locale_id: str


class DescribeIntentResponse(Shape, frozen=True, kw_only=True):
    """The response of DescribeIntent."""

    intent_id: str | None = None
    intent_name: str | None = None
    intent_display_name: str | None = None
    description: str | None = None
    parent_intent_signature: str | None = None
    sample_utterances: list[Structure] | None = None
    dialog_code_hook: Structure | None = None
    fulfillment_code_hook: Structure | None = None
    slot_priorities: list[Structure] | None = None
    intent_confirmation_setting: Structure | None = None
    intent_closing_setting: Structure | None = None
    input_contexts: list[Structure] | None = None
    output_contexts: list[Structure] | None = None
    kendra_configuration: Structure | None = None
    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    creation_date_time: float | None = None
    last_updated_date_time: float | None = None
    initial_response_setting: Structure | None = None
    qn_a_intent_configuration: Structure | None = None
    q_in_connect_intent_configuration: Structure | None = None


class UpdateIntentRequest(Shape, frozen=True, kw_only=True):
    """The request of UpdateIntent."""

    intent_id: Id
    intent_name: Name
    intent_display_name: DisplayName | None = None
    description: Description | None = None
    parent_intent_signature: str | None = None
    sample_utterances: (
        list[Annotated[Structure, msgspec.Meta(extra={"part": "dialog_parts.SampleUtterance"})]]
        | None
    ) = None
    dialog_code_hook: (
        Annotated[Structure, msgspec.Meta(extra={"part": "intent_parts.DialogCodeHookSettings"})]
        | None
    ) = None
    fulfillment_code_hook: (
        Annotated[
            Structure, msgspec.Meta(extra={"part": "intent_parts.FulfillmentCodeHookSettings"})
        ]
        | None
    ) = None
    slot_priorities: (
        list[Annotated[Structure, msgspec.Meta(extra={"part": "intent_parts.SlotPriority"})]] | None
    ) = None
    intent_confirmation_setting: (
        Annotated[Structure, msgspec.Meta(extra={"part": "intent_parts.IntentConfirmationSetting"})]
        | None
    ) = None
    intent_closing_setting: (
        Annotated[Structure, msgspec.Meta(extra={"part": "intent_parts.IntentClosingSetting"})]
        | None
    ) = None
    input_contexts: (
        Annotated[
            list[Annotated[Structure, msgspec.Meta(extra={"part": "intent_parts.InputContext"})]],
            msgspec.Meta(min_length=0, max_length=5),
        ]
        | None
    ) = None
    output_contexts: (
        Annotated[
            list[Annotated[Structure, msgspec.Meta(extra={"part": "intent_parts.OutputContext"})]],
            msgspec.Meta(min_length=0, max_length=10),
        ]
        | None
    ) = None
    kendra_configuration: (
        Annotated[Structure, msgspec.Meta(extra={"part": "intent_parts.KendraConfiguration"})]
        | None
    ) = None
    bot_id: Id
    bot_version: DraftBotVersion
    locale_id: str
    initial_response_setting: (
        Annotated[Structure, msgspec.Meta(extra={"part": "intent_parts.InitialResponseSetting"})]
        | None
    ) = None
    qn_a_intent_configuration: (
        Annotated[Structure, msgspec.Meta(extra={"part": "intent_parts.QnAIntentConfiguration"})]
        | None
    ) = None
    q_in_connect_intent_configuration: (
        Annotated[
            Structure, msgspec.Meta(extra={"part": "intent_parts.QInConnectIntentConfiguration"})
        ]
        | None
    ) = None


class UpdateIntentResponse(Shape, frozen=True, kw_only=True):
    """The response of UpdateIntent."""

    intent_id: str | None = None
    intent_name: str | None = None
    intent_display_name: str | None = None
    description: str | None = None
    parent_intent_signature: str | None = None
    sample_utterances: list[Structure] | None = None
    dialog_code_hook: Structure | None = None
    fulfillment_code_hook: Structure | None = None
    slot_priorities: list[Structure] | None = None
    intent_confirmation_setting: Structure | None = None
    intent_closing_setting: Structure | None = None
    input_contexts: list[Structure] | None = None
    output_contexts: list[Structure] | None = None
    kendra_configuration: Structure | None = None
    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    creation_date_time: float | None = None
    last_updated_date_time: float | None = None
    initial_response_setting: Structure | None = None
    qn_a_intent_configuration: Structure | None = None
    q_in_connect_intent_configuration: Structure | None = None


class DeleteIntentRequest(Shape, frozen=True, kw_only=True):
    """The request of DeleteIntent."""

    intent_id: Id
    bot_id: Id
    bot_version: DraftBotVersion
    locale_id: str


class ListIntentsRequest(Shape, frozen=True, kw_only=True):
    """The request of ListIntents."""

    bot_id: Id
    bot_version: BotVersion
    locale_id: str
    sort_by: IntentSortBy | None = None
    filters: Annotated[list[IntentFilter], msgspec.Meta(min_length=1, max_length=1)] | None = None
    max_results: MaxResults | None = None
    next_token: str | None = None


class ListIntentsResponse(Shape, frozen=True, kw_only=True):
    """The response of ListIntents."""

    bot_id: str | None = None
    bot_version: str | None = None
    locale_id: str | None = None
    intent_summaries: list[IntentSummary] | None = None
    next_token: str | None = None
