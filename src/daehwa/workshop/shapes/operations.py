"""The operations that are carried out.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from typing import Final

from daehwa.workshop.shape import OperationModel
from daehwa.workshop.shapes import (
    aliases,
    analytics,
    bots,
    builtins,
    exports,
    imports,
    intents,
    locales,
    policies,
    slot_types,
    slots,
    tags,
    versions,
    vocabularies,
)

OPERATIONS: Final[dict[str, OperationModel]] = {
    "CreateBot": OperationModel(
        bots.CreateBotRequest, status=202, missing="PreconditionFailedException"
    ),
    "DescribeBot": OperationModel(
        bots.DescribeBotRequest, status=200, missing="ResourceNotFoundException"
    ),
    "UpdateBot": OperationModel(
        bots.UpdateBotRequest, status=202, missing="PreconditionFailedException"
    ),
    "DeleteBot": OperationModel(
        bots.DeleteBotRequest,
        status=202,
        query=("skipResourceInUseCheck",),
        missing="PreconditionFailedException",
    ),
    "ListBots": OperationModel(bots.ListBotsRequest, status=200, missing="ValidationException"),
    "CreateBotLocale": OperationModel(
        locales.CreateBotLocaleRequest, status=202, missing="PreconditionFailedException"
    ),
    "DescribeBotLocale": OperationModel(
        locales.DescribeBotLocaleRequest, status=200, missing="ResourceNotFoundException"
    ),
    "UpdateBotLocale": OperationModel(
        locales.UpdateBotLocaleRequest, status=202, missing="PreconditionFailedException"
    ),
    "DeleteBotLocale": OperationModel(
        locales.DeleteBotLocaleRequest, status=202, missing="PreconditionFailedException"
    ),
    "ListBotLocales": OperationModel(
        locales.ListBotLocalesRequest, status=200, missing="ValidationException"
    ),
    "BuildBotLocale": OperationModel(
        locales.BuildBotLocaleRequest, status=202, missing="PreconditionFailedException"
    ),
    "CreateIntent": OperationModel(
        intents.CreateIntentRequest, status=200, missing="PreconditionFailedException"
    ),
    "DescribeIntent": OperationModel(
        intents.DescribeIntentRequest, status=200, missing="ResourceNotFoundException"
    ),
    "UpdateIntent": OperationModel(
        intents.UpdateIntentRequest, status=200, missing="PreconditionFailedException"
    ),
    "DeleteIntent": OperationModel(
        intents.DeleteIntentRequest, status=204, missing="PreconditionFailedException"
    ),
    "ListIntents": OperationModel(
        intents.ListIntentsRequest, status=200, missing="ValidationException"
    ),
    "CreateSlot": OperationModel(
        slots.CreateSlotRequest, status=200, missing="PreconditionFailedException"
    ),
    "DescribeSlot": OperationModel(
        slots.DescribeSlotRequest, status=200, missing="ResourceNotFoundException"
    ),
    "UpdateSlot": OperationModel(
        slots.UpdateSlotRequest, status=200, missing="PreconditionFailedException"
    ),
    "DeleteSlot": OperationModel(
        slots.DeleteSlotRequest, status=204, missing="PreconditionFailedException"
    ),
    "ListSlots": OperationModel(slots.ListSlotsRequest, status=200, missing="ValidationException"),
    "CreateSlotType": OperationModel(
        slot_types.CreateSlotTypeRequest, status=200, missing="PreconditionFailedException"
    ),
    "DescribeSlotType": OperationModel(
        slot_types.DescribeSlotTypeRequest, status=200, missing="ResourceNotFoundException"
    ),
    "UpdateSlotType": OperationModel(
        slot_types.UpdateSlotTypeRequest, status=202, missing="PreconditionFailedException"
    ),
    "DeleteSlotType": OperationModel(
        slot_types.DeleteSlotTypeRequest,
        status=204,
        query=("skipResourceInUseCheck",),
        missing="PreconditionFailedException",
    ),
    "ListSlotTypes": OperationModel(
        slot_types.ListSlotTypesRequest, status=200, missing="ValidationException"
    ),
    "ListBuiltInIntents": OperationModel(
        builtins.ListBuiltInIntentsRequest, status=200, missing="ValidationException"
    ),
    "ListBuiltInSlotTypes": OperationModel(
        builtins.ListBuiltInSlotTypesRequest, status=200, missing="ValidationException"
    ),
    "CreateBotVersion": OperationModel(
        versions.CreateBotVersionRequest, status=202, missing="PreconditionFailedException"
    ),
    "DescribeBotVersion": OperationModel(
        versions.DescribeBotVersionRequest, status=200, missing="ResourceNotFoundException"
    ),
    "DeleteBotVersion": OperationModel(
        versions.DeleteBotVersionRequest,
        status=202,
        query=("skipResourceInUseCheck",),
        missing="PreconditionFailedException",
    ),
    "ListBotVersions": OperationModel(
        versions.ListBotVersionsRequest, status=200, missing="ValidationException"
    ),
    "CreateBotAlias": OperationModel(
        aliases.CreateBotAliasRequest, status=202, missing="PreconditionFailedException"
    ),
    "DescribeBotAlias": OperationModel(
        aliases.DescribeBotAliasRequest, status=200, missing="ResourceNotFoundException"
    ),
    "UpdateBotAlias": OperationModel(
        aliases.UpdateBotAliasRequest, status=202, missing="PreconditionFailedException"
    ),
    "DeleteBotAlias": OperationModel(
        aliases.DeleteBotAliasRequest,
        status=202,
        query=("skipResourceInUseCheck",),
        missing="PreconditionFailedException",
    ),
    "ListBotAliases": OperationModel(
        aliases.ListBotAliasesRequest, status=200, missing="ValidationException"
    ),
    "CreateUploadUrl": OperationModel(
        imports.CreateUploadUrlRequest, status=200, missing="ResourceNotFoundException"
    ),
    "StartImport": OperationModel(
        imports.StartImportRequest, status=202, missing="ResourceNotFoundException"
    ),
    "DescribeImport": OperationModel(
        imports.DescribeImportRequest, status=200, missing="ResourceNotFoundException"
    ),
    "ListImports": OperationModel(
        imports.ListImportsRequest, status=200, missing="ValidationException"
    ),
    "DeleteImport": OperationModel(
        imports.DeleteImportRequest, status=202, missing="PreconditionFailedException"
    ),
    "CreateExport": OperationModel(
        exports.CreateExportRequest, status=202, missing="ResourceNotFoundException"
    ),
    "DescribeExport": OperationModel(
        exports.DescribeExportRequest, status=200, missing="ResourceNotFoundException"
    ),
    "UpdateExport": OperationModel(
        exports.UpdateExportRequest, status=202, missing="ResourceNotFoundException"
    ),
    "ListExports": OperationModel(
        exports.ListExportsRequest, status=200, missing="ValidationException"
    ),
    "DeleteExport": OperationModel(
        exports.DeleteExportRequest, status=202, missing="PreconditionFailedException"
    ),
    "BatchCreateCustomVocabularyItem": OperationModel(
        vocabularies.BatchCreateCustomVocabularyItemRequest,
        status=200,
        missing="ResourceNotFoundException",
    ),
    "BatchUpdateCustomVocabularyItem": OperationModel(
        vocabularies.BatchUpdateCustomVocabularyItemRequest,
        status=200,
        missing="ResourceNotFoundException",
    ),
    "BatchDeleteCustomVocabularyItem": OperationModel(
        vocabularies.BatchDeleteCustomVocabularyItemRequest,
        status=200,
        missing="ResourceNotFoundException",
    ),
    "ListCustomVocabularyItems": OperationModel(
        vocabularies.ListCustomVocabularyItemsRequest,
        status=200,
        missing="ResourceNotFoundException",
    ),
    "DescribeCustomVocabularyMetadata": OperationModel(
        vocabularies.DescribeCustomVocabularyMetadataRequest,
        status=200,
        missing="ResourceNotFoundException",
    ),
    "DeleteCustomVocabulary": OperationModel(
        vocabularies.DeleteCustomVocabularyRequest,
        status=202,
        missing="PreconditionFailedException",
    ),
    "CreateResourcePolicy": OperationModel(
        policies.CreateResourcePolicyRequest, status=200, missing="ResourceNotFoundException"
    ),
    "UpdateResourcePolicy": OperationModel(
        policies.UpdateResourcePolicyRequest,
        status=200,
        query=("expectedRevisionId",),
        missing="ResourceNotFoundException",
    ),
    "DescribeResourcePolicy": OperationModel(
        policies.DescribeResourcePolicyRequest, status=200, missing="ResourceNotFoundException"
    ),
    "DeleteResourcePolicy": OperationModel(
        policies.DeleteResourcePolicyRequest,
        status=204,
        query=("expectedRevisionId",),
        missing="ResourceNotFoundException",
    ),
    "CreateResourcePolicyStatement": OperationModel(
        policies.CreateResourcePolicyStatementRequest,
        status=200,
        query=("expectedRevisionId",),
        missing="ResourceNotFoundException",
    ),
    "DeleteResourcePolicyStatement": OperationModel(
        policies.DeleteResourcePolicyStatementRequest,
        status=204,
        query=("expectedRevisionId",),
        missing="ResourceNotFoundException",
    ),
    "TagResource": OperationModel(
        tags.TagResourceRequest, status=200, missing="ResourceNotFoundException"
    ),
    "UntagResource": OperationModel(
        tags.UntagResourceRequest,
        status=200,
        query=("tagKeys",),
        missing="ResourceNotFoundException",
    ),
    "ListTagsForResource": OperationModel(
        tags.ListTagsForResourceRequest, status=200, missing="ResourceNotFoundException"
    ),
    "ListSessionMetrics": OperationModel(
        analytics.ListSessionMetricsRequest, status=200, missing="PreconditionFailedException"
    ),
    "ListIntentMetrics": OperationModel(
        analytics.ListIntentMetricsRequest, status=200, missing="PreconditionFailedException"
    ),
    "ListIntentStageMetrics": OperationModel(
        analytics.ListIntentStageMetricsRequest, status=200, missing="PreconditionFailedException"
    ),
    "ListUtteranceMetrics": OperationModel(
        analytics.ListUtteranceMetricsRequest, status=200, missing="PreconditionFailedException"
    ),
    "ListIntentPaths": OperationModel(
        analytics.ListIntentPathsRequest, status=200, missing="PreconditionFailedException"
    ),
    "ListSessionAnalyticsData": OperationModel(
        analytics.ListSessionAnalyticsDataRequest, status=200, missing="PreconditionFailedException"
    ),
    "ListUtteranceAnalyticsData": OperationModel(
        analytics.ListUtteranceAnalyticsDataRequest,
        status=200,
        missing="PreconditionFailedException",
    ),
    "ListAggregatedUtterances": OperationModel(
        analytics.ListAggregatedUtterancesRequest, status=200, missing="PreconditionFailedException"
    ),
    "DeleteUtterances": OperationModel(
        analytics.DeleteUtterancesRequest,
        status=204,
        query=(
            "localeId",
            "sessionId",
        ),
        missing="ValidationException",
    ),
}
