"""What the model demands of the intent parts of requests.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from daehwa.workshop.shape import Shape
from daehwa.workshop.shapes.dialog_parts import (
    BedrockModelSpecification,
    ConditionalSpecification,
    DialogCodeHookInvocationSetting,
    DialogState,
    ElicitationCodeHookInvocationSetting,
    MessageGroup,
    PromptSpecification,
    ResponseSpecification,
)
from daehwa.workshop.shapes.scalars import (
    BedrockKnowledgeBaseArn,
    ContextTimeToLiveInSeconds,
    ContextTurnsToLive,
    DomainEndpoint,
    FulfillmentStartResponseDelay,
    FulfillmentTimeout,
    FulfillmentUpdateResponseFrequency,
    Id,
    KendraIndexArn,
    Name,
    OSIndexName,
    PriorityValue,
    QInConnectAssistantARN,
    QueryFilterString,
)


class BedrockKnowledgeStoreConfiguration(Shape, frozen=True, kw_only=True):
    """The structure BedrockKnowledgeStoreConfiguration."""

    bedrock_knowledge_base_arn: BedrockKnowledgeBaseArn
    exact_response: bool | None = None
    exact_response_fields: BedrockKnowledgeStoreExactResponseFields | None = None


class BedrockKnowledgeStoreExactResponseFields(Shape, frozen=True, kw_only=True):
    """The structure BedrockKnowledgeStoreExactResponseFields."""

    answer_field: str | None = None


class DataSourceConfiguration(Shape, frozen=True, kw_only=True):
    """The structure DataSourceConfiguration."""

    opensearch_configuration: OpensearchConfiguration | None = None
    kendra_configuration: QnAKendraConfiguration | None = None
    bedrock_knowledge_store_configuration: BedrockKnowledgeStoreConfiguration | None = None


class DialogCodeHookSettings(Shape, frozen=True, kw_only=True):
    """The structure DialogCodeHookSettings."""

    enabled: bool


class ExactResponseFields(Shape, frozen=True, kw_only=True):
    """The structure ExactResponseFields."""

    question_field: str
    answer_field: str


class FulfillmentCodeHookSettings(Shape, frozen=True, kw_only=True):
    """The structure FulfillmentCodeHookSettings."""

    enabled: bool
    post_fulfillment_status_specification: PostFulfillmentStatusSpecification | None = None
    fulfillment_updates_specification: FulfillmentUpdatesSpecification | None = None
    active: bool | None = None


class FulfillmentStartResponseSpecification(Shape, frozen=True, kw_only=True):
    """The structure FulfillmentStartResponseSpecification."""

    delay_in_seconds: FulfillmentStartResponseDelay
    message_groups: Annotated[list[MessageGroup], msgspec.Meta(min_length=1, max_length=5)]
    allow_interrupt: bool | None = None


class FulfillmentUpdateResponseSpecification(Shape, frozen=True, kw_only=True):
    """The structure FulfillmentUpdateResponseSpecification."""

    frequency_in_seconds: FulfillmentUpdateResponseFrequency
    message_groups: Annotated[list[MessageGroup], msgspec.Meta(min_length=1, max_length=5)]
    allow_interrupt: bool | None = None


class FulfillmentUpdatesSpecification(Shape, frozen=True, kw_only=True):
    """The structure FulfillmentUpdatesSpecification."""

    active: bool
    start_response: FulfillmentStartResponseSpecification | None = None
    update_response: FulfillmentUpdateResponseSpecification | None = None
    timeout_in_seconds: FulfillmentTimeout | None = None


class InitialResponseSetting(Shape, frozen=True, kw_only=True):
    """The structure InitialResponseSetting."""

    initial_response: ResponseSpecification | None = None
    next_step: DialogState | None = None
    conditional: ConditionalSpecification | None = None
    code_hook: DialogCodeHookInvocationSetting | None = None


class InputContext(Shape, frozen=True, kw_only=True):
    """The structure InputContext."""

    name: Name


class IntentClosingSetting(Shape, frozen=True, kw_only=True):
    """The structure IntentClosingSetting."""

    closing_response: ResponseSpecification | None = None
    active: bool | None = None
    next_step: DialogState | None = None
    conditional: ConditionalSpecification | None = None


class IntentConfirmationSetting(Shape, frozen=True, kw_only=True):
    """The structure IntentConfirmationSetting."""

    prompt_specification: PromptSpecification | None = None
    declination_response: ResponseSpecification | None = None
    active: bool | None = None
    confirmation_response: ResponseSpecification | None = None
    confirmation_next_step: DialogState | None = None
    confirmation_conditional: ConditionalSpecification | None = None
    declination_next_step: DialogState | None = None
    declination_conditional: ConditionalSpecification | None = None
    failure_response: ResponseSpecification | None = None
    failure_next_step: DialogState | None = None
    failure_conditional: ConditionalSpecification | None = None
    code_hook: DialogCodeHookInvocationSetting | None = None
    elicitation_code_hook: ElicitationCodeHookInvocationSetting | None = None


class KendraConfiguration(Shape, frozen=True, kw_only=True):
    """The structure KendraConfiguration."""

    kendra_index: KendraIndexArn
    query_filter_string_enabled: bool | None = None
    query_filter_string: QueryFilterString | None = None


class OpensearchConfiguration(Shape, frozen=True, kw_only=True):
    """The structure OpensearchConfiguration."""

    domain_endpoint: DomainEndpoint
    index_name: OSIndexName
    exact_response: bool | None = None
    exact_response_fields: ExactResponseFields | None = None
    include_fields: Annotated[list[str], msgspec.Meta(min_length=1, max_length=5)] | None = None


class OutputContext(Shape, frozen=True, kw_only=True):
    """The structure OutputContext."""

    name: Name
    time_to_live_in_seconds: ContextTimeToLiveInSeconds
    turns_to_live: ContextTurnsToLive


class PostFulfillmentStatusSpecification(Shape, frozen=True, kw_only=True):
    """The structure PostFulfillmentStatusSpecification."""

    success_response: ResponseSpecification | None = None
    failure_response: ResponseSpecification | None = None
    timeout_response: ResponseSpecification | None = None
    success_next_step: DialogState | None = None
    success_conditional: ConditionalSpecification | None = None
    failure_next_step: DialogState | None = None
    failure_conditional: ConditionalSpecification | None = None
    timeout_next_step: DialogState | None = None
    timeout_conditional: ConditionalSpecification | None = None


class QInConnectAssistantConfiguration(Shape, frozen=True, kw_only=True):
    """The structure QInConnectAssistantConfiguration."""

    assistant_arn: QInConnectAssistantARN


class QInConnectIntentConfiguration(Shape, frozen=True, kw_only=True):
    """The structure QInConnectIntentConfiguration."""

    q_in_connect_assistant_configuration: QInConnectAssistantConfiguration | None = None


class QnAIntentConfiguration(Shape, frozen=True, kw_only=True):
    """The structure QnAIntentConfiguration."""

    data_source_configuration: DataSourceConfiguration | None = None
    bedrock_model_configuration: BedrockModelSpecification | None = None


class QnAKendraConfiguration(Shape, frozen=True, kw_only=True):
    """The structure QnAKendraConfiguration."""

    kendra_index: KendraIndexArn
    query_filter_string_enabled: bool | None = None
    query_filter_string: QueryFilterString | None = None
    exact_response: bool | None = None


class SlotPriority(Shape, frozen=True, kw_only=True):
    """The structure SlotPriority."""

    priority: PriorityValue
    slot_id: Id
