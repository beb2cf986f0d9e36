"""The operations of the model-building API: paths, statuses, and the members that travel.

Source: botocore's service model ``lexv2-models`` 2020-08-07; a test compares each entry with
it. A star marks what a request has to have. What an operation does is the workshop's.
"""

from __future__ import annotations

import re
from typing import Final, Literal
from urllib.parse import unquote

import msgspec

from daehwa import workshop

_VERSIONS: Final = "/bots/{botId}/botversions/"
_LOCALES: Final = f"{_VERSIONS}{{botVersion}}/botlocales/"
_INTENTS: Final = f"{_LOCALES}{{localeId}}/intents/"
_SLOTS: Final = f"{_INTENTS}{{intentId}}/slots/"
_TYPES: Final = f"{_LOCALES}{{localeId}}/slottypes/"
_ALIASES: Final = "/bots/{botId}/botaliases/"

Absent = Literal["ResourceNotFoundException", "PreconditionFailedException", "ValidationException"]


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One operation of the API.

    ``labels`` are the members in the path; ``takes`` those that a request has beside them, and
    whether each is required; ``tells`` the members of the answer. ``absent`` is the error that
    it declares for what does not exist.
    """

    name: str
    method: str
    path: str
    status: int
    labels: tuple[str, ...]
    takes: dict[str, bool]
    tells: tuple[str, ...]
    absent: Absent
    do: workshop.Operation


_LABEL: Final = re.compile(r"\{(\w+)\}")
# Those beside Describe... that say ResourceNotFoundException.
_FINDING: Final = re.compile(
    r"Describe|.*ResourcePolicy|Tag|Untag|ListTags|CreateExport|StartImport"
)


def _operation(named: str, path: str, status: int, takes: str, tells: str) -> Operation:
    name, method = named.split()
    absent: Absent = "PreconditionFailedException"
    if _FINDING.match(name):
        absent = "ResourceNotFoundException"
    elif name.startswith("List"):
        absent = "ValidationException"
    return Operation(
        name=name,
        method=method,
        path=path,
        status=status,
        labels=tuple(_LABEL.findall(path)),
        takes={member.rstrip("*"): member.endswith("*") for member in takes.split()},
        tells=tuple(tells.split()),
        absent=absent,
        do=workshop.OPERATIONS[name],
    )


OPERATIONS: Final = (
    _operation(
        "CreateBot PUT",
        "/bots/",
        202,
        "botName* description roleArn* dataPrivacy* idleSessionTTLInSeconds* botTags "
        "testBotAliasTags botType botMembers errorLogSettings",
        "botId botName description roleArn dataPrivacy idleSessionTTLInSeconds botStatus "
        "creationDateTime botTags testBotAliasTags botType botMembers errorLogSettings",
    ),
    _operation(
        "DescribeBot GET",
        "/bots/{botId}/",
        200,
        "",
        "botId botName description roleArn dataPrivacy idleSessionTTLInSeconds botStatus "
        "creationDateTime lastUpdatedDateTime botType botMembers failureReasons "
        "errorLogSettings",
    ),
    _operation(
        "UpdateBot PUT",
        "/bots/{botId}/",
        202,
        "botName* description roleArn* dataPrivacy* idleSessionTTLInSeconds* botType "
        "botMembers errorLogSettings",
        "botId botName description roleArn dataPrivacy idleSessionTTLInSeconds botStatus "
        "creationDateTime lastUpdatedDateTime botType botMembers errorLogSettings",
    ),
    _operation(
        "DeleteBot DELETE",
        "/bots/{botId}/",
        202,
        "skipResourceInUseCheck",
        "botId botStatus",
    ),
    _operation(
        "ListBots POST",
        "/bots/",
        200,
        "sortBy filters maxResults nextToken",
        "botSummaries nextToken",
    ),
    _operation(
        "CreateBotLocale PUT",
        _LOCALES,
        202,
        "localeId* description nluIntentConfidenceThreshold* voiceSettings "
        "unifiedSpeechSettings audioFillerSettings speechRecognitionSettings "
        "generativeAISettings speechDetectionSensitivity speakerDiarizationSettings",
        "botId botVersion localeName localeId description nluIntentConfidenceThreshold "
        "voiceSettings unifiedSpeechSettings audioFillerSettings speechRecognitionSettings "
        "botLocaleStatus creationDateTime generativeAISettings speechDetectionSensitivity "
        "speakerDiarizationSettings",
    ),
    _operation(
        "DescribeBotLocale GET",
        f"{_LOCALES}{{localeId}}/",
        200,
        "",
        "botId botVersion localeId localeName description nluIntentConfidenceThreshold "
        "voiceSettings unifiedSpeechSettings audioFillerSettings speechRecognitionSettings "
        "intentsCount slotTypesCount botLocaleStatus failureReasons creationDateTime "
        "lastUpdatedDateTime lastBuildSubmittedDateTime botLocaleHistoryEvents "
        "recommendedActions generativeAISettings speechDetectionSensitivity "
        "speakerDiarizationSettings",
    ),
    _operation(
        "UpdateBotLocale PUT",
        f"{_LOCALES}{{localeId}}/",
        202,
        "description nluIntentConfidenceThreshold* voiceSettings unifiedSpeechSettings "
        "audioFillerSettings speechRecognitionSettings generativeAISettings "
        "speechDetectionSensitivity speakerDiarizationSettings",
        "botId botVersion localeId localeName description nluIntentConfidenceThreshold "
        "voiceSettings unifiedSpeechSettings audioFillerSettings speechRecognitionSettings "
        "botLocaleStatus failureReasons creationDateTime lastUpdatedDateTime "
        "recommendedActions generativeAISettings speechDetectionSensitivity "
        "speakerDiarizationSettings",
    ),
    _operation(
        "DeleteBotLocale DELETE",
        f"{_LOCALES}{{localeId}}/",
        202,
        "",
        "botId botVersion localeId botLocaleStatus",
    ),
    _operation(
        "ListBotLocales POST",
        _LOCALES,
        200,
        "sortBy filters maxResults nextToken",
        "botId botVersion nextToken botLocaleSummaries",
    ),
    _operation(
        "CreateIntent PUT",
        _INTENTS,
        200,
        "intentName* intentDisplayName description parentIntentSignature sampleUtterances "
        "dialogCodeHook fulfillmentCodeHook intentConfirmationSetting intentClosingSetting "
        "inputContexts outputContexts kendraConfiguration initialResponseSetting "
        "qnAIntentConfiguration qInConnectIntentConfiguration",
        "intentId intentName intentDisplayName description parentIntentSignature "
        "sampleUtterances dialogCodeHook fulfillmentCodeHook intentConfirmationSetting "
        "intentClosingSetting inputContexts outputContexts kendraConfiguration botId "
        "botVersion localeId creationDateTime initialResponseSetting qnAIntentConfiguration "
        "qInConnectIntentConfiguration",
    ),
    _operation(
        "DescribeIntent GET",
        f"{_INTENTS}{{intentId}}/",
        200,
        "",
        "intentId intentName intentDisplayName description parentIntentSignature "
        "sampleUtterances dialogCodeHook fulfillmentCodeHook slotPriorities "
        "intentConfirmationSetting intentClosingSetting inputContexts outputContexts "
        "kendraConfiguration botId botVersion localeId creationDateTime lastUpdatedDateTime "
        "initialResponseSetting qnAIntentConfiguration qInConnectIntentConfiguration",
    ),
    _operation(
        "UpdateIntent PUT",
        f"{_INTENTS}{{intentId}}/",
        200,
        "intentName* intentDisplayName description parentIntentSignature sampleUtterances "
        "dialogCodeHook fulfillmentCodeHook slotPriorities intentConfirmationSetting "
        "intentClosingSetting inputContexts outputContexts kendraConfiguration "
        "initialResponseSetting qnAIntentConfiguration qInConnectIntentConfiguration",
        "intentId intentName intentDisplayName description parentIntentSignature "
        "sampleUtterances dialogCodeHook fulfillmentCodeHook slotPriorities "
        "intentConfirmationSetting intentClosingSetting inputContexts outputContexts "
        "kendraConfiguration botId botVersion localeId creationDateTime lastUpdatedDateTime "
        "initialResponseSetting qnAIntentConfiguration qInConnectIntentConfiguration",
    ),
    _operation(
        "DeleteIntent DELETE",
        f"{_INTENTS}{{intentId}}/",
        204,
        "",
        "",
    ),
    _operation(
        "ListIntents POST",
        _INTENTS,
        200,
        "sortBy filters maxResults nextToken",
        "botId botVersion localeId intentSummaries nextToken",
    ),
    _operation(
        "CreateSlot PUT",
        _SLOTS,
        200,
        "slotName* description slotTypeId valueElicitationSetting* obfuscationSetting "
        "multipleValuesSetting subSlotSetting",
        "slotId slotName description slotTypeId valueElicitationSetting obfuscationSetting "
        "botId botVersion localeId intentId creationDateTime multipleValuesSetting "
        "subSlotSetting",
    ),
    _operation(
        "DescribeSlot GET",
        f"{_SLOTS}{{slotId}}/",
        200,
        "",
        "slotId slotName description slotTypeId valueElicitationSetting obfuscationSetting "
        "botId botVersion localeId intentId creationDateTime lastUpdatedDateTime "
        "multipleValuesSetting subSlotSetting",
    ),
    _operation(
        "ListSlots POST",
        _SLOTS,
        200,
        "sortBy filters maxResults nextToken",
        "botId botVersion localeId intentId slotSummaries nextToken",
    ),
    _operation(
        "UpdateSlot PUT",
        f"{_SLOTS}{{slotId}}/",
        200,
        "slotName* description slotTypeId valueElicitationSetting* obfuscationSetting "
        "multipleValuesSetting subSlotSetting",
        "slotId slotName description slotTypeId valueElicitationSetting obfuscationSetting "
        "botId botVersion localeId intentId creationDateTime lastUpdatedDateTime "
        "multipleValuesSetting subSlotSetting",
    ),
    _operation(
        "DeleteSlot DELETE",
        f"{_SLOTS}{{slotId}}/",
        204,
        "",
        "",
    ),
    _operation(
        "CreateSlotType PUT",
        _TYPES,
        200,
        "slotTypeName* description slotTypeValues valueSelectionSetting "
        "parentSlotTypeSignature externalSourceSetting compositeSlotTypeSetting",
        "slotTypeId slotTypeName description slotTypeValues valueSelectionSetting "
        "parentSlotTypeSignature botId botVersion localeId creationDateTime "
        "externalSourceSetting compositeSlotTypeSetting",
    ),
    _operation(
        "UpdateSlotType PUT",
        f"{_TYPES}{{slotTypeId}}/",
        202,
        "slotTypeName* description slotTypeValues valueSelectionSetting "
        "parentSlotTypeSignature externalSourceSetting compositeSlotTypeSetting",
        "slotTypeId slotTypeName description slotTypeValues valueSelectionSetting "
        "parentSlotTypeSignature botId botVersion localeId creationDateTime "
        "lastUpdatedDateTime externalSourceSetting compositeSlotTypeSetting",
    ),
    _operation(
        "DescribeSlotType GET",
        f"{_TYPES}{{slotTypeId}}/",
        200,
        "",
        "slotTypeId slotTypeName description slotTypeValues valueSelectionSetting "
        "parentSlotTypeSignature botId botVersion localeId creationDateTime "
        "lastUpdatedDateTime externalSourceSetting compositeSlotTypeSetting",
    ),
    _operation(
        "ListSlotTypes POST",
        _TYPES,
        200,
        "sortBy filters maxResults nextToken",
        "botId botVersion localeId slotTypeSummaries nextToken",
    ),
    _operation(
        "DeleteSlotType DELETE",
        f"{_TYPES}{{slotTypeId}}/",
        204,
        "skipResourceInUseCheck",
        "",
    ),
    _operation(
        "BuildBotLocale POST",
        f"{_LOCALES}{{localeId}}/",
        202,
        "",
        "botId botVersion localeId botLocaleStatus lastBuildSubmittedDateTime",
    ),
    _operation(
        "CreateBotVersion PUT",
        _VERSIONS,
        202,
        "description botVersionLocaleSpecification*",
        "botId description botVersion botVersionLocaleSpecification botStatus creationDateTime",
    ),
    _operation(
        "DescribeBotVersion GET",
        f"{_VERSIONS}{{botVersion}}/",
        200,
        "",
        "botId botName botVersion description roleArn dataPrivacy idleSessionTTLInSeconds "
        "botStatus failureReasons creationDateTime parentBotNetworks botType botMembers",
    ),
    _operation(
        "ListBotVersions POST",
        _VERSIONS,
        200,
        "sortBy maxResults nextToken",
        "botId botVersionSummaries nextToken",
    ),
    _operation(
        "DeleteBotVersion DELETE",
        f"{_VERSIONS}{{botVersion}}/",
        202,
        "skipResourceInUseCheck",
        "botId botVersion botStatus",
    ),
    _operation(
        "CreateBotAlias PUT",
        _ALIASES,
        202,
        "botAliasName* description botVersion botAliasLocaleSettings conversationLogSettings "
        "sentimentAnalysisSettings tags",
        "botAliasId botAliasName description botVersion botAliasLocaleSettings "
        "conversationLogSettings sentimentAnalysisSettings botAliasStatus botId "
        "creationDateTime tags",
    ),
    _operation(
        "DescribeBotAlias GET",
        f"{_ALIASES}{{botAliasId}}/",
        200,
        "",
        "botAliasId botAliasName description botVersion botAliasLocaleSettings "
        "conversationLogSettings sentimentAnalysisSettings botAliasHistoryEvents "
        "botAliasStatus botId creationDateTime lastUpdatedDateTime parentBotNetworks",
    ),
    _operation(
        "UpdateBotAlias PUT",
        f"{_ALIASES}{{botAliasId}}/",
        202,
        "botAliasName* description botVersion botAliasLocaleSettings conversationLogSettings "
        "sentimentAnalysisSettings",
        "botAliasId botAliasName description botVersion botAliasLocaleSettings "
        "conversationLogSettings sentimentAnalysisSettings botAliasStatus botId "
        "creationDateTime lastUpdatedDateTime",
    ),
    _operation(
        "DeleteBotAlias DELETE",
        f"{_ALIASES}{{botAliasId}}/",
        202,
        "skipResourceInUseCheck",
        "botAliasId botId botAliasStatus",
    ),
    _operation(
        "ListBotAliases POST",
        _ALIASES,
        200,
        "maxResults nextToken",
        "botAliasSummaries nextToken botId",
    ),
    _operation(
        "CreateUploadUrl POST",
        "/createuploadurl/",
        200,
        "",
        "importId uploadUrl",
    ),
    _operation(
        "StartImport PUT",
        "/imports/",
        202,
        "importId* resourceSpecification* mergeStrategy* filePassword",
        "importId resourceSpecification mergeStrategy importStatus creationDateTime",
    ),
    _operation(
        "DescribeImport GET",
        "/imports/{importId}/",
        200,
        "",
        "importId resourceSpecification importedResourceId importedResourceName mergeStrategy "
        "importStatus failureReasons creationDateTime lastUpdatedDateTime",
    ),
    _operation(
        "ListImports POST",
        "/imports/",
        200,
        "botId botVersion sortBy filters maxResults nextToken localeId",
        "botId botVersion importSummaries nextToken localeId",
    ),
    _operation(
        "DeleteImport DELETE",
        "/imports/{importId}/",
        202,
        "",
        "importId importStatus",
    ),
    _operation(
        "CreateExport PUT",
        "/exports/",
        202,
        "resourceSpecification* fileFormat* filePassword",
        "exportId resourceSpecification fileFormat exportStatus creationDateTime",
    ),
    _operation(
        "DescribeExport GET",
        "/exports/{exportId}/",
        200,
        "",
        "exportId resourceSpecification fileFormat exportStatus failureReasons downloadUrl "
        "creationDateTime lastUpdatedDateTime",
    ),
    _operation(
        "ListExports POST",
        "/exports/",
        200,
        "botId botVersion sortBy filters maxResults nextToken localeId",
        "botId botVersion exportSummaries nextToken localeId",
    ),
    _operation(
        "DeleteExport DELETE",
        "/exports/{exportId}/",
        202,
        "",
        "exportId exportStatus",
    ),
    _operation(
        "CreateResourcePolicy POST",
        "/policy/{resourceArn}/",
        200,
        "policy*",
        "resourceArn revisionId",
    ),
    _operation(
        "CreateResourcePolicyStatement POST",
        "/policy/{resourceArn}/statements/",
        200,
        "statementId* effect* principal* action* condition expectedRevisionId",
        "resourceArn revisionId",
    ),
    _operation(
        "DescribeResourcePolicy GET",
        "/policy/{resourceArn}/",
        200,
        "",
        "resourceArn policy revisionId",
    ),
    _operation(
        "UpdateResourcePolicy PUT",
        "/policy/{resourceArn}/",
        200,
        "policy* expectedRevisionId",
        "resourceArn revisionId",
    ),
    _operation(
        "DeleteResourcePolicy DELETE",
        "/policy/{resourceArn}/",
        204,
        "expectedRevisionId",
        "resourceArn revisionId",
    ),
    _operation(
        "DeleteResourcePolicyStatement DELETE",
        "/policy/{resourceArn}/statements/{statementId}/",
        204,
        "expectedRevisionId",
        "resourceArn revisionId",
    ),
    _operation(
        "TagResource POST",
        "/tags/{resourceARN}",
        200,
        "tags*",
        "",
    ),
    _operation(
        "UntagResource DELETE",
        "/tags/{resourceARN}",
        200,
        "tagKeys*",
        "",
    ),
    _operation(
        "ListTagsForResource GET",
        "/tags/{resourceARN}",
        200,
        "",
        "tags",
    ),
    _operation(
        "ListBuiltInIntents POST",
        "/builtins/locales/{localeId}/intents/",
        200,
        "sortBy maxResults nextToken",
        "builtInIntentSummaries nextToken localeId",
    ),
    _operation(
        "ListBuiltInSlotTypes POST",
        "/builtins/locales/{localeId}/slottypes/",
        200,
        "sortBy maxResults nextToken",
        "builtInSlotTypeSummaries nextToken localeId",
    ),
)


class Router:
    """Finds the operation of a method and a path, and the path's labels.

    The slash at a path's end, which Amazon's clients send, may be left out.
    """

    def __init__(self, operations: tuple[Operation, ...] = OPERATIONS) -> None:
        self._routes: dict[str, list[tuple[re.Pattern[str], Operation]]] = {}
        for operation in operations:
            pattern = _LABEL.sub("([^/]+)", operation.path.rstrip("/")) + "/?"
            routes = self._routes.setdefault(operation.method, [])
            routes.append((re.compile(pattern), operation))

    def match(self, method: str, raw_path: bytes) -> tuple[Operation, dict[str, str]] | None:
        """The operation and its labels by member, decoded; ``None`` if there is none."""
        path = raw_path.decode("latin-1")
        for pattern, operation in self._routes.get(method, ()):
            found = pattern.fullmatch(path)
            if found is not None:
                values = map(unquote, found.groups())
                return operation, dict(zip(operation.labels, values, strict=True))
        return None
