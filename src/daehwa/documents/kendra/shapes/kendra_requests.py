"""The requests.

Made by codegen/kendra.py from botocore's service model kendra 2019-02-03.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from daehwa.documents.kendra.kendra_shape import KendraShape


class DocumentAttributeValue(KendraShape, frozen=True, kw_only=True):
    """The structure DocumentAttributeValue."""

    string_value: Annotated[str, msgspec.Meta(min_length=1, max_length=2048)] | None = None
    string_list_value: list[Annotated[str, msgspec.Meta(min_length=1, max_length=2048)]] | None = (
        None
    )
    long_value: int | None = None
    date_value: float | None = None


class DocumentAttribute(KendraShape, frozen=True, kw_only=True):
    """The structure DocumentAttribute."""

    key: Annotated[
        str, msgspec.Meta(min_length=1, max_length=200, pattern=r"[a-zA-Z0-9_][a-zA-Z0-9_-]*")
    ]
    value: DocumentAttributeValue


class AttributeFilter(KendraShape, frozen=True, kw_only=True):
    """The structure AttributeFilter."""

    and_all_filters: list[AttributeFilter] | None = None
    or_all_filters: list[AttributeFilter] | None = None
    not_filter: AttributeFilter | None = None
    equals_to: DocumentAttribute | None = None
    contains_all: DocumentAttribute | None = None
    contains_any: DocumentAttribute | None = None
    greater_than: DocumentAttribute | None = None
    greater_than_or_equals: DocumentAttribute | None = None
    less_than: DocumentAttribute | None = None
    less_than_or_equals: DocumentAttribute | None = None


class Facet(KendraShape, frozen=True, kw_only=True):
    """The structure Facet."""

    document_attribute_key: (
        Annotated[
            str, msgspec.Meta(min_length=1, max_length=200, pattern=r"[a-zA-Z0-9_][a-zA-Z0-9_-]*")
        ]
        | None
    ) = None
    facets: list[Facet] | None = None
    max_results: Annotated[int, msgspec.Meta(ge=0, le=5000)] | None = None


class SortingConfiguration(KendraShape, frozen=True, kw_only=True):
    """The structure SortingConfiguration."""

    document_attribute_key: Annotated[
        str, msgspec.Meta(min_length=1, max_length=200, pattern=r"[a-zA-Z0-9_][a-zA-Z0-9_-]*")
    ]
    sort_order: Literal["DESC", "ASC"]


class SpellCorrectionConfiguration(KendraShape, frozen=True, kw_only=True):
    """The structure SpellCorrectionConfiguration."""

    include_query_spell_check_suggestions: bool


class QueryRequest(KendraShape, frozen=True, kw_only=True):
    """The request of Query."""

    index_id: Annotated[
        str, msgspec.Meta(min_length=36, max_length=36, pattern=r"[a-zA-Z0-9][a-zA-Z0-9-]*")
    ]
    query_text: str | None = None
    attribute_filter: AttributeFilter | None = None
    facets: list[Facet] | None = None
    requested_document_attributes: (
        Annotated[
            list[
                Annotated[
                    str,
                    msgspec.Meta(
                        min_length=1, max_length=200, pattern=r"[a-zA-Z0-9_][a-zA-Z0-9_-]*"
                    ),
                ]
            ],
            msgspec.Meta(min_length=1, max_length=100),
        ]
        | None
    ) = None
    query_result_type_filter: Literal["DOCUMENT", "QUESTION_ANSWER", "ANSWER"] | None = None
    document_relevance_override_configurations: (
        Annotated[list[dict[str, Any]], msgspec.Meta(min_length=0, max_length=500)] | None
    ) = None
    page_number: int | None = None
    page_size: int | None = None
    sorting_configuration: SortingConfiguration | None = None
    sorting_configurations: (
        Annotated[list[SortingConfiguration], msgspec.Meta(min_length=1)] | None
    ) = None
    user_context: dict[str, Any] | None = None
    visitor_id: (
        Annotated[
            str, msgspec.Meta(min_length=1, max_length=256, pattern=r"[a-zA-Z0-9][a-zA-Z0-9_-]*")
        ]
        | None
    ) = None
    spell_correction_configuration: SpellCorrectionConfiguration | None = None
    collapse_configuration: dict[str, Any] | None = None


class RetrieveRequest(KendraShape, frozen=True, kw_only=True):
    """The request of Retrieve."""

    index_id: Annotated[
        str, msgspec.Meta(min_length=36, max_length=36, pattern=r"[a-zA-Z0-9][a-zA-Z0-9-]*")
    ]
    query_text: str
    attribute_filter: AttributeFilter | None = None
    requested_document_attributes: (
        Annotated[
            list[
                Annotated[
                    str,
                    msgspec.Meta(
                        min_length=1, max_length=200, pattern=r"[a-zA-Z0-9_][a-zA-Z0-9_-]*"
                    ),
                ]
            ],
            msgspec.Meta(min_length=1, max_length=100),
        ]
        | None
    ) = None
    document_relevance_override_configurations: (
        Annotated[list[dict[str, Any]], msgspec.Meta(min_length=0, max_length=500)] | None
    ) = None
    page_number: int | None = None
    page_size: int | None = None
    user_context: dict[str, Any] | None = None


class ClickFeedback(KendraShape, frozen=True, kw_only=True):
    """The structure ClickFeedback."""

    result_id: Annotated[str, msgspec.Meta(min_length=1, max_length=73)]
    click_time: float


class RelevanceFeedback(KendraShape, frozen=True, kw_only=True):
    """The structure RelevanceFeedback."""

    result_id: Annotated[str, msgspec.Meta(min_length=1, max_length=73)]
    relevance_value: Literal["RELEVANT", "NOT_RELEVANT"]


class SubmitFeedbackRequest(KendraShape, frozen=True, kw_only=True):
    """The request of SubmitFeedback."""

    index_id: Annotated[
        str, msgspec.Meta(min_length=36, max_length=36, pattern=r"[a-zA-Z0-9][a-zA-Z0-9-]*")
    ]
    query_id: Annotated[
        str, msgspec.Meta(min_length=1, max_length=36, pattern=r"[a-zA-Z0-9][a-zA-Z0-9-]*")
    ]
    click_feedback_items: list[ClickFeedback] | None = None
    relevance_feedback_items: list[RelevanceFeedback] | None = None


class AttributeSuggestionsGetConfig(KendraShape, frozen=True, kw_only=True):
    """The structure AttributeSuggestionsGetConfig."""

    suggestion_attributes: (
        Annotated[
            list[
                Annotated[
                    str,
                    msgspec.Meta(
                        min_length=1, max_length=200, pattern=r"[a-zA-Z0-9_][a-zA-Z0-9_-]*"
                    ),
                ]
            ],
            msgspec.Meta(min_length=1, max_length=100),
        ]
        | None
    ) = None
    additional_response_attributes: (
        Annotated[
            list[
                Annotated[
                    str,
                    msgspec.Meta(
                        min_length=1, max_length=200, pattern=r"[a-zA-Z0-9_][a-zA-Z0-9_-]*"
                    ),
                ]
            ],
            msgspec.Meta(min_length=1, max_length=100),
        ]
        | None
    ) = None
    attribute_filter: AttributeFilter | None = None
    user_context: dict[str, Any] | None = None


class GetQuerySuggestionsRequest(KendraShape, frozen=True, kw_only=True):
    """The request of GetQuerySuggestions."""

    index_id: Annotated[
        str, msgspec.Meta(min_length=36, max_length=36, pattern=r"[a-zA-Z0-9][a-zA-Z0-9-]*")
    ]
    query_text: Annotated[str, msgspec.Meta(pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")]
    max_suggestions_count: int | None = None
    suggestion_types: list[Literal["QUERY", "DOCUMENT_ATTRIBUTES"]] | None = None
    attribute_suggestions_config: AttributeSuggestionsGetConfig | None = None


class ListIndicesRequest(KendraShape, frozen=True, kw_only=True):
    """The request of ListIndices."""

    next_token: Annotated[str, msgspec.Meta(min_length=1, max_length=800)] | None = None
    max_results: Annotated[int, msgspec.Meta(ge=1, le=100)] | None = None


class DescribeIndexRequest(KendraShape, frozen=True, kw_only=True):
    """The request of DescribeIndex."""

    id: Annotated[
        str, msgspec.Meta(min_length=36, max_length=36, pattern=r"[a-zA-Z0-9][a-zA-Z0-9-]*")
    ]


class S3Path(KendraShape, frozen=True, kw_only=True):
    """The structure S3Path."""

    bucket: Annotated[
        str,
        msgspec.Meta(min_length=3, max_length=63, pattern=r"[a-z0-9][\.\-a-z0-9]{1,61}[a-z0-9]"),
    ]
    key: Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]


class Document(KendraShape, frozen=True, kw_only=True):
    """The structure Document."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=2048)]
    title: str | None = None
    blob: str | None = None
    s3_path: S3Path | None = None
    attributes: list[DocumentAttribute] | None = None
    access_control_list: list[dict[str, Any]] | None = None
    hierarchical_access_control_list: (
        Annotated[list[dict[str, Any]], msgspec.Meta(min_length=1, max_length=30)] | None
    ) = None
    content_type: (
        Literal[
            "PDF",
            "HTML",
            "MS_WORD",
            "PLAIN_TEXT",
            "PPT",
            "RTF",
            "XML",
            "XSLT",
            "MS_EXCEL",
            "CSV",
            "JSON",
            "MD",
        ]
        | None
    ) = None
    access_control_configuration_id: (
        Annotated[str, msgspec.Meta(min_length=1, max_length=36, pattern=r"[a-zA-Z0-9-]+")] | None
    ) = None


class BatchPutDocumentRequest(KendraShape, frozen=True, kw_only=True):
    """The request of BatchPutDocument."""

    index_id: Annotated[
        str, msgspec.Meta(min_length=36, max_length=36, pattern=r"[a-zA-Z0-9][a-zA-Z0-9-]*")
    ]
    role_arn: (
        Annotated[
            str,
            msgspec.Meta(
                min_length=0,
                max_length=1284,
                pattern=r"arn:[a-z0-9-\.]{1,63}:[a-z0-9-\.]{0,63}:[a-z0-9-\.]{0,63}:[a-z0-9-\.]{0,63}:[^/].{0,1023}",
            ),
        ]
        | None
    ) = None
    documents: Annotated[list[Document], msgspec.Meta(min_length=1, max_length=10)]
    custom_document_enrichment_configuration: dict[str, Any] | None = None


class BatchDeleteDocumentRequest(KendraShape, frozen=True, kw_only=True):
    """The request of BatchDeleteDocument."""

    index_id: Annotated[
        str, msgspec.Meta(min_length=36, max_length=36, pattern=r"[a-zA-Z0-9][a-zA-Z0-9-]*")
    ]
    document_id_list: Annotated[
        list[Annotated[str, msgspec.Meta(min_length=1, max_length=2048)]],
        msgspec.Meta(min_length=1, max_length=10),
    ]
    data_source_sync_job_metric_target: dict[str, Any] | None = None


class DocumentInfo(KendraShape, frozen=True, kw_only=True):
    """The structure DocumentInfo."""

    document_id: Annotated[str, msgspec.Meta(min_length=1, max_length=2048)]
    attributes: list[DocumentAttribute] | None = None


class BatchGetDocumentStatusRequest(KendraShape, frozen=True, kw_only=True):
    """The request of BatchGetDocumentStatus."""

    index_id: Annotated[
        str, msgspec.Meta(min_length=36, max_length=36, pattern=r"[a-zA-Z0-9][a-zA-Z0-9-]*")
    ]
    document_info_list: Annotated[list[DocumentInfo], msgspec.Meta(min_length=1, max_length=10)]
