"""The responses.

Made by codegen/kendra.py from botocore's service model kendra 2019-02-03.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from daehwa.documents.kendra.kendra_shape import KendraShape


class Highlight(KendraShape, frozen=True, kw_only=True):
    """The structure Highlight."""

    begin_offset: int
    end_offset: int
    top_answer: bool | None = None
    type: Literal["STANDARD", "THESAURUS_SYNONYM"] | None = None


class TextWithHighlights(KendraShape, frozen=True, kw_only=True):
    """The structure TextWithHighlights."""

    text: str | None = None
    highlights: list[Highlight] | None = None


class AdditionalResultAttributeValue(KendraShape, frozen=True, kw_only=True):
    """The structure AdditionalResultAttributeValue."""

    text_with_highlights_value: TextWithHighlights | None = None


class AdditionalResultAttribute(KendraShape, frozen=True, kw_only=True):
    """The structure AdditionalResultAttribute."""

    key: str
    value_type: Literal["TEXT_WITH_HIGHLIGHTS_VALUE"]
    value: AdditionalResultAttributeValue


class DocumentAttributeValue(KendraShape, frozen=True, kw_only=True):
    """The structure DocumentAttributeValue."""

    string_value: str | None = None
    string_list_value: list[str] | None = None
    long_value: int | None = None
    date_value: float | None = None


class DocumentAttribute(KendraShape, frozen=True, kw_only=True):
    """The structure DocumentAttribute."""

    key: str
    value: DocumentAttributeValue


class ScoreAttributes(KendraShape, frozen=True, kw_only=True):
    """The structure ScoreAttributes."""

    score_confidence: Literal["VERY_HIGH", "HIGH", "MEDIUM", "LOW", "NOT_AVAILABLE"] | None = None


class QueryResultItem(KendraShape, frozen=True, kw_only=True):
    """The structure QueryResultItem."""

    id: str | None = None
    type: Literal["DOCUMENT", "QUESTION_ANSWER", "ANSWER"] | None = None
    format: Literal["TABLE", "TEXT"] | None = None
    additional_attributes: list[AdditionalResultAttribute] | None = None
    document_id: str | None = None
    document_title: TextWithHighlights | None = None
    document_excerpt: TextWithHighlights | None = None
    document_uri: str | None = msgspec.field(default=None, name="DocumentURI")
    document_attributes: list[DocumentAttribute] | None = None
    score_attributes: ScoreAttributes | None = None
    feedback_token: str | None = None
    table_excerpt: dict[str, Any] | None = None
    collapsed_result_detail: dict[str, Any] | None = None


class DocumentAttributeValueCountPair(KendraShape, frozen=True, kw_only=True):
    """The structure DocumentAttributeValueCountPair."""

    document_attribute_value: DocumentAttributeValue | None = None
    count: int | None = None
    facet_results: list[FacetResult] | None = None


class FacetResult(KendraShape, frozen=True, kw_only=True):
    """The structure FacetResult."""

    document_attribute_key: str | None = None
    document_attribute_value_type: (
        Literal["STRING_VALUE", "STRING_LIST_VALUE", "LONG_VALUE", "DATE_VALUE"] | None
    ) = None
    document_attribute_value_count_pairs: list[DocumentAttributeValueCountPair] | None = None


class QueryResult(KendraShape, frozen=True, kw_only=True):
    """The response of Query."""

    query_id: str | None = None
    result_items: list[QueryResultItem] | None = None
    facet_results: list[FacetResult] | None = None
    total_number_of_results: int | None = None
    warnings: list[dict[str, Any]] | None = None
    spell_corrected_queries: list[dict[str, Any]] | None = None
    featured_results_items: list[dict[str, Any]] | None = None


class RetrieveResultItem(KendraShape, frozen=True, kw_only=True):
    """The structure RetrieveResultItem."""

    id: str | None = None
    document_id: str | None = None
    document_title: str | None = None
    content: str | None = None
    document_uri: str | None = msgspec.field(default=None, name="DocumentURI")
    document_attributes: list[DocumentAttribute] | None = None
    score_attributes: ScoreAttributes | None = None


class RetrieveResult(KendraShape, frozen=True, kw_only=True):
    """The response of Retrieve."""

    query_id: str | None = None
    result_items: list[RetrieveResultItem] | None = None


class SuggestionHighlight(KendraShape, frozen=True, kw_only=True):
    """The structure SuggestionHighlight."""

    begin_offset: int | None = None
    end_offset: int | None = None


class SuggestionTextWithHighlights(KendraShape, frozen=True, kw_only=True):
    """The structure SuggestionTextWithHighlights."""

    text: str | None = None
    highlights: list[SuggestionHighlight] | None = None


class SuggestionValue(KendraShape, frozen=True, kw_only=True):
    """The structure SuggestionValue."""

    text: SuggestionTextWithHighlights | None = None


class SourceDocument(KendraShape, frozen=True, kw_only=True):
    """The structure SourceDocument."""

    document_id: str | None = None
    suggestion_attributes: list[str] | None = None
    additional_attributes: list[DocumentAttribute] | None = None


class Suggestion(KendraShape, frozen=True, kw_only=True):
    """The structure Suggestion."""

    id: str | None = None
    value: SuggestionValue | None = None
    source_documents: list[SourceDocument] | None = None


class GetQuerySuggestionsResponse(KendraShape, frozen=True, kw_only=True):
    """The response of GetQuerySuggestions."""

    query_suggestions_id: str | None = None
    suggestions: list[Suggestion] | None = None


class IndexConfigurationSummary(KendraShape, frozen=True, kw_only=True):
    """The structure IndexConfigurationSummary."""

    name: str | None = None
    id: str | None = None
    edition: (
        Literal["DEVELOPER_EDITION", "ENTERPRISE_EDITION", "GEN_AI_ENTERPRISE_EDITION"] | None
    ) = None
    created_at: float
    updated_at: float
    status: Literal["CREATING", "ACTIVE", "DELETING", "FAILED", "UPDATING", "SYSTEM_UPDATING"]


class ListIndicesResponse(KendraShape, frozen=True, kw_only=True):
    """The response of ListIndices."""

    index_configuration_summary_items: list[IndexConfigurationSummary] | None = None
    next_token: str | None = None


class Relevance(KendraShape, frozen=True, kw_only=True):
    """The structure Relevance."""

    freshness: bool | None = None
    importance: int | None = None
    duration: str | None = None
    rank_order: Literal["ASCENDING", "DESCENDING"] | None = None
    value_importance_map: dict[str, int] | None = None


class Search(KendraShape, frozen=True, kw_only=True):
    """The structure Search."""

    facetable: bool | None = None
    searchable: bool | None = None
    displayable: bool | None = None
    sortable: bool | None = None


class DocumentMetadataConfiguration(KendraShape, frozen=True, kw_only=True):
    """The structure DocumentMetadataConfiguration."""

    name: str
    type: Literal["STRING_VALUE", "STRING_LIST_VALUE", "LONG_VALUE", "DATE_VALUE"]
    relevance: Relevance | None = None
    search: Search | None = None


class FaqStatistics(KendraShape, frozen=True, kw_only=True):
    """The structure FaqStatistics."""

    indexed_question_answers_count: int


class TextDocumentStatistics(KendraShape, frozen=True, kw_only=True):
    """The structure TextDocumentStatistics."""

    indexed_text_documents_count: int
    indexed_text_bytes: int


class IndexStatistics(KendraShape, frozen=True, kw_only=True):
    """The structure IndexStatistics."""

    faq_statistics: FaqStatistics
    text_document_statistics: TextDocumentStatistics


class DescribeIndexResponse(KendraShape, frozen=True, kw_only=True):
    """The response of DescribeIndex."""

    name: str | None = None
    id: str | None = None
    edition: (
        Literal["DEVELOPER_EDITION", "ENTERPRISE_EDITION", "GEN_AI_ENTERPRISE_EDITION"] | None
    ) = None
    role_arn: str | None = None
    server_side_encryption_configuration: dict[str, Any] | None = None
    status: (
        Literal["CREATING", "ACTIVE", "DELETING", "FAILED", "UPDATING", "SYSTEM_UPDATING"] | None
    ) = None
    description: str | None = None
    created_at: float | None = None
    updated_at: float | None = None
    document_metadata_configurations: list[DocumentMetadataConfiguration] | None = None
    index_statistics: IndexStatistics | None = None
    error_message: str | None = None
    capacity_units: dict[str, Any] | None = None
    user_token_configurations: list[dict[str, Any]] | None = None
    user_context_policy: Literal["ATTRIBUTE_FILTER", "USER_TOKEN"] | None = None
    user_group_resolution_configuration: dict[str, Any] | None = None


class BatchPutDocumentResponseFailedDocument(KendraShape, frozen=True, kw_only=True):
    """The structure BatchPutDocumentResponseFailedDocument."""

    id: str | None = None
    data_source_id: str | None = None
    error_code: Literal["InternalError", "InvalidRequest"] | None = None
    error_message: str | None = None


class BatchPutDocumentResponse(KendraShape, frozen=True, kw_only=True):
    """The response of BatchPutDocument."""

    failed_documents: list[BatchPutDocumentResponseFailedDocument] | None = None


class BatchDeleteDocumentResponseFailedDocument(KendraShape, frozen=True, kw_only=True):
    """The structure BatchDeleteDocumentResponseFailedDocument."""

    id: str | None = None
    data_source_id: str | None = None
    error_code: Literal["InternalError", "InvalidRequest"] | None = None
    error_message: str | None = None


class BatchDeleteDocumentResponse(KendraShape, frozen=True, kw_only=True):
    """The response of BatchDeleteDocument."""

    failed_documents: list[BatchDeleteDocumentResponseFailedDocument] | None = None


class BatchGetDocumentStatusResponseError(KendraShape, frozen=True, kw_only=True):
    """The structure BatchGetDocumentStatusResponseError."""

    document_id: str | None = None
    data_source_id: str | None = None
    error_code: Literal["InternalError", "InvalidRequest"] | None = None
    error_message: str | None = None


class Status(KendraShape, frozen=True, kw_only=True):
    """The structure Status."""

    document_id: str | None = None
    document_status: (
        Literal["NOT_FOUND", "PROCESSING", "INDEXED", "UPDATED", "FAILED", "UPDATE_FAILED"] | None
    ) = None
    failure_code: str | None = None
    failure_reason: str | None = None


class BatchGetDocumentStatusResponse(KendraShape, frozen=True, kw_only=True):
    """The response of BatchGetDocumentStatus."""

    errors: list[BatchGetDocumentStatusResponseError] | None = None
    document_status_list: list[Status] | None = None
