"""The operations that are carried out.

Made by codegen/kendra.py from botocore's service model kendra 2019-02-03.
"""

from typing import Final

from daehwa.documents.kendra.kendra_shape import KendraShape
from daehwa.documents.kendra.shapes import kendra_requests as requests

TARGET: Final = "AWSKendraFrontendService."
"""What the header that names an operation begins with."""

REQUESTS: Final[dict[str, type[KendraShape]]] = {
    "Query": requests.QueryRequest,
    "Retrieve": requests.RetrieveRequest,
    "SubmitFeedback": requests.SubmitFeedbackRequest,
    "GetQuerySuggestions": requests.GetQuerySuggestionsRequest,
    "ListIndices": requests.ListIndicesRequest,
    "DescribeIndex": requests.DescribeIndexRequest,
    "BatchPutDocument": requests.BatchPutDocumentRequest,
    "BatchDeleteDocument": requests.BatchDeleteDocumentRequest,
    "BatchGetDocumentStatus": requests.BatchGetDocumentStatusRequest,
}

ALL_NAMES: Final = frozenset(
    (
        "AssociateEntitiesToExperience",
        "AssociatePersonasToEntities",
        "BatchDeleteDocument",
        "BatchDeleteFeaturedResultsSet",
        "BatchGetDocumentStatus",
        "BatchPutDocument",
        "ClearQuerySuggestions",
        "CreateAccessControlConfiguration",
        "CreateDataSource",
        "CreateExperience",
        "CreateFaq",
        "CreateFeaturedResultsSet",
        "CreateIndex",
        "CreateQuerySuggestionsBlockList",
        "CreateThesaurus",
        "DeleteAccessControlConfiguration",
        "DeleteDataSource",
        "DeleteExperience",
        "DeleteFaq",
        "DeleteIndex",
        "DeletePrincipalMapping",
        "DeleteQuerySuggestionsBlockList",
        "DeleteThesaurus",
        "DescribeAccessControlConfiguration",
        "DescribeDataSource",
        "DescribeExperience",
        "DescribeFaq",
        "DescribeFeaturedResultsSet",
        "DescribeIndex",
        "DescribePrincipalMapping",
        "DescribeQuerySuggestionsBlockList",
        "DescribeQuerySuggestionsConfig",
        "DescribeThesaurus",
        "DisassociateEntitiesFromExperience",
        "DisassociatePersonasFromEntities",
        "GetQuerySuggestions",
        "GetSnapshots",
        "ListAccessControlConfigurations",
        "ListDataSourceSyncJobs",
        "ListDataSources",
        "ListEntityPersonas",
        "ListExperienceEntities",
        "ListExperiences",
        "ListFaqs",
        "ListFeaturedResultsSets",
        "ListGroupsOlderThanOrderingId",
        "ListIndices",
        "ListQuerySuggestionsBlockLists",
        "ListTagsForResource",
        "ListThesauri",
        "PutPrincipalMapping",
        "Query",
        "Retrieve",
        "StartDataSourceSyncJob",
        "StopDataSourceSyncJob",
        "SubmitFeedback",
        "TagResource",
        "UntagResource",
        "UpdateAccessControlConfiguration",
        "UpdateDataSource",
        "UpdateExperience",
        "UpdateFeaturedResultsSet",
        "UpdateIndex",
        "UpdateQuerySuggestionsBlockList",
        "UpdateQuerySuggestionsConfig",
        "UpdateThesaurus",
    )
)
