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
AssistedNluMode = Literal["Primary", "Fallback", "DialogManager"]
AttachmentTitle = Annotated[str, msgspec.Meta(min_length=1, max_length=250)]
AttachmentUrl = Annotated[str, msgspec.Meta(min_length=1, max_length=250)]
AudioFillerType = Literal[
    "MELODY_CHIPPER_CHIME",
    "MELODY_CURIOUS_CRAWL",
    "MELODY_RISING_RIPPLE",
    "MELODY_PATIENT_PING",
    "MELODY_PONDERING_PONG",
    "TYPING_KINETIC_KEYS",
    "TYPING_QUIET_QWERTY",
]
AudioRecognitionStrategy = Literal["UseSlotValuesAsCustomVocabulary"]
BedrockGuardrailIdentifier = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=2048,
        pattern="^(([a-z0-9]+)|(arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:guardrail/[a-z0-9]+))$",
    ),
]
BedrockGuardrailVersion = Annotated[str, msgspec.Meta(pattern="^(([1-9][0-9]{0,7})|(DRAFT))$")]
BedrockKnowledgeBaseArn = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=200,
        pattern=r"^arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,40}:[0-9]{12}:knowledge-base\/[A-Za-z0-9]{10}$|^[A-Za-z0-9]{10}$",
    ),
]
BedrockModelArn = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}::foundation-model\/[a-z0-9-]{1,63}[.]{1}([a-z0-9-]{1,63}[.]){0,2}[a-z0-9-]{1,63}([:][a-z0-9-]{1,63}){0,2}$"
    ),
]
BedrockModelCustomPrompt = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
BedrockTraceStatus = Literal["ENABLED", "DISABLED"]
BotAliasId = Annotated[
    str, msgspec.Meta(min_length=10, max_length=10, pattern=r"^(\bTSTALIASID\b|[0-9a-zA-Z]+)$")
]
BotAliasName = Annotated[
    str,
    msgspec.Meta(
        min_length=1, max_length=100, pattern=r"^(\bAmazonLexTestAlias\b|[0-9a-zA-Z][_-]?)+$"
    ),
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
ButtonText = Annotated[str, msgspec.Meta(min_length=1, max_length=50)]
ButtonValue = Annotated[str, msgspec.Meta(min_length=1, max_length=50)]
CloudWatchLogGroupArn = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=2048,
        pattern=r"^arn:[\w\-]+:logs:[\w\-]+:[\d]{12}:log-group:[\.\-_/#A-Za-z0-9]{1,512}(?::\*)?$",
    ),
]
CodeHookInterfaceVersion = Annotated[str, msgspec.Meta(min_length=1, max_length=5)]
ConditionExpression = Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
ConditionKey = Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
ConditionOperator = Annotated[str, msgspec.Meta(min_length=1)]
ConditionValue = Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
ConfidenceThreshold = Annotated[float, msgspec.Meta(ge=0, le=1)]
ContextTimeToLiveInSeconds = Annotated[int, msgspec.Meta(ge=5, le=86400)]
ContextTurnsToLive = Annotated[int, msgspec.Meta(ge=1, le=20)]
CustomDisambiguationMessage = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
CustomPayloadValue = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
CustomVocabularyStatus = Literal["Ready", "Deleting", "Exporting", "Importing", "Creating"]
DTMFCharacter = Annotated[str, msgspec.Meta(pattern="^[A-D0-9#*]{1}$")]
DeepgramModelId = Annotated[
    str, msgspec.Meta(min_length=1, max_length=32, pattern="[A-Za-z0-9-_]+")
]
Description = Annotated[str, msgspec.Meta(min_length=0, max_length=2000)]
DialogActionType = Literal[
    "ElicitIntent",
    "StartIntent",
    "ElicitSlot",
    "EvaluateConditional",
    "InvokeDialogCodeHook",
    "ConfirmIntent",
    "FulfillIntent",
    "CloseIntent",
    "EndConversation",
]
DisplayName = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
DomainEndpoint = Annotated[str, msgspec.Meta(pattern=r"^(http|https):\/\/+[^\s]+[\w]")]
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
FulfillmentStartResponseDelay = Annotated[int, msgspec.Meta(ge=1, le=900)]
FulfillmentTimeout = Annotated[int, msgspec.Meta(ge=1, le=900)]
FulfillmentUpdateResponseFrequency = Annotated[int, msgspec.Meta(ge=1, le=900)]
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
KendraIndexArn = Annotated[
    str,
    msgspec.Meta(
        min_length=32,
        max_length=2048,
        pattern=r"^arn:aws:kendra:[a-z]+-[a-z]+-[0-9]:[0-9]{12}:index\/[a-zA-Z0-9][a-zA-Z0-9_-]*$",
    ),
]
KmsKeyArn = Annotated[
    str,
    msgspec.Meta(
        min_length=20,
        max_length=2048,
        pattern=r"^arn:[\w\-]+:kms:[\w\-]+:[\d]{12}:(?:key\/[\w\-]+|alias\/[a-zA-Z0-9:\/_\-]{1,256})$",
    ),
]
LambdaARN = Annotated[
    str,
    msgspec.Meta(
        min_length=20,
        max_length=2048,
        pattern="arn:aws:lambda:[a-z]+-[a-z]+-[0-9]:[0-9]{12}:function:[a-zA-Z0-9-_]+(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?(:[a-zA-Z0-9-_]+)?",
    ),
]
LogPrefix = Annotated[str, msgspec.Meta(max_length=1024)]
MaxDisambiguationIntents = Annotated[int, msgspec.Meta(ge=2, le=5)]
MaxResults = Annotated[int, msgspec.Meta(ge=1, le=1000)]
MaxUtteranceDigits = Annotated[int, msgspec.Meta(ge=1, le=1024)]
MergeStrategy = Literal["Overwrite", "FailOnConflict", "Append"]
MessageSelectionStrategy = Literal["Random", "Ordered"]
Name = Annotated[
    str, msgspec.Meta(min_length=1, max_length=100, pattern="^([0-9a-zA-Z][_-]?){1,100}$")
]
NonEmptyString = Annotated[str, msgspec.Meta(min_length=1)]
NumericalBotVersion = Annotated[str, msgspec.Meta(min_length=1, max_length=5, pattern="^[0-9]+$")]
OSIndexName = Annotated[
    str, msgspec.Meta(min_length=1, max_length=255, pattern=r"^(?![_-])[a-z0-9][a-z0-9_\-]{0,254}$")
]
ObfuscationSettingType = Literal["None", "DefaultObfuscation"]
Operation = Annotated[str, msgspec.Meta(min_length=5, max_length=50, pattern="lex:[a-zA-Z*]+$")]
Phrase = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
PlainTextMessageValue = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
Policy = Annotated[str, msgspec.Meta(min_length=2)]
PrincipalArn = Annotated[
    str,
    msgspec.Meta(
        min_length=30, max_length=1024, pattern="^arn:aws:iam::[0-9]{12}:(root|(user|role)/.*)$"
    ),
]
PriorityValue = Annotated[int, msgspec.Meta(ge=0, le=100)]
PromptAttempt = Literal["Initial", "Retry1", "Retry2", "Retry3", "Retry4", "Retry5"]
PromptMaxRetries = Annotated[int, msgspec.Meta(ge=0, le=5)]
QInConnectAssistantARN = Annotated[
    str,
    msgspec.Meta(
        pattern="^arn:[a-z-]*?:wisdom:[a-z0-9-]*?:[0-9]{12}:[a-z-]*?/[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}(?:/[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}){0,2}$"
    ),
]
QueryFilterString = Annotated[str, msgspec.Meta(min_length=1, max_length=5000)]
RegexPattern = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
RevisionId = Annotated[str, msgspec.Meta(min_length=1, max_length=5, pattern="^[0-9]+$")]
RoleArn = Annotated[
    str, msgspec.Meta(min_length=32, max_length=2048, pattern="^arn:aws:iam::[0-9]{12}:role/.*$")
]
S3BucketArn = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=2048,
        pattern=r"^arn:[\w\-]+:s3:::[a-z0-9][\.\-a-z0-9]{1,61}[a-z0-9]$",
    ),
]
S3BucketName = Annotated[
    str, msgspec.Meta(min_length=3, max_length=63, pattern=r"^[a-z0-9][\.\-a-z0-9]{1,61}[a-z0-9]$")
]
S3ObjectPath = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=1024,
        pattern=r"[\.\-\!\*\_\'\(\)a-zA-Z0-9][\.\-\!\*\_\'\(\)\/a-zA-Z0-9]*$",
    ),
]
SSMLMessageValue = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
SecretsManagerSecretArn = Annotated[
    str,
    msgspec.Meta(
        min_length=20,
        max_length=2048,
        pattern="^arn:aws[A-Za-z-]*:secretsmanager:[a-z0-9-]{1,20}:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]{1,512}-[A-Za-z0-9]{6}$",
    ),
]
ServicePrincipal = Annotated[
    str, msgspec.Meta(min_length=15, max_length=1024, pattern="^[0-9a-zA-Z_.]+$")
]
SessionId = Annotated[str, msgspec.Meta(min_length=2, max_length=100, pattern="[0-9a-zA-Z._:-]+")]
SessionTTL = Annotated[int, msgspec.Meta(ge=60, le=86400)]
SlotConstraint = Literal["Required", "Optional"]
SlotDefaultValueString = Annotated[str, msgspec.Meta(min_length=1, max_length=202)]
SlotFilterName = Literal["SlotName"]
SlotFilterOperator = Literal["CO", "EQ"]
SlotResolutionStrategy = Literal["EnhancedFallback", "Default"]
SlotShape = Literal["Scalar", "List"]
SlotSortAttribute = Literal["SlotName", "LastUpdatedDateTime"]
SlotTypeCategory = Literal["Custom", "Extended", "ExternalGrammar", "Composite"]
SlotTypeFilterName = Literal["SlotTypeName", "ExternalSourceType"]
SlotTypeFilterOperator = Literal["CO", "EQ"]
SlotTypeSortAttribute = Literal["SlotTypeName", "LastUpdatedDateTime"]
SlotValueResolutionStrategy = Literal["OriginalValue", "TopResolution", "Concatenation"]
SortOrder = Literal["Ascending", "Descending"]
SpeechDetectionSensitivity = Literal["Default", "HighNoiseTolerance", "MaximumNoiseTolerance"]
SpeechModelPreference = Literal["Standard", "Neural", "Deepgram", "Advanced"]
StillWaitingResponseFrequency = Annotated[int, msgspec.Meta(ge=1, le=300)]
StillWaitingResponseTimeout = Annotated[int, msgspec.Meta(ge=1, le=900)]
SubSlotExpression = Annotated[
    str, msgspec.Meta(min_length=0, max_length=640, pattern=r"[0-9A-Za-z_\-\s\(\)]+")
]
TagKey = Annotated[str, msgspec.Meta(min_length=1, max_length=128)]
TagValue = Annotated[str, msgspec.Meta(min_length=0, max_length=256)]
TestSetModality = Literal["Text", "Audio"]
TimeDimension = Literal["Hours", "Days", "Weeks"]
TimeInMilliSeconds = Annotated[int, msgspec.Meta(ge=1)]
TimeValue = Annotated[int, msgspec.Meta(ge=1, le=24)]
Value = Annotated[str, msgspec.Meta(min_length=1, max_length=140)]
VoiceEngine = Literal["standard", "neural", "long-form", "generative"]
Weight = Annotated[int, msgspec.Meta(ge=0, le=3)]
