"""The method and the path of every operation of the API.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from typing import Final

from daehwa.workshop.shape import Route

_LOCALE: Final = "/bots/{botId}/botversions/{botVersion}/botlocales/{localeId}/"

ROUTES: Final = (
    Route(
        "BatchCreateCustomVocabularyItem", "PUT", _LOCALE + "customvocabulary/DEFAULT/batchcreate"
    ),
    Route(
        "BatchDeleteCustomVocabularyItem", "POST", _LOCALE + "customvocabulary/DEFAULT/batchdelete"
    ),
    Route(
        "BatchUpdateCustomVocabularyItem", "PUT", _LOCALE + "customvocabulary/DEFAULT/batchupdate"
    ),
    Route(
        "BuildBotLocale", "POST", "/bots/{botId}/botversions/{botVersion}/botlocales/{localeId}/"
    ),
    Route("CreateBot", "PUT", "/bots/"),
    Route("CreateBotAlias", "PUT", "/bots/{botId}/botaliases/"),
    Route("CreateBotLocale", "PUT", "/bots/{botId}/botversions/{botVersion}/botlocales/"),
    Route("CreateBotReplica", "PUT", "/bots/{botId}/replicas/"),
    Route("CreateBotVersion", "PUT", "/bots/{botId}/botversions/"),
    Route("CreateExport", "PUT", "/exports/"),
    Route("CreateIntent", "PUT", _LOCALE + "intents/"),
    Route("CreateResourcePolicy", "POST", "/policy/{resourceArn}/"),
    Route("CreateResourcePolicyStatement", "POST", "/policy/{resourceArn}/statements/"),
    Route("CreateSlot", "PUT", _LOCALE + "intents/{intentId}/slots/"),
    Route("CreateSlotType", "PUT", _LOCALE + "slottypes/"),
    Route("CreateTestSetDiscrepancyReport", "POST", "/testsets/{testSetId}/testsetdiscrepancy"),
    Route("CreateUploadUrl", "POST", "/createuploadurl/"),
    Route("DeleteBot", "DELETE", "/bots/{botId}/"),
    Route("DeleteBotAlias", "DELETE", "/bots/{botId}/botaliases/{botAliasId}/"),
    Route(
        "DeleteBotAnalyzerRecommendation",
        "DELETE",
        "/bots/{botId}/botanalyzer/{botAnalyzerRequestId}/",
    ),
    Route(
        "DeleteBotLocale", "DELETE", "/bots/{botId}/botversions/{botVersion}/botlocales/{localeId}/"
    ),
    Route("DeleteBotReplica", "DELETE", "/bots/{botId}/replicas/{replicaRegion}/"),
    Route("DeleteBotVersion", "DELETE", "/bots/{botId}/botversions/{botVersion}/"),
    Route("DeleteCustomVocabulary", "DELETE", _LOCALE + "customvocabulary"),
    Route("DeleteExport", "DELETE", "/exports/{exportId}/"),
    Route("DeleteImport", "DELETE", "/imports/{importId}/"),
    Route("DeleteIntent", "DELETE", _LOCALE + "intents/{intentId}/"),
    Route("DeleteResourcePolicy", "DELETE", "/policy/{resourceArn}/"),
    Route(
        "DeleteResourcePolicyStatement", "DELETE", "/policy/{resourceArn}/statements/{statementId}/"
    ),
    Route("DeleteSlot", "DELETE", _LOCALE + "intents/{intentId}/slots/{slotId}/"),
    Route("DeleteSlotType", "DELETE", _LOCALE + "slottypes/{slotTypeId}/"),
    Route("DeleteTestSet", "DELETE", "/testsets/{testSetId}"),
    Route("DeleteUtterances", "DELETE", "/bots/{botId}/utterances/"),
    Route("DescribeBot", "GET", "/bots/{botId}/"),
    Route("DescribeBotAlias", "GET", "/bots/{botId}/botaliases/{botAliasId}/"),
    Route(
        "DescribeBotAnalyzerRecommendation",
        "POST",
        "/bots/{botId}/botanalyzer/describe/{botAnalyzerRequestId}/",
    ),
    Route(
        "DescribeBotLocale", "GET", "/bots/{botId}/botversions/{botVersion}/botlocales/{localeId}/"
    ),
    Route(
        "DescribeBotRecommendation", "GET", _LOCALE + "botrecommendations/{botRecommendationId}/"
    ),
    Route("DescribeBotReplica", "GET", "/bots/{botId}/replicas/{replicaRegion}/"),
    Route("DescribeBotResourceGeneration", "GET", _LOCALE + "generations/{generationId}"),
    Route("DescribeBotVersion", "GET", "/bots/{botId}/botversions/{botVersion}/"),
    Route("DescribeCustomVocabularyMetadata", "GET", _LOCALE + "customvocabulary/DEFAULT/metadata"),
    Route("DescribeExport", "GET", "/exports/{exportId}/"),
    Route("DescribeImport", "GET", "/imports/{importId}/"),
    Route("DescribeIntent", "GET", _LOCALE + "intents/{intentId}/"),
    Route("DescribeResourcePolicy", "GET", "/policy/{resourceArn}/"),
    Route("DescribeSlot", "GET", _LOCALE + "intents/{intentId}/slots/{slotId}/"),
    Route("DescribeSlotType", "GET", _LOCALE + "slottypes/{slotTypeId}/"),
    Route("DescribeTestExecution", "GET", "/testexecutions/{testExecutionId}"),
    Route("DescribeTestSet", "GET", "/testsets/{testSetId}"),
    Route(
        "DescribeTestSetDiscrepancyReport",
        "GET",
        "/testsetdiscrepancy/{testSetDiscrepancyReportId}",
    ),
    Route("DescribeTestSetGeneration", "GET", "/testsetgenerations/{testSetGenerationId}"),
    Route("GenerateBotElement", "POST", _LOCALE + "generate"),
    Route("GetTestExecutionArtifactsUrl", "GET", "/testexecutions/{testExecutionId}/artifacturl"),
    Route("ListAggregatedUtterances", "POST", "/bots/{botId}/aggregatedutterances/"),
    Route("ListBotAliasReplicas", "POST", "/bots/{botId}/replicas/{replicaRegion}/botaliases/"),
    Route("ListBotAliases", "POST", "/bots/{botId}/botaliases/"),
    Route("ListBotAnalyzerHistory", "POST", "/bots/{botId}/botanalyzer/history/"),
    Route("ListBotLocales", "POST", "/bots/{botId}/botversions/{botVersion}/botlocales/"),
    Route("ListBotRecommendations", "POST", _LOCALE + "botrecommendations/"),
    Route("ListBotReplicas", "POST", "/bots/{botId}/replicas/"),
    Route("ListBotResourceGenerations", "POST", _LOCALE + "generations"),
    Route("ListBotVersionReplicas", "POST", "/bots/{botId}/replicas/{replicaRegion}/botversions/"),
    Route("ListBotVersions", "POST", "/bots/{botId}/botversions/"),
    Route("ListBots", "POST", "/bots/"),
    Route("ListBuiltInIntents", "POST", "/builtins/locales/{localeId}/intents/"),
    Route("ListBuiltInSlotTypes", "POST", "/builtins/locales/{localeId}/slottypes/"),
    Route("ListCustomVocabularyItems", "POST", _LOCALE + "customvocabulary/DEFAULT/list"),
    Route("ListExports", "POST", "/exports/"),
    Route("ListImports", "POST", "/imports/"),
    Route("ListIntentMetrics", "POST", "/bots/{botId}/analytics/intentmetrics"),
    Route("ListIntentPaths", "POST", "/bots/{botId}/analytics/intentpaths"),
    Route("ListIntentStageMetrics", "POST", "/bots/{botId}/analytics/intentstagemetrics"),
    Route("ListIntents", "POST", _LOCALE + "intents/"),
    Route(
        "ListRecommendedIntents",
        "POST",
        _LOCALE + "botrecommendations/{botRecommendationId}/intents",
    ),
    Route("ListSessionAnalyticsData", "POST", "/bots/{botId}/analytics/sessions"),
    Route("ListSessionMetrics", "POST", "/bots/{botId}/analytics/sessionmetrics"),
    Route("ListSlotTypes", "POST", _LOCALE + "slottypes/"),
    Route("ListSlots", "POST", _LOCALE + "intents/{intentId}/slots/"),
    Route("ListTagsForResource", "GET", "/tags/{resourceARN}"),
    Route("ListTestExecutionResultItems", "POST", "/testexecutions/{testExecutionId}/results"),
    Route("ListTestExecutions", "POST", "/testexecutions"),
    Route("ListTestSetRecords", "POST", "/testsets/{testSetId}/records"),
    Route("ListTestSets", "POST", "/testsets"),
    Route("ListUtteranceAnalyticsData", "POST", "/bots/{botId}/analytics/utterances"),
    Route("ListUtteranceMetrics", "POST", "/bots/{botId}/analytics/utterancemetrics"),
    Route(
        "SearchAssociatedTranscripts",
        "POST",
        _LOCALE + "botrecommendations/{botRecommendationId}/associatedtranscripts",
    ),
    Route("StartBotAnalyzer", "POST", "/bots/{botId}/botanalyzer/"),
    Route("StartBotRecommendation", "PUT", _LOCALE + "botrecommendations/"),
    Route("StartBotResourceGeneration", "PUT", _LOCALE + "startgeneration"),
    Route("StartImport", "PUT", "/imports/"),
    Route("StartTestExecution", "POST", "/testsets/{testSetId}/testexecutions"),
    Route("StartTestSetGeneration", "PUT", "/testsetgenerations"),
    Route("StopBotAnalyzer", "PUT", "/bots/{botId}/botanalyzer/{botAnalyzerRequestId}/stop/"),
    Route(
        "StopBotRecommendation",
        "PUT",
        _LOCALE + "botrecommendations/{botRecommendationId}/stopbotrecommendation",
    ),
    Route("TagResource", "POST", "/tags/{resourceARN}"),
    Route("UntagResource", "DELETE", "/tags/{resourceARN}"),
    Route("UpdateBot", "PUT", "/bots/{botId}/"),
    Route("UpdateBotAlias", "PUT", "/bots/{botId}/botaliases/{botAliasId}/"),
    Route(
        "UpdateBotLocale", "PUT", "/bots/{botId}/botversions/{botVersion}/botlocales/{localeId}/"
    ),
    Route("UpdateBotRecommendation", "PUT", _LOCALE + "botrecommendations/{botRecommendationId}/"),
    Route("UpdateExport", "PUT", "/exports/{exportId}/"),
    Route("UpdateIntent", "PUT", _LOCALE + "intents/{intentId}/"),
    Route("UpdateResourcePolicy", "PUT", "/policy/{resourceArn}/"),
    Route("UpdateSlot", "PUT", _LOCALE + "intents/{intentId}/slots/{slotId}/"),
    Route("UpdateSlotType", "PUT", _LOCALE + "slottypes/{slotTypeId}/"),
    Route("UpdateTestSet", "PUT", "/testsets/{testSetId}"),
)
