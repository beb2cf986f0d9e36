"""The bounded and enumerated scalars of the requests and responses.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from typing import Annotated, Literal

import msgspec

AggregatedUtterancesFilterName = Literal["Utterance"]
AggregatedUtterancesFilterOperator = Literal["CO", "EQ"]
AggregatedUtterancesSortAttribute = Literal["HitCount", "MissedCount"]
AmazonResourceName = Annotated[str, msgspec.Meta(min_length=1, max_length=1011)]
AnalyticsBinByName = Literal["ConversationStartTime", "UtteranceTimestamp"]
AnalyticsCommonFilterName = Literal["BotAliasId", "BotVersion", "LocaleId", "Modality", "Channel"]
AnalyticsFilterOperator = Literal["EQ", "GT", "LT"]
AnalyticsIntentField = Literal["IntentName", "IntentEndState", "IntentLevel"]
AnalyticsIntentFilterName = Literal[
    "BotAliasId",
    "BotVersion",
    "LocaleId",
    "Modality",
    "Channel",
    "SessionId",
    "OriginatingRequestId",
    "IntentName",
    "IntentEndState",
]
AnalyticsIntentMetricName = Literal["Count", "Success", "Failure", "Switched", "Dropped"]
AnalyticsIntentStageField = Literal["IntentStageName", "SwitchedToIntent"]
AnalyticsIntentStageFilterName = Literal[
    "BotAliasId",
    "BotVersion",
    "LocaleId",
    "Modality",
    "Channel",
    "SessionId",
    "OriginatingRequestId",
    "IntentName",
    "IntentStageName",
]
AnalyticsIntentStageMetricName = Literal["Count", "Success", "Failed", "Dropped", "Retry"]
AnalyticsInterval = Literal["OneHour", "OneDay"]
AnalyticsMetricStatistic = Literal["Sum", "Avg", "Max"]
AnalyticsNodeType = Literal["Inner", "Exit"]
AnalyticsPath = Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
AnalyticsSessionField = Literal["ConversationEndState", "LocaleId"]
AnalyticsSessionFilterName = Literal[
    "BotAliasId",
    "BotVersion",
    "LocaleId",
    "Modality",
    "Channel",
    "Duration",
    "ConversationEndState",
    "SessionId",
    "OriginatingRequestId",
    "IntentPath",
]
AnalyticsSessionMetricName = Literal[
    "Count", "Success", "Failure", "Dropped", "Duration", "TurnsPerConversation", "Concurrency"
]
AnalyticsSessionSortByName = Literal["ConversationStartTime", "NumberOfTurns", "Duration"]
AnalyticsSortOrder = Literal["Ascending", "Descending"]
AnalyticsUtteranceAttributeName = Literal["LastUsedIntent"]
AnalyticsUtteranceField = Literal["UtteranceText", "UtteranceState"]
AnalyticsUtteranceFilterName = Literal[
    "BotAliasId",
    "BotVersion",
    "LocaleId",
    "Modality",
    "Channel",
    "SessionId",
    "OriginatingRequestId",
    "UtteranceState",
    "UtteranceText",
]
AnalyticsUtteranceMetricName = Literal["Count", "Missed", "Detected", "UtteranceTimestamp"]
AnalyticsUtteranceSortByName = Literal["UtteranceTimestamp"]
BotAliasId = Annotated[
    str, msgspec.Meta(min_length=10, max_length=10, pattern=r"^(\bTSTALIASID\b|[0-9a-zA-Z]+)$")
]
BotAliasStatus = Literal["Creating", "Available", "Deleting", "Failed"]
BotFilterName = Literal["BotName", "BotType"]
BotFilterOperator = Literal["CO", "EQ", "NE"]
BotLocaleFilterName = Literal["BotLocaleName"]
BotLocaleFilterOperator = Literal["CO", "EQ"]
BotLocaleSortAttribute = Literal["BotLocaleName"]
BotLocaleStatus = Literal[
    "Creating",
    "Building",
    "Built",
    "ReadyExpressTesting",
    "Failed",
    "Deleting",
    "NotBuilt",
    "Importing",
    "Processing",
]
BotSortAttribute = Literal["BotName"]
BotStatus = Literal[
    "Creating", "Available", "Inactive", "Deleting", "Failed", "Versioning", "Importing", "Updating"
]
BotType = Literal["Bot", "BotNetwork"]
BotVersion = Annotated[str, msgspec.Meta(min_length=1, max_length=5, pattern="^(DRAFT|[0-9]+)$")]
BotVersionSortAttribute = Literal["BotVersion"]
BuiltInIntentSortAttribute = Literal["IntentSignature"]
BuiltInOrCustomSlotTypeId = Annotated[
    str,
    msgspec.Meta(min_length=1, max_length=25, pattern=r"^((AMAZON\.)[a-zA-Z_]+?|[0-9a-zA-Z]+)$"),
]
BuiltInSlotTypeSortAttribute = Literal["SlotTypeSignature"]
BuiltInsMaxResults = Annotated[int, msgspec.Meta(ge=20, le=20)]
ConditionKey = Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
ConditionOperator = Annotated[str, msgspec.Meta(min_length=1)]
ConditionValue = Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
ConfidenceThreshold = Annotated[float, msgspec.Meta(ge=0, le=1)]
CustomVocabularyStatus = Literal["Ready", "Deleting", "Exporting", "Importing", "Creating"]
Description = Annotated[str, msgspec.Meta(min_length=0, max_length=2000)]
DisplayName = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
DraftBotVersion = Annotated[str, msgspec.Meta(min_length=5, max_length=5, pattern="^DRAFT$")]
Effect = Literal["Allow", "Deny"]
ErrorCode = Literal[
    "DUPLICATE_INPUT",
    "RESOURCE_DOES_NOT_EXIST",
    "RESOURCE_ALREADY_EXISTS",
    "INTERNAL_SERVER_FAILURE",
]
ExportFilterName = Literal["ExportResourceType"]
ExportFilterOperator = Literal["CO", "EQ"]
ExportSortAttribute = Literal["LastUpdatedDateTime"]
ExportStatus = Literal["InProgress", "Completed", "Failed", "Deleting"]
FilterValue = Annotated[
    str, msgspec.Meta(min_length=1, max_length=100, pattern=r"^[0-9a-zA-Z_()\s-]+$")
]
Id = Annotated[str, msgspec.Meta(min_length=10, max_length=10, pattern="^[0-9a-zA-Z]+$")]
ImportExportFileFormat = Literal["LexJson", "TSV", "CSV"]
ImportExportFilePassword = Annotated[
    str, msgspec.Meta(min_length=1, max_length=1024, extra={"sensitive": True})
]
ImportFilterName = Literal["ImportResourceType"]
ImportFilterOperator = Literal["CO", "EQ"]
ImportResourceType = Literal["Bot", "BotLocale", "CustomVocabulary", "TestSet"]
ImportSortAttribute = Literal["LastUpdatedDateTime"]
ImportStatus = Literal["InProgress", "Completed", "Failed", "Deleting"]
IntentFilterName = Literal["IntentName"]
IntentFilterOperator = Literal["CO", "EQ"]
IntentSortAttribute = Literal["IntentName", "LastUpdatedDateTime"]
ItemId = Annotated[str, msgspec.Meta(min_length=1, max_length=32)]
MaxResults = Annotated[int, msgspec.Meta(ge=1, le=1000)]
MergeStrategy = Literal["Overwrite", "FailOnConflict", "Append"]
Name = Annotated[
    str, msgspec.Meta(min_length=1, max_length=100, pattern="^([0-9a-zA-Z][_-]?){1,100}$")
]
NumericalBotVersion = Annotated[str, msgspec.Meta(min_length=1, max_length=5, pattern="^[0-9]+$")]
Operation = Annotated[str, msgspec.Meta(min_length=5, max_length=50, pattern="lex:[a-zA-Z*]+$")]
Phrase = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Policy = Annotated[str, msgspec.Meta(min_length=2)]
PrincipalArn = Annotated[
    str,
    msgspec.Meta(
        min_length=30, max_length=1024, pattern="^arn:aws:iam::[0-9]{12}:(root|(user|role)/.*)$"
    ),
]
RevisionId = Annotated[str, msgspec.Meta(min_length=1, max_length=5, pattern="^[0-9]+$")]
RoleArn = Annotated[
    str, msgspec.Meta(min_length=32, max_length=2048, pattern="^arn:aws:iam::[0-9]{12}:role/.*$")
]
ServicePrincipal = Annotated[
    str, msgspec.Meta(min_length=15, max_length=1024, pattern="^[0-9a-zA-Z_.]+$")
]
SessionTTL = Annotated[int, msgspec.Meta(ge=60, le=86400)]
SlotConstraint = Literal["Required", "Optional"]
SlotFilterName = Literal["SlotName"]
SlotFilterOperator = Literal["CO", "EQ"]
SlotSortAttribute = Literal["SlotName", "LastUpdatedDateTime"]
SlotTypeCategory = Literal["Custom", "Extended", "ExternalGrammar", "Composite"]
SlotTypeFilterName = Literal["SlotTypeName", "ExternalSourceType"]
SlotTypeFilterOperator = Literal["CO", "EQ"]
SlotTypeSortAttribute = Literal["SlotTypeName", "LastUpdatedDateTime"]
SortOrder = Literal["Ascending", "Descending"]
SpeechDetectionSensitivity = Literal["Default", "HighNoiseTolerance", "MaximumNoiseTolerance"]
TagKey = Annotated[str, msgspec.Meta(min_length=1, max_length=128)]
TagValue = Annotated[str, msgspec.Meta(min_length=0, max_length=256)]
TimeDimension = Literal["Hours", "Days", "Weeks"]
TimeValue = Annotated[int, msgspec.Meta(ge=1, le=24)]
Weight = Annotated[int, msgspec.Meta(ge=0, le=3)]
