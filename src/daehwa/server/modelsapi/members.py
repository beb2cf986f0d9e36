"""What the service model demands of the members of a request, and reading them.

A table by the members' names, which mean the same wherever they stand; the few that do not
are told by operation. What is inside a bot's definition is checked by the definition itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import parse_qs

import msgspec

from daehwa import lex
from daehwa.server.lexapi.constraints import faults
from daehwa.server.modelsapi.operations import Operation
from daehwa.server.restjson import Rule


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A member: its type, its bounds, its choices, and the type of what it holds."""

    kind: type
    rule: Rule = Rule()
    choices: tuple[str, ...] = ()
    inside: type | None = None


def _text(least: int | None = None, most: int | None = None, pattern: str | None = None) -> Member:
    return Member(kind=str, rule=Rule(least=least, most=most, pattern=pattern))


def _choice(*choices: str) -> Member:
    return Member(kind=str, choices=choices)


def _list(least: int | None = None, most: int | None = None, of: type = dict) -> Member:
    return Member(kind=list, rule=Rule(least=least, most=most), inside=of)


def _map(least: int | None = None, most: int | None = None, of: type = dict) -> Member:
    return Member(kind=dict, rule=Rule(least=least, most=most), inside=of)


_STRUCTURE: Final = Member(kind=dict)
_NAME: Final = _text(1, 100, "^([0-9a-zA-Z][_-]?){1,100}$")
_ID: Final = _text(10, 10, "^[0-9a-zA-Z]+$")
_TAGS: Final = _map(0, 200, of=str)
_DRAFT: Final = _text(5, 5, "^DRAFT$")
_NUMBER: Final = _text(1, 5, "^[0-9]+$")

MEMBERS: Final[Mapping[str, Member]] = {
    "botId": _ID,
    "botName": _NAME,
    "description": _text(0, 2000),
    "roleArn": _text(32, 2048, "^arn:aws:iam::[0-9]{12}:role/.*$"),
    "dataPrivacy": _STRUCTURE,
    "idleSessionTTLInSeconds": Member(kind=int, rule=Rule(least=60, most=86400)),
    "botTags": _TAGS,
    "testBotAliasTags": _TAGS,
    "tags": _TAGS,
    "tagKeys": _list(0, 200, of=str),
    "botType": _choice("Bot", "BotNetwork"),
    "botMembers": _list(0, 10),
    "errorLogSettings": _STRUCTURE,
    "skipResourceInUseCheck": Member(kind=bool),
    "sortBy": _STRUCTURE,
    "filters": _list(1, 1),
    "maxResults": Member(kind=int, rule=Rule(least=1, most=1000)),
    "nextToken": _text(),
    "botVersion": _text(1, 5, "^(DRAFT|[0-9]+)$"),
    "botVersionLocaleSpecification": _map(1),
    "localeId": _text(),
    "nluIntentConfidenceThreshold": Member(kind=float, rule=Rule(least=0, most=1)),
    "voiceSettings": _STRUCTURE,
    "unifiedSpeechSettings": _STRUCTURE,
    "audioFillerSettings": _STRUCTURE,
    "speechRecognitionSettings": _STRUCTURE,
    "generativeAISettings": _STRUCTURE,
    "speechDetectionSensitivity": _choice("Default", "HighNoiseTolerance", "MaximumNoiseTolerance"),
    "speakerDiarizationSettings": _STRUCTURE,
    "intentId": _ID,
    "intentName": _NAME,
    "intentDisplayName": _text(1, 100),
    "parentIntentSignature": _text(),
    "sampleUtterances": _list(),
    "dialogCodeHook": _STRUCTURE,
    "fulfillmentCodeHook": _STRUCTURE,
    "slotPriorities": _list(),
    "intentConfirmationSetting": _STRUCTURE,
    "intentClosingSetting": _STRUCTURE,
    "inputContexts": _list(0, 5),
    "outputContexts": _list(0, 10),
    "kendraConfiguration": _STRUCTURE,
    "initialResponseSetting": _STRUCTURE,
    "qnAIntentConfiguration": _STRUCTURE,
    "qInConnectIntentConfiguration": _STRUCTURE,
    "slotId": _ID,
    "slotName": _NAME,
    "slotTypeId": _ID,
    "valueElicitationSetting": _STRUCTURE,
    "obfuscationSetting": _STRUCTURE,
    "multipleValuesSetting": _STRUCTURE,
    "subSlotSetting": _STRUCTURE,
    "slotTypeName": _NAME,
    "slotTypeValues": _list(1, 10000),
    "valueSelectionSetting": _STRUCTURE,
    "parentSlotTypeSignature": _text(),
    "externalSourceSetting": _STRUCTURE,
    "compositeSlotTypeSetting": _STRUCTURE,
    "botAliasId": _text(10, 10, "^(\\bTSTALIASID\\b|[0-9a-zA-Z]+)$"),
    "botAliasName": _NAME,
    "botAliasLocaleSettings": _map(1),
    "conversationLogSettings": _STRUCTURE,
    "sentimentAnalysisSettings": _STRUCTURE,
    "importId": _ID,
    "exportId": _ID,
    "resourceSpecification": _STRUCTURE,
    "mergeStrategy": _choice("Overwrite", "FailOnConflict", "Append"),
    "fileFormat": _choice("LexJson", "TSV", "CSV"),
    "filePassword": Member(kind=str, rule=Rule(least=1, most=1024, sensitive=True)),
    "resourceArn": _text(1, 1011),
    "resourceARN": _text(1, 1011),
    "policy": _text(2),
    "statementId": _NAME,
    "effect": _choice("Allow", "Deny"),
    "principal": _list(),
    "action": _list(of=str),
    "condition": _map(0, 10),
    "expectedRevisionId": _text(1, 5, "^[0-9]+$"),
}

_BUILT_IN_TYPE: Final = _text(1, 25, r"^((AMAZON\.)[a-zA-Z_]+?|[0-9a-zA-Z]+)$")
_CHANGING: Final = re.compile(r"(Create|Update|Delete|Build).*(Locale|Intent|Slot|SlotType)$")
_NUMBERED: Final = ("DescribeBotVersion", "DeleteBotVersion", "CreateBotAlias")
_QUERY: Final = ("skipResourceInUseCheck", "expectedRevisionId", "tagKeys")
_WORDS: Final = {
    str: "string",
    int: "integer",
    float: "double",
    bool: "boolean",
    dict: "structure",
    list: "list",
}


def member(operation: str, name: str) -> Member:
    """What is demanded of a member in an operation."""
    if name == "botVersion" and (_CHANGING.match(operation) or operation == "ListImports"):
        return _DRAFT
    if name == "botVersion" and operation in _NUMBERED:
        return _NUMBER
    if name == "slotTypeId" and operation in ("CreateSlot", "UpdateSlot"):
        return _BUILT_IN_TYPE
    if name == "filters" and operation == "ListBots":
        return _list(1, 2)
    if name == "maxResults" and operation.startswith("ListBuiltIn"):
        return Member(kind=int, rule=Rule(least=20, most=20))
    return MEMBERS[name]


def read(
    operation: Operation, labels: Mapping[str, str], query: str, body: bytes
) -> dict[str, Any]:
    """The members of a request.

    Raises:
        lex.ValidationException: it is no JSON, or breaks the model's constraints.
    """
    try:
        sent = msgspec.json.decode(body) if body else {}
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise lex.ValidationException("The request is not valid JSON") from None
    if not isinstance(sent, dict):
        raise lex.ValidationException("The request is no JSON object")
    asked: dict[str, Any] = {**_queried(query), **sent, **labels}
    asked = {
        name: asked[name]
        for name in (*operation.labels, *operation.takes)
        if asked.get(name) is not None
    }
    clauses = [
        clause
        for name in (*operation.labels, *operation.takes)
        for clause in _clauses(
            name,
            asked.get(name),
            member(operation.name, name),
            required=operation.takes.get(name, True),
        )
    ]
    if clauses:
        plural = "error" if len(clauses) == 1 else "errors"
        raise lex.ValidationException(
            f"{len(clauses)} validation {plural} detected: {'; '.join(clauses)}"
        )
    return asked


def _queried(query: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, values in parse_qs(query, keep_blank_values=True).items():
        if name not in _QUERY:
            continue
        kind = MEMBERS[name].kind
        if kind is list:
            found[name] = values
        else:
            found[name] = values[0] if kind is str else values[0].lower() == "true"
    return found


def _clauses(name: str, value: Any, wanted: Member, *, required: bool) -> list[str]:
    failed = f"at '{name}' failed to satisfy constraint"
    if value is None:
        return [f"Value null {failed}: Member must not be null"] if required else []
    kinds = (int, float) if wanted.kind is float else (wanted.kind,)
    if not isinstance(value, kinds) or (isinstance(value, bool) and wanted.kind is not bool):
        return [f"Value {failed}: Member must be of type {_WORDS[wanted.kind]}"]
    held = value.values() if isinstance(value, dict) else value
    if (
        wanted.inside is not None
        and isinstance(held, Iterable)
        and not all(isinstance(one, wanted.inside) for one in held)
    ):
        return [f"Value {failed}: Member must hold {_WORDS[wanted.inside]}s"]
    if wanted.choices and value not in wanted.choices:
        choices = ", ".join(wanted.choices)
        return [f"Value '{value}' {failed}: Member must satisfy enum value set: [{choices}]"]
    if isinstance(value, dict | list):
        # Only how many: what they are is checked where they are read.
        return list(faults([""] * len(value), name, wanted.rule))
    return [] if wanted.kind is bool else list(faults(value, name, wanted.rule))
